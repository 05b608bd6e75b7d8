"""What programs fetched is a line in the log, but one that asks every minute does not fill it."""

from __future__ import annotations

import time
from collections import OrderedDict
from threading import Lock

QUIET = 3600  # seconds in which the same account fetching the same content is one line
MOST = 5_000

_told: OrderedDict[tuple[str, str], float] = OrderedDict()
_lock = Lock()


def is_news(name: str, content: str) -> bool:
    """content: its ETag."""
    key, now = (name, content), time.monotonic()
    with _lock:
        if now - _told.get(key, -QUIET) < QUIET:
            return False
        _told[key] = now
        _told.move_to_end(key)
        while len(_told) > MOST:
            _told.popitem(last=False)
        return True
