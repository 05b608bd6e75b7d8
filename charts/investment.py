"""What each project and all together have invested over the year, against plan and 序时.

Grain: one panel per project and one for their sum, a column per quarter of the plan: the height is the share of the plan,
so that panels compare, the number on it 万元. A quarter that does not count has its word, never a zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from catalogue.display import bare, quantity, quarter
from catalogue.model import Plan
from catalogue.wording import say
from charts import theme
from charts.drawing import LINE, Drawing, Margins, bare_axis, nothing, pointed
from charts.points import with_points
from charts.wrap import DESK, PHONE, Wrapped, wrap
from sentences import reading, works_words

ACROSS = 2
BODY = 150  # px of a panel's drawing, its quarters' words among them
TICKS = 18  # px
TOP = 118.0  # percent of the plan


@dataclass(frozen=True, slots=True)
class ProjectPanel:
    """One project, or their sum. code: its indicator's, "" for the sum."""

    name: str
    code: str
    rows: list[Any]


def investment(
    rows: pd.DataFrame,
    together: pd.DataFrame,
    plan: Plan,
    mode: theme.Mode = "light",
    period: str = "",
    wide: bool = False,
) -> go.Figure:
    """rows, together: of `read_works`; drawn up to `period`. customdata of each column: its indicator's code."""
    panels = panels_of(rows, together, plan, period)
    title = works_words.headline(together, period)
    if not any(not reading.blank(row.invested) for panel in panels for row in panel.rows):
        return nothing(title, mode, wide)
    chart = Drawing(mode, wide)
    room = ((DESK if wide else PHONE) - 2 * theme.SIDE) * 0.46
    names = [wrap(panel.name, theme.SIZE, room) for panel in panels]
    head = round(max(name.lines for name in names) * theme.SIZE * LINE) + 6
    deep = -(-len(panels) // ACROSS)
    plot = deep * (head + BODY)
    for n, (panel, name) in enumerate(zip(panels, names, strict=True)):
        axes = "" if n == 0 else str(n + 1)
        top = 1 - (n // ACROSS) * (head + BODY) / plot
        _axes(chart, axes, n, top - head / plot, top - (head + BODY - TICKS) / plot, plan)
        _name(chart, name, n, top)
        _panel(chart, panel, axes, plan)
    caption = (
        works_words.as_of(plan, works_words.counted(together, period)),
        say("works.figure.source", document=plan.document, task=plan.project_task),
    )
    return chart.finish(title, caption, plot, Margins(above=0, below=4))


def panels_of(rows: pd.DataFrame, together: pd.DataFrame, plan: Plan, period: str) -> list[ProjectPanel]:
    """Projects in the plan's order, then their sum, with the quarters up to `period`."""
    told = rows[rows["period"] <= period]
    panels = []
    for project in plan.projects.values():
        indicator = works_words.indicator_of(plan, project.code, "invested")
        mine = reading.records(told[told["project"] == project.code])
        panels.append(ProjectPanel(works_words.short_name(plan, project), indicator.code if indicator else "", mine))
    if len(panels) > 1:
        panels.append(
            ProjectPanel(say("works.figure.sum"), "", reading.records(together[together["period"] <= period]))
        )
    return panels


def investment_alt(rows: pd.DataFrame, together: pd.DataFrame, plan: Plan, period: str) -> str:
    """The title and every quarter of every panel, for those who do not see it."""
    points = [
        (say("works.figure.in_quarter", name=panel.name, period=quarter(row.period)), worded(row))
        for panel in panels_of(rows, together, plan, period)
        for row in panel.rows
    ]
    return with_points("works.figure.investment_alt", works_words.headline(together, period), points)


def worded(row: Any) -> str:
    """A quarter of a panel in words."""
    if reading.blank(row.invested):
        return say(f"works.why.{works_words.why(row)}")
    return quantity(row.invested, "10k_yuan")


def _axes(chart: Drawing, axes: str, n: int, top: float, foot: float, plan: Plan) -> None:
    left = (n % ACROSS) * 0.53
    ticks = [say(f"charts.quarter.{at.quarter}") for at in plan.periods]
    chart.layout[f"xaxis{axes}"] = bare_axis(
        domain=[left, left + 0.47],
        anchor=f"y{axes}",
        range=[-0.6, len(ticks) - 0.4],
        tickvals=list(range(len(ticks))),
        ticktext=ticks,
        tickfont={"size": theme.SMALL, "color": chart.look.muted},
    )
    chart.layout[f"yaxis{axes}"] = bare_axis(
        domain=[foot, top], anchor=f"x{axes}", range=[0, TOP], showticklabels=False
    )


def _name(chart: Drawing, name: Wrapped, n: int, top: float) -> None:
    chart.note(
        f"<b>{name.text}</b>",
        name="panel",
        x=(n % ACROSS) * 0.53,
        xref="paper",
        xanchor="left",
        y=top,
        yref="paper",
        yanchor="top",
        align="left",
        font={"size": theme.SIZE, "color": chart.look.ink},
    )


def _panel(chart: Drawing, panel: ProjectPanel, axes: str, plan: Plan) -> None:
    look = chart.look
    on = {"xaxis": f"x{axes}", "yaxis": f"y{axes}"}
    here = {"xref": f"x{axes}", "yref": f"y{axes}"}
    place = {str(at): n for n, at in enumerate(plan.periods)}
    told = [row for row in panel.rows if not reading.blank(row.invested_share)]
    chart.bar(
        name="invested",
        x=[place[row.period] for row in told],
        y=[min(row.invested_share, TOP) for row in told],
        width=0.62,
        marker={"color": look.accent},
        unselected={"marker": {"opacity": 1}},
        **on,
        **pointed([panel.code] * len(told), [_hover(panel, row) for row in told]),
    )
    paced = [row for row in panel.rows if not reading.blank(row.pace_share)]
    _pace(chart, [(place[row.period], row.pace_share) for row in paced], len(place), on, here)
    _plan(chart, panel, len(place), on, here)
    for row in panel.rows:
        words = bare(row.invested, "10k_yuan") if not reading.blank(row.invested) else worded(row)
        empty = reading.blank(row.invested)
        chart.note(
            words.replace(" ", "<br>") if empty else f"<b>{words}</b>",
            name="gap" if empty else "value",
            x=place[row.period],
            y=0 if empty else _over(row),
            yanchor="bottom",
            yshift=2,
            **here,
            font={"size": theme.SMALL, "color": look.muted if empty else look.ink},
        )


def _over(row: Any) -> float:
    """Above the column, and above the pace where that runs close above it."""
    share = min(row.invested_share, TOP)
    close = not reading.blank(row.pace_share) and 0 <= row.pace_share - share < 18
    return row.pace_share if close else share


def _pace(chart: Drawing, steps: list[tuple[int, float]], count: int, on: dict[str, str], here: dict[str, str]) -> None:
    """A dashed step per quarter, its word beside the newest; before the last quarter, where it would meet the plan."""
    if not steps:
        return
    chart.scatter(
        name="pace",
        mode="lines",
        hoverinfo="skip",
        line={"color": chart.look.pace, "width": 1.5, "dash": "4px,3px"},
        **on,
        x=[x for n, _ in steps for x in (n - 0.44, n + 0.44, None)],
        y=[y for _, pace in steps for y in (pace, pace, None)],
    )
    n, pace = steps[-1]
    if n < count - 1:
        chart.note(
            say("charts.pace"),
            name="pace",
            x=n + 0.46,
            y=pace,
            xanchor="left",
            **here,
            font={"size": theme.SMALL, "color": chart.look.pace},
        )


def _plan(chart: Drawing, panel: ProjectPanel, count: int, on: dict[str, str], here: dict[str, str]) -> None:
    planned = next((row.planned for row in panel.rows if not reading.blank(row.planned)), None)
    if planned is None:
        return
    chart.scatter(
        name="plan",
        x=[-0.6, count - 0.4],
        y=[100, 100],
        mode="lines",
        hoverinfo="skip",
        line={"color": chart.look.target, "width": 1.5},
        **on,
    )
    chart.note(
        say("works.figure.plan", value=quantity(planned, "10k_yuan")),
        name="plan",
        x=-0.6,
        y=100,
        xanchor="left",
        yanchor="bottom",
        yshift=1,
        **here,
        font={"size": theme.SMALL, "color": chart.look.target},
    )


def _hover(panel: ProjectPanel, row: Any) -> str:
    return say(
        "works.figure.hover",
        name=panel.name,
        period=quarter(row.period),
        invested=quantity(row.invested, "10k_yuan"),
        share=works_words.percent(row.invested_share),
        pace=works_words.percent(row.pace_share),
    )
