"""The first version of a house begins as a copy of a file in which the tables and marts of its plan were made before.

To make them on nothing takes four times as long as the publication itself, and hundreds of tests begin with a first
publication. The file is made by the program's own code, once for each plan in a process; what comes out is the same, which
tests/warehouse/test_store.py holds.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse import build
from warehouse.versions import connections, editions, file_store

KEPT = 12
_made: OrderedDict[bytes, bytes] = OrderedDict()
_in_one_go: list[bool] = []


@contextmanager
def ready_tables() -> Iterator[None]:
    """Of every first version that this process publishes meanwhile."""
    real = file_store._change

    def change(part, plans, *given):
        if part.exists() or (_in_one_go and _in_one_go[-1]):
            return real(part, plans, *given)
        _begin(part, plans)
        done = real(part, plans, *given)
        if done is None:  # the tables alone are a version
            part.unlink()
            return real(part, plans, *given)
        return done

    file_store._change = change
    try:
        yield
    finally:
        file_store._change = real


@contextmanager
def in_one_go(so: bool = True) -> Iterator[None]:
    """A first version is made as it is outside of tests, for what is about that. so: False for ready tables after all."""
    _in_one_go.append(so)
    try:
        yield
    finally:
        _in_one_go.pop()


def _begin(part: Path, plans) -> None:
    key = _key(plans)
    if key in _made:
        part.write_bytes(_made[key])
    else:
        with connections.writing(part) as con:
            con.execute("begin")
            editions.bring(con, plans, fresh=True)
            connections.commit(con)
        _made[key] = part.read_bytes()
        while len(_made) > KEPT:
            _made.popitem(last=False)
    _made.move_to_end(key)


def _key(plans) -> bytes:
    """Digests of made-up plans are made up too, so all of a plan counts."""
    of_files = [sorted(plan.files.items()) for plan in plans]
    told = (plans, of_files, build.marts_digest(), editions.SCHEMA.read_text("utf-8"), connections.FORMAT)
    return hashlib.sha256(repr(told).encode()).digest()
