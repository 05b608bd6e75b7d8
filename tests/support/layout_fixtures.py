"""What the chapters about the bureau's own tables share: small layouts, filled with the sample returns and opened again."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from briefing_fixtures import quarter  # noqa: F401  (a fixture that `filled` asks for)
from xlsxwriter.workbook import Workbook

from reports.layout import LayoutBroken, fill
from reports.snapshot import Snapshot

Edit = Callable[[openpyxl.Workbook], None]


@pytest.fixture
def snapshot(quarter) -> Snapshot:  # noqa: F811
    return quarter()


@pytest.fixture
def laid(tmp_path) -> Callable[..., Path]:
    """A layout with these texts in the cells of its first sheet, 快报; what else it has is up to `edit`."""

    def made(cells: dict[str, object], edit: Edit = lambda book: None) -> Path:
        book = openpyxl.Workbook()
        book.active.title = "快报"
        for place, value in cells.items():
            book.active[place] = value
        edit(book)
        path = tmp_path / "快报.xlsx"
        book.save(path)
        return path

    return made


@pytest.fixture
def filled(laid, snapshot) -> Callable[..., openpyxl.Workbook]:
    """The layout filled and opened again by openpyxl."""
    return lambda cells, edit=lambda book: None: opened(fill(laid(cells, edit), snapshot))


@pytest.fixture
def refused(laid, snapshot) -> Callable[..., str]:
    """What is said about a layout that cannot be filled."""

    def said(cells: dict[str, object], edit: Edit = lambda book: None) -> str:
        with pytest.raises(LayoutBroken) as problem:
            fill(laid(cells, edit), snapshot)
        return str(problem.value)

    return said


def opened(content: bytes, **how: object) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about what it does not read
        return openpyxl.load_workbook(io.BytesIO(content), **how)


def written(folder: Path, write: Callable[[Workbook], None]) -> Path:
    """A layout with what openpyxl cannot write."""
    path = folder / "表样.xlsx"
    with Workbook(path) as book:
        write(book)
    return path


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()
