from __future__ import annotations

from collections.abc import Iterator

from catalogue.model import Plan
from etl.model import Entry, EntryState, Finding, History, Return, Severity
from etl.rules.looking import about, form_of, is_answered


def suppressed_derivable(ret: Return, plan: Plan, history: History) -> Iterator[Finding]:
    """What is kept back (保密) must not follow from what stands beside it: a total less its other parts, the parts of a
    total, a ratio times its other side.

    Source: statistical disclosure control, complementary suppression.
    """
    for entry, known in _told(ret, plan):
        yield about(entry, "suppressed_derivable", Severity.BLOCKS, other_element=known.slot.element)


def _told(ret: Return, plan: Plan) -> Iterator[tuple[Entry, Entry]]:
    """(what is kept back, what tells it)."""
    for total, parts in _sums(ret, plan):
        hidden = [part for part in parts if part.state is EntryState.SUPPRESSED]
        others = [part for part in parts if part.state is not EntryState.SUPPRESSED]
        if not all(map(is_answered, others)):
            continue
        if total.value is not None and len(hidden) == 1:
            yield hidden[0], total
        elif total.state is EntryState.SUPPRESSED and not hidden:
            yield total, others[0]
    for slot, entry in ret.entries.items():
        indicator = plan.indicators.get(plan.elements[slot.element].ratio_of)
        if indicator is None or entry.value is None:
            continue
        sides = [ret.entry(code, slot.subject) for code in (*indicator.numerator, *indicator.denominator)]
        kept_back = [side for side in sides if side is not None and side.state is EntryState.SUPPRESSED]
        if len(kept_back) == 1:
            yield kept_back[0], entry


def _sums(ret: Return, plan: Plan) -> Iterator[tuple[Entry, list[Entry]]]:
    """Every total with the parts of it that this reporter has."""
    form = form_of(ret, plan)
    for subject in ret.subjects():
        for code, parts in form.totals.items():
            found = [entry for part in parts if (entry := ret.entry(part, subject)) is not None]
            if (total := ret.entry(code, subject)) is not None and found:
                yield total, found
    for code, element in form.column_totals.items():
        rows = [
            entry for slot, entry in ret.entries.items() if slot.element == element and slot.subject != ret.reporter
        ]
        if (total := ret.entry(code)) is not None and rows:
            yield total, rows
