"""Each project through the quarters of the year: the stage it had reached and how much of its money was spent.

Grain: a lane per project, a block per quarter of the plan. A quarter that does not count has its word and a dotted
edge, one yet to come 未到期; neither looks like a stage. Starts and finishes stand under their lane at their day.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from catalogue.display import quarter
from catalogue.model import Plan, Project
from catalogue.period import Period
from catalogue.wording import pick, say
from charts import theme
from charts.drawing import LINE, Drawing, Margins, bare_axis, nothing
from charts.points import with_points
from charts.wrap import DESK, PHONE, Wrapped, wrap
from sentences import reading, works_words

BLOCK = 38  # px
UNDER = 20  # px that starts and finishes take
GAP = 10


def project_timeline(
    rows: pd.DataFrame, plan: Plan, mode: theme.Mode = "light", period: str = "", wide: bool = False
) -> go.Figure:
    """rows: of `read_works.projects`; drawn up to `period`. customdata of each block: its indicator's code."""
    title = timeline_title(rows, plan, period)
    if not plan.projects:
        return nothing(title, mode, wide)
    chart = Drawing(mode, wide)
    room = (DESK if wide else PHONE) - 2 * theme.SIDE
    # One unit of the y axis is one px, downwards: lanes hold lines of type.
    y, caught = float(UNDER), []
    for project in plan.projects.values():
        name = wrap(pick(project), theme.SIZE, room)
        top = y + name.lines * theme.SIZE * LINE + 4
        _name(chart, name, y)
        mine = {row.period: row for row in reading.records(rows[rows["project"] == project.code])}
        caught += _lane(chart, mine, plan, project, period, top)
        _days(chart, works_words.latest(rows, period, project.code), plan, top + BLOCK)
        y = top + BLOCK + UNDER + GAP
    _catch(chart, caught)
    _as_of(chart, plan, works_words.counted(rows, period), y - GAP)
    ticks = [say(f"charts.quarter.{at.quarter}") for at in plan.periods]
    chart.layout = {
        "xaxis": bare_axis(
            range=[0, len(ticks)],
            tickvals=[n + 0.5 for n in range(len(ticks))],
            ticktext=ticks,
            tickfont={"size": theme.SMALL, "color": chart.look.muted},
        ),
        "yaxis": bare_axis(range=[y - GAP, 0], showticklabels=False),
    }
    caption = (
        works_words.as_of(plan, works_words.counted(rows, period)),
        say("works.figure.timeline_source", document=plan.document, task=plan.project_task),
    )
    return chart.finish(title, caption, round(y - GAP), Margins(above=0, below=26))


def timeline_title(rows: pd.DataFrame, plan: Plan, period: str) -> str:
    """3个项目均为施工中，校舍…资金进度最慢，为43%: of the newest quarter that counts."""
    found = [works_words.latest(rows, period, code) for code in plan.projects]
    told = [row for row in found if row is not None and row.stage is not None]
    if not told:
        return say("works.figure.timeline_none")
    counts = Counter(works_words.stage_word(plan, row.project, row.stage) for row in told)
    if len(counts) == 1:
        title = say("works.figure.all_at", count=len(told), stage=next(iter(counts)))
    else:
        title = say("works.list").join(
            say("works.figure.some_at", stage=stage, count=count) for stage, count in counts.most_common()
        )
    shares = [row for row in told if not reading.blank(row.invested_share)]
    if len(shares) > 1:
        last = min(shares, key=lambda row: row.invested_share)
        project = works_words.short_name(plan, plan.projects[last.project])
        title = say(
            "works.figure.slowest", title=title, project=project, share=works_words.percent(last.invested_share)
        )
    newest = max(row.period for row in told)
    return title if newest == period else say("works.figure.until", period=quarter(newest), title=title)


def timeline_alt(rows: pd.DataFrame, plan: Plan, period: str) -> str:
    """The title and every quarter of every project that has come, for those who do not see it."""
    points = [
        (
            say("works.figure.in_quarter", name=pick(plan.projects[row.project]), period=quarter(row.period)),
            say("works.list").join(filter(None, lane_words(row, plan, row.project, row.period, period))),
        )
        for row in reading.records(rows)
        if row.period <= period and row.project in plan.projects
    ]
    return with_points("works.figure.timeline_alt", timeline_title(rows, plan, period), points)


def lane_words(row: Any | None, plan: Plan, project: str, at: str, period: str) -> tuple[str, str]:
    """The stage, or the word for its lack; the share of the money, "" without one."""
    if at > period:
        return say("works.figure.not_come"), ""
    if row is None or not row.said:
        return say(f"works.why.{works_words.why(row)}" if row is not None else "works.why.missing"), ""
    share = (
        ""
        if reading.blank(row.invested_share)
        else say("works.figure.money_share", share=works_words.percent(row.invested_share))
    )
    return works_words.stage_word(plan, project, row.stage), share


def _name(chart: Drawing, name: Wrapped, y: float) -> None:
    chart.note(
        f"<b>{name.text}</b>",
        name="project",
        x=0,
        xref="paper",
        xanchor="left",
        y=y,
        yanchor="top",
        align="left",
        yshift=3,
        bgcolor=chart.look.ground,
        font={"size": theme.SIZE, "color": chart.look.ink},
    )


def _lane(
    chart: Drawing, mine: dict[str, Any], plan: Plan, project: Project, period: str, top: float
) -> list[tuple[float, float, str, str]]:
    """Blocks with their words; gives (x, y, indicator, hover) of each."""
    look = chart.look
    keys = works_words.stages(plan, project.code)
    indicator = works_words.indicator_of(plan, project.code, "invested")
    caught = []
    for n, at in enumerate(plan.periods):
        row = mine.get(str(at))
        word, share = lane_words(row, plan, project.code, str(at), period)
        step = None
        if row is not None and str(at) <= period and row.stage in keys:
            step = min(keys.index(row.stage) * len(look.steps) // len(keys), len(look.steps) - 1)
        reached = step is not None
        fill = look.ground if step is None else look.steps[step]
        ink = look.muted if step is None else look.on_step[step]
        edge = look.faint if str(at) > period else look.muted if step is None else look.steps[step]
        chart.shape(
            type="rect",
            name="stage" if reached else "gap",
            x0=n + 0.012,
            x1=n + 0.988,
            y0=top,
            y1=top + BLOCK,
            layer="below",
            fillcolor=fill,
            line={"color": edge, "width": 1, "dash": "solid" if reached or str(at) > period else "dot"},
        )
        text = f"<b>{word}</b>" if reached else word
        chart.note(
            f"{text}<br>{share}" if share else text,
            name="stage",
            x=n + 0.5,
            y=top + BLOCK / 2,
            font={"size": theme.SMALL, "color": ink},
        )
        hover = "<br>".join(filter(None, (pick(project), quarter(at), word, share)))
        caught.append((n + 0.5, top + BLOCK / 2, indicator.code if indicator else "", hover))
    return caught


def _catch(chart: Drawing, caught: list[tuple[float, float, str, str]]) -> None:
    """Unseen marks that take pointer and click."""
    unseen = {"marker": {"opacity": 0}}
    chart.scatter(
        name="catcher",
        x=[x for x, *_ in caught],
        y=[y for _, y, *_ in caught],
        mode="markers",
        marker={"size": 34, "opacity": 0, "symbol": "square"},
        customdata=[code for *_, code, _ in caught],
        hovertext=[hover for *_, hover in caught],
        hovertemplate="%{hovertext}<extra></extra>",
        selected=unseen,
        unselected=unseen,
    )


def _days(chart: Drawing, row: Any | None, plan: Plan, y: float) -> None:
    """Start and finish, where the newest return that counts tells them."""
    if row is None:
        return
    for key, at in (("started", row.started), ("finished", row.finished)):
        if pd.isna(at):
            continue
        x = _spot(at, plan)
        chart.note(
            f"{'▲' if key == 'started' else '◆'} {say(f'works.figure.{key}', day=works_words.day_of_year(at))}",
            name=key,
            x=x,
            y=y,
            yanchor="top",
            xanchor="left" if x < len(plan.periods) * 0.6 else "right",
            yshift=1,
            xshift=-6 if x < len(plan.periods) * 0.6 else 6,
            font={"size": theme.SMALL, "color": chart.look.ink},
            bgcolor=chart.look.ground,
        )


def _spot(at: Any, plan: Plan) -> float:
    """Where a day stands among the quarters; what lies outside the year stands at its edge."""
    period = Period.of(at.date())
    before = period.previous.last_day
    inside = (at.date() - before).days / (period.last_day - before).days
    return min(max(period.ordinal - plan.first.ordinal + inside, 0.0), float(len(plan.periods)))


def _as_of(chart: Drawing, plan: Plan, period: str, foot: float) -> None:
    """A line at the end of the quarter on show."""
    at = Period.parse(period)
    x = at.ordinal - plan.first.ordinal + 1
    chart.shape(
        type="line",
        name="as of",
        x0=x,
        x1=x,
        y0=UNDER - 6,
        y1=foot,
        line={"color": chart.look.accent, "width": 1.5, "dash": "dot"},
    )
    chart.note(
        say("works.figure.as_of", day=works_words.day_of_year(at.last_day)),
        name="as of",
        x=x,
        y=0,
        yanchor="top",
        xanchor="right" if x > 1 else "left",
        font={"size": theme.SMALL, "color": chart.look.accent},
    )
