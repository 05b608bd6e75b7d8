from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from catalogue.model import Plan
from etl.model import Entry, Finding, History, Return, Severity
from etl.rules.looking import about, last_quarter, numbers

SHARE = 80  # percent of the comparable values
LEAST = 10  # comparable values; among fewer it happens by itself


def copied_from_last(ret: Return, plan: Plan, history: History) -> Iterator[Finding]:
    """Last quarter's workbook with a new date on it.

    Comparable: stocks and flows whose last value is above zero (many zeros rightly stay zeros).
    From `SHARE` on one note about the workbook; when every value is the same, each sheet is to be
    explained, in the row of its first comparable value. Source: domain section 3 (resent files).
    """
    comparable = [
        entry for _, entry, _ in numbers(ret, plan, "stock", "flow") if last_quarter(ret, history, entry.slot)
    ]
    same = [entry for entry in comparable if entry.value == last_quarter(ret, history, entry.slot)]
    if len(comparable) < LEAST or len(same) * 100 < SHARE * len(comparable):
        return
    last = ret.period.previous
    if len(same) < len(comparable):
        counts = {"same": len(same), "of": len(comparable), "last_period": last}
        yield Finding("copied_from_last", Severity.NOTE, fields=counts)
        return
    for _, group in groupby(same, key=_sheet):
        entries = list(group)
        yield about(
            entries[0],
            "copied_from_last",
            Severity.EXPLAIN,
            same=len(entries),
            of=len(entries),
            last_period=last,
        )


def _sheet(entry: Entry) -> str:
    return entry.at.sheet
