"""On the wall, at the right: what needs attention, projects with stage and money, tasks, and the returns that came last."""

from __future__ import annotations

import streamlit as st

from catalogue.display import day, quantity
from catalogue.naming import who_owes
from catalogue.wording import say
from sentences import reading, works_words
from sentences.lights import LIGHTS
from ui import reads
from ui.kit import figures, markup
from ui.reads import tasks, works
from ui.screens.overview import attention

MOST, LAST = 3, 3  # lines of what needs attention, and of returns


def html(basis: str, period: str) -> str:
    return _html(figures.key(), basis, period, reads.today())


@st.cache_resource(max_entries=16, show_spinner=False)
def _html(key: tuple, basis: str, period: str, today: str) -> str:
    return f"{_attention(basis, period)}{_projects(basis, period)}{_tasks(basis, period)}{_returns(period)}"


def _card(title: str, inside: str, more: str = "") -> str:
    return f'<section class="wall-card {more}"><h3>{markup.text(title)}</h3>{inside}</section>' if inside else ""


def _attention(basis: str, period: str) -> str:
    lines = attention.lines(basis, period)
    told = "".join(
        f"<li>{markup.lamp(line.light, word=False)} {markup.text(line.sentence)}</li>" for line in lines[:MOST]
    )
    rest = len(lines) - MOST
    if rest > 0:
        told += f'<li class="muted">{markup.text(say("overview.more_to_attend", count=rest))}</li>'
    nothing = f'<p class="muted">{markup.text(say("overview.nothing_to_attend"))}</p>'
    return _card(say("overview.attention"), f'<ol class="wall-attend">{told}</ol>' if told else nothing, "grow")


def _projects(basis: str, period: str) -> str:
    plan, rows = reads.plan(), works.projects(basis)
    told = ""
    for project in plan.projects.values():
        row = works_words.latest(rows, period, project.code)
        if row is None:
            continue
        stage = works_words.stage_word(plan, project.code, row.stage)
        share, pace = (None if reading.blank(part) else part / 100 for part in (row.invested_share, row.pace_share))
        money = say(
            "works.card.of_plan", value=quantity(row.invested, "10k_yuan"), planned=quantity(row.planned, "10k_yuan")
        )
        lamp = markup.lamp(row.light, word=False) if row.light else ""
        told += (
            f'<div class="wall-work"><span>{lamp} {markup.text(works_words.short_name(plan, project))}</span><span class="muted">{markup.text(stage)}</span>'
            f"{markup.meter(share, pace)}<b>{markup.text(money)}</b></div>"
        )
    return _card(say("shell.page.works"), told)


def _tasks(basis: str, period: str) -> str:
    rows = tasks.tasks(basis, period)
    if rows.empty:
        return ""
    counts = rows[rows["commitments"] > 0]["light"].value_counts()
    told = " ".join(
        f'<span class="{"" if counts.get(light, 0) else "zero"}">{markup.lamp(light, word=False)} {int(counts.get(light, 0))}</span>'
        for light in LIGHTS
    )
    stuck = int((rows["attention"]).sum())
    return _card(
        say("wall.tasks", count=len(rows)),
        f'<p class="wall-row">{told}<span>{markup.text(say("wall.tasks_attention", count=stuck))}</span></p>',
    )


def _returns(period: str) -> str:
    counts = reads.filing_counts(period)
    rows, plan = reads.receipts(period), reads.plan()
    newest = rows.drop_duplicates(["form", "reporter"]).head(LAST)
    lines = "".join(
        f"<li>{markup.text(who_owes(plan, row.form, row.reporter))} <span class='muted'>{markup.text(day(row.received_at.date()))}"
        f" · {markup.text(say(f'state.{row.state}'))}{markup.text(say('wall.late_mark') if row.late else '')}</span></li>"
        for row in newest.itertuples()
    )
    head = f'<p class="wall-row"><b class="big">{counts["filed"]}</b><span>/ {markup.text(say("wall.returns_owed", count=counts["owed"]))}</span></p>'
    return _card(say("wall.returns"), f'{head}<ol class="wall-attend">{lines}</ol>')
