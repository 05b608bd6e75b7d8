"""Marks of the units of one indicator: bars from zero, or dots on a stretch of their own where bars would look alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from catalogue.model import Indicator
from charts.drawing import Drawing
from charts.theme import SMALL
from sentences import reading

ALIKE = 0.6  # rates whose smallest is at least this part of the largest stand as dots
ROOM = 0.08  # of the stretch, left free at either end


@dataclass(frozen=True, slots=True)
class MarkScale:
    """What the drawing spans; broken: it does not begin at zero."""

    low: float
    high: float

    @property
    def broken(self) -> bool:
        return self.low != 0


def scale(indicator: Indicator, values: Sequence[float], lines: Sequence[float]) -> MarkScale:
    """values: of the units, lines: what they are held against."""
    told = [*values, *lines]
    high = max(told, default=0)
    if not indicator.is_ratio or len(values) < 2 or min(told) <= 0 or min(told) < ALIKE * high:
        return MarkScale(0, 1.02 * (high or 1))
    room = ROOM * (high - min(told)) or 0.5
    return MarkScale(min(told) - room, high + room)


def last_known(rows: pd.DataFrame, readings: Sequence[reading.UnitReading], at: str) -> dict[int, tuple[str, float]]:
    """Place in `readings` -> (quarter, value) a unit last had before `at`, of those that owe a value or wait with one."""
    earlier = rows[(rows["period"] < at) & rows["value"].notna() & rows["subject"].notna()].sort_values("period")
    newest = {row.subject: (row.period, float(row.value)) for row in earlier.itertuples()}
    return {
        n: newest[r.unit.code]
        for n, r in enumerate(readings)
        if r.state in ("missing", "pending") and r.unit.code in newest
    }


def draw(
    chart: Drawing, readings: Sequence[reading.UnitReading], span: MarkScale, ghosts: dict[int, tuple[str, float]]
) -> None:
    """What was reported, solid; what a unit without a value last had, hollow."""
    look = chart.look
    colours = [look.lights[r.light] if r.light else look.accent for r in readings]
    places, values = list(range(len(readings))), [r.value for r in readings]
    quiet = {"hoverinfo": "skip", "unselected": {"marker": {"opacity": 1}}}
    hollow = {
        "name": "last known",
        "y": list(ghosts),
        "x": [value for _, value in ghosts.values()],
        "hoverinfo": "skip",
    }
    edge = {"color": look.accent, "width": 1.2}
    if not span.broken:
        chart.bar(y=places, x=values, orientation="h", marker={"color": colours, "cornerradius": 2}, **quiet)
        if ghosts:
            unfilled = {"color": look.ground, "line": edge, "cornerradius": 2, "opacity": 0.55}
            chart.bar(orientation="h", marker=unfilled, unselected={"marker": {"opacity": 0.55}}, **hollow)
        return
    chart.scatter(y=places, x=values, mode="markers", marker={"color": colours, "size": 12}, cliponaxis=False, **quiet)
    if ghosts:
        chart.scatter(mode="markers", marker={"color": look.ground, "size": 10, "line": edge, "opacity": 0.7}, **hollow)
    for n in places:
        ends = {"x0": span.low, "x1": span.high, "y0": n, "y1": n}
        chart.shape(type="line", name="way", layer="below", line={"color": look.faint, "width": 2}, **ends)
    chart.note(
        "//", x=0, xref="paper", y=len(readings) - 0.55, yanchor="top", font={"size": SMALL, "color": look.muted}
    )
