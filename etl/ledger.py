"""收文登记: when a file came, from whom, and what was decided, for returns that are loaded later.

`intake.toml` beside the files; without it a file is received now, from the sender named.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

NAME = "intake.toml"


class LedgerBroken(Exception):
    """An entry of intake.toml cannot be read; the message names file, entry and field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """One file's line. Times are local. state filed: nobody has decided yet. correction: why it takes an approved one's place."""

    received_at: datetime
    sender: str
    state: Literal["filed", "approved", "returned"] = "filed"
    reason: str = ""
    correction: str = ""
    decided_at: datetime | None = None
    by: str = ""


def read_ledger(folder: Path) -> dict[Path, Intake]:
    """Resolved path -> its line; {} where the folder keeps no ledger. Raises LedgerBroken."""
    path = folder / NAME
    if not path.exists():
        return {}
    try:
        rows = tomllib.loads(path.read_text("utf-8"))["file"]
    except (tomllib.TOMLDecodeError, KeyError) as problem:
        raise LedgerBroken(f"{path}: {problem}") from problem
    found = {}
    for row in rows:
        fields = dict(row)
        try:
            file = (folder / fields.pop("file")).resolve()
            found[file] = Intake(**fields)
        except (KeyError, TypeError) as problem:
            raise LedgerBroken(f"{path}, {row.get('file', '?')}: {problem}") from problem
    return found
