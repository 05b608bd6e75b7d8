"""Many files at once: read side by side, checked in the order of their quarters, published as one version."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import groupby
from pathlib import Path

from catalogue import clock, free_space
from catalogue.load import plans
from catalogue.model import Plan
from catalogue.period import Period
from etl.accept import Arrival, accept
from etl.backfill import unit_returns
from etl.errors import NotRead, ReturnRefused
from etl.executor import read_all
from etl.history import Memory, says_something_new
from etl.inbox import InboxFile, files_in
from etl.later import contradictions
from etl.later import published as published_later
from etl.ledger import Intake
from etl.model import Cells, Checked
from etl.opened import Opened
from etl.reading.forms import Identity
from etl.rivals import Candidate, settle
from etl.scan import scan
from etl.submission import check_return, opened_under
from warehouse import originals, questions, store
from warehouse.versions.done import Done
from warehouse.write import Writer

Progress = Callable[[int, int], None]  # (files done, files in all)


def _no_progress(done: int, of: int) -> None:
    """Nobody looks on."""


@dataclass(slots=True)
class Outcome:
    """What became of one file. state: accepted, unchanged (same bytes on record, or the same answers in another file),
    blocked, refused, unread (a folder or a zip holds it, and it is no workbook).

    name: as staff know it, 报表.zip!/抚顺县.xlsx for what a zip holds. same_as: the other file that was taken instead.
    """

    path: Path
    name: str
    state: str = "refused"
    checked: Checked | None = None
    identity: Identity | None = None
    refusal: ReturnRefused | None = None
    same_as: str = ""
    load_ids: list[int] = field(default_factory=list)

    @property
    def taken(self) -> bool:
        return self.state in ("accepted", "unchanged")

    def refuse(self, refusal: ReturnRefused) -> None:
        self.refusal = refusal
        self.state = "unread" if isinstance(refusal, NotRead) else "refused"


@dataclass(slots=True)
class _File:
    found: InboxFile
    intake: Intake
    outcome: Outcome
    opened: Opened | None = None  # under the plan of the year of its quarter; let go once it is checked
    read_under: Plan | None = None

    @property
    def period(self) -> Period:
        assert self.outcome.identity is not None, "only what was identified is checked"
        return self.outcome.identity.period

    @property
    def plan(self) -> Plan:
        assert self.read_under is not None, "only what was identified is checked"
        return self.read_under


@dataclass(frozen=True, slots=True)
class Stops:
    """days: oldest first, at whose end what had come and been decided by then is published as a version of its own; `stopped` is
    called with the day and that version."""

    days: Sequence[date]
    stopped: Callable[[date, store.Version], None]


@free_space.told()
def load(
    paths: Iterable[Path],
    *,
    sender: str = "",
    approve: bool = False,
    now: datetime | None = None,
    progress: Progress = _no_progress,
    stops: Stops | None = None,
) -> list[Outcome]:
    """Check every file; publish those without an open finding as one new version.

    approve: approved as they are accepted, by `sender`. The ledger's own decision goes before it.
    now: in the bureau's time; default: the clock. progress: called with (files done, files in all) as reading goes on.
    """
    known = plans()
    files, readable = _checked(paths, known, sender, now or clock.now(), progress)
    taken = [file for file in readable if file.outcome.state == "accepted"]
    if taken:
        for file in taken:
            originals.keep(file.found.content)
        for day in stops.days if stops else ():
            if stops and (came := [file for file in taken if file.intake.received_at.date() <= day]):
                stops.stopped(day, _publish(came, known, approve, sender, day))
        _publish(taken, known, approve, sender)
    return [file.outcome for file in files]


def check(paths: Iterable[Path], *, now: datetime | None = None, progress: Progress = _no_progress) -> list[Outcome]:
    """As `load`, and nothing is kept or published: what is accepted would be."""
    files, _ = _checked(paths, plans(), "", now or clock.now(), progress)
    return [file.outcome for file in files]


def _checked(
    paths: Iterable[Path], known: Sequence[Plan], sender: str, now: datetime, progress: Progress
) -> tuple[list[_File], list[_File]]:
    """All files; and those that can be read, checked, in the order in which they are taken."""
    received = Intake(received_at=now, sender=sender)
    files = [_File(found, found.intake or received, Outcome(found.path, found.name)) for found in files_in(paths)]
    _read(files, known, progress)
    readable = [file for file in files if file.outcome.identity is not None]
    readable.sort(
        key=lambda file: (file.period, file.intake.received_at, bool(file.intake.correction), file.found.name)
    )
    _check(readable, now)
    return files, readable


def _read(files: list[_File], known: Sequence[Plan], progress: Progress) -> None:
    for file in files:
        if file.found.refusal is not None:
            file.outcome.refuse(file.found.refusal)
    opened = [file for file in files if file.found.refusal is None and _clean(file)]
    found = read_all([file.found.content for file in opened])
    for done, (file, cells) in enumerate(zip(opened, found, strict=True), start=len(files) - len(opened) + 1):
        if isinstance(cells, ReturnRefused):
            file.outcome.refuse(cells)
        else:
            _identify(file, cells, known)
        progress(done, len(files))


def _clean(file: _File) -> bool:
    try:
        scan(file.found.content)
    except ReturnRefused as refusal:
        file.outcome.refuse(refusal)
        return False
    return True


def _identify(file: _File, cells: Cells, known: Sequence[Plan]) -> None:
    try:
        file.opened = opened_under(cells, known)
        file.outcome.identity, file.read_under = file.opened.identity, file.opened.plan
    except ReturnRefused as refusal:
        file.outcome.refusal = refusal


def _check(files: list[_File], now: datetime) -> None:
    """Quarter by quarter, each with what the ones before it are found to say."""
    memory = Memory()
    for _, quarter in groupby(files, key=lambda file: file.period):
        several = list(quarter)
        for file in several:
            _check_one(file, memory, now)
        _settle(several)
        for file in several:
            checked = file.outcome.checked
            if checked is not None and file.outcome.state == "accepted" and file.intake.state != "returned":
                memory.add(checked, unit_returns(checked.ret, file.plan))
    _look_ahead(files)


def _check_one(file: _File, memory: Memory, now: datetime) -> None:
    """A ledger that dates a receipt into the future does not make a quarter end sooner."""
    content, name, came = file.found.content, file.found.file_name, min(file.intake.received_at, now).date()
    try:
        checked = check_return(content, name, plan=file.plan, remember=memory, cells=file.opened, received_on=came)
    except ReturnRefused as refusal:
        file.outcome.refuse(refusal)
        return
    finally:
        file.opened = None
    file.outcome.checked = checked
    file.outcome.state = "blocked" if checked.blocked else "accepted"


def _look_ahead(files: list[_File]) -> None:
    """A corrected quarter against the later ones on record that this load does not replace: noted beside its findings."""
    taken = [(file, file.outcome.checked) for file in files if file.outcome.state == "accepted"]
    parts = {id(file): unit_returns(checked.ret, file.plan) for file, checked in taken if checked is not None}
    replaced = {(ret.form, ret.reporter, ret.period) for held in parts.values() for ret in held}
    for file, checked in taken:
        found = [
            finding
            for ret in parts[id(file)]
            if checked is not None and says_something_new(ret)
            for finding in contradictions(ret, file.plan, published_later(file.plan))
            if (ret.form, ret.reporter, finding.fields["later_period"]) not in replaced
        ]
        if checked is not None and found:
            file.outcome.checked = replace(checked, findings=(*checked.findings, *found))


def _settle(files: list[_File]) -> None:
    """Of one quarter. Two files for one return. What the ledger says of a file's coming makes an order."""
    read = [file for file in files if file.outcome.checked is not None]
    if not read:
        return
    candidates = [_candidate(file) for file in read]
    for file, verdict in zip(read, settle(candidates, lambda _: read[0].plan, by="load"), strict=True):
        if verdict.refusal is not None:
            file.outcome.checked = None
            file.outcome.refuse(verdict.refusal)
        elif verdict.same_as:
            file.outcome.state, file.outcome.same_as = "unchanged", verdict.same_as


def _candidate(file: _File) -> Candidate:
    assert file.outcome.checked is not None, "it was read"
    dated = file.intake.received_at if file.found.intake is not None else None
    return Candidate(file.found.name, file.outcome.checked, dated, bool(file.intake.correction))


def _publish(
    files: list[_File], known: Sequence[Plan], approve: bool, sender: str, day: date | None = None
) -> store.Version:
    fresh = sum(not file.outcome.load_ids for file in files)
    return store.publish(
        store.data_folder(),
        _under(files, known),
        lambda writer: _write(files, writer, approve, day),
        note=str(Done("load", str(fresh))),
        by=sender,
    )


def _under(files: list[_File], known: Sequence[Plan]) -> list[Plan]:
    """The plans of the years that the files are about, as issued and amended, and the plan in force."""
    years = {file.plan.code for file in files} | {known[-1].code}
    return [plan for plan in known if plan.code in years]


def _write(files: list[_File], writer: Writer, approve: bool, day: date | None = None) -> None:
    """day: what was decided after it is not known yet."""
    for file in files:
        intake, outcome, checked = file.intake, file.outcome, file.outcome.checked
        assert checked is not None, "only what was checked is taken"
        load_ids = accept(checked, writer, file.plan, Arrival(intake.sender, intake.received_at))
        outcome.load_ids += load_ids
        outcome.state = "accepted" if outcome.load_ids else "unchanged"
        if intake.correction:
            for load_id in load_ids:
                writer.correct(load_id, intake.correction)
        state = "approved" if approve and intake.state == "filed" else intake.state
        decided_at = intake.decided_at or intake.received_at
        if state == "filed" or (day and decided_at.date() > day):
            continue
        for load_id in load_ids or _undecided(checked, writer, file.plan, approve):
            writer.review(load_id, state, at=decided_at, by=intake.by or intake.sender, reason=intake.reason)


def _undecided(checked: Checked, writer: Writer, plan: Plan, approve: bool) -> list[int]:
    """Receipts of these very bytes that count now and wait for a decision; a superseded file has none.

    The ledger's own decision is for those that nobody has ever decided about; approve: also for those opened again.
    """
    standing = (writer.standing(ret.form, ret.reporter, str(ret.period)) for ret in unit_returns(checked.ret, plan))
    waiting = [found[0] for found in standing if found and found[1:] == (checked.sha256, "filed")]
    decided = set() if approve else questions.decided(writer.rows, waiting)
    return [load_id for load_id in waiting if load_id not in decided]
