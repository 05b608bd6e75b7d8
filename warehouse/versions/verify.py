"""`python -m warehouse verify`: everything rebuilt from the journal, and held against what the newest version says."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

import duckdb

from catalogue.wording import say
from warehouse import build, originals, store
from warehouse.rows import one
from warehouse.versions import editions, files, journal, ledger
from warehouse.versions.put_back import put_back
from warehouse.write import Writer

Question = tuple[str, str, str]  # table, column that a difference is named by, SQL of its rows
NAMED = 5  # differences that are told one by one


@dataclass(slots=True)
class VerifiedVersion:
    """newest: number of the version, 0 for none. versions, receipts, lines: how many were looked at.

    problems: a sentence each; none: nothing differs. notes: what could not be compared, and why.
    """

    newest: int = 0
    versions: int = 0
    receipts: int = 0
    lines: int = 0
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def verify(folder: Path) -> VerifiedVersion:
    """Every file against its manifest, the journal, every stored workbook's hash, the ledger, and every mart made anew.

    A lake has neither manifest nor journal: every row of it is read, and the marts are made anew.
    """
    found = VerifiedVersion()
    damage = store.damage(folder)
    if damage is not None:
        found.problems.append(str(damage))
        if not damage.shown:
            return found
    newest = store.newest(folder)
    if newest is None:
        return found
    found.newest = newest.number
    _files(folder, newest.number, found)
    bad = sum(line.entry is None for line in journal.lines(folder))
    if bad:
        found.problems.append(say("rebuilt.bad_lines", count=bad))
    try:
        _hold_against_rebuilt(folder, newest, found)
    except duckdb.Error as problem:
        found.problems.append(say("rebuilt.unreadable", number=newest.number, problem=str(problem).splitlines()[0]))
    return found


def _hold_against_rebuilt(folder: Path, newest: store.Version, found: VerifiedVersion) -> None:
    with store.open_version(newest) as con, store.scratch(newest) as copy:
        _originals(con, folder, found)
        if newest.snapshot:
            found.receipts = one(con, "select count(*) from receipt")[0]
        else:
            _rebuild(folder, con, copy, found)
        found.problems += _differing(con, copy, _ledger())
        for edition in store.editions_of(newest) or (None,):
            if edition is None or edition.marts_digest != build.marts_digest():
                found.notes.append(say("rebuilt.other_marts"))
                continue
            for each in (con, copy):
                editions.use(each, edition)
            build.build(copy)
            found.problems += _differing(con, copy, _marts())


def _files(folder: Path, newest: int, found: VerifiedVersion) -> None:
    for number in files.numbers(folder):
        path = files.path_of(folder, number)
        found.versions += 1
        told = files.is_as_published(path)
        if told is False:
            found.problems.append(say("store.version_damaged", number=number))
        elif told is None:
            found.notes.append(say("rebuilt.no_manifest", number=number))


def _originals(con: duckdb.DuckDBPyConnection, folder: Path, found: VerifiedVersion) -> None:
    for sha256, number in con.execute("select sha256, min(number) from receipt group by all order by 2").fetchall():
        try:
            originals.content(sha256, folder)
        except (FileNotFoundError, ValueError):
            found.problems.append(say("rebuilt.no_workbook", number=number, sha256=sha256[:12]))
        except originals.OriginalDamaged:
            found.problems.append(say("rebuilt.workbook_damaged", number=number, sha256=sha256[:12]))


def _rebuild(
    folder: Path, con: duckdb.DuckDBPyConnection, copy: duckdb.DuckDBPyConnection, found: VerifiedVersion
) -> None:
    """In the copy: the ledger from the journal, and every mart from that. Only the plan stays as the version holds it."""
    [(found.receipts,)] = con.execute("select count(*) from receipt").fetchall()
    gone = _lost_ever(con)
    told = [line.entry for line in journal.lines(folder) if line.entry is not None]
    found.lines = len(told)
    if told or not found.receipts:
        for table in ledger.TABLES:
            copy.execute(f"delete from {table}")
        writer = Writer(copy)
        of_newest = (entry for entry in told if entry.version not in gone and entry.version <= found.newest)
        put_back(writer, of_newest, onto_nothing=True)
    else:
        found.notes.append(say("rebuilt.no_journal"))


def _lost_ever(con: duckdb.DuckDBPyConnection) -> set[int]:
    """What they wrote stands in the line of the version that put it back."""
    try:
        return {version for (version,) in con.execute("select distinct version from lost_version").fetchall()}
    except duckdb.CatalogException:
        return set()


def _differing(
    con: duckdb.DuckDBPyConnection, copy: duckdb.DuckDBPyConnection, questions: Iterable[Question]
) -> Iterator[str]:
    for name, key, sql in questions:
        there, here = _digests(con, key, sql), _digests(copy, key, sql)
        keys = [each for each in sorted(there.keys() | here.keys()) if there.get(each) != here.get(each)]
        keys = [each for each in keys if not _nearly_same(_rows(con, key, sql, each), _rows(copy, key, sql, each))]
        for each in keys[:NAMED]:
            yield say("rebuilt.differs", table=name, at=each)
        if len(keys) > NAMED:
            yield say("rebuilt.more", table=name, count=len(keys) - NAMED)


def _ledger() -> Iterator[Question]:
    """Numbers that only tell rows apart are left out: put back after a loss, a receipt has another load_id and the same number."""
    yield "receipt", "number", "select * exclude (load_id) from receipt"
    for name in ledger.OF_RECEIPTS[1:]:
        ids = "load_id, event_id" if name in ("review", "remark") else "load_id"
        of_receipt = f"from {name} as x join receipt as r on r.load_id = x.load_id"
        yield name, "of_receipt", f"select r.number as of_receipt, x.* exclude ({ids}) {of_receipt}"
    for name in ("quarter_lock", "deadline_change"):
        yield name, "period", f"select * exclude (event_id) from {name}"


def _marts() -> Iterator[Question]:
    """Of the edition in use."""
    for mart in build.MARTS:
        if mart.kept != "no":
            yield mart.name, "period", f"select columns(c -> c <> 'load_id') from {mart.name}"


def _digests(con: duckdb.DuckDBPyConnection, key: str, sql: str) -> dict[str, tuple[Any, ...]]:
    """By key: how many rows, and a number over all they say."""
    found = con.execute(
        f"select {key}, count(*), sum(hash(t)::hugeint)::varchar from ({sql}) as t group by all"
    ).fetchall()
    return {str(each): tuple(told) for each, *told in found}


def _rows(con: duckdb.DuckDBPyConnection, key: str, sql: str, wanted: str) -> list[tuple[Any, ...]]:
    return con.execute(f"select * from ({sql}) where {key} = ? order by all", [wanted]).fetchall()


def _nearly_same(there: list[tuple[Any, ...]], here: list[tuple[Any, ...]]) -> bool:
    """The last digit of a float depends on the order in which its parts were added."""
    return len(there) == len(here) and all(map(_alike, chain(*there), chain(*here)))


def _alike(there: Any, here: Any) -> bool:
    if isinstance(there, float) and isinstance(here, float):
        return math.isclose(there, here, rel_tol=1e-9, abs_tol=1e-12)
    return bool(there == here)
