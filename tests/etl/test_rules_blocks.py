"""强制: each rule passes a sane return, names one fault, and knows its edges."""

from __future__ import annotations

import pytest
from rules_fixtures import ABSENT, BAD, BLANK, NA, make_return, past, plan, spoken, told

from etl.model import Severity
from etl.rules import check
from etl.rules.column_total_equals_rows import column_total_equals_rows
from etl.rules.finished_before_started import finished_before_started
from etl.rules.flow_not_below_last import flow_not_below_last
from etl.rules.not_applicable_allowed import not_applicable_allowed
from etl.rules.not_negative import not_negative
from etl.rules.part_within_whole import part_within_whole
from etl.rules.required_entry import required_entry
from etl.rules.total_equals_parts import total_equals_parts
from etl.rules.whole_number import whole_number

TRAINEES, JOBS = "vocational.trainees", "vocational.trainees.jobs"
TRANSFER, VETERANS, LAID_OFF = (f"vocational.trainees.{kind}" for kind in ("transfer", "veterans", "laid_off"))
ALL_NA = {code: NA for code in (TRAINEES, JOBS, TRANSFER, VETERANS, LAID_OFF)}


@pytest.mark.parametrize(
    ("period", "changes", "found"),
    [
        ("2021Q2", {}, []),
        ("2021Q2", {"compulsory.dropouts.poor": BLANK}, ["compulsory.dropouts.poor blocks"]),
        ("2021Q2", {"compulsory.dropouts.poor": 0}, []),
        ("2021Q2", {"compulsory.rural_paired": NA}, []),
        ("2021Q2", {"compulsory.pupils": BAD}, []),
        ("2021Q2", {"compulsory.pupils": ABSENT}, []),
        ("2021Q2", {"kindergarten.public_ratio": BLANK}, []),
        ("2021Q2", {"vocational.graduates": BLANK}, []),
        ("2021Q3", {"vocational.graduates": BLANK}, ["vocational.graduates blocks"]),
        ("2021Q3", {"teachers.pay": BLANK}, []),
        ("2021Q4", {"teachers.pay": BLANK}, ["teachers.pay blocks"]),
        ("2021Q1", {"teachers.total": BLANK}, ["teachers.total blocks"]),
        ("2020Q4", {"teachers.total": BLANK}, []),
    ],
)
def test_a_due_answer_must_be_written(period, changes, found):
    assert told(spoken(required_entry, period=period, changes=changes)) == found


def test_only_the_unit_that_runs_the_pilots_owes_them():
    blank = {"kindergarten.anji_pilots": BLANK}
    assert told(spoken(required_entry, reporter="210422", changes=blank)) == ["kindergarten.anji_pilots blocks"]
    with pytest.raises(AssertionError, match="the form has no"):
        make_return(reporter="210402", changes=blank)


def test_a_project_owes_its_stage_but_not_yet_its_dates():
    changes = {"project.canteen.stage": BLANK, "project.canteen.started": BLANK}
    assert told(spoken(required_entry, form="project", reporter="planning", changes=changes)) == [
        "project.canteen.stage blocks"
    ]


@pytest.mark.parametrize(
    ("period", "changes", "found"),
    [
        ("2021Q2", {}, []),
        ("2021Q2", {"compulsory.dropouts": NA}, ["compulsory.dropouts blocks"]),
        ("2021Q2", {"compulsory.rural_paired": NA}, []),
        ("2021Q2", {"kindergarten.public_ratio": NA}, []),
        ("2021Q2", {"teachers.pay": NA}, []),
        ("2021Q4", {"teachers.pay": NA}, ["teachers.pay blocks"]),
        ("2021Q2", {"compulsory.dropouts": BLANK}, []),
    ],
)
def test_not_applicable_is_no_answer_where_everybody_can_count(period, changes, found):
    assert told(spoken(not_applicable_allowed, period=period, changes=changes)) == found


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"compulsory.pupils": "120.5"}, ["compulsory.pupils blocks"]),
        ({"compulsory.pupils": "120.0001"}, ["compulsory.pupils blocks"]),
        ({"compulsory.pupils": "120.0"}, []),
        ({"compulsory.pupils": "1.2E+2"}, []),
        ({"compulsory.pupils": "-0.5"}, ["compulsory.pupils blocks"]),
        ({"aid.amount": "200.25"}, []),
        ({"compulsory.pupils": NA}, []),
    ],
)
def test_what_is_counted_is_whole(changes, found):
    assert told(spoken(whole_number, changes=changes)) == found


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"compulsory.pupils": 0}, []),
        ({"compulsory.pupils": -1}, ["compulsory.pupils blocks"]),
        ({"aid.amount": "-0.01"}, ["aid.amount blocks"]),
        ({"kindergarten.public_ratio": "-1"}, ["kindergarten.public_ratio blocks"]),
        ({"compulsory.pupils": BLANK}, []),
    ],
)
def test_nothing_lies_below_zero(changes, found):
    assert told(spoken(not_negative, changes=changes)) == found


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({TRAINEES: 421}, [f"{TRAINEES} blocks"]),
        ({TRAINEES: 419}, [f"{TRAINEES} blocks"]),
        ({JOBS: 0, TRAINEES: 220}, []),
        ({TRAINEES: 0, JOBS: 0, TRANSFER: 0, VETERANS: 0, LAID_OFF: 0}, []),
        (ALL_NA, []),
        ({VETERANS: NA, TRAINEES: 360}, []),
        ({VETERANS: NA, TRAINEES: 420}, [f"{TRAINEES} blocks"]),
        ({TRAINEES: NA}, [f"{TRAINEES} blocks"]),
        ({**ALL_NA, TRAINEES: 5}, [f"{TRAINEES} blocks"]),
        ({**ALL_NA, TRAINEES: 0}, []),
        ({TRAINEES: BLANK}, []),
        ({JOBS: BLANK}, []),
        ({JOBS: BAD}, []),
        ({JOBS: ABSENT}, []),
    ],
)
def test_a_total_is_the_sum_of_its_parts_without_tolerance(changes, found):
    assert told(spoken(total_equals_parts, changes=changes)) == found


def test_a_total_that_is_off_says_by_how_much():
    [finding] = spoken(total_equals_parts, changes={TRAINEES: 100, JOBS: 90, TRANSFER: 0, VETERANS: 0, LAID_OFF: 0})
    assert dict(finding.fields) == {"total": 100, "sum": 90, "difference": 10}
    assert str(finding.at) == "职业教育与培训!D5"


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"project.total.invested": "2850.25"}, []),
        ({"project.total.invested": "2850.2501"}, ["project.total.invested blocks"]),
    ],
)
def test_money_adds_up_to_the_last_decimal_entered(changes, found):
    assert told(spoken(total_equals_parts, form="project", reporter="planning", changes=changes)) == found


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"toilets.renovated.total": 8}, ["toilets.renovated.total blocks"]),
        ({"toilets.renovated@210423": 0, "toilets.renovated.total": 6}, []),
        ({"toilets.renovated@210423": 0}, ["toilets.renovated.total blocks"]),
        ({"toilets.renovated": 0, "toilets.renovated.total": 0}, []),
        ({"toilets.renovated@210423": NA, "toilets.renovated.total": 6}, []),
        ({"toilets.renovated@210423": BLANK}, []),
        ({"toilets.renovated.total": BLANK}, []),
    ],
)
def test_the_total_row_is_the_sum_of_the_counties(changes, found):
    assert told(spoken(column_total_equals_rows, form="project", reporter="planning", changes=changes)) == found


ESTATE, ESTATE_PUBLIC = "kindergarten.estate", "kindergarten.estate.public"


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({ESTATE: 6, ESTATE_PUBLIC: 6}, []),
        ({ESTATE: 6, ESTATE_PUBLIC: 7}, [f"{ESTATE_PUBLIC} blocks"]),
        ({ESTATE: 0, ESTATE_PUBLIC: 0}, []),
        ({ESTATE: 0, ESTATE_PUBLIC: 1}, [f"{ESTATE_PUBLIC} blocks"]),
        ({ESTATE: NA, ESTATE_PUBLIC: NA}, []),
        ({ESTATE: NA, ESTATE_PUBLIC: 0}, []),
        ({ESTATE: NA, ESTATE_PUBLIC: 1}, [f"{ESTATE_PUBLIC} blocks"]),
        ({ESTATE: BLANK, ESTATE_PUBLIC: 7}, []),
        ({ESTATE: BAD, ESTATE_PUBLIC: 7}, []),
        ({ESTATE: 6, ESTATE_PUBLIC: NA}, []),
        ({"compulsory.classes.huge": 10}, ["compulsory.classes.huge blocks"]),
    ],
)
def test_a_part_is_at_most_its_whole(changes, found):
    assert told(spoken(part_within_whole, changes=changes)) == found


def test_employment_is_checked_where_it_is_filled_in():
    changes = {"vocational.graduates": 500, "vocational.employed": 501, "vocational.further_study": 10}
    assert told(spoken(part_within_whole, period="2021Q3", changes=changes)) == ["vocational.employed blocks"]


FELL = {"2021Q1": {"aid.pupils": 1001}}


@pytest.mark.parametrize(
    ("period", "before", "found"),
    [
        ("2021Q2", {}, []),
        ("2021Q2", {"2021Q1": {"aid.pupils": 999}}, []),
        ("2021Q2", {"2021Q1": {"aid.pupils": 1000}}, []),
        ("2021Q2", FELL, ["aid.pupils blocks"]),
        ("2021Q1", {"2020Q4": {"aid.pupils": 9000}}, []),
        ("2021Q3", FELL, ["aid.pupils blocks"]),
        ("2021Q3", {**FELL, "2021Q2": {"aid.pupils": 1000}}, []),
        ("2021Q2", {"2021Q1": {"kindergarten.children": 9999}}, []),
    ],
    ids=["no history", "grew", "equal", "fell", "year restarts", "a quarter not filed", "nearest counts", "a stock"],
)
def test_a_flow_does_not_fall_within_the_year(period, before, found):
    assert told(spoken(flow_not_below_last, period=period, before=before)) == found


def test_a_flow_that_fell_to_nothing_fell():
    assert told(spoken(flow_not_below_last, changes={"aid.pupils": 0}, before=FELL)) == ["aid.pupils blocks"]
    assert told(spoken(flow_not_below_last, changes={"aid.pupils": BLANK}, before=FELL)) == []
    assert told(spoken(flow_not_below_last, changes={"aid.pupils": -1}, before=FELL)) == []


@pytest.mark.parametrize(
    ("reason", "severity", "explained"),
    [
        ("", Severity.BLOCKS, ""),
        ("学生转出", Severity.BLOCKS, ""),
        ("更正", Severity.BLOCKS, ""),
        ("更正：一季度重复计算", Severity.EXPLAIN, "更正：一季度重复计算"),
    ],
)
def test_a_correction_that_says_why_is_taken(reason, severity, explained):
    ret = make_return(reasons={"aid.pupils": reason})
    [finding] = check(ret, plan(), past(FELL))
    assert (finding.rule, finding.severity, finding.explained) == ("flow_not_below_last", severity, explained)
    assert finding.is_open is (severity is Severity.BLOCKS)


STARTED, FINISHED = "project.campus.started", "project.campus.finished"


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({STARTED: "2021-04-01", FINISHED: "2021-08-31"}, []),
        ({STARTED: "2021-04-01", FINISHED: "2021-04-01"}, []),
        ({STARTED: "2021-04-01", FINISHED: "2021-03-31"}, [f"{FINISHED} blocks"]),
        ({STARTED: "2021-10-01", FINISHED: "2021-09-30"}, [f"{FINISHED} blocks"]),
        ({STARTED: BLANK, FINISHED: "2021-03-31"}, []),
        ({STARTED: BAD, FINISHED: "2021-03-31"}, []),
        ({STARTED: NA, FINISHED: NA}, []),
    ],
)
def test_works_do_not_end_before_they_begin(changes, found):
    assert told(spoken(finished_before_started, form="project", reporter="planning", changes=changes)) == found
