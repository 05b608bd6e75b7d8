"""What the printed head of a form says in words: 填报单位, 填报期, and the names written there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from catalogue.model import Plan
from catalogue.period import Period
from etl.model import CellRef, CellState, SheetCells
from etl.reading.index import PERIOD_LABELS, UNIT_LABELS, index_of
from etl.reading.plain import as_written, compact
from etl.reading.shapes import VerySame
from etl.reading.sheets import beside, ref

_CHINESE_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_MONTH_TO_QUARTER = {3: 1, 6: 2, 9: 3, 12: 4}
_YEAR = r"(?P<year>20\d\d)年?度?"
_QUARTERS = (
    re.compile(_YEAR + r"[第前]?(1[-–—~至到]第?)?(?P<quarter>[1-4])季度?"),
    re.compile(_YEAR + r"Q(?P<quarter>[1-4])", re.I),
    re.compile(_YEAR + r"(\d\d?月?[-–—~至到])?(?P<month>3|6|9|12)月(份|底|末)?"),
    re.compile(_YEAR + r"(?P<words>上半年|全年)"),
    re.compile(r"(?P<year>20\d\d)年度"),
)
_DAY = re.compile(r"(20\d\d)[-./年](\d\d?)[-./月](\d\d?)日?")


def labelled(sheet: SheetCells, labels: tuple[str, ...]) -> Iterator[tuple[CellRef, str]]:
    """Each cell labelled so, with what it says after the colon or, failing that, what stands beside it."""
    label = _pattern(labels)
    for row, column, text in index_of(sheet).labels:
        found = label.fullmatch(compact(text))
        if found is None or (found["rest"] and not found["colon"]):
            continue
        if found["rest"]:
            yield ref(sheet, row, column), found["rest"]
            continue
        neighbour = beside(sheet, row, column)
        if neighbour and neighbour[1].state is CellState.VALUE:
            shown = compact(as_written(neighbour[1].raw))
            if not re.search(":|^(" + "|".join(UNIT_LABELS + PERIOD_LABELS) + ")", shown):
                yield ref(sheet, row, neighbour[0]), shown


@lru_cache
def _pattern(labels: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"({'|'.join(labels)})(\(.{{0,8}}\))?(?P<colon>:?)(?P<rest>.*)", re.S)


def read_period(shown: str) -> Period | None:
    """2021年第三季度, 2021年3季度, 2021Q3, 2021年1-9月, 2021年上半年, 2021-09-30; None for anything else."""
    text = compact(shown).translate(_CHINESE_DIGITS)
    if day := _DAY.fullmatch(text):
        year, month = int(day[1]), int(day[2])
        return Period.of(date(year, month, 1)) if month in _MONTH_TO_QUARTER else None
    for pattern in _QUARTERS:
        if found := pattern.fullmatch(text):
            return Period(int(found["year"]), _quarter(found.groupdict()))
    return None


def _quarter(found: dict[str, str | None]) -> int:
    if quarter := found.get("quarter"):
        return int(quarter)
    if month := found.get("month"):
        return _MONTH_TO_QUARTER[int(month)]
    return 2 if found.get("words") == "上半年" else 4


def read_reporter(shown: str, plan: Plan, form: str) -> str | None:
    """The code of the reporter of `form` that is named; None when nobody is, or more than one could be meant.

    Whole names and aliases first, with or without the city before them; then the longest name contained.
    """
    names = _reporters_by_name(VerySame(plan), form)
    text = compact(shown)
    for spelling in (text, text.removeprefix(compact(plan.city))):
        if spelling in names:
            return names[spelling]
    inside = [name for name in names if name in text]
    longest = max(map(len, inside), default=0)
    meant = {names[name] for name in inside if len(name) == longest}
    return meant.pop() if len(meant) == 1 else None


@lru_cache(maxsize=16)
def _reporters_by_name(key: VerySame[Plan], form: str) -> Mapping[str, str]:
    """Asked for each cell that may name a reporter, so it is made once for a plan."""
    return {name: code for code in key.it.reporters(form) for name in _names(key.it, code)}


def _names(plan: Plan, code: str) -> Iterator[str]:
    yield compact(plan.name_of(code))
    if unit := plan.units.get(code):
        yield compact(unit.short)
        yield from map(compact, unit.aliases)
