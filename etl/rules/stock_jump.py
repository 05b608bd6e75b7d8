from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from catalogue.model import Plan
from etl.model import Finding, History, Return, Severity
from etl.rules.denominator_moved import held_still
from etl.rules.looking import about, last_quarter, numbers
from etl.rules.zero_commitment import promised_zero

LIMIT = Decimal(20)  # percent of last quarter's value [assumption]; a sub-district rule elsewhere has 30
FLOOR = Decimal(5)  # a change smaller than this is no news: 2 rooms to 3 is 50 percent


def stock_jump(ret: Return, plan: Plan, history: History) -> Iterator[Finding]:
    """What stands at quarter's end seldom moves by a fifth; in September it may, and says so.

    Denominators inside a school year are `denominator_moved`'s, promised zeros `zero_commitment`'s.
    Source: domain rules, 核实 (stock change over 20 %).
    """
    others = {*held_still(ret, plan), *promised_zero(plan)}
    for element, entry, value in numbers(ret, plan, "stock"):
        last = last_quarter(ret, history, entry.slot)
        if last is None or element.code in others:
            continue
        change = abs(value - last)
        if change >= FLOOR and change * 100 > LIMIT * last:
            yield about(
                entry,
                "stock_jump",
                Severity.EXPLAIN,
                value=value,
                last=last,
                last_period=ret.period.previous,
                change=change,
                limit=LIMIT,
                limit_measure="percent",
            )
