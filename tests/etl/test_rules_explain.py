"""核实: what moved, stood still or came out too well; each asked once, and not of quiet returns."""

from __future__ import annotations

import pytest
from rules_fixtures import BLANK, spoken, told

from etl.rules.denominator_moved import denominator_moved
from etl.rules.flow_flat import flow_flat
from etl.rules.ratio_all_or_same import ratio_all_or_same
from etl.rules.stock_jump import stock_jump
from etl.rules.zero_commitment import zero_commitment

WORKS = {"form": "project", "reporter": "planning"}


@pytest.mark.parametrize(
    ("last", "now", "found"),
    [
        (100, 120, []),
        (100, 121, ["fitness.tested explain"]),
        (100, 80, []),
        (100, 79, ["fitness.tested explain"]),
        (4, 8, []),
        (4, 9, ["fitness.tested explain"]),
        (0, 4, []),
        (0, 5, ["fitness.tested explain"]),
        (5, 0, ["fitness.tested explain"]),
        (0, 0, []),
        (100, BLANK, []),
        (100, -5, []),
    ],
)
def test_a_stock_that_moves_by_more_than_a_fifth_is_asked_about(last, now, found):
    case = {"changes": {"fitness.tested": now}, "before": {"2021Q1": {"fitness.tested": last}}}
    assert told(spoken(stock_jump, **case)) == found


def test_a_stock_is_compared_with_the_quarter_before_and_with_no_other():
    assert spoken(stock_jump, period="2021Q3", before={"2021Q1": {"fitness.tested": 100}}) == []
    assert told(spoken(stock_jump, period="2021Q1", before={"2020Q4": {"fitness.tested": 100}})) == [
        "fitness.tested explain"
    ]


def test_flows_and_typed_ratios_are_no_stocks():
    assert spoken(stock_jump, before={"2021Q1": {"aid.pupils": 10, "kindergarten.public_ratio": 20}}) == []


def test_a_new_school_year_may_jump_but_says_so_and_only_one_rule_asks():
    jumped = {"kindergarten.children": 2000, "kindergarten.children.public": 1440}
    assert told(spoken(stock_jump, period="2021Q3", before={"2021Q2": jumped})) == ["kindergarten.children explain"]
    assert spoken(denominator_moved, period="2021Q3", before={"2021Q2": jumped}) == []
    assert spoken(stock_jump, period="2021Q2", before={"2021Q1": jumped}) == []
    assert told(spoken(denominator_moved, period="2021Q2", before={"2021Q1": jumped})) == [
        "kindergarten.children explain"
    ]


def test_a_jump_in_what_should_be_zero_is_left_to_the_rule_about_zero():
    case = {"changes": {"compulsory.dropouts.poor": 9, "compulsory.dropouts": 9}}
    before = {"2021Q1": {"compulsory.dropouts.poor": 0}}
    assert told(spoken(zero_commitment, before=before, **case)) == ["compulsory.dropouts.poor explain"]
    assert spoken(stock_jump, before=before, **case) == []


@pytest.mark.parametrize(
    ("period", "last", "found"),
    [
        ("2021Q2", 24, []),
        ("2021Q2", 25, ["compulsory.schools explain"]),
        ("2021Q2", 0, ["compulsory.schools explain"]),
        ("2021Q3", 25, []),
        ("2021Q4", 25, ["compulsory.schools explain"]),
        ("2021Q1", 25, ["compulsory.schools explain"]),
        ("2021Q2", None, []),
    ],
    ids=["still", "moved", "from zero", "new school year", "autumn", "over new year", "no history"],
)
def test_a_denominator_holds_still_within_a_school_year(period, last, found):
    quarter = {"2021Q1": "2020Q4", "2021Q2": "2021Q1", "2021Q3": "2021Q2", "2021Q4": "2021Q3"}[period]
    before = {} if last is None else {quarter: {"compulsory.schools": last}}
    assert told(spoken(denominator_moved, period=period, before=before)) == found


FLAT = {"2021Q1": {"aid.pupils": 1000}, "2021Q2": {"aid.pupils": 1000}}


@pytest.mark.parametrize(
    ("period", "changes", "before", "found"),
    [
        ("2021Q3", {}, FLAT, ["aid.pupils explain"]),
        ("2021Q3", {}, {"2021Q2": {"aid.pupils": 1000}}, []),
        ("2021Q3", {}, {"2021Q1": {"aid.pupils": 999}, "2021Q2": {"aid.pupils": 1000}}, []),
        ("2021Q3", {"health.myopic": 1000, "special.children": 1000}, FLAT, ["aid.pupils explain"]),
        ("2021Q3", {"aid.pupils": 1001}, FLAT, []),
        ("2021Q3", {"aid.pupils": 0}, {q: {"aid.pupils": 0} for q in FLAT}, []),
        ("2021Q3", {"aid.pupils": BLANK}, FLAT, []),
        ("2021Q2", {}, {"2020Q4": {"aid.pupils": 1000}, "2021Q1": {"aid.pupils": 1000}}, []),
        ("2021Q4", {}, {"2021Q2": {"aid.pupils": 1000}, "2021Q3": {"aid.pupils": 1000}}, ["aid.pupils explain"]),
    ],
    ids=[
        "flat",
        "one known",
        "one quarter",
        "another item has that value",
        "grew",
        "nothing",
        "blank",
        "over new year",
        "fourth quarter",
    ],
)
def test_a_flow_that_stood_still_for_two_quarters_is_asked_about(period, changes, before, found):
    assert told(spoken(flow_flat, period=period, changes=changes, before=before)) == found


@pytest.mark.parametrize(
    ("code", "value", "why"),
    [
        ("aid.pupils.senior", 200, "a part: its total speaks"),
        ("violations.teachers", 1, "more is not better"),
        ("teachers.trained", 1300, "everybody is trained"),
        ("party.secretaries.assessed", 26, "everybody is assessed"),
    ],
)
def test_a_flow_may_stand_still_where_no_growth_is_due(code, value, why):
    before = {"2021Q1": {code: value}, "2021Q2": {code: value}}
    assert spoken(flow_flat, period="2021Q3", changes={code: value}, before=before) == [], why


@pytest.mark.parametrize(("invested", "found"), [(1442, ["project.campus.invested explain"]), (1443, []), (1500, [])])
def test_investment_may_stand_still_once_the_plan_is_spent(invested, found):
    changes = {"project.campus.invested": invested}
    before = {quarter: {"project.campus.invested": invested} for quarter in ("2021Q1", "2021Q2")}
    assert told(spoken(flow_flat, period="2021Q3", changes=changes, before=before, **WORKS)) == found


@pytest.mark.parametrize(("meetings", "found"), [(0, []), (1, []), (2, [])])
def test_a_promise_kept_need_not_be_kept_again(meetings, found):
    code = "bureau.kindergarten_meetings"
    before = {quarter: {code: meetings} for quarter in ("2021Q1", "2021Q2")}
    case = {"form": "department", "reporter": "preschool", "period": "2021Q3", "changes": {code: meetings}}
    assert told(spoken(flow_flat, before=before, **case)) == found


def test_study_arrangements_come_every_quarter():
    code = "bureau.study_arrangements"
    before = {quarter: {code: 1} for quarter in ("2021Q1", "2021Q2")}
    case = {"form": "department", "reporter": "organisation", "period": "2021Q3"}
    assert told(spoken(flow_flat, before=before, **case)) == [f"{code} explain"]


FILES, CHILDREN = "special.case_files", "special.children"


@pytest.mark.parametrize(
    ("now", "last", "found"),
    [
        ((64, 64), (60, 64), [f"{FILES} explain"]),
        ((64, 64), (64, 64), []),
        ((64, 64), (62, 62), []),
        ((20, 20), (19, 20), [f"{FILES} explain"]),
        ((19, 19), (18, 19), []),
        ((63, 64), (60, 64), []),
        ((0, 0), (60, 64), []),
        ((64, 64), None, []),
        ((120, 200), (90, 150), [f"{FILES} explain"]),
        ((60, 100), (90, 150), [f"{FILES} explain"]),
        ((120, 120), (110, 110), []),
        ((120, 200), (120, 200), []),
        ((120, 200), (91, 150), []),
        ((54, 90), (90, 150), []),
        ((0, 200), (0, 150), []),
    ],
    ids=[
        "arrives at 100", "stays at 100", "at 100 of other numbers", "twenty", "too few", "short of it", "no denominator",
        "no history", "same by other numbers", "a hundred", "all of many", "nothing changed", "another ratio", "too few to tell", "none",
    ],
)  # fmt: skip
def test_a_ratio_that_arrives_at_100_or_repeats_itself_is_asked_about(now, last, found):
    changes = {FILES: now[0], CHILDREN: now[1], "special.enrolled": 0}
    before = {"2021Q1": {FILES: last[0], CHILDREN: last[1]}} if last else {}
    assert told(spoken(ratio_all_or_same, changes=changes, before=before)) == found


def test_annual_ratios_and_flows_over_new_year_are_not_compared():
    graduates = {"vocational.graduates": 500, "vocational.employed": 500}
    assert (
        spoken(
            ratio_all_or_same,
            period="2021Q4",
            changes=graduates,
            before={"2021Q3": {**graduates, "vocational.employed": 400}},
        )
        == []
    )
    trained, last = {"teachers.trained": 1300}, {"teachers.trained": 900, "teachers.total": 1300}
    assert spoken(ratio_all_or_same, period="2021Q1", changes=trained, before={"2020Q4": last}) == []
    assert told(spoken(ratio_all_or_same, period="2021Q2", changes=trained, before={"2021Q1": last})) == [
        "teachers.trained explain"
    ]
