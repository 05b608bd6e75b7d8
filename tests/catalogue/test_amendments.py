"""A later document changes a target: which quarters speak which, and what is wrong in a file of amendments."""

from __future__ import annotations

import shutil

import pytest

from catalogue.load import PLANS, current_plan, examine, plan_of, plans, plans_of_year

GOOD = """
[[amendment]]
commitment = "K02"
since = "2021Q3"
value = 47
quote = "公办幼儿园在园幼儿占比调整为47%"
document = "抚教发〔2021〕19号"
issued = 2021-07-05
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    shutil.copytree(PLANS / "2021", tmp_path / "2021")
    monkeypatch.setenv("DASHBOARD_PLANS", str(tmp_path))
    return tmp_path / "2021"


def test_before_it_the_old_target_stands_and_from_its_quarter_on_the_new_one_with_its_own_clause(folder):
    (folder / "amendments.toml").write_text(GOOD, "utf-8")
    before, after = plan_of("2021Q2"), plan_of("2021Q3")
    assert plan_of("2020Q4") is plan_of("2021Q1") is before
    assert [plan.commitments["K02"].value for plan in (before, after)] == [46, 47]
    assert [plan.document_of(plan.commitments["K02"]) for plan in (before, after)] == [
        "抚教发〔2021〕1号",
        "抚教发〔2021〕19号",
    ]
    assert after.commitments["K02"].quote == "公办幼儿园在园幼儿占比调整为47%"
    assert after.document_of(after.commitments["K01"]) == "抚教发〔2021〕1号"
    assert len(plans()) == 2 and plans_of_year(before) == plans() and current_plan() is after
    assert examine(folder)[1] == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"K02"', '"K99"', "K99"),
        ('"2021Q3"', '"2022Q1"', "2022Q1"),
        ('"2021Q3"', '"2021Q1"', "2021Q2"),
        ("= 47", "= 147", "147"),
        ("= 47", "= 48", "48"),
        ('"抚教发〔2021〕19号"', '" "', "document"),
        ("issued = 2021-07-05", "", "issued"),
    ],
)
def test_a_wrong_amendment_is_named_with_its_file(folder, old, new, said):
    assert old in GOOD
    (folder / "amendments.toml").write_text(GOOD.replace(old, new), "utf-8")
    told = [str(problem) for problem in examine(folder)[1]]
    assert told and all(line.startswith("amendments.toml") for line in told) and any(said in line for line in told), (
        told
    )


def test_the_same_promise_is_not_amended_twice_for_one_quarter(folder):
    (folder / "amendments.toml").write_text(GOOD + GOOD, "utf-8")
    assert any("amendments.toml, K02: since" in str(problem) for problem in examine(folder)[1])
