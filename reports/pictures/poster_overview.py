"""The quarter on one long picture: lights, what needs attention, the targets in figures, all other promises."""

from __future__ import annotations

from collections import Counter
from typing import Any

from catalogue.model import Commitment, Indicator
from catalogue.naming import aim
from catalogue.wording import pick, say
from charts.canvas import BODY, LINE, SIDE, SMALL, Canvas, fitted
from charts.wrap import width
from reports.pictures import poster
from reports.pictures.poster import Poster
from reports.proof import Number, numbers_of
from reports.snapshot import Snapshot
from sentences import attention, reading
from sentences.lights import LIGHTS
from sentences.standings import TargetStanding, standings
from sentences.titles import headline

ATTEND = 8  # sentences
ROW = 41  # px of a target: two lines
PROGRESS, SILENT = ("done", "under_way", "stuck", "not_started"), ("others", "silent", "waiting", "not_due")
SHORT = 21  # px of another promise whose name takes one line
GAP = 10


def overview(snapshot: Snapshot) -> Poster:
    """The picture of the quarter as a whole: lights, what needs attention, promises with targets, the others."""
    sheet = poster.begin(snapshot, poster.titled(snapshot.period, say("poster.overview")))
    poster.stands_on(sheet, snapshot)
    _lights(sheet, snapshot)
    _attend(sheet, snapshot)
    limits = _targets(sheet, snapshot)
    _others(sheet, snapshot)
    _tasks(sheet, snapshot)
    key = say("poster.limits_key" if limits else "poster.key")
    return poster.end(sheet, snapshot, "poster", _numbers(snapshot), (key,))


def _lights(sheet: Canvas, snapshot: Snapshot) -> None:
    """A tile a light: how many promises; its word under the number."""
    counts = Counter(row.light for _, _, row in snapshot.promised())
    gap = 10
    long = (sheet.room - 3 * gap) / 4
    sheet.y += 8
    for n, light in enumerate(LIGHTS):
        x = SIDE + n * (long + gap)
        sheet.box(x, sheet.y, x + long, sheet.y + 62, sheet.look.tints[light])
        sheet.light(light, x + 22, sheet.y + 24, 17)
        sheet.words(str(counts[light]), (x + 38, sheet.y + 24), 24, bold=True)
        sheet.words(say(f"light.{light}"), (x + 14, sheet.y + 49), SMALL, sheet.look.muted)
    sheet.y += 70
    sheet.paragraph(say("poster.of_promises", count=sum(counts.values())), SMALL, colour=sheet.look.muted)


def _attend(sheet: Canvas, snapshot: Snapshot) -> None:
    lines = attention.lines(snapshot.attending())
    sheet.heading(say("overview.attention"))
    if not lines:
        sheet.paragraph(say("overview.nothing_to_attend"))
    for line in lines[:ATTEND]:
        sheet.light(line.light, SIDE + 6, sheet.y + BODY * LINE / 2)
        sheet.paragraph(line.sentence, x=SIDE + 20)
        sheet.y += 5
    if len(lines) > ATTEND:
        sheet.paragraph(_more(lines[ATTEND:]), SMALL, colour=sheet.look.muted)


def _more(lines: list[attention.AttentionLine]) -> str:
    """How many sentences there was no room for, and about what: promises, returns, tasks."""
    about = Counter(line.screen for line in lines)
    return say(
        "poster.more",
        count=len(lines),
        about=say("grey.and").join(say(f"poster.more_of.{screen}", count=count) for screen, count in about.items()),
    )


def _targets(sheet: Canvas, snapshot: Snapshot) -> bool:
    """Nothing where the plan writes none in figures. Gives whether a limit is among them."""
    standing = standings(snapshot.rows, snapshot.plan, snapshot.period)
    if standing:
        sheet.heading(headline(snapshot.rows, snapshot.plan, snapshot.period))
    for one in standing:
        _target(sheet, one)
    return any(one.is_limit for one in standing)


def _target(sheet: Canvas, one: TargetStanding) -> None:
    """Name and light; bar and figures below."""
    top, low = sheet.y + 10, sheet.y + 29
    sheet.words(fitted(pick(one.indicator), BODY, 440 - SIDE - GAP - width(one.coverage, SMALL)), (SIDE, top))
    if one.coverage:
        sheet.words(one.coverage, (440, top), SMALL, sheet.look.muted, "right")
    sheet.light(one.light, 456, top)
    sheet.words(say(f"light.{one.light}"), (464, top), SMALL)
    sheet.meter((SIDE, low), 310, one.share, one.pace, one.partial, one.goal)
    sheet.words(
        one.figures, (sheet.width - SIDE, low), BODY, sheet.look.muted if one.share is None else "", "right", bold=True
    )
    sheet.y += ROW


def _others(sheet: Canvas, snapshot: Snapshot) -> None:
    """A line a promise: its light and value."""
    others = [(promise, indicator, row) for promise, indicator, row in snapshot.promised() if not promise.numeral]
    if not others:
        return
    sheet.heading(say("poster.others", count=len(others)))
    for promise, indicator, row in others:
        _other(sheet, promise, indicator, row, reading.counts_units(indicator, promise, None))


def _other(sheet: Canvas, promise: Commitment, indicator: Indicator, row: Any, of_units: bool) -> None:
    """The target stands before the coverage where there is room; a value of units says it itself."""
    told, name, top = (
        _of_units(row) if of_units else reading.worded(row),
        reading.city_name(indicator, promise),
        sheet.y,
    )
    right = min(424, sheet.width - SIDE - 12 - width(told, SMALL + 0.5))  # of the coverage, left of a long value
    room = right - SIDE - 18 - GAP
    beside = reading.coverage(row)
    if not of_units and promise.operator != "count":
        aimed = reading.joined((say("poster.aim", aim=aim(promise)), beside))
        beside = aimed if width(name, SMALL + 0.5) + width(aimed, SMALL) <= room else beside
    sheet.y += (SHORT - (SMALL + 0.5) * LINE) / 2
    sheet.paragraph(name, SMALL + 0.5, SIDE + 18, room - width(beside, SMALL))
    sheet.y += (SHORT - (SMALL + 0.5) * LINE) / 2
    middle = (top + sheet.y) / 2
    sheet.light(row.light, SIDE + 6, middle, SMALL)
    sheet.words(beside, (right, middle), SMALL, sheet.look.muted, "right")
    sheet.words(
        told,
        (sheet.width - SIDE, middle),
        SMALL + 0.5,
        "" if reading.state(row) == "value" else sheet.look.muted,
        "right",
    )


def _of_units(row: Any) -> str:
    """5/7个县区: how many keep it, of those that must."""
    return (
        reading.worded(row)
        if reading.state(row) != "value"
        else say("poster.of_units", met=int(row.value), all=reading.target_worded(row))
    )


def _tasks(sheet: Canvas, snapshot: Snapshot) -> None:
    """How the departments say their tasks stand."""
    if snapshot.tasks.empty:
        return
    told = [(say(f"tasks.progress.{state}"), int((snapshot.tasks["status"] == state).sum())) for state in PROGRESS]
    told += [(say(f"tasks.said_by.{state}"), int((snapshot.tasks["said"] == state).sum())) for state in SILENT]
    sheet.heading(say("poster.tasks", count=len(snapshot.tasks)))
    sheet.paragraph(say("grey.and").join(say("grey.count", why=why, count=count) for why, count in told if count))


def _numbers(snapshot: Snapshot) -> list[Number]:
    return [number for _, _, row in snapshot.promised() for number in numbers_of(row)]
