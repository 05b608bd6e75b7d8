"""Where one unit stands on each indicator, computed once per version."""

from __future__ import annotations

import pandas as pd

from sentences import unit_standing
from sentences.unit_standing import UnitStanding
from ui import reads
from ui.reads.kept import per_version


@per_version(64, by=reads.edition)
def of_unit(basis: str, period: str, unit: str) -> tuple[UnitStanding, ...]:
    """In the plan's order."""
    rows = pd.concat([reads.city_of_period(basis, period), reads.of_subject(basis, unit)])
    return unit_standing.of_unit(rows, reads.places_of(unit, basis, period), reads.plan(), period, unit)
