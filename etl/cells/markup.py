"""XML parts: handlers run over one, nothing is built up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from xml.parsers import expat

from etl.errors import Unreadable

Handler = Callable[..., None] | None
Edit = tuple[int, int, bytes]  # from, to, what to put there
# What no XML may hold, line ends that it reads otherwise than they are written, entities but the five it knows itself.
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n"))
_NEVER = (b"\xef\xbf\xbe", b"\xef\xbf\xbf", b"]]>")
_OTHER_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)")


def new_parser() -> expat.XMLParserType:
    """Needed where a handler asks for the place: its CurrentByteIndex."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    return parser


def parsed(
    data: bytes,
    start: Handler,
    end: Handler = None,
    text: Handler = None,
    parser: expat.XMLParserType | None = None,
) -> None:
    """Runs the handlers over a part. Raises Unreadable where it is not well-formed."""
    parser = parser or new_parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except expat.ExpatError as problem:
        raise Unreadable(problem=f"XML: {problem}") from problem


def is_sound(data: bytes) -> bool:
    """Whether it is UTF-8 without anything that XML may hold nowhere in a text, nor line ends that it changes."""
    if len(data.translate(None, _CONTROLS)) < len(data) or any(never in data for never in _NEVER):
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def reads_as_written(data: bytes) -> bool:
    """Whether every text between its tags is what a parser would give, but for the five entities."""
    return is_sound(data) and not _OTHER_ENTITY.search(data)


def edited(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Raises Unreadable for edits that overlap."""
    pieces, at = [], 0
    for begin, end, put in sorted(edits):
        if begin < at:
            raise Unreadable(problem="a cell within a cell")
        pieces += [data[at:begin], put]
        at = end
    return b"".join([*pieces, data[at:]])


def is_on(text: str) -> bool:
    """A truth value as XML writes it."""
    return text.lower() in ("1", "true", "on")


def local(tag: str) -> str:
    """x:row is row: which prefix stands for a name is up to the program that wrote it."""
    return tag.rpartition(":")[2]
