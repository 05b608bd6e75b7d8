"""A text inside a PNG that no viewer shows: an iTXt chunk, which keeps Chinese. The picture itself is not touched.

Behind the text stands a signature over both, so that a picture that was painted over and kept its text, and another picture
that was given it, are told from one that was not.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from hmac import compare_digest
from pathlib import Path

from reports import seal
from reports.proof import MEMBER

SIGNATURE = b"\x89PNG\r\n\x1a\n"
HEADER = 8 + 25  # signature and IHDR
LARGEST = 4 * 2**20  # bytes of the text unpacked
_CHUNKS = 10_000  # of a picture of ours, some hundreds at most
_OURS = MEMBER.encode() + b"\0\1\0\0\0"  # compressed; no language, no translated keyword


def put(png: bytes, text: str, folder: Path | None = None) -> bytes:
    """Behind the header, compressed. folder: whose key signs it. Raises ValueError for what is no PNG."""
    if not png.startswith(SIGNATURE):
        raise ValueError("not a PNG")
    kept = f"{text}\n{_signature(png, text, seal.key(folder))}"
    body = _OURS + zlib.compress(kept.encode(), 9)
    chunk = len(body).to_bytes(4, "big") + b"iTXt" + body + zlib.crc32(b"iTXt" + body).to_bytes(4, "big")
    return png[:HEADER] + chunk + png[HEADER:]


def get(png: bytes) -> str:
    """The text that `put` left; "" where there is none, as after a messenger has made a JPEG of it, or where it is damaged."""
    return _kept(png)[0]


def untouched(png: bytes) -> bool:
    """Whether picture and text are what `put` was given, here."""
    text, signature = _kept(png)
    bare, key = b"".join(chunk for chunk, ours in _chunks(png) if not ours), seal.known()
    return bool(text) and key is not None and compare_digest(_signature(bare, text, key).encode(), signature.encode())


def _signature(png: bytes, text: str, key: bytes) -> str:
    return seal.sign(key, "picture", text, hashlib.sha256(png).hexdigest())


def _kept(png: bytes) -> tuple[str, str]:
    """(text, signature)."""
    for chunk, ours in _chunks(png):
        if ours:
            try:
                unpacking = zlib.decompressobj()
                told = unpacking.decompress(chunk[8 + len(_OURS) : -4], LARGEST).decode()
            except (zlib.error, UnicodeDecodeError):
                return "", ""
            text, _, signature = told.rpartition("\n")
            return (text, signature) if unpacking.eof and _sound(chunk) else ("", "")
    return "", ""


def _sound(chunk: bytes) -> bool:
    return zlib.crc32(chunk[4:-4]).to_bytes(4, "big") == chunk[-4:]


def _chunks(png: bytes) -> Iterator[tuple[bytes, bool]]:
    """The file in pieces that give it again when joined, and which of them is ours. Nothing for what is no PNG, nor of one
    that is cut into crumbs."""
    place, count = len(SIGNATURE), 0
    if not png.startswith(SIGNATURE):
        return
    yield SIGNATURE, False
    while place < len(png) and (count := count + 1) <= _CHUNKS:
        size = int.from_bytes(png[place : place + 4], "big")
        chunk = png[place : place + 12 + size]
        yield chunk, chunk[4:8] == b"iTXt" and chunk[8:].startswith(_OURS)
        place += 12 + size
