"""What people take away: seconds and MB of each kind of file, and what a page notices while a pack is being made."""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import quantiles

from access import demo, sessions
from bench.clock import timed
from bench.many import snapshot_of
from bench.pages import opened, quiet
from catalogue.load import current_plan
from reports.files import KINDS
from reports.pictures import pack, picture
from reports.pictures.figures import AskedChart
from reports.snapshot import Snapshot, take
from reports.verify import verify

QUARTER = "2021Q3", "filed"
MADE = (
    ("Excel: summary of the quarter", "summary", ""),
    ("Excel: one unit", "county_workbook", "210404"),
    ("Excel: one indicator", "indicator_workbook", "public-share"),
    ("Excel: a layout of the bureau's own", "layout", "季度快报.xlsx"),
    ("Word: briefing, as written", "briefing", ""),
    ("PNG: poster of the overview", "poster", ""),
    ("PNG: county card", "county_card", "210404"),
    ("PNG: project sheet", "project_sheet", ""),
    ("PNG: poster of one indicator", "indicator_poster", "public-share"),
    ("PDF: poster of the overview", "poster_pdf", ""),
)
CHART = AskedChart("trend", "public-share")
RERUNS = 60
MANY = 150  # units


def figures() -> Iterator[tuple[str, str]]:
    """Each file is made from a snapshot of its own, so reading the version counts."""
    lack = picture.available()
    project = next(iter(current_plan().projects))
    for what, kind, about in MADE:
        if lack and KINDS[kind].ending in ("png", "pdf"):
            yield what, lack
            continue
        about = project if kind == "project_sheet" else about
        yield what, _weighed(partial(_made, kind, about))
    summary = _made("summary", "")
    yield "verify: the summary of the quarter", _weighed(partial(_verified, summary))
    yield from _of_many()
    if lack:
        return
    snapshot = take(*QUARTER)
    yield "PNG: one chart, warm", _weighed(lambda: pack.one(snapshot, CHART), runs=15)
    yield "PNG: one chart, browser begun anew", _weighed(_cold, runs=3)
    yield (
        f"ZIP: all {len(list(pack.of_the_quarter(snapshot)))} charts of a quarter",
        _weighed(lambda: pack.pack(take(*QUARTER)), runs=3),
    )
    yield from _beside_a_pack()
    picture.stop()


def _of_many() -> Iterator[tuple[str, str]]:
    """The same workbooks of a city with 150 units, each from a snapshot that has read nothing yet."""
    with tempfile.TemporaryDirectory() as folder:
        snapshot = snapshot_of(Path(folder), MANY)
        unit = next(iter(snapshot.plan.units))
        for what, kind, about in MADE[:3]:
            about = unit if kind == "county_workbook" else about
            made = _weighed(partial(_made, kind, about, snapshot), runs=3)
            yield f"{what}, of {MANY} units", made


def _verified(content: bytes) -> bytes:
    verify("summary.xlsx", content)
    return content


def _made(kind: str, about: str, of: Snapshot | None = None) -> bytes:
    return KINDS[kind].make(take(*QUARTER) if of is None else replace(of), about)


def _weighed(make: Callable[[], bytes], runs: int = 7) -> str:
    made: list[bytes] = []
    took = timed(lambda: made.append(make()), runs=runs, warm=1)
    return f"{took.median / 1000:.2f} s ({took.low / 1000:.2f}–{took.high / 1000:.2f}), {len(made[-1]) / 1e6:.2f} MB"


def _cold() -> bytes:
    picture.stop()
    return pack.one(take(*QUARTER), CHART)


def _beside_a_pack() -> Iterator[tuple[str, str]]:
    """Reruns in this process, which also writes the pack, as in the dashboard; runs with and without one take turns."""
    os.environ[demo.VARIABLE] = "1"
    [leader, *_] = demo.ensure_demo(current_plan())
    _, session = sessions.start(leader, "127.0.0.1")
    with quiet():
        for page in ("overview", "indicator", "county"):
            app = opened(page, session)
            for _ in range(5):
                app.run()
            alone: list[float] = []
            beside: list[float] = []
            while len(beside) < RERUNS:
                alone += [_once(app.run) for _ in range(RERUNS // 3)]
                beside += _while_packing(app.run)
            before, during = (quantiles(times, n=20)[-1] for times in (alone, beside))
            yield (
                f"{page}: p95 of a rerun, alone and beside a pack",
                f"{before:.0f} and {during:.0f} ms: {during - before:+.0f} ms ({len(alone)}, {len(beside)} runs)",
            )


def _while_packing(rerun: Callable[[], object]) -> list[float]:
    """A person clicks about once a second."""
    making = threading.Thread(target=lambda: pack.pack(take(*QUARTER)))
    making.start()
    times = []
    while making.is_alive():
        times.append(_once(rerun))
        time.sleep(0.2)
    making.join()
    return times[:-1]


def _once(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000
