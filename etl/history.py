"""What the rules may know of earlier quarters."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from catalogue.period import Period
from etl.model import Checked, EntryState, History, Return
from warehouse import read, store


def published(form: str, reporter: str, period: Period) -> History:
    """From the newest published version: every quarter before `period` that the version holds of this reporter."""
    version = store.newest(store.data_folder())
    if version is None:
        return History()
    with store.open_version(version) as con:
        values: dict[Period, dict[tuple[str, str], Decimal]] = defaultdict(dict)
        for row in read.earlier_values(con, form, reporter, period):
            values[Period.parse(row.period)][row.element, row.subject] = row.value
        files = {Period.parse(at): sha256 for at, sha256 in read.earlier_files(con, form, reporter, period)}
    return History(values=dict(values), latest_sha256=files)


def values_of(ret: Return) -> dict[tuple[str, str], Decimal]:
    """(element, subject) -> the number it gives, as `History` has it."""
    return {
        (slot.element, slot.subject): entry.value
        for slot, entry in ret.entries.items()
        if entry.state is EntryState.VALUE and entry.value is not None
    }


def says_something_new(ret: Return) -> bool:
    """Other numbers than the return that stands for this reporter, form and quarter; True where none does."""
    version = store.newest(store.data_folder())
    if version is None:
        return True
    with store.open_version(version) as con:
        filed = read.entries(con, ret.form, ret.reporter, str(ret.period))
    if filed is None:
        return True
    return values_of(ret) != {at: value for at, (_, value, _) in filed.items() if value is not None}


class Memory:
    """The published past plus what this batch has accepted so far, so that a folder of
    several quarters is checked as if its files had come one after another."""

    def __init__(self) -> None:
        self._values: dict[tuple[str, str], dict[Period, dict[tuple[str, str], Decimal]]] = defaultdict(dict)
        self._files: dict[tuple[str, str], dict[Period, str]] = defaultdict(dict)

    def add(self, checked: Checked, parts: list[Return]) -> None:
        for ret in parts:
            key = ret.form, ret.reporter
            self._files[key][ret.period] = checked.sha256
            self._values[key][ret.period] = values_of(ret)

    def __call__(self, form: str, reporter: str, period: Period) -> History:
        past = published(form, reporter, period)
        key = form, reporter
        newer = {at: values for at, values in self._values[key].items() if at < period}
        return History(
            values={**past.values, **newer},
            latest_sha256={**past.latest_sha256, **{at: self._files[key][at] for at in newer}},
        )
