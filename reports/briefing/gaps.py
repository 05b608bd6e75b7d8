"""What is lacking, counted, and where: 全市集团（联盟）成员学校还差8所；分单位看，清原满族自治县差17所…"""

from __future__ import annotations

from typing import Any

import pandas as pd

from catalogue.model import Commitment
from catalogue.naming import element_name
from catalogue.wording import say
from reports.briefing.numbers import Numbers
from reports.briefing.sentence import Sentence, Words, fill, together
from sentences import gaps, reading


def lacking(numbers: Numbers, row: Any, promise: Commitment, gap_rows: pd.DataFrame) -> Sentence:
    """gap_rows: of the mart `gap`. Nothing where the finding has said it all."""
    indicator = numbers.plan.indicators[row.indicator]
    mine = list(gap_rows[gap_rows["commitment"] == promise.id].itertuples(index=False, name="Gap"))
    city = next((one for one in mine if one.subject is None), None)
    units = [one for one in mine if one.subject is not None and not reading.blank(one.gap_whole)]
    short = sorted((one for one in units if one.gap_whole > 0), key=lambda one: -one.gap_whole)
    alone = len(indicator.units) == 1
    if city is None or ((alone or not short) and city.gap_measure == row.measure):
        return Sentence()
    told = _city(numbers, row, promise, city, short)
    if short and not alone:
        told = _with_parts(numbers, row, promise, told, short, len(units) - len(short))
    return fill("progress.sentence", told=told)


def _city(numbers: Numbers, row: Any, promise: Commitment, city: Any, short: list[Any]) -> Words:
    indicator = numbers.plan.indicators[row.indicator]
    way = gaps.kind(promise)
    if way == "zero":
        return fill("briefing.gap.zero", gap=numbers.gap(row, city))
    limit = f"{way}_" if way else ""
    if _is_each(numbers, row, promise):
        means = say(f"briefing.means.{'over' if way else 'short'}")
        count = numbers.count(len(short), f"{row.indicator} short", means, "lights", row)
        key = "each_apart" if reading.blank(city.gap_whole) else "each"
        gap = "" if reading.blank(city.gap_whole) else numbers.gap(row, city)
        return fill(f"briefing.gap.{limit}{key}", count=count, goal=numbers.goal(row, promise), gap=gap)
    if indicator.is_ratio:
        whole, counted = (_elements(numbers, codes) for codes in (indicator.denominator, indicator.numerator))
        return fill(f"briefing.gap.{limit}city", whole=whole, counted=counted, gap=numbers.gap(row, city))
    return fill(f"briefing.gap.{limit}sum", gap=numbers.gap(row, city))


def _with_parts(numbers: Numbers, row: Any, promise: Commitment, told: Words, short: list[Any], rest: int) -> Sentence:
    """The units that lack most: all where they are few, and nobody left out who lacks as much as one that is named."""
    named = (
        short
        if len(short) <= gaps.NAMED + 1
        else [one for one in short if one.gap_whole >= short[gaps.NAMED - 1].gap_whole]
    )
    way = gaps.kind(promise)
    limit = "limit_" if way == "limit" else ""
    key = f"part_{way}" if way else "part"
    parts = together(
        (fill(f"progress.{key}", unit=numbers.who(one.subject), gap=numbers.gap(row, one)) for one in named),
        say("progress.and"),
    )
    each = _is_each(numbers, row, promise) or way == "zero"
    if len(named) < len(short):
        count = (
            ""
            if each
            else numbers.count(
                len(short),
                f"{row.indicator} lacking",
                say(f"briefing.means.{'over' if limit else 'short'}"),
                "gaps",
                row,
            )
        )
        parts = fill(f"briefing.gap.{limit}most{'_each' if each else ''}", parts=parts, count=count)
    if rest and not each:
        means = say(f"briefing.means.{'within' if limit else 'rest'}")
        others = numbers.count(rest, f"{row.indicator} rest", means, "gaps", row)
        parts = fill(f"briefing.gap.{limit}rest", parts=parts, count=others)
    return fill("briefing.gap.parts_each" if each else "briefing.gap.parts", told=told, parts=parts)


def _is_each(numbers: Numbers, row: Any, promise: Commitment) -> bool:
    return reading.counts_units(numbers.plan.indicators[row.indicator], promise, None)


def _elements(numbers: Numbers, codes: tuple[str, ...]) -> str:
    return say("progress.and").join(element_name(numbers.plan, code) for code in codes)
