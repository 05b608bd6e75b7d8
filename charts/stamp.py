"""The last line of a figure: which version of the numbers it shows, and the code they can be checked by."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_stamp: ContextVar[str] = ContextVar("stamp", default="")


@contextmanager
def stamped(text: str) -> Iterator[None]:
    """Figures finished within carry `text` below their source. Put on afterwards it would cost as much again as half the figure."""
    before = _stamp.set(text)
    try:
        yield
    finally:
        _stamp.reset(before)


def stamp() -> str:
    return _stamp.get()
