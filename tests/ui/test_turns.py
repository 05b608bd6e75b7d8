"""Screens are drawn one after another within a process."""

from __future__ import annotations

import threading
import time
from contextlib import suppress

import pytest

from etl.turns import Turns
from ui.app import shell


@pytest.fixture
def drawn(monkeypatch):
    """Asks for screens, each of which does one of `works`, each in a thread of its own; the order in which they ended, and how many
    were at work at once at most."""

    def all_of(*works) -> tuple[list[int], int]:
        at_work, most, ended, lock, mine = 0, 0, [], threading.Lock(), threading.local()

        def draw() -> None:
            nonlocal at_work, most
            with lock:
                at_work += 1
                most = max(most, at_work)
            try:
                works[mine.number]()
            finally:
                with lock:
                    at_work -= 1

        def ask(number: int) -> None:
            mine.number = number
            with suppress(ZeroDivisionError):
                shell.run()
            ended.append(number)

        monkeypatch.setattr(shell, "_draw", draw)
        threads = [threading.Thread(target=ask, args=(number,)) for number in range(len(works))]
        for thread in threads:
            thread.start()
            time.sleep(0.01)
        for thread in threads:
            thread.join(20)
            assert not thread.is_alive()
        return ended, most

    return all_of


def test_one_at_a_time_in_the_order_of_coming(drawn):
    assert drawn(*[lambda: time.sleep(0.03)] * 6) == ([0, 1, 2, 3, 4, 5], 1)


def test_a_mistake_in_one_leaves_the_others_alone(drawn):
    assert drawn(lambda: 1 / 0, lambda: None, lambda: 1 / 0, lambda: None) == ([0, 1, 2, 3], 1)


def test_one_that_waits_for_something_else_is_overtaken(drawn, monkeypatch):
    monkeypatch.setattr(shell, "_drawing", Turns(1, slow=10, patience=0.05))
    over = threading.Event()
    ended, most = drawn(lambda: over.wait(10), *[lambda: None] * 3, over.set, *[lambda: time.sleep(0.02)] * 3)
    assert ended.index(0) > 2 and most == 2  # it and one other
    assert drawn(*[lambda: time.sleep(0.01)] * 4) == ([0, 1, 2, 3], 1)  # its place was not given back twice
