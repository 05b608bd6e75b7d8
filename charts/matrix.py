"""Units by indicators in one quarter.

Grain: one cell per indicator and unit. A cell shows the value, with the light's mark where the unit is
judged by itself, else on a shade where it is at or past the city's target. 未报, 未到期 and 不适用 have their
own words and grounds, none of them that of a zero.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from catalogue.display import number, places_of
from catalogue.model import Plan
from catalogue.period import Period
from catalogue.wording import say
from charts import theme
from charts.drawing import Drawing, Margins, bare_axis, nothing
from charts.matrix_lines import GROUNDS, MatrixLine, ground, matrix_lines, title_of
from charts.wrap import width
from sentences import reading
from sentences.titles import plan_caption


@dataclass(frozen=True, slots=True)
class MatrixShape:
    """Heights in rows: `head` a theme's heading and the units' names, `cell` half a cell."""

    row: int  # px
    head: float
    cell: float


_ROOM = 40  # px of a cell on a phone
_TALL = MatrixShape(row=42, head=1.3, cell=0.26)  # names over their cells, so that eight cells fit on a phone
_STAGGERED = MatrixShape(row=42, head=1.65, cell=0.26)  # with the units' names on two levels
_FLAT = MatrixShape(row=27, head=1.25, cell=0.43)  # names left of their cells: desk screens


def matrix(
    rows: pd.DataFrame, plan: Plan, mode: theme.Mode = "light", period: Period | str | None = None, wide: bool = False
) -> go.Figure:
    """rows: `judged` for any indicators and periods; drawn is `period`, the newest by default, and every
    indicator that two units or more are asked for. customdata of each cell: indicator, unit.
    """
    at = reading.newest(rows, period)
    units = list(plan.units.values())
    names = [reading.unit_name(unit) if wide else reading.unit_name(unit).replace(" ", "<br>") for unit in units]
    stagger = not wide and max(width(name, 10) for name in names) > _ROOM
    shape = _FLAT if wide else _STAGGERED if stagger else _TALL
    lines, heads = matrix_lines(rows, plan, at, shape.head, middle=1 - shape.cell - 0.04)
    if not lines:
        return nothing(say("charts.nothing"), mode, wide)
    chart = Drawing(mode, wide)
    left = round(max(width(line.name, theme.SMALL) for line in lines)) + theme.SIDE + 8 if wide else theme.SIDE
    _grounds(chart, lines, shape)
    _cells(chart, lines)
    _headings(chart, heads, names, shape, stagger, left)
    foot = lines[-1].y + 0.6
    inside = (
        {"ticklabelposition": "outside"}
        if wide
        else {"ticklabelposition": "inside", "ticklabelshift": 21, "ticklabelstandoff": -2}
    )
    chart.layout = {
        # No labels are drawn on this axis, but hovering reads the units' names from it.
        "xaxis": bare_axis(
            tickvals=list(range(len(units))),
            ticktext=[reading.unit_name(u) for u in units],
            range=[-0.5, len(units) - 0.5],
            showticklabels=False,
        ),
        "yaxis": bare_axis(
            tickvals=[line.y for line in lines],
            ticktext=[line.name for line in lines],
            tickfont={"size": theme.SMALL},
            range=[foot, 0],
            **inside,
        ),
    }
    state, source = plan_caption(plan, at)
    caption = (f"{state}\n{say('charts.matrix_key')}", source)
    return chart.finish(title_of(lines, plan), caption, round(shape.row * foot), Margins(left=left, above=0, below=6))


def _grounds(chart: Drawing, lines: list[MatrixLine], shape: MatrixShape) -> None:
    """One path per kind of ground: a shape per cell would weigh ten times as much."""
    look = chart.look
    boxes: dict[str, list[str]] = {kind: [] for kind in GROUNDS}
    for line in lines:
        top, foot = line.y - shape.cell, line.y + shape.cell
        for n, r in enumerate(line.readings):
            boxes[ground(line, r)].append(f"M{n - 0.47:.2f},{top:.2f}H{n + 0.47:.2f}V{foot:.2f}H{n - 0.47:.2f}Z")
    fills = {
        "plain": (look.ground, look.faint, "solid"),
        "ahead": (look.steps[0], look.steps[1], "solid"),
        "missing": (look.faint, look.muted, "dot"),
        "blank": (look.ground, look.ground, "solid"),
    }
    for kind, paths in boxes.items():
        if paths:
            fill, edge, dash = fills[kind]
            chart.shape(
                type="path",
                layer="below",
                name=kind,
                path="".join(paths),
                fillcolor=fill,
                line={"color": edge, "width": 1, "dash": dash},
            )


def _cells(chart: Drawing, lines: list[MatrixLine]) -> None:
    """Values and, as a second trace in quiet type, the words for their lack. A click fades neither."""
    look = chart.look
    unseen = {"marker": {"opacity": 0}}
    cells = [(line, n, r) for line in lines for n, r in enumerate(line.readings)]
    for name, size, colour, has_value in (
        ("values", theme.SMALL, look.ink, True),
        ("words", theme.SMALL if chart.wide else 10, look.muted, False),
    ):
        mine = [cell for cell in cells if (cell[2].state == "value") is has_value]
        chart.scatter(
            name=name,
            x=[n for _, n, _ in mine],
            y=[line.y for line, _, _ in mine],
            mode="markers+text",
            marker={"symbol": "square", "size": 24, "color": look.ground, "opacity": 0},
            text=[_text(line, r, chart.mode) for line, _, r in mine],
            textfont={"size": size, "color": colour},
            customdata=[[line.indicator.code, r.unit.code] for line, _, r in mine],
            hovertemplate="%{x}　%{y}<br>%{text}<extra></extra>",
            selected=unseen,
            unselected={**unseen, "textfont": {"color": colour}},
        )


def _text(line: MatrixLine, r: reading.UnitReading, mode: theme.Mode) -> str:
    if r.state == "not_applicable":
        return "/"
    if r.state != "value":
        return say(f"charts.cell.{r.state}")
    measure = line.indicator.measure
    places = min(1, places_of(measure)) if measure == "percent" else None
    text = number(r.value, measure, places)
    if r.light:
        return f"{theme.mark(r.light, mode)} {text}"
    return f"<b>{text}</b>" if ground(line, r) == "ahead" else text


def _headings(
    chart: Drawing, heads: list[tuple[float, str]], names: list[str], shape: MatrixShape, stagger: bool, left: int
) -> None:
    """Each theme over its indicators, and the units' names again: the figure is longer than a screen."""
    look = chart.look
    level = shape.head - 0.4
    for y, title in heads:
        chart.note(
            f"<b>{title}</b>",
            x=0,
            xref="paper",
            xanchor="left",
            xshift=theme.SIDE - left,
            y=y + (level if chart.wide else 0.5),
            font={"size": theme.SIZE, "color": look.accent},
        )
    step = 0.14 if stagger else 0
    chart.scatter(
        name="units",
        x=[n for _ in heads for n in range(len(names))],
        y=[round(y + level + step * (-1) ** n, 2) for y, _ in heads for n in range(len(names))],
        mode="text",
        text=names * len(heads),
        textfont={"size": theme.SMALL if chart.wide else 10, "color": look.muted},
        hoverinfo="skip",
        unselected={"textfont": {"color": look.muted}},
    )
