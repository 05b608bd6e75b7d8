"""The status matrix: return owed × quarter, each cell a mark, a word and a colour; beside it the chosen quarter's terms."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from catalogue import clock
from catalogue.display import quarter
from catalogue.naming import who_owes
from catalogue.period import Period
from catalogue.wording import language, pick, say
from etl.outgoing.chase_status import AHEAD, state_words, term_words
from ui import reads
from ui.kit import figures, states, tables
from ui.reads import chase
from ui.reads.kept import per_version

ORDER = ("missing", "draft", "returned", "filed", "approved", "locked", AHEAD)
NAME = 285  # px of the column of names
COLOURED = 250  # rows; of more, each would be styled anew at every click, and the marks and words say the same
# Ground and words of a cell, by mode and by the colour the state has elsewhere; what is overdue stands out.
COLOURS = {
    "light": {
        "gray": ("#f4f6f9", "#4b5866"),
        "violet": ("#ede9fb", "#5b3fa8"),
        "blue": ("#e3edf8", "#1f5590"),
        "red": ("#f8e1df", "#8f1b16"),
        "green": ("#e2f3eb", "#1c6644"),
    },
    "dark": {
        "gray": ("#1b222c", "#b3becb"),
        "violet": ("#2a2145", "#c3b1f5"),
        "blue": ("#17263a", "#9cc4f0"),
        "red": ("#3b1c20", "#f3a9a4"),
        "green": ("#15302a", "#7fd9b0"),
    },
}


def show(rows: pd.DataFrame, period: str) -> None:
    """rows: `chase_status.standings`. Filters choose by form and by state in `period`."""
    st.markdown(f"**{say('chasing.matrix')}**")
    chosen = _filtered(rows, period)
    if chosen.empty:
        st.info(say("chasing.no_match"))
        return
    st.caption(say("chasing.matrix_note", period=quarter(period)))
    kept = None if chosen is rows else (tuple(chosen["form"].unique()), tuple(chosen["reporter"]))
    table, coloured, quarters = _tables(chase.drafts(), period, kept, chosen)
    tables.frame(
        coloured,
        title=say("chasing.matrix"),
        key="matrix",
        cards=False,
        width="stretch",
        height=min(36 * len(table) + 40, 620),
        column_config=_widths(quarters, period),
    )


def _filtered(rows: pd.DataFrame, period: str) -> pd.DataFrame:
    """Rows of every quarter of the returns that match."""
    plan = reads.plan()
    codes = [code for code in plan.forms if code in set(rows["form"])]
    with st.container(horizontal=True, key="chase filters"):
        form = st.selectbox(
            say("chasing.by_form"),
            ["", *codes],
            key="chase form",
            width=330,
            format_func=lambda code: pick(plan.forms[code], "title") if code else say("chasing.all_forms"),
        )
        if form:
            rows = rows[rows["form"] == form]
        now = rows[rows["period"] == period]
        found = now["state"].value_counts()
        wanted = st.pills(
            say("chasing.by_state", period=quarter(period)),
            [state for state in ORDER if state in found],
            selection_mode="multi",
            key="chase state",
            format_func=lambda state: say("chasing.count_of", state=label(state), count=int(found.get(state, 0))),
        )
    if not wanted:
        return rows
    keys = {(row.form, row.reporter) for row in now.itertuples() if row.state in wanted}
    return rows[[key in keys for key in zip(rows["form"], rows["reporter"], strict=True)]]


def label(state: str) -> str:
    """Mark and word."""
    return f"· {say('chasing.not_due')}" if state == AHEAD else states.state_label(state)


def name(reporter: str, form: str = "") -> str:
    """Short on a phone, where the first column stays in sight; with its form where it owes several."""
    unit = reads.plan().units.get(reporter)
    return unit.short if unit and figures.is_phone() and language() == "zh" else who_owes(reads.plan(), form, reporter)


@per_version(16, by=(figures.key, clock.today))
def _tables(
    drafts: frozenset[tuple[str, str, str]],
    period: str,
    kept: tuple[tuple[str, ...], tuple[str, ...]] | None,
    _rows: pd.DataFrame,
) -> tuple[pd.DataFrame, Styler | pd.DataFrame, list[str]]:
    """The table, the same with its colours, the heads of its quarters. kept: what the filters leave of the standings, which follow
    from the rest; None for all of them."""
    table, marked = _table(_rows, period)
    return table, _coloured(table, marked) if len(table) <= COLOURED else table, list(marked.columns)


def _table(rows: pd.DataFrame, period: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The table as it is read, and for each of its quarters' cells the name of its colour. Who owes a form owes it each quarter."""
    heads = {str(at): _head(at) for at in reads.plan().periods}
    terms = _term_heads(period)
    owed: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows.itertuples():
        owed.setdefault((row.reporter, row.form), {})[row.period] = row
    lines, colours = [], []
    for (reporter, form), cells in owed.items():
        lines.append([name(reporter, form), *(_cell(cells[at]) for at in heads), *_terms(cells[period])])
        colours.append([_colour(cells[at]) for at in heads])
    table = pd.DataFrame(lines, columns=[say("chasing.column.reporter"), *heads.values(), *terms])
    return table, pd.DataFrame(colours, columns=list(heads.values()))


def _term_heads(period: str) -> list[str]:
    columns = (say(f"chasing.column.{name}") for name in ("due", "form", "reason", "number"))
    return [say("chasing.term_of", quarter=_head(Period.parse(period))), *columns]


def _terms(row: Any) -> list[str]:
    form = pick(reads.plan().forms[row.form], "title")
    told = (term_words(row), f"{row.due:%Y-%m-%d}", form, row.reason, row.number)
    return [text if isinstance(text, str) else "" for text in told]


def _head(at: Period) -> str:
    """一季度; with the year where the plan runs over several."""
    several = len({period.year for period in reads.plan().periods}) > 1
    return quarter(at) if several else say(f"charts.quarter.{at.quarter}")


def _cell(row: Any) -> str:
    mark = label(row.state).split(" ", 1)[0]
    return f"{mark} {state_words(row)}"


def _colour(row: Any) -> str:
    return "red" if row.overdue else states.COLOURS.get(row.state, "gray")


def _coloured(table: pd.DataFrame, marked: pd.DataFrame) -> Styler:
    """Worked out once: the web frame asks for the looks of every cell at each showing, a third of what this screen computed."""
    styler = _styler(table, marked)
    styler.set_uuid("matrix")
    looks = styler._compute()._translate(False, False) | {"body": []}  # all is words: they stand as they are
    styler._compute, styler._translate = lambda: styler, lambda *_: looks
    return styler


def _styler(table: pd.DataFrame, marked: pd.DataFrame) -> Styler:
    palette = COLOURS[figures.mode()]
    styles = marked.map(lambda name: "background-color: {}; color: {}".format(*palette[name]))
    return table.style.apply(lambda _: styles.reindex(columns=table.columns, fill_value=""), axis=None)


def _widths(quarters: list[str], period: str) -> dict[str, Any]:
    now, text = _head(Period.parse(period)), st.column_config.TextColumn
    narrow = figures.is_phone() and language() == "zh"  # English words need their room: there the table scrolls
    return {
        say("chasing.column.reporter"): text(
            pinned=True, width=NAME if not figures.is_phone() else 88 if narrow else 118
        ),
        **{head: text(width=(116 if narrow else 150) if head == now else (80 if narrow else 96)) for head in quarters},
        say("chasing.term_of", quarter=now): text(width=120),
        say("chasing.column.due"): text(width=100),
        say("chasing.column.form"): text(width=225),
        say("chasing.column.reason"): text(width=300),
        say("chasing.column.number"): text(width=235),
    }
