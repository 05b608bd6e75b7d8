"""The units of one indicator in one quarter, highest first.

Grain: one bar per unit, 市直 included; rates that lie close together are dots on a broken scale. A unit without a value has
its row and the word 未报, 待审核, 不适用 or 未到期, and hollow what it last had. Where each unit is judged by itself, its bar
and mark have the colour of its light.
"""

from __future__ import annotations

from typing import Any, Unpack

import pandas as pd
import plotly.graph_objects as go

from catalogue.display import quantity, quarter
from catalogue.model import Commitment, Indicator, Plan
from catalogue.wording import pick, say
from charts import theme
from charts.county_marks import draw, last_known, scale
from charts.drawing import Drawing, Margins, Shown, bare_axis, how, nothing
from charts.fold import folded
from charts.wrap import width
from sentences import gaps, reading
from sentences.titles import by_unit, caption

ROW = 30  # px
STEP = 0.58  # rows that the label of a line takes above the bars


def county_bars(
    rows: pd.DataFrame,
    indicator: Indicator,
    commitment: Commitment | None,
    plan: Plan,
    gap: pd.DataFrame | None = None,
    **shown: Unpack[Shown],
) -> go.Figure:
    """rows: `judged` for any subjects and periods; drawn is `period`, the newest by default. Of very many units the ends.

    gap: rows of the mart `gap` for that period; then each unit's distance to the target stands at the right, counted.
    customdata of each row: the unit's code.
    """
    rows = rows[rows["indicator"] == indicator.code]
    (mode, wide), at = how(shown), reading.newest(rows, shown.get("period"))
    title = by_unit(rows, indicator, commitment, plan, at)
    if not reading.is_by_unit(indicator, plan):
        return nothing(title, mode, wide, words="charts.not_by_unit")
    if at is None:
        return nothing(title, mode, wide)
    readings, left_out = in_rows(rows, indicator, plan, at)
    city = reading.one(rows, indicator.code, at)
    lines = _lines(city, indicator, commitment)
    span = scale(indicator, [r.value for r in readings if r.value is not None], [value for value, *_ in lines])
    ghosts = {n: last for n, last in last_known(rows, readings, at).items() if span.low <= last[1] <= span.high}
    chart = Drawing(mode, wide)
    told = {} if gap is None else gaps.by_unit(gap, commitment)
    head = "to_limit" if gaps.is_limit(commitment) else "to_target"
    right = _words(chart, readings, told, say(f"progress.chart.{head}"))
    draw(chart, readings, span, ghosts)
    _subtargets(chart, readings, indicator)
    hovers = [_hover(r, at, ghosts.get(n)) for n, r in enumerate(readings)]
    chart.catch(len(readings), span.high, [r.unit.code for r in readings], hovers, base=span.low)
    leftwards = sum(value - span.low for value, *_ in lines) > 0.5 * (span.high - span.low) * len(lines)
    # A label runs over the other line, so that line has to end below it.
    for level, line in enumerate(sorted(lines, reverse=not leftwards), start=1):
        _line(chart, line, leftwards, level, len(readings))
    names = [reading.unit_name(r.unit) for r in readings]
    chart.layout = {
        "bargap": 0.38,
        "barmode": "overlay",
        "xaxis": bare_axis(range=[span.low, span.high], showticklabels=False),
        "yaxis": bare_axis(
            tickvals=list(range(len(readings))),
            ticktext=names,
            ticklabelstandoff=6,
            range=[len(readings) - 0.4, -0.6 - STEP * len(lines)],
        ),
    }
    left = round(max(width(name, theme.SIZE) for name in names)) + theme.SIDE + 8
    height = round(ROW * (len(readings) + STEP * len(lines)))
    state, source = caption(city, indicator, commitment, plan, at)
    state = reading.joined(
        (
            state,
            left_out,
            *(say(f"charts.{key}") for key, there in (("broken", span.broken), ("last_known", ghosts)) if there),
        )
    )
    return chart.finish(title, (state, source), height, Margins(left=left, right=right, below=10))


def in_rows(rows: pd.DataFrame, indicator: Indicator, plan: Plan, at: str) -> tuple[list[reading.UnitReading], str]:
    """The units drawn, and words about those that are not. By value, highest first; then those that owe one, then those
    not asked."""
    rank = {"value": 0, "pending": 1, "missing": 2, "suppressed": 3, "not_due": 4, "not_applicable": 5}
    told = sorted(reading.unit_readings(rows, indicator, plan, at), key=lambda r: (rank[r.state], -(r.value or 0)))
    return folded(told, lambda r: r.state == "value")


def _lines(city: Any | None, indicator: Indicator, commitment: Commitment | None) -> list[tuple[float, str, str]]:
    """(value, label, kind) of what a unit may be held against. A sum is no yardstick for its parts."""
    each = commitment is not None and commitment.scope == "each"
    found = []
    target = commitment.value if commitment is not None else None
    if target is not None and (each or indicator.is_ratio):
        name = "limit" if commitment is not None and commitment.is_limit else "target"
        key = f"charts.{name}" if each else f"charts.city_{name}"
        found.append((float(target), say(key, value=quantity(target, indicator.measure)), "target"))
    if city is not None and indicator.is_ratio and not each and reading.state(city) == "value":
        found.append((city.value, say("charts.city", value=quantity(city.value, indicator.measure)), "city"))
    return found


def _words(chart: Drawing, readings: list[reading.UnitReading], gap: dict[str, str], head: str) -> int:
    """Values, lights, the words for their lack and the gaps, in columns of the right margin; its width in px."""
    lamps = theme.lamp_width() + 12 if any(r.light for r in readings) else 0
    longest = max(width(r.worded, theme.SIZE) for r in readings)
    room = round(longest * 1.06) + 10  # bold type runs a little wider
    for n, r in enumerate(readings):
        told, bare = r.worded, r.state != "value"
        chart.beside(told if bare else f"<b>{told}</b>", n, room, muted=bare)
        if r.light:
            chart.beside(theme.lamp(r.light, chart.mode), n, room + 12, anchor="left")
    return room + lamps + _gaps(chart, readings, gap, room + lamps, head) + theme.SIDE


def _gaps(chart: Drawing, readings: list[reading.UnitReading], gap: dict[str, str], place: int, head: str) -> int:
    """A column of its own, under its head; the px it takes."""
    if not gap:
        return 0
    room = place + 12 + round(max(width(words, theme.SIZE) for words in (*gap.values(), head)) * 1.03)
    for n, r in enumerate(readings):
        chart.beside(gap.get(r.unit.code, ""), n, room, muted=True)
    chart.note(head, x=1, xref="paper", xanchor="right", xshift=room, y=-0.5 - STEP / 2)
    return room - place


def _subtargets(chart: Drawing, readings: list[reading.UnitReading], indicator: Indicator) -> None:
    found = [(n, r.row.target) for n, r in enumerate(readings) if _has_subtarget(r, indicator)]
    if found:
        chart.scatter(
            y=[n for n, _ in found],
            x=[value for _, value in found],
            mode="markers",
            name="target",
            marker={"symbol": "line-ns", "size": 20, "line": {"color": chart.look.target, "width": 2}},
            hoverinfo="skip",
        )


def _has_subtarget(r: reading.UnitReading, indicator: Indicator) -> bool:
    return r.row is not None and indicator.scope == "sum" and not reading.blank(r.row.target)


def _hover(r: reading.UnitReading, at: str, last: tuple[str, float] | None) -> str:
    parts = [pick(r.unit), quarter(at), r.worded]
    if last is not None and r.row is not None:
        parts.append(f"{quarter(last[0])} {quantity(last[1], r.row.measure)}")
    if r.state == "value" and not r.row.approved:
        parts.append(say("charts.pending"))
    return "<br>".join(parts)


def _line(chart: Drawing, line: tuple[float, str, str], leftwards: bool, level: int, count: int) -> None:
    """A line through all bars, its label above them on a level of its own so that two never collide. line: as of `_lines`."""
    look, (value, text, kind) = chart.look, line
    solid = kind == "target"
    colour = look.target if solid else look.muted
    chart.shape(
        type="line",
        name=kind,
        x0=value,
        x1=value,
        y0=count - 0.5,
        y1=-0.5 - STEP * level,
        line={"color": colour, "width": 1.5, "dash": "solid" if solid else "dot"},
    )
    chart.note(
        text,
        x=value,
        y=-0.5 - STEP * (level - 0.5),
        xanchor="right" if leftwards else "left",
        xshift=-3 if leftwards else 3,
        font={"size": theme.SMALL, "color": colour},
    )
