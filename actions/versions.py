"""Versions: listed, compared, kept for a meeting under a name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import pandas as pd
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from access import audit, db, log_detail
from access.model import Actor
from access.tables import frozen as table
from actions.errors import NotNow
from actions.keys import require
from catalogue import clock
from catalogue.load import current_plan
from warehouse import compare_versions, store
from warehouse.questions import asking
from warehouse.versions import keeping
from warehouse.versions.keeping import Rules

LONGEST_TITLE = 128


@dataclass(frozen=True, slots=True)
class Frozen:
    """at: local time. period: the quarter the meeting is about, "" for none."""

    version: int
    title: str
    period: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Comparison:
    """From `earlier` to `later`; see `warehouse.compare_versions` for the tables.

    plan_changed: the plan's files were changed in between, which may move values too.
    lacking: tables that the earlier version does not have because an older program wrote it.
    """

    earlier: store.Version
    later: store.Version
    receipts: pd.DataFrame
    decisions: pd.DataFrame
    values: pd.DataFrame
    plan_changed: bool
    lacking: tuple[str, ...]


def listing() -> list[store.Version]:
    """Versions that are there, newest first, whole or not; [] before the first was published."""
    return store.versions(store.data_folder())[::-1]


def kept(number: int) -> store.Version:
    """Raises NotNow for one that is not on disk."""
    try:
        return store.version(store.data_folder(), number)
    except store.StoreError as problem:
        raise NotNow("no_such_version", number=number) from problem


def compare(actor: Actor, a: int, b: int) -> Comparison:
    """In either order. Raises NotAllowed; NotNow for the same one twice, one not on disk, or one too old to be read."""
    require(actor, "administer", current_plan(), about=f"versions:{a}/{b}")
    if a == b:
        raise NotNow("same_version")
    earlier, later = kept(min(a, b)), kept(max(a, b))
    with store.open_version(earlier) as before, store.open_version(later) as after:
        try:
            values = _differing_values(earlier, later)
            gone = compare_versions.lacking(asking(before))
            return Comparison(
                earlier,
                later,
                compare_versions.receipts_since(before, after),
                compare_versions.decisions_since(before, after),
                values,
                _plans_differ(earlier, later),
                gone,
            )
        except KeyError as problem:
            raise NotNow("version_too_old", number=earlier.number, table=problem.args[0]) from problem


def _differing_values(earlier: store.Version, later: store.Version) -> pd.DataFrame:
    """Of the quarters of every plan that the later version holds, each under that plan."""
    found = []
    for edition in store.editions_of(later) or (None,):
        at = edition.last if edition else None
        with store.open_version(earlier, at) as before, store.open_version(later, at) as after:
            rows = compare_versions.differing_values(before, after)
        found.append(rows if edition is None else rows[[period in edition for period in rows["period"]]])
    return pd.concat([rows for rows in found if len(rows)] or found[-1:], ignore_index=True)


def _plans_differ(earlier: store.Version, later: store.Version) -> bool:
    """Whether the files of a plan that both hold were changed in between."""
    before = {one.schema: one.plan_digest for one in store.editions_of(earlier)}
    after = {one.schema: one.plan_digest for one in store.editions_of(later)}
    if not before or not after:
        return earlier.plan_digest != later.plan_digest
    return any(after.get(schema, digest) != digest for schema, digest in before.items())


def frozen() -> list[Frozen]:
    """Versions kept for meetings, newest first; [] for none. Asks no rights."""
    with db.reading() as con:
        return [Frozen(*row) for row in con.execute(select(table).order_by(table.c.version.desc()))]


def freeze(actor: Actor, version: int, title: str, period: str = "") -> None:
    """Keep a version under a name, for the leaders of a meeting. Raises NotAllowed; NotNow without a title, for one kept already."""
    require(actor, "administer", current_plan(), about=f"version:{version}")
    title = audit.clean(title, LONGEST_TITLE)
    if not title:
        raise NotNow("title_wanted")
    number = kept(version).number
    if number not in hand_over({number}):
        raise NotNow("no_such_version", number=number)
    row = {"version": number, "title": title, "period": period, "name": actor.account.name, "at": clock.now()}
    try:
        with db.writing() as con:
            con.execute(table.insert().values(**row))
            audit.append(con, actor, "frozen", f"version:{number}", detail=log_detail.told(title=title, period=period))
    except IntegrityError as problem:
        raise NotNow("already_frozen", number=number) from problem


def unfreeze(actor: Actor, version: int) -> None:
    """The version itself stays. Raises NotAllowed; NotNow where it is not kept for anything."""
    require(actor, "administer", current_plan(), about=f"version:{version}")
    with db.writing() as con:
        if not con.execute(table.delete().where(table.c.version == version)).rowcount:
            raise NotNow("not_frozen", number=version)
        audit.append(con, actor, "unfrozen", f"version:{version}")
    store.let_go(store.data_folder(), version)


def hand_over(others: Collection[int] = ()) -> set[int]:
    """Tell the warehouse which versions are kept for meetings, so that it never thins them out: those of them on disk.

    At every start, and whenever one is frozen. others: besides the frozen ones.
    """
    return store.keep(store.data_folder(), {*others, *(each.version for each in frozen())})


def rules() -> Rules:
    """How long versions stay; data/warehouse.toml. Raises StoreError."""
    return keeping.rules()


def space() -> store.Space:
    """What versions, the journal and the workbooks take on the disk."""
    return store.space(store.data_folder())
