"""A return's entries on the reviewer's desk: now, last quarter, approved; what was found and said; room for remarks."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from catalogue.display import NOTHING, difference
from catalogue.naming import element_name
from catalogue.wording import say
from etl.annotate.rows import shown
from etl.compare import ComparedLine
from etl.messages import item_name
from etl.model import EntryState
from ui import reads
from ui.kit import tables
from ui.kit.templates import render
from ui.screens.filing import changes
from ui.screens.review.desk import ReviewDesk
from warehouse.write import RemarkRow

# Column -> width in pixels; together what a screen of 1440 has.
WIDTHS = {
    "outlier": 95,
    "place": 130,
    "item": 195,
    "value": 90,
    "last": 90,
    "change": 85,
    "approved": 90,
    "found": 265,
    "reason": 175,
    "remark": 200,
}
NUMBERS = ("value", "last", "change", "approved")
WIDE_TEXT = 330  # a value's width where texts are told and no number
TALL, TALLER = 68, 92  # pixels: three and four lines; only above 64 does a table wrap its text
LONG = 115  # what three lines of the findings hold, a Chinese character counted as two
MAY_GO = (
    "outlier",
    "change",
    "last_year",
    "on_the_year",
    "approved",
    "found",
    "reason",
)  # columns that are left out where no line fills them
LONGEST_REMARK = 500
Remarks = dict[tuple[str, str], str]  # (subject, element) -> what was written


def show(desk: ReviewDesk, writing: bool) -> list[RemarkRow]:
    """By default the lines with something to see. Gives the remarks written so far, those on lines not on show too."""
    everything, sheet = _chosen(desk.case.lines)
    lines = [line for line in desk.case.lines if (everything or _speaks(line)) and sheet in ("", line.sheet)]
    _about_the_workbook(desk)
    _texts(desk, [line for line in lines if _in_words(line)])
    if not lines:
        st.caption(say("review.no_lines"))
    elif writing:
        _editor(desk, lines, f"{everything} {sheet}")
    else:
        number = desk.case.standing.load_id
        tables.frame(
            line_table(desk, lines),
            title=say("takeaway.table.lines"),
            key=f"lines {number} {everything} {sheet}",
            **_look(desk, lines),
        )
    return _written(desk) if writing else []


def _chosen(lines: list[ComparedLine]) -> tuple[bool, str]:
    sheets = list(dict.fromkeys(line.sheet for line in lines))
    worth = sum(_speaks(line) for line in lines)
    with st.container(horizontal=True, vertical_alignment="center", key="review choice"):
        everything = st.toggle(say("review.every_line", count=len(lines), worth=worth), key="review every line")
        sheet = st.selectbox(
            say("filing.sheet"),
            ["", *sheets],
            key=f"review sheet {'+'.join(sheets)}",
            label_visibility="collapsed",
            width=240,
            format_func=lambda name: name or say("filing.all_sheets"),
        )
    return everything, sheet


def _speaks(line: ComparedLine) -> bool:
    """Something to see: it stands out, was found or explained, changed since it was approved, or is told in words."""
    return bool(line.outlier or line.findings or line.changed_since_accepted or _in_words(line))


def _in_words(line: ComparedLine) -> bool:
    return line.now.state is EntryState.VALUE and reads.plan().elements[line.element].kind == "text"


def _about_the_workbook(desk: ReviewDesk) -> None:
    """Findings that no line has."""
    for row in desk.found:
        if row.slot is None:
            st.caption(say("review.about_workbook", label=row.label, problem=row.problem))


def _texts(desk: ReviewDesk, lines: list[ComparedLine]) -> None:
    """In full, beside last quarter's. They were written by others, so nothing in them is markup."""
    if not lines:
        return
    with st.expander(say("review.texts", count=len(lines)), expanded=True):
        rows = [_text_row(line, desk) for line in lines]
        tables.html(render("review/texts.html", rows=rows), title=say("takeaway.table.texts"))


def _text_row(line: ComparedLine, desk: ReviewDesk) -> tuple[str, str, str]:
    now = line.now.text or ""
    before = (desk.last.get((line.element, line.subject)) or ("", None, ""))[2] or ""
    return element_name(reads.plan(), line.element), now, say("review.same_text") if before == now else before


def _editor(desk: ReviewDesk, lines: list[ComparedLine], view: str) -> None:
    """What was written is kept beside the table, so that another sheet or “all” does not lose it."""
    head, number = _head("remark"), desk.case.standing.load_id
    kept, view = _kept(desk), f"{number} {view}"
    if (
        st.session_state.get("remarks view") != view
    ):  # a table begins with what is kept, and then must not change below its edits
        st.session_state["remarks view"], st.session_state["remarks begun"] = view, dict(kept)
    begun: Remarks = st.session_state["remarks begun"]
    table = line_table(desk, lines)
    table[head] = [begun.get((line.subject, line.element), "") for line in lines]
    edited = tables.editor(
        table,
        title=say("takeaway.table.lines"),
        disabled=[name for name in table.columns if name != head],
        key=f"remarks {view}",
        **_look(desk, lines),
    )
    for line, cell in zip(lines, edited[head], strict=True):
        kept[line.subject, line.element] = cell.strip() if isinstance(cell, str) else ""


def _kept(desk: ReviewDesk) -> Remarks:
    return st.session_state.setdefault(f"remarks of {desk.case.standing.load_id}", {})


def _written(desk: ReviewDesk) -> list[RemarkRow]:
    kept = _kept(desk)
    return [
        RemarkRow(subject=line.subject, element=line.element, sheet=line.sheet, cell=line.cell, remark=said)
        for line in desk.case.lines
        if (said := kept.get((line.subject, line.element), ""))
    ]


def line_table(desk: ReviewDesk, lines: list[ComparedLine]) -> pd.DataFrame:
    """Grain: entry. Columns that would be empty are left out."""
    plan, before = reads.plan(), desk.last
    columns = {
        "outlier": [_outlier(line) for line in lines],
        "place": [f"{line.sheet}!{line.cell}" for line in lines],
        "item": [item_name(line.now.slot, plan) for line in lines],
        "value": [shown(line.now, plan) for line in lines],
        "last": [changes.told(before.get((line.element, line.subject)), plan.elements[line.element]) for line in lines],
        "change": [difference(line.change, line.measure) for line in lines],
        **changes.on_the_year(lines, desk.last_year),
        "approved": [changes.told(line.accepted, plan.elements[line.element]) for line in lines],
        "found": [_found(desk, line) for line in lines],
        "reason": [line.now.reason for line in lines],
    }
    told = {
        name: texts
        for name, texts in columns.items()
        if name not in MAY_GO or any(text not in ("", NOTHING) for text in texts)
    }
    return pd.DataFrame({_head(name): texts for name, texts in told.items()})


def _outlier(line: ComparedLine) -> str:
    return f"{changes.MARKS[line.outlier]} {say(f'filing.outlier_{line.outlier}')}" if line.outlier else ""


def _found(desk: ReviewDesk, line: ComparedLine) -> str:
    """核实：较上期减少24%。"""
    rows = [
        row
        for row in desk.found
        if row.slot is not None and (row.slot.element, row.slot.subject) == (line.element, line.subject)
    ]
    return "\n".join(say("review.finding", label=row.label, problem=row.problem) for row in rows)


def _head(name: str) -> str:
    ours = name in ("approved", "found", "remark", "reason")
    return say(f"review.column.{name}") if ours else say(f"filing.column.{'cell' if name == 'place' else name}")


def _look(desk: ReviewDesk, lines: list[ComparedLine]) -> dict[str, Any]:
    """How the table is drawn, to be read or written into."""
    tall = TALLER if any(_length(_found(desk, line)) > LONG for line in lines) else TALL
    texts = all(_in_words(line) for line in lines)
    widths = {**WIDTHS, "value": WIDE_TEXT, "last": WIDE_TEXT} if texts else WIDTHS
    columns = {
        _head(name): st.column_config.TextColumn(
            width=width,
            alignment="right" if name in NUMBERS and not texts else "left",
            max_chars=LONGEST_REMARK if name == "remark" else None,
        )
        for name, width in widths.items()
    }
    height = min(tall * len(lines) + 38, 620)
    return {"width": "stretch", "row_height": tall, "height": height, "column_config": columns}


def _length(text: str) -> int:
    return sum(2 if character > "\u2e80" else 1 for character in text)
