"""What is said of one unit: the headline, and the cells of its standings."""

from __future__ import annotations

from collections.abc import Sequence

from catalogue.display import NOTHING, difference, quantity, quarter
from catalogue.naming import aim
from catalogue.wording import pick, say
from sentences import reading, unit_words, why
from sentences.unit_standing import UnitStanding, counts
from ui import reads
from ui.kit import markup, on_the_year, show, why_light
from ui.reads import year_before
from ui.screens.county.quality import Quarter, counted


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
    """HTML: with the number of its promise, and the way to its screen for those who have that."""
    promise = standing.promise
    told = markup.text(f"{promise.id} {pick(standing.indicator)}" if promise else pick(standing.indicator))
    return markup.go("indicator", told, indicator=standing.indicator.code) if linked else told


def target(standing: UnitStanding) -> str:
    """HTML: the unit's own, or the city's and said to be; of a direction the unit's own baseline."""
    promise, row = standing.promise, standing.row
    if promise is None or promise.operator == "count":
        return NOTHING
    if promise.operator in ("up", "down"):
        base = "" if reading.blank(row.baseline) else quantity(row.baseline, row.measure)
        return markup.text(say("county.from_baseline", aim=aim(promise), value=base).strip())
    told = aim(promise)
    if not reading.blank(row.target):
        return markup.text(say(f"method.aim.{promise.operator}", value=quantity(row.target, row.measure)).strip())
    return f'<span class="muted">{markup.text(say("county.of_city", target=told))}</span>'


def city(standing: UnitStanding) -> str:
    """HTML: the city's value, or how many units keep the promise; how many units it stands on where some are missing."""
    row = standing.city
    if row is None or reading.state(row) != "value":
        return NOTHING if row is None else f'<span class="muted">{markup.text(reading.worded(row))}</span>'
    told = markup.text(unit_words.met(row) if unit_words.is_each(standing) else quantity(row.value, row.measure))
    return f'{told}<small class="muted">{markup.text(show.coverage(row))}</small>' if reading.is_partial(row) else told


def value(standing: UnitStanding) -> str:
    """HTML: the number, or the word for why there is none."""
    told = markup.text(reading.worded(standing.row))
    return f"<b>{told}</b>" if reading.state(standing.row) == "value" else f'<span class="muted">{told}</span>'


def light(standing: UnitStanding) -> str:
    """HTML: nothing where the unit is not judged by it."""
    if not standing.light:
        return ""
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
    """2/7, with how many share it; HTML."""
    if standing.rank is None:
        return NOTHING
    tied = say("county.tied", count=standing.alike).strip() if standing.alike > 1 else ""
    told = markup.text(say("county.rank", rank=standing.rank, of=standing.of))
    return f'{told}<small class="muted">{markup.text(tied)}</small>' if tied else told


def moved(standing: UnitStanding) -> str:
    """▲1, ▼2 or — with its words for those who do not see the mark; empty where it cannot be said. HTML."""
    by = standing.moved
    if by is None:
        return ""
    words = say("county.up" if by > 0 else "county.down" if by < 0 else "county.same", count=abs(by))
    mark = f"▲{by}" if by > 0 else f"▼{-by}" if by < 0 else NOTHING
    return f'<span title="{markup.text(words)}" aria-hidden="true">{mark}</span><span class="unseen">{markup.text(words)}</span>'


def change(standing: UnitStanding) -> str:
    row = standing.row
    last_year = year_before.of_unit(row.basis, row.period, row.subject).get(standing.indicator.code)
    return markup.text(difference(row.change, row.measure)) + on_the_year.html(last_year)
