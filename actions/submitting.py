"""A draft becomes a return: submitted, replaced, corrected, withdrawn. One transaction of the warehouse each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from access import log_detail
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
from etl.accept import Arrival, accept
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


@dataclass(frozen=True, slots=True)
class _Filing:
    """A draft on its way into the ledger. seen: how the return stood when it was sent. at: of receipt, local."""

    key: ReturnKey
    checked: Checked
    seen: tuple[int, str, bool]
    correction: str
    sender: str
    at: datetime


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
    filing = _Filing(key, checked, seen, correction.strip(), actor.signature, received_now(standing(key)))
    found: dict[str, str] = {}

    def change(writer: Writer) -> str:
        found["number"] = _file(writer, filing)
        return log_detail.told(number=found["number"], sha256=checked.sha256, correction=filing.correction)

    draft = key, kept.sha256
    act = Act(
        actor=actor,
        event="submitted",
        object=key.object,
        did="submit",
        about=str(key),
        period=str(key.period),
        draft=draft,
    )
    try:
        version = publish(act, change)
    except Overtaken as quicker:
        overtaken.note(actor, "submitted", key, quicker)
        raise
    return Receipted(found["number"], filing.at, checked.sha256, checked.file_name, version.number)


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
        return log_detail.told(words=reason.strip())

    try:
        publish(
            Act(
                actor=actor,
                event="withdrawn",
                object=key.object,
                did="withdraw",
                about=str(key),
                period=str(key.period),
            ),
            change,
        )
    except Overtaken as quicker:
        overtaken.note(actor, "withdrawn", key, quicker)
        raise


def _file(writer: Writer, filing: _Filing) -> str:
    """回执号."""
    key, checked = filing.key, filing.checked
    now = unchanged(writer, key, filing.seen)
    _unlocked(now)
    correction = filing.correction or _corrected_before(writer, now)
    if now.state == "approved" and not explains(correction):
        raise NotNow("correction_wanted")
    if number := _on_record(writer.rows, key, checked):
        raise NotNow("same_file", number=number)
    sent = Arrival(filing.sender, filing.at)
    try:
        [load_id] = accept(checked, writer, plan_of(key.period), sent, again=True)
    except Blocked as problem:
        raise NotNow("open_findings") from problem
    if now.state == "filed":
        writer.replace(now.load_id, load_id, filing.at, filing.sender)
    if correction and questions.approved_stands(writer.rows, key.asked):
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
    same = questions.of_bytes(ask, checked.sha256, key.asked)
    return next((number for load_id, number in same if questions.reasons(ask, load_id) == said), "")


def _corrected_before(writer: Writer, now: ReturnStanding) -> str:
    """A correction filed again, while it waits or after it was sent back, keeps its reason unless a new one is given."""
    return "" if now.state == "approved" else questions.correction(writer.rows, now.load_id)


def _unlocked(now: ReturnStanding) -> None:
    if now.locked or now.state == "locked":
        raise NotNow("locked")


def _over(period: Period, today: date, plan: Plan) -> None:
    """A quarter can be reported when it is over; from its first day on where the plan takes early returns."""
    if plan.early_returns and today <= period.previous.last_day:
        raise NotNow("not_begun")
    if not plan.early_returns and today <= period.last_day:
        raise NotNow("not_over", day=day(period.last_day))
