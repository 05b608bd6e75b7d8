"""What is lacking and where the year would end, in sentences made from the marts. "" where there is nothing to say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from catalogue.display import distance, quantity
from catalogue.model import Commitment, Indicator
from catalogue.naming import element_name
from catalogue.wording import say
from sentences import gaps, reading
from ui import reads
from ui.reads import progress


def lacking(basis: str, period: str, indicator: Indicator, row: Any) -> str:
    """距46%还差58人：顺城区差935人、望花区差462人，其余5家已达到46%。按7/8家已报的数计算。"""
    promise = reads.promise_of(indicator.code)
    rows = progress.gaps(basis, period, indicator.code)
    if promise is None or rows.empty or reading.state(row) != "value" or row.verdict == "not_due":
        return ""
    units = rows[rows["subject"].notna() & rows["gap_whole"].notna()]
    city = rows[rows["subject"].isna()].iloc[0]
    told = _city(indicator, promise, city, units)
    if len(indicator.units) > 1:
        told = _with_parts(told, units, promise, indicator)
    told = say("progress.sentence", told=told)
    return _joined(told, say("progress.stands_on", coverage=reading.coverage(row)) if reading.is_partial(row) else "")


def _city(indicator: Indicator, promise: Commitment, city: Any, units: pd.DataFrame) -> str:
    target = quantity(promise.value, indicator.measure)
    gap, fields = city["gap_whole"], {"target": target, "gap": quantity(abs(city["gap_whole"]), city["gap_measure"])}
    way = gaps.kind(promise)
    if way == "zero":
        return say("progress.gap_zero" if gap > 0 else "progress.gap_zero_met", **fields)
    of = "limit" if way else "gap"
    if indicator.scope == "each":
        count = int((units["gap_whole"] > 0).sum())
        key = "each_met" if not count else "each_apart" if reading.blank(gap) else "each"
        return say(f"progress.{of}_{key}", count=count or len(units), **fields)
    if indicator.is_ratio:
        met = "" if gap > 0 else "_met"
        whole, counted = named(indicator.denominator), named(indicator.numerator)
        return say(f"progress.{of}_city{met}", whole=whole, counted=counted, **fields)
    more = "" if gap > 0 else "_more" if gap < 0 else "_met"
    return say(f"progress.{of}_sum{more}", **fields)


def _with_parts(told: str, units: pd.DataFrame, promise: Commitment, indicator: Indicator) -> str:
    """The units that lack most behind it, and how many of the others lack nothing."""
    short = units[units["gap_whole"] > 0].sort_values("gap_whole", ascending=False, kind="stable")
    if short.empty:
        return told
    way = gaps.kind(promise)
    key = f"progress.part_{way}" if way else "progress.part"
    named = [
        say(key, unit=reads.subject_name(part.subject), gap=quantity(part.gap_whole, part.gap_measure))
        for part in short.head(gaps.NAMED).itertuples()
    ]
    parts = say("progress.and").join(named)
    if len(short) > gaps.NAMED:
        parts = say("progress.more_parts", parts=parts, count=len(short))
    rest = len(units) - len(short)
    if rest and indicator.scope != "each":
        target = quantity(promise.value, indicator.measure)
        others = say(f"progress.rest_{way}" if way else "progress.rest", count=rest, target=target)
        parts = say("progress.comma").join((parts, others))
    return say("progress.with_parts", told=told, parts=parts)


def ahead(basis: str, period: str, indicator: Indicator) -> tuple[str, str]:
    """Where the year would end at this pace, and by what method; or "" and why that is not told."""
    rows = progress.projected(basis, period, indicator.code)
    city = progress.projected_city(basis, period, indicator.code)
    if city is None:
        return "", ""
    units = rows[rows["subject"].notna()]
    match city.reason:
        case "":
            return _ending(city, indicator), _joined(_method(indicator, units), say("progress.only_reference"))
        case "too_few_points":
            few = units[units["reason"] == "too_few_points"]["subject"]
            return "", say("progress.too_few", units=_units(list(few)))
        case reason:
            return "", say(f"progress.{reason}")


def _ending(city: Any, indicator: Indicator) -> str:
    fields = {"value": quantity(city.projected, indicator.measure), "target": quantity(city.target, indicator.measure)}
    if reading.blank(city.target):
        return say("progress.ends", **fields)
    limit = "_limit" if gaps.is_limit(reads.promise_of(indicator.code)) else ""
    if reading.blank(city.lacking):
        return say(f"progress.reaches{limit}", **fields)
    return say(f"progress.misses{limit}", gap=distance(city.lacking, indicator.measure), **fields)


def _method(indicator: Indicator, units: pd.DataFrame) -> str:
    alone = len(indicator.units) == 1
    told = say(f"progress.method_{'one' if alone else 'ratio' if indicator.is_ratio else 'sum'}")
    carried = units[(units["carried"] > 0) & (units["reason"] == "")]["subject"]
    return _joined(told, say("progress.carried", units=_units(list(carried))) if len(carried) else "")


def _units(codes: Sequence[str]) -> str:
    """顺城区、望花区等4家."""
    names = say("progress.and").join(reads.subject_name(code) for code in codes[: gaps.NAMED])
    return names if len(codes) <= gaps.NAMED else say("progress.units_more", units=names, count=len(codes))


def named(elements: Sequence[str]) -> str:
    """公办园在园幼儿、普惠性民办园在园幼儿."""
    return say("progress.and").join(element_name(reads.plan(), code) for code in elements)


def _joined(*sentences: str) -> str:
    return say("progress.space").join(filter(None, sentences))
