"""Promises as bullet charts: value on its way to the target, 序时, what is filed and not approved as a ghost. HTML.

What is added up is a bar from zero. A rate is a dot on a scale around its target, marked as broken, because bars from zero
of 76 % and 80 % look alike; so is what is only held against its baseline.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from catalogue.wording import pick, say
from sentences import reading
from ui import reads
from ui.kit import figures, markup
from ui.kit.templates import Macros, render
from ui.reads.kept import per_version
from ui.screens.overview import board, standing, standings
from ui.screens.overview.standing import PromiseStanding
from ui.screens.overview.standings import Chosen

URGENCY = {"red": 0, "yellow": 1, "grey": 2, "green": 3}  # on a phone, what is behind comes first
ROOM = 0.14  # of a broken scale, left free at either end
_MARKS = Macros("kit/marks.html")


@dataclass(frozen=True, slots=True)
class Bullet:
    """A promise as its card shows it. filed: what all returns come to in words, "" where that is what counts."""

    standing: PromiseStanding
    urgency: int
    track: Markup
    filed: str
    judged: Markup


@per_version(64, by=figures.key)
def html(basis: str, period: str, chosen: Chosen = Chosen()) -> Markup:  # noqa: B008  (frozen)
    """The targets in figures; of `chosen`, all promises that it names."""
    told = standings.of(basis, period)
    shown = chosen.among(told) if chosen else standing.of_numerals(told)
    others = {one.promise.id: one for one in standings.of("filed" if basis == "approved" else "approved", period)}
    if not shown and not chosen:
        return Markup()
    bullets = [_bullet(one, others.get(one.promise.id), basis) for one in shown]
    return render("overview/bullets.html", shown=bullets, what=_chosen(chosen), marks=_legend())


def _chosen(chosen: Chosen) -> str:
    parts = [pick(reads.plan().themes[chosen.theme], "title")] if chosen.theme else []
    parts += [say(f"light.{chosen.light}")] if chosen.light else []
    return " · ".join(parts)


def _bullet(one: PromiseStanding, other: PromiseStanding | None, basis: str) -> Bullet:
    urgency = URGENCY[one.provisional or one.light]
    return Bullet(one, urgency, track(one, other, basis), filed_too(one, other, basis), board.judged(one))


def filed_too(one: PromiseStanding, other: PromiseStanding | None, basis: str) -> str:
    """What all returns on file come to, beside what is approved; "" where it is the same, or cannot be said."""
    if basis != "approved" or other is None or reading.state(other.row) != "value" or other.value == one.value:
        return ""
    return other.value


def track(one: PromiseStanding, other: PromiseStanding | None, basis: str) -> Markup:
    """other: the same promise in the other basis."""
    approved, filed = (one, other) if basis == "approved" else (other, one)
    if one.indicator.is_ratio and not one.counts and one.promise.scope != "each":
        return _broken(one.row, _value(approved), _value(filed))
    return _from_zero(one, approved, filed)


def _value(one: PromiseStanding | None) -> float | None:
    return None if one is None or reading.state(one.row) != "value" else float(one.row.value)


def _from_zero(one: PromiseStanding, approved: PromiseStanding | None, filed: PromiseStanding | None) -> Markup:
    """Solid to what is approved, on in pale to what is filed."""
    if reading.blank(one.row.target) or one.row.target == 0:
        return markup.spark(one.points, None, one.hollow, size=(150, 16), earlier=one.earlier)
    solid = approved.share if approved is not None else None
    ghost = filed.share if filed is not None else None
    return markup.meter(solid, one.pace_share, goal=one.goal, ghost=ghost)


@dataclass(frozen=True, slots=True)
class BulletScale:
    """A stretch of values as parts of a track."""

    low: float
    high: float

    def at(self, value: float) -> str:
        return f"{100 * (value - self.low) / (self.high - self.low):.1f}%"


def scale(values: list[float]) -> BulletScale:
    """Around the values, with room at both ends; values that are one have a stretch of one around them."""
    low, high = min(values), max(values)
    room = (high - low) * ROOM or 0.5
    return BulletScale(low - room, high + room)


def _broken(row: Any, approved: float | None, filed: float | None) -> Markup:
    marks = {"target": row.target, "pace": row.pace, "baseline": row.baseline}
    there = {name: float(value) for name, value in marks.items() if not reading.blank(value)}
    values = [value for value in (approved, filed, *there.values()) if value is not None]
    if not values:
        return Markup()
    along = scale(values)
    drawn = [(name, along.at(value)) for name, value in there.items()]
    if filed is not None and filed != approved:
        drawn.append(("dot ghost", along.at(filed)))
    if approved is not None:
        drawn.append(("dot", along.at(approved)))
    return _MARKS.dots(drawn, say("overview.broken"))


def _legend() -> list[tuple[Markup, str]]:
    """Each mark as it is drawn, and what it means."""
    told = (
        (markup.meter(0.55, ghost=0.8), "bar"),
        (_MARKS.dots([("dot", "40%"), ("dot ghost", "70%")]), "dot"),
        (markup.meter(None), "tick"),
        (markup.meter(0.0, 0.5), "pace"),
        (_MARKS.dots([("baseline", "50%")]), "baseline"),
    )
    return [(mark, say(f"overview.legend.{name}")) for mark, name in told]
