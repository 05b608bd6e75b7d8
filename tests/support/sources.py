"""The project's own source: read and walked once for all the tests that look at it."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """All of them, as `ast.walk` has them."""
    return tuple(ast.walk(tree(path)))


@cache
def files(ending: str, project: Path = PROJECT) -> tuple[Path, ...]:
    """Of the whole project, but what is installed or written beside it (.venv, data/var)."""
    tops = [top for top in sorted(project.iterdir()) if not top.name.startswith(".")]
    found = [path for top in tops for path in (sorted(top.rglob(f"*{ending}")) if top.is_dir() else [top])]
    return tuple(path for path in found if path.name.endswith(ending) and project / "data" / "var" not in path.parents)
