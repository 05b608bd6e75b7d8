"""The workbooks as they came, kept by SHA-256 under `<data>/originals/ab/abcdef….bin` and never changed."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from warehouse.store import data_folder, sync_folder


class OriginalDamaged(Exception):
    """The stored bytes no longer have the hash they are kept under."""


def keep(content: bytes, folder: Path | None = None) -> str:
    """The SHA-256 `content` is now kept under, on disk before this returns. Kept already: nothing is written.

    folder: the data folder (default: `data_folder()`), here and below.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    place = path_of(sha256, folder)
    if place.exists():
        return sha256
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=place.parent, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.chmod(name, 0o444)
    os.replace(name, place)
    sync_folder(place.parent)
    return sha256


def content(sha256: str, folder: Path | None = None) -> bytes:
    """Raises FileNotFoundError for one we never kept, OriginalDamaged when the disk changed it."""
    found = path_of(sha256, folder).read_bytes()
    if hashlib.sha256(found).hexdigest() != sha256:
        raise OriginalDamaged(sha256)
    return found


def path_of(sha256: str, folder: Path | None = None) -> Path:
    """Raises ValueError for anything but 64 hex digits: the name goes into a path."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError(f"{sha256!r} is not a SHA-256")
    return (folder or data_folder()) / "originals" / sha256[:2] / f"{sha256}.bin"
