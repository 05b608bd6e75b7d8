"""The targets the plan writes in figures, each as value against target.

Grain: one row per numeral commitment in the plan's order, for the city in one quarter. The bar is the share
of the target reached (100 % is the dark tick, 序时 the dashed one), so that persons, 万元 and percentages stand
side by side. The tick of a limit (at most so much) is in the middle: a bar beyond it is past it. No value: no bar, but its word.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from catalogue.model import Plan
from catalogue.period import Period
from catalogue.wording import pick, say
from charts import theme
from charts.drawing import Drawing, Margins, bare_axis, nothing
from charts.wrap import width
from sentences import reading
from sentences.standings import TargetStanding, standings
from sentences.titles import headline, plan_caption

END = 1.12  # the longest bar drawn, in targets


@dataclass(frozen=True, slots=True)
class TargetShape:
    """Where things stand in a row. Heights in rows from the row's middle; the bar is 2 × `half` thick."""

    row: int  # px
    bar: float
    half: float
    name: float
    lamp: float


_TALL = TargetShape(row=41, bar=0.16, half=0.15, name=-0.28, lamp=-0.28)  # a line of words over a bar: phones
_FLAT = TargetShape(row=29, bar=0.0, half=0.2, name=0.0, lamp=0.0)  # all in one line: desk screens


def targets(
    rows: pd.DataFrame, plan: Plan, mode: theme.Mode = "light", period: Period | str | None = None, wide: bool = False
) -> go.Figure:
    """rows: `judged` for any indicators, subjects and periods; drawn is `period`, the newest by default.

    customdata of each row: commitment id, indicator code.
    """
    at = reading.newest(rows, period)
    standing = standings(rows, plan, at)
    if at is None or not standing:
        return nothing(headline(rows, plan), mode, wide)
    shape = _FLAT if wide else _TALL
    chart = Drawing(mode, wide)
    for n, one in enumerate(standing):
        _guides(chart, n + shape.bar, one, shape)
    left, right = _words(chart, standing, shape)
    _bars(chart, standing, shape)
    chart.layout = {
        "barmode": "overlay",
        "xaxis": bare_axis(range=[0, END], showticklabels=False),
        "yaxis": bare_axis(range=[len(standing) - 0.45, -0.55], showticklabels=False),
    }
    state, source = plan_caption(plan, at)
    key = "charts.limits_key" if any(one.is_limit for one in standing) else "charts.targets_key"
    caption = (f"{state}\n{say(key)}", source)
    height = shape.row * len(standing)
    return chart.finish(headline(rows, plan, at), caption, height, Margins(left=left, right=right, above=4, below=6))


def _guides(chart: Drawing, y: float, one: TargetStanding, shape: TargetShape) -> None:
    """The track to 100 %, the target's tick, the pace's tick."""
    look = chart.look
    chart.shape(
        type="rect",
        layer="below",
        x0=0,
        x1=1,
        y0=y - shape.half,
        y1=y + shape.half,
        fillcolor=look.faint,
        line={"width": 0},
    )
    ticks = [("target", one.goal, look.target, "solid"), ("pace", one.pace, look.pace, "2px,2px")]
    for name, x, colour, dash in ticks:
        if x is not None and (name == "target" or (x < 1 and x != one.goal)):
            chart.shape(
                type="line",
                name=name,
                x0=x,
                x1=x,
                y0=y - shape.half - 0.1,
                y1=y + shape.half + 0.1,
                line={"color": colour, "width": 2 if name == "target" else 1.5, "dash": dash},
            )


def _bars(chart: Drawing, standing: list[TargetStanding], shape: TargetShape) -> None:
    look = chart.look
    chart.bar(
        y=[n + shape.bar for n in range(len(standing))],
        width=2 * shape.half,
        orientation="h",
        hoverinfo="skip",
        x=[None if one.share is None else min(one.share, END) for one in standing],
        marker={
            "color": [look.steps[1] if one.partial else look.accent for one in standing],
            "line": {"color": look.accent, "width": [1 if one.partial else 0 for one in standing]},
        },
        unselected={"marker": {"opacity": 1}},
    )
    codes = [[one.commitment.id, one.indicator.code] for one in standing]
    chart.catch(len(standing), END, codes, [_hover(one) for one in standing])


def _hover(one: TargetStanding) -> str:
    return "<br>".join(filter(None, (pick(one.commitment), one.figures, say(f"light.{one.light}"), one.coverage)))


def _words(chart: Drawing, standing: list[TargetStanding], shape: TargetShape) -> tuple[int, int]:
    """Name, figures and light of each row; the margins they need left and right, px."""
    look = chart.look
    left = (
        round(max(width(reading.city_name(one.indicator, one.commitment), theme.SIZE) for one in standing))
        + 10
        + theme.SIDE
        if chart.wide
        else theme.SIDE
    )
    room = round(max(width(one.figures, theme.SIZE) for one in standing) * 1.06) + 12
    lamp = room + 14 if chart.wide else room - theme.lamp_width()
    for n, one in enumerate(standing):
        chart.note(
            reading.city_name(one.indicator, one.commitment),
            x=0,
            xref="paper",
            xanchor="left",
            xshift=theme.SIDE - left,
            y=n + shape.name,
            font={"size": theme.SIZE, "color": look.ink},
        )
        chart.beside(f"<b>{one.figures}</b>", n + shape.bar, room, muted=one.share is None)
        chart.beside(theme.lamp(one.light, chart.mode), n + shape.lamp, lamp, anchor="left")
    return left, (lamp + theme.lamp_width() if chart.wide else room) + theme.SIDE
