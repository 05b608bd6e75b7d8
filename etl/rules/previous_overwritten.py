from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from catalogue.model import Plan
from etl.model import EntryState, Finding, History, Return, Severity
from etl.rules.looking import NA_MARK

_SAME = Decimal("0.00005")  # what four decimals round away


def previous_overwritten(ret: Return, plan: Plan, history: History) -> Iterator[Finding]:
    """上期 is printed by us and counts for nothing; where it says another figure than is on record, somebody typed there.

    Or last quarter was corrected after the template was taken: so it is only noted. A blank one says nothing, nor does one
    where nothing of that quarter is on record. Source: returns filed again, small-sample review.
    """
    if ret.period.previous not in history.values:
        return
    for slot, shown in ret.previous.items():
        entry = ret.entries.get(slot)
        if entry is None or shown.state not in (EntryState.VALUE, EntryState.NA):
            continue
        recorded = history.value(ret.period.previous, slot.element, slot.subject)
        if not _says(shown.value, recorded):
            yield Finding(
                "previous_overwritten",
                Severity.NOTE,
                at=shown.at,
                slot=slot,
                fields={
                    "shown": NA_MARK if shown.value is None else shown.value,
                    "last": recorded,
                    "last_period": ret.period.previous,
                },
            )


def _says(shown: Decimal | None, recorded: Decimal | None) -> bool:
    if shown is None or recorded is None:
        return shown is recorded
    return abs(shown - recorded) < _SAME
