"""Which form a workbook is, whose, and for which quarter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from catalogue.display import quarter
from catalogue.model import Form, Plan
from catalogue.period import Period
from etl.errors import FormUnknown, OldVersion, PeriodUnknown, UnitUnknown
from etl.model import CellRef, Cells, Finding, Severity
from etl.reading.headings import labelled, read_period, read_reporter
from etl.reading.identity import Identity
from etl.reading.index import PERIOD_LABELS, UNIT_LABELS, index_of
from etl.reading.plain import compact
from etl.reading.sheets import ref

__all__ = ["Identity", "header_disagreements", "recognise"]


def recognise(cells: Cells, plan: Plan) -> Identity:
    """By the identity text that templates carry; without it, by the visible title, 填报单位 and 填报期.

    Where sheets carry several identities the one on most sheets counts, of equals that of a visible one;
    `header_disagreements` speaks of the others. Raises FormUnknown, OldVersion, UnitUnknown, PeriodUnknown, each with `found`.
    """
    cells = replace(cells, sheets=tuple(sorted(cells.sheets, key=lambda sheet: sheet.hidden)))
    identity = _carried(cells) or _visible(cells, plan)
    form = plan.forms.get(identity.form)
    if form is None:
        raise FormUnknown(found=identity.form)
    if identity.version in form.replaces:
        raise OldVersion(form=form.title, version=identity.version, current=form.version)
    if identity.version != form.version:
        raise FormUnknown(found=f"{identity.form} {identity.version}")
    if identity.reporter not in plan.reporters(form.code):
        raise UnitUnknown(found=identity.reporter)
    if not _covered(identity.period, form, plan):
        raise PeriodUnknown(found=identity.period)
    return identity


def header_disagreements(cells: Cells, identity: Identity, plan: Plan) -> Iterator[Finding]:
    """BLOCKS `header_disagrees` for each cell that names another form, unit or quarter than `identity`.

    A name we do not know says nothing. Fields: shown, expected.
    """
    for sheet in cells.sheets:
        for row, column, text in index_of(sheet).identities:
            other = Identity.parse(text)
            if other is not None and other != identity:
                yield _disagrees(ref(sheet, row, column), _spelled(other, plan), _spelled(identity, plan))
        for at, shown in labelled(sheet, UNIT_LABELS):
            reporter = read_reporter(shown, plan, identity.form)
            if reporter is not None and reporter != identity.reporter:
                yield _disagrees(at, shown, plan.name_of(identity.reporter))
        for at, shown in labelled(sheet, PERIOD_LABELS):
            period = read_period(shown)
            if period is not None and period != identity.period:
                yield _disagrees(at, shown, quarter(identity.period, "zh"))


def _disagrees(at: CellRef, shown: str, expected: str) -> Finding:
    return Finding("header_disagrees", Severity.BLOCKS, at=at, fields={"shown": shown, "expected": expected})


def _spelled(identity: Identity, plan: Plan) -> str:
    form = plan.forms.get(identity.form)
    return f"{plan.name_of(identity.reporter)}{quarter(identity.period, 'zh')}{form.title if form else identity.form}"


def _covered(period: Period, form: Form, plan: Plan) -> bool:
    """Quarters of the plan and its baseline; history may reach further back."""
    return period <= plan.last and (form.reporter == "city" or period >= plan.baseline_period)


def _carried(cells: Cells) -> Identity | None:
    found = Counter(
        identity
        for sheet in cells.sheets
        for identity in {Identity.parse(text) for _, _, text in index_of(sheet).identities}
        if identity is not None
    )
    return found.most_common(1)[0][0] if found else None


def _visible(cells: Cells, plan: Plan) -> Identity:
    """Taken to be the present version: an old form shows by the rows it lacks."""
    form = _titled(cells, plan)
    if form is None:
        raise FormUnknown(found="")
    units = [shown for sheet in cells.sheets for _, shown in labelled(sheet, UNIT_LABELS)]
    periods = [shown for sheet in cells.sheets for _, shown in labelled(sheet, PERIOD_LABELS)]
    reporter = next((r for shown in units if (r := read_reporter(shown, plan, form.code))), None)
    if reporter is None:
        raise UnitUnknown(found=next(iter(units), ""))
    period = next((p for shown in periods if (p := read_period(shown))), None)
    if period is None:
        raise PeriodUnknown(found=next(iter(periods), ""))
    return Identity(form.code, form.version, reporter, period)


def _titled(cells: Cells, plan: Plan) -> Form | None:
    """The form whose title a cell contains, the longest where several do."""
    written = {compact(text) for sheet in cells.sheets for _, _, text in sheet.texts}
    forms = sorted(plan.forms.values(), key=lambda form: -len(form.title))
    return next((form for form in forms if any(compact(form.title) in text for text in written)), None)
