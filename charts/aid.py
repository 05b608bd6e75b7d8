"""What aid comes to per pupil, unit by unit, highest first, against the city's ratio of sums and the plan's own.

Grain: one bar per unit of the plan that is asked. A unit without a figure has its row and its word instead of a bar.
"""

from __future__ import annotations

from typing import Any, Unpack

import pandas as pd
import plotly.graph_objects as go

from catalogue.display import quantity, quarter
from catalogue.model import Commitment, Plan
from catalogue.wording import pick, say
from charts import theme
from charts.drawing import Drawing, Margins, Shown, bare_axis, how, nothing
from charts.points import with_points
from charts.wrap import width
from sentences import reading, works_words

ROW = 30  # px
STEP = 0.58  # rows that the label of a line takes above the bars
MEASURE = "yuan"
WORDS = {
    "missing": "works.aid.missing_word",
    "unreviewed": "works.aid.unreviewed",
    "na": "works.aid.na",
    "suppressed": "works.aid.suppressed",
    "nobody": "works.aid.nobody",
    "part": "works.aid.part",
}


def aid_per_pupil(
    rows: pd.DataFrame,
    plan: Plan,
    money: Commitment | None,
    heads: Commitment | None,
    **shown: Unpack[Shown],
) -> go.Figure:
    """rows: of `read_works.per_head`. money, heads: the two promises, for the source line. customdata of each bar: its unit."""
    (mode, wide), period = how(shown), str(shown.get("period") or "")
    city, units = told(rows, plan, period)
    title = aid_title(rows, plan, period)
    if city is None or reading.blank(city.per_head):
        return nothing(title, mode, wide)
    chart = Drawing(mode, wide)
    lines = [(city.per_head, say("works.aid.city", value=_yuan(city.per_head)), "city")]
    if not reading.blank(city.planned):
        lines.append((city.planned, say("works.aid.planned", value=_yuan(city.planned)), "target"))
    reach = 1.02 * max(
        [row.per_head for row in units if not reading.blank(row.per_head)] + [value for value, *_ in lines]
    )
    right = _words(chart, units)
    chart.bar(
        name="per head",
        y=list(range(len(units))),
        x=[None if reading.blank(row.per_head) else row.per_head for row in units],
        orientation="h",
        hoverinfo="skip",
        marker={"color": chart.look.accent, "cornerradius": 2},
        unselected={"marker": {"opacity": 1}},
    )
    chart.catch(len(units), reach, [row.subject for row in units], [_hover(row, plan) for row in units])
    # A label runs leftwards over the other line, so that line has to end below it.
    for level, line in enumerate(sorted(lines), start=1):
        _line(chart, *line, level, len(units))
    names = [reading.unit_name(plan.units[row.subject]) for row in units]
    chart.layout = {
        "bargap": 0.38,
        "barmode": "overlay",
        "xaxis": bare_axis(range=[0, reach], showticklabels=False),
        "yaxis": bare_axis(
            tickvals=list(range(len(units))),
            ticktext=names,
            ticklabelstandoff=6,
            range=[len(units) - 0.4, -0.6 - STEP * len(lines)],
        ),
    }
    left = round(max(width(name, theme.SIZE) for name in names)) + theme.SIDE + 8
    entered = say("works.aid.filed", entered=int(city.entered), expected=int(city.expected))
    caption = reading.joined((works_words.as_of(plan, period), entered)), _source(plan, money, heads)
    return chart.finish(
        title, caption, round(ROW * (len(units) + STEP * len(lines))), Margins(left=left, right=right, below=10)
    )


def told(rows: pd.DataFrame, plan: Plan, period: str) -> tuple[Any | None, list[Any]]:
    """The city's row of the quarter, and the units', highest first, those without a figure last."""
    mine = reading.records(rows[rows["period"] == period])
    city = next((row for row in mine if reading.blank(row.subject)), None)
    units = [row for row in mine if row.subject in plan.units]
    return city, sorted(
        units, key=lambda row: (reading.blank(row.per_head), -row.per_head if row.per_head == row.per_head else 0)
    )


def aid_alt(rows: pd.DataFrame, plan: Plan, period: str) -> str:
    """The title and every bar, or the word in its place, for those who do not see it."""
    points = [(pick(plan.units[row.subject]), worded(row)) for row in told(rows, plan, period)[1]]
    return with_points("works.figure.aid_alt", aid_title(rows, plan, period), points)


def aid_title(rows: pd.DataFrame, plan: Plan, period: str) -> str:
    """人均资助2,009元，高于计划的2,000元；市直最高2,340元，新抚最低1,520元，1家未计入."""
    city, units = told(rows, plan, period)
    if city is None or reading.blank(city.per_head):
        return say("works.aid.none", period=quarter(period))
    title = say("works.aid.title", value=_yuan(city.per_head))
    if not reading.blank(city.planned):
        apart = round(city.per_head) - round(city.planned)
        key = "equal" if apart == 0 else "above" if apart > 0 else "below"
        title += say(f"works.aid.{key}", planned=_yuan(city.planned))
    given = [row for row in units if not reading.blank(row.per_head)]
    if len(given) > 1:
        high, low = given[0], given[-1]
        title += say(
            "works.aid.range",
            highest=_name(high, plan),
            high=_yuan(high.per_head),
            lowest=_name(low, plan),
            low=_yuan(low.per_head),
        )
    missing = int(city.expected - city.entered)
    return title + (say("works.aid.missing", count=missing) if missing else "")


def worded(row: Any) -> str:
    return say(WORDS[row.state]) if reading.blank(row.per_head) else _yuan(row.per_head)


def _yuan(value: float) -> str:
    return quantity(value, MEASURE)


def _name(row: Any, plan: Plan) -> str:
    return reading.unit_name(plan.units[row.subject])


def _words(chart: Drawing, units: list[Any]) -> int:
    """Values and the words for their lack, at the right; the margin they take in px."""
    room = round(max(width(worded(row), theme.SIZE) for row in units) * 1.06) + 10
    for n, row in enumerate(units):
        bare = reading.blank(row.per_head)
        chart.beside(worded(row) if bare else f"<b>{worded(row)}</b>", n, room, muted=bare)
    return room + theme.SIDE


def _hover(row: Any, plan: Plan) -> str:
    if reading.blank(row.per_head):
        return f"{pick(plan.units[row.subject])}<br>{worded(row)}"
    return say(
        "works.aid.hover",
        unit=pick(plan.units[row.subject]),
        period=quarter(row.period),
        heads=quantity(row.heads, "person"),
        amount=quantity(row.amount, "10k_yuan"),
        value=_yuan(row.per_head),
    )


def _line(chart: Drawing, value: float, text: str, kind: str, level: int, count: int) -> None:
    """A line through all bars, its label above them on a level of its own so that two never collide."""
    colour = chart.look.target if kind == "target" else chart.look.muted
    chart.shape(
        type="line",
        name=kind,
        x0=value,
        x1=value,
        y0=count - 0.5,
        y1=-0.5 - STEP * level,
        line={"color": colour, "width": 1.5, "dash": "solid" if kind == "target" else "dot"},
    )
    chart.note(
        text,
        name=kind,
        x=value,
        y=-0.5 - STEP * (level - 0.5),
        xanchor="right",
        xshift=-3,
        font={"size": theme.SMALL, "color": colour},
    )


def _source(plan: Plan, money: Commitment | None, heads: Commitment | None) -> str:
    if money is None or heads is None:
        return say("charts.source_plan", document=plan.document)
    return say(
        "works.aid.source",
        document=plan.document,
        task=money.task,
        quote=money.quote,
        amount=quantity(money.value, money.measure),
        heads=quantity(heads.value, heads.measure),
    )
