"""One project on one picture: money, floor area and stage against the plan, quarter by quarter."""

from __future__ import annotations

from typing import Any

from catalogue.display import NOTHING, quantity, quarter
from catalogue.model import Project
from catalogue.wording import pick, say
from charts.canvas import BODY, SIDE, SMALL, Canvas
from reports.pictures import poster
from reports.pictures.poster import Poster
from reports.proof import Number, numbers_of
from reports.snapshot import Snapshot
from sentences import reading, works_words
from sentences.works_words import AgainstPlan
from warehouse.reads.works import project_cells

ENTRIES = ("invested", "area", "funded")
ROW = 26
DOT = 13  # px from the middle of a stage's dot to where the line to the next begins
MONEY, SHARE = 270, 350  # px: right edges of the columns


def project(snapshot: Snapshot, code: str) -> Poster:
    plan, one = snapshot.plan, snapshot.plan.projects[code]
    sheet = poster.begin(snapshot, poster.titled(snapshot.period, say("poster.project")))
    poster.stands_on(sheet, snapshot)
    sheet.y += 8
    sheet.paragraph(pick(one), 17, bold=True)
    row = works_words.latest(snapshot.projects, snapshot.period, code)
    mine = [
        r
        for r in reading.records(snapshot.projects[snapshot.projects["project"] == code])
        if r.period <= snapshot.period
    ]
    for told in (
        works_words.not_shown(row, next((r for r in mine if r.period == snapshot.period), None), snapshot.period) or ()
    ):
        sheet.paragraph(told, colour=sheet.look.muted)
    if row is not None:
        sheet.paragraph(works_words.standing(plan, row))
        _measures(sheet, one, row)
        _stages(sheet, snapshot, one, row)
        sheet.paragraph(" · ".join(works_words.days(plan, one, row)), colour=sheet.look.muted)
    _quarters(sheet, snapshot, mine)
    return poster.end(sheet, snapshot, "poster", _numbers(snapshot, code), sources=_sources(snapshot, code))


def _measures(sheet: Canvas, one: Project, row: Any) -> None:
    """A bar each: money against the plan, floor area, funds that came."""
    money = AgainstPlan(row.invested, row.planned, "10k_yuan", row.invested_share, row.pace_share)
    _measure(sheet, "money", money, row.light)
    if one.area is not None:
        area = AgainstPlan(row.area, row.planned_area, "sqm", row.area_share, row.area_pace_share)
        _measure(sheet, "area", area, row.area_light)
    _measure(sheet, "funded", AgainstPlan(row.funded, row.planned, "10k_yuan", row.funded_share))
    sheet.y += 6


def _measure(sheet: Canvas, key: str, found: AgainstPlan, light: str | None = None) -> None:
    top, low = sheet.y + 16, sheet.y + 37
    sheet.words(say(f"works.card.{key}"), (SIDE, top), bold=True)
    if light:
        sheet.light(light, SIDE + 84, top)
        sheet.words(say(f"light.{light}"), (SIDE + 94, top), SMALL)
    sheet.words(found.of_plan, (sheet.width - SIDE, top), BODY, anchor="right")
    parts = [None if reading.blank(part) else part / 100 for part in (found.share, found.pace)]
    sheet.meter((SIDE, low), 330, *parts)
    sheet.words(works_words.percent(found.share), (420, low), BODY + 1, anchor="right", bold=True)
    sheet.words(found.at_pace, (sheet.width - SIDE, low), SMALL, sheet.look.muted, "right")
    sheet.y += 50


def _stages(sheet: Canvas, snapshot: Snapshot, one: Project, row: Any) -> None:
    """All stages in order: shape and colour for reached, here and ahead."""
    keys = works_words.stages(snapshot.plan, one.code)
    at = keys.index(row.stage) if row.stage in keys else -1
    step = sheet.room / len(keys)
    y = sheet.y + 16
    for n, key in enumerate(keys):
        x = SIDE + step * (n + 0.5)
        if n:
            sheet.stroke((x - step + DOT, y), (x - DOT, y), sheet.look.faint, 3)
        colour = sheet.look.accent if n <= at else sheet.look.muted
        sheet.words("◉" if n == at else "●" if n < at else "○", (x, y), 19 if n == at else 14, colour, "center")
        sheet.words(
            works_words.stage_word(snapshot.plan, one.code, key), (x, y + 24), SMALL, colour, "center", bold=n == at
        )
    sheet.y += 56


def _quarters(sheet: Canvas, snapshot: Snapshot, rows: list[Any]) -> None:
    """Money and stage at each quarter's end; the word for a return that does not count."""
    rows = [row for row in rows if row.period >= str(snapshot.plan.first)]
    if not rows:
        return
    sheet.heading(say("poster.quarters"))
    for key, x, anchor in (
        ("period", SIDE, "left"),
        ("invested", MONEY, "right"),
        ("share", SHARE, "right"),
        ("stage", sheet.width - SIDE, "right"),
    ):
        sheet.words(say(f"poster.head.{key}"), (x, sheet.y + 6), SMALL, sheet.look.muted, anchor)
    sheet.y += 16
    for row in rows:
        y = sheet.y + ROW / 2
        sheet.stroke((SIDE, sheet.y), (sheet.width - SIDE, sheet.y), sheet.look.faint)
        sheet.words(quarter(row.period), (SIDE, y))
        if reading.blank(row.invested):
            sheet.words(
                say(f"works.state.{works_words.why(row)}"), (sheet.width - SIDE, y), BODY, sheet.look.muted, "right"
            )
        else:
            sheet.words(quantity(row.invested, "10k_yuan"), (MONEY, y), anchor="right")
            sheet.words(works_words.percent(row.invested_share), (SHARE, y), anchor="right", bold=True)
            sheet.words(
                works_words.stage_word(snapshot.plan, row.project, row.stage) if row.stage else NOTHING,
                (sheet.width - SIDE, y),
                anchor="right",
            )
        sheet.y += ROW


def _sources(snapshot: Snapshot, code: str) -> list[str]:
    """The plan's own words, and the cells its numbers stand in."""
    plan = snapshot.plan
    indicator = works_words.indicator_of(plan, code, "invested")
    promise = next((c for c in plan.commitments.values() if indicator and c.indicator == indicator.code), None)
    if promise is None:
        said = say("charts.source_plan", document=plan.document)
    else:
        said = say("charts.source", document=plan.document_of(promise), task=promise.task, quote=promise.quote)
    found = snapshot.ask(lambda con: project_cells(con, snapshot.period, snapshot.basis))
    mine = found[found["element"].str.startswith(f"project.{code}.")]
    if mine.empty:
        return [said]
    first, last = mine.iloc[0], mine.iloc[-1]
    return [
        said,
        say("poster.cells", file=first["file_name"], sheet=first["sheet"], first=first["cell"], last=last["cell"]),
    ]


def _numbers(snapshot: Snapshot, code: str) -> list[Number]:
    found = (works_words.indicator_of(snapshot.plan, code, entry) for entry in ENTRIES)
    rows = (snapshot.row(indicator.code) for indicator in found if indicator is not None)
    return [number for row in rows if row is not None for number in numbers_of(row)]
