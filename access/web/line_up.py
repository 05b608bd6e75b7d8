"""Password checks take a processor for a while: a few at a time, and a short queue, so that the screens go on."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

AT_ONCE = 4
QUEUE = 60
OF_ONE = 12  # in line from one address, so that it cannot fill the line for everybody

T = TypeVar("T")
_checkers = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="sign-in")
_in_line = 0
_from: Counter[str] = Counter()  # address -> in line


class Busy(Exception):
    """Too many are signing in at this moment."""


async def line_up(work: Callable[[], T], address: str) -> T:
    """What `work` gives, done in its own thread in the language of the request. Raises Busy at once when the queue is full,
    or full of those from the same address."""
    global _in_line
    if _in_line >= QUEUE or _from[address] >= OF_ONE:
        raise Busy
    _in_line += 1
    _from[address] += 1
    try:
        return await asyncio.get_running_loop().run_in_executor(_checkers, copy_context().run, work)
    finally:
        _in_line -= 1
        _from[address] -= 1
        if not _from[address]:
            del _from[address]
