"""Every file that was given out, by the code printed on it: so that a code typed off paper leads back to its numbers.

One small file a code below `<data>/issued`, written once. Files with the same numbers share their code and their entry.
Pictures are not entered; they are found by drawing up their proofs once more (`codes`). Who took which file and when is in
the log.
"""

from __future__ import annotations

import contextlib
import re
import zlib
from pathlib import Path

FOLDER = "issued"
_CODE = re.compile("[0-9A-F]{16}")
_LARGEST = 32 * 2**20  # bytes of an entry unpacked


def enter(folder: Path, code: str, told: str) -> None:
    """told: the proof as JSON. A full disk is no reason to refuse somebody their file, so nothing is raised for it."""
    path = _path(folder, code.replace("-", ""))
    if path.exists():
        return
    with contextlib.suppress(OSError):  # that somebody else has just entered it is one
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(zlib.compress(told.encode(), 6))


def find(folder: Path, letters: str) -> str | None:
    """The proof as JSON; None for a code nobody was given. letters: those of the code, without the strokes."""
    if not _CODE.fullmatch(letters):
        return None
    try:
        return zlib.decompressobj().decompress(_path(folder, letters).read_bytes(), _LARGEST).decode()
    except (OSError, zlib.error, UnicodeDecodeError):
        return None


def _path(folder: Path, letters: str) -> Path:
    return folder / FOLDER / letters[:2] / f"{letters}.z"
