"""One unit's comparable indicators over the quarters, a small panel each.

Grain: one panel per indicator the unit has a value of in the plan's year, in the plan's order; each has a scale of its own, so that
shapes are compared and not heights. The unit's line is thick, the city's thin, the target a tick at the right. A
quarter without a value is a gap. All panels lie on one pair of axes: a hundred axes of their own would take plotly
a second.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from catalogue.display import quarter
from catalogue.model import Indicator, Plan, Unit
from catalogue.period import Period, span
from catalogue.wording import pick, say
from charts import theme
from charts.drawing import Drawing, Margins, bare_axis, nothing, pointed
from charts.wrap import DESK, PHONE, wrap
from sentences import reading
from sentences.titles import plan_caption

ROW, PLOT = 104, 44  # px of a panel, and of the drawing at its foot
WIDE, NARROW = 5, 2  # panels in a row
EDGE, END = 0.03, 0.9  # of a panel's width: where its lines begin and end
FULL = 2 * DESK  # px the figure is wide on a desk, at least


@dataclass(frozen=True, slots=True)
class UnitPanel:
    """One indicator: `own` the unit's values, `city` its yardstick, one per quarter, None a gap. row: of this quarter."""

    indicator: Indicator
    row: Any
    own: list[float | None]
    city: list[float | None]
    target: float | None
    words: list[str]  # its values, or why there is none


def small_multiples(
    rows: pd.DataFrame,
    plan: Plan,
    unit: Unit,
    mode: theme.Mode = "light",
    period: Period | str | None = None,
    wide: bool = False,
) -> go.Figure:
    """rows: `judged` for any subjects, indicators and periods. customdata of each panel: the indicator's code."""
    at = reading.newest(reading.about(rows, unit.code), period)
    panels = list(_panels(rows, plan, unit, at))
    title = _title(panels, unit)
    if not panels:
        return nothing(title, mode, wide)
    chart = Drawing(mode, wide)
    columns = WIDE if wide else NARROW
    places = [(n % columns, n // columns) for n in range(len(panels))]
    _lines(chart, panels, places)
    _words(chart, panels, places, round((FULL if wide else PHONE) / columns * 0.92))
    _catch(chart, panels, places, _quarters(plan, at))
    height = places[-1][1] + 1
    chart.layout = {
        "barmode": "overlay",
        "xaxis": bare_axis(range=[0, columns], showticklabels=False),
        "yaxis": bare_axis(range=[height, 0], showticklabels=False),
    }
    state, source = plan_caption(plan, at)
    return chart.finish(title, (f"{state}\n{say('charts.multiples.key')}", source), height * ROW, Margins(below=10))


def small_multiples_alt(rows: pd.DataFrame, plan: Plan, unit: Unit, period: Period | str | None = None) -> str:
    """The title and the value of every panel."""
    at = reading.newest(reading.about(rows, unit.code), period)
    panels = list(_panels(rows, plan, unit, at))
    points = [say("charts.alt.point", name=pick(one.indicator), value=reading.worded(one.row)) for one in panels]
    return (
        say("charts.multiples.alt", title=_title(panels, unit), points=say("charts.alt.stop").join(points))
        if panels
        else _title(panels, unit)
    )


def _panels(rows: pd.DataFrame, plan: Plan, unit: Unit, at: str | None) -> Iterator[UnitPanel]:
    if at is None:
        return
    quarters = _quarters(plan, at)
    mine = _by_indicator(reading.about(rows, unit.code))
    city = _by_indicator(reading.about(rows))
    promised = {c.indicator: c for c in plan.commitments.values()}
    for code, indicator in plan.indicators.items():
        own = mine.get(code, {})
        row = own.get(at)
        if (
            row is None
            or not reading.is_comparable(indicator)
            or all(_value(own.get(q)) is None for q in quarters if q >= str(plan.first))
        ):
            continue
        target = None if reading.blank(row.target) else row.target
        promise = promised.get(code)
        if target is None and promise is not None and promise.value is not None and indicator.is_ratio:
            target = float(promise.value)
        yardstick = {} if indicator.scope == "each" else city.get(code, {})
        yield UnitPanel(
            indicator,
            row,
            [_value(own.get(q)) for q in quarters],
            [_value(yardstick.get(q)) for q in quarters],
            target,
            [_worded(own.get(q)) for q in quarters],
        )


def _quarters(plan: Plan, at: str | None) -> list[str]:
    return [str(q) for q in span(plan.baseline_period, Period.parse(at))] if at else []


def _by_indicator(rows: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Indicator -> period -> row."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows.itertuples(index=False, name="Row"):
        found.setdefault(row.indicator, {})[row.period] = row
    return found


def _value(row: Any) -> float | None:
    return None if row is None or reading.state(row) != "value" else float(row.value)


def _title(panels: list[UnitPanel], unit: Unit) -> str:
    """抚顺县20项可比指标：较上期好转12项、变差3项、持平5项; without a change in any, what is shown."""
    fields = {"unit": pick(unit), "count": len(panels)}
    if not panels:
        return say("charts.multiples.none", unit=pick(unit))
    changes = [
        one.row.change * (-1 if one.indicator.better == "lower" else 1)
        for one in panels
        if not reading.blank(one.row.change)
    ]
    if not changes:
        return say("charts.multiples.title_plain", **fields)
    better, worse = sum(c > 0 for c in changes), sum(c < 0 for c in changes)
    return say("charts.multiples.title", **fields, better=better, worse=worse, same=len(changes) - better - worse)


def _lines(chart: Drawing, panels: list[UnitPanel], places: list[tuple[int, int]]) -> None:
    """All lines of one kind are one trace, with gaps between the panels."""
    look = chart.look
    own: tuple[list, list] = ([], [])
    city: tuple[list, list] = ([], [])
    target: tuple[list, list] = ([], [])
    floor: tuple[list, list] = ([], [])
    for one, (column, row) in zip(panels, places, strict=True):
        told = [v for v in (*one.own, *one.city, one.target) if v is not None]
        low, reach = min(told), max(told) - min(told)
        foot, step = row + 1 - 12 / ROW, (END - EDGE) / max(1, len(one.own) - 1)

        def height(value: float, low: float = low, reach: float = reach, foot: float = foot) -> float:
            """Where all is level, in the middle."""
            return foot - PLOT / ROW * ((value - low) / reach if reach else 0.5)

        for line, values in ((own, one.own), (city, one.city)):
            line[0].extend([*(column + EDGE + n * step for n in range(len(values))), None])
            line[1].extend([*(None if v is None else height(v) for v in values), None])
        if one.target is not None:
            target[0].extend([column + END - 0.03, column + END + 0.05, None])
            target[1].extend([height(one.target)] * 2 + [None])
        floor[0].extend([column + EDGE, column + END + 0.05, None])
        floor[1].extend([row + 1 - 6 / ROW] * 2 + [None])
    for name, (x, y), stroke in (
        ("floor", floor, {"color": look.faint, "width": 1}),
        ("city", city, {"color": look.muted, "width": 1}),
        ("target", target, {"color": look.target, "width": 2.5}),
    ):
        chart.scatter(name=name, x=x, y=y, mode="lines", line=stroke, hoverinfo="skip", connectgaps=False)
    chart.scatter(
        name="value",
        x=own[0],
        y=own[1],
        mode="lines+markers",
        line={"color": look.accent, "width": 2.5},
        marker={"size": 5, "color": look.accent},
        hoverinfo="skip",
        connectgaps=False,
        unselected={"marker": {"opacity": 1}},
    )


def _words(chart: Drawing, panels: list[UnitPanel], places: list[tuple[int, int]], room: int) -> None:
    """Name, value and rank over each panel's lines."""
    for one, (column, row) in zip(panels, places, strict=True):
        name = wrap(pick(one.indicator), theme.SMALL, room).text.split("<br>")
        shown = name[0] if len(name) == 1 else f"{name[0][:-1]}…"
        worded = reading.worded(one.row)
        told = f"<b>{worded}</b>" if reading.state(one.row) == "value" else worded
        if not reading.blank(one.row.rank):
            told += "　" + say("charts.multiples.ranked", rank=int(one.row.rank), of=int(one.row.ranked_of))
        place = {"x": column + EDGE, "y": row, "xanchor": "left", "yanchor": "top", "align": "left"}
        chart.note(shown, **place, font={"size": theme.SMALL, "color": chart.look.muted})
        chart.note(told, **place, yshift=-15, font={"size": theme.SIZE, "color": chart.look.ink})


def _catch(chart: Drawing, panels: list[UnitPanel], places: list[tuple[int, int]], quarters: list[str]) -> None:
    """An unseen bar over each panel takes pointer and click."""
    unseen = {"marker": {"opacity": 0}}
    hover = [
        "<br>".join(
            [pick(one.indicator), *(f"{quarter(q)} {words}" for q, words in zip(quarters, one.words, strict=True))]
        )
        for one in panels
    ]
    chart.bar(
        name="catcher",
        base=[column for column, _ in places],
        x=[1] * len(places),
        y=[row + 0.5 for _, row in places],
        width=0.98,
        orientation="h",
        **unseen,
        selected=unseen,
        unselected=unseen,
        **pointed([one.indicator.code for one in panels], hover),
    )


def _worded(row: Any) -> str:
    return say("charts.missing") if row is None else reading.worded(row)
