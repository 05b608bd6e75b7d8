from __future__ import annotations

from collections.abc import Iterator

from catalogue.model import Plan
from etl.model import EntryState, Finding, History, Return, Severity

_SILENT = (EntryState.BLANK, EntryState.ABSENT)


def nothing_filled(ret: Return, plan: Plan, history: History) -> Iterator[Finding]:
    """An untouched template is no return. Where single cells must be filled, `required_entry` names them.

    Source: reporting practice: an empty table counts as not filed (漏报).
    """
    asked = any(plan.elements[slot.element].required for slot in ret.entries)
    if not asked and all(entry.state in _SILENT for entry in ret.entries.values()):
        yield Finding("nothing_filled", Severity.BLOCKS)
