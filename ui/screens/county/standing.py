"""Where one unit stands on each indicator, computed once per version."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from sentences import unit_standing
from sentences.unit_standing import UnitStanding
from ui import reads


def of_unit(basis: str, period: str, unit: str) -> tuple[UnitStanding, ...]:
    """In the plan's order."""
    return _of_unit(reads.place(), reads.plan().digest, basis, period, unit)


@st.cache_resource(max_entries=64, show_spinner=False)
def _of_unit(place: reads.Place, plan: str, basis: str, period: str, unit: str) -> tuple[UnitStanding, ...]:
    rows = pd.concat([reads.city_of_period(basis, period), reads.of_subject(basis, unit)])
    return unit_standing.of_unit(rows, reads.places_of(unit, basis, period), reads.plan(), period, unit)
