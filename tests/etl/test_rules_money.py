"""核实: money, typed ratios, promised zeros and undated milestones."""

from __future__ import annotations

import pytest
from rules_fixtures import BAD, BLANK, NA, make_return, past, plan, spoken, told

from etl.rules import check
from etl.rules.mean_out_of_range import mean_out_of_range
from etl.rules.milestone_undated import milestone_undated
from etl.rules.over_plan import over_plan
from etl.rules.typed_ratio import typed_ratio
from etl.rules.unit_slip import unit_slip
from etl.rules.zero_commitment import zero_commitment

WORKS = {"form": "project", "reporter": "planning"}


@pytest.mark.parametrize(
    ("amount", "pupils", "found"),
    [
        (200, 1000, []),
        (50, 1000, []),
        ("49.99", 1000, ["aid.amount explain"]),
        (500, 1000, []),
        ("500.1", 1000, ["aid.amount explain"]),
        (0, 1000, ["aid.amount explain"]),
        (0, 0, []),
        (10, 0, ["aid.amount explain"]),
        (BLANK, 1000, []),
        (200, BLANK, []),
        (200, BAD, []),
    ],
)
def test_aid_per_pupil_lies_between_500_and_5000_yuan(amount, pupils, found):
    changes = {"aid.amount": amount, "aid.pupils": pupils}
    assert told(spoken(mean_out_of_range, changes=changes)) == found


@pytest.mark.parametrize(
    ("invested", "found"),
    [("1587.3", []), ("1587.31", ["project.campus.invested explain"]), (0, []), (BLANK, []), (NA, [])],
)
def test_investment_beyond_110_percent_of_the_plan_is_asked_about(invested, found):
    assert told(spoken(over_plan, changes={"project.campus.invested": invested}, **WORKS)) == found


@pytest.mark.parametrize(
    ("changes", "before", "found"),
    [
        ({}, {}, []),
        ({"aid.amount": 2_005_000}, {}, ["aid.amount explain"]),
        ({"aid.amount": 500_000}, {}, ["aid.amount explain"]),
        ({"aid.amount": 5_000_000}, {}, ["aid.amount explain"]),
        ({"aid.amount": 600}, {}, []),
        ({"aid.amount": 100_000, "aid.pupils": BLANK}, {"2021Q1": {"aid.amount": 100}}, ["aid.amount explain"]),
        ({"aid.amount": 99_999, "aid.pupils": BLANK}, {"2021Q1": {"aid.amount": 100}}, []),
        ({"aid.amount": 100_000, "aid.pupils": BLANK}, {"2021Q1": {"aid.amount": 0}}, []),
        ({"compulsory.pupils": 12_050_000}, {"2021Q1": {"compulsory.pupils": 12_050}}, []),
        ({"teachers.pay": 90_000}, {}, []),
    ],
    ids=[
        "sane",
        "by the mean",
        "by the lowest mean",
        "by the highest mean",
        "dear but no slip",
        "by the last value",
        "just below",
        "from zero",
        "people",
        "in yuan",
    ],
)
def test_yuan_written_for_ten_thousand_yuan_is_asked_about(changes, before, found):
    period = "2021Q4" if "teachers.pay" in changes else "2021Q2"
    assert told(spoken(unit_slip, period=period, changes=changes, before=before)) == found


@pytest.mark.parametrize(
    ("invested", "found"), [(7_000_000, ["unit_slip"]), (144_300, ["unit_slip"]), (144_299, ["over_plan"])]
)
def test_a_slip_of_unit_in_a_project_is_said_once(invested, found):
    changes = {"project.campus.invested": invested, "project.total.invested": invested + 2150}
    changes["project.canteen.invested"] = 650
    ret = make_return(changes=changes, **WORKS)
    assert [f.rule for f in check(ret, plan(), past({}))] == found


def test_a_slip_of_unit_leaves_nothing_for_the_mean_to_add():
    ret = make_return(changes={"aid.amount": 2_005_000})
    assert [f.rule for f in check(ret, plan(), past({"2021Q1": {"aid.amount": 150}}))] == ["unit_slip"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("46.01", []),
        ("46.05", []),
        ("45.96", []),
        ("46.06", ["kindergarten.public_ratio explain"]),
        ("45.95", ["kindergarten.public_ratio explain"]),
        ("0", ["kindergarten.public_ratio explain"]),
        (BLANK, []),
        (NA, []),
    ],
)
def test_a_typed_ratio_lies_within_a_twentieth_of_a_point_of_its_counts(typed, found):
    """1440 / 3130 = 46.0064 %."""
    assert told(spoken(typed_ratio, changes={"kindergarten.public_ratio": typed})) == found


@pytest.mark.parametrize(("typed", "found"), [("50.05", []), ("50.0501", ["kindergarten.public_ratio explain"])])
def test_a_twentieth_of_a_point_itself_is_rounding(typed, found):
    changes = {"kindergarten.public_ratio": typed, "kindergarten.children.public": 1565}
    assert [line for line in told(spoken(typed_ratio, changes=changes)) if "public" in line] == found


@pytest.mark.parametrize("children", [0, BLANK, BAD])
def test_a_ratio_without_its_counts_cannot_be_checked(children):
    assert spoken(typed_ratio, changes={"kindergarten.children": children}) == []


@pytest.mark.parametrize(
    ("form", "reporter", "code"),
    [
        ("county", "210402", "compulsory.dropouts.poor"),
        ("county", "210402", "safety.incidents"),
        ("department", "senior-high", "bureau.exam_incidents"),
    ],
)
def test_one_of_what_should_be_none_wants_its_facts(form, reporter, code):
    case = {"form": form, "reporter": reporter}
    assert told(spoken(zero_commitment, changes={code: 1}, **case)) == [f"{code} explain"]
    assert spoken(zero_commitment, changes={code: 0}, **case) == []
    assert spoken(zero_commitment, changes={code: BLANK}, **case) == []


STATUS, DAY, EVIDENCE = (f"milestone.10-6.{column}" for column in ("status", "finished_on", "evidence"))


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({STATUS: "done"}, [f"{DAY} explain"]),
        ({STATUS: "done", DAY: "2021-06-30"}, []),
        ({STATUS: "done", DAY: BAD}, []),
        ({STATUS: "stuck"}, []),
        ({STATUS: BLANK}, []),
    ],
)
def test_a_done_milestone_has_a_day(changes, found):
    [reporter] = {m.department for m in plan().milestones.values() if m.id == "10-6"}
    assert told(spoken(milestone_undated, form="department", reporter=reporter, changes=changes)) == found


@pytest.mark.parametrize(("evidence", "open_"), [("抚教发〔2021〕5号", False), ("无", True), (BLANK, True)])
def test_evidence_stands_for_a_day_that_is_not_known(evidence, open_):
    [reporter] = {m.department for m in plan().milestones.values() if m.id == "10-6"}
    changes = {STATUS: "done", EVIDENCE: evidence}
    [finding] = spoken(milestone_undated, form="department", reporter=reporter, changes=changes)
    assert finding.is_open is open_
