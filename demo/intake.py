"""intake.toml of the demo folder: 收文登记, one entry per file; read back by `etl.ledger`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from catalogue.model import Plan
from demo.filings import Filing
from demo.people import sender

HEAD = "# 演示数据 收文登记: written by `python -m demo`. People are invented; times are local.\n"


def ledger(plan: Plan, entries: Iterable[tuple[PurePosixPath, Filing]]) -> str:
    """The file's text, entries in the order given."""
    return HEAD + "".join(_entry(plan, file, filing) for file, filing in entries)


def _entry(plan: Plan, file: PurePosixPath, filing: Filing) -> str:
    lines = [
        f'file = "{file}"',
        f"received_at = {filing.received_at.isoformat()}",
        f'sender = "{sender(plan, filing.reporter)}"',
        f'state = "{filing.state}"',
    ]
    if filing.decided_at is not None:
        lines += [f"decided_at = {filing.decided_at.isoformat()}", f'by = "{filing.by}"']
    if filing.correction:
        lines.append(f'correction = "{filing.correction}"')
    if filing.reason:
        lines.append(f'reason = "{filing.reason}"')
    return "\n[[file]]\n" + "\n".join(lines) + "\n"
