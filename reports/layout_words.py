"""What a placeholder of the bureau's own tables may ask for, and the answer to each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from catalogue.display import NOTHING, difference, quantity, quarter
from catalogue.model import Plan, Unit
from catalogue.naming import aim
from catalogue.wording import pick, say
from charts import reading
from charts.theme import MARKS
from reports.proof import Number, numbers_of
from reports.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Answer:
    """words: as it is printed. number: what it is in `judged`, where it is one. signed: a change; percentages change by points."""

    words: str
    number: Number | None = None
    measure: str = ""
    signed: bool = False


def answer(slot: str, snapshot: Snapshot) -> Answer:
    """Raises LookupError with words on what is wrong, and what would do."""
    if slot in WORDS:
        return Answer(WORDS[slot](snapshot))
    asked, _, whom = slot.partition("@")
    name, _, what = asked.rpartition(".")
    indicators = _indicators(snapshot.plan)
    if not name and what in indicators:
        raise LookupError(say("layout.no_what", slot=slot, name=what, known="、".join(WHAT)))
    if name == "unit" and not whom:
        raise LookupError(say("layout.no_unit", slot=slot))
    if name not in ("unit", *indicators):
        near = get_close_matches(name or what, [*indicators, *WORDS], 1)
        raise LookupError(say("layout.unknown", slot=slot, near=say("layout.near", name=near[0]) if near else ""))
    known = OF_UNIT if name == "unit" else WHAT
    if what not in known:
        raise LookupError(say("layout.unknown_what", slot=slot, known="、".join(known)))
    subject = _unit(snapshot.plan, whom) if whom else None
    if name == "unit":
        return Answer(OF_UNIT[what](snapshot, snapshot.plan.units[subject]))
    row = snapshot.row(indicators[name], subject)
    return Answer(say("charts.not_applicable")) if row is None else WHAT[what](row, snapshot.plan)


def _indicators(plan: Plan) -> dict[str, str]:
    """Code, or number of a promise, -> code."""
    return {code: code for code in plan.indicators} | {
        promise.id: promise.indicator for promise in plan.commitments.values()
    }


def _unit(plan: Plan, named: str) -> str:
    for code, unit in plan.units.items():
        if named in (code, unit.name, unit.short, unit.name_en):
            return code
    raise LookupError(
        say("layout.unknown_unit", unit=named, known="、".join(unit.short for unit in plan.units.values()))
    )


def _state(snapshot: Snapshot, unit: Unit) -> str:
    """Of its own return of the quarter."""
    rows = snapshot.status[snapshot.status["reporter"] == unit.code]
    return say(f"state.{rows.iloc[0]['state']}") if len(rows) else say("charts.not_applicable")


def _number(what: str) -> Callable[[Any, Plan], Answer]:
    def told(row: Any, plan: Plan) -> Answer:
        found = numbers_of(row, what=what)
        words = reading.worded(row) if what == "value" else quantity(getattr(row, what), row.measure)
        return Answer(words, found[0] if found else None, row.measure)

    return told


def _change(row: Any, plan: Plan) -> Answer:
    found = numbers_of(row, what="change")
    return Answer(difference(row.change, row.measure), found[0] if found else None, row.measure, signed=True)


WHAT: dict[str, Callable[[Any, Plan], Answer]] = {
    "value": _number("value"),
    "target": _number("target"),
    "pace": _number("pace"),
    "baseline": _number("baseline"),
    "change": _change,
    "light": lambda row, plan: Answer(f"{MARKS[row.light]} {say(f'light.{row.light}')}"),
    "verdict": lambda row, plan: Answer(say(f"verdict.{row.verdict}")),
    "coverage": lambda row, plan: Answer(reading.coverage(row) or say("coverage.one")),
    "rank": lambda row, plan: Answer(
        NOTHING if reading.blank(row.rank) else say("county.rank", rank=int(row.rank), of=int(row.ranked_of))
    ),
    "name": lambda row, plan: Answer(pick(plan.indicators[row.indicator])),
    "unit": lambda row, plan: Answer(say(f"measure.{row.measure}")),
    "aim": lambda row, plan: Answer(aim(plan.commitments[row.commitment]) if row.commitment else NOTHING),
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
    "quarter": lambda s: quarter(s.period),
    "as-of": lambda s: s.as_of_words,
    "basis": lambda s: say(f"basis.{s.basis}"),
    "coverage": lambda s: say("layout.coverage", counted=s.coverage[0], owed=s.coverage[1]),
    "version": lambda s: str(s.version.number),
    "demo": lambda s: say("app.demo") if s.plan.demo else "",
    "proof": lambda s: "{{proof}}",  # known when all others are filled
}
