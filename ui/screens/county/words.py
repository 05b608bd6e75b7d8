"""What is said of one unit: the headline, and the cells of its standings."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from catalogue.display import NOTHING, difference, quantity, quarter
from catalogue.naming import aim
from catalogue.wording import pick, say
from sentences import reading, unit_words, why
from sentences.unit_standing import UnitStanding, counts
from ui import reads
from ui.kit import markup, show, why_light
from ui.kit.templates import Macros
from ui.reads import year_before
from ui.screens.county.quality import Quarter, counted

_CELLS = Macros("county/cells.html")


def headline(unit: str, period: str, standings: Sequence[UnitStanding], quarters: Sequence[Quarter]) -> str:
    """新抚区：可比指标21项，位次居前三的8项，较上期上升5项、下降3项；按期报送3/3."""
    said, name = counts(standings), reads.subject_name(unit)
    filed = counted(quarters)
    returns = {"on_time": filed.on_time, "owed": filed.owed}
    if not said.comparable:
        return say("county.headline_none", unit=name, period=quarter(period), **returns)
    if not said.contested:
        return say("county.headline_few", unit=name, count=said.comparable, **returns)
    if not filed.owed:
        return say("county.headline_history", unit=name, count=said.comparable, top=said.top)
    moved = say("county.moved" if said.followed else "county.first", up=said.up, down=said.down)
    moved += _on_the_year(standings, period)
    return say("county.headline", unit=name, count=said.comparable, top=said.top, moved=moved, **returns)


def _on_the_year(standings: Sequence[UnitStanding], period: str) -> str:
    """，同比上升6项、下降2项: places since the same quarter of last year; "" where there is nothing to hold against."""
    ranked = [standing for standing in standings if standing.comparable]
    gained = year_before.ranks_of(ranked[0].row.basis, period, ranked[0].row.subject) if ranked else {}
    moves = [gained[one.indicator.code] for one in ranked if one.indicator.code in gained]
    if not moves:
        return ""
    return say("county.moved_year", up=sum(by > 0 for by in moves), down=sum(by < 0 for by in moves))


def name(standing: UnitStanding, linked: bool) -> str:
    """With the number of its promise, and the way to its screen for those who have that."""
    promise = standing.promise
    told = f"{promise.id} {pick(standing.indicator)}" if promise else pick(standing.indicator)
    return _CELLS.linked(told, standing.indicator.code) if linked else told


def target(standing: UnitStanding) -> str:
    """The unit's own, or the city's and said to be; of a direction the unit's own baseline."""
    promise, row = standing.promise, standing.row
    if promise is None or promise.operator == "count":
        return NOTHING
    if promise.operator in ("up", "down"):
        base = "" if reading.blank(row.baseline) else quantity(row.baseline, row.measure)
        return say("county.from_baseline", aim=aim(promise), value=base).strip()
    told = aim(promise)
    if not reading.blank(row.target):
        return say(f"method.aim.{promise.operator}", value=quantity(row.target, row.measure)).strip()
    return markup.muted(say("county.of_city", target=told))


def city(standing: UnitStanding) -> str:
    """The city's value, or how many units keep the promise; how many units it stands on where some are missing."""
    row = standing.city
    if row is None or reading.state(row) != "value":
        return NOTHING if row is None else markup.muted(reading.worded(row))
    told = unit_words.met(row) if unit_words.is_each(standing) else quantity(row.value, row.measure)
    return _CELLS.told(told, show.coverage(row) if reading.is_partial(row) else "")


def value(standing: UnitStanding) -> Markup:
    """The number, or the word for why there is none."""
    return _CELLS.value(reading.worded(standing.row), reading.state(standing.row) == "value")


def light(standing: UnitStanding) -> Markup:
    """Nothing where the unit is not judged by it."""
    if not standing.light:
        return Markup()
    row = standing.row
    return why_light.lamp(
        "county",
        standing.light,
        row.indicator,
        subject=row.subject,
        hint=why.verdict_words(row, standing.promise),
        unit=row.subject,
    )


def rank(standing: UnitStanding) -> str:
    """2/7, with how many share it."""
    if standing.rank is None:
        return NOTHING
    tied = say("county.tied", count=standing.alike).strip() if standing.alike > 1 else ""
    return _CELLS.told(say("county.rank", rank=standing.rank, of=standing.of), tied)


def moved(standing: UnitStanding) -> Markup:
    """▲1, ▼2 or — with its words for those who do not see the mark; empty where it cannot be said."""
    by = standing.moved
    if by is None:
        return Markup()
    words = say("county.up" if by > 0 else "county.down" if by < 0 else "county.same", count=abs(by))
    mark = f"▲{by}" if by > 0 else f"▼{-by}" if by < 0 else NOTHING
    return _CELLS.moved(mark, words)


def change(standing: UnitStanding) -> Markup:
    row = standing.row
    last_year = year_before.of_unit(row.basis, row.period, row.subject).get(standing.indicator.code)
    return _CELLS.change(difference(row.change, row.measure), last_year)
