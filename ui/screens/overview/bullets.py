"""Promises as bullet charts: value on its way to the target, 序时, what is filed and not approved as a ghost. HTML.

What is added up is a bar from zero. A rate is a dot on a scale around its target, marked as broken, because bars from zero
of 76 % and 80 % look alike; so is what is only held against its baseline.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from catalogue.wording import language, pick, say
from sentences import reading
from ui import reads
from ui.kit import figures, markup
from ui.screens.overview import board, standing, standings
from ui.screens.overview.standing import PromiseStanding
from ui.screens.overview.standings import Chosen

URGENCY = {"red": 0, "yellow": 1, "grey": 2, "green": 3}  # on a phone, what is behind comes first
ROOM = 0.14  # of a broken scale, left free at either end


def html(basis: str, period: str, chosen: Chosen = Chosen()) -> str:  # noqa: B008  (frozen)
    """The targets in figures; of `chosen`, all promises that it names."""
    return _html(figures.key(), basis, period, chosen)


@st.cache_resource(max_entries=64, show_spinner=False)
def _html(key: tuple, basis: str, period: str, chosen: Chosen) -> str:
    told = standings.of(basis, period)
    shown = chosen.among(told) if chosen else standing.of_numerals(told)
    others = {one.promise.id: one for one in standings.of("filed" if basis == "approved" else "approved", period)}
    if not shown and not chosen:
        return ""
    cards = "".join(_bullet(one, others.get(one.promise.id), basis) for one in shown)
    body = (
        f'<div class="bullets {language()}">{cards}</div>'
        if shown
        else f'<p class="muted">{say("overview.none_chosen")}</p>'
    )
    return f'<section class="card"><h3 class="board-title">{_title(len(shown), chosen)}</h3>{body}{_legend()}</section>'


def _title(count: int, chosen: Chosen) -> str:
    if not chosen:
        return f"{markup.text(say('board.numerals', count=count))} <small>{markup.text(say('overview.bullets_hint'))}</small>"
    parts = [pick(reads.plan().themes[chosen.theme], "title")] if chosen.theme else []
    parts += [say(f"light.{chosen.light}")] if chosen.light else []
    back = markup.go("overview", markup.text(say("overview.all_again")))
    return (
        f'{markup.text(say("overview.chosen", what=" · ".join(parts), count=count))} <small class="back">{back}</small>'
    )


def _bullet(one: PromiseStanding, other: PromiseStanding | None, basis: str) -> str:
    return (
        f'<div class="bullet" style="--urgency:{URGENCY[one.provisional or one.light]}">'
        f'<div class="b-name">{board.named(one)}</div><div class="b-track">{track(one, other, basis)}</div>'
        f'<div class="b-line"><div class="b-value">{board.counted(one)}<b>{markup.text(one.value)}</b>{target(one)}{also(one, other, basis)}</div>'
        f'<div class="b-word">{board.judged(one)}</div></div></div>'
    )


def target(one: PromiseStanding) -> str:
    return "" if reading.blank(one.row.target) else f' <span class="muted">/ {markup.text(one.target)}</span>'


def also(one: PromiseStanding, other: PromiseStanding | None, basis: str) -> str:
    """What all returns on file come to, beside what is approved."""
    if basis != "approved" or other is None or reading.state(other.row) != "value" or other.value == one.value:
        return ""
    return f' <span class="ghost">{markup.text(say("overview.filed_too", value=other.value))}</span>'


def track(one: PromiseStanding, other: PromiseStanding | None, basis: str) -> str:
    """other: the same promise in the other basis."""
    approved, filed = (one, other) if basis == "approved" else (other, one)
    if one.indicator.is_ratio and not one.counts and one.promise.scope != "each":
        return _broken(one.row, _value(approved), _value(filed))
    return _from_zero(one, approved, filed)


def _value(one: PromiseStanding | None) -> float | None:
    return None if one is None or reading.state(one.row) != "value" else float(one.row.value)


def _from_zero(one: PromiseStanding, approved: PromiseStanding | None, filed: PromiseStanding | None) -> str:
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


def _broken(row: Any, approved: float | None, filed: float | None) -> str:
    marks = {"target": row.target, "pace": row.pace, "baseline": row.baseline}
    there = {name: float(value) for name, value in marks.items() if not reading.blank(value)}
    values = [value for value in (approved, filed, *there.values()) if value is not None]
    if not values:
        return ""
    along = scale(values)
    drawn = "".join(f'<i class="{name}" style="left:{along.at(value)}"></i>' for name, value in there.items())
    if filed is not None and filed != approved:
        drawn += f'<i class="dot ghost" style="left:{along.at(filed)}"></i>'
    if approved is not None:
        drawn += f'<i class="dot" style="left:{along.at(approved)}"></i>'
    return f'<span class="dots-track" title="{markup.text(say("overview.broken"))}" aria-hidden="true"><em></em>{drawn}</span>'


def _legend() -> str:
    told = (
        (markup.meter(0.55, ghost=0.8), "bar"),
        (
            '<span class="dots-track"><em></em><i class="dot" style="left:40%"></i><i class="dot ghost" style="left:70%"></i></span>',
            "dot",
        ),
        (markup.meter(None), "tick"),
        (markup.meter(0.0, 0.5), "pace"),
        ('<span class="dots-track"><em></em><i class="baseline" style="left:50%"></i></span>', "baseline"),
    )
    return (
        '<p class="legend">'
        + "".join(f"<span>{mark} {markup.text(say(f'overview.legend.{name}'))}</span>" for mark, name in told)
        + "</p>"
    )
