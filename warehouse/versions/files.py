"""What lies in `<data>/warehouse/`. `folder` is the data folder throughout.

000012.duckdb   a version; it never changes
000012.json     its manifest: size and SHA-256, in place before the version is
000012.part     the version being written, or what a killed writer left
newest          number of the newest, so that nobody has to list the folder
kept/000012     an empty file: this version is never thinned out
damaged/        files that `python -m warehouse repair` has set aside
tidied          its time stamp is that of the last thinning
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path

POINTER = "newest"
Identity = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class VersionManifest:
    """What a version's file was when it was published."""

    sha256: str
    size: int


def place_of(folder: Path) -> Path:
    return folder / "warehouse"


def path_of(folder: Path, number: int) -> Path:
    return place_of(folder) / f"{number:06}.duckdb"


def numbers(folder: Path, ending: str = "duckdb") -> list[int]:
    """Of the files with this ending, lowest first."""
    try:
        names = os.listdir(place_of(folder))
    except FileNotFoundError:
        return []
    parted = (name.partition(".") for name in names)
    return sorted(int(stem) for stem, _, found in parted if found == ending and stem.isdecimal())


def last_published(folder: Path) -> int:
    """Number of the newest version there ever was, whether its file is still there or not; 0 for none.

    The pointer is one behind where a writer was killed after its version had come into place.
    """
    found = _pointed_to(folder)
    if found is None:
        found = max(numbers(folder), default=0)
        unfinished = set(numbers(folder, "part"))
        return max([found, *(each for each in numbers(folder, "json") if each not in unfinished)])
    while path_of(folder, found + 1).exists():
        found += 1
    return found


def point_to(folder: Path, number: int) -> None:
    """Only a hint: torn or missing, it is made good by listing the folder."""
    told = str(number)
    part = place_of(folder) / f"{POINTER}.new"
    part.write_text(f"{told} {_mark(told)}\n", "ascii")
    os.replace(part, place_of(folder) / POINTER)


def _pointed_to(folder: Path) -> int | None:
    try:
        told, _, mark = (place_of(folder) / POINTER).read_text("ascii", errors="replace").strip().partition(" ")
    except OSError:
        return None
    return int(told) if told.isdecimal() and mark == _mark(told) else None


def _mark(told: str) -> str:
    return f"{zlib.crc32(told.encode()):08x}"


def identity(path: Path) -> Identity:
    """Tells a file from another that took its name. Raises OSError where there is none."""
    state = path.stat()
    return state.st_ino, state.st_mtime_ns, state.st_size


def manifest_path(path: Path) -> Path:
    return path.with_suffix(".json")


def measured(content: Path) -> VersionManifest:
    """Of the bytes as they are now."""
    with content.open("rb") as file:
        return VersionManifest(hashlib.file_digest(file, "sha256").hexdigest(), os.fstat(file.fileno()).st_size)


def write_manifest(path: Path, manifest: VersionManifest) -> None:
    """Beside the version `path`, on disk before this returns, but for the folder."""
    told = {**asdict(manifest), "check": _check(manifest)}
    part = path.with_suffix(".json.new")
    with part.open("w", encoding="ascii") as file:
        json.dump(told, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, manifest_path(path))


def read_manifest(path: Path) -> VersionManifest | None:
    """None where there is none (a version of an older program) or where it is damaged itself."""
    try:
        told = json.loads(manifest_path(path).read_text("ascii"))
        found = VersionManifest(str(told["sha256"]), int(told["size"]))
        return found if told["check"] == _check(found) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _check(manifest: VersionManifest) -> str:
    return hashlib.sha256(f"{manifest.sha256} {manifest.size}".encode()).hexdigest()[:16]


def is_as_published(path: Path) -> bool | None:
    """Whether every byte is what the manifest says; None where no manifest can tell."""
    told = read_manifest(path)
    if told is None:
        return None
    try:
        return path.stat().st_size == told.size and measured(path) == told
    except OSError:
        return False


def sync_folder(folder: Path) -> None:
    """A rename is safe only once its folder is on disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
