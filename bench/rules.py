"""`make rules`: the table of docs/rules.md, a row a rule, out of the registry of rules and the words beside it."""

from __future__ import annotations

import re
import tomllib

from bench.browser import ROOT
from catalogue.wording import FOLDER
from etl.rules import RULES

PAGE = ROOT / "docs" / "rules.md"
_TABLE = re.compile(r"(?<=\n\|---\|---\|---\|---\|\n)(?:\|.*\n)+")


def table() -> str:
    """Rows of Markdown in the order rules are asked: name, severity, what, source. KeyError for a rule without [manual]."""
    rows = []
    for rule in RULES:
        told = tomllib.loads((FOLDER / "rules" / f"{rule.__name__}.toml").read_text("utf-8"))["manual"]
        rows.append(f"| `{rule.__name__}` | {told['severity']} | {told['what']} | {told['source']} |\n")
    return "".join(rows)


def page(text: str) -> str:
    """docs/rules.md with its table written anew, all else as it stands."""
    return _TABLE.sub(lambda _: table(), text, count=1)


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")
