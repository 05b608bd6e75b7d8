"""Who reads many files: this machine's processors, or a Dask cluster where DASHBOARD_EXECUTOR names one.

    local:4                                       four reading processes here; without the setting, one a processor
    dask:tls://scheduler:8786?certs=/etc/plan-monitor/dask
                                                  workers of a cluster; certs holds ca.pem, cert.pem and key.pem

Either way files are only read there: checking them and writing what they say stays with whoever loads. Whoever reaches a
scheduler can run any program on its workers, so one without TLS is refused but on this machine itself.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from catalogue.release import release
from catalogue.wording import say
from etl.cells import read_many
from etl.cells.readers import in_order, read_or_refusal
from etl.errors import ReturnRefused
from etl.model import Cells

VARIABLE = "DASHBOARD_EXECUTOR"
BATCH = 25  # files a task: one a task spends most of its time on the way
RETRIES = 3  # of a task whose worker died
PATIENCE = 10  # seconds, for a scheduler that does not answer
_LOCAL = re.compile(r"local:([1-9][0-9]{0,2})")
_DASK = re.compile(r"dask:((tls|tcp)://([^/:?]+|\[[0-9a-f:]+\]):([0-9]{1,5}))(?:\?certs=(.+))?")
_HERE = ("127.0.0.1", "localhost", "[::1]")
_CERTS = ("ca.pem", "cert.pem", "key.pem")


class ExecutorProblem(Exception):
    """Reading cannot be done where the setting says; for whoever runs the server. Nothing was written."""


@dataclass(frozen=True, slots=True)
class Local:
    """workers: reading processes on this machine; None: one a processor, at most 4."""

    workers: int | None = None


@dataclass(frozen=True, slots=True)
class Cluster:
    """scheduler: tls://host:port. certs: the folder of the certificates, None only on this machine."""

    scheduler: str
    certs: Path | None


def configured() -> Local | Cluster:
    """Raises ExecutorProblem: what is wrong with the setting, and how it should read."""
    given = os.environ.get(VARIABLE, "").strip()
    if not given:
        return Local()
    if found := _LOCAL.fullmatch(given):
        return Local(int(found[1]))
    found = _DASK.fullmatch(given)
    if found is None:
        raise ExecutorProblem(say("executor.no_address", variable=VARIABLE, given=given))
    scheduler, how, host, _, certs = found.groups()
    if how == "tcp":
        if host not in _HERE:
            raise ExecutorProblem(say("executor.no_tls", variable=VARIABLE))
        return Cluster(scheduler, None)
    lacking = [name for name in _CERTS if not certs or not (Path(certs) / name).is_file()]
    if lacking:
        raise ExecutorProblem(say("executor.no_certs", variable=VARIABLE, files=say("load.comma").join(lacking)))
    return Cluster(scheduler, Path(certs))


def read_all(contents: Sequence[bytes]) -> Iterator[Cells | ReturnRefused]:
    """Cells, or the refusal, for each of `contents` in its order. Raises ExecutorProblem."""
    where = configured()
    if isinstance(where, Local) or not contents:
        yield from read_many(contents, where.workers if isinstance(where, Local) else None)
        return
    with _cluster(where) as (pool, workers):
        rest = iter(contents)
        batches = iter(lambda: list(islice(rest, BATCH)), [])
        try:
            for found in in_order(pool, _read_batch, ((release(), batch) for batch in batches), 4 * workers):
                yield from found
        except ExecutorProblem:
            raise
        except Exception as problem:  # Dask's own, which its version decides: a worker lost too often, a scheduler gone
            raise ExecutorProblem(say("executor.lost", problem=f"{type(problem).__name__}: {problem}")) from problem


def _read_batch(task: tuple[str, list[bytes]]) -> list[Cells | ReturnRefused]:
    """On a worker, in its own confined reading processes."""
    version, contents = task
    if version != release():
        raise ExecutorProblem(say("executor.other_version", here=release(), there=version))
    return [read_or_refusal(content) for content in contents]


@contextmanager
def _cluster(where: Cluster) -> Iterator[tuple[Executor, int]]:
    """The cluster as an executor, and how many workers it has."""
    try:
        distributed: Any = import_module("distributed")
    except ImportError as problem:
        raise ExecutorProblem(say("executor.not_installed", variable=VARIABLE)) from problem
    security = None
    if where.certs:
        ca, cert, key = (str(where.certs / name) for name in _CERTS)
        security = distributed.Security(
            tls_ca_file=ca, tls_client_cert=cert, tls_client_key=key, require_encryption=True
        )
    try:
        client = distributed.Client(where.scheduler, security=security, timeout=PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as problem:
        raise ExecutorProblem(say("executor.unreachable", scheduler=where.scheduler, problem=problem)) from problem
    with client:
        workers = len(client.scheduler_info(n_workers=-1)["workers"])
        if not workers:
            raise ExecutorProblem(say("executor.no_workers", scheduler=where.scheduler))
        with client.get_executor(pure=False, retries=RETRIES) as pool:
            yield pool, workers
