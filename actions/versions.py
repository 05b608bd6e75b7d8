"""Versions kept for a meeting."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from access import db
from access.tables import frozen as table


@dataclass(frozen=True, slots=True)
class Frozen:
    """at: local time. period: the quarter the meeting is about, "" for none."""

    version: int
    title: str
    period: str
    name: str
    at: datetime


def frozen() -> list[Frozen]:
    """Newest first."""
    with db.reading() as con:
        return [Frozen(*row) for row in con.execute(select(table).order_by(table.c.version.desc()))]
