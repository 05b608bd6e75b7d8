"""What is made once for a run stands in a conftest.py: imported into several files, pytest makes it anew for each."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
SESSION = re.compile(r'^@pytest\.fixture\([^)]*scope="session"[^)]*\)\ndef (\w+)', re.M)
IMPORTED = re.compile(r"^from \w+_fixtures import (\([^)]*\)|[^\n]*)", re.M)


def imported(text: str) -> set[str]:
    return set(re.findall(r"\w+", " ".join(re.sub(r"#[^\n]*", "", names) for names in IMPORTED.findall(text))))


def test_a_fixture_of_a_whole_run_is_imported_by_a_conftest_alone():
    texts = {path.relative_to(TESTS).as_posix(): path.read_text("utf-8") for path in TESTS.rglob("*.py")}
    of_a_run = {name for text in texts.values() for name in SESSION.findall(text)}
    assert {"demo_data", "snapshots", "browser", "postgres_server", "books"} <= of_a_run
    wrong = {
        where: names
        for where, text in texts.items()
        if not where.endswith("conftest.py") and (names := imported(text) & of_a_run)
    }
    assert wrong == {}


def test_such_an_import_would_be_found():
    text = (
        "from postgres_fixtures import postgres_server  # noqa: F401\nfrom a_fixtures import (  # noqa\n    books,\n)\n"
    )
    assert imported(text) == {"postgres_server", "books"}


def test_no_test_file_makes_one_for_itself():
    makers = {path for path in TESTS.rglob("test_*.py") if SESSION.search(path.read_text("utf-8"))}
    assert makers == set()
