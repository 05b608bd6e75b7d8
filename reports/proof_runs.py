"""The numbers of a proof as JSON keeps them: those that stand in one column, one below the other, as one run.

A workbook of many units lists numbers by the ten thousand, and each said its indicator, quarter and place over again. Numbers
that stand alone or in no cell are listed by themselves, as all of them are in files older than runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

_DIGITS = "0123456789"
Run = list[Any]  # numbers, each with the fields of `Number`


def in_runs(numbers: Iterable[Any]) -> dict[str, Any]:
    """numbers: those alone, and runs, whose subjects are a place in the list `subjects`; that list only where there are runs."""
    told, subjects = [], dict[tuple[str | None, ...], int]()
    for run in _runs(numbers):
        first = run[0]
        if len(run) == 1:
            told.append({name: getattr(first, name) for name in first.__slots__})
            continue
        whose = subjects.setdefault(tuple([one.subject for one in run]), len(subjects))
        told.append(
            {
                "indicator": first.indicator,
                "period": first.period,
                "what": first.what,
                "place": first.place,
                "subjects": whose,
                "values": [one.value for one in run],
            }
        )
    return {"numbers": told} | ({"subjects": list(subjects)} if subjects else {})


def _runs(numbers: Iterable[Any]) -> list[Run]:
    runs: list[Run] = []
    growing: dict[tuple[str, str, str, str], tuple[int, Run]] = {}
    for one in numbers:
        place = str(one.place)
        column = place.rstrip(_DIGITS)
        if "!" not in column or column == place:
            runs.append([one])
            continue
        row, key = int(place[len(column) :]), (one.indicator, one.period, one.what, column)
        expected, run = growing.get(key, (0, []))
        if row != expected:
            run = []
            runs.append(run)
        run.append(one)
        growing[key] = row + 1, run
    return runs


def spread(told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The fields of each number by itself; takes `subjects` out. Raises ValueError, LookupError, TypeError or AttributeError for
    what we never wrote."""
    subjects = told.pop("subjects", ())
    for one in told["numbers"]:
        if "values" not in one:
            yield one
            continue
        rest = dict(one)
        whose, values, place = subjects[rest.pop("subjects")], rest.pop("values"), rest.pop("place")
        column = place.rstrip(_DIGITS)
        first = int(place[len(column) :])
        for row, (subject, value) in enumerate(zip(whose, values, strict=True), start=first):
            yield {**rest, "subject": subject, "value": value, "place": f"{column}{row}"}
