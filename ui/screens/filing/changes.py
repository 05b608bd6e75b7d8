"""Before submitting: what changes against last quarter and the return on record, and what that does to the indicators."""

from __future__ import annotations

from typing import Literal

import pandas as pd
import streamlit as st

from access.model import Actor
from actions.keys import ReturnKey
from actions.uploading import Upload
from catalogue.display import NOTHING, difference, entered, quantity
from catalogue.model import Element
from catalogue.naming import element_name
from catalogue.wording import pick, say
from etl.annotate.rows import shown
from etl.compare import Accepted, ComparedLine
from etl.model import ANSWER_MARKS, EntryState
from etl.reading.answer import brief
from ui import reads
from ui.kit import cards, tables
from ui.kit.refusals import REFUSALS
from ui.screens.filing import draft as filing_draft

LONGEST_NUMBER = 20  # characters, with its unit
MARKS = {"jump": "▲", "fell": "▼", "new": "＋", "gone": "－"}
Before = dict[tuple[str, str], Accepted]


def show(key: ReturnKey, draft: Upload) -> None:
    """Only what moved, or every line."""
    stamp = filing_draft.stamp(key)
    lines, before = filing_draft.lines(stamp, key, draft), filing_draft.last_quarter(stamp, key)
    on_record = any(line.accepted is not None for line in lines)
    moved = [
        line for line in lines if line.outlier or (line.changed_since_accepted if on_record else _moved(line, before))
    ]
    st.markdown(f"**{say('filing.changes')}**")
    st.caption(say("filing.changes_on_record" if on_record else "filing.changes_first"))
    everything = st.toggle(say("filing.every_line", count=len(lines), moved=len(moved)), key="every line")
    told = lines if everything else moved
    if told:
        table = line_table(told, key, before, filing_draft.last_year(stamp, key), on_record)
        tables.frame(
            table,
            title=say("filing.changes"),
            key="changes",
            width="stretch",
            height=_height(table, 440),
            column_config=_columns(table),
        )
    else:
        st.caption(say("filing.no_changes"))


def _moved(line: ComparedLine, before: Before) -> bool:
    """Against last quarter: a number by its change, anything else by what was written."""
    if line.change is not None:
        return line.change != 0
    return line.now.state is EntryState.VALUE and _stood(line, before) != shown(line.now, reads.plan())


def line_table(
    lines: list[ComparedLine], key: ReturnKey, before: Before, last_year: Before, on_record: bool
) -> pd.DataFrame:
    """Grain: entry. What is on record, and last year, have their columns only where something is."""
    plan = reads.plan()
    columns = {
        "outlier": [
            f"{MARKS[line.outlier]} {say(f'filing.outlier_{line.outlier}')}" if line.outlier else "" for line in lines
        ],
        "cell": [f"{line.sheet}!{line.cell}" for line in lines],
        "item": [_item(line, key) for line in lines],
        "value": [shown(line.now, plan) for line in lines],
        "last": [_stood(line, before) for line in lines],
        "change": [difference(line.change, line.measure) for line in lines],
        **on_the_year(lines, last_year),
        "accepted": [told(line.accepted, plan.elements[line.element]) for line in lines],
        "reason": [line.now.reason for line in lines],
    }
    if not on_record:
        del columns["accepted"]
    return pd.DataFrame({say(f"filing.column.{name}"): values for name, values in columns.items()})


def on_the_year(lines: list[ComparedLine], last_year: Before) -> dict[str, list[str]]:
    """上年同期 and 同比, where the same quarter of last year is on record; else no columns."""
    if not last_year:
        return {}
    elements, past = reads.plan().elements, [last_year.get((line.element, line.subject)) for line in lines]
    return {
        "last_year": [told(one, elements[line.element]) for one, line in zip(past, lines, strict=True)],
        "on_the_year": [
            difference(line.now.value - one[1], line.measure)
            if one and one[1] is not None and line.now.value is not None
            else NOTHING
            for one, line in zip(past, lines, strict=True)
        ],
    }


def _item(line: ComparedLine, key: ReturnKey) -> str:
    name = element_name(reads.plan(), line.element)
    if line.subject == key.reporter:
        return name
    return say("finding_at.of_unit", unit=reads.subject_name(line.subject), name=name)


def _stood(line: ComparedLine, before: Before) -> str:
    return told(before.get((line.element, line.subject)), reads.plan().elements[line.element])


def told(accepted: Accepted | None, element: Element) -> str:
    """A stored answer as `shown` says a new one: with its unit, a choice by its label, a long text cut short."""
    state, value, text = accepted or (EntryState.ABSENT, None, None)
    if state in ANSWER_MARKS:
        return ANSWER_MARKS[state]
    if value is not None:
        return entered(value, element.measure)
    return brief(dict(element.choices).get(text, text)) if text else NOTHING


def impact(actor: Actor, key: ReturnKey) -> None:
    """Now and then, indicator by indicator."""
    plan = reads.plan()
    st.markdown(f"**{say('filing.impact')}**")
    try:
        rows = filing_draft.impact(filing_draft.stamp(key), actor, key)
    except REFUSALS as problem:
        st.caption(str(problem))
        return
    if rows.empty:
        st.caption(say("filing.no_impact"))
        return
    order = list(plan.indicators)
    rows = rows.sort_values("indicator", key=lambda codes: codes.map(order.index))
    table = pd.DataFrame(
        {
            say("filing.column.indicator"): [pick(plan.indicators[code]) for code in rows["indicator"]],
            say("filing.column.now"): [
                quantity(value, m) for value, m in zip(rows["now"], rows["measure"], strict=True)
            ],
            say("filing.column.light_now"): [_light(light) for light in rows["light_now"]],
            say("filing.column.then"): [
                quantity(value, m) for value, m in zip(rows["then"], rows["measure"], strict=True)
            ],
            say("filing.column.light_then"): [_light(light) for light in rows["light_then"]],
        }
    )
    tables.frame(
        cards.lit(table, [say("filing.column.light_now"), say("filing.column.light_then")]),
        title=say("filing.impact"),
        key="impact",
        width="stretch",
        height=_height(table, 330),
        column_config=_columns(table),
    )


def _light(light: object) -> str:
    return cards.light_label(light) if isinstance(light, str) else NOTHING


def _height(table: pd.DataFrame, most: int) -> int:
    return min(35 * len(table) + 38, most)


def _columns(table: pd.DataFrame) -> dict:
    """Numbers stand at the right, though they are written with their units; a department's sentences do not."""
    answers = {
        say(f"filing.column.{name}")
        for name in ("value", "last", "change", "last_year", "on_the_year", "accepted", "now", "then")
    }
    right = {name for name in table.columns if name in answers and table[name].str.len().max() <= LONGEST_NUMBER}
    wide = {say(f"filing.column.{name}") for name in ("item", "indicator", "reason")}
    roomy: dict[str, Literal["large"]] = (
        {name: "large" for name in wide} if answers & set(table.columns) <= right else {}
    )
    return {
        name: st.column_config.TextColumn(alignment="right" if name in right else "left", width=roomy.get(name))
        for name in table.columns
    }
