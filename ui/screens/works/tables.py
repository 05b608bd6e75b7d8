"""Beside the projects: the cost of a square metre, toilets and aid, and the cells of the project return."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from catalogue.display import NOTHING, day, entered, quantity, quarter
from catalogue.model import Project
from catalogue.naming import element_name
from catalogue.wording import pick, say
from sentences import reading, titles, works_words
from sentences.standings import TargetStanding, standings
from ui import reads
from ui.kit import cells, figures, markup, tables, why_light
from ui.kit.templates import render
from ui.reads import works
from ui.reads.kept import per_version
from ui.reads.snapshot import snapshot

COUNTED = (works.TOILETS, *reversed(works.AID))


@dataclass(frozen=True, slots=True)
class WorkCount:
    """An indicator that is counted: done, plan, pace. why_not: why nothing counts this quarter; last: what counted last."""

    indicator: str
    name: str
    quote: str
    lamp: Markup
    finding: str = ""
    coverage: str = ""
    meter: Markup = Markup()  # noqa: RUF009  (it never changes)
    figures: str = ""
    why_not: str = ""
    last: str = ""


@per_version(64, by=figures.key)
def unit_cost(basis: str, period: str) -> Markup:
    """Per project with a floor area: 元 per 平方米 by quarter against the plan's. Judges nothing."""
    rows = works.projects(basis)
    rows = rows[(rows["period"] <= period) & rows["planned_unit_cost"].notna()]
    told = [
        _cost(project, reading.records(rows[rows["project"] == project.code]))
        for project in reads.plan().projects.values()
        if project.code in set(rows["project"])
    ]
    return render("works/unit_cost.html", costs=told) if told else Markup()


@per_version(64, by=figures.key)
def counts(basis: str, period: str) -> Markup:
    """Toilets, pupils aided, aid paid: done, plan, pace."""
    plan, rows = reads.plan(), snapshot(basis, period).told
    found = {one.indicator.code: one for one in standings(rows, plan, period)}
    told = [_count(found[code], rows, basis, period) for code in COUNTED if code in found]
    return render("works/counts.html", counts=told)


@per_version(64, by=reads.place)
def shown_period(indicator: str, basis: str, period: str) -> str:
    """The newest quarter up to `period` in which somebody's number counts; `period` where none does."""
    rows = reading.about(reads.city(basis), None, indicator)
    told = rows[(rows["period"] <= period) & rows["value"].notna()]["period"]
    return period if told.empty else str(told.max())


def sources(basis: str, period: str) -> None:
    """The cells of the return that the projects' numbers stand on, and the workbook itself."""
    title, entries, files = _sources(basis, period)
    with st.expander(title):
        tables.html(entries, title=title)
        if len(files):
            cells.workbooks(files)


def _cost(project: Project, rows: list[Any]) -> tuple[str, list[str], Markup]:
    """The finding, notes to it, and the table. Grain: quarter."""
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
            *_costs(first.planned, first.planned_area, first.planned_unit_cost),
            NOTHING,
        ]
    ]
    lines += [[say(f"charts.quarter.{row.period[-1]}"), *_line(row)] for row in rows]
    how = say("works.cost.how", money=quantity(first.planned, "10k_yuan"), area=quantity(first.planned_area, "sqm"))
    return finding, [words for words in (explained, how) if words], markup.table(heads, lines, numbers=(1, 2, 3, 4))


def _costs(money: float, area: float, unit_cost: float) -> list[str]:
    return [quantity(money, "10k_yuan"), quantity(area, "sqm"), quantity(unit_cost, "yuan")]


def _line(row: Any) -> list[str]:
    """A quarter that does not count, or has no floor area yet, says so."""
    if reading.blank(row.invested):
        why = markup.muted(say(f"works.why.{works_words.why(row)}"))
        return [why, why, NOTHING, NOTHING]
    told = _costs(row.invested, row.area, row.unit_cost)
    if reading.blank(row.unit_cost):
        return [*told[:2], markup.muted(say("works.cost.no_area")), NOTHING]
    return [*told, works_words.signed(row.unit_cost_gap)]


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


def _count(one: TargetStanding, rows: pd.DataFrame, basis: str, period: str) -> WorkCount:
    code = one.indicator.code
    title = (code, pick(one.indicator), one.commitment.quote)
    if one.share is None:
        return _uncounted(title, basis, period)
    coverage, partial = _coverage(one, basis, period)
    return WorkCount(
        *title,
        why_light.lamp("works", one.light, code),
        finding=titles.finding(rows, one.indicator, one.commitment, reads.plan(), period),
        coverage=coverage,
        meter=markup.meter(one.share, one.pace, partial),
        figures=one.figures,
    )


def _coverage(one: TargetStanding, basis: str, period: str) -> tuple[str, bool]:
    """How many the number stands on, and whether some are not in it."""
    row = reads.city_row(basis, period, one.indicator.code)
    if basis == "filed" or row is None:
        return one.coverage, one.partial
    counted = {"approved": int(row.approved), "expected": int(row.expected)}
    return say("works.counts.approved", **counted), row.approved < row.expected


def _uncounted(title: tuple[str, str, str], basis: str, period: str) -> WorkCount:
    code = title[0]
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
    lamp = Markup() if last is None else markup.lamp(last.light)
    return WorkCount(*title, lamp, why_not=why, last=then)


@per_version(64, by=figures.key)
def _sources(basis: str, period: str) -> tuple[str, Markup, pd.DataFrame]:
    """Title, table, and sha256 and file_name of each workbook: of the newest return that counts."""
    row = works_words.latest(works.together(basis), period)
    at = period if row is None else row.period
    found = works.cells(basis, at)
    title = say("works.sources.title", period=quarter(at))
    if found.empty:
        return title, markup.note(say("works.sources.none")), found
    heads = [say(f"works.sources.{name}") for name in ("element", "value", "cell")]
    lines = [
        [element_name(reads.plan(), row.element), _entry(row), f"{row.sheet}!{row.cell}"] for row in found.itertuples()
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
