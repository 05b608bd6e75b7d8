"""One unit of one quarter on one picture: lights, its promises, where it ranks high and low, its returns."""

from __future__ import annotations

from catalogue.display import day, quantity
from catalogue.wording import pick, say
from charts.canvas import BODY, LINE, SIDE, SMALL, Canvas
from charts.wrap import width
from reports.pictures import poster
from reports.pictures.poster import Poster
from reports.proof import numbers_of
from reports.snapshot import Snapshot
from sentences import reading, unit_standing, unit_words
from sentences.unit_standing import UnitStanding, strongest, weakest

ROW = 24  # px of a name of one line
GAP = 10
VALUE, CITY, RANK = 346, 444, 516  # px: right edges of the columns


def county(snapshot: Snapshot, unit: str) -> Poster:
    """Raises KeyError for a code that is no unit."""
    name, standings = pick(snapshot.plan.units[unit]), snapshot.unit(unit)
    sheet = poster.begin(snapshot, poster.titled(snapshot.period, say("poster.unit", unit=name)))
    poster.stands_on(sheet, snapshot)
    _return(sheet, snapshot, unit)
    promised = [one for one in standings if one.promise]
    _lights(sheet, standings)
    _points(sheet, standings)
    _table(sheet, say("county.card_targets"), [one for one in promised if one.promise.numeral])
    _table(sheet, say("poster.unit_others"), [one for one in standings if not (one.promise and one.promise.numeral)])
    numbers = [
        number for one in standings for row in (one.row, one.city) if row is not None for number in numbers_of(row)
    ]
    return poster.end(sheet, snapshot, "poster", numbers, (say("county.board_note"),))


def _return(sheet: Canvas, snapshot: Snapshot, unit: str) -> None:
    """How its own return of the quarter stands."""
    for row in snapshot.status[snapshot.status["reporter"] == unit].itertuples():
        form = pick(snapshot.plan.forms[row.form], "title")
        came = "" if row.state == "missing" else day(row.submitted_at.date())
        sheet.paragraph(
            say("poster.return", form=form, state=say(f"state.{row.state}"), came=came).rstrip(),
            SMALL,
            colour=sheet.look.muted,
        )


def _lights(sheet: Canvas, standings: tuple[UnitStanding, ...]) -> None:
    """How many of its promises stand at each, and of which."""
    counted = unit_standing.lit(standings)
    x = SIDE
    sheet.y += 22
    for light, count in counted.by_light.items():
        sheet.light(light, x + 8, sheet.y, 16)
        sheet.words(f"{say(f'light.{light}')} {count}", (x + 20, sheet.y), BODY + 1, bold=True)
        x += 100
    sheet.y += 18
    sheet.paragraph(unit_words.lit(counted), SMALL, colour=sheet.look.muted)


def _points(sheet: Canvas, standings: tuple[UnitStanding, ...]) -> None:
    for kind, chosen in (("strong", strongest(standings)), ("weak", weakest(standings))):
        sheet.heading(say(f"county.{kind}"))
        if not chosen:
            sheet.paragraph(say(f"county.no_{kind}"), colour=sheet.look.muted)
        for n, one in enumerate(chosen, start=1):
            sheet.words(str(n), (SIDE + 6, sheet.y + BODY * LINE / 2), BODY, sheet.look.accent, "center", bold=True)
            sheet.paragraph(unit_words.sentence(one), x=SIDE + 20)
            sheet.y += 4


def _table(sheet: Canvas, title: str, standings: list[UnitStanding]) -> None:
    if not standings:
        return
    sheet.heading(title)
    for name, x in (("value", VALUE), ("city", CITY), ("rank", RANK)):
        sheet.words(say(f"county.head.{name}"), (x, sheet.y + 6), SMALL, sheet.look.muted, "right")
    sheet.y += 16
    for one in standings:
        _line(sheet, one)


def _line(sheet: Canvas, one: UnitStanding) -> None:
    """Its light only where the plan judges the unit by itself; the name in as many lines as its value leaves it room for."""
    top, look, row = sheet.y, sheet.look, one.row
    told, value = reading.state(row) == "value", reading.worded(row)
    sheet.stroke((SIDE, top), (sheet.width - SIDE, top), look.faint)
    sheet.y += (ROW - (SMALL + 0.5) * LINE) / 2
    sheet.paragraph(
        pick(one.indicator), SMALL + 0.5, SIDE + 16, VALUE - SIDE - 16 - GAP - width(value, SMALL + 0.5) * 1.06
    )
    sheet.y += (ROW - (SMALL + 0.5) * LINE) / 2
    y = (top + sheet.y) / 2
    if one.light:
        sheet.light(one.light, SIDE + 6, y, SMALL)
    sheet.words(value, (VALUE, y), SMALL + 0.5, "" if told else look.muted, "right", bold=told)
    sheet.words(_city(one), (CITY, y), SMALL, look.muted, "right")
    sheet.words(
        "" if one.rank is None else say("county.rank", rank=one.rank, of=one.of), (RANK, y), SMALL + 0.5, anchor="right"
    )


def _city(one: UnitStanding) -> str:
    city = one.city
    if city is None or reading.state(city) != "value":
        return ""
    return unit_words.met(city) if unit_words.is_each(one) else quantity(city.value, city.measure)
