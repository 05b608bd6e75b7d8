"""A workbook is read under the plan of the year of its quarter, however many plans are known."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from catalogue.load import PLANS, load_plan, plan_folders, plan_of, plans, speaking
from catalogue.period import Period, span
from demo.next_year import changes_in, write_next_year
from etl import plan_years, submission
from etl.cells import read_cells
from etl.errors import ReturnRefused
from etl.model import History
from etl.template import write_template

ROOT = Path(__file__).parents[2]
FIRST = load_plan(PLANS / "2021")


def following(**how):
    """The plan of 2022: a form of its own version, 新抚区 closed."""
    first, last = Period(2022, 1), Period(2022, 4)
    county = replace(FIRST.forms["county"], version="2022.1", replaces=("2021.1",))
    fields = {
        "code": "2022",
        "first": first,
        "last": last,
        "baseline_period": Period(2021, 4),
        "forms": {**FIRST.forms, "county": county},
        "units": {code: unit for code, unit in FIRST.units.items() if code != "210402"},
        "deadlines": {period: period.last_day for period in span(first, last)},
    }
    return replace(FIRST, **(fields | how))


@pytest.fixture
def two(monkeypatch):
    known = (FIRST, following())
    monkeypatch.setattr(plan_years, "plans", lambda: known)
    return known


def read(content):
    return submission.check_return(
        content, "报表.xlsx", remember=lambda *_: History(), received_on=date(2022, 5, 1)
    )  # fmt: skip


@pytest.mark.parametrize(("at", "year"), [("2021Q4", 0), ("2022Q1", 1)])
def test_each_workbook_is_read_under_its_own_year(two, at, year):
    content = write_template(two[year], "county", "210403", Period.parse(at))
    found = read(content)
    assert (str(found.ret.period), found.ret.version) == (at, two[year].forms["county"].version)
    assert plan_years.plan_for(read_cells(content)) is two[year]


def test_last_years_quarter_on_this_years_form_is_refused_by_last_years_plan(two):
    with pytest.raises(ReturnRefused, match=r"2022\.1"):
        read(write_template(two[1], "county", "210403", Period(2021, 4)))


def test_a_unit_that_closed_can_still_correct_last_year_and_is_refused_for_this(two):
    closed = write_template(FIRST, "county", "210402", Period(2021, 3))
    assert read(closed).ret.reporter == "210402"
    plan = replace(two[1], units=FIRST.units)
    with pytest.raises(ReturnRefused, match="210402"):
        read(write_template(plan, "county", "210402", Period(2022, 1)))


@pytest.mark.parametrize(
    ("at", "year"), [("2019Q1", 1), ("2020Q4", 0), ("2021Q1", 0), ("2021Q4", 0), ("2022Q1", 1), ("2023Q1", 1)]
)
def test_a_quarter_belongs_to_the_plan_of_its_year_the_quarter_before_all_to_the_first(at, year):
    known = (FIRST, following())
    assert speaking(known, Period.parse(at)) is known[year]


def test_years_lie_beside_one_another_and_a_chosen_one_knows_nothing_of_later_ones(tmp_path, monkeypatch):
    shutil.copytree(PLANS / "2021", tmp_path / "2021")
    write_next_year(PLANS / "2021", tmp_path / "2022", changes_in(ROOT / "examples/two-years/changes.toml"))
    monkeypatch.setenv("DASHBOARD_PLANS", str(tmp_path))
    assert [plan.code for plan in plans()] == ["2021", "2022"]
    assert (plan_of("2021Q2").code, plan_of("2022Q2").code) == ("2021", "2022")
    assert [plan_of(at).commitments["K02"].value for at in ("2021Q2", "2022Q2")] == [46, 50]
    assert "2021Q" not in (tmp_path / "2022/commitments.toml").read_text("utf-8")
    monkeypatch.setenv("DASHBOARD_PLAN", "2021")
    assert [plan.code for plan in plans()] == ["2021"]
    monkeypatch.setenv("DASHBOARD_PLAN", str(tmp_path / "2022"))
    assert [folder.name for folder in plan_folders()] == ["2022"]
