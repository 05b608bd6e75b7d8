"""A draft becomes a return: submitted, replaced, corrected, withdrawn. One transaction of the warehouse each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from access.model import Actor
from actions import drafts, overtaken, publishing
from actions.errors import NotNow, Overtaken
from actions.keys import ReturnKey, require_return, require_words
from actions.publishing import Act, publish
from actions.standing import ReturnStanding, received_now, standing, unchanged
from actions.uploading import checked_draft
from catalogue import clock
from catalogue.display import day
from catalogue.load import plan_of
from catalogue.model import Plan
from catalogue.period import Period
from etl.accept import accept
from etl.errors import Blocked
from etl.model import Checked
from etl.rules.reasons import explains
from warehouse import questions, store
from warehouse.write import Writer


@dataclass(frozen=True, slots=True)
class Receipted:
    """回执. at: local time of receipt. version: in which the return first stands."""

    number: str
    at: datetime
    sha256: str
    file_name: str
    version: int


def submit(actor: Actor, key: ReturnKey, *, seen: tuple[int, str, bool], correction: str = "") -> Receipted:
    """File the draft of this return. seen: `ReturnStanding.seen`, as the page showed it.

    A return that nobody has decided about is replaced; one that was approved needs `correction`, the reason for 更正.
    Raises Overtaken when somebody was quicker, NotNow when the state of the return or its findings do not permit it.
    """
    plan = plan_of(key.period)
    require_return(actor, "file", plan, key)
    require_words(correction)
    publishing.settle()
    kept = drafts.find(key)
    if kept is None:
        raise NotNow("no_draft")
    _over(key.period, clock.today(), plan)
    checked = checked_draft(kept)
    if checked.blocked:
        raise NotNow("open_findings")
    at = received_now(standing(key))
    found: dict[str, str] = {}

    def change(writer: Writer) -> str:
        found["number"] = _file(writer, actor, key, seen, correction.strip(), checked, plan, at)
        told = f" correction={correction}" if correction else ""
        return f"number={found['number']} sha256={checked.sha256}{told}"

    draft = key, kept.sha256
    act = Act(
        actor=actor, event="submitted", object=key.object, note=f"submit {key}", period=str(key.period), draft=draft
    )
    try:
        version = publish(act, change)
    except Overtaken as quicker:
        overtaken.note(actor, "submitted", key, quicker)
        raise
    return Receipted(found["number"], at, checked.sha256, checked.file_name, version.number)


def withdraw(actor: Actor, key: ReturnKey, *, seen: tuple[int, str, bool], reason: str) -> None:
    """Take back a return that nobody has decided about. Raises Overtaken, NotNow."""
    plan = plan_of(key.period)
    require_return(actor, "file", plan, key)
    require_words(reason)
    at = clock.now()

    def change(writer: Writer) -> str:
        now = unchanged(writer, key, seen)
        _unlocked(now)
        if now.state != "filed":
            raise NotNow("not_to_withdraw")
        writer.review(now.load_id, "withdrawn", at, actor.signature, reason.strip())
        return reason

    try:
        publish(
            Act(actor=actor, event="withdrawn", object=key.object, note=f"withdraw {key}", period=str(key.period)),
            change,
        )
    except Overtaken as quicker:
        overtaken.note(actor, "withdrawn", key, quicker)
        raise


def _file(
    writer: Writer,
    actor: Actor,
    key: ReturnKey,
    seen: tuple[int, str, bool],
    correction: str,
    checked: Checked,
    plan: Plan,
    at: datetime,
) -> str:
    now = unchanged(writer, key, seen)
    _unlocked(now)
    correction = correction or _corrected_before(writer, now)
    if now.state == "approved" and not explains(correction):
        raise NotNow("correction_wanted")
    if number := _on_record(writer.rows, key, checked):
        raise NotNow("same_file", number=number)
    if now.state == "filed":
        writer.review(now.load_id, "withdrawn", at, actor.signature, f"replaced by {checked.sha256[:12]}")
    try:
        [load_id] = accept(checked, writer, plan, sender=actor.signature, received_at=at, again=True)
    except Blocked as problem:
        raise NotNow("open_findings") from problem
    if correction and questions.approved_stands(writer.rows, _asked(key)):
        writer.correct(load_id, correction)
    made = questions.received(writer.rows, load_id)
    assert made is not None, "it was just accepted"
    return made.number


def same_as(key: ReturnKey, checked: Checked) -> str:
    """回执号 of a receipt, not withdrawn, with these very bytes and these very reasons; "" where there is none."""
    version = store.newest(store.data_folder())
    if version is None:
        return ""
    with store.open_version(version) as con:
        return _on_record(questions.asking(con), key, checked)


def _on_record(ask: questions.Ask, key: ReturnKey, checked: Checked) -> str:
    """The bytes do not hold the reasons that were typed on the page, so both are compared."""
    said = {(slot.subject, slot.element, entry.reason) for slot, entry in checked.ret.entries.items() if entry.reason}
    same = questions.of_bytes(ask, checked.sha256, _asked(key))
    return next((number for load_id, number in same if questions.reasons(ask, load_id) == said), "")


def _corrected_before(writer: Writer, now: ReturnStanding) -> str:
    """A correction filed again, while it waits or after it was sent back, keeps its reason unless a new one is given."""
    return "" if now.state == "approved" else questions.correction(writer.rows, now.load_id)


def _asked(key: ReturnKey) -> questions.Key:
    return key.form, key.reporter, str(key.period)


def _unlocked(now: ReturnStanding) -> None:
    if now.locked or now.state == "locked":
        raise NotNow("locked")


def _over(period: Period, today: date, plan: Plan) -> None:
    """A quarter can be reported when it is over; from its first day on where the plan takes early returns."""
    if plan.early_returns and today <= period.previous.last_day:
        raise NotNow("not_begun")
    if not plan.early_returns and today <= period.last_day:
        raise NotNow("not_over", day=day(period.last_day))
