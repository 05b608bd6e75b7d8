"""The two plans the tests know, and how to break one of them in one place."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

from catalogue.load import load_plan
from catalogue.model import Plan

FOLDER_2021 = Path(__file__).resolve().parents[2] / "data" / "plans" / "2021"
FOLDER_SMALL = Path(__file__).resolve().parent / "plans" / "2022-small"


@cache
def plan_2021() -> Plan:
    """The plan that ships: 8 units, 30 tasks, four forms."""
    return load_plan(FOLDER_2021)


@cache
def small_plan() -> Plan:
    """Another city and year (演示数据): 3 units, 2 tasks, forms and sheets under other codes, no projects."""
    return load_plan(FOLDER_SMALL)


def copy_of(folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder, tmp_path / folder.name))


def break_in(folder: Path, file: str, old: str, new: str, after: str = "") -> None:
    """Put `new` for the first `old` behind `after`; both must be there, so that no test passes by a misspelling."""
    path = folder / file
    text = path.read_text("utf-8")
    start = text.index(after)
    at = text.index(old, start)
    path.write_text(text[:at] + new + text[at + len(old) :], "utf-8")


def broken_copy(tmp_path: Path, file: str, old: str, new: str, after: str = "", of: Path = FOLDER_2021) -> Path:
    """A copy of the plan folder, wrong in one place."""
    folder = copy_of(of, tmp_path)
    break_in(folder, file, old, new, after)
    return folder
