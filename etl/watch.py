"""`python -m etl watch FOLDER`: what arrives in an inbox is taken, and moved aside with what became of it.

    FOLDER/…                  what came; a file counts as here once it has not changed between two looks
    FOLDER/done/2021-10-15/   accepted, or on record already
    FOLDER/mend/2021-10-15/   not accepted, each with what to mend beside it (an .xlsx of findings, or a .txt)

A file is moved only after what it says is published: whoever is killed in between finds it on record next time. Several may
watch one folder.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from catalogue import clock
from catalogue.free_space import NoStorage
from catalogue.load import plan_of
from catalogue.wording import say
from etl import batch, history
from etl.batch import Outcome
from etl.executor import ExecutorProblem
from etl.inbox import OURS, SUFFIXES, is_dropping, not_read
from etl.ledger import LedgerBroken
from etl.outgoing.findings_file import findings_file
from warehouse import store

DONE, MEND = "done", "mend"
EVERY = 5.0  # seconds between two looks
AT_ONCE = 500  # files in one publication
Seen = dict[Path, tuple[int, int]]


class InboxProblem(Exception):
    """Nothing can be moved aside; what was taken is on record, and found so again."""


PASSING = (InboxProblem, NoStorage, LedgerBroken, ExecutorProblem, store.StoreError)


@dataclass(frozen=True, slots=True)
class Taken:
    """One file out of the inbox. outcomes: of what it held, several for a zip. moved: where it lies now, None where another had
    moved it already."""

    path: Path
    outcomes: tuple[Outcome, ...]
    moved: Path | None = None

    @property
    def done(self) -> bool:
        return bool(self.outcomes) and all(outcome.taken for outcome in self.outcomes)


@dataclass(slots=True)
class Watch:
    """folder: the inbox. sender, approve: as of `etl.batch.load`. told: called with every file as it is moved aside; progress: as
    of `batch.load`."""

    folder: Path
    sender: str = ""
    approve: bool = False
    told: Callable[[Taken], None] = lambda taken: None
    progress: Callable[[int, int], None] = lambda done, of: None
    _seen: Seen = field(default_factory=dict)

    def look(self) -> int:
        """Take what is here and has not changed since the last look. How many files were moved aside.

        Raises what stands in the way of all of them (`PASSING`), with every file where it was that was not taken yet.
        """
        found = dict(_arrived(self.folder))
        still = [path for path, state in sorted(found.items()) if self._seen.get(path) == state]
        self._seen = {path: state for path, state in found.items() if path not in still}
        waiting, moved = iter(still), 0
        while some := list(islice(waiting, AT_ONCE)):
            try:
                moved += self._take(some)
            except BaseException:
                self._seen |= {path: found[path] for path in still}  # they have not changed: taken at the next look
                raise
        return moved

    def run(self, stop: threading.Event, every: float = EVERY, problem: Callable[[Exception], None] = print) -> None:
        """Until `stop`; what stands in the way is told once and tried again."""
        last = ""
        while not stop.is_set():
            try:
                self.look()
                last = ""
            except PASSING as found:
                if str(found) != last:
                    problem(found)
                last = str(found)
            stop.wait(every)

    def _take(self, paths: list[Path]) -> int:
        there = [path for path in paths if path.exists()]
        outcomes = batch.load(there, sender=self.sender, approve=self.approve, progress=self.progress)
        for path in there:
            of_it = tuple(outcome for outcome in outcomes if outcome.path == path)
            taken = Taken(path, of_it)
            self.told(Taken(path, of_it, _aside(self.folder, taken)))
        return len(there)


def overlaps(one: Path, other: Path) -> bool:
    """The same folder, or one within the other: what is not an inbox must not be emptied like one."""
    here, there = one.resolve(), other.resolve()
    return here == there or here in there.parents or there in here.parents


def _arrived(folder: Path) -> Iterator[tuple[Path, tuple[int, int]]]:
    """What lies in the inbox, and its size and time. Left out: what a program is still bringing, by its name; what is ours."""
    for path in folder.rglob("*"):
        within = path.relative_to(folder)
        if within.parts[0] in (DONE, MEND) or any(part.startswith(".") for part in within.parts) or path.name in OURS:
            continue
        try:
            state = path.stat()
        except OSError:
            continue  # moved by another
        bringing = path.suffix.lower() not in SUFFIXES and not_read(path.name).fields.get("why") == "download"
        if path.is_file() and not bringing and not is_dropping(within.as_posix(), state.st_size):
            yield path, (state.st_size, state.st_mtime_ns)


def _aside(folder: Path, taken: Taken) -> Path | None:
    """Moved where it belongs, under its own name or, where that is taken, with a number; None where another was quicker.

    Raises InboxProblem where the folder cannot be written.
    """
    place = folder / (DONE if taken.done else MEND) / f"{clock.real_now():%Y-%m-%d}"
    try:
        place.mkdir(parents=True, exist_ok=True)
        target = _free(place, taken.path)
        os.rename(taken.path, target)
        if not taken.done:
            _tell_beside(target, taken.outcomes)
    except FileNotFoundError:
        return None
    except OSError as problem:
        raise InboxProblem(say("load.not_moved", file=taken.path.name, problem=problem.strerror)) from problem
    return target


def _free(place: Path, path: Path) -> Path:
    names = (path.name, *(f"{path.stem} ({number}){path.suffix}" for number in range(2, 10_000)))
    return next(place / name for name in names if not (place / name).exists())


def _tell_beside(target: Path, outcomes: Iterable[Outcome]) -> None:
    """What to mend: the findings of each return as a workbook, everything else in a text."""
    said = []
    for number, outcome in enumerate((each for each in outcomes if not each.taken), start=1):
        if outcome.refusal is not None:
            said.append(f"{outcome.name}: {outcome.refusal} {outcome.refusal.mend()}")
        elif outcome.checked is not None:
            ret = outcome.checked.ret
            past = history.published(ret.form, ret.reporter, ret.period)
            content = findings_file(outcome.checked, plan_of(ret.period), past)
            target.with_name(f"{target.name}.{number}.xlsx").write_bytes(content)
    if said:
        target.with_name(f"{target.name}.txt").write_text("\n".join(said) + "\n", "utf-8")
