"""Templates: the workbook an office fills, one per form, reporter and quarter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, time
from decimal import Decimal
from io import BytesIO
from typing import TypedDict, Unpack

from xlsxwriter.workbook import Workbook

from catalogue.display import quarter
from catalogue.layout import layout
from catalogue.model import Plan, Slot
from catalogue.period import Period
from catalogue.wording import say
from etl.reading.formulas import formulas
from etl.reading.identity import Identity
from etl.template.desk import Prefill, TemplateDesk, writable
from etl.template.guide import draw_guide
from etl.template.lines import draw
from etl.template.looks import SONG, TemplateLooks
from etl.template.page import FOOTER, pages

__all__ = ["FOOTER", "Answers", "FilledIn", "template_name", "write_template"]

Answers = Mapping[tuple[str, str], Decimal | str]


class FilledIn(TypedDict, total=False):
    """What stands in a workbook already.

    current: (element, subject) -> answer, as `previous`. reasons: (sheet name, line code) -> 变化原因. footer: 填报人 and so on
    (FOOTER) -> text.
    """

    current: Answers
    reasons: Mapping[tuple[str, str], str]
    footer: Mapping[str, str]


def write_template(
    plan: Plan,
    form: str,
    reporter: str,
    period: Period,
    previous: Answers | None = None,
    **filled: Unpack[FilledIn],
) -> bytes:
    """An .xlsx workbook; the same arguments give the same bytes.

    previous: (element, subject) -> answer: a number; "/" for 不适用; a choice by its key;
        a day as ISO text; any other text is written as it stands. Cells with a formula show what
        follows from `current`, as a spreadsheet program would compute it.
    Raises KeyError for a form the plan lacks, ValueError for a reporter who does not owe it.
    """
    shape = layout(plan, form, reporter)
    identity = Identity(form, plan.forms[form].version, reporter, period)
    content = BytesIO()
    options = {"in_memory": True, "default_format_properties": {"font_name": SONG, "font_size": 11}}
    with Workbook(content, options) as workbook:
        desk = TemplateDesk(
            plan=plan,
            form=plan.forms[form],
            identity=identity,
            looks=TemplateLooks(workbook),
            pages=pages(plan, shape, period),
            computed=formulas(plan, shape),
            filling=_filling(previous or {}, filled),
        )
        _describe(workbook, desk)
        for page in desk.pages:
            draw(workbook.add_worksheet(page.sheet.name), page, desk)
        draw_guide(workbook.add_worksheet(say("template.guide.sheet", "zh")), desk)
    return content.getvalue()


def template_name(plan: Plan, form: str, reporter: str, period: Period) -> str:
    """抚顺市_新抚区_2021年第三季度_教育工作要点县区季度报表.xlsx: fit for every disk. Raises KeyError for a form the plan lacks."""
    whose = dict.fromkeys((plan.city, plan.name_of(reporter)))
    name = "_".join((*whose, quarter(period, "zh"), plan.forms[form].title))
    return re.sub(r'[\\/:*?"<>|\s]', "", name) + ".xlsx"


def _filling(previous: Answers, filled: FilledIn) -> Prefill:
    current, reasons = filled.get("current") or {}, filled.get("reasons") or {}

    def answer(given: Answers, slot: Slot) -> Decimal | str | None:
        found = given.get((slot.element, slot.subject))
        return writable(found) if isinstance(found, str) else found

    return Prefill(
        previous=lambda slot: answer(previous, slot),
        current=lambda slot: answer(current, slot),
        reason=lambda sheet, line: writable(reasons.get((sheet, line), "")),
        footer={label: writable(text) for label, text in (filled.get("footer") or {}).items()},
    )


def _describe(workbook: Workbook, desk: TemplateDesk) -> None:
    """Properties of the file. Its date is the plan's, so that the same template has the same bytes."""
    plan, identity = desk.plan, str(desk.identity)
    workbook.set_properties(
        {
            "title": f"{desk.form.title} {plan.name_of(desk.identity.reporter)} {quarter(desk.identity.period, 'zh')}",
            "subject": plan.title,
            "author": plan.issuer,
            "keywords": identity,
            "created": datetime.combine(plan.issued, time()),
        }
    )
    workbook.set_custom_property("return", identity)
    workbook.define_name("return_identity", f'="{identity}"')
