"""One word, one thing: a class is defined once, and those that cross rooms are in the glossary."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import sources

PROJECT = Path(__file__).resolve().parents[2]
ROOMS = ("access", "actions", "catalogue", "charts", "demo", "etl", "reports", "sentences", "ui", "warehouse")


@cache
def modules() -> dict[str, ast.Module]:
    """Name -> its tree, of every room."""
    paths = [path for room in ROOMS for path in (PROJECT / room).rglob("*.py")]
    names = {path: ".".join(path.relative_to(PROJECT).with_suffix("").parts) for path in paths}
    return {name.removesuffix(".__init__"): sources.tree(path) for path, name in names.items()}


def classes(known: dict[str, ast.Module]) -> set[tuple[str, str]]:
    return {
        (name, node.name)
        for name, tree in known.items()
        for node in tree.body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    }


def test_a_class_is_defined_once():
    count = Counter(name for _, name in classes(modules()))
    assert len(count) > 300 and [name for name, times in count.items() if times > 1] == []


def test_the_glossary_has_every_class_that_crosses_rooms_and_no_other():
    known = modules()
    there = classes(known)
    crossing = {
        (node.module, alias.name)
        for name, tree in known.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] != name.split(".")[0]
        for alias in node.names
    } & there
    told = re.findall(r"^\| `(\w+)` \| `([\w.]+)` \| \S", (PROJECT / "docs/glossary.md").read_text("utf-8"), re.M)
    assert {(where, name) for name, where in told} == crossing
