"""Inside the two largest rooms: which of their folders lean on which; and that a folder says what lives there."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
import sources

PROJECT = Path(__file__).resolve().parents[2]

# folder of ui/ -> its folders that it may import; a screen stands alone but for the borrowings below
UI = {
    "ui.app": ("ui.reads", "ui.kit", "ui.screens.wall"),
    "ui.kit": ("ui.reads", "ui.app"),
    "ui.reads": (),
}
BORROWING = {
    "ui.screens.programs": ("ui.screens.method",),  # entries drawn as the manual draws them
    "ui.screens.review": ("ui.screens.filing",),  # the same comparison on both desks
    "ui.screens.wall": ("ui.screens.overview", "ui.screens.works"),
}
# folder of etl/ -> its folders that it may import; "etl" itself, the route, may import all of them
ETL = {
    "etl.cells": ("etl.reading",),
    "etl.reading": ("etl.cells", "etl.rules"),
    "etl.rules": ("etl.reading",),
    "etl.template": ("etl.reading",),
    "etl.annotate": ("etl.cells", "etl.reading", "etl.rules", "etl.template"),
    "etl.outgoing": ("etl.reading", "etl.annotate", "etl.template"),
}
MOST_FILES = 28
A_FILE_EACH = ("etl/rules",)  # one rule, one file: a registry, not a drawer


def folder(module: str) -> str:
    """`ui.kit.show` → `ui.kit`, `ui.screens.county.board` → `ui.screens.county`, `etl.accept` → `etl`."""
    parts = module.split(".")
    depth = 3 if parts[:2] == ["ui", "screens"] else 2
    return ".".join(parts[:depth]) if (PROJECT / Path(*parts[:depth])).is_dir() else parts[0]


def leanings(room: str) -> set[tuple[str, str]]:
    """Pairs of a folder and another of the same room that it imports."""
    pairs = set()
    for path in (PROJECT / room).rglob("*.py"):
        own = folder(".".join(path.relative_to(PROJECT).with_suffix("").parts))
        for node in sources.nodes(path):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == room:
                pairs |= {(own, folder(f"{node.module}.{alias.name}")) for alias in node.names}
    return {(own, other) for own, other in pairs if own != other}


def test_screens_lean_on_app_kit_and_reads_and_hardly_on_each_other():
    def may(own: str) -> tuple[str, ...]:
        return UI.get(own) or (("ui.app", "ui.kit", "ui.reads", *BORROWING.get(own, ())) if "screens" in own else ())

    assert {(own, other) for own, other in leanings("ui") if other not in may(own)} == set()


def test_only_the_route_of_a_workbook_knows_all_its_steps():
    wrong = {(own, other) for own, other in leanings("etl") if own != "etl" and other not in (*ETL[own], "etl")}
    assert wrong == set()


def code_folders() -> list[Path]:
    skipped = ("tests", "data", "docs", "var")
    tops = [top for top in PROJECT.iterdir() if top.is_dir() and top.name not in skipped and top.name[0] != "."]
    folders = {path.parent for top in tops for path in top.rglob("*.py")}
    return sorted(
        folder
        for folder in folders
        if not any(part in skipped or part.startswith(".") for part in folder.relative_to(PROJECT).parts)
    )


@pytest.mark.parametrize("where", code_folders(), ids=lambda p: p.relative_to(PROJECT).as_posix())
def test_a_folder_says_in_its_first_line_what_lives_there_and_is_no_drawer(where):
    name = where.relative_to(PROJECT).as_posix()
    if name not in ("pages", "bench"):  # no packages: pages are scripts, measurements are run one by one
        assert (ast.get_docstring(ast.parse((where / "__init__.py").read_text("utf-8"))) or "").strip()
    assert name in A_FILE_EACH or len(list(where.glob("*.py"))) <= MOST_FILES
