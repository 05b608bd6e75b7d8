"""A slider per unit: what the city's number becomes. Nothing is saved; a move reruns this piece of the screen only."""

from __future__ import annotations

from typing import Any

import streamlit as st

from catalogue.display import difference, distance, quantity
from catalogue.model import Indicator
from catalogue.wording import say, use_language
from sentences import gaps, reading
from ui import reads
from ui.app import filters
from ui.kit import cards
from ui.reads import progress
from ui.reads.kept import per_version
from ui.screens.indicator import what_if, words
from ui.screens.indicator.what_if import WhatIfPart

PERCENT = (100.0, 0.1)  # top and step of a slider


@st.fragment
def show(basis: str, period: str, indicator: Indicator) -> None:
    """For ratios and sums of several units that have a number; nothing for other indicators."""
    use_language(filters.language_from_url())  # a fragment runs by itself, without what the shell set
    parts = _parts(basis, period, indicator.code)
    if not parts or not st.toggle(say("progress.if.title"), key="what if"):
        return
    row = reads.city_row(basis, period, indicator.code)
    st.caption(
        say(
            "progress.if.note" if indicator.is_ratio else "progress.if.note_sum",
            whole=words.named(indicator.denominator),
        )
    )
    told = st.empty()
    keys = {part.unit: f"if {reads.number()} {basis} {period} {indicator.code} {part.unit}" for part in parts}
    starts = {part.unit: _start(part, indicator) for part in parts}
    with st.grid(4, min_column_width=190, gap="small"):
        moved = {part.unit: _slider(part, keys[part.unit], starts[part.unit], row, indicator) for part in parts}
    moved = {unit: value for unit, value in moved.items() if value != starts[unit]}
    st.button(
        say("progress.if.reset"),
        on_click=_reset,
        args=({keys[unit]: starts[unit] for unit in keys},),
        key="what if reset",
    )
    told.markdown(_told(what_if.city(parts, moved, indicator.is_ratio), bool(moved), row, basis, period, indicator))


@per_version(256, by=reads.place)
def _parts(basis: str, period: str, code: str) -> list[WhatIfPart]:
    """Empty where a city number cannot be made from units' numbers."""
    indicator = reads.plan().indicators[code]
    if indicator.scope not in ("city", "sum") or len(indicator.units) < 2:
        return []
    rows = reads.of_indicator(basis, indicator.code)
    mine = rows[(rows["period"] == period) & rows["subject"].notna() & rows["value"].notna()]
    return [
        WhatIfPart(row.subject, row.value, row.denominator if indicator.is_ratio else 1) for row in mine.itertuples()
    ]


def _start(part: WhatIfPart, indicator: Indicator) -> float:
    """Where a slider stands while nobody has moved it; then the exact number counts."""
    return float(round(part.value, 1)) if indicator.is_ratio else float(part.value)


def _slider(part: WhatIfPart, key: str, start: float, row: Any, indicator: Indicator) -> float:
    goal = 0 if reading.blank(row.target) else row.target
    top, step = (
        PERCENT if indicator.is_ratio else what_if.reach(part.value, goal, whole=indicator.measure != "10k_yuan")
    )
    st.session_state.setdefault(key, start)
    label = f"{reads.subject_name(part.unit)} {quantity(part.value, indicator.measure)}"
    return st.slider(label, 0.0, float(top), step=float(step), key=key, format="%.1f" if indicator.is_ratio else "%.0f")


def _reset(starts: dict[str, float]) -> None:
    st.session_state.update(starts)


def _told(sums: tuple[float, float], moved: bool, row: Any, basis: str, period: str, indicator: Indicator) -> str:
    value = sums[0] / sums[1]
    now, then = quantity(row.value, row.measure), quantity(value, row.measure)
    if not moved:
        return f"**{say('progress.if.result_same', now=now)}**"
    change = difference(value - row.value, row.measure)
    parts = [f"**{say('progress.if.result', now=now, then=then, change=change)}**"]
    held = progress.yardstick(basis, period, indicator.code)
    if not reading.blank(row.target):
        short = held.sign * (row.target - value)
        fields = {"target": quantity(row.target, row.measure), "gap": distance(short, row.measure)}
        promise = reads.promise_of(indicator.code)
        way = f"_{told}" if promise is not None and (told := gaps.kind(promise)) else ""
        parts.append(say(f"progress.if.{'to_go' if short > 0 else 'reached'}{way}", **fields))
    parts.append(_light(progress.light_if(basis, period, indicator.code, sums), row, held))
    return say("progress.comma").join(filter(None, parts))


def _light(light: str, row: Any, held: Any) -> str:
    """In words only: no lamp is lit by a calculation, and none is green on partial returns."""
    if held.rule in ("none", "no_subtarget") or not held.due:
        return ""
    if not reading.is_partial(row):
        return say("progress.if.light", light=cards.light_label(light))
    key = "partial_green" if light == "green" else "partial"
    return say(f"progress.if.{key}", coverage=reading.coverage(row), light=say(f"light.{light}"))
