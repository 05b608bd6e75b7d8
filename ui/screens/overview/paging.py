"""Of many units a page at a time; which one stands in the address, and the line below says how many there are."""

from __future__ import annotations

import streamlit as st

from catalogue.wording import say
from ui.app import filters

ROWS = 30  # units on a page


def asked(count: int) -> int:
    """The page the address asks for, from 1; one that does not exist is said, and the first is shown."""
    wanted = st.query_params.get("units", "")
    filters.note_known("units")
    if not wanted:
        return 1
    if wanted.isdecimal() and 1 <= int(wanted) <= pages(count):
        return int(wanted)
    filters.note_unknown("units", wanted)
    return 1


def pages(count: int) -> int:
    return max(1, -(-count // ROWS))


def rows_of(page: int) -> slice:
    return slice((page - 1) * ROWS, page * ROWS)


def told(page: int, count: int) -> str:
    """Which of how many, in what order; "" where all stand there."""
    if count <= ROWS:
        return ""
    return say("overview.units_paged", first=(page - 1) * ROWS + 1, last=min(page * ROWS, count), count=count)


def ways(page: int, count: int) -> list[tuple[str, str]]:
    """The words and the number of the page before and of the next, where they are."""
    return [
        (say(f"overview.units_{way}"), str(to))
        for way, to in (("before", page - 1), ("next", page + 1))
        if 1 <= to <= pages(count)
    ]
