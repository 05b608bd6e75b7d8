"""What a run of a screen has shown that somebody may want as a file: its tables and charts, in order."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any, TypeVar

_seen: ContextVar[list[Any] | None] = ContextVar("seen", default=None)
Kind = TypeVar("Kind")


def begin() -> None:
    """A new run: nothing has been shown."""
    _seen.set([])


def keep(one: Any) -> None:
    found = _seen.get()
    if found is not None:
        found.append(one)


def shown(kind: type[Kind]) -> list[Kind]:
    """Those of this kind, of this run."""
    return [one for one in _seen.get() or [] if isinstance(one, kind)]
