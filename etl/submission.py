"""The one door for a file: bytes and a name in, a checked return or a ReturnRefused out."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import TypedDict, Unpack

from catalogue import clock
from catalogue.display import NOTHING, day
from catalogue.model import Plan
from catalogue.period import Period
from etl import history
from etl.backfill import unit_returns
from etl.errors import NotOver, NotUnderstood, OtherPeriod, OtherUnit, PersonalData, ReturnRefused, SameFileAsBefore
from etl.later import Later, LaterReturn, contradictions
from etl.later import published as published_later
from etl.model import Cells, Checked, Finding, GivenReason, History, Return, Severity
from etl.opened import Opened, shelf
from etl.plan_years import plan_for
from etl.reading.forms import Identity
from etl.reading.marked import Key, set_apart, with_reasons
from etl.reading.personal import ID_NUMBER, has_id_number
from etl.rules import check
from warehouse.store import StoreError

log = logging.getLogger(__name__)

Remember = Callable[[str, str, Period], History]
Said = Callable[[str, str, Period], Mapping[Key, GivenReason]]


class Known(TypedDict, total=False):
    """What is known of a return besides its workbook. None: as where it is not named.

    remember: (form, reporter, period) -> History; default: the newest published version.
    reasons: (form, reporter, period) -> what was said earlier, on a page or in an earlier file, by (subject, element); see
        `etl.reading.marked`. Asked once it is known whose return this is.
    received_on: the day the file came, in the bureau's time; default: today. on_record: it was accepted before, and is only
        read again.
    later: (form, reporter, period) -> the returns for later quarters that stand; default: the newest published version, or none
        where `remember` is given.
    """

    remember: Remember | None
    reasons: Said | None
    received_on: date | None
    on_record: bool
    later: Later | None


def check_return(
    content: bytes,
    file_name: str,
    *,
    plan: Plan | None = None,
    reporter: str | None = None,
    period: Period | None = None,
    cells: Opened | Cells | None = None,
    **known: Unpack[Known],
) -> Checked:
    """Read a workbook and check it; nothing is stored.

    plan: default: that of the year of its quarter.
    reporter, period: whose return for which quarter is expected; another's is refused.
    cells: the workbook, where a bulk reader has read it already, or opened it under `plan`.
    known: see `Known`.
    Raises a subclass of `etl.errors.ReturnRefused`, and nothing else whatever the bytes are; StoreError where what is published
    cannot be asked just now, which is no fault of the file.
    """
    with _only_refusals(file_name):
        if has_id_number(file_name):
            raise PersonalData(at="", heading=ID_NUMBER, source="file_name")
        sha256 = fingerprint(content)
        opened = _opened(content, sha256, plan) if cells is None else _given(cells, plan)
        plan = opened.plan
        later = known.get("later") or (_none_later if known.get("remember") else published_later(plan))
        remember = known.get("remember") or history.published
        identity = opened.identity
        if reporter is not None and identity.reporter != reporter:
            raise OtherUnit(found=plan.name_of(identity.reporter), expected=plan.name_of(reporter))
        if period is not None and identity.period != period:
            _refuse_other_period(sha256, identity, period, remember)
        if not known.get("on_record"):
            refuse_early(identity.period, known.get("received_on") or clock.today(), plan)
        reasons = known.get("reasons")
        given = reasons(identity.form, identity.reporter, identity.period) if reasons else {}
        ret, own = _with_reasons(opened, given)
        findings = (*opened.live, *_findings(ret, plan, remember), *_of_later(ret, plan, later))
    return Checked(sha256=sha256, file_name=file_name, kind=opened.cells.kind, ret=ret, findings=findings, reasons=own)


def refuse_early(period: Period, received_on: date, plan: Plan) -> None:
    """Raises NotOver for a quarter of which there is a day to come, the day of receipt itself included.

    With `early_returns` the plan takes them from the quarter's first day on.
    """
    until = period.previous.last_day if plan.early_returns else period.last_day
    if received_on <= until:
        due, when = plan.deadlines.get(period), "begun" if plan.early_returns else "over"
        raise NotOver(when=when, period=period, last_day=day(until), due=day(due) if due else NOTHING)


def opened_under(cells: Cells, known: Sequence[Plan]) -> Opened:
    """The workbook under the one of the known plans that speaks for its quarter, and whose it is. Raises ReturnRefused."""
    with _only_refusals("workbook"):
        opened = Opened(cells, plan_for(set_apart(cells)[0], known))
        assert opened.identity
        return opened


@contextmanager
def _only_refusals(what: str) -> Iterator[None]:
    """Our own mistake must not end a batch or a page: it is logged, and the file is refused."""
    try:
        yield
    except (ReturnRefused, StoreError):
        raise
    except Exception as problem:
        log.exception("could not check %s", what)
        raise NotUnderstood(problem=type(problem).__name__) from problem


def fingerprint(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _refuse_other_period(sha256: str, identity: Identity, period: Period, remember: Remember) -> None:
    before = remember(identity.form, identity.reporter, period).latest_sha256
    if before.get(identity.period) == sha256:
        raise SameFileAsBefore(period=identity.period)
    raise OtherPeriod(found=identity.period, expected=period)


def _opened(content: bytes, sha256: str, plan: Plan | None) -> Opened:
    """As it was opened before, where it was; none of that hangs on the day, on what is published, or on reasons given."""
    return shelf.under(plan or plan_for(set_apart(shelf.cells(content, sha256))[0]), content, sha256)


def _given(cells: Opened | Cells, plan: Plan | None) -> Opened:
    if isinstance(cells, Opened):
        assert plan is None or plan is cells.plan, "opened under the plan it is checked by"
        return cells
    return Opened(cells, plan or plan_for(set_apart(cells)[0]))


def _with_reasons(opened: Opened, given: Mapping[Key, GivenReason]) -> tuple[Return, dict[Key, GivenReason]]:
    """Before the rules run, so that a 更正 typed in 核查结果 lets a figure fall."""
    ret, (typed, notes) = opened.returned, opened.typed
    return with_reasons(replace(ret, repairs=(*ret.repairs, *notes)), typed, given)


def _findings(ret: Return, plan: Plan, remember: Remember) -> tuple[Finding, ...]:
    """A backfill is checked unit by unit, as the county returns it stands for."""
    if plan.forms[ret.form].reporter != "city":
        return check(ret, plan, remember(ret.form, ret.reporter, ret.period))
    parts = unit_returns(ret, plan)
    return ret.repairs + tuple(
        _of_history(finding)
        for part in parts
        for finding in check(part, plan, remember(part.form, part.reporter, part.period))
    )


def _of_later(ret: Return, plan: Plan, later: Later) -> tuple[Finding, ...]:
    """What later returns on record say against this one; of a backfill, unit by unit."""
    return tuple(found for part in unit_returns(ret, plan) for found in contradictions(part, plan, later))


def _none_later(form: str, reporter: str, period: Period) -> tuple[LaterReturn, ...]:
    return ()


def _of_history(finding: Finding) -> Finding:
    """History may have gaps, and its form has no 变化原因: what is blank or asks for a reason is only noted."""
    asks = finding.severity is Severity.EXPLAIN or finding.rule == "required_entry"
    return replace(finding, severity=Severity.NOTE) if asks else finding
