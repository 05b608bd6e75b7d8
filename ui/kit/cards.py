"""Small sentences of several screens: a light, who has filed."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from pandas.io.formats.style import Styler

from catalogue.display import quarter
from catalogue.wording import say
from charts.theme import palette
from sentences.lights import LIGHTS, MARKS
from ui import reads
from ui.kit import figures
from ui.reads.kept import per_version


def light_label(light: str) -> str:
    """Mark and word: never a colour alone."""
    return f"{MARKS[light]} {say(f'light.{light}')}"


def lit(table: pd.DataFrame, columns: Sequence[str]) -> Styler:
    """A table with `light_label` in these columns, in the lights' own colours, as they are on every screen."""
    colours = palette(figures.mode()).lights
    by_label = {light_label(light): f"color: {colours[light]}" for light in LIGHTS}
    return table.style.map(lambda label: by_label.get(label, ""), subset=list(columns))


@per_version(64, by=(reads.spoken, reads.today))
def filing_line(period: str) -> str:
    """应报25份，已报23份，迟报1份，未报2份; of a quarter before the plan, what was put in later."""
    counts = reads.filing_counts(period)
    if not counts["owed"]:
        return say("overview.history", period=quarter(period), count=len(reads.receipts(period)))
    return say("overview.filing", period=quarter(period), **counts)


def unit_line(unit: str, period: str) -> str:
    """When this unit's return came and how it stands."""
    row = reads.return_status(period, unit)
    if row is None:
        return say("county.history", period=quarter(period))
    if row.state == "missing":
        return say("county.not_filed")
    at = f"{row.submitted_at:%Y-%m-%d}"
    return say("county.filed_late" if row.late else "county.filed", at=at, state=say(f"state.{row.state}"))
