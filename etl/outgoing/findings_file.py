"""The findings of one return as a workbook of their own, with the columns of the 核查结果 sheet."""

from __future__ import annotations

from contextvars import copy_context
from datetime import datetime, time
from io import BytesIO
from typing import Any

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from catalogue.display import quarter
from catalogue.model import Plan
from catalogue.wording import pick, say, use_language
from etl.annotate.cell_marks import FILLS
from etl.annotate.rows import COLUMNS, ResultRow, result_rows
from etl.model import Checked, History
from etl.outgoing.paper import table_paper
from etl.template.desk import writable
from etl.template.looks import TemplateLooks
from etl.template.page import text_lines

_TITLE_ROW, _FILE_ROW, _HEADER_ROW = range(3)
_CENTRED = ("number", "severity", "value", "last")
_FORMULA_LIKE = ("=", "+", "-", "@")


def findings_file(checked: Checked, plan: Plan, history: History, lang: str = "zh") -> bytes:
    """An .xlsx: a line per finding, in their order, worded in `lang`. The same arguments give the same bytes."""
    rows = result_rows(checked, plan, history, lang=lang)

    def written() -> bytes:
        use_language(lang)
        content = BytesIO()
        with Workbook(content, {"in_memory": True}) as workbook:
            workbook.set_properties({"title": _title(checked, plan), "created": datetime.combine(plan.issued, time())})
            sheet, looks = workbook.add_worksheet(say("marked.sheet")), TemplateLooks(workbook)
            _head(sheet, checked, plan, looks)
            for at, row in enumerate(rows, start=_HEADER_ROW + 1):
                _line(sheet, at, row, looks)
            table_paper(sheet, _HEADER_ROW, _HEADER_ROW + max(len(rows), 1), len(COLUMNS) - 1, plan)
        return content.getvalue()

    return copy_context().run(written)


def _title(checked: Checked, plan: Plan) -> str:
    ret = checked.ret
    whose = plan.units.get(ret.reporter) or plan.departments.get(ret.reporter)
    parts = (
        quarter(ret.period),
        pick(whose) if whose else plan.city,
        pick(plan.forms[ret.form], "title"),
        say("marked.title"),
    )
    return " ".join(parts)


def _head(sheet: Worksheet, checked: Checked, plan: Plan, looks: TemplateLooks) -> None:
    sheet.write_string(_TITLE_ROW, 0, _title(checked, plan), looks.of("guide_heading"))
    sheet.set_row(_TITLE_ROW, 26)
    sheet.write_string(_FILE_ROW, 0, writable(checked.file_name), looks.of("footer_copy", bottom=0))
    for column, (key, width) in enumerate(COLUMNS.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(_HEADER_ROW, column, say(f"marked.column.{key}"), looks.of("header"))


def _line(sheet: Worksheet, at: int, row: ResultRow, looks: TemplateLooks) -> None:
    texts = {
        "severity": row.label,
        "place": row.place,
        "item": row.item,
        "value": row.value,
        "last": row.last,
        "finding": row.problem,
        "mend": row.advice,
        "reason": row.reason,
    }
    sheet.write_number(at, 0, at - _HEADER_ROW, looks.of("guide_code"))
    for column, (key, text) in enumerate(texts.items(), start=1):
        more: dict[str, Any] = {"bg_color": f"#{FILLS[row.shade][2:]}"} if key == "severity" else {}
        if text.startswith(_FORMULA_LIKE):
            more["quote_prefix"] = True
        sheet.write_string(
            at, column, writable(text), looks.of("guide_code" if key in _CENTRED else "guide_cell", **more)
        )
    lines = max(text_lines(text, COLUMNS[key]) for key, text in texts.items())
    sheet.set_row(at, min(max(20, 14.5 * lines + 6), 400))
