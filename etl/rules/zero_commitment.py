from __future__ import annotations

from collections.abc import Iterator, Mapping

from catalogue.model import Commitment, Plan
from etl.model import Finding, History, Return, Severity
from etl.rules.looking import about, numbers


def promised_zero(plan: Plan) -> Mapping[str, Commitment]:
    """Element -> the commitment that promises none of it."""
    return {
        code: commitment
        for commitment in plan.commitments.values()
        if commitment.operator == "eq" and commitment.value == 0
        for code in plan.indicators[commitment.indicator].numerator
    }


def zero_commitment(ret: Return, plan: Plan, history: History) -> Iterator[Finding]:
    """One is too many: the facts go into 变化原因 before the number goes up the line.

    Source: plan tasks 11, 24 and 26 (dropouts, serious incidents, exam incidents).
    """
    promised = promised_zero(plan)
    for element, entry, value in numbers(ret, plan):
        if element.code in promised and value > 0:
            yield about(
                entry,
                "zero_commitment",
                Severity.EXPLAIN,
                value=value,
                commitment=promised[element.code].id,
            )
