from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from catalogue.model import Plan
from etl.model import Finding, History, Return, Severity
from etl.rules.looking import NA_MARK, about, form_of, is_answered


def part_within_whole(ret: Return, plan: Plan, history: History) -> Iterator[Finding]:
    """其中 is never more than what it is part of; all of it is fine.

    A part of something said not to apply can only be none. Source: domain rules, D≤C, num≤den.
    """
    for subject in ret.subjects():
        for part_code, whole_code in form_of(ret, plan).within:
            part, whole = ret.entry(part_code, subject), ret.entry(whole_code, subject)
            if part is None or part.value is None or not is_answered(whole):
                continue
            if part.value > (whole.value if whole.value is not None else Decimal(0)):
                yield about(
                    part,
                    "part_within_whole",
                    Severity.BLOCKS,
                    value=part.value,
                    whole_element=whole_code,
                    whole=NA_MARK if whole.value is None else whole.value,
                    whole_measure=plan.elements[whole_code].measure,
                )
