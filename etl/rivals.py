"""Two files for one return: which is meant cannot be guessed, so neither is taken unless it does not matter or was said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations

from catalogue.display import NOTHING
from catalogue.model import Plan, Slot
from catalogue.period import Period
from etl.backfill import unit_returns
from etl.errors import TwoFiles
from etl.model import Checked, Entry, EntryState, Return, entry_text

Key = tuple[str, str, Period]  # form, reporter, period
_SHOWN = 3  # cells that are named


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that would be taken as a return. received_at: when it came, where somebody wrote that down for this file.

    correction: somebody wrote down that it takes another's place.
    """

    name: str
    checked: Checked
    received_at: datetime | None = None
    correction: bool = False


@dataclass(slots=True)
class Verdict:
    """same_as: a candidate with the same answers, which is taken instead. refusal: TwoFiles. Neither: it may be taken."""

    same_as: str = ""
    refusal: TwoFiles | None = None
    against: list[str] = field(default_factory=list)


def settle(candidates: Sequence[Candidate], plan_of: Callable[[Period], Plan], by: str) -> list[Verdict]:
    """A verdict for each, in their order. plan_of: the plan of a quarter. by: load or drop, how they came: that decides what can be done about it.

    Files that came one after another by a ledger are an order, and no rivals. A backfill is the rival of a county's return.
    """
    parts = [
        {
            (ret.form, ret.reporter, ret.period): ret
            for ret in unit_returns(c.checked.ret, plan_of(c.checked.ret.period))
        }
        for c in candidates
    ]
    verdicts = [Verdict() for _ in candidates]
    for n, m in _pairs(parts):
        one, other = candidates[n], candidates[m]
        if _in_order(one, other):
            continue
        if one.checked.sha256 == other.checked.sha256 or (
            parts[n].keys() == parts[m].keys() and not _off(parts[n], parts[m])
        ):
            _leave_one(candidates, verdicts, n, m)
        elif (off := _off(parts[n], parts[m])) and not _one_corrects(one, other):
            _refuse(candidates, verdicts, n, m, off, by)
    return verdicts


def _pairs(parts: Sequence[dict[Key, Return]]) -> list[tuple[int, int]]:
    """Those that speak for one return at least."""
    speaking = defaultdict(list)
    for n, held in enumerate(parts):
        for key in held:
            speaking[key].append(n)
    return sorted({pair for several in speaking.values() for pair in combinations(several, 2)})


def _in_order(one: Candidate, other: Candidate) -> bool:
    return None not in (one.received_at, other.received_at) and one.received_at != other.received_at


def _one_corrects(one: Candidate, other: Candidate) -> bool:
    """Where one is dated and the other came just now, the correction would not speak last."""
    return one.correction != other.correction and one.received_at == other.received_at


def _leave_one(candidates: Sequence[Candidate], verdicts: list[Verdict], n: int, m: int) -> None:
    """The one that may be accepted as it is goes before; of equals the first."""
    kept, left = (m, n) if candidates[n].checked.blocked and not candidates[m].checked.blocked else (n, m)
    if not verdicts[kept].same_as:
        verdicts[left].same_as = candidates[kept].name


def _refuse(
    candidates: Sequence[Candidate], verdicts: list[Verdict], n: int, m: int, off: list[tuple[Entry, Entry]], by: str
) -> None:
    """Each is told of all it stands against, and where it differs from the first of them."""
    where = "；".join(f"{a.at} {entry_text(a) or NOTHING} / {entry_text(b) or NOTHING}" for a, b in off[:_SHOWN])
    for mine, its in ((n, m), (m, n)):
        verdict = verdicts[mine]
        verdict.against.append(candidates[its].name)
        told = where if verdict.refusal is None else verdict.refusal.fields["where"]
        count = len(off) if verdict.refusal is None else verdict.refusal.fields["count"]
        others = "、".join(verdict.against)
        verdict.refusal = TwoFiles(by=by, name=candidates[mine].name, others=others, count=count, where=told)


def _off(one: dict[Key, Return], other: dict[Key, Return]) -> list[tuple[Entry, Entry]]:
    """Entries that answer differently, reasons too, in the returns that both stand for."""
    return [
        (entry, second)
        for key in one.keys() & other.keys()
        for slot, entry in one[key].entries.items()
        if (second := other[key].entries.get(slot)) is not None and _says(entry) != _says(second)
    ]


def _says(entry: Entry) -> tuple[Slot, EntryState, str, str]:
    return entry.slot, entry.state, entry_text(entry), entry.reason.strip()
