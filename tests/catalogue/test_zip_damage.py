"""A damaged zip is damage to everybody who opens one from outside, whatever in it is broken."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from access.roster_file import Unusable, _judge_size
from catalogue.zip_damage import DAMAGED
from etl.archive import members
from etl.cells import LIMITS
from etl.errors import BadArchive, ReturnRefused
from reports import carried
from reports.layout_file import LayoutFile, UnreadableLayout
from reports.proof import NoProof


def packed(how: int = zipfile.ZIP_DEFLATED) -> bytearray:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name in ("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "word/document.xml", "甲.png"):
            archive.writestr(name, f"<a>{name * 40}</a>")
    return bytearray(out.getvalue())


def scrambled(content: bytearray) -> bytes:
    """The packed bytes of each member are no longer a packed stream: zlib.error."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        held = archive.infolist()
    for member in held:
        start = member.header_offset + 30 + len(member.filename.encode())
        content[start : start + 4] = b"\xff\xff\xff\xff"
    return bytes(content)


def method(content: bytearray, number: int) -> bytes:
    """Packed in a way nobody knows: NotImplementedError."""
    for mark, at in ((b"PK\1\2", 10), (b"PK\3\4", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + at : place + at + 2] = number.to_bytes(2, "little")
            place = content.find(mark, place + 4)
    return bytes(content)


def locked(content: bytearray) -> bytes:
    """Under a password: RuntimeError."""
    for mark, at in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        place = content.find(mark)
        while place >= 0:
            content[place + at] |= 1
            place = content.find(mark, place + 4)
    return bytes(content)


def cut(content: bytearray) -> bytes:
    return bytes(content[:-30])


DAMAGES: dict[str, Callable[[], bytes]] = {
    "scrambled": lambda: scrambled(packed()),
    "method": lambda: method(packed(), 77),
    "locked": lambda: locked(packed()),
    "cut": lambda: cut(packed()),
    "no list": lambda: b"PK\3\4" + bytes(200),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_it_is_one_of_the_exceptions_listed(damage):
    with pytest.raises(DAMAGED), zipfile.ZipFile(io.BytesIO(DAMAGES[damage]())) as archive:
        archive.read("xl/workbook.xml")


@pytest.mark.parametrize("damage", DAMAGES)
def test_whoever_opens_it_says_so_in_words(damage):
    content = DAMAGES[damage]()
    with pytest.raises(UnreadableLayout):
        LayoutFile(content)
    with pytest.raises(NoProof):
        carried.carried("甲.zip", content)
    try:
        for _, _, take in members(content, LIMITS):
            assert isinstance(take(), ReturnRefused)
    except BadArchive:
        pass
    try:
        _judge_size(content)
    except Unusable as problem:
        assert str(problem)
