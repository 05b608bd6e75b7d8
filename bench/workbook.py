"""County returns: read, checked and published, against a bare calamine read of the same bytes in the same run.

Each step takes the returns of all counties in turn, as an inbox does; what a step remembers of forms, it has seen before.
"""

from __future__ import annotations

import io
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import datetime
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import TypeVar

from python_calamine import CalamineWorkbook

from bench.clock import Times, timed
from catalogue.load import current_plan
from catalogue.model import Plan
from catalogue.period import Period
from etl.accept import Arrival, accept
from etl.cells import LIMITS, read_cells, read_many
from etl.cells.parse import as_cells, parse
from etl.model import Cells, Checked, History
from etl.reading.forms import recognise
from etl.reading.returns import read_return
from etl.rules import RULES, check
from etl.submission import check_return
from etl.template import write_template
from warehouse import store
from warehouse.write import Writer

DEMO = Path(__file__).parents[1] / "data" / "demo"
MANY, CORES = 300, 2  # returns that come at once
T = TypeVar("T")


def figures() -> Iterator[tuple[str, str]]:
    plan = current_plan()
    contents = [path.read_bytes() for path in sorted((DEMO / "2021Q1").glob("*县区*.xlsx"))]
    cells = [read_cells(content) for content in contents]
    returns = [read_return(one, recognise(one, plan), plan) for one in cells]
    base = _over(contents, bare)

    def against(took: Times) -> str:
        return f"{took}  = {took.median / base.median:.1f} × bare read"

    yield "bare calamine read of a county return", str(base)
    yield "cells read in the child process", against(_over(contents, read_cells))
    yield "return recognised and read from cells", against(_over(cells, lambda one: _read(_unread(one), plan)))
    yield f"{len(RULES)} rules", against(_over(returns, lambda ret: check(ret, plan, History())))
    yield "read and checked, whole road", against(_over(contents, lambda content: _checked(content, plan, anew=True)))
    yield "the same in CPU time, both processes", _in_cpu(contents, plan)
    yield (
        "checked again: draft, impact, submitting, review",
        against(_over(contents, lambda content: _checked(content, plan))),
    )
    yield from _side_by_side(contents, plan)
    yield "published as a new version", str(_publishing(plan, _checked(contents[0], plan)))
    yield (
        "one county template written",
        str(timed(lambda: write_template(plan, "county", "210402", Period(2021, 1), {}))),
    )


def bare(content: bytes) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


def _over(things: Sequence[T], work: Callable[[T], object]) -> Times:
    turn = cycle(things)
    return timed(lambda: work(next(turn)), runs=5 * len(things), warm=2 * len(things))


def _unread(cells: Cells) -> Cells:
    """The same cells, of which nothing is known yet."""
    return replace(cells, sheets=tuple(replace(sheet) for sheet in cells.sheets))


def _read(cells: Cells, plan: Plan) -> object:
    return read_return(cells, recognise(cells, plan), plan)


def _checked(content: bytes, plan: Plan, *, anew: bool = False) -> Checked:
    """anew: as if the file had never been opened."""
    cells = read_cells(content) if anew else None
    return check_return(content, "x.xlsx", plan=plan, remember=lambda *_: History(), cells=cells)


def _in_cpu(contents: Sequence[bytes], plan: Plan) -> str:
    """Steadier than the clock where other programs run: the child's work done in this process, without the pipe between."""

    def both(content: bytes) -> None:
        cells = as_cells(parse(content, LIMITS))
        check_return(content, "x.xlsx", plan=plan, remember=lambda *_: History(), cells=cells)

    floor, ours = (median(_cpu(work, content) for content in 9 * list(contents)) for work in (bare, both))
    return f"{ours:.1f} ms  = {ours / floor:.1f} × bare read ({floor:.1f} ms)"


def _cpu(work: Callable[[bytes], object], content: bytes) -> float:
    start = time.process_time()
    work(content)
    return (time.process_time() - start) * 1000


def _side_by_side(contents: Sequence[bytes], plan: Plan) -> Iterator[tuple[str, str]]:
    """Many at once, as a bulk load reads them, against as many processes that do nothing but read cells."""
    many = list(islice(cycle(contents), MANY))
    with ProcessPoolExecutor(CORES) as pool:
        list(pool.map(bare, contents))
        floor = _seconds(lambda: list(pool.map(bare, many, chunksize=10)))

    def ours() -> None:
        for content, cells in zip(many, read_many(many, CORES), strict=True):
            assert isinstance(cells, Cells)
            check_return(content, "x.xlsx", plan=plan, remember=lambda *_: History(), cells=cells)

    took = _seconds(ours)
    yield f"{MANY} returns read bare, {CORES} processes", f"{floor:.2f} s"
    yield f"{MANY} returns read and checked, {CORES} processes", f"{took:.2f} s  = {took / floor:.1f} × bare reads"


def _seconds(work: Callable[[], object]) -> float:
    """The quickest of three."""
    took = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        took.append(time.perf_counter() - start)
    return min(took)


def _publishing(plan: Plan, checked: Checked) -> Times:
    """Each run accepts another return into a warehouse that grows."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DASHBOARD_DATA"] = folder
        count = iter(range(10_000))

        def publish() -> None:
            mine = replace(checked, sha256=f"{next(count):064}")

            def change(writer: Writer) -> None:
                accept(mine, writer, plan, Arrival("bench", datetime(2021, 4, 8)))

            store.publish(Path(folder), plan, change, note="bench", by="bench")

        return timed(publish, runs=8)
