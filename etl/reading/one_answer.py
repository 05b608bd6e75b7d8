"""A whole and its parts that say none in two ways, 0 and 不适用, become one answer, so that both count as answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from catalogue.model import Form, Plan, Slot
from etl.model import Entry, EntryState, Finding, Severity


def made_one(entries: Mapping[Slot, Entry], plan: Plan) -> tuple[dict[Slot, Entry], list[Finding]]:
    """The entries and a note on each that was made to agree. Only where / is an answer to the element does 0 become /.

    其中 follows its whole: 0 of / is /, / of 0 is 0. The parts of a total of / are / where they are 0; a total of 0 whose
    parts are all / is /. Any other mixture is left for the rules.
    """
    settled, notes = dict(entries), []
    first = next(iter(entries), None)
    form = plan.forms[plan.elements[first.element].form] if first else None
    subjects = dict.fromkeys(slot.subject for slot in entries)
    again = form is not None
    while again:  # a part may be a whole itself
        again = False
        for subject in subjects:
            for slot, state, rule, other in _changes(settled, form, subject, plan):
                before = settled[slot]
                value = Decimal(0) if state is EntryState.VALUE else None
                settled[slot] = replace(before, state=state, value=value)
                fields = {"raw": before.raw, "other_element": other}
                notes.append(Finding(rule, Severity.NOTE, at=before.at, slot=slot, fields=fields))
                again = True
    return settled, notes


def _changes(
    entries: Mapping[Slot, Entry], form: Form | None, subject: str, plan: Plan
) -> Iterator[tuple[Slot, EntryState, str, str]]:
    """(entry to change, what it becomes, the note, the element it follows)."""
    assert form is not None, "there are entries"

    def of(code: str) -> Entry | None:
        return entries.get(Slot(element=code, subject=subject))

    for part_code, whole_code in form.within:
        part, whole = of(part_code), of(whole_code)
        if _is_na(whole) and _is_zero(part) and plan.elements[part_code].na:
            yield Slot(element=part_code, subject=subject), EntryState.NA, "na_as_whole", whole_code
        elif _is_zero(whole) and _is_na(part):
            yield Slot(element=part_code, subject=subject), EntryState.VALUE, "zero_as_whole", whole_code
    for total_code, part_codes in form.totals.items():
        total, parts = of(total_code), {code: of(code) for code in part_codes}
        if not all(_is_na(part) or _is_zero(part) for part in parts.values()):
            continue
        if _is_na(total):
            for code, part in parts.items():
                if _is_zero(part) and plan.elements[code].na:
                    yield Slot(element=code, subject=subject), EntryState.NA, "na_as_whole", total_code
        elif _is_zero(total) and all(map(_is_na, parts.values())) and plan.elements[total_code].na:
            yield Slot(element=total_code, subject=subject), EntryState.NA, "na_as_parts", part_codes[0]


def _is_na(entry: Entry | None) -> bool:
    return entry is not None and entry.state is EntryState.NA


def _is_zero(entry: Entry | None) -> bool:
    return entry is not None and entry.state is EntryState.VALUE and entry.value == 0
