"""One way to keep what was read, worded or drawn: `@per_version`."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from inspect import signature
from threading import Lock, RLock
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
By = Callable[[], Hashable]
_all: list[Results] = []


def per_version(most: int, by: By | tuple[By, ...] = ()) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """The function is computed once for the same arguments and the same answers of `by`, and its result kept for everybody
    whom this process serves: as long as it runs, until `most` results that were asked for later have taken its place.

    by: what else the result hangs on, asked at every call: `reads.place` (version, plan's quarters), `reads.edition` (the plan
    too), `reads.spoken` (and the language), `figures.key` (and how it is drawn), `reads.today`. Published versions never
    change, so nothing is ever out of date. Arguments are hashable; one whose name begins with _ follows from the others and
    does not count. Nobody writes into a result. What raises is not kept.
    """
    asked = by if isinstance(by, tuple) else (by,)

    def keep(compute: Callable[P, R]) -> Callable[P, R]:
        shape, kept = signature(compute), Results(most)
        counted = [n for n, name in enumerate(shape.parameters) if not name.startswith("_")]
        arity = len(shape.parameters)

        @wraps(compute)
        def answer(*given: P.args, **named: P.kwargs) -> R:
            arguments: tuple[Any, ...] = given
            if named or len(given) < arity:
                bound = shape.bind(*given, **named)
                bound.apply_defaults()
                arguments = tuple(bound.arguments.values())
            key = (*(ask() for ask in asked), *(arguments[n] for n in counted))
            return kept.get(key, lambda: compute(*given, **named))

        return answer

    return keep


def per_object(most: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """The function is computed once for one and the same first argument, such as a frame that `per_version` keeps, and equal
    others, given by position. An equal object that was made anew is another one. Nobody writes into either.
    """

    def keep(compute: Callable[P, R]) -> Callable[P, R]:
        kept = Results(most)

        @wraps(compute)
        def answer(*given: P.args, **named: P.kwargs) -> R:
            # with its result the object is kept too, so that no other takes its place in memory
            found: tuple[Any, R] = kept.get((id(given[0]), *given[1:]), lambda: (given[0], compute(*given, **named)))
            return found[1]

        return answer

    return keep


class Results:
    """The results of one function, the last ones asked for. Two that ask for the same at once wait for one computation."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._found: OrderedDict[Hashable, Any] = OrderedDict()
        self._begun: dict[Hashable, RLock] = {}
        self._lock = Lock()
        _all.append(self)

    def get(self, key: Hashable, compute: Callable[[], Any]) -> Any:
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]
            turn = self._begun.setdefault(key, RLock())
        with turn:
            with self._lock:
                if key in self._found:
                    return self._found[key]
            try:
                result = compute()
                with self._lock:
                    self._found[key] = result
                    while len(self._found) > self._most:
                        self._found.popitem(last=False)
                return result
            finally:
                with self._lock:
                    self._begun.pop(key, None)

    def forget(self) -> None:
        with self._lock:
            self._found.clear()


def forget() -> None:
    """All that is kept by whatever function: for measurements, and for tests that change what is read."""
    for kept in _all:
        kept.forget()
