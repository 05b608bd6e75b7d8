"""One order for every act that is published: intent, publication, line in the log, draft dropped.

The warehouse and the log are two stores, so somebody may be killed between them. The intent is written last in the change,
while nobody else can write the warehouse, and carries a token that stands in the version's note as well. Whoever comes next
(`settle`: at every start and before every act) sees by it what was published, and writes the line that is missing.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.exc import DBAPIError

from access import audit, db, log_detail
from access.model import Account, Actor
from access.tables import intent
from actions import drafts
from actions.keys import ReturnKey
from catalogue import free_space
from catalogue.free_space import NoStorage
from catalogue.load import current_plan, plan_of, plans_of_year
from warehouse import questions, store
from warehouse.versions.done import Done
from warehouse.write import Writer

log = logging.getLogger(__name__)
Lines = str | Sequence[tuple[str, str]]  # the detail of the act's line in the log; or a line each: (object, detail)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """event, object: of the line in the log. did, about: of the version, as in `Done`. period: the quarter it is about, "" for no single one. draft: the one that becomes a return, and its SHA-256."""

    actor: Actor
    event: str
    object: str
    did: str
    about: str
    period: str = ""
    draft: tuple[ReturnKey, str] | None = None


@free_space.told()
def publish(act: Act, change: Callable[[Writer], Lines]) -> store.Version:
    """Publish what `change` writes and log it. change: gives back the detail of the line, or lines where one act is about
    many objects. Raises as `store.publish` does, and NoStorage.

    Once published it is done, even where the log cannot be written now: the line follows by `settle`.
    """
    settle()
    token, begun = secrets.token_hex(8), False

    def intended(writer: Writer) -> None:
        nonlocal begun
        detail, begun = change(writer), True
        _intend(act, token, detail, writer)

    try:
        plan = plan_of(act.period) if act.period else current_plan()
        of_year = [*(one for one in plans_of_year(plan) if one is not plan), plan]
        note = str(Done(act.did, act.about, token))
        version = store.publish(store.data_folder(), of_year, intended, note=note, by=act.actor.signature)
    except BaseException:
        if begun:
            _ended(token)
        raise
    try:
        _finish(token)
    except (DBAPIError, NoStorage):
        log.exception("%s %s is published, its line in the log follows", act.event, act.object)
    return version


def settle() -> int:
    """Log what was published and not logged, because somebody was killed in between. How many lines were missing."""
    with db.reading() as con:
        waiting = {_act_of(token) for token in con.scalars(select(intent.c.token))}
    version = store.newest(store.data_folder()) if waiting else None
    if version is None:
        return 0
    with store.open_version(version) as con:
        published = _by_token(questions.notes(questions.asking(con)))
    return sum(_finish(token, published[token]) for token in waiting if token in published)


def _intend(act: Act, token: str, told: Lines, writer: Writer) -> None:
    """Nobody else is publishing now, so an intent whose token no version carries is of somebody who was killed before."""
    key, sha256 = act.draft or ("", "")
    who = act.actor
    with db.writing() as con:
        others = set(con.scalars(select(intent.c.token)))
        if others:
            published = _by_token(questions.notes(writer.rows))
            dead = [one for one in others if _act_of(one) not in published]
            con.execute(intent.delete().where(intent.c.token.in_(dead)))
        lines = [(act.object, told)] if isinstance(told, str) else told
        rows = [
            {
                "token": f"{token}.{number:05}" if number else token,
                "name": who.account.name,
                "role": who.account.role,
                "ip": audit.clean(who.ip, 64),
                "event": act.event,
                "object": audit.clean(about, 255),
                "detail": audit.clean(detail, audit.LONGEST_DETAIL),
                "draft": str(key),
                "sha256": sha256,
            }
            for number, (about, detail) in enumerate(lines)
        ]
        if rows:
            con.execute(intent.insert(), rows)


def _act_of(token: str) -> str:
    """Its second line and those after it carry a number."""
    return token.partition(".")[0]


def _rows_of(token: str) -> ColumnElement[bool]:
    return or_(intent.c.token == token, intent.c.token.startswith(f"{token}."))


def _ended(token: str) -> None:
    """After an exception: it may have come when the version was in place already."""
    try:
        settle()
        with db.writing() as con:
            con.execute(intent.delete().where(_rows_of(token)))
    except (DBAPIError, NoStorage, OSError, store.StoreError):
        log.exception("what became of an act is seen at the next one")


def _finish(token: str, late: datetime | None = None) -> int:
    """The lines in the log and the draft dropped, in one transaction with the intent; 0 where another has done it.

    late: when it was published, local time, where the line is written afterwards.
    """
    with db.writing() as con:
        rows = con.execute(select(intent).where(_rows_of(token)).order_by(intent.c.token).with_for_update()).all()
        if not rows:
            return 0
        con.execute(intent.delete().where(_rows_of(token)))
        for row in rows:
            if row.draft:
                drafts.drop(ReturnKey.parse(row.draft), con, sha256=row.sha256)
            who = Actor(account=Account(name=row.name, person=row.name, role=row.role), ip=row.ip)
            detail = row.detail if late is None else _late(row.detail, late)
            audit.append(con, who, row.event, row.object, detail=detail)
    return len(rows)


def _late(detail: str, published_at: datetime) -> str:
    told = log_detail.facts(detail)
    if told is None:
        told = {log_detail.WORDS: detail}
    return log_detail.told(published_at=f"{published_at:%Y-%m-%dT%H:%M:%S}", **told)


def _by_token(notes: list[tuple[str, datetime]]) -> Mapping[str, datetime]:
    """token -> when it was published, local time."""
    return {token: at for note, at in notes if (token := Done.read(note).token)}
