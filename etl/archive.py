"""A zip of returns, opened in memory: nothing is written anywhere, so no name in it can lead out of a folder."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import PurePosixPath

from catalogue.zip_damage import DAMAGED
from etl.cells import LIMITS, Limits, sniff
from etl.cells.limits import MB, megabytes
from etl.errors import BadArchive, NotAWorkbook, ReturnRefused

RATIO = 200  # a member that unpacks to more than this many times its size was made to fill a machine
SMALL = MB  # below which nobody asks for the ratio
_ENTRY = b"PK\1\2"  # begins each line of the list of members
_MOST_ENTRIES = 50_000  # lines that may be read at all; workbooks stored without compression bring their own
_UTF8, _LOCKED = 0x800, 0x1

Take = Callable[[], bytes | ReturnRefused]


def is_archive(content: bytes) -> bool:
    """A zip that is no workbook, document or presentation: something packed together."""
    if not content.startswith((b"PK\3\4", b"PK\5\6")):
        return False
    try:
        sniff(content, LIMITS)
    except NotAWorkbook as other:
        return bool(other.fields["found"] == "archive")
    except ReturnRefused:
        return False
    return False


def members(content: bytes, limits: Limits) -> Iterator[tuple[str, int, Take]]:
    """(name, size as declared, the function that unpacks it) of each file in a zip, in its order, folders left out.

    Names are read as UTF-8 where they are, else as GBK. What one member is refused for, its function gives back.
    Raises BadArchive for the zip as a whole: damaged, too many members, too large unpacked.
    """
    if content.count(_ENTRY) > _MOST_ENTRIES:
        raise BadArchive(why="members", found=content.count(_ENTRY), limit=limits.members)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except DAMAGED as problem:
        raise BadArchive(why="damaged") from problem
    with archive:
        held = [member for member in archive.infolist() if not member.filename.endswith(("/", "\\"))]
        if len(held) > limits.members:
            raise BadArchive(why="members", found=len(held), limit=limits.members)
        declared = sum(member.file_size for member in held)
        if declared > limits.unzipped:
            raise BadArchive(why="unzipped", found=megabytes(declared), limit=limits.unzipped // MB)
        left = [limits.unzipped]
        for member in held:
            name = _name(member)
            yield _printable(name), member.file_size, partial(_taken, archive, member, name, limits, left)


def _name(member: zipfile.ZipInfo) -> str:
    """Zips of older Windows programs hold names in GBK and do not say so; Python takes those for code page 437."""
    if member.flag_bits & _UTF8:
        return member.orig_filename.replace("\\", "/")
    try:
        raw = member.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return member.orig_filename.replace("\\", "/")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).replace("\\", "/")
        except UnicodeDecodeError:
            continue
    return member.orig_filename.replace("\\", "/")


def _printable(name: str) -> str:
    """No sign of it steers a terminal."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in name)


def _leads_out(name: str) -> bool:
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or "\0" in name or name[1:2] == ":"


def _taken(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, limits: Limits, left: list[int]
) -> bytes | ReturnRefused:
    """At most one byte more is unpacked than may be, whatever the zip declares."""
    if _leads_out(name):
        return BadArchive(why="path")
    if member.flag_bits & _LOCKED:
        return BadArchive(why="encrypted")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return BadArchive(why="method")
    most = min(limits.bytes, left[0])
    try:
        with archive.open(member) as stream:
            data = stream.read(most + 1)
            whole = len(data) <= most and not stream.read(1)
    except DAMAGED:
        return BadArchive(why="member_damaged")
    left[0] -= min(len(data), left[0])
    if not whole:
        if most < limits.bytes:
            return BadArchive(why="unzipped", found=megabytes(limits.unzipped + 1), limit=limits.unzipped // MB)
        return BadArchive(why="member_bytes", found=megabytes(len(data)), limit=limits.bytes // MB)
    if len(data) > SMALL and len(data) > RATIO * max(member.compress_size, 1):
        return BadArchive(why="ratio", found=len(data) // max(member.compress_size, 1), limit=RATIO)
    return data
