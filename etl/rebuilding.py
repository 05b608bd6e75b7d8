"""Every stored workbook read once more, as its receipt says, and its answers held against those in the newest version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, field
from itertools import groupby
from typing import Any

from catalogue.entries import CatalogueError
from catalogue.load import plan_of
from catalogue.model import Plan
from catalogue.period import Period
from catalogue.wording import say
from etl.accept import facts
from etl.backfill import unit_returns
from etl.cells import read_many
from etl.errors import ReturnRefused
from etl.model import Cells, Checked, GivenReason, History, fact_text
from etl.submission import check_return
from warehouse import originals, questions, read, store
from warehouse.questions import KeptReceipt
from warehouse.versions.journal import chunks

AT_ONCE = 64  # workbooks in memory
NAMED = 5  # cells of one return that are told one by one


@dataclass(slots=True)
class Rebuilt:
    """workbooks, returns, entries: how many were read again. problems, notes: a sentence each, as in `warehouse.versions.verify`."""

    workbooks: int = 0
    returns: int = 0
    entries: int = 0
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def rebuild() -> Rebuilt:
    """What differs between the workbooks and the newest version; changes nothing. Raises StoreError.

    A return is read under the plan of its receipt. Reasons that were typed on the page are not in the workbook and are
    taken as recorded. A form that has another version by now cannot be read as it was, and is only noted.
    """
    found, version = Rebuilt(), store.newest(store.data_folder())
    if version is None:
        return found
    with store.open_version(version) as con:
        receipts = questions.kept(questions.asking(con))
        by_file = [list(several) for _, several in groupby(receipts, key=lambda receipt: receipt.sha256)]
        for some in chunks(by_file, AT_ONCE):
            there = [(several, content) for several in some if (content := _content(several[0], found)) is not None]
            for (several, content), cells in zip(there, read_many([content for _, content in there]), strict=True):
                found.workbooks += 1
                for receipt in several:
                    _compare(con, receipt, content, cells, found)
    return found


def _content(receipt: KeptReceipt, found: Rebuilt) -> bytes | None:
    """None where `warehouse.versions.verify` has told what is wrong with it."""
    try:
        return originals.content(receipt.sha256)
    except (FileNotFoundError, ValueError, originals.OriginalDamaged):
        found.notes.append(say("rebuilt.not_read", number=receipt.number))
        return None


def _compare(con: read.Con, receipt: KeptReceipt, content: bytes, cells: Cells | ReturnRefused, found: Rebuilt) -> None:
    plan = _plan_of(receipt)
    if plan is None or receipt.form not in plan.forms or plan.forms[receipt.form].version != receipt.form_version:
        found.notes.append(say("rebuilt.other_plan", number=receipt.number))
        return
    there = questions.facts(questions.asking(con), receipt.load_id)
    try:
        if isinstance(cells, ReturnRefused):
            raise cells
        here = set(_entries(_checked(con, receipt, content, cells, plan), receipt, plan))
    except ReturnRefused as refusal:
        found.problems.append(say("rebuilt.refused", number=receipt.number, problem=refusal))
        return
    found.returns += 1
    found.entries += len(here)
    found.problems += _told(receipt, there, here)


def _plan_of(receipt: KeptReceipt) -> Plan | None:
    try:
        plan = plan_of(receipt.period)
    except (CatalogueError, OSError):
        return None
    return plan if plan.code == receipt.plan else None


def _checked(con: read.Con, receipt: KeptReceipt, content: bytes, cells: Cells, plan: Plan) -> Checked:
    given = {
        (row.subject, row.element): GivenReason(fact_text(row.state, row.value, row.text), row.reason)
        for row in read.reasons(con, receipt.load_id)
    }
    return check_return(
        content,
        receipt.file_name,
        plan=plan,
        cells=cells,
        remember=lambda form, reporter, period: History(),
        reasons=lambda form, reporter, period: given,
        on_record=True,
    )


def _entries(checked: Checked, receipt: KeptReceipt, plan: Plan) -> Iterator[tuple[Any, ...]]:
    """Of the return that the receipt is about: a backfill stands for several."""
    for ret in unit_returns(checked.ret, plan):
        if (ret.form, ret.reporter, ret.period) == (receipt.form, receipt.reporter, Period.parse(receipt.period)):
            yield from (astuple(row) for row in facts(ret))


def _told(receipt: KeptReceipt, there: set[tuple[Any, ...]], here: set[tuple[Any, ...]]) -> Iterator[str]:
    keys = {row[:3] for row in there ^ here}
    kept, read_again = _by_key(there), _by_key(here)
    for key in sorted(keys)[:NAMED]:
        place = kept.get(key) or read_again[key]
        yield say(
            "rebuilt.cell",
            number=receipt.number,
            at=f"{place[8]}!{place[9]}",
            there=_raw(kept.get(key)),
            here=_raw(read_again.get(key)),
        )
    if len(keys) > NAMED:
        yield say("rebuilt.more", table=receipt.number, count=len(keys) - NAMED)


def _by_key(rows: Iterable[tuple[Any, ...]]) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    return {row[:3]: row for row in rows}


def _raw(row: tuple[Any, ...] | None) -> str:
    """Value and reason as recorded; what is not there at all has a dash."""
    if row is None:
        return "—"
    _, _, _, state, value, text, raw, reason, _, _ = row
    return " ".join(str(part) for part in (state, value, text, raw, reason) if part not in (None, ""))
