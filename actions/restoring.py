"""A backup becomes a data folder again, and shows that it is the same."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import DateTime, Table, func, select

from access import audit, db, log_detail
from access.tables import intent
from actions import versions
from actions.backup import TABLES, judged
from actions.backup_file import BackupManifest, BackupProblem, check, lines, opened, room_for, unpack
from catalogue import free_space
from reports import seal
from warehouse import originals, questions, store


@dataclass(frozen=True, slots=True)
class RestoreProof:
    """What was compared with the manifest and found equal. newest: the version's number, 0 for none. head: the log's."""

    manifest: BackupManifest
    newest: int
    judged_rows: int
    log_count: int
    head: str


@free_space.told()
def restore(path: Path) -> RestoreProof:
    """Unpack into the data folder and the account store in force, both of which must be empty.

    Nothing is written before every member was checked; what was written is removed again when something fails on the
    way, but for rows in a PostgreSQL database. Raises BackupProblem, NoStorage where the folder cannot be written.
    """
    folder = store.data_folder()
    _empty_folder(folder)
    with opened(path) as (file, manifest):
        check(file, manifest)
        if not room_for(manifest, folder):
            raise BackupProblem("no_room")
        _empty_tables()
        with _undone_on_failure(folder):
            for name in manifest.members:
                if not name.startswith("tables/"):
                    unpack(file, manifest, name, folder / name)
            _read_only(folder)
            _insert(file, manifest)
            store.settle_in(folder)
            versions.hand_over()
            proof = _proved(manifest)
    detail = log_detail.told(newest=proof.newest, head=proof.head)
    audit.record(None, "restored", f"backup:{path.name}", detail=detail, name="operator")
    return proof


def _empty_folder(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise BackupProblem("not_empty", folder=folder)


def _empty_tables() -> None:
    """They are made here if there are none. A database of its own (PostgreSQL) may hold rows that are somebody's."""
    with db.reading() as con:
        for table in TABLES:
            if con.execute(select(func.count()).select_from(table)).scalar_one():
                raise BackupProblem("table_not_empty", table=table.name)


@contextmanager
def _undone_on_failure(folder: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        db.dispose()
        for each in folder.iterdir():
            shutil.rmtree(each) if each.is_dir() else each.unlink()
        raise


def _read_only(folder: Path) -> None:
    """Originals are never changed, as `warehouse.originals` keeps them. The key of check codes is for the server alone."""
    if (key := folder / seal.NAME).exists():
        key.chmod(0o600)
    for path in (folder / "originals").glob("??/*.bin"):
        path.chmod(0o444)


def _insert(file: zipfile.ZipFile, manifest: BackupManifest) -> None:
    """Every table in one transaction. The log in its order and with its hashes, so that the chain goes on."""
    with db.writing() as con:
        for table in _tables(manifest):
            for row in lines(file, manifest, f"tables/{table.name}.jsonl"):
                con.execute(table.insert().values(**_row(table, row)))


def _tables(manifest: BackupManifest) -> list[Table]:
    """A backup of a program before 0.6 knows no acts under way."""
    return [table for table in TABLES if table is not intent or table.name in manifest.rows]


def _row(table: Table, told: dict[str, Any]) -> dict[str, Any]:
    """Numbers that the database gives out are left to it, or its own count would run into ours; their order holds."""
    given_out = table.autoincrement_column
    return {
        column.name: datetime.fromisoformat(told[column.name])
        if isinstance(column.type, DateTime) and told[column.name] is not None
        else told[column.name]
        for column in table.columns
        if column is not given_out
    }


def _proved(manifest: BackupManifest) -> RestoreProof:
    log = audit.verify(manifest.log_head)
    if not log.ok or (log.count, log.head) != (manifest.log_count, manifest.log_head):
        raise BackupProblem("log_differs", number=log.broken_at or log.count)
    with db.reading() as con:
        for table in _tables(manifest):
            count = con.execute(select(func.count()).select_from(table)).scalar_one()
            if count != manifest.rows[table.name]:
                raise BackupProblem("rows_differ", table=table.name, count=count, wanted=manifest.rows[table.name])
    newest = store.newest(store.data_folder())
    number, found = (newest.number, judged(newest)) if newest else (0, (0, ""))
    if (number, *found) != (manifest.newest, manifest.judged_rows, manifest.judged_digest):
        raise BackupProblem("values_differ", number=manifest.newest)
    _originals_there(newest)
    return RestoreProof(manifest, number, found[0], log.count, log.head)


def _originals_there(newest: store.Version | None) -> None:
    """Every return on record can be opened as it came."""
    if newest is None:
        return
    with store.open_version(newest) as con:
        wanted = questions.workbooks(questions.asking(con))
    for sha256 in wanted:
        if not originals.path_of(sha256).exists():
            raise BackupProblem("original_missing", sha256=sha256[:12])
