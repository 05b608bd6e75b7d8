"""A file uploaded and not yet submitted, and the reasons given for its numbers: kept, so that a reload loses nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, delete, select

from access import db
from access.tables import draft, reason
from actions.keys import ReturnKey
from catalogue.period import Period
from etl.model import GivenReason


@dataclass(frozen=True, slots=True)
class Draft:
    """name: the account that uploaded it. at: local time."""

    key: ReturnKey
    sha256: str
    file_name: str
    name: str
    at: datetime


def find(key: ReturnKey) -> Draft | None:
    """The draft that lies ready for a return; None where there is none. Asks no rights."""
    with db.reading() as con:
        row = con.execute(select(draft).where(*_is(draft, key))).first()
    return _draft(row) if row else None


def keys(reporter: str | None = None) -> frozenset[ReturnKey]:
    """Every return of which a draft lies ready and is not submitted; reporter None: of everybody. Asks no rights."""
    asked = select(draft) if reporter is None else select(draft).where(draft.c.reporter == reporter)
    with db.reading() as con:
        return frozenset(_draft(row).key for row in con.execute(asked))


def keep(kept: Draft, con: Connection) -> None:
    """Takes the place of the draft before it."""
    drop(kept.key, con)
    con.execute(
        draft.insert().values(
            form=kept.key.form,
            reporter=kept.key.reporter,
            period=str(kept.key.period),
            sha256=kept.sha256,
            file_name=kept.file_name[:255],
            name=kept.name,
            at=kept.at,
        )
    )


def drop(key: ReturnKey, con: Connection, *, sha256: str = "") -> int:
    """How many went: 0 or 1. sha256: only if it is of these bytes."""
    asked = delete(draft).where(*_is(draft, key))
    return con.execute(asked.where(draft.c.sha256 == sha256) if sha256 else asked).rowcount


def reasons(key: ReturnKey) -> dict[tuple[str, str], GivenReason]:
    """(subject, element) -> what was said for a value; whether it still holds, the reader sees."""
    with db.reading() as con:
        rows = con.execute(select(reason).where(*_is(reason, key))).all()
    return {(row.subject, row.element): GivenReason(row.value, row.reason) for row in rows}


def give(
    key: ReturnKey, given: Mapping[tuple[str, str], GivenReason], name: str, at: datetime, con: Connection
) -> None:
    """Each takes the place of the one before it; an empty reason only takes the old one away."""
    for (subject, element), said in given.items():
        con.execute(delete(reason).where(*_is(reason, key), reason.c.subject == subject, reason.c.element == element))
        if said.reason.strip():
            con.execute(
                reason.insert().values(
                    form=key.form,
                    reporter=key.reporter,
                    period=str(key.period),
                    subject=subject,
                    element=element,
                    value=said.value,
                    reason=said.reason.strip(),
                    name=name,
                    at=at,
                )
            )


def _is(table: Table, key: ReturnKey) -> tuple[ColumnElement[bool], ...]:
    return table.c.form == key.form, table.c.reporter == key.reporter, table.c.period == str(key.period)


def _draft(row: Row[Any]) -> Draft:
    key = ReturnKey(row.form, row.reporter, Period.parse(row.period))
    return Draft(key, row.sha256, row.file_name, row.name, row.at)
