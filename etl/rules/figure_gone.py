from __future__ import annotations

from collections.abc import Iterator

from catalogue.model import Element, Plan
from etl.model import Entry, EntryState, Finding, History, Return, Severity
from etl.rules.flow_gone import flow_before
from etl.rules.looking import NA_MARK, about, is_due


def figure_gone(ret: Return, plan: Plan, history: History) -> Iterator[Finding]:
    """What was counted in the latest quarter on record seldom stops applying, and an optional answer seldom falls silent.

    A blank that is due is `required_entry`'s, a / that is no answer `not_applicable_allowed`'s, a flow that was counted
    earlier this year `flow_gone`'s. Source: small-sample review, an accounting dash overwrote last quarter's figure.
    """
    latest = max((period for period in history.values if period < ret.period), default=None)
    if latest is None:
        return
    for slot, entry in ret.entries.items():
        element = plan.elements[slot.element]
        last = history.value(latest, slot.element, slot.subject)
        if last is None or not is_due(element, ret.period) or not _fell_silent(entry, element):
            continue
        if flow_before(entry, element, ret, history) is None:
            shown = NA_MARK if entry.state is EntryState.NA else ""
            yield about(entry, "figure_gone", Severity.EXPLAIN, last=last, last_period=latest, shown=shown)


def _fell_silent(entry: Entry, element: Element) -> bool:
    if element.ratio_of or element.kind not in ("integer", "decimal"):  # a cross-check is no answer
        return False
    if entry.state is EntryState.NA:
        return element.na or not element.required
    return entry.state is EntryState.BLANK and not element.required
