"""How completely and how punctually the returns came in, quarter by quarter.

Grain: two columns per quarter of the plan, both percent of the returns owed: filed, and filed in time. A quarter
that nobody has had to file for yet has its word, never a zero.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from catalogue.display import day, quantity, quarter
from catalogue.model import Plan
from catalogue.wording import say
from charts import theme
from charts.drawing import Drawing, Margins, bare_axis, nothing, pointed
from charts.points import with_points
from sentences import reading

PLOT = 190  # px
WORD = 17  # px that the word under a column takes
SHIFT, WIDTH = 0.225, 0.4  # of a quarter's place
SHARES = (("completeness", -SHIFT), ("timeliness", SHIFT))


def reporting_rate(rows: pd.DataFrame, plan: Plan, mode: theme.Mode = "light", wide: bool = False) -> go.Figure:
    """rows: `read_chase.rates`, of one form or of all together. customdata of each column: its period."""
    told = _told(rows, plan)
    title = rate_title(rows, plan)
    if not told:
        return nothing(title, mode, wide)
    chart = Drawing(mode, wide)
    place = {str(period): n for n, period in enumerate(plan.periods)}
    for share, shift in SHARES:
        _columns(chart, told, place, share, shift)
    for n, words in enumerate(_quarters(plan)):
        chart.note(words, name="quarter", x=n, y=0, yanchor="top", yshift=-WORD)
    for period, n in place.items():
        if period not in {row.period for row in told}:
            chart.note(say("chase.figure.not_due"), name="gap", x=n, y=0, yanchor="bottom", yshift=4)
    chart.layout = {
        "xaxis": bare_axis(range=[-0.5, len(place) - 0.5], showticklabels=False),
        "yaxis": bare_axis(range=[0, 112], showticklabels=False),
        "barmode": "overlay",
    }
    state = reading.joined((say("charts.as_of", day=day(told[-1].as_of.date())), say("app.demo") if plan.demo else ""))
    return chart.finish(title, (state, say("chase.figure.definition")), PLOT, Margins(below=58))


def rate_title(rows: pd.DataFrame, plan: Plan) -> str:
    """2021年第三季度报送率92%，按时率88%，未报1份，退回待改1份: of the newest quarter that has begun."""
    told = _told(rows, plan)
    if not told:
        return say("chase.figure.name")
    row = told[-1]
    said = say(
        "chase.figure.finding",
        period=quarter(row.period),
        completeness=_percent(row.completeness),
        timeliness=_percent(row.timeliness),
    )
    open_ones = [
        say(f"chase.all.{state}", count=count)
        for state, count in (("missing", int(row.missing)), ("returned", int(row.returned)))
        if count
    ]
    return say("chase.comma").join([said, *open_ones])


def rate_alt(rows: pd.DataFrame, plan: Plan) -> str:
    """The title and every quarter that the figure draws, for those who do not see it."""
    told = _told(rows, plan)
    if not told:
        return rate_title(rows, plan)
    points = [(quarter(row.period), _worded(row)) for row in told]
    return with_points("chase.figure.alt", rate_title(rows, plan), points)


def _told(rows: pd.DataFrame, plan: Plan) -> list[Any]:
    """Quarters of the plan with a share, oldest first."""
    ours = {str(period) for period in plan.periods}
    return [row for row in reading.records(rows) if row.period in ours and not reading.blank(row.completeness)]


def _columns(chart: Drawing, told: list[Any], place: dict[str, int], share: str, shift: float) -> None:
    """One share through the quarters, its value over each column and its word under it: no key to look up."""
    look = chart.look
    colour = {"completeness": look.accent, "timeliness": look.steps[1]}[share]
    spots = [(place[row.period] + shift, getattr(row, share)) for row in told]
    chart.bar(
        name=share,
        x=[x for x, _ in spots],
        y=[value for _, value in spots],
        width=WIDTH,
        marker={"color": colour, "line": {"color": look.accent, "width": 1}},
        **pointed([row.period for row in told], [f"{quarter(row.period)}<br>{_counted(row)}" for row in told]),
    )
    for x, value in spots:
        chart.note(
            f"<b>{_percent(value)}</b>",
            name=share,
            x=x,
            y=value,
            yanchor="bottom",
            yshift=2,
            font={"size": theme.SMALL, "color": look.ink},
        )
        chart.note(say(f"chase.figure.{share}"), name=f"{share} word", x=x, y=0, yanchor="top", yshift=-1)


def _quarters(plan: Plan) -> list[str]:
    """一季度 below the words of its columns, the year once below its first."""
    written = []
    for n, at in enumerate(plan.periods):
        lines = [say(f"charts.quarter.{at.quarter}")]
        if n == 0 or at.quarter == 1:
            lines.append(say("charts.year", year=at.year))
        written.append("<br>".join(lines))
    return written


def _percent(value: float) -> str:
    """Whole percents, but nothing short of all reads 100% and nothing above none 0%."""
    near = 99.9 if 99.5 <= value < 100 else 0.1 if 0 < value < 0.5 else value
    return quantity(near, "percent", 1 if near != value else 0)


def _worded(row: Any) -> str:
    return say("chase.figure.shares", completeness=_percent(row.completeness), timeliness=_percent(row.timeliness))


def _counted(row: Any) -> str:
    return say(
        "chase.figure.counts", owed=int(row.owed), filed=int(row.filed), on_time=int(row.on_time), late=int(row.late)
    )
