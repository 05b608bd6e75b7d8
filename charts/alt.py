"""What a figure says, in words, for those who do not see it: st.plotly_chart(alt=…)."""

from __future__ import annotations

from typing import Literal, TypedDict, Unpack

import pandas as pd

from catalogue.display import quantity, quarter
from catalogue.model import Commitment, Indicator, Plan
from catalogue.period import Period
from catalogue.wording import pick, say
from charts.county_bars import in_rows
from charts.matrix_lines import matrix_title
from charts.points import with_points
from sentences import reading
from sentences.standings import standings
from sentences.titles import by_unit, finding, headline

Kind = Literal["trend", "county_bars", "tile_map", "targets", "matrix"]


class OfTrend(TypedDict, total=False):
    """What only a trend has; see `trend`."""

    subject: str | None
    projected: float | None


def alt(
    kind: Kind,
    rows: pd.DataFrame,
    plan: Plan,
    indicator: Indicator | None = None,
    commitment: Commitment | None = None,
    period: Period | str | None = None,
    **of: Unpack[OfTrend],
) -> str:
    """The title and every point that the figure of this kind draws from the same rows.

    The first three kinds need `indicator`; raises ValueError without it.
    """
    if kind == "targets":
        at = reading.newest(rows, period)
        told = standings(rows, plan, at) if at else []
        return with_points(
            f"charts.alt.{kind}",
            headline(rows, plan, at),
            [(pick(s.indicator), f"{s.figures} {say(f'light.{s.light}')}") for s in told],
        )
    if kind == "matrix":
        return say("charts.alt.matrix", title=matrix_title(rows, plan, period))
    if indicator is None:
        raise ValueError(f"the description of a {kind} needs its indicator")
    rows = rows[rows["indicator"] == indicator.code]
    if kind == "trend":
        subject, projected = of.get("subject"), of.get("projected")
        mine = reading.about(rows, reading.meant(rows, subject))
        at = reading.newest(mine, period)
        points = [
            (quarter(row.period), reading.worded(row)) for row in reading.records(mine) if row.period <= (at or "")
        ]
        if not reading.blank(projected) and points:
            points.append((say("progress.year_end"), quantity(projected, mine["measure"].iloc[0])))
        return with_points(f"charts.alt.{kind}", finding(rows, indicator, commitment, plan, at, subject), points)
    at = reading.newest(rows, period)
    readings, left_out = reading.unit_readings(rows, indicator, plan, at) if at else [], ""
    if at and kind == "county_bars" and (drawn := in_rows(rows, indicator, plan, at))[1]:
        readings, left_out = drawn
    points = [(pick(r.unit), r.worded) for r in readings]
    return with_points(f"charts.alt.{kind}", by_unit(rows, indicator, commitment, plan, at), points, left_out)
