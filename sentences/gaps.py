"""Gaps in words: 差935人 beside a bar, and who lacks most. Rows of the mart `gap`; above 0 is lacking."""

from __future__ import annotations

import pandas as pd

from catalogue.display import quantity
from catalogue.model import Commitment, Indicator, Plan, Unit
from catalogue.wording import say
from sentences import reading

NAMED = 3  # units in a title or sentence


def worded(gap: float, measure: str, commitment: Commitment | None) -> str:
    """差935人; 超2起 where less is wanted; 多60人, of a limit 余60人; 达到, of a limit 正好到上限."""
    limit = is_limit(commitment)
    if gap == 0:
        return say("progress.chart.even_limit" if limit else "progress.chart.even")
    spare = "under" if limit else "more"
    key = spare if gap < 0 else "over" if wants_less(commitment) else "short"
    return say(f"progress.chart.{key}", gap=quantity(abs(gap), measure))


def measure_of(indicator: Indicator, plan: Plan) -> str:
    """What a gap is counted in, as the mart `gap` says it: of the elements above the line; place for several."""
    measures = {plan.elements[code].measure for code in indicator.numerator}
    return measures.pop() if len(measures) == 1 else "place"


def wants_less(commitment: Commitment | None) -> bool:
    return commitment is not None and commitment.wants_less


def is_limit(commitment: Commitment | None) -> bool:
    return commitment is not None and commitment.is_limit


def kind(commitment: Commitment) -> str:
    """In which words a distance is told: "zero", "limit" or "" for what is to be reached."""
    return "zero" if commitment.is_zero else "limit" if commitment.is_limit else ""


def by_unit(gaps: pd.DataFrame, commitment: Commitment | None) -> dict[str, str]:
    """Unit -> its gap in words; those that did not answer are left out."""
    told = gaps[gaps["subject"].notna() & gaps["gap_whole"].notna()]
    return {row.subject: worded(row.gap_whole, row.gap_measure, commitment) for row in told.itertuples()}


def title(given: list[tuple[Unit, float, str]], name: str, commitment: Commitment | None) -> str:
    """公办幼儿园在园幼儿占比：顺城差935人、望花差462人. given: (unit, gap, its words), largest first."""
    lacking = [(unit, told) for unit, gap, told in given if gap > 0]
    if not lacking:
        target = quantity(commitment.value, commitment.measure) if commitment is not None else ""
        way = kind(commitment) if commitment is not None else ""
        return say(f"progress.chart.gap_none_{way}" if way else "progress.chart.gap_none", name=name, target=target)
    parts = say("progress.and").join(
        f"{reading.unit_name(unit)}{say('progress.of')}{told}" for unit, told in lacking[:NAMED]
    )
    if len(lacking) > NAMED:
        parts = say("progress.more_parts", parts=parts, count=len(lacking))
    return say("progress.chart.gap", name=name, parts=parts)
