"""The head of an indicator's screen: its light, the clause, the figures, what is lacking and where the year would end."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from catalogue.display import NOTHING, bare, difference, quantity
from catalogue.model import Indicator
from catalogue.wording import pick, say
from sentences import reading, why
from ui import reads
from ui.app import filters
from ui.kit import figures, show
from ui.kit.templates import render
from ui.reads import progress, year_before
from ui.reads.kept import per_version
from ui.screens.indicator import words


def _kept() -> tuple[str, ...]:
    """Links carry the choices of the other screens along."""
    return tuple(filters.kept().values())


@per_version(256, by=(figures.key, _kept))
def head(basis: str, period: str, code: str) -> Markup:
    """Empty before the version has a row. code: of an indicator."""
    indicator, promise = reads.plan().indicators[code], reads.promise_of(code)
    row = reads.city_row(basis, period, code)
    if row is None:
        return Markup()
    ending, method = words.ahead(basis, period, indicator)
    return render(
        "indicator/head.html",
        row=row,
        code=code,
        promise=promise,
        name=reading.city_name(indicator, promise),
        as_of=show.as_of(row),
        verdict=why.verdict_words(row, promise),
        where=show.clause_place(promise) if promise else "",
        figures=_figures(row, basis, period, indicator),
        otherwise=_otherwise(period, indicator),
        lacking=words.lacking(basis, period, indicator, row),
        ending=ending,
        method=method,
    )


def _figures(row: Any, basis: str, period: str, indicator: Indicator) -> list[tuple[str, str, str]]:
    """(name, value, note): the note says what the name does not. What there is nothing of is left out."""
    ahead = progress.year_end(basis, period, indicator.code)
    same = say("progress.same", same=int(row.same_units), expected=int(row.expected)) if _compared(row) else ""
    last = year_before.of_city(basis, period).get(indicator.code)
    on_the_year = (
        NOTHING
        if last is None
        else say("year_before.redefined")
        if last.redefined
        else difference(last.change, last.measure)
    )
    told = [
        ("value", reading.worded(row), ""),
        ("target", reading.target_worded(row, reads.promise_of(indicator.code)), ""),
        ("pace", quantity(row.pace, row.measure), say("fact.pace_help")),
        ("change", difference(row.change, row.measure) + _then(row), same),
        ("year_before", on_the_year, last.hint if last else ""),
        ("coverage", f"{reading.stands_on(row)}/{int(row.expected)}", say("fact.coverage_help")),
        ("year_end", NOTHING if ahead is None else quantity(ahead, indicator.measure), say("progress.only_reference")),
    ]
    return [one for one in told if one[1] != NOTHING or one[0] in ("value", "target")]


def _otherwise(period: str, indicator: Indicator) -> str:
    """In which years it was computed of other things, or had another name."""
    told, comma = [], say("store.comma")
    if years := reads.defined_otherwise(indicator.code, period):
        told.append(say("year_before.otherwise", years=comma.join(years)))
    named = {
        plan.code: pick(plan.indicators[indicator.code]) for plan in reads.plans() if indicator.code in plan.indicators
    }
    if other := {year: name for year, name in named.items() if name != pick(indicator)}:
        each = comma.join(say("year_before.named", year=year, name=name) for year, name in other.items())
        told.append(say("year_before.renamed", names=each))
    return " ".join(told)


def _then(row: Any) -> str:
    """（74.44→76.02%） where units are missing: what those in the value had a quarter before."""
    before = reading.earlier(row)
    if before is None or not reading.is_partial(row):
        return ""
    told = say("board.from_to", then=bare(before, row.measure), now=reading.worded(row))
    return say("fact.like_for_like", told=told)


def _compared(row: Any) -> bool:
    return not reading.blank(row.change) and row.expected > 1
