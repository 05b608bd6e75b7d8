"""The parts of a zipped workbook, unzipped by what they really hold, not by what they declare."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Set

from catalogue.zip_damage import DAMAGED
from etl.cells.limits import MB, Limits, megabytes
from etl.errors import Encrypted, TooLarge, Unreadable

_ENCODING = re.compile(rb"""\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)""")

_MOST_KEPT = 4 * MB


class ArchiveParts:
    """Read-only; names without regard to case, \\ or a leading /. Everything read counts against one limit.

    Two readers may see two archives in the same bytes (another directory, size or part), so what
    was read here is packed anew for calamine. Raises TooLarge, Encrypted and Unreadable.
    """

    def __init__(self, content: bytes, limits: Limits) -> None:
        self._content = content
        self._limits = limits
        self._left = limits.unzipped
        self._kept: dict[str, bytes] = {}  # as far as there is room, since several look at them
        self._room = _MOST_KEPT
        self._counted: set[str] = set()  # what is read again counts once
        members = _directory(content)
        if len(members) > limits.members:
            raise TooLarge(what="members", found=len(members), limit=limits.members, where="")
        declared = sum(member.file_size for member in members)
        if declared > limits.unzipped:
            raise _too_large(declared, limits)
        self._members = {_plain(member.filename).lower(): member for member in members}
        if len(self._members) < len(members):
            raise Unreadable(problem="two parts of one name")

    @property
    def names(self) -> Set[str]:
        """In lower case."""
        return self._members.keys()

    def has(self, name: str) -> bool:
        return name.lower() in self._members

    def xml(self, name: str) -> bytes:
        """A part that is XML. Raises Unreadable for a DTD and for any encoding but UTF-8.

        A DTD has no place in a workbook and is the way of entity bombs; a part in another
        encoding would be read as blank by one reader and not by the next.
        """
        data = self.read(name)
        encoding = _ENCODING.match(data[:200].removeprefix(b"\xef\xbb\xbf"))
        if b"\0" in data[:4] or (encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii")):
            raise Unreadable(problem=f"{name} is not in UTF-8")
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise Unreadable(problem=f"{name} holds a DTD")
        return data

    def read(self, name: str) -> bytes:
        key = name.lower()
        if (kept := self._kept.get(key)) is not None:
            return kept
        member = self._members.get(key)
        if member is None:
            raise Unreadable(problem=f"{name} is missing")
        if key in self._counted:
            return self._unzipped(member, member.file_size)
        data = self._unzipped(member, self._left)
        self._left -= len(data)
        self._counted.add(key)
        if len(data) <= self._room:
            self._room -= len(data)
            self._kept[key] = data
        return data

    def _unzipped(self, member: zipfile.ZipInfo, most: int) -> bytes:
        if member.flag_bits & 1:
            raise Encrypted()
        data = _inflated(member.compress_type, _stored_bytes(self._content, member), most)
        if len(data) > most:
            raise _too_large(self._limits.unzipped - self._left + len(data), self._limits)
        if len(data) != member.file_size or zlib.crc32(data) != member.CRC:
            raise Unreadable(problem=f"{member.filename} is not what the archive says it is")
        return data


def _directory(content: bytes) -> list[zipfile.ZipInfo]:
    """The archive's own list of its parts, folders left out. Raises Unreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return [member for member in archive.infolist() if not member.filename.endswith("/")]
    except DAMAGED as problem:
        raise Unreadable(problem=f"archive: {problem}") from problem


def _stored_bytes(content: bytes, member: zipfile.ZipInfo) -> bytes:
    header = content[member.header_offset : member.header_offset + 30]
    if len(header) < 30 or header[:4] != b"PK\3\4":
        raise Unreadable(problem=f"{member.filename} is not where the archive says it is")
    name_and_extra = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    start = member.header_offset + 30 + name_and_extra
    return content[start : start + member.compress_size]


def _inflated(method: int, stored: bytes, most: int) -> bytes:
    """At most one byte more than `most`, which is then too many."""
    if method == zipfile.ZIP_STORED:
        return stored
    if method != zipfile.ZIP_DEFLATED:
        raise Unreadable(problem=f"compression method {method}")
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        data = inflate.decompress(stored, most + 1)
    except zlib.error as problem:
        raise Unreadable(problem=f"archive: {problem}") from problem
    if len(data) <= most and not inflate.eof:
        raise Unreadable(problem="a part ends too early")
    return data


def _too_large(found: int, limits: Limits) -> TooLarge:
    return TooLarge(what="unzipped", found=megabytes(found), limit=limits.unzipped // MB, where="")


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/")
