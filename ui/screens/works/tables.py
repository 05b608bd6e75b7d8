"""Beside the projects: the cost of a square metre, toilets and aid, and the cells of the project return. HTML."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from catalogue.display import NOTHING, day, entered, quantity, quarter
from catalogue.model import Project
from catalogue.naming import element_name
from catalogue.wording import pick, say
from sentences import reading, titles, works_words
from sentences.standings import TargetStanding, standings
from ui import reads
from ui.kit import cells, figures, markup, tables, why_light
from ui.reads import works
from ui.reads.snapshot import snapshot

COUNTED = (works.TOILETS, *reversed(works.AID))


def unit_cost(basis: str, period: str) -> str:
    """Per project with a floor area: 元 per 平方米 by quarter against the plan's. Judges nothing."""
    return _unit_cost(figures.key(), basis, period)


def counts(basis: str, period: str) -> str:
    """Toilets, pupils aided, aid paid: done, plan, pace."""
    return _counts(figures.key(), basis, period)


def shown_period(indicator: str, basis: str, period: str) -> str:
    """The newest quarter up to `period` in which somebody's number counts; `period` where none does."""
    return _shown_period(reads.place(), indicator, basis, period)


def sources(basis: str, period: str) -> None:
    """The cells of the return that the projects' numbers stand on, and the workbook itself."""
    title, entries, files = _sources(figures.key(), basis, period)
    with st.expander(title):
        tables.html(entries, title=title)
        if len(files):
            cells.workbooks(files)


@st.cache_resource(max_entries=64, show_spinner=False)
def _shown_period(place: reads.Place, indicator: str, basis: str, period: str) -> str:
    rows = reading.about(reads.city(basis), None, indicator)
    told = rows[(rows["period"] <= period) & rows["value"].notna()]["period"]
    return period if told.empty else str(told.max())


@st.cache_resource(max_entries=64, show_spinner=False)
def _unit_cost(key: tuple, basis: str, period: str) -> str:
    rows = works.projects(basis)
    rows = rows[(rows["period"] <= period) & rows["planned_unit_cost"].notna()]
    told = [
        _cost(project, reading.records(rows[rows["project"] == project.code]))
        for project in reads.plan().projects.values()
        if project.code in set(rows["project"])
    ]
    return (
        f'<h3 class="works-title">{markup.text(say("works.cost.title"))} {markup.tag(say("works.cost.check_only"))}</h3>{"".join(told)}'
        if told
        else ""
    )


def _cost(project: Project, rows: list[Any]) -> str:
    last = next((row for row in reversed(rows) if not reading.blank(row.unit_cost)), None)
    about = {"project": pick(project), "planned": quantity(rows[-1].planned_unit_cost, "yuan")}
    if last is None:
        finding, explained = say("works.cost.finding_none", **about), ""
    else:
        finding = say(
            "works.cost.finding",
            period=quarter(last.period),
            so_far=quantity(last.unit_cost, "yuan"),
            gap=_gap(last),
            **about,
        )
        shares = {"money": works_words.percent(last.invested_share), "area": works_words.percent(last.area_share)}
        explained = say(f"works.cost.{_side(last)}", **shares)
    heads = [say(f"works.cost.{name}") for name in ("quarter", "money", "area", "unit_cost", "gap")]
    first = rows[0]
    lines = [
        [
            say("works.cost.plan_row"),
            *(markup.text(words) for words in _costs(first.planned, first.planned_area, first.planned_unit_cost)),
            NOTHING,
        ]
    ]
    lines += [[markup.text(say(f"charts.quarter.{row.period[-1]}")), *_line(row)] for row in rows]
    how = say("works.cost.how", money=quantity(first.planned, "10k_yuan"), area=quantity(first.planned_area, "sqm"))
    notes = "".join(f'<p class="muted works-note">{markup.text(words)}</p>' for words in (explained, how) if words)
    return (
        f'<div class="works-cost"><div><p class="works-line">{markup.text(finding)}{markup.text(say("works.stop"))}</p>{notes}</div>'
        f"{markup.table(heads, lines, numbers=(1, 2, 3, 4))}</div>"
    )


def _costs(money: float, area: float, unit_cost: float) -> list[str]:
    return [quantity(money, "10k_yuan"), quantity(area, "sqm"), quantity(unit_cost, "yuan")]


def _line(row: Any) -> list[str]:
    """A quarter that does not count, or has no floor area yet, says so."""
    if reading.blank(row.invested):
        why = f'<span class="muted">{markup.text(say(f"works.why.{works_words.why(row)}"))}</span>'
        return [why, why, NOTHING, NOTHING]
    told = [markup.text(words) for words in _costs(row.invested, row.area, row.unit_cost)]
    if reading.blank(row.unit_cost):
        return [*told[:2], f'<span class="muted">{markup.text(say("works.cost.no_area"))}</span>', NOTHING]
    return [*told, markup.text(works_words.signed(row.unit_cost_gap))]


def _side(row: Any) -> str:
    """What runs ahead of the other."""
    return "even" if abs(row.unit_cost_gap) < works_words.LEVEL else "ahead" if row.unit_cost_gap > 0 else "after"


def _gap(row: Any) -> str:
    share = quantity(abs(row.unit_cost_gap), "percent", 1)
    return (
        say("works.cost.same")
        if _side(row) == "even"
        else say(f"works.cost.{'higher' if row.unit_cost_gap > 0 else 'lower'}", share=share)
    )


@st.cache_resource(max_entries=64, show_spinner=False)
def _counts(key: tuple, basis: str, period: str) -> str:
    plan, rows = reads.plan(), snapshot(basis, period).told
    found = {one.indicator.code: one for one in standings(rows, plan, period)}
    told = [_count(found[code], rows, basis, period) for code in COUNTED if code in found]
    return f'<div class="works-cards">{"".join(told)}</div>'


def _count(one: TargetStanding, rows: pd.DataFrame, basis: str, period: str) -> str:
    plan, code = reads.plan(), one.indicator.code
    title = markup.go("indicator", markup.text(pick(one.indicator)), title=one.commitment.quote, indicator=code)
    told = [f"<h3>{title}</h3>"]
    if one.share is None:
        told.append(_uncounted(code, basis, period))
    else:
        sentence = titles.finding(rows, one.indicator, one.commitment, plan, period)
        coverage, partial = _coverage(one, basis, period)
        lamp = why_light.lamp("works", one.light, code)
        told.append(
            f'<p class="works-line">{markup.text(sentence)}{markup.text(say("works.stop"))}</p>'
            f'<div class="works-measures"><span class="muted">{markup.text(coverage)}</span>'
            f"<span>{markup.meter(one.share, one.pace, partial)}</span>"
            f'<span class="n"><b>{markup.text(one.figures)}</b></span><span class="works-of">{lamp}</span></div>'
        )
    return f'<div class="works-card">{"".join(told)}</div>'


def _coverage(one: TargetStanding, basis: str, period: str) -> tuple[str, bool]:
    """How many the number stands on, and whether some are not in it."""
    row = reads.city_row(basis, period, one.indicator.code)
    if basis == "filed" or row is None:
        return one.coverage, one.partial
    counted = {"approved": int(row.approved), "expected": int(row.expected)}
    return say("works.counts.approved", **counted), row.approved < row.expected


def _uncounted(code: str, basis: str, period: str) -> str:
    """Why nothing counts this quarter, and what counted last."""
    now, at = reads.city_row(basis, period, code), shown_period(code, basis, period)
    filed = 0 if now is None else int(now.filed)
    why = (
        say("works.counts.unreviewed", period=quarter(period), filed=filed)
        if filed
        else say("works.counts.unfiled", period=quarter(period))
    )
    last = reads.city_row(basis, at, code) if at != period else None
    then = (
        "" if last is None else say("works.counts.last", period=quarter(at), value=quantity(last.value, last.measure))
    )
    lamp = "" if last is None else markup.lamp(last.light)
    return f'<p class="works-note">{markup.tag(f"○ {why}", "grey")}</p><p class="muted works-note">{markup.text(then)} {lamp}</p>'


@st.cache_resource(max_entries=64, show_spinner=False)
def _sources(key: tuple, basis: str, period: str) -> tuple[str, str, pd.DataFrame]:
    """Title, table, and sha256 and file_name of each workbook: of the newest return that counts."""
    row = works_words.latest(works.together(basis), period)
    at = period if row is None else row.period
    found = works.cells(basis, at)
    title = say("works.sources.title", period=quarter(at))
    if found.empty:
        return title, f'<p class="muted">{markup.text(say("works.sources.none"))}</p>', found
    heads = [say(f"works.sources.{name}") for name in ("element", "value", "cell")]
    lines = [
        [
            markup.text(element_name(reads.plan(), row.element)),
            markup.text(_entry(row)),
            markup.text(f"{row.sheet}!{row.cell}"),
        ]
        for row in found.itertuples()
    ]
    files = found.drop_duplicates("sha256")
    told = say("works.list").join(
        say("works.sources.caption", number=one.number, file=one.file_name) for one in files.itertuples()
    )
    return title, markup.table(heads, lines, caption=told), files[["sha256", "file_name"]]


def _entry(row: Any) -> str:
    """As it stands in the return: a number with its unit, a stage, a day."""
    element = reads.plan().elements[row.element]
    if row.state != "value":
        return say(f"works.sources.{row.state}")
    if element.kind == "choice":
        return works_words.stage_word(reads.plan(), row.element.split(".")[1], row.text)
    if element.kind == "date":
        return day(date.fromisoformat(row.text))
    return entered(row.value, element.measure)
