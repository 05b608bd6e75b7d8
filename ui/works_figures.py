"""The figures of money and works, drawn once per version, choice, language, theme and kind of screen."""
from __future__ import annotations

import streamlit as st

from catalogue.display import quarter
from catalogue.wording import pick, say
from charts import aid as aid_chart
from charts import reading, works_words
from charts.investment import investment as draw_investment
from charts.investment import panels_of, worded
from charts.project_timeline import lane_words, project_timeline, timeline_title
from charts.theme import picture_name
from ui import figures, reads, reads_works
from ui.figures import Picture


def investment(basis: str, period: str) -> Picture:
    return _investment(figures.key(), basis, period)


def timeline(basis: str, period: str) -> Picture:
    return _timeline(figures.key(), basis, period)


def aid(basis: str, period: str) -> Picture:
    return _aid(figures.key(), basis, period)


@st.cache_resource(max_entries=64, show_spinner=False)
def _investment(key: tuple, basis: str, period: str) -> Picture:
    *_, mode, wide = key
    rows, together, plan = reads_works.projects(basis), reads_works.together(basis), reads.plan()
    points = [
        (say("works.figure.in_quarter", name=panel.name, period=quarter(row.period)), worded(row))
        for panel in panels_of(rows, together, plan, period) for row in panel.rows
    ]
    alt = _said("works.figure.investment_alt", works_words.headline(together, period), points)
    return Picture(
        draw_investment(rows, together, plan, mode, period, wide), picture_name(say("works.figure.investment"), period), alt,
    )


@st.cache_resource(max_entries=64, show_spinner=False)
def _timeline(key: tuple, basis: str, period: str) -> Picture:
    *_, mode, wide = key
    rows, plan = reads_works.projects(basis), reads.plan()
    points = [
        (
            say("works.figure.in_quarter", name=pick(plan.projects[row.project]), period=quarter(row.period)),
            say("works.list").join(filter(None, lane_words(row, plan, row.project, row.period, period))),
        )
        for row in reading.records(rows) if row.period <= period and row.project in plan.projects
    ]
    alt = _said("works.figure.timeline_alt", timeline_title(rows, plan, period), points)
    return Picture(project_timeline(rows, plan, mode, period, wide), picture_name(say("works.figure.timeline"), period), alt)


@st.cache_resource(max_entries=64, show_spinner=False)
def _aid(key: tuple, basis: str, period: str) -> Picture:
    *_, mode, wide = key
    rows, plan = reads_works.per_head(basis), reads.plan()
    money, heads = reads_works.aid_promises()
    _, units = aid_chart.told(rows, plan, period)
    points = [(pick(plan.units[row.subject]), aid_chart.worded(row)) for row in units]
    alt = _said("works.figure.aid_alt", aid_chart.aid_title(rows, plan, period), points)
    return Picture(
        aid_chart.aid_per_pupil(rows, plan, money, heads, mode, period, wide), picture_name(say("works.figure.aid"), period), alt,
    )


def _said(key: str, title: str, points: list[tuple[str, str]]) -> str:
    if not points:
        return title
    listed = say("charts.alt.stop").join(say("charts.alt.point", name=name, value=value) for name, value in points)
    return say(key, title=title, points=listed)
