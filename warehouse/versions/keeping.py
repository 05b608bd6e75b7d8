"""Which versions stay: a rule for each age, told by data/warehouse.toml, and the marks of those kept for ever."""

from __future__ import annotations

import fcntl
import os
import tomllib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from catalogue import clock
from catalogue.entries import Mistake, mistake, read_entry
from catalogue.period import Period
from catalogue.wording import language, say
from warehouse.lock import StoreError
from warehouse.versions import files
from warehouse.versions.model import Space

VARIABLE = "DASHBOARD_KEEPING"
DEFAULT = Path(__file__).resolve().parents[2] / "data" / "warehouse.toml"
LONGEST = 36500  # days, and versions


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """In days before now. weekly_days 0: the last of each week for ever. newest: so many stay whatever their age."""

    all_days: int = 7
    daily_days: int = 92
    weekly_days: int = 0
    newest: int = 5


def rules() -> Rules:
    """Read once and again when the file changes. Raises StoreError with every mistake: file, field, what to do."""
    path = Path(os.environ.get(VARIABLE, "") or DEFAULT)
    try:
        stamp = path.stat().st_mtime_ns
    except OSError as problem:
        raise StoreError(say("store.no_rules", file=path, variable=VARIABLE)) from problem
    return _read_rules(path, stamp)


@lru_cache(maxsize=4)
def _read_rules(path: Path, stamp: int) -> Rules:
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise StoreError(mistake(path.name, "", "", "not_toml", problem=problem).told(language())) from problem
    mistakes: list[Mistake] = []
    found = read_entry(Rules, table, path.name, "", mistakes)
    told = [each.told(language()) for each in mistakes]
    if found is not None:
        told += [
            say("store.rule_range", file=path.name, field=field, least=least, most=LONGEST)
            for field, least in (("all_days", 1), ("daily_days", 0), ("weekly_days", 0), ("newest", 1))
            if not least <= getattr(found, field) <= LONGEST
        ]
    if told or found is None:
        raise StoreError("\n".join(told))
    return found


def to_go(published: Iterable[tuple[int, datetime]], kept: Collection[int], rules: Rules, now: datetime) -> list[int]:
    """Numbers of the versions that no rule keeps, oldest first. published: (number, when) of those on disk."""
    told = sorted(published)
    stays = set(kept) | {number for number, _ in told[-rules.newest :]}
    stays |= _last_of(told, lambda at: Period.of(at.date()))
    days, weeks = _last_of(told, lambda at: at.date()), _last_of(told, lambda at: at.isocalendar()[:2])
    for number, at in told:
        age = now - at
        if age <= timedelta(rules.all_days):
            stays.add(number)
        elif age <= timedelta(rules.daily_days):
            stays |= {number} & days
        elif not rules.weekly_days or age <= timedelta(rules.weekly_days):
            stays |= {number} & weeks
    return [number for number, _ in told if number not in stays]


def _last_of(told: list[tuple[int, datetime]], span: Callable[[datetime], object]) -> set[int]:
    return set({span(at): number for number, at in told}.values())


# The marks: an empty file for each version that is never to go. Where the folder of marks is missing, nobody has said
# yet which versions were kept for a meeting, so none is thinned out.


def marks_of(folder: Path) -> Path:
    return files.place_of(folder) / "kept"


def kept(folder: Path) -> set[int] | None:
    try:
        return {int(name) for name in os.listdir(marks_of(folder)) if name.isdecimal()}
    except FileNotFoundError:
        return None


def mark(folder: Path, numbers: Iterable[int]) -> None:
    marks_of(folder).mkdir(parents=True, exist_ok=True)
    for number in numbers:
        (marks_of(folder) / f"{number:06}").touch()


def unmark(folder: Path, number: int) -> None:
    (marks_of(folder) / f"{number:06}").unlink(missing_ok=True)


# Who reads a version holds its file shared, and who would thin it out has to have it alone.


def hold(path: Path) -> int:
    """A handle that says that the file is in use, to be closed with `os.close`. Raises OSError for one that is gone or going."""
    handle = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise
    return handle


def remove(path: Path) -> int | None:
    """Bytes that were freed; None where the version is in use or gone."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        size = os.fstat(handle).st_size
        path.unlink()
        files.manifest_path(path).unlink(missing_ok=True)
        return size
    except BlockingIOError:
        return None
    finally:
        os.close(handle)


def due(folder: Path, today: date) -> bool:
    """Whether this is the first time today: thinning looks at every version, a publication must not."""
    stamp = files.place_of(folder) / "tidied"
    try:
        return clock.of_file(stamp.stat().st_mtime).date() < today
    except FileNotFoundError:
        return True


def done(folder: Path) -> None:
    (files.place_of(folder) / "tidied").touch()


def space(folder: Path) -> Space:
    """What the data folder takes now. Grows with the number of files: for a screen that asks for it, not for every page."""
    sizes = [_size(files.path_of(folder, number)) for number in files.numbers(folder)]
    originals = sum(_size(path) for path in (folder / "originals").glob("??/*.bin"))
    return Space(len(sizes), sum(sizes), _size(folder / "journal.jsonl"), originals)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
