"""What is said of one unit in sentences, from its standings."""

from __future__ import annotations

from typing import Any

from catalogue.display import distance, quantity
from catalogue.naming import aim
from catalogue.wording import pick, say
from sentences import reading
from sentences.unit_standing import UnitLights, UnitStanding


def sentence(standing: UnitStanding) -> str:
    """公办幼儿园在园幼儿占比58.3%，位次1/7，比全市高12.1个百分点."""
    place = say("county.rank", rank=standing.rank, of=standing.of)
    if standing.alike > 1:
        place = say("county.rank_of_tied", rank=place, tied=say("county.tied", count=standing.alike))
    said = say("county.line", name=pick(standing.indicator), value=reading.worded(standing.row), rank=place)
    versus = _versus(standing)
    return say("county.versus", said=said, versus=versus) if versus else said


def _versus(standing: UnitStanding) -> str:
    """Against the unit's own target where it has one that is not kept, else against the city."""
    row, city = standing.row, standing.city
    if not reading.blank(row.target) and row.verdict != "met":
        return say("county.should", target=aim(standing.promise) if standing.promise else "")
    if city is None or reading.state(city) != "value":
        return ""
    if is_each(standing):
        return say("county.met", met=met(city))
    gap = row.value - city.value
    shown = distance(gap, row.measure)
    if quantity(row.value, row.measure) == quantity(city.value, row.measure):
        return say("county.level")
    return say("county.above" if gap > 0 else "county.below", gap=shown)


def lit(counted: UnitLights) -> str:
    """What the lights count, and what they leave out."""
    left = (("aimless", counted.aimless), ("not_applicable", counted.not_applicable))
    return "".join(
        [
            say("county.lit", count=counted.judged),
            *(say(f"county.lit_{why}", count=count) for why, count in left if count),
            say("county.lit_end"),
        ]
    )


def is_each(standing: UnitStanding) -> bool:
    """The city's row counts the units that keep the promise."""
    city = standing.city
    return standing.indicator.scope == "each" and city is not None and not reading.blank(city.target)


def met(row: Any) -> str:
    """5/7个县区."""
    return f"{int(row.value)}/{quantity(row.target, row.measure)}"
