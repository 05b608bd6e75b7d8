"""Many files at once: read side by side, checked in the order of their quarters, published as one version."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from catalogue.load import current_plan
from catalogue.model import Plan
from etl.accept import accept
from etl.backfill import unit_returns
from etl.cells import read_many
from etl.errors import ReturnRefused
from etl.forms import Identity
from etl.history import Memory
from etl.ledger import Intake, read_ledger
from etl.model import Cells, Checked
from etl.submission import check_return, identify
from warehouse import originals, store
from warehouse.write import Writer

SUFFIXES = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et", ".csv"}


@dataclass(slots=True)
class Outcome:
    """What became of one file. state: accepted, unchanged (same bytes already on record), blocked, refused."""

    path: Path
    state: str = "refused"
    checked: Checked | None = None
    identity: Identity | None = None
    refusal: ReturnRefused | None = None
    load_ids: list[int] = field(default_factory=list)

    @property
    def taken(self) -> bool:
        return self.state in ("accepted", "unchanged")


@dataclass(slots=True)
class _File:
    path: Path
    content: bytes
    intake: Intake
    outcome: Outcome
    cells: Cells | None = None


def files_in(paths: Iterable[Path]) -> Iterator[tuple[Path, Intake | None]]:
    """Each file named, and each workbook below each folder named, with its line in that folder's ledger.

    Raises FileNotFoundError for a path that is not there.
    """
    for path in paths:
        if path.is_dir():
            ledger = read_ledger(path)
            for file in sorted(path.rglob("*")):
                if file.suffix.lower() in SUFFIXES and not file.name.startswith(("~$", ".")):
                    yield file, ledger.get(file.resolve())
        elif path.exists():
            yield path, read_ledger(path.parent).get(path.resolve())
        else:
            raise FileNotFoundError(path)


def load(
    paths: Iterable[Path],
    *,
    sender: str = "",
    approve: bool = False,
    dry_run: bool = False,
    now: datetime | None = None,
    progress: Callable[[int, int], None] = lambda done, of: None,
    stops: Sequence[date] = (),
    stopped: Callable[[date, store.Version], None] = lambda day, version: None,
) -> list[Outcome]:
    """Check every file; publish those without an open finding as one new version.

    approve: approved as they are accepted, by `sender`. The ledger's own decision goes before it.
    progress: called with (files done, files in all) as reading goes on.
    stops: days, oldest first, at whose end what had come and been decided by then is published as a version of its own;
    `stopped` is called with the day and that version.
    """
    plan = current_plan()
    received = Intake(received_at=now or datetime.now().replace(microsecond=0), sender=sender)
    files = [_File(path, path.read_bytes(), line or received, Outcome(path)) for path, line in files_in(paths)]
    _read(files, plan, progress)
    identified = [(file, file.outcome.identity) for file in files if file.outcome.identity is not None]
    identified.sort(key=lambda found: (found[1].period, found[0].intake.received_at, str(found[0].path)))
    readable = [file for file, _ in identified]
    _check(readable, plan)
    taken = [file for file in readable if file.outcome.state == "accepted"]
    if not dry_run and taken:
        for file in taken:
            originals.keep(file.content)
        for day in stops:
            if known := [file for file in taken if file.intake.received_at.date() <= day]:
                stopped(day, _publish(known, plan, approve, sender, day))
        _publish(taken, plan, approve, sender)
    return [file.outcome for file in files]


def _read(files: list[_File], plan: Plan, progress: Callable[[int, int], None]) -> None:
    found = read_many([file.content for file in files])
    for done, (file, cells) in enumerate(zip(files, found, strict=True), start=1):
        if isinstance(cells, ReturnRefused):
            file.outcome.refusal = cells
        else:
            file.cells = cells
            file.outcome.identity = _identity(file, cells, plan)
        progress(done, len(files))


def _identity(file: _File, cells: Cells, plan: Plan) -> Identity | None:
    try:
        return identify(cells, plan)
    except ReturnRefused as refusal:
        file.outcome.refusal = refusal
    return None


def _check(files: list[_File], plan: Plan) -> None:
    memory = Memory()
    for file in files:
        try:
            checked = check_return(file.content, file.path.name, plan=plan, remember=memory, cells=file.cells)
        except ReturnRefused as refusal:
            file.outcome.refusal = refusal
            continue
        file.outcome.checked = checked
        file.outcome.state = "blocked" if checked.blocked else "accepted"
        if not checked.blocked and file.intake.state != "returned":
            memory.add(checked, unit_returns(checked.ret, plan))


def _publish(files: list[_File], plan: Plan, approve: bool, sender: str, day: date | None = None) -> store.Version:
    fresh = sum(not file.outcome.load_ids for file in files)
    return store.publish(
        store.data_folder(),
        plan,
        lambda writer: _write(files, writer, plan, approve, day),
        note=f"load {fresh}",
        by=sender,
    )


def _write(files: list[_File], writer: Writer, plan: Plan, approve: bool, day: date | None = None) -> None:
    """day: what was decided after it is not known yet."""
    for file in files:
        intake, outcome, checked = file.intake, file.outcome, file.outcome.checked
        assert checked is not None, "only what was checked is taken"
        load_ids = accept(checked, writer, plan, sender=intake.sender, received_at=intake.received_at)
        outcome.load_ids += load_ids
        outcome.state = "accepted" if outcome.load_ids else "unchanged"
        if intake.correction:
            for load_id in load_ids:
                writer.correct(load_id, intake.correction)
        state = "approved" if approve and intake.state == "filed" else intake.state
        decided_at = intake.decided_at or intake.received_at
        if state == "filed" or (day and decided_at.date() > day):
            continue
        for load_id in load_ids or _undecided(checked, writer, plan, approve):
            writer.review(load_id, state, at=decided_at, by=intake.by or intake.sender, reason=intake.reason)


def _undecided(checked: Checked, writer: Writer, plan: Plan, approve: bool) -> list[int]:
    """Receipts of these very bytes that count now and wait for a decision; a superseded file has none.

    The ledger's own decision is for those that nobody has ever decided about; approve: also for those opened again.
    """
    standing = (writer.standing(ret.form, ret.reporter, str(ret.period)) for ret in unit_returns(checked.ret, plan))
    waiting = [found[0] for found in standing if found and found[1:] == (checked.sha256, "filed")]
    asked = "select distinct load_id from review where list_contains(?, load_id)"
    decided = set() if approve or not waiting else {load_id for (load_id,) in writer.rows(asked, [waiting])}
    return [load_id for load_id in waiting if load_id not in decided]
