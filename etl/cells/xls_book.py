"""What the sheets of an xls share: fonts, number formats, texts ([MS-XLS] 2.4, 2.5.293)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from etl.cells.runs import PLAIN, Font, Run, cut
from etl.cells.styles_xml import BUILT_IN_PERCENTS, is_percentage
from etl.errors import Unreadable

BIFF8 = 0x0600
_FONT, _FORMAT, _STYLE = 0x0031, 0x041E, 0x00E0
_TEXTS, _CONTINUED = 0x00FC, 0x003C
_EPOCH = 0x0022
_MISSING_FONT = 4  # no font has this number; those after it count one less


@dataclass(slots=True)
class Shared:
    """texts: as runs. all_fonts: by their place. fonts, percents: by the number of a cell's style."""

    since_1904: bool = False
    texts: list[list[Run]] = field(default_factory=list)
    all_fonts: list[Font] = field(default_factory=list)
    fonts: dict[int, Font] = field(default_factory=dict)
    percents: set[int] = field(default_factory=set)

    def font(self, number: int) -> Font:
        at = number - (number > _MISSING_FONT)
        return self.all_fonts[at] if number != _MISSING_FONT and at < len(self.all_fonts) else PLAIN


def shared(records: Iterator[tuple[int, bytes]], version: int) -> Shared:
    """From the records of the workbook's own section. Raises Unreadable."""
    book, formats, texts, count = Shared(), set(BUILT_IN_PERCENTS), list[bytes](), 0
    styles: list[tuple[int, int]] = []
    previous = 0
    for kind, body in records:
        if kind == _FONT:
            flags, _, _, height = unpacked("<HHHH", body, 2)
            book.all_fonts.append(Font(bool(flags & 8), {1: 1, 2: -1}.get(height, 0)))
        elif kind == _FORMAT:
            (number,) = unpacked("<H", body, 0)
            (formats.add if is_percentage(_format(body, version)) else formats.discard)(number)
        elif kind == _STYLE:
            font, number = unpacked("<HH", body, 0)
            styles.append((font, number))
        elif kind == _EPOCH:
            book.since_1904 = bool(unpacked("<H", body, 0)[0])
        elif kind == _TEXTS or (kind == _CONTINUED and previous == _TEXTS):
            texts.append(body)
            kind = _TEXTS
        previous = kind
    for count, (font, number) in enumerate(styles):
        if book.font(font) != PLAIN:
            book.fonts[count] = book.font(font)
        if number in formats:
            book.percents.add(count)
    if texts:
        book.texts = list(_texts(texts, book))
    return book


def _format(body: bytes, version: int) -> str:
    if version != BIFF8:
        return body[3:].decode("gb18030", "replace")
    wide = body[4:5] == b"\1"
    return body[5:].decode("utf-16-le" if wide else "latin-1", "replace")


def _texts(pieces: list[bytes], book: Shared) -> Iterator[list[Run]]:
    """The table of shared texts, whose strings may run over from one record into the next."""
    reader = _Pieces(pieces)
    reader.skip(4)
    (count,) = reader.read("<I")
    for _ in range(count):
        if reader.at_end:
            return  # fewer than it says: what is missing is a cell's trouble
        length, flags = reader.read("<HB")
        runs = reader.read("<H")[0] if flags & 8 else 0
        extra = reader.read("<I")[0] if flags & 4 else 0
        text = reader.text(length, bool(flags & 1))
        starts: list[tuple[int, Font | None]] = []
        for _ in range(runs):
            begin, font = reader.read("<HH")
            starts.append((begin, book.font(font)))
        reader.skip(extra)
        yield cut(text, starts)


class _Pieces:
    """Bytes that continue over several records. A text that does begins the next with a byte on its width."""

    def __init__(self, pieces: list[bytes]) -> None:
        self.pieces, self.piece, self.at = pieces, 0, 0

    @property
    def at_end(self) -> bool:
        return self.piece >= len(self.pieces) - 1 and self.at >= len(self.pieces[-1])

    def take(self, count: int) -> bytes:
        taken = b""
        while count > len(taken):
            if self.at >= len(self.pieces[self.piece]):
                self._next()
            part = self.pieces[self.piece][self.at : self.at + count - len(taken)]
            self.at += len(part)
            taken += part
        return taken

    def read(self, layout: str) -> tuple[int, ...]:
        return struct.unpack(layout, self.take(struct.calcsize(layout)))

    def skip(self, count: int) -> None:
        self.take(count)

    def text(self, length: int, wide: bool) -> str:
        text = ""
        while length > 0:
            if self.at >= len(self.pieces[self.piece]):
                self._next()
                wide = bool(self.take(1)[0] & 1)
            size = 2 if wide else 1
            here = min(length, (len(self.pieces[self.piece]) - self.at) // size)
            if here == 0:
                raise Unreadable(problem="a text is cut within a letter")
            text += self.take(here * size).decode("utf-16-le" if wide else "latin-1", "surrogatepass")
            length -= here
        return text

    def _next(self) -> None:
        if self.piece + 1 >= len(self.pieces):
            raise Unreadable(problem="the texts end too early")
        self.piece, self.at = self.piece + 1, 0


def unpacked(layout: str, body: bytes, at: int) -> tuple[int, ...]:
    if at < 0 or at + struct.calcsize(layout) > len(body):
        raise Unreadable(problem="a record is too short")
    return struct.unpack_from(layout, body, at)
