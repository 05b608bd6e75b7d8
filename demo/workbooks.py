"""A filing becomes a workbook, written through the real template."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath

from catalogue.layout import layout
from catalogue.model import Plan
from catalogue.period import Period
from demo.figures import Answer, backfill_answers, county_answers, department_counts, project_answers
from demo.filings import Filing
from demo.people import footer
from demo.words import milestone_words, reasons, task_words
from etl.template import template_name, write_template


def workbook(plan: Plan, filing: Filing) -> bytes:
    """The filled .xlsx; the same filing gives the same bytes."""
    current = answers(plan, filing)
    return write_template(
        plan,
        filing.form,
        filing.reporter,
        filing.period,
        previous=_previous(plan, filing),
        current={key: answer.isoformat() if isinstance(answer, date) else answer for key, answer in current.items()},
        reasons=_reasons(plan, filing),
        footer=footer(plan, filing.reporter, filing.received_at),
    )


def path(plan: Plan, filing: Filing, ending: str = ".xlsx") -> PurePosixPath:
    """Where the file lies, from the demo folder: 2021Q1/抚顺市_新抚区_….xlsx."""
    name = template_name(plan, filing.form, filing.reporter, filing.period).removesuffix(".xlsx")
    return PurePosixPath(str(filing.period), f"{name}{filing.suffix}{ending}")


def answers(plan: Plan, filing: Filing) -> dict[tuple[str, str], Answer]:
    """(element, subject) -> what stands in the file, mistakes that got it sent back or corrected included."""
    wrong = {(element, filing.reporter): Decimal(figure) for element, figure in filing.wrong}
    return {**final_answers(plan, filing.form, filing.reporter, filing.period), **wrong}


def final_answers(plan: Plan, form: str, reporter: str, period: Period) -> dict[tuple[str, str], Answer]:
    """(element, subject) -> the figure or word that counts in the end; {} before anything is known."""
    match form:
        case "county":
            return county_answers(plan, reporter, period)
        case "backfill":
            return backfill_answers(plan, period)
        case "project":
            return project_answers(plan, period) if period in plan.periods else {}
        case _:
            return dict(
                [
                    *task_words(plan, reporter, period),
                    *milestone_words(plan, reporter, period),
                    *department_counts(plan, reporter, period),
                ]
            )


def _previous(plan: Plan, filing: Filing) -> dict[tuple[str, str], Decimal]:
    """上期: last quarter's numbers, as the bureau's own templates carry them."""
    if filing.period == plan.baseline_period:
        return {}
    before = final_answers(plan, filing.form, filing.reporter, filing.period.previous)
    return {key: answer for key, answer in before.items() if isinstance(answer, Decimal)}


def _reasons(plan: Plan, filing: Filing) -> dict[tuple[str, str], str]:
    """(sheet, line) -> 变化原因."""
    told = reasons(filing.form, filing.reporter, filing.period)
    places = layout(plan, filing.form, filing.reporter).slots()
    return {
        (sheet.name, line.code): told[slot.element] for slot, (sheet, line, _) in places.items() if slot.element in told
    }
