"""A return beside last quarter's and beside the one accepted before, entry by entry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from catalogue.model import Element, Plan, Slot
from catalogue.period import Period
from etl.model import Entry, EntryState, Finding, History, Return, entry_text, fact_text
from etl.rules.looking import is_due
from etl.rules.stock_jump import FLOOR, LIMIT

Accepted = tuple[str, Decimal | None, str | None]  # state, value, text, as the fact has them
Outlier = Literal["", "jump", "fell", "new", "gone"]

# Rules that hold a value against last quarter's, so that a finding of theirs makes it stand out.
JUDGES = ("stock_jump", "unit_slip", "denominator_moved", "flow_not_below_last")


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """One entry of the form. change: now − last, None where they do not compare.

    outlier: jump, far above last quarter; fell, far below it, or a cumulative figure below it at all;
    new and gone: a number on one side only, where both sides owe one.
    """

    sheet: str
    cell: str
    subject: str
    element: str
    measure: str
    now: Entry
    last: Decimal | None
    accepted: Accepted | None
    change: Decimal | None
    changed_since_accepted: bool
    outlier: Outlier
    findings: tuple[Finding, ...]


def compare(
    now: Return,
    last_quarter: Mapping[tuple[str, str], Decimal],
    accepted: Mapping[tuple[str, str], Accepted] | None,
    findings: Iterable[Finding],
    plan: Plan,
) -> list[ComparedLine]:
    """Every entry in the order of the form.

    last_quarter, accepted: (element, subject) -> what was published for the quarter before, and what
    stands for this one; accepted None: nothing stands yet.
    """
    told: dict[Slot | None, list[Finding]] = defaultdict(list)
    for finding in findings:
        told[finding.slot].append(finding)
    lines = []
    for slot, entry in now.entries.items():
        key, element, about = (slot.element, slot.subject), plan.elements[slot.element], told.get(slot, [])
        last = last_quarter.get(key)
        change = _change(entry, last, element, now)
        stood = accepted.get(key) if accepted is not None else None
        outlier: Outlier = ""
        if change is not None and last is not None:
            outlier = _jump(change, last, element, about)
        elif last_quarter:
            outlier = _came_or_went(entry, last, element, now.period)
        lines.append(
            ComparedLine(
                sheet=entry.at.sheet,
                cell=entry.at.address,
                subject=slot.subject,
                element=slot.element,
                measure=element.measure,
                now=entry,
                last=last,
                accepted=stood,
                change=change,
                changed_since_accepted=accepted is not None and entry_text(entry) != _text(stood),
                outlier=outlier,
                findings=tuple(about),
            )
        )
    return lines


def last_value(finding: Finding, history: History, ret: Return) -> Decimal | None:
    """What was published for its data item in the quarter before; None where nothing was, or it names no item."""
    if finding.slot is None:
        return None
    return history.value(ret.period.previous, finding.slot.element, finding.slot.subject)


def _change(entry: Entry, last: Decimal | None, element: Element, ret: Return) -> Decimal | None:
    """Flows start again on 1 January: the first quarter does not compare with the year before."""
    restarted = element.nature == "flow" and ret.period.quarter == 1
    return None if entry.value is None or last is None or restarted else entry.value - last


def _jump(change: Decimal, last: Decimal, element: Element, findings: Iterable[Finding]) -> Outlier:
    """Of an entry that has a number now and had one last quarter."""
    judged = any(finding.rule in JUDGES for finding in findings)
    return ("jump" if change > 0 else "fell") if change and (judged or _far(change, last, element)) else ""


def _came_or_went(entry: Entry, last: Decimal | None, element: Element, period: Period) -> Outlier:
    """Of an entry that has a number now or had one last quarter, where last quarter's return is on record."""
    if element.ratio_of or not is_due(element, period):
        return ""
    if last is None and entry.value is not None:  # in the first quarter much is asked for that no baseline has
        before = period.previous
        return "new" if before.year == period.year and is_due(element, before) else ""
    restarted = element.nature == "flow" and period.quarter == 1
    return "gone" if last is not None and entry.state is not EntryState.VALUE and not restarted else ""


def _far(change: Decimal, last: Decimal, element: Element) -> bool:
    """As `stock_jump` measures it. A flow that grows is no news, one that falls always is."""
    if element.nature == "flow":
        return change < 0
    return abs(change) >= FLOOR and abs(change) * 100 > LIMIT * last


def _text(accepted: Accepted | None) -> str:
    """As `entry_text`; what was never accepted stood blank."""
    return fact_text(*(accepted or (EntryState.BLANK, None, None)))
