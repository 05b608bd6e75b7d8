"""One county return: read, checked and published, against a bare calamine read of the same bytes in the same run."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from python_calamine import CalamineWorkbook

from bench.clock import timed
from catalogue.load import current_plan
from etl.accept import accept
from etl.cells import read_cells
from etl.model import History
from etl.reading.forms import recognise
from etl.reading.returns import read_return
from etl.rules import check
from etl.submission import check_return
from etl.template import write_template
from warehouse import store
from warehouse.write import Writer

DEMO = Path(__file__).parents[1] / "data" / "demo"


def figures() -> Iterator[tuple[str, str]]:
    plan = current_plan()
    content = next((DEMO / "2021Q1").glob("*新抚区*.xlsx")).read_bytes()
    cells = read_cells(content)
    identity = recognise(cells, plan)
    ret = read_return(cells, identity, plan)

    def bare() -> None:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()

    def nothing_before(form: str, reporter: str, period: object) -> History:
        return History()

    base = timed(bare)
    whole = timed(lambda: check_return(content, "x.xlsx", plan=plan, remember=nothing_before))
    yield "bare calamine read of a county return", str(base)
    yield "cells read in the child process", str(timed(lambda: read_cells(content)))
    yield "return recognised and read from cells", str(timed(lambda: read_return(cells, recognise(cells, plan), plan)))
    yield "25 rules", str(timed(lambda: check(ret, plan, History())))
    yield "read and checked, whole road", f"{whole}  = {whole.median / base.median:.1f} × bare read"
    yield "published as a new version", str(_publishing(plan, content, nothing_before))
    yield (
        "one county template written",
        str(timed(lambda: write_template(plan, "county", "210402", identity.period, {}))),
    )


def _publishing(plan, content: bytes, remember):
    """Each run accepts another return into a warehouse that grows."""
    checked = check_return(content, "x.xlsx", plan=plan, remember=remember)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DASHBOARD_DATA"] = folder
        count = iter(range(10_000))

        def publish() -> None:
            from dataclasses import replace

            mine = replace(checked, sha256=f"{next(count):064}")

            def change(writer: Writer) -> None:
                accept(mine, writer, plan, sender="bench", received_at=datetime(2021, 4, 8))

            store.publish(Path(folder), plan, change, note="bench", by="bench")

        return timed(publish, runs=8)
