"""What the documents say of the house is so: the paths, links and commands they name are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
PAGES = [
    *PROJECT.glob("*.md"),
    *PROJECT.glob("docs/**/*.md"),
    *PROJECT.glob("examples/**/*.md"),
    *PROJECT.glob("data/**/README.md"),
]
HISTORY = ("CHANGELOG.md", "docs/decisions.md")  # what was; names of then
# What the program writes, or somebody will: an example of a year to come, the folders of a house.
NOT_YET = ("data/var", "data/plans/2022", "warehouse/0000", "warehouse/newest", "warehouse/kept", "warehouse/damaged")
TOPS = sorted(path.name for path in PROJECT.iterdir() if path.is_dir() and not path.name.startswith("."))
PATH = re.compile(rf"(?<![\w/.>])((?:{'|'.join(TOPS)})/[\w./*-]*[\w*/])")


def where(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def now() -> list[Path]:
    return [page for page in PAGES if where(page) not in HISTORY and not where(page).startswith("data/var/")]


def named(text: str) -> set[str]:
    """Paths from the top of the project, in backticks; what follows a name that is to be put in (`<name>`) is left open."""
    return {path for quoted in re.findall(r"`([^`\n]+)`", text) for path in PATH.findall(quoted)}


def missing(text: str) -> list[str]:
    paths = {path for path in named(text) if not path.startswith(NOT_YET)}
    return sorted(path for path in paths if not list(PROJECT.glob(path.rstrip("/"))))


@pytest.mark.parametrize("page", now(), ids=where)
def test_a_path_that_a_document_names_is_there(page):
    assert missing(page.read_text("utf-8")) == []


@pytest.mark.parametrize("page", now(), ids=where)
def test_what_a_document_leads_to_is_there(page):
    led = re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8"))
    assert [one for one in led if not one.startswith("http") and not (page.parent / one).exists()] == []


@pytest.mark.parametrize("page", now(), ids=where)
def test_a_command_that_a_document_gives_is_one_of_ours(page):
    asked = re.findall(r"python -m ([\w.]+)", page.read_text("utf-8"))
    ours = [PROJECT / one.rstrip(".").replace(".", "/") for one in asked if one.split(".")[0] in TOPS]
    assert [
        where(one) for one in ours if not one.with_suffix(".py").exists() and not (one / "__main__.py").exists()
    ] == []


def test_every_document_is_reached_from_the_readme_in_both_languages():
    for readme in ("README.md", "README.zh-CN.md"):
        text = (PROJECT / readme).read_text("utf-8")
        pages = {f"docs/{page.name}" for page in PROJECT.glob("docs/*.md")} | {"CONTRIBUTING.md"}
        assert pages - set(re.findall(r"\]\(([^)#\s]+)", text)) == set()


def test_a_path_that_is_not_there_is_found():
    assert missing("`etl/rules/no_such.py`, `etl/rules/`, `warehouse/marts/*.sql`, `ui/<name>/x.py`") == [
        "etl/rules/no_such.py"
    ]
