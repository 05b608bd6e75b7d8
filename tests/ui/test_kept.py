"""What was read or drawn is kept in one way: once for each version, language and argument, and no more than so many."""

from __future__ import annotations

import ast
from pathlib import Path
from threading import Barrier, Thread
from time import sleep

import pytest
import sources

from catalogue.wording import language, say, use_language
from ui.reads import kept
from ui.reads.kept import per_object, per_version

PROJECT = Path(__file__).resolve().parents[2]
ON_SHOW = {"version": 1}


def version() -> int:
    return ON_SHOW["version"]


@pytest.fixture
def drawn(monkeypatch):
    """A function that is kept by version and language, and what it was computed for."""
    monkeypatch.setitem(ON_SHOW, "version", 1)
    computed = []

    @per_version(2, by=(version, language))
    def lamp(light: str, size: int = 1, _extra: object = None) -> list[str]:
        computed.append((version(), language(), light, size))
        return [say(f"light.{light}")]

    return lamp, computed


def test_the_same_is_computed_once_however_it_is_asked_for(drawn):
    lamp, computed = drawn
    first = lamp("red")
    assert lamp("red") is first and lamp("red", 1) is first and lamp(size=1, light="red") is first
    assert lamp("red", 1, object()) is first, "what follows from the others does not count"
    assert computed == [(1, "zh", "red", 1)]


def test_another_version_another_language_another_argument_are_other_results(drawn, monkeypatch):
    lamp, computed = drawn
    assert lamp("red") == ["红灯"] and lamp("red", 2) == ["红灯"]
    use_language("en")
    assert lamp("red") == ["red"]
    monkeypatch.setitem(ON_SHOW, "version", 2)
    lamp("red")
    assert computed == [(1, "zh", "red", 1), (1, "zh", "red", 2), (1, "en", "red", 1), (2, "en", "red", 1)]


def test_what_was_asked_for_last_is_kept(drawn):
    lamp, computed = drawn
    for light in ("red", "green", "red", "grey", "red", "green"):
        lamp(light)
    assert [light for _, _, light, _ in computed] == ["red", "green", "grey", "green"]


def test_what_raises_is_not_kept(drawn):
    lamp, computed = drawn
    for _ in range(2):
        with pytest.raises(KeyError):
            lamp("blue")
    assert len(computed) == 2 and lamp("red") == ["红灯"]


def test_of_one_object_it_is_computed_once_and_of_an_equal_one_anew():
    computed = []

    @per_object(2)
    def heads(rows: list[str], wide: bool) -> str:
        computed.append((rows, wide))
        return ",".join(rows)

    rows = ["a", "b"]
    assert [heads(rows, True), heads(rows, True), heads(rows, False), heads(["a", "b"], True)] == ["a,b"] * 4
    assert len(computed) == 3
    for n in range(50):  # none of them takes the place of one that is gone
        assert heads([str(n)], True) == str(n)


def test_two_that_ask_at_once_wait_for_one_computation():
    computed, together, found = [], Barrier(8), []

    @per_version(4)
    def slow(n: int) -> list[int]:
        computed.append(n)
        sleep(0.02)
        return [n]

    def ask(n: int) -> None:
        together.wait()
        found.append(slow(n))

    threads = [Thread(target=ask, args=(n % 2,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(computed) == [0, 1] and len({id(one) for one in found}) == 2


def test_one_kept_function_may_ask_another_and_itself():
    @per_version(9)
    def sum_to(n: int) -> int:
        return n + sum_to(n - 1) if n else 0

    assert sum_to(5) == 15


def test_everything_can_be_forgotten(drawn):
    lamp, computed = drawn
    lamp("red")
    kept.forget()
    lamp("red")
    assert len(computed) == 2


def test_no_screen_keeps_anything_in_another_way():
    """But for packed tables, which only the web frame can send again."""
    trees = {path: sources.tree(path) for path in PROJECT.glob("ui/**/*.py")}
    used = {
        (path.name, ast.unparse(d.func if isinstance(d, ast.Call) else d))
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for d in node.decorator_list
    }
    assert "per_version" in {name for _, name in used}
    assert {one for one in used if "cache_" in one[1]} == {("tables.py", "st.cache_resource")}
