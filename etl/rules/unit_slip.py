from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from catalogue.model import Plan
from etl.model import Entry, Finding, History, Return, Severity
from etl.rules.looking import about, form_of, last_quarter, numbers

MONEY = "10k_yuan"
WAN = Decimal(10_000)
TIMES_LAST = Decimal(1_000)  # no sum grows so in a quarter, and a slip seldom stays below
TIMES_PLAN = Decimal(100)


def unit_slip(ret: Return, plan: Plan, history: History) -> Iterator[Finding]:
    """元 written where 万元 is asked: ten thousand times too much.

    Seven units are too few for statistics, so it is told by last quarter's value, by the mean it
    would bring into range, or by the planned money. Source: domain rules (元 typed as 万元 = ×10⁴).
    """
    for _, entry, value in numbers(ret, plan):
        if slipped(entry, ret, plan, history):
            yield about(entry, "unit_slip", Severity.EXPLAIN, value=value, converted=value / WAN)


def slipped(entry: Entry, ret: Return, plan: Plan, history: History) -> bool:
    """Whether this is a 万元 value that looks like 元; also asked by the rules that would repeat it."""
    value, slot, form = entry.value, entry.slot, form_of(ret, plan)
    if value is None or plan.elements[slot.element].measure != MONEY:
        return False
    last = last_quarter(ret, history, slot)
    if last and value >= TIMES_LAST * last:
        return True
    for over, under, low, high, factor, _ in form.means:
        number = ret.value(under, slot.subject)
        if over == slot.element and number and low <= factor * value / WAN / number <= high:
            return True
    return any(code == slot.element and value >= TIMES_PLAN * planned for code, planned, _ in form.caps)
