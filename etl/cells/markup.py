"""XML parts: handlers run over one, nothing is built up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.parsers import expat

from etl.errors import Unreadable

Handler = Callable[..., None] | None
Edit = tuple[int, int, bytes]  # from, to, what to put there


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
