"""The way back: every value of an indicator to submission, sheet and cell, and the workbook itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pandas as pd
import streamlit as st

from access.model import Actor
from actions import files
from catalogue.display import entered
from catalogue.model import Indicator
from catalogue.naming import element_name
from catalogue.wording import say
from etl.annotate import marked_name
from sentences import reading
from ui import reads
from ui.app import session
from ui.kit import downloads, figures, show
from ui.reads.kept import per_version

Files = list[tuple[str, str]]  # SHA-256, name
FEW = 24  # files that are offered side by side
AT_ONCE = 2  # of more, the buttons are drawn when somebody opens the list: few do, and each costs at every click


def table(indicator: Indicator, period: str, basis: str) -> None:
    """Grain: cell. Then the workbooks, for who may see returns."""
    rows = reads.source_cells(indicator.code, period, basis)
    if rows.empty:
        st.caption(say("cells.none"))
        return
    show.table(
        _told(indicator.code, period, basis), key="cells", title=say("indicator.sources"), numbers=(say("cells.value"),)
    )
    workbooks(rows)


@per_version(128, by=figures.key)
def _told(indicator: str, period: str, basis: str) -> pd.DataFrame:
    plan, rows = reads.plan(), reads.source_cells(indicator, period, basis)
    return pd.DataFrame(
        {
            say("cells.unit"): [reads.subject_name(subject) for subject in rows["subject"]],
            say("cells.element"): [element_name(plan, code) for code in rows["element"]],
            say("cells.part"): [say(f"cells.{part}") for part in rows["part"]],
            say("cells.value"): [
                entered(value, plan.elements[code].measure) if value == value else reading.entry_word(state)
                for value, code, state in zip(rows["value"], rows["element"], rows["state"], strict=True)
            ],
            say("cells.cell"): [f"{sheet}!{cell}" for sheet, cell in zip(rows["sheet"], rows["cell"], strict=True)],
            say("cells.file"): rows["file_name"].tolist(),
            say("cells.sha256"): [sha256[:12] for sha256 in rows["sha256"]],
        }
    )


def workbooks(rows: pd.DataFrame) -> None:
    """The workbooks numbers stand on, made anew; the originals behind a warning. Nothing for who may not see returns.

    rows: sha256, file_name; a file may come often.
    """
    if not session.can("see_return"):
        return
    who = session.actor()
    names: dict[str, str] = {}
    for sha256, file_name in zip(rows["sha256"], rows["file_name"], strict=True):
        names.setdefault(sha256, file_name)
    found = list(names.items())
    with st.container(horizontal=True):
        with _list("workbooks", len(found)) as drawn:
            for sha256, file_name in _some(found, "remade") if drawn else ():
                _remade(who, sha256, file_name)
        with _list("originals", len(found)) as drawn:
            if drawn:
                st.caption(say("review.original_warning"))
            for sha256, file_name in _some(found, "original") if drawn else ():
                _original(who, sha256, file_name)


@contextmanager
def _list(name: str, count: int) -> Iterator[bool]:
    """Behind a button that says how many there are; whether they are drawn."""
    label = say(f"cells.{name}", count=count)
    if count <= AT_ONCE:
        with st.popover(label):
            yield True
        return
    with st.popover(label, key=name, on_change="rerun") as opened:
        yield bool(opened.open)


def _some(found: Files, key: str) -> Files:
    """All of a few, each with its button; of more, the one that is chosen by its name."""
    if len(found) <= FEW:
        return found
    names = [name for _, name in found]
    at = st.selectbox(say("cells.file"), range(len(names)), key=f"which {key}", format_func=names.__getitem__)
    return [found[at]]


def _remade(who: Actor, sha256: str, file_name: str) -> None:
    name = marked_name(file_name)
    downloads.button(name, name, lambda: files.marked_return(who, files.load_of(sha256))[1], f"remade {sha256}")


def _original(who: Actor, sha256: str, file_name: str) -> None:
    downloads.button(file_name, file_name, lambda: files.original(who, files.load_of(sha256))[1], f"workbook {sha256}")
