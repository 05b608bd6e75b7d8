"""Who is next where only a few can be at work: places given out fairly between those who wait, slow ones moved out of the way.

For files that are read (`etl/cells/readers.py`) and for screens that are drawn (`ui/app/shell.py`).
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Event, Lock

# On whose behalf a file is read, as an account's name; "" for nobody's.
reading_for: ContextVar[str] = ContextVar("reading_for", default="")


class Turn:
    """The turn of one file or screen. slow: it was moved to the lane for slow ones, since others waited."""

    def __init__(self, owner: str) -> None:
        self.owner = owner
        self.slow = False
        self.begun = 0.0
        self.granted = Event()


class Turns:
    """`size` places, and a lane that `slow` more may be moved to when they take longer than `patience` seconds and others wait.

    Of those who wait, the owner with the fewest at work goes first, then whoever came first. So neither an account that
    brings many files nor one that brings slow ones holds up the others.
    """

    def __init__(self, size: int, *, slow: int = 0, patience: float = 2) -> None:
        self._free, self._lane, self._patience = size, slow, patience
        self._waiting: list[Turn] = []
        self._at_work: list[Turn] = []  # without those in the lane
        self._running: Counter[str] = Counter()
        self._lock = Lock()

    @contextmanager
    def place(self) -> Iterator[Turn]:
        """Waits for a place and keeps it until the end of the block."""
        mine = Turn(reading_for.get())
        self._take(mine)
        try:
            yield mine
        finally:
            with self._lock:
                self._give_back(mine)

    def _take(self, mine: Turn) -> None:
        with self._lock:
            self._waiting.append(mine)
            self._grant()
        try:
            while not mine.granted.wait(self._until_one_is_slow()):
                self._move_slow_ones()
        except BaseException:  # an interrupt: the place goes to somebody else
            with self._lock:
                if mine.granted.is_set():
                    self._give_back(mine)
                else:
                    self._waiting.remove(mine)
            raise

    def _until_one_is_slow(self) -> float:
        """Seconds; where the lane takes nobody, until it is looked at again."""
        with self._lock:
            if not self._lane:
                return self._patience
            begun = min((turn.begun for turn in self._at_work), default=time.monotonic())
        return max(begun + self._patience - time.monotonic(), 0.001)

    def _move_slow_ones(self) -> None:
        with self._lock:
            late = time.monotonic() - self._patience
            for turn in [turn for turn in self._at_work if turn.begun <= late][: self._lane]:
                turn.slow = True
                self._at_work.remove(turn)
                self._lane -= 1
                self._free += 1
            self._grant()

    def _give_back(self, turn: Turn) -> None:
        self._running[turn.owner] -= 1
        if turn.slow:
            self._lane += 1
        else:
            self._at_work.remove(turn)
            self._free += 1
        self._grant()

    def _grant(self) -> None:
        while self._free and self._waiting:
            chosen = min(self._waiting, key=lambda turn: self._running[turn.owner])  # the first of equals
            self._waiting.remove(chosen)
            self._free -= 1
            self._running[chosen.owner] += 1
            self._at_work.append(chosen)
            chosen.begun = time.monotonic()
            chosen.granted.set()
        self._running += Counter()  # forgets those with none
