"""What the screens and scripts ask of a warehouse with the sample returns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from bench.clock import timed
from warehouse import read, store


def figures() -> Iterator[tuple[str, str]]:
    version = store.latest(store.data_folder())

    def asking(question: Callable[[read.Con], object]) -> str:
        def ask() -> None:
            with store.open_version(version) as con:
                question(con)

        return str(timed(ask))

    yield "values, one quarter, city and all units", asking(lambda con: read.values(con, "2021Q3"))
    yield "values, all quarters", asking(lambda con: read.values(con))
    yield "attention list", asking(lambda con: read.attention(con, "2021Q3"))
    yield "source cells of one ratio", asking(lambda con: read.source_cells(con, "public-share", "2021Q3"))
    yield "reporting status of a quarter", asking(lambda con: read.status(con, "2021Q3", date(2021, 10, 12)))
    yield "task status of a quarter", asking(lambda con: read.tasks(con, "2021Q3"))
