"""What stands beside a trend: target, baseline, 序时, and the numbers on the marks."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from catalogue.display import bare, quantity
from catalogue.model import Plan
from catalogue.wording import say
from charts import theme
from charts.drawing import Drawing, pointed
from charts.wrap import width
from sentences import reading

PLOT = 210  # px
_FLAT, _TALL = 22, 36  # px a label of one or two lines needs free above or below its mark
_CLEAR = "rgba(0,0,0,0)"


@dataclass(frozen=True, slots=True)
class TrendAxis:
    """The quarters of a trend. place: period -> x."""

    plan: Plan
    place: dict[str, int]


def pace(chart: Drawing, paced: list[Any], axis: TrendAxis, grows: bool, ahead: bool) -> None:
    """序时, where it is not the target itself. paced: the rows that have one, which may run ahead of those drawn. ahead: a year-end
    stands over the last quarter, so that the word for the pace has no room there."""
    if any(row.pace != row.target for row in paced):
        _pace_steps(chart, paced, axis.place) if grows else _pace_line(chart, paced, axis.place, ahead)


def level(chart: Drawing, found: list[Any], axis: TrendAxis, limit: bool = False) -> int:
    """The target as a solid line; without one the baseline, dotted. Gives back the right margin, px.

    found: the rows drawn. limit: the target is at most so much.
    """
    for name in ("target", "baseline"):
        row = next((row for row in reversed(found) if not reading.blank(getattr(row, name))), None)
        if row is not None and not (name == "baseline" and row.verdict == "no_target"):
            return _level(chart, row, name, "limit" if limit and name == "target" else name, axis)
    return theme.SIDE


def _level(chart: Drawing, row: Any, name: str, word: str, axis: TrendAxis) -> int:
    """A line over the plan year with its word and value beside it; the px these take."""
    place, first = axis.place, str(axis.plan.first)
    colour, dash = (chart.look.target, "solid") if name == "target" else (chart.look.muted, "dot")
    level = getattr(row, name)
    words = say(f"charts.{word}", value="").strip(), quantity(level, row.measure)
    chart.scatter(
        name=name,
        x=[place[first] - 0.45, len(place) - 0.4],
        y=[level] * 2,
        mode="lines",
        hoverinfo="skip",
        line={"color": colour, "width": 1.5, "dash": dash},
    )
    chart.note(
        "<br>".join(words),
        x=1,
        xref="paper",
        xanchor="left",
        y=level,
        xshift=4,
        align="left",
        font={"size": theme.SMALL, "color": colour},
    )
    return round(max(width(word, theme.SMALL) for word in words)) + theme.SIDE + 4


def _pace_steps(chart: Drawing, paced: list[Any], place: dict[str, int]) -> None:
    """序时 over columns: a dashed step each, its word beside the newest."""
    steps = [(place[row.period], row.pace) for row in paced]
    _dashed(
        chart,
        [x for n, _ in steps for x in (n - 0.42, n + 0.42, None)],
        [y for _, pace in steps for y in (pace, pace, None)],
    )
    _pace_word(chart, x=steps[-1][0] + 0.44, y=steps[-1][1], xanchor="left")


def _pace_line(chart: Drawing, paced: list[Any], place: dict[str, int], ahead: bool) -> None:
    """序时 beside a line: dashed to the year's end, its word where the values are farthest, away from them."""
    _dashed(chart, [place[row.period] for row in paced], [row.pace for row in paced])
    told = [row for row in paced if not (ahead and reading.blank(row.value))]
    spot = max(
        told or paced, key=lambda row: (math.inf if reading.blank(row.value) else abs(row.value - row.pace), row.period)
    )
    above = not reading.blank(spot.value) and spot.value < spot.pace
    _pace_word(
        chart,
        x=place[spot.period],
        y=spot.pace,
        xanchor="left" if not above else "right",
        yanchor="bottom" if above else "top",
        yshift=2 if above else -3,
    )


def _dashed(chart: Drawing, x: list[Any], y: list[Any]) -> None:
    line = {"color": chart.look.pace, "width": 1.5, "dash": "4px,3px"}
    chart.scatter(name="pace", x=x, y=y, mode="lines", hoverinfo="skip", line=line)


def _pace_word(chart: Drawing, **where: Any) -> None:
    chart.note(
        say("charts.pace"), font={"size": theme.SMALL, "color": chart.look.pace}, bgcolor=chart.look.ground, **where
    )


def year_end(
    chart: Drawing,
    row: Any,
    projected: float,
    axis: TrendAxis,
    limits: tuple[float, float],
    line: bool,
) -> None:
    """A hollow mark over the plan's last quarter, its words in two lines above it, or
    below where the target or the way there lies above.

    line: dashed on to it from the newest value; a sum that lacks units is no place to go on from.
    """
    look, place, end = chart.look, axis.place, axis.place[str(axis.plan.last)]
    if line:
        told = {"color": look.accent, "width": 2, "dash": "2px,4px"}
        chart.scatter(
            name="ahead",
            x=[place[row.period], end],
            y=[row.value, projected],
            mode="lines",
            hoverinfo="skip",
            line=told,
        )
    words = say("progress.year_end"), quantity(projected, row.measure)
    chart.scatter(
        name="year_end",
        x=[end],
        y=[projected],
        mode="markers",
        cliponaxis=False,
        marker={"size": 10, "symbol": "diamond", "color": look.ground, "line": {"color": look.accent, "width": 2}},
        unselected={"marker": {"opacity": 1}},
        **pointed([row.period], ["<br>".join(words)]),
    )
    near = (limits[1] - limits[0]) * (_TALL + 10) / PLOT
    close = 0 if reading.blank(row.target) else row.target - projected
    below = 0 < close < near < projected - limits[0] or (line and projected < row.value and not -near < close < 0)
    chart.note(
        f"{words[0]}<br><b>{words[1]}</b>",
        name="year_end",
        x=len(place) - 0.42,
        xanchor="right",
        y=projected,
        align="right",
        yanchor="top" if below else "bottom",
        yshift=-9 if below else 9,
        font={"size": theme.SMALL, "color": look.accent},
        bgcolor=look.ground,
    )


def labels(chart: Drawing, found: list[Any], place: dict[str, int], limits: tuple[float, float], grows: bool) -> None:
    """The value at each mark, the word where there is none; measures stand in title, target label and hover."""
    look = chart.look
    at = {place[row.period]: row.value for row in found if reading.state(row) == "value"}
    for row in found:
        here = place[row.period]
        if reading.state(row) != "value":
            word = say(f"charts.{reading.state(row)}")
            chart.note(word, name="gap", x=here, y=0, yref="y domain", yanchor="bottom", yshift=4)
            continue
        text = (
            f"<b>{quantity(row.value, row.measure) if row.measure == 'percent' else bare(row.value, row.measure)}</b>"
        )
        if reading.is_partial(row):
            text += f"<br><span style='font-size:10px'>{reading.stands_on(row)}/{int(row.expected)}</span>"
        near = (limits[1] - limits[0]) * (_TALL if reading.is_partial(row) else _FLAT) / PLOT
        spot = (
            _over_column(row, near, look.ground)
            if grows
            else _off_line(row, near, at.get(here - 1), at.get(here + 1), look.ground)
        )
        chart.note(text, x=here, font={"size": theme.SIZE, "color": look.ink}, **spot)


def _over_column(row: Any, near: float, ground: str) -> dict[str, Any]:
    """Above the column, and above the pace or target where that runs close above it."""
    y = row.value
    for line in sorted(v for v in (row.pace, row.target) if not reading.blank(v)):
        if 0 <= line - y < near:
            y = line
    return {"y": y, "yanchor": "bottom", "yshift": 4, "bgcolor": ground}


def _off_line(row: Any, near: float, before: float | None, after: float | None, ground: str) -> dict[str, Any]:
    """Above the mark, or below it where the target, pace or both neighbours lie above; beside a climbing line."""
    level = row.baseline if reading.blank(row.target) else row.target  # the one that is drawn
    crowded = any(not reading.blank(line) and 0 <= line - row.value < near for line in (level, row.pace))
    steps = [0 if value is None else value - row.value for value in (before, after)]
    below = crowded or min(steps) > 0
    # The side on which the line runs towards the label: there it must not be.
    left, right = (steps[0] < 0, steps[1] < 0) if below else (steps[0] > 0, steps[1] > 0)
    side = {(True, False): ("left", -2), (False, True): ("right", 2)}.get((left, right), ("center", 0))
    # Lines close on both sides: the pace gives way to the number.
    hides = below and not reading.blank(row.pace) and 0 < row.value - row.pace < near
    return {
        "y": row.value,
        "yanchor": "top" if below else "bottom",
        "yshift": -8 if below else 8,
        "xanchor": side[0],
        "xshift": side[1],
        "bgcolor": ground if hides else _CLEAR,
    }
