"""A text inside a PNG that no viewer shows: an iTXt chunk, which keeps Chinese. The picture itself is not touched.

Behind the text stands a digest of the picture, so that one that was painted over and kept its text is told from one that was not.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator

from reports.proof import MEMBER

SIGNATURE = b"\x89PNG\r\n\x1a\n"
HEADER = 8 + 25  # signature and IHDR
LARGEST = 4 * 2**20  # bytes of the text unpacked
_OURS = MEMBER.encode() + b"\0\1\0\0\0"  # compressed; no language, no translated keyword


def put(png: bytes, text: str) -> bytes:
    """Behind the header, compressed. Raises ValueError for what is no PNG."""
    if not png.startswith(SIGNATURE):
        raise ValueError("not a PNG")
    kept = f"{text}\n{hashlib.sha256(png).hexdigest()}"
    body = _OURS + zlib.compress(kept.encode(), 9)
    chunk = len(body).to_bytes(4, "big") + b"iTXt" + body + zlib.crc32(b"iTXt" + body).to_bytes(4, "big")
    return png[:HEADER] + chunk + png[HEADER:]


def get(png: bytes) -> str:
    """The text that `put` left; "" where there is none, as after a messenger has made a JPEG of it, or where it is damaged."""
    return _kept(png)[0]


def untouched(png: bytes) -> bool:
    """Whether the picture is, but for the text, what `put` was given."""
    text, digest = _kept(png)
    bare = b"".join(chunk for chunk, ours in _chunks(png) if not ours)
    return bool(text) and hashlib.sha256(bare).hexdigest() == digest


def _kept(png: bytes) -> tuple[str, str]:
    """(text, digest of the picture)."""
    for chunk, ours in _chunks(png):
        if ours:
            try:
                unpacking = zlib.decompressobj()
                told = unpacking.decompress(chunk[8 + len(_OURS) : -4], LARGEST).decode()
            except (zlib.error, UnicodeDecodeError):
                return "", ""
            text, _, digest = told.rpartition("\n")
            return (text, digest) if unpacking.eof and _sound(chunk) else ("", "")
    return "", ""


def _sound(chunk: bytes) -> bool:
    return zlib.crc32(chunk[4:-4]).to_bytes(4, "big") == chunk[-4:]


def _chunks(png: bytes) -> Iterator[tuple[bytes, bool]]:
    """The file in pieces that give it again when joined, and which of them is ours. Nothing for what is no PNG."""
    place = len(SIGNATURE)
    if not png.startswith(SIGNATURE):
        return
    yield SIGNATURE, False
    while place < len(png):
        size = int.from_bytes(png[place : place + 4], "big")
        chunk = png[place : place + 12 + size]
        yield chunk, chunk[4:8] == b"iTXt" and chunk[8:].startswith(_OURS)
        place += 12 + size
