"""Approve, send back, lock, reopen. Nobody decides about their own return, and only one decides at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from access import audit, log_detail
from access.model import Actor
from access.rights import forms_reviewed, may
from actions import overtaken, record
from actions.errors import NotAllowed, NotNow, Overtaken
from actions.keys import ReturnKey, require, require_return, require_words
from actions.publishing import Act, publish
from actions.standing import ReturnStanding, standing, unchanged
from catalogue import clock
from catalogue.load import plan_of
from catalogue.period import Period
from etl.compare import ComparedLine
from etl.model import Checked
from warehouse import store
from warehouse.reads import review as desk
from warehouse.reads.standing import of_form, seen_in
from warehouse.write import RemarkRow, Writer


@dataclass(frozen=True, slots=True)
class Case:
    """A return on the reviewer's desk. lines: each entry beside last quarter's and beside the one approved before."""

    key: ReturnKey
    standing: ReturnStanding
    checked: Checked
    lines: list[ComparedLine]


def queue(actor: Actor, period: str) -> pd.DataFrame:
    """The returns of a quarter on the forms this account's department reviews. Grain: return owed.

    mine: whether this account may decide about it. explained, notes: findings kept with the newest receipt.
    clean: it waits, may be decided, nothing in it had to be explained or corrected, and no later return contradicts it.
    Raises NotAllowed for an account that reviews nothing.
    """
    plan = plan_of(period)
    forms = list(forms_reviewed(actor.account, plan))
    if actor.account.disabled or not forms:
        audit.record(actor, "refused", f"queue:{period}", "refused", "review")
        raise NotAllowed
    version = store.newest(store.data_folder())
    if version is None:
        return pd.DataFrame()
    with store.open_version(version, period) as con:
        rows = desk.queue(con, period, forms)
    mine = [may(actor.account, "review", plan, form=row.form, reporter=row.reporter) for row in rows.itertuples()]
    clean = (rows["state"] == "filed") & (rows["explained"] == 0) & (rows["correction"] == "") & ~rows["quarter_locked"]
    clean &= rows["contradicted"] == 0
    return rows.assign(mine=mine, clean=clean & pd.Series(mine, index=rows.index, dtype=bool))


def case(actor: Actor, key: ReturnKey) -> Case | None:
    """The newest return of this key, to be read; None where none was filed. Raises NotAllowed.

    For the departments that review the form, about their own return too: deciding is asked for separately.
    """
    plan = plan_of(key.period)
    require(actor, "lock", plan, form=key.form, about=key.object)
    now = standing(key)
    if now is None or not now.load_id:
        return None
    checked = record.checked(key, now.load_id, now.sha256, now.file_name)
    return Case(key, now, checked, record.comparison(key, checked, plan, "approved"))


def approve(actor: Actor, key: ReturnKey, *, seen: tuple[int, str, bool], reason: str = "") -> None:
    """Raises Overtaken when it was decided, withdrawn or replaced meanwhile; NotNow when there is nothing to approve."""
    _decide(actor, key, seen, "approved", reason)


def send_back(
    actor: Actor, key: ReturnKey, *, seen: tuple[int, str, bool], reason: str, remarks: Sequence[RemarkRow] = ()
) -> None:
    """With a reason for the whole and remarks on cells; one of them at least. As `approve`."""
    said = [remark for remark in remarks if remark.remark.strip()]
    if not reason.strip() and not said:
        raise NotNow("reason_wanted")
    _decide(actor, key, seen, "returned", reason, said)


def approve_clean(actor: Actor, period: str) -> tuple[list[ReturnKey], list[tuple[ReturnKey, Overtaken]]]:
    """Approve all that wait and had nothing to explain, in one publication with a line in the log each.

    (done, those where somebody was quicker).
    """
    rows = queue(actor, period)
    waiting = {
        ReturnKey(row.form, row.reporter, Period.parse(period)): (int(row.load_id), row.state, bool(row.quarter_locked))
        for row in (rows[rows["clean"]].itertuples() if len(rows) else ())
    }
    done: list[ReturnKey] = []
    second: list[tuple[ReturnKey, Overtaken]] = []
    if not waiting:
        return done, second
    at = clock.now()

    def change(writer: Writer) -> list[tuple[str, str]]:
        now = seen_in(writer.rows, period)
        for key, seen in waiting.items():
            try:
                if now.get((key.form, key.reporter)) != seen:
                    unchanged(writer, key, seen)
                done.append(key)
            except Overtaken as quicker:
                second.append((key, quicker))
        writer.review_all([waiting[key][0] for key in done], "approved", at, actor.signature)
        return [(key.object, "") for key in done]

    about = f"queue:{period}"
    publish(Act(actor=actor, event="approved", object=about, did="approved", about=period, period=period), change)
    for key, quicker in second:
        overtaken.note(actor, "approved", key, quicker)
    return done, second


def lock(actor: Actor, period: str, form: str) -> int:
    """Close a form's quarter: approved returns are locked, nothing can be filed. How many were locked.

    Raises NotNow, naming them, while returns wait for a decision; and for a quarter the plan does not ask about.
    """
    plan = plan_of(period)
    require(actor, "lock", plan, form=form, about=f"quarter:{form}/{period}")
    if period not in map(str, plan.deadlines):
        raise NotNow("nobody_owes")
    at = clock.now()
    locked: list[int] = []

    def change(writer: Writer) -> str:
        rows = of_form(writer.rows, period, form)
        waiting = [reporter for reporter, _, state in rows if state == "filed"]
        waiting.sort(key=plan.reporters(form).index)
        if waiting:
            raise NotNow("undecided", reporters="、".join(plan.name_of(code) for code in waiting))
        locked.extend(load_id for _, load_id, state in rows if state == "approved")
        writer.review_all(locked, "locked", at, actor.signature)
        writer.lock(period, form, "", at, actor.signature)
        return f"{len(locked)}"

    which = f"{form}/{period}"
    act = Act(actor=actor, event="locked", object=f"quarter:{which}", did="lock", about=which, period=period)
    publish(act, change)
    return len(locked)


def reopen(actor: Actor, period: str, form: str, reporter: str, reason: str) -> None:
    """Let one reporter correct its return of a locked quarter. Raises NotNow without a reason or where nothing is locked."""
    plan = plan_of(period)
    require(actor, "lock", plan, form=form, about=f"quarter:{form}/{period}/{reporter}")
    if not reason.strip():
        raise NotNow("reason_wanted")
    require_words(reason)
    at = clock.now()

    def change(writer: Writer) -> str:
        if not writer.locked(period, form, reporter):
            raise NotNow("not_locked")
        writer.unlock(period, form, reporter, at, actor.signature, reason.strip())
        for code, load_id, state in of_form(writer.rows, period, form):
            if code == reporter and state == "locked":
                writer.review(load_id, "approved", at, actor.signature, reason.strip())
        return log_detail.told(words=reason.strip())

    about, which = f"quarter:{form}/{period}/{reporter}", f"{form}/{reporter}/{period}"
    publish(Act(actor=actor, event="reopened", object=about, did="reopen", about=which, period=period), change)


def _decide(
    actor: Actor,
    key: ReturnKey,
    seen: tuple[int, str, bool],
    state: str,
    reason: str,
    remarks: Sequence[RemarkRow] = (),
) -> None:
    plan = plan_of(key.period)
    require_return(actor, "review", plan, key)
    require_words(reason, *(remark.remark for remark in remarks))
    at = clock.now()

    def change(writer: Writer) -> str:
        now = unchanged(writer, key, seen)
        if now.locked:
            raise NotNow("locked")
        if now.state == state or now.state not in ("filed", "approved"):
            raise NotNow("nothing_to_decide")
        writer.review(now.load_id, state, at, actor.signature, reason.strip(), remarks)
        return log_detail.told(words=reason.strip())

    act = Act(actor=actor, event=state, object=key.object, did=state, about=str(key), period=str(key.period))
    try:
        publish(act, change)
    except Overtaken as quicker:
        overtaken.note(actor, state, key, quicker)
        raise
