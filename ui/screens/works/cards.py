"""Projects at one look: is each on time and on money. HTML, built once per version, quarter, returns, language and mode."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from catalogue.display import NOTHING, quantity, quarter
from catalogue.model import Project
from catalogue.wording import pick, say
from reports.table_cells import Table
from sentences import reading, works_words
from ui import reads
from ui.app import filters
from ui.kit import figures, markup, why_light
from ui.reads import works


def head(basis: str, period: str) -> str:
    """The finding about all projects together, and what it stands on."""
    return _head(figures.key(), basis, period)


def cards(basis: str, period: str) -> str:
    """A card per project, in the plan's order."""
    return _cards(figures.key(), basis, period)


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


@st.cache_resource(max_entries=64, show_spinner=False)
def _head(key: tuple, basis: str, period: str) -> str:
    together = works.together(basis)
    row = works_words.latest(together, period)
    funds = ""
    if row is not None and not reading.blank(row.funded):
        funds = say(
            "works.funds", funded=quantity(row.funded, "10k_yuan"), share=works_words.percent(row.funded_share)
        ) + _unspent(row)
    return (
        f'<div class="works-head"><h2>{markup.text(works_words.headline(together, period))}</h2>'
        f'<p class="muted">{markup.text(" ".join(filter(None, (funds, say("works.note")))))}</p></div>'
    )


def _unspent(row: Any) -> str:
    """What lies idle, or what was spent before it came."""
    if reading.blank(row.unspent) or row.unspent == 0:
        return ""
    key = "unspent_said" if row.unspent > 0 else "overspent_said"
    return say(f"works.{key}", amount=quantity(abs(row.unspent), "10k_yuan")) + say("works.stop")


@st.cache_resource(max_entries=64, show_spinner=False)
def _cards(key: tuple, basis: str, period: str) -> str:
    plan, rows = reads.plan(), works.projects(basis)
    return f'<div class="works-cards">{"".join(_card(project, rows, basis, period) for project in plan.projects.values())}</div>'


def _card(project: Project, rows: pd.DataFrame, basis: str, period: str) -> str:
    row = works_words.latest(rows, period, project.code)
    now = next((r for r in reading.records(rows[rows["project"] == project.code]) if r.period == period), None)
    told = [_title(project), _state(row, now, period)]
    if row is not None:
        told += [
            _sentence(row),
            _measures(project, row),
            _ladder(project, row),
            _days(project, row),
            _source(project, row, basis),
        ]
    return f'<div class="works-card">{"".join(told)}</div>'


def _title(project: Project) -> str:
    indicator = works_words.indicator_of(reads.plan(), project.code, "invested")
    name = markup.text(pick(project))
    return f"<h3>{markup.go('indicator', name, indicator=indicator.code) if indicator else name}</h3>"


def _state(row: Any | None, now: Any | None, period: str) -> str:
    """Why this quarter is not on show, and which one is; nothing where it is."""
    told = works_words.not_shown(row, now, period)
    return (
        f'<p class="works-note">{markup.tag(f"○ {told[0]}", "grey")} <span class="muted">{markup.text(told[1])}</span></p>'
        if told
        else ""
    )


def _sentence(row: Any) -> str:
    return f'<p class="works-line">{markup.text(works_words.standing(reads.plan(), row))}</p>'


def _measures(project: Project, row: Any) -> str:
    """Money, floor area, funds: what is done of what is planned, the pace, the light where one is given."""
    money, area = (
        _lamp(project, row, entry, light) for entry, light in (("invested", row.light), ("area", row.area_light))
    )
    lines = [_measure("money", row.invested, row.planned, "10k_yuan", row.invested_share, row.pace_share, money)]
    if project.area is not None:
        lines.append(_measure("area", row.area, row.planned_area, "sqm", row.area_share, row.area_pace_share, area))
    lines.append(_measure("funded", row.funded, row.planned, "10k_yuan", row.funded_share, None, ""))
    return f'<div class="works-measures">{"".join(lines)}</div>'


def _lamp(project: Project, row: Any, entry: str, light: str | None) -> str:
    """HTML; answers why where it is that of an indicator in the quarter on show."""
    indicator = works_words.indicator_of(reads.plan(), project.code, entry)
    if not light or indicator is None or row.period != filters.chosen_period():
        return markup.lamp(light) if light else ""
    return why_light.lamp("works", light, indicator.code)


def _measure(key: str, value: float, planned: float, measure: str, share: float, pace: float | None, lamp: str) -> str:
    """Four cells of the card's grid. lamp: HTML."""
    of_plan = (
        quantity(value, measure)
        if reading.blank(planned)
        else say("works.card.of_plan", value=quantity(value, measure), planned=quantity(planned, measure))
    )
    paced = "" if reading.blank(pace) else say("works.card.at_pace", pace=works_words.percent(pace))
    return (
        f'<span class="muted">{markup.text(say(f"works.card.{key}"))}</span>'
        f"<span>{markup.meter(_part(share), _part(pace))}</span>"
        f'<span class="n"><b>{markup.text(works_words.percent(share))}</b> <span class="muted">{markup.text(paced)}</span></span>'
        f'<span class="works-of"><span>{markup.text(of_plan)}</span>{lamp}</span>'
    )


def _part(percent: float | None) -> float | None:
    """Meters take parts of one."""
    return None if percent is None or reading.blank(percent) else percent / 100


def _ladder(project: Project, row: Any) -> str:
    """All stages in order: shape and word for reached, here and ahead."""
    plan = reads.plan()
    keys = works_words.stages(plan, project.code)
    at = keys.index(row.stage) if row.stage in keys else -1
    steps = []
    for n, key in enumerate(keys):
        place, mark = ("here", "◉") if n == at else ("reached", "✓") if n < at else ("ahead", "○")
        hint = markup.text(say(f"works.card.{place}"))
        current = ' aria-current="step"' if n == at else ""
        steps.append(
            f'<li class="{place}" title="{hint}"{current}><i>{mark}</i><span>{markup.text(works_words.stage_word(plan, project.code, key))}</span>'
            f'<span class="unseen">{hint}</span></li>'
        )
    return f'<ol class="works-stages" aria-label="{markup.text(say("works.card.stages"))}">{"".join(steps)}</ol>'


def _days(project: Project, row: Any) -> str:
    return f'<p class="works-days">{" · ".join(map(markup.text, works_words.days(reads.plan(), project, row)))}</p>'


def _source(project: Project, row: Any, basis: str) -> str:
    """The cells of this card's numbers."""
    found = works.cells(basis, row.period)
    mine = found[found["element"].str.startswith(f"project.{project.code}.")]
    if mine.empty:
        return ""
    first, last = mine.iloc[0], mine.iloc[-1]
    said = say(
        "works.card.source", file=first["file_name"], sheet=first["sheet"], first=first["cell"], last=last["cell"]
    )
    return f'<p class="works-source">{markup.text(said)}</p>'
