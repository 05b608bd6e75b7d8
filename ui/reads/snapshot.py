"""The version on show as files and figures are made from it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import streamlit as st

from catalogue import clock
from reports.snapshot import Snapshot
from ui import reads
from warehouse import store


def snapshot(basis: str, period: str) -> Snapshot:
    """Its frames are read when they are first asked for."""
    return _snapshot(reads.place(period), reads.plan(period).digest, basis, period, clock.today())


@st.cache_resource(max_entries=32, show_spinner=False)
def _snapshot(place: reads.Place, plan: str, basis: str, period: str, today: date) -> Snapshot:
    folder, number, _ = place
    return Snapshot(reads.plan(period), store.version(Path(folder), number), basis, period, today)
