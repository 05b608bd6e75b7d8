"""What one room asks of another says in its docstring what it gives."""

from __future__ import annotations

import ast
from pathlib import Path

import sources

PROJECT = Path(__file__).resolve().parents[2]
ASKED = ("access", "actions", "catalogue", "etl", "reports", "warehouse")
ASKING = (*ASKED, "charts", "demo", "pages", "sentences", "ui")
Named = tuple[str, str]  # module, function


def modules(room: str, project: Path = PROJECT) -> dict[str, Path]:
    """Dotted name -> file."""
    found = {path: path.relative_to(project).with_suffix("") for path in sorted((project / room).rglob("*.py"))}
    return {".".join(name.parts).removesuffix(".__init__"): path for path, name in found.items()}


def functions(project: Path = PROJECT) -> dict[Named, ast.FunctionDef | ast.AsyncFunctionDef]:
    return {
        (module, node.name): node
        for room in ASKED
        for module, path in modules(room, project).items()
        for node in sources.tree(path).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_")
    }


def asked_of_others(path: Path, room: str) -> set[Named]:
    """What a file imports by name from another room, and what it asks of a module imported from there."""
    named, found = {}, set()
    for node in sources.nodes(path):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] != room:
            found |= {(node.module, alias.name) for alias in node.names}
            named |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    for node in sources.nodes(path):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in named:
            found.add((named[node.value.id], node.attr))
    return found


def silent(project: Path = PROJECT) -> list[str]:
    there = functions(project)
    asked = {one for room in ASKING for path in modules(room, project).values() for one in asked_of_others(path, room)}
    return sorted(".".join(one) for one in asked & there.keys() if not ast.get_docstring(there[one]))


def test_what_crosses_a_room_says_what_it_gives():
    assert silent() == []


def test_a_silent_one_is_found_however_it_is_asked(tmp_path):
    (tmp_path / "warehouse").mkdir()
    (tmp_path / "ui").mkdir()
    (tmp_path / "warehouse" / "reads.py").write_text("def a(): ...\ndef b(): ...\ndef own(): ...\n")
    (tmp_path / "ui" / "page.py").write_text("from warehouse import reads as r\nfrom warehouse.reads import a\nr.b()\n")
    assert silent(tmp_path) == ["warehouse.reads.a", "warehouse.reads.b"]
