"""One indicator of one quarter on one picture: the finding, its figures, the quarters, the units in their order, the clause."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from catalogue.display import NOTHING, bare, difference, quantity
from catalogue.model import Commitment, Indicator
from catalogue.period import Period, span
from catalogue.wording import pick, say
from charts.canvas import BODY, LINE, SIDE, SMALL, Canvas, fitted
from charts.wrap import width
from reports.pictures import poster
from reports.pictures.poster import Poster
from reports.proof import Number, numbers_of
from reports.snapshot import Snapshot
from sentences import reading
from sentences.reading import UnitReading
from sentences.titles import finding
from sentences.year_before import YearBefore

ROW = 27  # px of a unit
TALL = 120  # px of the highest column
NAME, RIGHT = 46, 404  # px where the units' names begin and their bars end
QUARTERS = 6  # columns at most
TILES = 3  # figures side by side


def indicator(snapshot: Snapshot, code: str) -> Poster:
    """Raises KeyError for a code that is no indicator."""
    plan, entry, promise = snapshot.plan, snapshot.plan.indicators[code], snapshot.promise(code)
    row, rows = snapshot.row(code), snapshot.of_indicator(code)
    sheet = poster.begin(snapshot, poster.titled(snapshot.period, say("poster.indicator")))
    poster.stands_on(sheet, snapshot)
    sheet.y += 8
    sheet.paragraph(finding(rows, entry, promise, plan, snapshot.period), 17, bold=True)
    if row is not None:
        _verdict(sheet, row)
        _figures(sheet, row, promise, snapshot.on_the_year().get((code, None)))
    _quarters(sheet, snapshot, entry, promise)
    if reading.is_by_unit(entry, plan):
        _units(sheet, snapshot, entry)
    if promise is not None:
        _clause(sheet, snapshot, promise)
    definition = say("charts.definition", definition=pick(entry, "definition"))
    return poster.end(
        sheet,
        snapshot,
        f"poster:indicator:{code}",
        _numbers(snapshot, code),
        (say("poster.indicator_key"),),
        [definition],
    )


def _verdict(sheet: Canvas, row: Any) -> None:
    sheet.y += 6
    sheet.light(row.light, SIDE + 8, sheet.y + BODY * LINE / 2, 16)
    sheet.paragraph(f"{say(f'light.{row.light}')} · {say(f'verdict.{row.verdict}')}", x=SIDE + 22)


def _figures(sheet: Canvas, row: Any, promise: Commitment | None, last_year: YearBefore | None) -> None:
    """A tile each, as the screen has them; what there is not is left out."""
    on_the_year = difference(last_year.change if last_year else None, row.measure)
    told = [
        ("value", reading.worded(row)),
        ("target", reading.target_worded(row, promise)),
        ("pace", quantity(row.pace, row.measure)),
        ("change", difference(row.change, row.measure)),
        ("year_before", on_the_year),
        ("coverage", f"{reading.stands_on(row)}/{int(row.expected)}" if row.expected > 1 else NOTHING),
    ]
    told = [(name, value) for name, value in told if value != NOTHING or name == "value"]
    sheet.y += 8
    first = len(told) if len(told) <= TILES else -(-len(told) // 2)
    for line in filter(None, (told[:first], told[first:])):
        _tiles(sheet, line)


def _tiles(sheet: Canvas, told: list[tuple[str, str]]) -> None:
    gap, high = 8, 54
    long = (sheet.room - (len(told) - 1) * gap) / len(told)
    for n, (name, value) in enumerate(told):
        x, y = SIDE + n * (long + gap), sheet.y
        sheet.box(x, y, x + long, y + high, sheet.look.tints["grey"])
        sheet.words(say(f"fact.{name}"), (x + 10, y + 16), SMALL, sheet.look.muted)
        sheet.words(fitted(value, BODY + 1.5, (long - 16) / 1.06), (x + 10, y + 37), BODY + 1.5, bold=True)
    sheet.y += high + gap


def _quarters(sheet: Canvas, snapshot: Snapshot, entry: Indicator, promise: Commitment | None) -> None:
    """Up to the plan's last: a column each for what grows through the year or counts units, else a line."""
    plan = snapshot.plan
    rows = reading.records(reading.about(snapshot.of_indicator(entry.code)))
    told = [row for row in rows if row.period <= snapshot.period and reading.state(row) == "value"]
    if not told:
        return
    quarters = span(min(plan.first, Period.parse(told[0].period)), plan.last)[-QUARTERS:]
    found = {row.period: row for row in rows if row.period <= snapshot.period}
    shown = [found.get(str(at)) for at in quarters]
    columns = reading.grows_through_the_year(entry, plan) or reading.counts_units(entry, promise, None)
    sheet.heading(say("poster.quarters"))
    floor, step = sheet.y + 26 + TALL, sheet.room / len(quarters)
    height = _scale(shown, columns)
    places = [SIDE + step * (n + 0.5) for n in range(len(quarters))]
    for n, (at, x) in enumerate(zip(quarters, places, strict=True)):
        sheet.words(say(f"charts.quarter.{at.quarter}"), (x, floor + 14), SMALL, anchor="center")
        if n == 0 or at.quarter == 1:
            sheet.words(say("charts.year", year=at.year), (x, floor + 32), SMALL, sheet.look.muted, "center")
    sheet.stroke((SIDE, floor), (sheet.width - SIDE, floor), sheet.look.muted)
    _draw(sheet, shown, places, floor, height, step * 0.27 if columns else 0)
    sheet.y = floor + 44


def _scale(shown: list[Any], columns: bool) -> Callable[[float], float]:
    """px of a value above the floor. Columns stand on zero, a line need not."""
    drawn = [v for row in shown if row is not None for v in (row.value, row.target) if not reading.blank(v)]
    low, high = min(drawn), max(drawn)
    low = min(0.0, low) if columns else low - (high - low) * 0.5
    return lambda value: TALL * (value - low) / ((high - low) or 1)


def _draw(
    sheet: Canvas, shown: list[Any], places: list[float], floor: float, height: Callable[[float], float], half: float
) -> None:
    """Pale where not all returns are in, the word where there is no value. half: of a column's width, 0 for a line."""
    look, before = sheet.look, None
    targets = [row.target for row in shown if row is not None and not reading.blank(row.target)]
    goal = floor - height(targets[-1]) if targets else None
    if goal is not None:
        sheet.stroke((SIDE, goal), (sheet.width - SIDE, goal), look.target, 1.5, "5px,4px")
    for row, x in zip(shown, places, strict=True):
        if row is None or reading.state(row) != "value":
            sheet.words("" if row is None else reading.worded(row), (x, floor - 12), SMALL, look.muted, "center")
            before = None
            continue
        top = floor - height(row.value)
        if half:
            pale = look.steps[0] if reading.is_partial(row) else look.accent
            sheet.box(x - half, top, x + half, floor, pale, look.accent)
        else:
            if before:
                sheet.stroke(before, (x, top), look.accent, 2.5)
            sheet.words("○" if reading.is_partial(row) else "●", (x, top), SMALL, look.accent, "center")
            before = x, top
        above = top - (11 if half else 16)
        if goal is not None and abs(goal - above) < 10:
            above = goal - 11
        told = quantity(row.value, row.measure) if row.measure == "percent" else bare(row.value, row.measure)
        sheet.words(told, (x, above), SMALL, anchor="center", bold=True)


def _units(sheet: Canvas, snapshot: Snapshot, entry: Indicator) -> None:
    """The best first, or the highest where none is better, those without a value last; a light where each is judged by itself."""
    found = reading.unit_readings(snapshot.now, entry, snapshot.plan, snapshot.period)
    found = sorted((one for one in found if one.state != "not_applicable"), key=_place)
    highest = max((one.value for one in found if one.value is not None), default=0) or 1
    sheet.heading(say("poster.ranked"))
    left = NAME + 12 + max((width(reading.unit_name(one.unit), BODY) for one in found), default=0)
    for one in found:
        _unit(sheet, one, left, (RIGHT - left) / highest)


def _place(one: UnitReading) -> tuple[bool, float, float]:
    if one.value is None:
        return True, 0, 0
    return False, 0 if reading.blank(one.row.rank) else one.row.rank, -one.value


def _unit(sheet: Canvas, one: UnitReading, left: float, scale: float) -> None:
    look, y = sheet.look, sheet.y + ROW / 2
    row = one.row
    if row is not None and not reading.blank(row.rank):
        sheet.words(str(int(row.rank)), (SIDE + 14, y), SMALL, look.muted, "right")
    sheet.words(reading.unit_name(one.unit), (NAME, y))
    if one.value is not None:
        colour = look.lights[one.light] if one.light else look.accent
        sheet.box(left, y - 6, left + max(one.value, 0) * scale, y + 6, colour)
    if one.light:
        sheet.light(one.light, RIGHT + 14, y)
    told = one.value is not None
    sheet.words(one.worded, (sheet.width - SIDE, y), BODY, "" if told else look.muted, "right", bold=told)
    sheet.y += ROW


def _clause(sheet: Canvas, snapshot: Snapshot, promise: Commitment) -> None:
    """The plan's own words, and where they stand."""
    sheet.heading(say("poster.clause"))
    sheet.paragraph(
        say("charts.source", document=snapshot.plan.document_of(promise), task=promise.task, quote=promise.quote)
    )


def _numbers(snapshot: Snapshot, code: str) -> list[Number]:
    """The quarter's, and the city's of the quarters before."""
    rows = snapshot.of_indicator(code)
    shown = rows[(rows["period"] == snapshot.period) | (rows["subject"].isna() & (rows["period"] < snapshot.period))]
    return [number for row in shown.itertuples(index=False, name="Row") for number in numbers_of(row)]
