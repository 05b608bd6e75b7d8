"""The one door for a file: bytes and a name in, a checked return or a ReturnRefused out."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from catalogue.load import current_plan
from catalogue.model import Plan
from catalogue.period import Period
from etl import history
from etl.backfill import unit_returns
from etl.cells import read_cells
from etl.errors import NotUnderstood, OtherPeriod, OtherUnit, ReturnRefused, SameFileAsBefore
from etl.forms import Identity, recognise
from etl.margins import refuse_personal_data
from etl.marked import Key, set_apart, typed_reasons, with_reasons
from etl.model import Cells, Checked, Finding, GivenReason, History, Return, Severity, SheetCells
from etl.returns import read_return
from etl.rules import check

log = logging.getLogger(__name__)

Remember = Callable[[str, str, Period], History]
Said = Callable[[str, str, Period], Mapping[Key, GivenReason]]


def check_return(
    content: bytes,
    file_name: str,
    *,
    plan: Plan | None = None,
    remember: Remember | None = None,
    reporter: str | None = None,
    period: Period | None = None,
    cells: Cells | None = None,
    reasons: Said | None = None,
) -> Checked:
    """Read a workbook and check it; nothing is stored.

    remember: (form, reporter, period) -> History; default: the newest published version.
    reporter, period: whose return for which quarter is expected; another's is refused.
    cells: the workbook, where a bulk reader has read it already.
    reasons: (form, reporter, period) -> what was said earlier, on a page or in an earlier file, by (subject, element); see
        `etl.marked`. Asked once it is known whose return this is.
    Raises a subclass of `etl.errors.ReturnRefused`, and nothing else whatever the bytes are.
    """
    with _only_refusals(file_name):
        plan = plan or current_plan()
        remember = remember or history.published
        found, marked = set_apart(cells or read_cells(content))
        identity = recognise(found, plan)
        sha256 = fingerprint(content)
        if reporter is not None and identity.reporter != reporter:
            raise OtherUnit(found=plan.name_of(identity.reporter), expected=plan.name_of(reporter))
        if period is not None and identity.period != period:
            _refuse_other_period(sha256, identity, period, remember)
        given = reasons(identity.form, identity.reporter, identity.period) if reasons else {}
        ret, own = _with_reasons(read_return(found, identity, plan), marked, identity, given)
        findings = _findings(ret, plan, remember)
    return Checked(sha256=sha256, file_name=file_name, kind=found.kind, ret=ret, findings=findings, reasons=own)


def identify(cells: Cells, plan: Plan) -> Identity:
    """Whose return, which form, which quarter. Raises ReturnRefused."""
    with _only_refusals("workbook"):
        return recognise(set_apart(cells)[0], plan)


@contextmanager
def _only_refusals(what: str) -> Iterator[None]:
    """Our own mistake must not end a batch or a page: it is logged, and the file is refused."""
    try:
        yield
    except ReturnRefused:
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


def _with_reasons(
    ret: Return, marked: SheetCells | None, identity: Identity, given: Mapping[Key, GivenReason]
) -> tuple[Return, dict[Key, GivenReason]]:
    """Before the rules run, so that a 更正 typed in 核查结果 lets a figure fall."""
    if marked is None:
        return with_reasons(ret, (), given)
    refuse_personal_data(Cells("", (marked,)), {})
    typed, notes = typed_reasons(marked, identity)
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


def _of_history(finding: Finding) -> Finding:
    """History may have gaps, and its form has no 变化原因: what is blank or asks for a reason is only noted."""
    asks = finding.severity is Severity.EXPLAIN or finding.rule == "required_entry"
    return replace(finding, severity=Severity.NOTE) if asks else finding
