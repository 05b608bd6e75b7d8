"""One unit's indicators on one table, its strong and weak points beside each other, and its trends in small."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup

from catalogue import clock
from catalogue.display import quarter
from catalogue.wording import pick, say
from reports.pictures.figures import AskedChart
from sentences import unit_standing, unit_words
from sentences.unit_standing import UnitStanding
from ui import reads
from ui.app import filters, session
from ui.kit import cards, figures, markup
from ui.kit.templates import Macros, render
from ui.reads.kept import per_version
from ui.screens.county import quality
from ui.screens.county import standing as county_standing
from ui.screens.county import words as county_words

_CELLS = Macros("county/cells.html")
# Head of a column -> its cell; the name of the indicator stands before them.
CELLS: dict[str, Callable[[UnitStanding], str]] = {
    "value": county_words.value,
    "light": county_words.light,
    "target": county_words.target,
    "city": county_words.city,
    "rank": county_words.rank,
    "moved": county_words.moved,
    "change": county_words.change,
}
AT_THE_RIGHT = (1, 3, 4, 5, 6, 7)


def key() -> tuple[tuple, tuple]:
    """Links carry the choices of the other screens along."""
    return figures.key(), tuple(filters.kept().values())


def linked() -> bool:
    """Whether the account has the indicators' screen to be led to."""
    return session.can("see_numbers")


@per_version(64, by=(figures.key, clock.today))
def headline(basis: str, period: str, unit: str) -> str:
    return county_words.headline(
        unit, period, county_standing.of_unit(basis, period, unit), quality.of_unit(unit, period)
    )


@per_version(64, by=(figures.key, clock.today))
def filed(period: str, unit: str) -> str:
    """When the unit's own return came and how it stands, and how many there are to compare with."""
    counts = reads.filing_counts(period, units_only=True)
    own = cards.unit_line(unit, period)
    if not counts["owed"]:
        return own
    told = {"filed": counts["filed"], "approved": counts["approved"], "expected": counts["owed"]}
    everyone = say("shell.as_of", period=quarter(period), **told)
    return say("county.state", own=own, everyone=everyone)


@per_version(64, by=figures.key)
def lights(basis: str, period: str, unit: str) -> Markup:
    """How many promises stand at each, and of which."""
    counted = unit_standing.lit(county_standing.of_unit(basis, period, unit))
    return render("county/lights.html", by_light=counted.by_light, told=unit_words.lit(counted))


@per_version(64, by=key)
def board(basis: str, period: str, unit: str, linked: bool) -> Markup:
    """All its indicators."""
    return table(county_standing.of_unit(basis, period, unit), linked)


@per_version(64, by=key)
def points(basis: str, period: str, unit: str, linked: bool) -> Markup:
    """Where it ranks high and low, three each, in sentences."""
    standings = county_standing.of_unit(basis, period, unit)
    if not any(one.comparable for one in standings):
        return render("county/points.html", parts=[])
    found = (("strong", unit_standing.strongest(standings)), ("weak", unit_standing.weakest(standings)))
    return render("county/points.html", parts=[(kind, _listed(ones, linked)) for kind, ones in found])


def multiples(basis: str, period: str, unit: str) -> figures.Picture:
    return figures.drawn(AskedChart("multiples", unit), basis, period)


def _listed(standings: Sequence[UnitStanding], linked: bool) -> list[tuple[str, str]]:
    """A sentence and the indicator it leads to, "" where the account has no screen of it."""
    return [(unit_words.sentence(one), one.indicator.code if linked else "") for one in standings]


def table(standings: Iterable[UnitStanding], linked: bool, sparks: bool = True, themes: bool = True) -> Markup:
    """Grain: indicator, under the headings of the plan's themes."""
    heads = [say(f"county.head.{name}") for name in ("indicator", *CELLS, *(("quarters",) if sparks else ()))]
    rows: list[list[str]] = []
    theme = ""
    for one in standings:
        if themes and one.indicator.theme != theme:
            theme = one.indicator.theme
            rows.append([_CELLS.theme(pick(reads.plan().themes[theme], "title")), *("" for _ in heads[1:])])
        line = [county_words.name(one, linked), *(cell(one) for cell in CELLS.values())]
        rows.append([*line, markup.spark(one.points)] if sparks else line)
    return markup.table(heads, rows, "county-board", AT_THE_RIGHT)
