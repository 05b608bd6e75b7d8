"""docs/figures.md: what is measured stands between two marks, and the run that measured it writes it there."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from catalogue import clock

DOCS = Path(__file__).resolve().parents[1] / "docs"


def write(name: str, lines: Iterable[str]) -> None:
    """Between `<!-- name -->` and `<!-- /name -->`. Raises KeyError where the page has no such marks."""
    path = DOCS / "figures.md"
    page = path.read_text("utf-8")
    block = "\n".join((f"<!-- {name} -->", *lines, f"<!-- /{name} -->"))
    changed, found = marked(name).subn(lambda _: block, page)
    if not found:
        raise KeyError(f"{path.name}: <!-- {name} --> … <!-- /{name} -->")
    path.write_text(changed, "utf-8")


def marked(name: str) -> re.Pattern[str]:
    return re.compile(rf"<!-- {name} -->.*?<!-- /{name} -->", re.S)


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """The first column at the left, numbers at the right."""
    told = [heads, ["---", *["--:"] * (len(heads) - 1)], *rows]
    return [f"| {' | '.join(map(str, row))} |" for row in told]


def machine(load: float) -> str:
    """Where and when. load: the machine's, before the measuring began; over the number of cores somebody else worked too."""
    return f"{clock.real_now():%Y-%m-%d}, Python {platform.python_version()}, {os.cpu_count()} cores, load {load:.1f}."
