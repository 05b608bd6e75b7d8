"""How the returns stand, as a workbook to sort and to pass on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import copy_context
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import pandas as pd
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from catalogue.display import day, quarter
from catalogue.model import Plan
from catalogue.wording import pick, say, use_language
from etl.outgoing.chase_status import state_words, term_words
from etl.outgoing.paper import table_paper
from etl.template.desk import writable
from etl.template.looks import TemplateLooks

_TITLE_ROW, _DAY_ROW, _HEADER_ROW = range(3)
_LEFT = ("reporter", "form", "reason")
# Column -> its width, in the order of the sheet; the words are chasing.column.<name>.
COLUMNS: Mapping[str, int] = {
    "period": 16,
    "reporter": 26,
    "form": 32,
    "state": 14,
    "due": 13,
    "term": 13,
    "first": 18,
    "newest": 18,
    "filed": 10,
    "returned": 10,
    "number": 30,
    "reason": 60,
}
_COUNTS = ("filed", "returned")


def status_file(rows: pd.DataFrame, plan: Plan, today: date, lang: str = "zh") -> bytes:
    """An .xlsx with a line per row of `chase_status.standings`, worded in `lang`. The same arguments give the same bytes."""

    def written() -> bytes:
        use_language(lang)
        content = BytesIO()
        with Workbook(content, {"in_memory": True}) as workbook:
            workbook.set_properties({"title": say("chasing.sheet"), "created": datetime.combine(plan.issued, time())})
            sheet, looks = workbook.add_worksheet(say("chasing.sheet")), TemplateLooks(workbook)
            _head(sheet, plan, today, looks)
            for at, row in enumerate(rows.itertuples(index=False), start=_HEADER_ROW + 1):
                _line(sheet, at, row, plan, looks)
            table_paper(sheet, _HEADER_ROW, _HEADER_ROW + max(len(rows), 1), len(COLUMNS) - 1, plan, fixed_columns=2)
        return content.getvalue()

    return copy_context().run(written)


def _head(sheet: Worksheet, plan: Plan, today: date, looks: TemplateLooks) -> None:
    demo = f"　{say('app.demo')}" if plan.demo else ""
    sheet.write_string(_TITLE_ROW, 0, f"{pick(plan, 'title')} {say('chasing.sheet')}", looks.of("guide_heading"))
    sheet.set_row(_TITLE_ROW, 26)
    sheet.write_string(_DAY_ROW, 0, say("chasing.as_of", day=day(today)) + demo, looks.of("footer_copy", bottom=0))
    for column, (name, width) in enumerate(COLUMNS.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(_HEADER_ROW, column, say(f"chasing.column.{name}"), looks.of("header"))


def _line(sheet: Worksheet, at: int, row: Any, plan: Plan, looks: TemplateLooks) -> None:
    for column, name in enumerate(COLUMNS):
        value = _CELLS[name](row, plan)
        if name in _COUNTS:
            sheet.write_number(at, column, value, looks.of("guide_code"))
        else:
            sheet.write_string(at, column, writable(value), looks.of("guide_cell" if name in _LEFT else "guide_code"))


def _moment(at: Any) -> str:
    return "" if pd.isna(at) else f"{at:%Y-%m-%d %H:%M}"


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


_CELLS: Mapping[str, Callable[[Any, Plan], Any]] = {
    "period": lambda row, plan: quarter(row.period),
    "reporter": lambda row, plan: pick(plan.units.get(row.reporter) or plan.departments[row.reporter]),
    "form": lambda row, plan: pick(plan.forms[row.form], "title"),
    "state": lambda row, plan: state_words(row),
    "due": lambda row, plan: f"{row.due:%Y-%m-%d}",
    "term": lambda row, plan: term_words(row),
    "first": lambda row, plan: _moment(row.first_at),
    "newest": lambda row, plan: _moment(row.submitted_at),
    "filed": lambda row, plan: int(row.times_filed),
    "returned": lambda row, plan: int(row.times_returned),
    "number": lambda row, plan: _text(row.number),
    "reason": lambda row, plan: _text(row.reason),
}
