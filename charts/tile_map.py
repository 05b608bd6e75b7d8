"""The units of one indicator in one quarter on a tile grid, roughly where they lie.

Grain: one square per unit, placed by Unit.tile. Drawn with shapes and text: no boundary files, nothing to
fetch. Shades of the accent, or the lights where each unit is judged by itself; 未报 is hatched; 市直, which
is no place, has a dashed outline.
"""

from __future__ import annotations

from typing import Any, Unpack

import pandas as pd
import plotly.graph_objects as go

from catalogue.display import bare, quantity, quarter
from catalogue.model import Commitment, Indicator, Plan
from catalogue.wording import pick, say
from charts import theme
from charts.drawing import Drawing, Margins, Shown, bare_axis, how, nothing, pointed
from charts.wrap import width, wrap
from sentences import reading
from sentences.titles import by_unit, caption

TILE = 88  # px at most; a phone makes them smaller
HALF = 0.47
ROOM = 72  # px of words in a tile on a phone
VALUE = 15  # px, the size of a tile's number
_HATCH = tuple(n / 4 for n in range(-3, 4))


def tile_map(
    rows: pd.DataFrame,
    indicator: Indicator,
    commitment: Commitment | None,
    plan: Plan,
    **shown: Unpack[Shown],
) -> go.Figure:
    """rows: `judged` for any subjects and periods; drawn is `period`, the newest by default.

    customdata of each tile: the unit's code.
    """
    rows = rows[rows["indicator"] == indicator.code]
    (mode, wide), at = how(shown), reading.newest(rows, shown.get("period"))
    title = by_unit(rows, indicator, commitment, plan, at)
    if not reading.is_by_unit(indicator, plan):
        return nothing(title, mode, wide, words="charts.not_by_unit")
    if at is None:
        return nothing(title, mode, wide)
    readings = reading.unit_readings(rows, indicator, plan, at)
    values = [r.value for r in readings if r.value is not None]
    by_light = any(r.light for r in readings)
    steps = [_step(r.value, values) for r in readings]
    chart = Drawing(mode, wide)
    for r, step in zip(readings, steps, strict=True):
        _tile(chart, r, step, by_light)
    _words(chart, readings, steps, by_light, at)
    rows_used = max(unit.tile[0] for unit in plan.units.values()) + 1
    columns = max(unit.tile[1] for unit in plan.units.values()) + 1
    chart.layout = {
        "xaxis": bare_axis(range=[-0.5, columns - 0.5], showticklabels=False, constrain="domain"),
        "yaxis": bare_axis(
            range=[rows_used - 0.5, -0.5],
            showticklabels=False,
            scaleanchor="x",
            scaleratio=1,
            constrain="domain",
            constraintoward="top",
        ),
    }
    city = reading.one(rows, indicator.code, at)
    state, source = caption(city, indicator, commitment, plan, at)
    key = _key(values, readings, indicator, by_light)
    return chart.finish(title, (f"{state}\n{key}".strip(), source), TILE * rows_used, Margins(below=14))


def _step(value: float | None, values: list[float]) -> int:
    """Which of the five shades: equal parts from lowest to highest; the middle one where all are equal."""
    if value is None:
        return -1
    low, high = min(values), max(values)
    return 2 if low == high else min(4, int((value - low) / (high - low) * 5))


def _key(values: list[float], readings: list[reading.UnitReading], indicator: Indicator, by_light: bool) -> str:
    """What the shades and the dashed outline mean."""
    parts = []
    if not by_light and len(set(values)) > 1:
        ends = {"low": quantity(min(values), indicator.measure), "high": quantity(max(values), indicator.measure)}
        parts.append(say("charts.scale", **ends))
    if any(r.unit.kind == "direct" for r in readings):
        parts.append(say("charts.direct_outline"))
    return reading.joined(parts)


def _tile(chart: Drawing, r: reading.UnitReading, step: int, by_light: bool) -> None:
    look = chart.look
    row, column = r.unit.tile
    fill = look.ground
    if r.state == "value":
        fill = look.tints[r.light] if by_light and r.light else look.steps[step]
    direct = r.unit.kind == "direct"
    _square(
        chart,
        r,
        HALF - 0.05 if direct else HALF,
        fillcolor=fill,
        line={"color": look.faint, "width": 0 if direct else 1},
    )
    if direct:
        _square(chart, r, HALF, line={"color": look.muted, "width": 1.5, "dash": "dash"})
    if r.state == "missing":
        chart.shape(type="path", layer="below", path=_hatch(column, row), line={"color": look.faint, "width": 2})


def _square(chart: Drawing, r: reading.UnitReading, half: float, **more: Any) -> None:
    row, column = r.unit.tile
    chart.shape(type="rect", layer="below", x0=column - half, x1=column + half, y0=row - half, y1=row + half, **more)


def _hatch(x: float, y: float) -> str:
    """Slanted lines over a tile, cut at its edges; plotly has no hatched shapes."""
    side = 2 * HALF
    lines = []
    for part in _HATCH:
        start, end = max(0, part) * side, min(1, 1 + part) * side
        lines.append(
            f"M{x - HALF + start:.3f},{y + HALF - (start - part * side):.3f}"
            f"L{x - HALF + end:.3f},{y + HALF - (end - part * side):.3f}"
        )
    return "".join(lines)


def _value(r: reading.UnitReading, apart: bool) -> list[str]:
    """The value large; its measure on a line of its own where one is too long to stand beside it."""
    shown = bare(r.value, r.row.measure) if apart else r.worded
    large = f"<span style='font-size:{VALUE}px'><b>{shown}</b></span>"
    return [large, f"<span style='font-size:10px'>{say(f'measure.{r.row.measure}')}</span>"] if apart else [large]


def _words(chart: Drawing, readings: list[reading.UnitReading], steps: list[int], by_light: bool, at: str) -> None:
    """Name and value on each tile; an invisible square on it takes the pointer and the click.

    The words are annotations, for a click fades the text of every point but one.
    """
    look = chart.look
    apart = any(r.state == "value" and width(r.worded, VALUE) > ROOM for r in readings)
    for r, step in zip(readings, steps, strict=True):
        light = r.light if by_light else None
        lines = [wrap(reading.unit_name(r.unit), theme.SIZE, ROOM).text]
        lines += _value(r, apart) if r.state == "value" else [r.worded]
        if light:
            lines.append(theme.lamp(light, chart.mode))
        colour = look.ink if light else look.on_step[step] if r.state == "value" else look.muted
        chart.note("<br>".join(lines), x=r.unit.tile[1], y=r.unit.tile[0], font={"size": theme.SIZE, "color": colour})
    unseen = {"marker": {"opacity": 0}}
    chart.scatter(
        x=[r.unit.tile[1] for r in readings],
        y=[r.unit.tile[0] for r in readings],
        mode="markers",
        marker={"symbol": "square", "size": 66, "color": look.ground, "opacity": 0},
        selected=unseen,
        unselected=unseen,
        **pointed(
            [r.unit.code for r in readings],
            ["<br>".join((pick(r.unit), quarter(at), r.worded)) for r in readings],
        ),
    )
