"""The answers to the placeholders of the bureau's own tables. What may be asked is in catalogue/placeholders.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from catalogue.display import NOTHING, difference, quantity, quarter
from catalogue.model import Unit
from catalogue.naming import aim
from catalogue.placeholders import resolve
from catalogue.wording import pick, say
from reports.proof import Number, gap_number, numbers_of, year_number
from reports.snapshot import Snapshot
from sentences import gaps, reading
from sentences.lights import MARKS


@dataclass(frozen=True, slots=True)
class SlotAnswer:
    """words: as it is printed. value: as a number, where it is one. number: what that is in `judged`, where it is read there.

    signed: a change; percentages change by points.
    """

    words: str
    value: float | None = None
    measure: str = ""
    number: Number | None = None
    signed: bool = False


def answer(slot: str, snapshot: Snapshot, own: str | None = None) -> SlotAnswer:
    """own: the unit of a repeated row. Raises `placeholders.Wrong`, with words on what is wrong and what would do."""
    asked = resolve(slot, snapshot.plan, own)
    if asked.is_word:
        return SlotAnswer(WORDS[asked.what](snapshot))
    if not asked.indicator:
        assert asked.unit is not None, "resolve() refuses a slot about neither"
        return SlotAnswer(OF_UNIT[asked.what](snapshot, snapshot.plan.units[asked.unit]))
    row = snapshot.row(asked.indicator, asked.unit)
    return SlotAnswer(say("charts.not_applicable")) if row is None else OF_INDICATOR[asked.what](row, snapshot)


def _state(snapshot: Snapshot, unit: Unit) -> str:
    """Of its own return of the quarter."""
    rows = snapshot.status[snapshot.status["reporter"] == unit.code]
    return say(f"state.{rows.iloc[0]['state']}") if len(rows) else say("charts.not_applicable")


def _number(what: str) -> Callable[[Any, Snapshot], SlotAnswer]:
    def told(row: Any, snapshot: Snapshot) -> SlotAnswer:
        words = reading.worded(row) if what == "value" else quantity(getattr(row, what), row.measure)
        return _measured(words, row, what)

    return told


def _change(row: Any, snapshot: Snapshot) -> SlotAnswer:
    return _measured(difference(row.change, row.measure), row, "change", signed=True)


def _on_the_year(row: Any, snapshot: Snapshot) -> SlotAnswer:
    """Since the same quarter of last year."""
    one = snapshot.on_the_year().get((row.indicator, row.subject))
    if one is None or one.change is None:
        return SlotAnswer(say("year_before.other") if one and one.redefined else NOTHING)
    return SlotAnswer(
        difference(one.change, row.measure), one.change, row.measure, year_number(row, one.change), signed=True
    )


def _measured(words: str, row: Any, what: str, signed: bool = False) -> SlotAnswer:
    found = next(iter(numbers_of(row, what=what)), None)
    return SlotAnswer(words, found.value if found else None, row.measure, found, signed)


def _gap(row: Any, snapshot: Snapshot) -> SlotAnswer:
    """What is lacking of the target, in people, schools, 万元: above 0 lacking, below 0 more than enough."""
    rows = snapshot.gaps
    rows = rows[(rows["indicator"] == row.indicator) & rows["gap_whole"].notna()]
    found = reading.about(rows, row.subject)
    if found.empty:
        return SlotAnswer(NOTHING)
    gap = next(found.itertuples(index=False))
    promise = snapshot.promise(row.indicator)
    words, number = gaps.worded(gap.gap_whole, gap.gap_measure, promise), gap_number(gap, snapshot.period)
    return SlotAnswer(words, number.value, gap.gap_measure, number)


OF_INDICATOR: dict[str, Callable[[Any, Snapshot], SlotAnswer]] = {
    "value": _number("value"),
    "target": _number("target"),
    "pace": _number("pace"),
    "baseline": _number("baseline"),
    "change": _change,
    "year_change": _on_the_year,
    "gap": _gap,
    "light": lambda row, snapshot: SlotAnswer(f"{MARKS[row.light]} {say(f'light.{row.light}')}"),
    "verdict": lambda row, snapshot: SlotAnswer(say(f"verdict.{row.verdict}")),
    "coverage": lambda row, snapshot: SlotAnswer(reading.coverage(row) or say("coverage.one")),
    "rank": lambda row, snapshot: SlotAnswer(
        NOTHING if reading.blank(row.rank) else say("county.rank", rank=int(row.rank), of=int(row.ranked_of))
    ),
    "name": lambda row, snapshot: SlotAnswer(pick(snapshot.plan.indicators[row.indicator])),
    "unit": lambda row, snapshot: SlotAnswer(say(f"measure.{row.measure}")),
    "aim": lambda row, snapshot: SlotAnswer(
        aim(snapshot.plan.commitments[row.commitment]) if row.commitment else NOTHING
    ),
}
OF_UNIT: dict[str, Callable[[Snapshot, Unit], str]] = {
    "name": lambda snapshot, unit: pick(unit),
    "code": lambda snapshot, unit: unit.code,
    "state": _state,
}
WORDS: dict[str, Callable[[Snapshot], str]] = {
    "city": lambda s: pick(s.plan, "city"),
    "plan": lambda s: pick(s.plan, "title"),
    "document": lambda s: s.plan.document,
    "issuer": lambda s: s.plan.issuer,
    "period": lambda s: quarter(s.period),
    "as-of": lambda s: s.as_of_words,
    "basis": lambda s: say(f"basis.{s.basis}"),
    "coverage": lambda s: say("layout.coverage", counted=s.coverage[0], owed=s.coverage[1]),
    "version": lambda s: str(s.version.number),
    "demo": lambda s: say("app.demo") if s.plan.demo else "",
    "proof": lambda s: "{{proof}}",  # known when all others are filled
}
