"""The rows and cells of the matrix of units by indicators, before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from catalogue.model import Indicator, Plan
from catalogue.period import Period
from catalogue.wording import pick, say
from sentences import reading

GROUNDS = ("plain", "ahead", "missing", "blank")


@dataclass(frozen=True, slots=True)
class MatrixLine:
    """An indicator's row of cells; `y` is the cells' middle."""

    indicator: Indicator
    y: float
    readings: list[reading.UnitReading]
    goal: float | None  # the city's target, where units can be held against it

    @property
    def name(self) -> str:
        measure = say(f"measure.{self.indicator.measure}")
        return (
            say("charts.with_measure", name=pick(self.indicator), measure=measure) if measure else pick(self.indicator)
        )


def matrix_title(rows: pd.DataFrame, plan: Plan, period: Period | str | None = None) -> str:
    """8家单位34项指标：红灯3处、黄灯5处、未报12处."""
    lines, _ = matrix_lines(rows, plan, reading.newest(rows, period))
    return title_of(lines, plan) if lines else say("charts.nothing")


def title_of(lines: list[MatrixLine], plan: Plan) -> str:
    cells = [r for line in lines for r in line.readings]
    lights = [r.light for r in cells]
    return say(
        "charts.headline.matrix",
        units=len(plan.units),
        indicators=len(lines),
        red=lights.count("red"),
        yellow=lights.count("yellow"),
        missing=sum(r.state == "missing" for r in cells),
    )


def matrix_lines(
    rows: pd.DataFrame, plan: Plan, at: str | None, head: float = 1.0, middle: float = 0.5
) -> tuple[list[MatrixLine], list[tuple[float, str]]]:
    """The rows of cells under their themes, and the themes' headings with their heights.

    head: rows a heading takes; middle: where in its row a cell's middle lies.
    """
    told = set(rows.loc[rows["subject"].notna() & (rows["period"] == at), "indicator"])
    goals = {
        c.indicator: float(c.value) for c in plan.commitments.values() if c.value is not None and c.scope == "city"
    }
    lines: list[MatrixLine] = []
    heads: list[tuple[float, str]] = []
    y = 0.0
    for entry in plan.themes.values():
        shown = [
            i
            for i in plan.indicators.values()
            if i.theme == entry.code and i.code in told and sum(code in plan.units for code in i.units) > 1
        ]
        if shown:
            heads.append((round(y, 2), pick(entry, "title")))
            y += head
        for indicator in shown:
            lines.append(
                MatrixLine(
                    indicator,
                    round(y + middle, 2),
                    reading.unit_readings(rows, indicator, plan, at),
                    goals.get(indicator.code),
                )
            )
            y += 1
    return lines, heads


def ground(line: MatrixLine, r: reading.UnitReading) -> str:
    """What a cell lies on; one of GROUNDS."""
    if r.value is None:
        return "missing" if r.state == "missing" else "blank"
    if line.goal is None:
        return "plain"
    ahead = r.value <= line.goal if line.indicator.better == "lower" else r.value >= line.goal
    return "ahead" if ahead else "plain"
