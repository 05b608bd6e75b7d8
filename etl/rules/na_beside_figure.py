from __future__ import annotations

from collections.abc import Iterator

from catalogue.model import Plan
from etl.model import Entry, EntryState, Finding, History, Return, Severity
from etl.rules.looking import about, form_of, is_history


def na_beside_figure(ret: Return, plan: Plan, history: History) -> Iterator[Finding]:
    """Where there are 6 kindergartens, how many of them are public is a number, 0 it may be; 不适用 would hide it.

    Holds for 其中 and its whole, and for the two sides of a ratio. With a whole of 0 reading has made them one answer;
    a part above a whole of / is `part_within_whole`'s. Source: domain rules, missing values.
    """
    within = form_of(ret, plan).within
    sides = [
        (indicator.numerator[0], indicator.denominator[0])
        for indicator in plan.indicators.values()
        if len(indicator.numerator) == len(indicator.denominator) == 1
    ]
    for subject in ret.subjects():
        for part_code, whole_code in dict.fromkeys((*within, *sides)):
            part, whole = ret.entry(part_code, subject), ret.entry(whole_code, subject)
            if part is None or whole is None:
                continue
            if _hides(part, whole):
                yield _told(part, whole, ret, plan)
            elif (part_code, whole_code) not in within and _hides(whole, part):
                yield _told(whole, part, ret, plan)


def _hides(entry: Entry, other: Entry) -> bool:
    return entry.state is EntryState.NA and other.value is not None and other.value > 0


def _told(entry: Entry, other: Entry, ret: Return, plan: Plan) -> Finding:
    element = plan.elements[other.slot.element]
    return about(
        entry,
        "na_beside_figure",
        Severity.NOTE if is_history(ret, plan) else Severity.BLOCKS,
        other_element=element.code,
        other=other.value,
        other_measure=element.measure,
    )
