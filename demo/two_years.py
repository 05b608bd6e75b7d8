"""A second year to look at (演示数据): the plan of 2022 beside that of 2021, and the returns of 2021Q4 and 2022Q1.

The figures go on from the sample returns of 2021Q3 by rule: what is counted through the year grows to its end and begins again,
everything else stays, but for children who change from private to public kindergartens.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from catalogue.layout import layout
from catalogue.load import load_plan
from catalogue.model import Plan
from catalogue.period import Period
from demo.figures import Answer, project_answers
from demo.filings import Filing
from demo.intake import ledger
from demo.next_year import changes_in, write_next_year
from demo.people import BUREAU_DESK, COUNTY_DESK, footer
from demo.workbooks import final_answers, path
from etl.ledger import NAME
from etl.model import History
from etl.submission import check_return
from etl.template import write_template

Answers = dict[tuple[str, str], Answer]
FIRST, LAST, NEXT = Period(2021, 3), Period(2021, 4), Period(2022, 1)
CAME = {LAST: datetime(2022, 1, 7, 9, 30), NEXT: datetime(2022, 4, 8, 9, 30)}
WHY = "按实际工作进展填报，数据已核对。"
ANNUAL: Mapping[str, Answer] = {
    "teachers.pay": Decimal(83600),
    "civil_servants.pay": Decimal(82900),
}  # asked once, at the year's end
WITHIN = {"party.secretaries.assessed": "party.secretaries"}  # grows through the year, and to no more than this
_MOVED = Decimal("0.03")  # of the children of private kindergartens, each quarter


def write_two_years(source: Path, changes: Path, folder: Path) -> list[Path]:
    """source: the plan folder of 2021; changes: a file as `next_year.changes_in` reads. Below `folder`: plans/2021, plans/2022, and
    returns with their ledger. What was there before is replaced. Gives every workbook."""
    for name in ("plans", "returns"):
        shutil.rmtree(folder / name, ignore_errors=True)
    shutil.copytree(source, folder / "plans" / "2021")
    write_next_year(source, folder / "plans" / "2022", changes_in(changes))
    known = {LAST: load_plan(folder / "plans" / "2021"), NEXT: load_plan(folder / "plans" / "2022")}
    written, told = [], ""
    for period, plan in known.items():
        entries = []
        for filing in _filings(plan, period):
            file = path(plan, filing)
            target = folder / "returns" / file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(_workbook(known, plan, filing))
            entries.append((file, filing))
            written.append(target)
        told += ledger(plan, entries)
    (folder / "returns" / NAME).write_text(told, "utf-8")
    return written


def _filings(plan: Plan, period: Period) -> Iterator[Filing]:
    """Everybody's, on the same day; those of the newest quarter wait for a decision in part."""
    for form in ("county", "project", "department"):
        for n, reporter in enumerate(plan.reporters(form)):
            waits = period == NEXT and n % 3 == 2
            desk = COUNTY_DESK if form == "county" else BUREAU_DESK
            yield Filing(
                form=form,
                reporter=reporter,
                period=period,
                received_at=CAME[period].replace(minute=n % 60),
                state="filed" if waits else "approved",
                decided_at=None if waits else CAME[period].replace(hour=15, minute=n % 60),
                by="" if waits else desk,
            )


def _workbook(known: Mapping[Period, Plan], plan: Plan, filing: Filing) -> bytes:
    """Where a figure has to be explained, it is."""
    before, now = (_answers(known, filing.form, filing.reporter, at) for at in (filing.period.previous, filing.period))
    slots = layout(plan, filing.form, filing.reporter).slots()
    asked = set(slots)
    current = {key: each for key, each in now.items() if key in {(slot.element, slot.subject) for slot in asked}}
    past = {key: each for key, each in before.items() if isinstance(each, Decimal)}

    def written(reasons: Mapping[tuple[str, str], str]) -> bytes:
        return write_template(
            plan,
            filing.form,
            filing.reporter,
            filing.period,
            previous=past,
            current={key: each.isoformat() if isinstance(each, date) else each for key, each in current.items()},
            reasons=dict(reasons),
            footer=footer(plan, filing.reporter, filing.received_at),
        )

    content = written({})
    history = History(values=_past(known, filing))
    checked = check_return(
        content, "x.xlsx", plan=plan, remember=lambda *_: history, received_on=filing.received_at.date()
    )
    to_explain = {
        (sheet.name, line.code): WHY
        for slot, (sheet, line, _) in slots.items()
        if any(finding.is_open and finding.slot == slot for finding in checked.findings)
    }
    return written(to_explain) if to_explain else content


def _past(known: Mapping[Period, Plan], filing: Filing) -> dict[Period, dict[tuple[str, str], Decimal]]:
    quarters = [period for period in (*known[LAST].periods, NEXT) if period < filing.period]
    found = {period: _answers(known, filing.form, filing.reporter, period) for period in quarters}
    return {at: {key: each for key, each in said.items() if isinstance(each, Decimal)} for at, said in found.items()}


def _answers(known: Mapping[Period, Plan], form: str, reporter: str, period: Period) -> Answers:
    """(element, subject) -> answer."""
    plan = known[LAST]
    if period <= FIRST:
        return final_answers(plan, form, reporter, period)
    if form == "project":
        return project_answers(plan, FIRST if period == LAST else Period(2021, 1))
    settled = final_answers(plan, form, reporter, FIRST)
    if form == "county":
        return _county(plan, reporter, {element: each for (element, _), each in settled.items()}, period)
    return {key: each for key, each in settled.items() if period == LAST or not key[0].startswith("milestone.")}


def _county(plan: Plan, unit: str, settled: Mapping[str, Answer], period: Period) -> Answers:
    found = {element: _later(plan, element, each, period) for element, each in settled.items()}
    found |= ANNUAL if period == LAST else {}
    for part, whole in WITHIN.items():
        if isinstance(most := found.get(whole), Decimal) and isinstance(each := found.get(part), Decimal):
            found[part] = min(each, most)
    steps = 1 if period == LAST else 2
    private, public = (f"kindergarten.children.{kind}" for kind in ("private", "public"))
    rest, inclusive = found.get(private), found.get("kindergarten.children.inclusive_private", Decimal(0))
    if isinstance(rest, Decimal) and isinstance(inclusive, Decimal) and isinstance(found.get(public), Decimal):
        moved = min(Decimal(int(rest * _MOVED * steps)), rest - inclusive)
        found[private], found[public] = rest - moved, _number(found[public]) + moved
    for total, parts in plan.forms["county"].totals.items():
        counted = [each for part in parts if isinstance(each := found.get(part), Decimal)]
        if counted:
            found[total] = sum(counted, Decimal(0))
    return {(element, unit): each for element, each in found.items()}


def _later(plan: Plan, element: str, each: Answer, period: Period) -> Answer:
    if not isinstance(each, Decimal) or plan.elements[element].nature != "flow":
        return each
    return Decimal(int(each * 4 / 3)) if period == LAST else Decimal(int(each / 3))


def _number(each: Answer | None) -> Decimal:
    assert isinstance(each, Decimal), each
    return each
