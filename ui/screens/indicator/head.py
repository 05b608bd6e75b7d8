"""The head of an indicator's screen: its light, the clause, the figures, what is lacking and where the year would end."""

from __future__ import annotations

from typing import Any

import streamlit as st

from catalogue.display import NOTHING, bare, difference, quantity
from catalogue.model import Commitment, Indicator
from catalogue.wording import pick, say
from sentences import reading, why
from ui import reads
from ui.app import filters
from ui.kit import figures, markup, show, why_light
from ui.reads import progress, year_before
from ui.screens.indicator import words


def head(basis: str, period: str, indicator: str) -> str:
    """HTML; "" before the version has a row."""
    return _head(figures.key(), basis, period, indicator, tuple(filters.kept().items()))


@st.cache_resource(max_entries=256, show_spinner=False)
def _head(key: tuple, basis: str, period: str, code: str, kept: tuple) -> str:
    indicator, promise = reads.plan().indicators[code], reads.promise_of(code)
    row = reads.city_row(basis, period, code)
    if row is None:
        return ""
    number = f'<span class="id">{promise.id}</span> ' if promise else ""
    lamp = why_light.lamp("indicator", row.light, code, indicator=code)
    return (
        f'<div class="indicator-head"><h2>{lamp} {number}{markup.text(reading.city_name(indicator, promise))}</h2>'
        f'<p class="muted">{markup.text(show.as_of(row))} · {markup.text(why.verdict_words(row, promise))}</p>'
        f"{_clause(promise) if promise else ''}{_figures(row, basis, period, indicator)}{_otherwise(period, indicator)}{_so_what(row, basis, period, indicator)}</div>"
    )


def _clause(promise: Commitment) -> str:
    """The plan's own words, where they stand, and who answers for them."""
    where = show.clause_place(promise)
    task = markup.go("tasks", markup.text(where), task=str(promise.task))
    return f'<blockquote>{markup.text(promise.quote)}<span class="muted">{task}</span></blockquote>'


def _figures(row: Any, basis: str, period: str, indicator: Indicator) -> str:
    """Side by side, each under its name; the note says what the name does not."""
    ahead = progress.year_end(basis, period, indicator.code)
    same = say("progress.same", same=int(row.same_units), expected=int(row.expected)) if _compared(row) else ""
    last = year_before.of_city(basis, period).get(indicator.code)
    on_the_year = (
        NOTHING
        if last is None
        else say("year_before.redefined")
        if last.redefined
        else difference(last.change, last.measure)
    )
    told = [
        ("value", reading.worded(row), ""),
        ("target", reading.target_worded(row, reads.promise_of(indicator.code)), ""),
        ("pace", quantity(row.pace, row.measure), say("fact.pace_help")),
        ("change", difference(row.change, row.measure) + _then(row), same),
        ("year_before", on_the_year, last.hint if last else ""),
        ("coverage", f"{reading.stands_on(row)}/{int(row.expected)}", say("fact.coverage_help")),
        ("year_end", NOTHING if ahead is None else quantity(ahead, indicator.measure), say("progress.only_reference")),
    ]
    return (
        "<dl>"
        + "".join(
            f'<div title="{markup.text(hint)}"><dt>{markup.text(say(f"fact.{name}"))}</dt><dd class="{name}">{markup.text(value)}</dd></div>'
            for name, value, hint in told
            if value != NOTHING or name in ("value", "target")
        )
        + "</dl>"
    )


def _otherwise(period: str, indicator: Indicator) -> str:
    """In which years it was computed of other things, or had another name."""
    told, comma = [], say("store.comma")
    if years := reads.defined_otherwise(indicator.code, period):
        told.append(say("year_before.otherwise", years=comma.join(years)))
    named = {
        plan.code: pick(plan.indicators[indicator.code]) for plan in reads.plans() if indicator.code in plan.indicators
    }
    if other := {year: name for year, name in named.items() if name != pick(indicator)}:
        each = comma.join(say("year_before.named", year=year, name=name) for year, name in other.items())
        told.append(say("year_before.renamed", names=each))
    return f'<p class="muted">{markup.text(" ".join(told))}</p>' if told else ""


def _then(row: Any) -> str:
    """（74.44→76.02%） where units are missing: what those in the value had a quarter before."""
    before = reading.earlier(row)
    if before is None or not reading.is_partial(row):
        return ""
    told = say("board.from_to", then=bare(before, row.measure), now=reading.worded(row))
    return say("fact.like_for_like", told=told)


def _compared(row: Any) -> bool:
    return not reading.blank(row.change) and row.expected > 1


def _so_what(row: Any, basis: str, period: str, indicator: Indicator) -> str:
    ending, method = words.ahead(basis, period, indicator)
    lacking = words.lacking(basis, period, indicator, row)
    told = (
        f"<b>{markup.text(lacking)}</b>" if lacking else "",
        f"{markup.text(ending)} <small>{markup.text(method)}</small>" if method else "",
    )
    return "".join(f"<p>{sentence}</p>" for sentence in told if sentence)
