"""What the chapters about the Excel workbooks share: each file made once, opened by other code than ours, formulas worked out again."""

from __future__ import annotations

import io
import operator
import re
import warnings
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine
from libreoffice import converted
from opened_books import opened_book
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from catalogue.wording import say, use_language
from reports.files import KINDS
from reports.layout_looks import in_percent
from reports.snapshot import Snapshot
from reports.workbook.book import HEAD

TODAY = "2021-10-15"
SUMMARY, UNIT, INDICATOR = ("summary", ""), ("county_workbook", "210402"), ("indicator_workbook", "public-share")
ALL = (SUMMARY, UNIT, INDICATOR)
_REF = re.compile(
    r"(?:(?:'((?:[^']|'')+)'|([^\W\d]\w*))!)?\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?(?![\w(])"
)
_QUOTED = re.compile(r'("[^"]*")')


class Books:
    """Each file made once for a whole run; nobody writes into them."""

    def __init__(self, snapshots: Callable[..., Snapshot]) -> None:
        self.snapshot = snapshots
        self.content, self.opened, self.parts = cache(self._content), cache(self._opened), cache(self._parts)

    def _content(
        self, kind: tuple[str, str], language: str = "zh", period: str = "2021Q3", basis: str = "filed"
    ) -> bytes:
        use_language(language)
        try:
            return KINDS[kind[0]].make(self.snapshot(period, basis), kind[1])
        finally:
            use_language("zh")

    def _opened(self, kind: tuple[str, str], *asked: str, values: bool = False) -> openpyxl.Workbook:
        """values: what is kept of formulas; else the formulas."""
        return opened(self.content(kind, *asked), values)

    def _parts(self, kind: tuple[str, str], *asked: str) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(self.content(kind, *asked))) as package:
            return {name: package.read(name) for name in package.namelist()}

    def calamine(self, kind: tuple[str, str], *asked: str) -> python_calamine.CalamineWorkbook:
        return python_calamine.load_workbook(io.BytesIO(self.content(kind, *asked)))


def opened(content: bytes, values: bool = False) -> openpyxl.Workbook:
    """openpyxl knows no small lines and says so."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Sparkline Group extension")
        return opened_book(content, data_only=values)


def sheet(book: openpyxl.Workbook, key: str) -> Worksheet:
    return book[say(f"workbook.sheet.{key}")]


def column(page: Worksheet, name: str, head: int = HEAD) -> int:
    """Its number, from 1, by the words over it."""
    [found] = [
        cell.column
        for cell in page[head + 1]
        if str(cell.value or "").replace("\n", "") == say(f"workbook.column.{name}")
    ]
    return found


def table(page: Worksheet, head: int = HEAD) -> list[dict[str, Any]]:
    """Rows under the heads, by the words over them, as the warehouse has numbers, down to the first that is blank."""
    rows = [tuple(map(said, row)) for row in page.iter_rows(min_row=head + 1)]
    last = next((n for n, row in enumerate(rows) if row[:2] == (None, None)), len(rows))
    heads = [str(words).replace("\n", "") for words in rows[0]]
    return [dict(zip(heads, row, strict=True)) for row in rows[1:last]]


def told(row: dict[str, Any], name: str) -> Any:
    return row[say(f"workbook.column.{name}")]


def said(cell: Any) -> Any:
    """What a cell says in the warehouse's numbers: 0.796 shown as a percentage is 79.6."""
    return cell.value * 100 if _number(cell.value) and in_percent(cell.number_format) else cell.value


def formulas(book: openpyxl.Workbook) -> dict[tuple[str, str], str]:
    """(sheet, cell) -> formula."""
    return {
        (page.title, cell.coordinate): cell.value
        for page in book
        for row in page.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


class Worked:
    """Formulas worked out once more, from the cells that hold plain numbers."""

    def __init__(self, book: openpyxl.Workbook) -> None:
        self._book = book
        self.of = cache(self._of)

    def _of(self, page: str, cell: str) -> Any:
        found = self._book[page][cell]
        return self._result(page, found.value) if found.data_type == "f" else found.value

    def _result(self, page: str, formula: str) -> Any:
        """Only what ours are made of; a name besides these is a mistake."""
        names = {
            "SUM": _sum,
            "COUNTIF": _countif,
            "IF": lambda test, yes, no: yes if test else no,
            "ISNUMBER": _number,
            "NA": lambda: "#N/A",
        }
        told = "".join(
            part if part.startswith('"') else _REF.sub(lambda ref: self._named(page, ref), part)
            for part in _QUOTED.split(formula[1:])
        )
        return eval(told, {"__builtins__": {}, "at": self.of, "down": self._down, **names})

    def _named(self, page: str, ref: re.Match[str]) -> str:
        quoted, bare, column, row, last_column, last_row = ref.groups()
        where = (quoted or "").replace("''", "'") or bare or page
        return (
            f"down({where!r}, '{column}{row}:{last_column}{last_row}')"
            if last_row
            else f"at({where!r}, '{column}{row}')"
        )

    def _down(self, page: str, cells: str) -> list[Any]:
        left, top, right, bottom = range_boundaries(cells)
        book = self._book[page]
        return [
            self.of(page, book.cell(row, n).coordinate)
            for row in range(top, bottom + 1)
            for n in range(left, right + 1)
        ]


def _sum(values: list[Any]) -> float:
    """As a spreadsheet adds: words and blanks are passed over."""
    return sum(value for value in values if _number(value))


def _countif(values: list[Any], wanted: str) -> int:
    """A word, or a comparison such as ">=0.8", which only numbers can meet."""
    sign, bound = re.fullmatch(r"(>=|<=|=)?(.*)", wanted).groups()
    if sign is None:
        return values.count(wanted)
    compare = {">=": operator.ge, "<=": operator.le, "=": operator.eq}[sign]
    return sum(_number(value) and compare(value, float(bound)) for value in values)


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def same(one: Any, other: Any) -> bool:
    return one == pytest.approx(other, abs=1e-9, rel=1e-12) if _number(one) and _number(other) else one == other


def rewritten(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The package with every part put through `change`."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in package.namelist():
            copy.writestr(name, change(name, package.read(name)))
    return made.getvalue()


def by_libreoffice(content: bytes, folder: Path, ending: str) -> bytes:
    """Converted. Raises AssertionError where nothing comes out."""
    (folder / "given.xlsx").write_bytes(content)
    return converted(folder / "given.xlsx", ending, folder / "out").read_bytes()
