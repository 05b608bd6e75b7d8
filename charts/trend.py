"""One indicator over the quarters, for the city or one unit, against target and 序时.

Grain: one mark per quarter from the baseline to the plan's last. Counts since 1 January are columns, stocks
and ratios a line. A quarter without a value is a gap with its word, never zero; a value that not all units
have filed for is hollow. Where the year would
end at this pace is dashed and hollow too, in the accent: it is arithmetic, never a light.
"""

from __future__ import annotations

from typing import Any, Unpack

import pandas as pd
import plotly.graph_objects as go

from catalogue.display import quarter
from catalogue.model import Commitment, Indicator, Plan
from catalogue.period import Period, span
from catalogue.wording import say
from charts import theme
from charts.drawing import Drawing, Margins, Shown, bare_axis, how, nothing, pointed
from charts.trend_lines import PLOT, TrendAxis, labels, level, pace, year_end
from sentences import reading
from sentences.titles import caption, finding


def trend(
    rows: pd.DataFrame,
    indicator: Indicator,
    commitment: Commitment | None,
    plan: Plan,
    subject: str | None = None,
    projected: float | None = None,
    **shown: Unpack[Shown],
) -> go.Figure:
    """rows: `judged` for any subjects and periods; drawn are those about `subject` (None: the city, or the only
    subject the rows speak of) up to `period`. projected: where the year would end,
    as seen from there. customdata of each mark: its period.
    """
    rows = rows[rows["indicator"] == indicator.code]
    subject = reading.meant(rows, subject)
    (mode, wide), at = how(shown), reading.newest(reading.about(rows, subject), shown.get("period"))
    title = finding(rows, indicator, commitment, plan, at, subject)
    mine = reading.records(reading.about(rows, subject))
    told = [row for row in mine if at is not None and row.period <= at]
    quarters = _quarters(told, plan)
    place = {str(q): n for n, q in enumerate(quarters)}
    found = [row for row in told if row.period in place]
    values = [row for row in found if reading.state(row) == "value"]
    if not values:
        return nothing(title, mode, wide)
    each = reading.counts_units(indicator, commitment, subject)
    grows = reading.grows_through_the_year(indicator, plan) and not each
    paced = [
        row for row in mine if row.period in place and not reading.blank(row.pace) and (not grows or row.period <= at)
    ]
    limits = _range([*found, *paced], grows, each, projected)
    chart = Drawing(mode, wide)
    limit = commitment is not None and commitment.is_limit and not each
    axis = TrendAxis(plan, place)
    pace(chart, paced, axis, grows, ahead=not reading.blank(projected))
    right = level(chart, found, axis, limit)
    (_columns if grows else _line)(chart, values, place, plan)
    labels(chart, found, place, limits, grows)
    if projected is not None and not reading.blank(projected) and values[-1].period < str(plan.last):
        year_end(
            chart,
            values[-1],
            projected,
            axis,
            limits,
            line=indicator.is_ratio or not reading.is_partial(values[-1]),
        )
    chart.layout = {
        "xaxis": bare_axis(
            tickvals=list(place.values()),
            ticktext=_ticks(quarters, plan),
            range=[-0.7, len(quarters) - 0.4],
            tickfont={"size": theme.SMALL, "color": chart.look.muted},
        ),
        "yaxis": bare_axis(range=list(limits), showticklabels=False),
    }
    row = reading.one(rows, indicator.code, at, subject)
    below = 58 if plan.baseline_period in quarters else 44
    return chart.finish(title, caption(row, indicator, commitment, plan, at), PLOT, Margins(right=right, below=below))


def _quarters(told: list[Any], plan: Plan) -> tuple[Period, ...]:
    """From the first value (a baseline, or years of history) to the plan's last quarter."""
    first = min([plan.first, *(Period.parse(row.period) for row in told if reading.state(row) == "value")])
    return span(first, plan.last)


def _ticks(quarters: tuple[Period, ...], plan: Plan) -> list[str]:
    """一季度 under each, the year once, under its first; 基期 under the baseline."""
    ticks = []
    for n, at in enumerate(quarters):
        lines = [say(f"charts.quarter.{at.quarter}")]
        if n == 0 or at.quarter == 1:
            lines.append(say("charts.year", year=at.year))
        if at == plan.baseline_period:
            lines.append(say("charts.baseline", value="").strip())
        ticks.append("<br>".join(lines))
    return ticks


def _range(found: list[Any], grows: bool, each: bool, projected: float | None) -> tuple[float, float]:
    """All that is drawn, with room for labels. Columns stand on zero, counts of units begin there, a line need not."""
    drawn = [v for row in found for v in (row.value, row.target, row.pace) if not reading.blank(v)]
    drawn += [] if reading.blank(projected) else [projected]
    drawn += [before for row in found if reading.is_partial(row) and (before := reading.earlier(row)) is not None]
    low, high = min(drawn), max(drawn)
    if grows or each:
        low = min(0.0, low)
    room = (high - low) or abs(high) * 0.1 or 1.0
    return (low, high + room * 0.22) if grows else (low - room * (0.12 if each else 0.35), high + room * 0.3)


def _columns(chart: Drawing, values: list[Any], place: dict[str, int], plan: Plan) -> None:
    look = chart.look
    own = [look.past if Period.parse(row.period) < plan.first else look.accent for row in values]
    fill = [look.steps[0] if reading.is_partial(row) else colour for row, colour in zip(values, own, strict=True)]
    chart.bar(
        name="value",
        x=[place[row.period] for row in values],
        y=[row.value for row in values],
        width=0.56,
        marker={"color": fill, "line": {"color": own, "width": 2}},
        unselected={"marker": {"opacity": 1}},
        **_pointed(values),
    )


def _line(chart: Drawing, values: list[Any], place: dict[str, int], plan: Plan) -> None:
    look = chart.look
    whole = {place[row.period]: row.value for row in values if not reading.is_partial(row)}
    chart.scatter(  # one slot per quarter, so that a missing one breaks the line
        name="line",
        x=list(place.values()),
        y=[whole.get(n) for n in place.values()],
        mode="lines",
        connectgaps=False,
        line={"color": look.accent, "width": 2.5},
        hoverinfo="skip",
    )
    _ghosts(chart, values, place)
    own = [look.past if Period.parse(row.period) < plan.first else look.accent for row in values]
    fill = [look.ground if reading.is_partial(row) else colour for row, colour in zip(values, own, strict=True)]
    chart.scatter(
        name="value",
        x=[place[row.period] for row in values],
        y=[row.value for row in values],
        mode="markers",
        cliponaxis=False,
        marker={"size": 10, "color": fill, "line": {"color": look.accent, "width": 2.5}},
        unselected={"marker": {"opacity": 1}},
        **_pointed(values),
    )


def _ghosts(chart: Drawing, values: list[Any], place: dict[str, int]) -> None:
    """To a quarter that lacks units: dashed, from what the same units had a quarter before, where that is known."""
    x: list[float | None] = []
    y: list[float | None] = []
    by_place = {place[row.period]: row.value for row in values}
    for row in values:
        before = reading.earlier(row) if reading.is_partial(row) else None
        before = by_place.get(place[row.period] - 1) if before is None else before
        if reading.is_partial(row) and not reading.blank(before):
            x += [place[row.period] - 1, place[row.period], None]
            y += [before, row.value, None]
    if x:
        chart.scatter(
            name="ghost",
            x=x,
            y=y,
            mode="lines",
            line={"color": chart.look.accent, "width": 1.5, "dash": "dot"},
            hoverinfo="skip",
        )


def _pointed(values: list[Any]) -> dict[str, Any]:
    hover = ["<br>".join(filter(None, (quarter(r.period), reading.worded(r), reading.coverage(r)))) for r in values]
    return pointed([row.period for row in values], hover)
