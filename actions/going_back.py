"""Back to how things stood in an earlier version, without losing what came after: only decisions are added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from access import log_detail
from access.model import Actor
from actions.errors import NotNow
from actions.keys import require, require_words
from actions.publishing import Act, publish
from actions.versions import kept
from catalogue import clock
from catalogue.load import current_plan
from warehouse import questions, store
from warehouse.compare_versions import Ledger, Owed, lacking, ledger
from warehouse.questions import Ask, asking
from warehouse.write import Writer


@dataclass(frozen=True, slots=True)
class Undoing:
    """What going back would change.

    states: load_id -> (state now, state it gets); a receipt that came later is withdrawn.
    locks, dues: by (period, form, reporter), what it gets; only what is different and still owed under the plan of now.
    """

    states: dict[int, tuple[str, str]]
    locks: dict[Owed, bool]
    dues: dict[Owed, date]

    @property
    def nothing(self) -> bool:
        return not (self.states or self.locks or self.dues)


@dataclass(frozen=True, slots=True)
class Preview:
    """receipts: those whose state changes, with columns now and then. newest: number of the version it was worked out on.

    plan_changed: the plan's files are others than then, so the numbers need not be those of then.
    lacking: what the old version knows nothing of, because an older program wrote it.
    """

    undoing: Undoing
    receipts: pd.DataFrame
    newest: int
    plan_changed: bool
    lacking: tuple[str, ...]


def preview(actor: Actor, number: int) -> Preview:
    """Raises NotAllowed; NotNow for the newest version, one not on disk, or one too old to be read."""
    plan = current_plan()
    require(actor, "administer", plan, about=f"version:{number}")
    then, newest = _then(number), store.latest(store.data_folder())
    with store.open_version(newest) as con:
        undoing = _undoing(asking(con), then)
        moved = questions.receipts(asking(con), list(undoing.states))
    states = [undoing.states[int(load_id)] for load_id in moved["load_id"]]
    told = moved.assign(now=[now for now, _ in states], then=[wanted for _, wanted in states])
    with store.open_version(kept(number)) as con:
        gone = lacking(asking(con))
    return Preview(undoing, told, newest.number, store.plan_digest(kept(number)) != plan.digest, gone)


def go_back(actor: Actor, number: int, reason: str, *, seen: int | None = None) -> store.Version:
    """Everything stands again as it did in version `number`, in one new version; history stays and goes on.

    Receipts that came later are withdrawn; every other one gets its state of then, every lock and deadline too. Under an
    unchanged plan the judged numbers are those of then. seen: newest version when the preview was shown.
    Raises NotAllowed; NotNow without a reason, for the newest version, where nothing would change, or somebody was quicker.
    """
    plan = current_plan()
    require(actor, "administer", plan, about=f"version:{number}")
    if not reason.strip():
        raise NotNow("reason_wanted")
    require_words(reason)
    then, at = _then(number), clock.now()

    def change(writer: Writer) -> str:
        newest = questions.newest_number(writer.rows)
        if seen is not None and newest != seen:
            raise NotNow("versions_moved", number=newest)
        undoing = _undoing(writer.rows, then)
        if undoing.nothing:
            raise NotNow("nothing_to_undo", number=number)
        _write(writer, undoing, at, actor.signature, reason.strip())
        return log_detail.told(
            receipts=len(undoing.states),
            locks=len(undoing.locks),
            deadlines=len(undoing.dues),
            new=writer.number,
            words=reason,
        )

    act = Act(actor=actor, event="went_back", object=f"version:{number}", did="go_back", about=str(number))
    return publish(act, change)


def _then(number: int) -> Ledger:
    newest = store.newest(store.data_folder())
    if newest is not None and newest.number == number:
        raise NotNow("is_newest", number=number)
    with store.open_version(kept(number)) as con:
        try:
            return ledger(asking(con))
        except KeyError as problem:
            raise NotNow("version_too_old", number=number, table=problem.args[0]) from problem


def _undoing(ask: Ask, then: Ledger) -> Undoing:
    now = ledger(ask)
    wanted = {load_id: then.states.get(load_id, "withdrawn") for load_id in now.states}
    return Undoing(
        {load_id: (state, wanted[load_id]) for load_id, state in now.states.items() if state != wanted[load_id]},
        {key: then.locks.get(key, False) for key, locked in now.locks.items() if locked != then.locks.get(key, False)},
        {key: then.dues[key] for key, due in now.dues.items() if due != then.dues.get(key, due)},
    )


def _write(writer: Writer, undoing: Undoing, at: datetime, by: str, reason: str) -> None:
    for load_id, (_, state) in undoing.states.items():
        writer.review(load_id, state, at, by, reason)
    for (period, form, reporter), locked in undoing.locks.items():
        (writer.lock if locked else writer.unlock)(period, form, reporter, at, by, reason)
    for (period, form, reporter), due in undoing.dues.items():
        writer.deadline(period, (form, reporter), due, at, by, reason)
