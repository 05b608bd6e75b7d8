"""What programs wait for: each kind of answer over HTTP, from the dashboard on this machine, asked one after the other."""

from __future__ import annotations

import os
import urllib.error
import urllib.request
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from access import db, demo, tokens
from bench.browser import serving
from bench.clock import timed
from catalogue.load import current_plan

ASKED = (
    ("values, all quarters, JSON", "values"),
    ("values, all quarters, CSV", "values?format=csv"),
    ("values, all quarters, Parquet", "values?format=parquet"),
    ("values, one quarter, JSON", "values?period=2021Q3"),
    ("facts with their cells, JSON", "facts"),
    ("facts with their cells, CSV", "facts?format=csv"),
    ("facts with their cells, Parquet", "facts?format=parquet"),
    ("status, all quarters, JSON", "status"),
    ("a whole version, parquet.zip", "parquet.zip"),
    ("calendar of due days", "deadlines.ics"),
    ("OpenAPI description", "openapi.json"),
)


def figures() -> Iterator[tuple[str, str]]:
    """In a data folder with the sample returns; leaves a token in it."""
    os.environ[demo.VARIABLE] = "1"
    [leader, *_] = demo.ensure_demo(current_plan())
    token = tokens.issue(leader, "bench", days=1)
    db.dispose()
    with serving(Path(os.environ["DASHBOARD_DATA"])) as address:
        for what, path in ASKED:
            body, _ = _fetch(address, token, path)
            packed, _ = _fetch(address, token, path, **{"Accept-Encoding": "gzip"})
            yield (
                what,
                f"{timed(partial(_fetch, address, token, path))}, {_size(body)}, {_size(packed)} packed",
            )
        _, tag = _fetch(address, token, "values")
        yield (
            "values unchanged since (304)",
            str(timed(lambda: _fetch(address, token, "values", **{"If-None-Match": tag}))),
        )


def _fetch(address: str, token: str, path: str, **headers: str) -> tuple[int, str]:
    """(bytes that came, ETag)."""
    ask = urllib.request.Request(f"{address}/api/v1/{path}", headers={"Authorization": f"Bearer {token}", **headers})
    try:
        with urllib.request.urlopen(ask, timeout=60) as answer:
            return len(answer.read()), answer.headers.get("ETag", "")
    except urllib.error.HTTPError as problem:
        if problem.code != 304:
            raise
        return 0, ""


def _size(octets: int) -> str:
    return f"{octets / 1e6:.2f} MB" if octets >= 100_000 else f"{octets / 1e3:.1f} KB"
