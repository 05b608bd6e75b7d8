"""Password checks take a processor for a while: a few at a time, and a short queue, so that the screens go on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

AT_ONCE = 4
QUEUE = 60

T = TypeVar("T")
_checkers = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="sign-in")
_in_line = 0


class Busy(Exception):
    """Too many are signing in at this moment."""


async def line_up(work: Callable[[], T]) -> T:
    """What `work` gives, done in its own thread in the language of the request. Raises Busy at once when the queue is full."""
    global _in_line
    if _in_line >= QUEUE:
        raise Busy
    _in_line += 1
    try:
        return await asyncio.get_running_loop().run_in_executor(_checkers, copy_context().run, work)
    finally:
        _in_line -= 1
