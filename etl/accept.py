"""A checked return becomes receipts and facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from catalogue.model import Plan
from etl.backfill import unit_returns
from etl.errors import Blocked
from etl.messages import sentence
from etl.model import Checked, Entry, EntryState, Return
from warehouse.write import FactRow, FindingRow, Receipt, Writer

_KEPT = {EntryState.VALUE, EntryState.BLANK, EntryState.NA, EntryState.SUPPRESSED}


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who sent a return, signed as receipts are, and when it was received, local."""

    by: str
    at: datetime


def accept(checked: Checked, writer: Writer, plan: Plan, sent: Arrival, *, again: bool = False) -> list[int]:
    """Write one receipt per return the file stands for, with its facts and findings; gives their load ids.

    A file whose bytes are already on record for that form, reporter and period changes nothing: []. again: it does,
    because something was said about it that the bytes do not hold.
    Raises Blocked while a finding stands in the way.
    """
    if checked.blocked:
        raise Blocked(checked.file_name)
    return [
        _accept_one(ret, checked, writer, plan, sent)
        for ret in unit_returns(checked.ret, plan)
        if again or writer.known(checked.sha256, ret.form, ret.reporter, str(ret.period)) is None
    ]


def _accept_one(ret: Return, checked: Checked, writer: Writer, plan: Plan, sent: Arrival) -> int:
    load_id = writer.add_receipt(
        Receipt(
            sha256=checked.sha256,
            file_name=checked.file_name,
            kind=checked.kind,
            form=ret.form,
            form_version=ret.version,
            plan=plan.code,
            reporter=ret.reporter,
            period=str(ret.period),
            sender=sent.by,
            received_at=sent.at,
            footer=dict(ret.footer),
        )
    )
    writer.add_facts(load_id, list(facts(ret)))
    writer.add_findings(load_id, list(_findings(checked, ret, plan)))
    return load_id


def facts(ret: Return) -> Iterator[FactRow]:
    """The entries a return leaves in the warehouse."""
    for entry in ret.entries.values():
        if entry.state in _KEPT:
            yield _fact(ret, entry)


def _fact(ret: Return, entry: Entry) -> FactRow:
    return FactRow(
        period=str(ret.period),
        subject=entry.slot.subject,
        element=entry.slot.element,
        state=str(entry.state),
        value=entry.value,
        text=entry.text,
        raw=entry.raw,
        reason=entry.reason,
        sheet=entry.at.sheet,
        cell=entry.at.address,
    )


def _findings(checked: Checked, ret: Return, plan: Plan) -> Iterator[FindingRow]:
    """Of a backfill each unit keeps the findings about itself."""
    several = checked.ret is not ret and checked.ret.form != ret.form
    for finding in checked.findings:
        subject = finding.slot.subject if finding.slot else ret.reporter
        if several and subject != ret.reporter:
            continue
        yield FindingRow(
            rule=finding.rule,
            severity=str(finding.severity),
            subject=subject,
            element=finding.slot.element if finding.slot else "",
            sheet=finding.at.sheet if finding.at else "",
            cell=finding.at.address if finding.at else "",
            sentence=sentence(finding, plan, "zh"),
            explained=finding.explained,
        )
