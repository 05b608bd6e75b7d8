"""One writer at a time, across processes and threads."""

from __future__ import annotations

import fcntl
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from catalogue import clock
from catalogue.wording import say

BUSY_AFTER = 60.0  # seconds
_LOOK_AGAIN = 0.05


class StoreError(Exception):
    """The warehouse cannot do what was asked; the message says why, for people."""


class StoreBusy(StoreError):
    """Another writer holds the folder. `holder`: who, as it signed itself."""

    def __init__(self, holder: str, seconds: float) -> None:
        self.holder = holder
        super().__init__(say("store.busy", holder=holder, seconds=f"{seconds:g}"))


@contextmanager
def writing(place: Path, by: str, busy_after: float = BUSY_AFTER) -> Iterator[None]:
    """Hold the folder for writing. The lock goes with the process: a killed writer leaves none behind.

    Raises StoreBusy after `busy_after` seconds.
    """
    place.mkdir(parents=True, exist_ok=True)
    with open(place / "writer.lock", "a+", encoding="utf-8") as file:
        _take(file, busy_after)
        try:
            file.truncate(0)
            file.write(_signature(by))
            file.flush()
            yield
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)


def _take(file: TextIO, busy_after: float) -> None:
    until = time.monotonic() + busy_after
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= until:
                file.seek(0)
                raise StoreBusy(file.read().strip() or "?", busy_after) from None
            time.sleep(_LOOK_AGAIN)


def _signature(by: str) -> str:
    who = (by, socket.gethostname(), f"pid {os.getpid()}", f"{clock.real_now():%Y-%m-%d %H:%M:%S}")
    return ", ".join(part for part in who if part)
