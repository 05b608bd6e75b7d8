"""Slow files and greedy accounts hold up nobody else."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextvars import copy_context

import pytest

from etl.cells import readers as readers_of
from etl.cells.readers import Readers
from etl.turns import Turns, reading_for

SOON = 5  # seconds; nobody waits as long as that


class Reading:
    """A file that is read until `end` is called."""

    def __init__(self, places: Turns, owner: str, order: list[str]) -> None:
        self._places, self._owner, self._order = places, owner, order
        self.begun, self._over = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=copy_context().run, args=(self._read,), daemon=True)
        self._thread.start()

    def _read(self) -> None:
        reading_for.set(self._owner)
        with self._places.place():
            self._order.append(self._owner)
            self.begun.set()
            self._over.wait(SOON)

    def end(self) -> None:
        self._over.set()
        self._thread.join(SOON)


@pytest.fixture
def order() -> list[str]:
    return []


@pytest.fixture
def begin(order) -> Iterator:
    made_so_far: list[Reading] = []
    waiting: list[Reading] = []

    def one(places: Turns, owner: str, *, waits: bool = False) -> Reading:
        made = Reading(places, owner, order)
        made_so_far.append(made)
        if not waits:
            assert made.begun.wait(SOON)
        else:
            until = time.monotonic() + SOON
            while made not in waiting and time.monotonic() < until:
                if any(place.owner == owner for place in places._waiting):
                    waiting.append(made)
                time.sleep(0.001)
        return made

    yield one
    for each in made_so_far:
        each._over.set()
    for each in made_so_far:
        each.end()


def test_two_slow_files_do_not_hold_up_a_third(begin):
    places = Turns(2, slow=2, patience=0.05)
    begin(places, "a")
    begin(places, "a")
    assert begin(places, "b").begun.is_set()


def test_where_the_lane_for_slow_files_is_full_the_others_wait_for_a_place(begin):
    places = Turns(1, slow=1, patience=0.02)
    first, second = begin(places, "a"), begin(places, "a")
    third = begin(places, "b", waits=True)
    assert not third.begun.wait(0.1)
    second.end()
    assert third.begun.wait(SOON)
    first.end()


def test_a_place_and_the_lane_are_given_back(begin):
    places = Turns(1, slow=1, patience=0.02)
    for _ in range(3):
        slow, quick = begin(places, "a"), begin(places, "b")
        slow.end()
        quick.end()
    assert (places._free, places._lane, places._waiting, +places._running) == (1, 1, [], {})


def test_of_those_who_wait_the_one_with_the_fewest_files_being_read_goes_first(begin, order):
    places = Turns(2)
    busy = begin(places, "many")
    other = begin(places, "else")
    for _ in range(3):
        begin(places, "many", waits=True)
    late = begin(places, "late", waits=True)
    other.end()
    assert late.begun.wait(SOON) and order == ["many", "else", "late"]
    busy.end()


def test_who_came_first_goes_first_among_equals(begin, order):
    places = Turns(1)
    now = begin(places, "x")
    queued = [begin(places, name, waits=True) for name in ("a", "b", "c")]
    now.end()
    for each in queued:
        assert each.begun.wait(SOON)
        each.end()
    assert order == ["x", "a", "b", "c"]


def test_a_file_that_fails_gives_its_place_back():
    places = Turns(1)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), places.place():
            raise ZeroDivisionError
    with places.place():
        pass


def test_there_are_as_many_readers_as_processors_and_a_lane_beside_them(monkeypatch):
    monkeypatch.setattr(readers_of, "_readers", None)
    monkeypatch.setattr(readers_of.os, "cpu_count", lambda: 6)
    shared = readers_of._shared()
    assert (shared._places._free, shared._places._lane) == (6, 6)
    monkeypatch.setattr(readers_of, "_readers", None)
    monkeypatch.setattr(readers_of.os, "cpu_count", lambda: 1)
    assert readers_of._shared()._places._free == 2


def test_a_process_that_read_a_slow_file_is_not_kept_beside_the_one_that_took_its_place():
    readers = Readers(1, slow=1, patience=0.01)  # starting a process takes longer than that
    slow = threading.Thread(target=readers.read, args=(b"a,b",))
    try:
        slow.start()
        while not readers._places._at_work:
            time.sleep(0.001)
        readers.read(b"c,d")
        slow.join(SOON)
        assert len(readers._idle) == 1
    finally:
        readers.close()


def test_nobody_is_moved_to_the_lane_while_nobody_waits(begin):
    places = Turns(1, slow=1, patience=0.01)
    begin(places, "a")
    time.sleep(0.05)
    assert (places._free, places._lane) == (0, 1)
