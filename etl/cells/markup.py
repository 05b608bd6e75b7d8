"""XML parts: handlers run over one, nothing is built up."""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

from etl.errors import Unreadable

Handler = Callable[..., None] | None


def parsed(data: bytes, start: Handler, end: Handler = None, text: Handler = None) -> None:
    """Runs the handlers over a part. Raises Unreadable where it is not well-formed."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except expat.ExpatError as problem:
        raise Unreadable(problem=f"XML: {problem}") from problem


def local(tag: str) -> str:
    """x:row is row: which prefix stands for a name is up to the program that wrote it."""
    return tag.rpartition(":")[2]
