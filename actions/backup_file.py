"""A backup as a file: a ZIP with a manifest that names every member, its size and its SHA-256. Read with distrust."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import IO, Any

from catalogue.wording import say

FORMAT = 2
READABLE = (1, FORMAT)  # 1: before versions had manifests and the warehouse a journal
MANIFEST = "manifest.json"
LARGEST_MANIFEST = 64 * 2**20  # bytes; some 300,000 members
CHUNK = 2**20
# What a member may be called; anything else is not ours and is not unpacked.
NAMES = re.compile(
    r"warehouse/\d{6,}\.(duckdb|json)|journal\.jsonl|originals/[0-9a-f]{2}/[0-9a-f]{64}\.bin|tables/[a-z_]+\.jsonl"
    r"|seal\.key|issued/[0-9A-F]{2}/[0-9A-F]{16}\.z"
)


class BackupProblem(Exception):
    """The backup cannot be made or used; str() says why, in the language of now."""

    def __init__(self, key: str, **told: Any) -> None:
        super().__init__(say(f"backup.problem.{key}", **told))
        self.key = key


@dataclass(frozen=True, slots=True)
class Member:
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupManifest:
    """made_at: local time, ISO. newest: number of the newest version, 0 for none; judged_rows, judged_digest: what it says.

    rows: table -> count. log_count, log_head: of the audit log. damaged: originals whose bytes were wrong already.
    """

    format: int = FORMAT
    made_at: str
    newest: int
    versions: list[int]
    plan_digest: str = ""
    judged_rows: int = 0
    judged_digest: str = ""
    rows: dict[str, int] = field(default_factory=dict)
    log_count: int = 0
    log_head: str = ""
    damaged: list[str] = field(default_factory=list)
    members: dict[str, Member] = field(default_factory=dict)

    def written(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()


class Packing:
    """The ZIP being written. `members` is what went into it so far."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._zip = file
        self.members: dict[str, Member] = {}

    def add(self, name: str, chunks: Iterator[bytes]) -> Member:
        total, size = hashlib.sha256(), 0
        with self._zip.open(zipfile.ZipInfo(name), "w", force_zip64=True) as target:
            for chunk in chunks:
                target.write(chunk)
                total.update(chunk)
                size += len(chunk)
        self.members[name] = Member(total.hexdigest(), size)
        return self.members[name]

    def add_file(self, name: str, path: Path, length: int | None = None) -> Member:
        """length: only so many bytes from the beginning."""
        with path.open("rb") as source:
            return self.add(name, chunks_of(source, length))


def chunks_of(source: IO[bytes], length: int | None = None) -> Iterator[bytes]:
    left = length
    while chunk := source.read(CHUNK if left is None else min(CHUNK, left)):
        yield chunk
        if left is not None:
            left -= len(chunk)


@contextmanager
def opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, BackupManifest]]:
    """The archive and its manifest, whose members are those that are there. Raises BackupProblem for anything else."""
    if not path.is_file():
        raise BackupProblem("no_file", file=path.name)
    try:
        with zipfile.ZipFile(path) as file:
            yield file, _manifest(file)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as problem:
        raise BackupProblem("damaged", file=path.name) from problem


def _manifest(file: zipfile.ZipFile) -> BackupManifest:
    names = file.namelist()
    if names.count(MANIFEST) != 1 or file.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
        raise BackupProblem("no_manifest")
    try:
        told = json.loads(file.read(MANIFEST))
        if told["format"] not in READABLE:
            raise BackupProblem("other_format", format=told["format"])
        known = {spec.name: told[spec.name] for spec in fields(BackupManifest)}
        known["members"] = {name: Member(**each) for name, each in known["members"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise BackupProblem("no_manifest") from problem
    for name in names:
        if name != MANIFEST and not NAMES.fullmatch(name):
            raise BackupProblem("strange_member", name=name[:80])
    if sorted(names) != sorted([*known["members"], MANIFEST]):
        odd = sorted(set(names) ^ {*known["members"], MANIFEST}) or names
        raise BackupProblem("members_differ", name=odd[0])
    return BackupManifest(**known)


def check(file: zipfile.ZipFile, manifest: BackupManifest) -> None:
    """Read every member to its end. Raises BackupProblem for the first that is not what the manifest says."""
    for name in manifest.members:
        total = hashlib.sha256()
        for chunk in _bounded(file, name, manifest):
            total.update(chunk)
        _same(name, total.hexdigest(), manifest)


def unpack(file: zipfile.ZipFile, manifest: BackupManifest, name: str, target: Path) -> None:
    """Write one member to `target`, checked on the way: what was checked before may be another file by now."""
    target.parent.mkdir(parents=True, exist_ok=True)
    total = hashlib.sha256()
    with target.open("xb") as written:
        for chunk in _bounded(file, name, manifest):
            written.write(chunk)
            total.update(chunk)
    _same(name, total.hexdigest(), manifest)


def lines(file: zipfile.ZipFile, manifest: BackupManifest, name: str) -> list[dict[str, Any]]:
    """The rows of one table."""
    content = b"".join(_bounded(file, name, manifest))
    _same(name, hashlib.sha256(content).hexdigest(), manifest)
    return [json.loads(line) for line in content.decode().split("\n") if line]


def _bounded(file: zipfile.ZipFile, name: str, manifest: BackupManifest) -> Iterator[bytes]:
    """Chunks, never more than the manifest says: a small file can unpack to more than a disk holds."""
    left = manifest.members[name].size
    with file.open(name) as source:
        for chunk in chunks_of(source):
            left -= len(chunk)
            if left < 0:
                raise BackupProblem("wrong_hash", name=name)
            yield chunk


def _same(name: str, sha256: str, manifest: BackupManifest) -> None:
    if sha256 != manifest.members[name].sha256:
        raise BackupProblem("wrong_hash", name=name)


def room_for(manifest: BackupManifest, place: Path) -> bool:
    """Whether the disk has room for what comes out, and a tenth more."""
    return shutil.disk_usage(place).free > 1.1 * sum(member.size for member in manifest.members.values())
