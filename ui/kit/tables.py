"""Tables as they stand on the screen: shown, and kept for whoever wants them as a file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from html.parser import HTMLParser
from itertools import count
from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from catalogue.wording import language
from reports.table_cells import Table
from ui.app import seen
from ui.kit import figures, markup
from ui.kit.templates import show_html
from ui.reads.kept import per_object

PRINTED = 300  # rows of a table that paper takes
_numbers = count()
WHOLE = 16  # rows of a canvas that are not scrolled


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table, a frame, or HTML with tables in it; read into tables only when one is asked for.

    title: "" where a heading above the table in the HTML, or else the name of the screen, is its title.
    counted: its numbers are read for the quarter and the returns chosen at the top.
    """

    content: Any
    title: str = ""
    counted: bool = True


def html(content: Markup, title: str = "", counted: bool = True) -> None:
    """HTML on the screen, nothing for no content; tables in it can be taken away."""
    if "<table" in content:
        seen.keep(ShownTable(str(content), title, counted))
    show_html(content)


def frame(rows: Any, *, title: str = "", key: str | None = None, cards: bool = True, **how: Any) -> Any:
    """`st.dataframe` without its index, of a frame or one that is coloured; can be taken away. What is chosen in it, with `on_select`.

    cards: on a phone a row is a card, as in our own tables; not where rows are chosen, and not for a matrix. Few rows of one
    line stand whole, whatever height is asked for.
    """
    told = getattr(rows, "data", rows)
    if len(told) <= WHOLE and not how.get("row_height"):
        how["height"] = "content"
    shown = None
    if "on_select" in how:
        shown = st.dataframe(rows, hide_index=True, key=key, **how)
    else:
        _packed_once(rows, key, how)
    _keep_frame(told, title, how, cards and "on_select" not in how and figures.is_phone())
    return shown


def _packed_once(rows: Any, key: str | None, how: dict[str, Any]) -> None:
    """The web frame packs a table anew at every showing, milliseconds each; what stands in a function it keeps is only sent again."""
    _packed(_number_of(rows), f"{key} {how}", rows, key, how)


@st.cache_resource(max_entries=64, show_spinner=False)
def _packed(number: int, looks: str, _rows: Any, _key: str | None, _how: dict[str, Any]) -> None:
    st.dataframe(_rows, hide_index=True, key=_key, **_how)


@per_object(64)
def _number_of(rows: Any) -> int:
    """No other object ever has the same."""
    return next(_numbers)


def editor(rows: pd.DataFrame, *, title: str = "", key: str | None = None, **how: Any) -> pd.DataFrame:
    """`st.data_editor` without its index; what is written in it so far can be taken away with the rest."""
    edited = st.data_editor(rows, hide_index=True, key=key, **how)
    _keep_frame(edited, title, how, cards=False)
    return edited


def also(table: Table) -> None:
    """What stands on the screen as cards."""
    seen.keep(ShownTable(table))


def _keep_frame(rows: pd.DataFrame, title: str, how: dict[str, Any], cards: bool) -> None:
    config = how.get("column_config") or {}
    labels = tuple(
        (name, look["label"]) for name, look in config.items() if isinstance(look, dict) and look.get("label")
    )
    hidden = tuple(name for name, look in config.items() if look is None)
    named, twin = _named_and_twin(rows, labels, hidden, cards, language())
    seen.keep(ShownTable(named, title))
    show_html(twin)


@per_object(64)
def _named_and_twin(
    rows: pd.DataFrame, labels: tuple[tuple[str, str], ...], hidden: tuple[str, ...], cards: bool, lang: str
) -> tuple[pd.DataFrame, Markup]:
    """The table under the names it has on the screen, and its twin on paper without what is hidden. lang: of the words beside it."""
    named = rows.rename(columns=dict(labels))
    return named, _on_paper(_of_frame(named[[name for name in named if name not in hidden]], ""), cards)


def _on_paper(table: Table, cards: bool) -> Markup:
    """What stands in its place when the screen is printed: a canvas comes out blank, and only as far as it was scrolled.

    cards: on the screen of this phone too, where a canvas would be cut at its edge.
    """
    rows = [[_words(value) for value in row] for row in table.rows[:PRINTED]]
    return markup.on_paper(table.heads, rows, len(table.rows) - PRINTED, cards)


def _words(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.12g}"
    return "" if value is None else str(value)


def tables(page: str, counted: bool) -> list[Table]:
    """Of this run, in order. page: the name of one that stands under no heading. counted: whether any of the screen's are."""
    found: list[Table] = []
    for one in seen.shown(ShownTable):
        if isinstance(one.content, Table):
            read = [one.content]
        elif isinstance(one.content, str):
            read = _of_html(one.content, page, one.title)
        else:
            read = [_of_frame(one.content, one.title or page)]
        found += [replace(table, counted=counted and one.counted) for table in read]
    return _told_apart(found)


def _told_apart(found: list[Table]) -> list[Table]:
    """Titles that stand several times get a number."""
    alike = Counter(table.title for table in found)
    met: Counter[str] = Counter()
    for n, table in enumerate(found):
        if alike[table.title] > 1:
            met[table.title] += 1
            found[n] = replace(table, title=f"{table.title} {met[table.title]}")
    return found


def _of_frame(rows: pd.DataFrame, title: str) -> Table:
    cells = rows.astype(object).where(rows.notna(), None)
    told = tuple(tuple(_value(value) for value in row) for row in cells.itertuples(index=False, name=None))
    return Table(title, tuple(map(str, rows.columns)), told)


def _value(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return None if value is None else str(value)
    if isinstance(value, date):
        return value.to_pydatetime() if isinstance(value, pd.Timestamp) else value
    return float(value) if isinstance(value, int | float) else str(value)


def _of_html(content: str, page: str, title: str) -> list[Table]:
    reader = _Reader(page, title)
    reader.feed(content)
    return reader.tables


class _Reader(HTMLParser):
    """Words only: what screen readers get, not what is drawn for the eye beside it."""

    def __init__(self, page: str, given: str) -> None:
        super().__init__()
        self.tables: list[Table] = []
        self._given, self._title, self._caption, self._hidden = given, page, "", 0
        self._heads: list[str] = []
        self._rows: list[list[str]] = []
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._hidden or dict(attrs).get("aria-hidden") == "true":
            self._hidden += tag not in ("img", "br", "meta")
        elif tag == "table":
            self._heads, self._rows, self._caption = [], [], ""
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("th", "td", "caption") or tag in ("h2", "h3", "h4"):
            self._cell = []
        elif tag in ("small", "br", "li", "p") and self._cell:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            self._hidden -= 1
        elif tag in ("h2", "h3", "h4"):
            self._title, self._cell = self._text(), None
        elif tag == "caption":
            self._caption, self._cell = self._text(), None
        elif tag in ("th", "td"):
            row = self._rows[-1] if self._rows else self._heads
            row.append(self._text())
            self._cell = None
        elif tag == "thead":
            self._heads = self._rows.pop() if self._rows else []
        elif tag == "table":
            self.tables.append(self._table())

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._hidden:
            self._cell.append(data)

    def _text(self) -> str:
        return " ".join("".join(self._cell or []).split())

    def _table(self) -> Table:
        wide = max([len(self._heads), *map(len, self._rows)])
        rows = [row for row in self._rows if any(row)]
        return Table(
            self._given or self._caption or self._title,
            _filled(self._heads, wide),
            tuple(_filled(row, wide) for row in rows),
        )


def _filled(cells: list[str], wide: int) -> tuple[str, ...]:
    return (*cells, *("" for _ in range(wide - len(cells))))
