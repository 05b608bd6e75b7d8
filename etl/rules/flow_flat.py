from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from catalogue.model import Element, Plan
from etl.model import Entry, Finding, History, Return, Severity
from etl.rules.looking import about, form_of, numbers


def flow_flat(ret: Return, plan: Plan, history: History) -> Iterator[Finding]:
    """A count that should grow has stood still for two quarters: it equals the last and the one before.

    Speaks only where the plan wants more (numerator of an indicator whose higher is better),
    above zero, and while something is left to do. Source: domain rules, 核实 (F flat two quarters).
    """
    last, first = ret.period.previous, ret.period.previous.previous
    if first.year != ret.period.year:
        return
    for element, entry, value in numbers(ret, plan, "flow"):
        if value == 0 or not _more_is_wanted(element, plan) or _nothing_left(entry, ret, plan):
            continue
        subject = entry.slot.subject
        if value == history.value(last, element.code, subject) == history.value(first, element.code, subject):
            yield about(entry, "flow_flat", Severity.EXPLAIN, value=value, first_period=first)


def _more_is_wanted(element: Element, plan: Plan) -> bool:
    return any(
        indicator.better == "higher" and element.code in indicator.numerator for indicator in plan.indicators.values()
    )


def _nothing_left(entry: Entry, ret: Return, plan: Plan) -> bool:
    """The whole or the promised number is reached."""
    code, wholes = entry.slot.element, form_of(ret, plan).within
    if any(part == code and ret.value(whole, entry.slot.subject) == entry.value for part, whole in wholes):
        return True
    reported = sum((e.value for slot, e in ret.entries.items() if slot.element == code and e.value), Decimal(0))
    return any(
        plan.indicators[commitment.indicator].numerator == (code,)
        and not plan.indicators[commitment.indicator].is_ratio
        and commitment.value is not None
        and reported >= commitment.value
        for commitment in plan.commitments.values()
    )
