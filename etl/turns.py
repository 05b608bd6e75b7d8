"""Who reads next: places for reading processes, given out fairly between those who wait, slow files moved out of the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Condition, Timer

# On whose behalf a file is read, as an account's name; "" for nobody's.
reading_for: ContextVar[str] = ContextVar("reading_for", default="")


class Turn:
    """One file's turn. slow: it was demoted to the lane for slow files."""

    def __init__(self, owner: str) -> None:
        self.owner = owner
        self.granted = self.slow = self.ended = False


class Turns:
    """`size` places, and a lane that `slow` more files may be moved to when they take longer than `patience` seconds.

    Of those who wait, the owner with the fewest files being read goes first, then whoever came first. So neither an
    account that brings many files nor one that brings slow ones holds up the others.
    """

    def __init__(self, size: int, *, slow: int = 0, patience: float = 2) -> None:
        self._free, self._lane, self._patience = size, slow, patience
        self._waiting: list[Turn] = []
        self._running: Counter[str] = Counter()
        self._turn = Condition()

    @contextmanager
    def place(self) -> Iterator[Turn]:
        """Waits for a place and keeps it until the end of the block."""
        mine = Turn(reading_for.get())
        self._take(mine)
        timer = Timer(self._patience, self._demote, (mine,)) if self._lane else None
        try:
            if timer is not None:
                timer.daemon = True
                timer.start()
            yield mine
        finally:
            if timer is not None:
                timer.cancel()
            self._leave(mine)

    def _take(self, mine: Turn) -> None:
        with self._turn:
            self._waiting.append(mine)
            self._grant()
            try:
                self._turn.wait_for(lambda: mine.granted)
            except BaseException:  # an interrupt: the place goes to somebody else
                if mine.granted:
                    self._give_back(mine)
                else:
                    self._waiting.remove(mine)
                raise

    def _demote(self, place: Turn) -> None:
        with self._turn:
            if self._lane and not place.ended:
                place.slow = True
                self._lane -= 1
                self._free += 1
                self._grant()

    def _leave(self, place: Turn) -> None:
        with self._turn:
            self._give_back(place)

    def _give_back(self, place: Turn) -> None:
        place.ended = True
        self._running[place.owner] -= 1
        if place.slow:
            self._lane += 1
        else:
            self._free += 1
        self._grant()

    def _grant(self) -> None:
        while self._free and self._waiting:
            chosen = min(self._waiting, key=lambda place: self._running[place.owner])  # the first of equals
            self._waiting.remove(chosen)
            self._free -= 1
            self._running[chosen.owner] += 1
            chosen.granted = True
        self._running += Counter()  # forgets those with none
        self._turn.notify_all()
