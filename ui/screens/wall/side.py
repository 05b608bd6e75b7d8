"""On the wall, at the right: what needs attention, projects with stage and money, tasks, and the returns that came last."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from catalogue.display import day, quantity
from catalogue.naming import who_owes
from catalogue.wording import say
from sentences import reading, works_words
from sentences.lights import LIGHTS
from ui import reads
from ui.kit import figures, markup
from ui.kit.templates import render
from ui.reads import tasks, works
from ui.reads.kept import per_version
from ui.screens.overview import attention

MOST, LAST = 3, 3  # lines of what needs attention, and of returns


@dataclass(frozen=True, slots=True)
class WallProject:
    """One of the works in a line. light: "" where none is given; meter: its money on the way."""

    name: str
    light: str
    stage: str
    meter: Markup
    money: str


@per_version(16, by=(figures.key, reads.today))
def html(basis: str, period: str) -> Markup:
    lines, rows = attention.lines(basis, period), tasks.tasks(basis, period)
    by_light = rows[rows["commitments"] > 0]["light"].value_counts()
    return render(
        "wall/side.html",
        attended=lines[:MOST],
        rest=len(lines) - MOST,
        projects=_projects(basis, period),
        tasks=None if rows.empty else len(rows),
        by_light=[(light, int(by_light.get(light, 0))) for light in LIGHTS],
        stuck=int(rows["attention"].sum()),
        returns=reads.filing_counts(period),
        newest=_returns(period),
    )


def _projects(basis: str, period: str) -> list[WallProject]:
    plan, rows, told = reads.plan(), works.projects(basis), []
    for project in plan.projects.values():
        row = works_words.latest(rows, period, project.code)
        if row is None:
            continue
        share, pace = (None if reading.blank(part) else part / 100 for part in (row.invested_share, row.pace_share))
        money = say(
            "works.card.of_plan", value=quantity(row.invested, "10k_yuan"), planned=quantity(row.planned, "10k_yuan")
        )
        name, stage = works_words.short_name(plan, project), works_words.stage_word(plan, project.code, row.stage)
        told.append(WallProject(name, row.light or "", stage, markup.meter(share, pace), money))
    return told


def _returns(period: str) -> list[tuple[str, str]]:
    """Whose return came last, and when it came and how it stands."""
    rows, plan = reads.receipts(period), reads.plan()
    newest = rows.drop_duplicates(["form", "reporter"]).head(LAST)
    return [
        (
            who_owes(plan, row.form, row.reporter),
            f"{day(row.received_at.date())} · {say(f'state.{row.state}')}{say('wall.late_mark') if row.late else ''}",
        )
        for row in newest.itertuples()
    ]
