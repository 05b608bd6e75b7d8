"""Backups: everything the program wrote, in one file that proves itself."""

from __future__ import annotations

import hashlib
import json
import os
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from access import audit, db, log_detail, tables
from access.model import Actor
from actions.backup_file import MANIFEST, BackupManifest, BackupProblem, Packing, check, opened
from actions.keys import require
from catalogue import clock
from catalogue.load import current_plan
from reports import issued, seal
from warehouse import store
from warehouse.judged import every_row

# Every small table but `session` and `token`: who was signed in signs in again, and a token that was revoked after the
# backup does not come back to life; the programs are given new ones.
TABLES = (
    tables.account,
    tables.old_password,
    tables.failure,
    tables.audit,
    tables.draft,
    tables.intent,
    tables.reason,
    tables.frozen,
)
NAME = re.compile(r"backup-\d{8}-\d{6}(-\d+)?\.zip")


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup under <data>/backups. at: local time it was finished."""

    name: str
    size: int
    at: datetime


def make(path: Path, *, everything: bool = False, actor: Actor | None = None) -> BackupManifest:
    """Write a backup of the data folder and the small tables to `path`, which must not exist yet.

    Of the versions the newest and the frozen ones go in, with `everything` all. People may go on working meanwhile:
    the small tables are read at one moment, then the newest version, then the originals, so that nothing in it refers
    to what is not in it, and no return is lost between draft and receipt. Raises BackupProblem, leaving no file.
    """
    if path.exists():
        raise BackupProblem("exists", file=path.name)
    part = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)  # it holds password hashes
    except OSError as problem:
        raise BackupProblem("not_written", file=path.name, problem=problem.strerror) from problem
    try:
        with os.fdopen(handle, "wb") as target:
            with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as file:
                manifest = _fill(file, everything)
            target.flush()
            os.fsync(target.fileno())
        os.replace(part, path)
    except OSError as problem:
        raise BackupProblem("not_written", file=path.name, problem=problem.strerror) from problem
    finally:
        part.unlink(missing_ok=True)
    store.sync_folder(path.parent)
    audit.record(
        actor,
        "backup",
        f"backup:{path.name}",
        detail=log_detail.told(newest=manifest.newest, head=manifest.log_head),
        name="operator",
    )
    return manifest


def verify(path: Path) -> BackupManifest:
    """Every member is there and is what the manifest says. Raises BackupProblem."""
    with opened(path) as (file, manifest):
        check(file, manifest)
        return manifest


def _fill(file: zipfile.ZipFile, everything: bool) -> BackupManifest:
    folder, packing = store.data_folder(), Packing(file)
    rows, head, frozen = _pack_tables(packing)
    newest = store.newest(folder)
    last = newest.number if newest else 0
    wanted = [
        each
        for each in (store.versions(folder) if newest else [])
        if (everything and each.number <= last) or each.number in frozen or each.number == last
    ]
    with store.as_files(folder, [each.number for each in wanted]) as place:
        whole = [each for each in wanted if _pack_version(packing, place, each)]
    if (length := store.journal_until(folder, last)) > 0:
        packing.add_file("journal.jsonl", folder / "journal.jsonl", length)
    damaged = _pack_originals(packing, folder)
    damaged += [f"v{each.number}" for each in wanted if each not in whole]
    for path in (folder / seal.NAME, *sorted((folder / issued.FOLDER).glob("??/*.z"))):
        if path.exists():
            packing.add_file(path.relative_to(folder).as_posix(), path)
    count, digest = judged(newest) if newest else (0, "")
    manifest = BackupManifest(
        made_at=f"{clock.real_now():%Y-%m-%dT%H:%M:%S}",
        newest=newest.number if newest else 0,
        versions=[each.number for each in whole],
        plan_digest=newest.plan_digest if newest else "",
        judged_rows=count,
        judged_digest=digest,
        rows=rows,
        log_count=rows["audit"],
        log_head=head,
        damaged=damaged,
        members=packing.members,
    )
    file.writestr(MANIFEST, manifest.written())
    return manifest


def _pack_version(packing: Packing, place: Path, version: store.Version) -> bool:
    """With its manifest. False for one that is damaged, which would be of no use to anybody. place: where it lies as a file."""
    try:
        store.version(version.folder, version.number)
    except store.StoreError:
        return False
    file = place / "warehouse" / version.path.name
    for path in (file, file.with_suffix(".json")):
        if path.exists():
            packing.add_file(f"warehouse/{path.name}", path)
    return True


def _pack_tables(packing: Packing) -> tuple[dict[str, int], str, set[int]]:
    """(rows by table, hash of the log's last row, numbers of the frozen versions), all of one moment."""
    counts, head, frozen = {}, audit.BEGINNING, set()
    with _one_moment() as con:
        for table in TABLES:
            found = [dict(row._mapping) for row in con.execute(select(table).order_by(*table.primary_key.columns))]
            counts[table.name] = len(found)
            packing.add(f"tables/{table.name}.jsonl", _lines(found))
            if table is tables.audit and found:
                head = found[-1]["hash"]
            if table is tables.frozen:
                frozen = {row["version"] for row in found}
    return counts, head, frozen


def _one_moment() -> Connection:
    """A connection whose every read sees the same state. SQLite's transactions do that by themselves."""
    con = db.engine().connect()
    if con.dialect.name == "postgresql":
        con = con.execution_options(isolation_level="REPEATABLE READ")
    return con


def _lines(rows: list[dict[str, Any]]) -> Iterator[bytes]:
    for row in rows:
        told = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}
        yield json.dumps(told, ensure_ascii=False).encode() + b"\n"


def _pack_originals(packing: Packing, folder: Path) -> list[str]:
    """SHA-256 they are kept under of those that the disk has changed; they go in as they are."""
    damaged = []
    for path in sorted((folder / "originals").glob("??/*.bin")):
        if packing.add_file(f"originals/{path.parent.name}/{path.name}", path).sha256 != path.stem:
            damaged.append(path.stem)
    return damaged


def judged(version: store.Version) -> tuple[int, str]:
    """How many judged rows a version has, and SHA-256 over all they say."""
    with store.open_version(version) as con:
        rows = every_row(con)
    total = hashlib.sha256()
    for row in rows:
        total.update(json.dumps(row, ensure_ascii=False, default=str).encode() + b"\n")
    return len(rows), total.hexdigest()


# On the screen: backups below the data folder.


def make_here(actor: Actor) -> tuple[str, BackupManifest]:
    """(name, what is in it). Raises NotAllowed, BackupProblem."""
    _require(actor)
    stem = f"backup-{clock.real_now():%Y%m%d-%H%M%S}"
    name = next(name for name in _names(stem) if not (_place() / name).exists())
    return name, make(_place() / name, actor=actor)


def listing(actor: Actor) -> list[Kept]:
    """Backups below the data folder, newest first; [] for none. Raises NotAllowed."""
    _require(actor)
    found = [path for path in _place().glob("*.zip") if NAME.fullmatch(path.name)]
    kept = [Kept(path.name, path.stat().st_size, clock.of_file(path.stat().st_mtime)) for path in found]
    return sorted(kept, key=lambda each: (each.at, each.name), reverse=True)


def verify_here(actor: Actor, name: str) -> BackupManifest:
    """What a backup below the data folder holds, once every member was found to be what its manifest says. Raises
    NotAllowed, BackupProblem."""
    _require(actor)
    return verify(_named(name))


def content(actor: Actor, name: str) -> bytes:
    """The whole file; a line in the log. Raises NotAllowed, BackupProblem."""
    _require(actor)
    found = _named(name).read_bytes()
    audit.record(actor, "download", f"backup:{name}")
    return found


def _require(actor: Actor) -> None:
    require(actor, "administer", current_plan(), about="backups")


def _place() -> Path:
    return store.data_folder() / "backups"


def _named(name: str) -> Path:
    """Only what we named ourselves: nothing that leads to another folder."""
    path = _place() / name
    if not NAME.fullmatch(name) or not path.is_file():
        raise BackupProblem("no_file", file=name[:80])
    return path


def _names(stem: str) -> Iterator[str]:
    yield f"{stem}.zip"
    yield from (f"{stem}-{n}.zip" for n in range(2, 1000))
