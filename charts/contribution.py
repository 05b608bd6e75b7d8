"""Each unit's part in the city's change since last quarter, or in what is lacking to the target.

Grain: one bar per unit, largest first, on both sides of zero: accent above, grey-blue below; the lights' colours are
for judgements. A unit without a part has its row and a word (缺一期, 未报, 待审核, 不适用) instead of a bar.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, Unpack

import pandas as pd
import plotly.graph_objects as go

from catalogue.display import difference, quantity, quarter
from catalogue.model import Commitment, Indicator, Plan
from catalogue.wording import pick, say
from charts import theme
from charts.drawing import Drawing, Margins, Shown, bare_axis, how, nothing
from charts.fold import folded
from charts.wrap import width
from sentences import gaps, reading
from sentences.titles import caption

Kind = Literal["change", "gap"]
ROW = 26  # px


@dataclass(frozen=True, slots=True)
class ContributionPart:
    """One unit's part; worded stands beside its bar. share None: it has none, and worded says why."""

    reading: reading.UnitReading
    share: float | None
    worded: str


def contribution(
    rows: pd.DataFrame,
    parts: pd.DataFrame,
    indicator: Indicator,
    commitment: Commitment | None,
    plan: Plan,
    kind: Kind,
    **shown: Unpack[Shown],
) -> go.Figure:
    """rows: `judged` for any subjects and periods; parts: of `period`, mart `contribution` for a change, `gap` for a gap.
    Of very many units those at either end are drawn.

    customdata of each row: the unit's code.
    """
    (mode, wide), period = how(shown), str(shown.get("period") or "")
    city = reading.one(rows, indicator.code, period)
    told = _told(reading.unit_readings(rows, indicator, plan, period), city, parts, indicator, commitment, kind)
    title = told_title(told, city, indicator, commitment, kind)
    told, left_out = _drawn(told)
    shares = [p.share for p in told if p.share is not None]
    if not shares:
        return nothing(title, mode, wide)
    chart = Drawing(mode, wide)
    right = _words(chart, told)
    low, high = min(0.0, *shares), max(0.0, *shares)
    low, high = (low, high) if low < high else (0.0, 1.0)
    edge = 0.03 * (high - low)
    look = chart.look
    chart.bar(
        y=list(range(len(told))),
        x=[p.share for p in told],
        orientation="h",
        hoverinfo="skip",
        name="part",
        marker={"color": [look.accent if (p.share or 0) >= 0 else look.past for p in told], "cornerradius": 2},
        unselected={"marker": {"opacity": 1}},
    )
    chart.shape(type="line", x0=0, x1=0, y0=-0.5, y1=len(told) - 0.5, line={"color": look.muted, "width": 1})
    names = [reading.unit_name(p.reading.unit) for p in told]
    hover = ["<br>".join((pick(p.reading.unit), quarter(period), p.worded)) for p in told]
    chart.catch(len(told), high + edge, [p.reading.unit.code for p in told], hover, base=low - edge)
    chart.layout = {
        "bargap": 0.42,
        "barmode": "overlay",
        "xaxis": bare_axis(range=[low - edge, high + edge], showticklabels=False),
        "yaxis": bare_axis(
            tickvals=list(range(len(told))),
            ticktext=names,
            ticklabelstandoff=6,
            range=[len(told) - 0.4, -0.6],
        ),
    }
    state, source = caption(city, indicator, commitment, plan, period)
    left = round(max(width(name, theme.SIZE) for name in names)) + theme.SIDE + 8
    under = "\n".join(filter(None, (state, _note(city, indicator, commitment, kind), left_out)))
    return chart.finish(title, (under, source), ROW * len(told), Margins(left=left, right=right, above=6, below=10))


def _drawn(told: list[ContributionPart]) -> tuple[list[ContributionPart], str]:
    return folded(told, lambda p: p.share is not None)


def moves(parts: pd.DataFrame, kind: Kind) -> bool:
    """Whether any unit has a part that is not zero."""
    units = parts[parts["subject"].notna()]
    return bool(units["contribution" if kind == "change" else "gap_whole"].fillna(0).any())


def _told(
    readings: Iterable[reading.UnitReading],
    city: Any | None,
    parts: pd.DataFrame,
    indicator: Indicator,
    commitment: Commitment | None,
    kind: Kind,
) -> list[ContributionPart]:
    """Largest first; those without a part last, in the plan's order. Units that the indicator does not ask are left out."""
    field = "contribution" if kind == "change" else "gap_whole"
    found = {row["subject"]: row for row in parts.to_dict("records") if not reading.blank(row["subject"])}
    told = []
    for r in readings:
        if r.unit.code not in indicator.units:
            continue
        part = found.get(r.unit.code)
        share = None if part is None or reading.blank(part[field]) else float(part[field])
        if share is None or part is None:
            word = say("progress.chart.unpaired") if r.state == "value" and kind == "change" else r.worded
        elif kind == "change":
            assert city is not None, "its change is what the units share in"
            word = difference(share, city.measure)
        else:
            word = gaps.worded(share, part["gap_measure"], commitment)
        told.append(ContributionPart(r, share, word))
    return sorted(told, key=lambda p: (p.share is None, -(p.share or 0)))


def told_title(
    told: list[ContributionPart], city: Any | None, indicator: Indicator, commitment: Commitment | None, kind: Kind
) -> str:
    """The finding: who moved the city most in the way it went, or who lacks most."""
    name = pick(indicator)
    given = [(p, p.share) for p in told if p.share is not None]
    if city is None or not given:
        return name
    if kind == "gap":
        return gaps.title([(p.reading.unit, share, p.worded) for p, share in given], name, commitment)
    change = difference(city.change, city.measure)
    if change.startswith("±"):
        return say("progress.chart.contribution_level", name=name)
    if len(given) == 1:
        return say("progress.chart.contribution_alone", name=name, change=change)
    most, _ = max(given, key=lambda found: found[1] * (1 if city.change > 0 else -1))
    alike = [p for p, _ in given if p.worded == most.worded]
    unit = first = reading.unit_name(alike[0].reading.unit)
    if len(alike) > 1:
        unit = say("charts.units.alike", unit=first, count=len(alike), others=len(alike) - 1)
    return say("progress.chart.contribution", name=name, change=change, unit=unit, part=most.worded)


def _note(city: Any | None, indicator: Indicator, commitment: Commitment | None, kind: Kind) -> str:
    if kind == "change":
        return (
            ""
            if city is None
            else say("progress.chart.same_units", same=int(city.same_units), expected=int(city.expected))
        )
    if commitment is not None and indicator.is_ratio and indicator.scope == "city":
        return say("progress.chart.held_city", target=quantity(commitment.value, indicator.measure))
    return ""


def _words(chart: Drawing, told: list[ContributionPart]) -> int:
    """The parts in words in the right margin; its width in px."""
    room = round(max(width(p.worded, theme.SIZE) for p in told) * 1.06) + 10
    for n, p in enumerate(told):
        chart.beside(p.worded if p.share is None else f"<b>{p.worded}</b>", n, room, muted=p.share is None)
    return room + theme.SIDE


def contribution_alt(
    rows: pd.DataFrame,
    parts: pd.DataFrame,
    indicator: Indicator,
    commitment: Commitment | None,
    plan: Plan,
    kind: Kind,
    **shown: Unpack[Shown],
) -> str:
    """The figure for those who do not see it; as `contribution`."""
    period = str(shown.get("period") or "")
    city = reading.one(rows, indicator.code, period)
    told = _told(reading.unit_readings(rows, indicator, plan, period), city, parts, indicator, commitment, kind)
    title = told_title(told, city, indicator, commitment, kind)
    told, left_out = _drawn(told)
    named = [say("charts.alt.point", name=pick(p.reading.unit), value=p.worded) for p in told]
    points = say("charts.alt.stop").join((*named, *filter(None, (left_out,))))
    return say(
        "progress.chart.alt_contribution" if kind == "change" else "progress.chart.alt_gap", title=title, points=points
    )
