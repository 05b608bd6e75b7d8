"""Projects at one look: is each on time and on money. Built once per version, quarter, returns, language and mode."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
from markupsafe import Markup

from catalogue.display import NOTHING, quantity, quarter
from catalogue.model import Project
from catalogue.wording import pick, say
from reports.table_cells import Table
from sentences import reading, works_words
from sentences.works_words import AgainstPlan
from ui import reads
from ui.app import filters
from ui.kit import figures, markup, why_light
from ui.kit.templates import render
from ui.reads import works
from ui.reads.kept import per_version


@dataclass(frozen=True, slots=True)
class WorksMeasure:
    """Money, floor area or funds: what is done of what is planned, the pace, the light where one is given."""

    key: str
    meter: Markup
    share: str
    paced: str
    of_plan: str
    lamp: Markup


@dataclass(frozen=True, slots=True)
class ProjectCard:
    """A project. indicator: that its name leads to, or "". not_shown: why the quarter is not on show, and which one is.

    standing and what follows it: of the newest quarter that counts; "" where none does. stages: (place, word) in order.
    """

    name: str
    indicator: str
    not_shown: tuple[str, str] | None
    standing: str = ""
    measures: tuple[WorksMeasure, ...] = ()
    stages: tuple[tuple[str, str], ...] = ()
    days: str = ""
    source: str = ""


@per_version(64, by=figures.key)
def head(basis: str, period: str) -> Markup:
    """The finding about all projects together, and what it stands on."""
    together = works.together(basis)
    row = works_words.latest(together, period)
    funds = ""
    if row is not None and not reading.blank(row.funded):
        funds = say(
            "works.funds", funded=quantity(row.funded, "10k_yuan"), share=works_words.percent(row.funded_share)
        ) + _unspent(row)
    notes = " ".join(filter(None, (funds, say("works.note"))))
    return render("works/head.html", headline=works_words.headline(together, period), notes=notes)


@per_version(64, by=figures.key)
def cards(basis: str, period: str) -> Markup:
    """A card per project, in the plan's order."""
    plan, rows = reads.plan(), works.projects(basis)
    return render("works/cards.html", cards=[_card(project, rows, basis, period) for project in plan.projects.values()])


@per_version(64, by=figures.key)
def table(basis: str, period: str) -> Table:
    """The cards' numbers, a row per project, for whoever takes them away."""
    plan, rows = reads.plan(), works.projects(basis)
    heads = ("filter.project", "poster.head.period", *(f"works.card.{name}" for name in ("money", "area", "funded")))
    found = [(one, works_words.latest(rows, period, one.code)) for one in plan.projects.values()]
    told = [_numbers(project, row) for project, row in found if row is not None]
    more = ("poster.head.share", "board.pace", "works.card.stages", "board.judged")
    return Table(say("takeaway.table.projects"), tuple(say(key) for key in (*heads, *more)), tuple(told))


def _numbers(project: Project, row: Any) -> tuple[str, ...]:
    return (
        pick(project),
        quarter(row.period),
        quantity(row.invested, "10k_yuan"),
        quantity(row.area, "sqm"),
        quantity(row.funded, "10k_yuan"),
        works_words.percent(row.invested_share),
        NOTHING if reading.blank(row.pace_share) else works_words.percent(row.pace_share),
        works_words.stage_word(reads.plan(), project.code, row.stage),
        say(f"light.{row.light}") if row.light else NOTHING,
    )


def _unspent(row: Any) -> str:
    """What lies idle, or what was spent before it came."""
    if reading.blank(row.unspent) or row.unspent == 0:
        return ""
    key = "unspent_said" if row.unspent > 0 else "overspent_said"
    return say(f"works.{key}", amount=quantity(abs(row.unspent), "10k_yuan")) + say("works.stop")


def _card(project: Project, rows: pd.DataFrame, basis: str, period: str) -> ProjectCard:
    plan, row = reads.plan(), works_words.latest(rows, period, project.code)
    now = next((r for r in reading.records(rows[rows["project"] == project.code]) if r.period == period), None)
    indicator = works_words.indicator_of(plan, project.code, "invested")
    title, not_shown = (pick(project), indicator.code if indicator else ""), works_words.not_shown(row, now, period)
    if row is None:
        return ProjectCard(*title, not_shown)
    return ProjectCard(
        *title,
        not_shown,
        works_words.standing(plan, row),
        tuple(_measures(project, row)),
        tuple(_stages(project, row)),
        " · ".join(works_words.days(plan, project, row)),
        _source(project, row, basis),
    )


def _measures(project: Project, row: Any) -> list[WorksMeasure]:
    money, area = (
        _lamp(project, row, entry, light) for entry, light in (("invested", row.light), ("area", row.area_light))
    )
    invested = AgainstPlan(row.invested, row.planned, "10k_yuan", row.invested_share, row.pace_share)
    found = [_measure("money", invested, money)]
    if project.area is not None:
        built = AgainstPlan(row.area, row.planned_area, "sqm", row.area_share, row.area_pace_share)
        found.append(_measure("area", built, area))
    funded = AgainstPlan(row.funded, row.planned, "10k_yuan", row.funded_share)
    return [*found, _measure("funded", funded, Markup())]


def _lamp(project: Project, row: Any, entry: str, light: str | None) -> Markup:
    """Answers why where it is that of an indicator in the quarter on show."""
    indicator = works_words.indicator_of(reads.plan(), project.code, entry)
    if not light or indicator is None or row.period != filters.chosen_period():
        return markup.lamp(light) if light else Markup()
    return why_light.lamp("works", light, indicator.code)


def _measure(key: str, found: AgainstPlan, lamp: Markup) -> WorksMeasure:
    bar = markup.meter(_part(found.share), _part(found.pace))
    return WorksMeasure(key, bar, works_words.percent(found.share), found.at_pace, found.of_plan, lamp)


def _part(percent: float | None) -> float | None:
    """Meters take parts of one."""
    return None if percent is None or reading.blank(percent) else percent / 100


def _stages(project: Project, row: Any) -> list[tuple[str, str]]:
    """All stages in order: reached, here or ahead, and its word."""
    plan = reads.plan()
    keys = works_words.stages(plan, project.code)
    at = keys.index(row.stage) if row.stage in keys else -1
    return [
        ("here" if n == at else "reached" if n < at else "ahead", works_words.stage_word(plan, project.code, key))
        for n, key in enumerate(keys)
    ]


def _source(project: Project, row: Any, basis: str) -> str:
    """The cells of this card's numbers; "" where there are none."""
    found = works.cells(basis, row.period)
    mine = found[found["element"].str.startswith(f"project.{project.code}.")]
    if mine.empty:
        return ""
    first, last = mine.iloc[0], mine.iloc[-1]
    return say(
        "works.card.source", file=first["file_name"], sheet=first["sheet"], first=first["cell"], last=last["cell"]
    )
