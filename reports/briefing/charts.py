"""Which figures a briefing shows, and under which of its sections: those that carry what it says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from catalogue.display import quarter
from catalogue.model import Commitment, Indicator
from catalogue.wording import pick, say
from charts.alt import Kind, alt
from charts.stamp import stamped
from charts.targets import targets
from reports.briefing.statements import is_ratio_of_few, is_refused
from reports.pictures.figures import AskedChart, alt_of, bare, proof_of
from reports.snapshot import Snapshot
from sentences import reading, works_words

BY_UNIT = 2  # figures that compare the units


@dataclass(frozen=True, slots=True)
class BriefingChart:
    """draw: made only where there is somebody to make a picture of it. alt: what it says to those who do not see it."""

    section: str
    title: str
    alt: str
    draw: Callable[[], go.Figure]


def charts(snapshot: Snapshot) -> list[BriefingChart]:
    """The targets; the units on the promises that lag most; the course of the one that lags most of all; the works.

    Each carries the stamp it would carry alone, so that a figure cut out of the file still says what it stands on.
    """
    plan, period = snapshot.plan, snapshot.period
    rows, found = _sayable(snapshot.now), []
    if any(promise.numeral for promise, _, _ in snapshot.promised()):
        title = say("briefing.picture.of", name=say("charts.kind.targets"), quarter=quarter(period))
        found.append(
            BriefingChart(
                "overall",
                title,
                alt("targets", rows, plan, period=period),
                lambda: _targets(snapshot, rows),
            )
        )
    lagging = [
        _promised(snapshot, row)
        for row in snapshot.attention.itertuples(index=False, name="Row")
        if not is_refused(row)
    ]
    by_unit = [one for one in lagging if reading.is_by_unit(one[0], plan)][:BY_UNIT]
    found += [_of_indicator(snapshot, "county_bars", *one) for one in by_unit]
    if lagging:
        found.append(_of_indicator(snapshot, "trend", *lagging[0]))
    if plan.projects and works_words.counts_now(snapshot.together, period):
        asked = AskedChart("investment")
        title = say("briefing.picture.investment", quarter=quarter(period))
        found.append(BriefingChart("works", title, alt_of(snapshot, asked), lambda: bare(snapshot, asked)))
    return found


def _targets(snapshot: Snapshot, rows: pd.DataFrame) -> go.Figure:
    with stamped(proof_of(snapshot, AskedChart("targets")).stamp()):
        return targets(rows, snapshot.plan, period=snapshot.period, wide=True)


def _sayable(rows: pd.DataFrame) -> pd.DataFrame:
    """What the text does not say, no bar shows: the city's ratios on few returns are blank, beside how many are in."""
    few = [row.subject is None and is_ratio_of_few(row) for row in rows.itertuples(index=False, name="Row")]
    told = rows.copy()
    told.loc[few, ["value", "light"]] = [float("nan"), "grey"]
    return told


def _promised(snapshot: Snapshot, row: Any) -> tuple[Indicator, Commitment]:
    return snapshot.plan.indicators[row.indicator], snapshot.plan.commitments[row.commitment]


def _of_indicator(snapshot: Snapshot, kind: Kind, indicator: Indicator, promise: Commitment) -> BriefingChart:
    plan, period = snapshot.plan, snapshot.period
    rows = snapshot.of_indicator(indicator.code)

    title = say(f"briefing.picture.{kind}", name=pick(indicator), quarter=quarter(period))
    return BriefingChart(
        "behind",
        title,
        alt(kind, rows, plan, indicator, promise, period),
        lambda: bare(snapshot, AskedChart(kind, indicator.code)),
    )
