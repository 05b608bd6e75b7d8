"""Screens ask the warehouse for what they show: never for every unit's every number through every quarter."""

from __future__ import annotations

import pytest
from pages_fixtures import demonstration, screen  # noqa: F401  (fixture)

from catalogue.load import current_plan
from ui.reads import kept
from ui.screens.returns import matrix
from warehouse import read

SHOWN = [
    ("overview", {}),
    ("indicator", {"indicator": "public-share"}),
    ("county", {"unit": "210402"}),
    ("tasks", {}),
    ("works", {}),
    ("compare", {}),
    ("returns", {}),
]
WHOLE = (None, read.ALL, None)


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """What other tests have read and drawn would be shown again without a question."""
    kept.forget()


@pytest.mark.parametrize(("name", "query"), SHOWN, ids=[name for name, _ in SHOWN])
def test_no_screen_reads_the_whole_mart(demonstration, monkeypatch, name, query):  # noqa: F811
    asked, values = [], read.values

    def told(con, period=None, subject=read.ALL, indicator=None, basis="filed"):
        asked.append((period, subject, indicator))
        return values(con, period, subject, indicator, basis)

    monkeypatch.setattr(read, "values", told)
    account = "demo-planning" if name == "returns" else "demo-leader"
    screen(f"pages/{name}.py", account=account, period="2021Q3", basis="filed", **query)
    assert WHOLE not in asked
    assert asked or name == "returns"


def test_the_plan_is_read_out_of_the_version_and_its_folder_not_looked_at(demonstration, monkeypatch):  # noqa: F811
    looked = []
    monkeypatch.setattr("ui.reads.shown.current_plan", lambda: looked.append(1) or current_plan())
    screen("pages/overview.py", period="2021Q3", basis="filed")
    assert looked == []


def test_the_table_of_returns_says_its_heads_once_however_many_rows_it_has(demonstration, monkeypatch):  # noqa: F811
    headed, head = [], matrix._head
    monkeypatch.setattr(matrix, "_head", lambda at: headed.append(at) or head(at))
    screen("pages/returns.py", account="demo-planning", period="2021Q3")
    assert 0 < len(headed) <= 3 * len(current_plan().periods)
