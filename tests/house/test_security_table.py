"""docs/security.md: every requirement has its line, every line its tests or its reason, and every test that is named is there."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from command_line import ROOT

TEXT = (ROOT / "docs/security.md").read_text("utf-8")
VERDICTS = {"满足", "部分", "不满足", "部署", "不适用"}
TESTED = {"满足", "部分"}

# Of OWASP ASVS 5.0.0: how many requirements of levels 1 and 2 each section has; in each, level 3 has the last numbers.
SECTIONS = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1, "3.2": 2, "3.3": 4,
    "3.4": 6, "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4, "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3,
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4, "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5,
    "7.5": 2, "7.6": 2, "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3, "9.2": 4, "10.1": 2, "10.2": 2, "10.3": 4,
    "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3, "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1,
    "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5, "14.1": 2, "14.2": 4, "14.3": 3,
    "15.1": 3, "15.2": 3, "15.3": 7, "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3, "17.1": 1, "17.2": 4,
    "17.3": 2,
}  # fmt: skip
ASKED = {f"{section}.{n}" for section, count in SECTIONS.items() for n in range(1, count + 1)}


def rows(columns: int, begins: str = "") -> list[list[str]]:
    """Of the document's tables with so many columns: the cells of each line whose first cell begins so."""
    lines = (line.strip().strip("|").split("|") for line in TEXT.splitlines() if line.startswith("|"))
    cells = ([cell.strip() for cell in line] for line in lines if len(line) == columns)
    return [row for row in cells if re.match(begins, row[0]) and not set(row[0]) <= {"-", ":"}]


REQUIREMENTS = rows(5, r"\d")


def test_every_requirement_of_both_levels_has_one_line():
    told = Counter(number for row in REQUIREMENTS for number in row[0].split())
    assert len(ASKED) == 253 and {number: count for number, count in told.items() if count > 1} == {}
    assert (ASKED - told.keys(), told.keys() - ASKED) == (set(), set())


@pytest.mark.parametrize("row", REQUIREMENTS, ids=lambda row: row[0])
def test_a_line_says_how_or_why_not_and_what_fails_without_it(row):
    _, asked, verdict, how, tests = row
    assert asked and how and verdict in VERDICTS
    assert verdict not in TESTED or tests, "nothing would fail without it"


def test_every_test_that_is_named_is_there():
    there = {path.name for path in (ROOT / "tests").rglob("test_*.py")}
    named = set(re.findall(r"`(test_[\w*]+(?:\.py)?)`", TEXT))
    gone = [
        name
        for name in named
        if not any(re.fullmatch(name.replace(".", r"\.").replace("*", ".*") + r"(\.py)?", each) for each in there)
    ]
    assert len(named) > 60 and gone == []


def test_the_clauses_of_the_national_standard_each_name_place_and_test():
    head, *clauses = rows(4)
    assert head[0].startswith("条款") and len(clauses) > 20
    assert [row[0] for row in clauses if not all(row) or "`test_" not in row[3]] == []


def test_nothing_switches_off_the_check_of_certificates_or_keeps_data_in_a_browser():
    code = [
        path
        for room in ("access", "actions", "catalogue", "etl", "reports", "ui", "warehouse")
        for path in (ROOT / room).rglob("*")
        if path.suffix in (".py", ".js")
    ]
    said = {path.name: path.read_text("utf-8") for path in code}
    forbidden = (
        "verify=False",
        "CERT_NONE",
        "_create_unverified_context",
        "localStorage",
        "sessionStorage",
        "indexedDB",
    )
    assert {(name, word) for name, text in said.items() for word in forbidden if word in text} == set()
