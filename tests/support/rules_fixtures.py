"""Returns for the tests of the rules: every answer sane, but for what a case changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

from catalogue.layout import layout
from catalogue.load import PLANS, load_plan
from catalogue.model import Plan, Slot
from catalogue.period import Period
from etl.messages import mend, sentence
from etl.model import CellRef, Entry, EntryState, Finding, History, Return

BLANK, NA, BAD, ABSENT = EntryState.BLANK, EntryState.NA, EntryState.BAD, EntryState.ABSENT

COUNTY = {
    "kindergarten.sites": 34, "kindergarten.children": 3130, "kindergarten.children.public": 1440,
    "kindergarten.children.private": 1690, "kindergarten.children.inclusive_private": 1060,
    "kindergarten.coverage_ratio": "79.87", "kindergarten.public_ratio": "46.01",
    "kindergarten.estate": 6, "kindergarten.estate.public": 4,
    "kindergarten.teachers.uncertified": 60, "kindergarten.teachers.trained": 30, "kindergarten.anji_pilots": 2,
    "compulsory.schools": 24, "compulsory.schools.grouped": 19, "compulsory.group_ratio": "79.17",
    "compulsory.groups": 3, "compulsory.rural_paired": 4, "compulsory.pupils": 12050, "compulsory.pupils.poor": 85,
    "compulsory.dropouts": 2, "compulsory.dropouts.poor": 0, "compulsory.classes": 310,
    "compulsory.classes.large": 9, "compulsory.classes.huge": 1, "compulsory.schools.guideline": 22,
    "special.children": 64, "special.enrolled": 61, "special.case_files": 60, "special.resource_rooms": 5,
    "vocational.trainees": 420, "vocational.trainees.jobs": 200, "vocational.trainees.transfer": 120,
    "vocational.trainees.veterans": 60, "vocational.trainees.laid_off": 40,
    "vocational.graduates": 500, "vocational.employed": 480, "vocational.further_study": 150,
    "aid.entitled": 1100, "aid.entitled.aided": 1080,
    "aid.pupils": 1000, "aid.pupils.preschool": 200, "aid.pupils.compulsory": 500, "aid.pupils.senior": 200,
    "aid.pupils.vocational": 100, "aid.amount": "200.5", "nutrition.pupils": 800,
    "safety.schools": 30, "safety.schools.alarmed": 28, "safety.kindergartens": 34, "safety.kindergartens.alarmed": 30,
    "safety.incidents": 0, "safety.canteens": 26, "safety.canteens.online": 22,
    "health.freshmen": 1500, "health.freshmen.screened": 1490, "health.eyes_tested": 12000, "health.myopic": 6000,
    "fitness.tested": 12000, "fitness.good": 5200,
    "teachers.total": 1300, "teachers.trained": 650, "teachers.pay": 90000, "civil_servants.pay": 88000,
    "teachers.recruited": 30, "teachers.recruited.special_post": 10, "teachers.recruited.exam": 15,
    "teachers.recruited.university": 5,
    "tutoring.sites": 70, "tutoring.model_contract": 50, "tutoring.list_published": 1,
    "private_schools": 3, "private_schools.covered": 3, "party.secretaries": 26, "party.secretaries.assessed": 20,
    "korean_schools": 1, "korean_schools.national_textbooks": 1, "violations.teachers": 1,
}  # fmt: skip
PROJECT = {
    "project.canteen.funded": 800, "project.canteen.invested": "650.25", "project.canteen.area": 3000,
    "project.canteen.stage": "building", "project.canteen.started": "2021-03-15", "project.canteen.finished": BLANK,
    "project.campus.funded": 900, "project.campus.invested": 700, "project.campus.stage": "building",
    "project.campus.started": "2021-04-01", "project.campus.finished": BLANK,
    "project.buildings.funded": 2000, "project.buildings.invested": 1500, "project.buildings.stage": "tendering",
    "project.buildings.started": BLANK, "project.buildings.finished": BLANK,
    "project.total.funded": 3700, "project.total.invested": "2850.25",
    "toilets.renovated": 1, "toilets.renovated.total": 7,
}  # fmt: skip
TOLD = {
    "status": "under_way", "done": "已印发工作方案，正在推进。", "problem": BLANK, "next": "按季度调度。",
    "finished_on": BLANK, "evidence": BLANK,
}  # fmt: skip


@cache
def plan() -> Plan:
    return load_plan(PLANS / "2021")


def usual(slot: Slot, period: Period):
    """The sane answer of `slot`; blank before it is due."""
    element = plan().elements[slot.element]
    if element.due_from > period.quarter:
        return BLANK
    if slot.element.startswith(("task.", "milestone.")):
        return TOLD[slot.element.rpartition(".")[2]]
    if slot.element.startswith("bureau.exam_incidents"):
        return 0
    return {**COUNTY, **PROJECT}.get(slot.element, 1)


def make_return(
    form: str = "county",
    reporter: str = "210402",
    period: str = "2021Q2",
    changes: Mapping[str, object] | None = None,
    reasons: Mapping[str, str] | None = None,
    **besides: Any,
) -> Return:
    """besides: repairs, the findings of reading it, and previous. changes: `code` or `code@subject` -> a number, a text, or a state; reasons: the same -> 变化原因.

    previous: `code` -> what the sheet shows as 上期, in column C.
    """
    repairs, previous = besides.pop("repairs", ()), besides.pop("previous", None)
    assert not besides
    shape, at = layout(plan(), form, reporter), Period.parse(period)
    changes, reasons = dict(changes or {}), dict(reasons or {})
    entries = {}
    for slot, (sheet, line, column) in shape.slots().items():
        place = CellRef(
            sheet.name, f"{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[sheet.columns.index(column) + 2]}{sheet.lines.index(line) + 5}"
        )
        answer = changes.pop(f"{slot.element}@{slot.subject}", None)
        answer = changes.get(slot.element, usual(slot, at)) if answer is None else answer
        reason = reasons.get(f"{slot.element}@{slot.subject}", reasons.get(slot.element, ""))
        entries[slot] = entry(slot, answer, place, reason)
    unknown = {code.partition("@")[0] for code in (*changes, *reasons)} - {slot.element for slot in entries}
    assert not unknown, f"the form has no {unknown}"
    shown = {
        slot: entry(slot, (previous or {})[slot.element], replace(found.at, address=f"C{found.at.address[1:]}"), "")
        for slot, found in entries.items()
        if slot.element in (previous or {})
    }
    return Return(
        layout=shape, version="2021.1", period=at, entries=entries, footer={}, repairs=repairs, previous=shown
    )


def entry(slot: Slot, answer: object, place: CellRef, reason: str) -> Entry:
    if isinstance(answer, EntryState):
        return Entry(slot=slot, state=answer, at=place, reason=reason)
    if plan().elements[slot.element].kind in ("integer", "decimal"):
        return Entry(
            slot=slot, state=EntryState.VALUE, at=place, value=Decimal(str(answer)), raw=str(answer), reason=reason
        )
    return Entry(slot=slot, state=EntryState.VALUE, at=place, text=str(answer), raw=str(answer), reason=reason)


def past(quarters: Mapping[str, Mapping[str, object]], reporter: str = "210402") -> History:
    """quarter -> `code` or `code@subject` -> the accepted number."""
    return History(
        values={
            Period.parse(quarter): {
                (code.partition("@")[0], code.partition("@")[2] or reporter): Decimal(str(number))
                for code, number in values.items()
            }
            for quarter, values in quarters.items()
        }
    )


def spoken(rule, *, before: Mapping[str, Mapping[str, object]] | None = None, **case) -> list[Finding]:
    """What one rule says of `make_return(**case)`, with `before` as the earlier quarters; said in both languages too."""
    ret = make_return(**case)
    found = list(rule(ret, plan(), past(before or {}, ret.reporter)))
    for finding in found:  # KeyError: a field or a wording that is not there
        worded = [words(finding, plan(), lang) for words in (sentence, mend) for lang in ("zh", "en")]
        assert all(worded) and "{" not in "".join(worded)
    return found


def told(findings: list[Finding]) -> list[str]:
    """`element severity` of each, the subject named where it is not the reporter's own form."""
    return [f"{finding.slot.element if finding.slot else '*'} {finding.severity}" for finding in findings]
