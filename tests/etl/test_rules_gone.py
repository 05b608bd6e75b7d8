"""A figure that was there last time and is not now; one answer that hides another; a 上期 that somebody typed over."""

from __future__ import annotations

from dataclasses import replace

import pytest
from returns_fixtures import county, put, read
from rules_fixtures import BLANK, NA, make_return, past, plan, spoken, told

from catalogue.model import Slot
from etl.model import EntryState, Severity
from etl.rules import check
from etl.rules.figure_gone import figure_gone
from etl.rules.flow_gone import flow_gone
from etl.rules.na_beside_figure import na_beside_figure
from etl.rules.previous_overwritten import previous_overwritten

MEALS, JOBS, GRADUATES, RATIO = (
    "nutrition.pupils",
    "vocational.trainees.jobs",
    "vocational.graduates",
    "kindergarten.public_ratio",
)


@pytest.mark.parametrize(
    ("now", "period", "before", "found"),
    [
        ({MEALS: NA}, "2021Q2", {"2021Q1": {MEALS: 800}}, [f"{MEALS} explain"]),
        ({MEALS: NA}, "2021Q2", {"2021Q1": {MEALS: 0}}, [f"{MEALS} explain"]),
        ({MEALS: NA}, "2021Q1", {"2020Q4": {MEALS: 800}}, [f"{MEALS} explain"]),
        ({MEALS: NA}, "2021Q3", {"2021Q1": {MEALS: 800}}, [f"{MEALS} explain"]),
        ({MEALS: NA}, "2021Q3", {"2021Q1": {MEALS: 800}, "2021Q2": {"teachers.total": 9}}, []),
        ({MEALS: NA}, "2021Q2", {}, []),
        ({MEALS: 800}, "2021Q2", {"2021Q1": {MEALS: 800}}, []),
        ({JOBS: NA}, "2021Q1", {"2020Q4": {JOBS: 300}}, [f"{JOBS} explain"]),
        ({JOBS: NA}, "2021Q2", {"2021Q1": {JOBS: 300}}, []),
        ({GRADUATES: NA}, "2021Q4", {"2021Q3": {GRADUATES: 500}}, [f"{GRADUATES} explain"]),
        ({GRADUATES: NA}, "2021Q1", {"2020Q4": {GRADUATES: 500}}, []),
        ({"fitness.tested": NA}, "2021Q2", {"2021Q1": {"fitness.tested": 500}}, []),
        ({"fitness.tested": BLANK}, "2021Q2", {"2021Q1": {"fitness.tested": 500}}, []),
        ({RATIO: BLANK}, "2021Q2", {"2021Q1": {RATIO: 46}}, []),
    ],
    ids=[
        "a figure", "a zero", "over the new year", "a quarter not filed between", "asked about last time", "no history",
        "still there", "a flow of last year", "a flow of this year is another rule's", "once a year", "not due yet",
        "where / is no answer", "a blank that is due", "a cross-check",
    ],
)  # fmt: skip
def test_a_figure_that_gives_way_to_not_applicable_is_asked_about(now, period, before, found):
    assert told(spoken(figure_gone, changes=now, period=period, before=before)) == found


def test_a_figure_that_gives_way_to_a_blank_in_an_optional_answer_is_asked_about(monkeypatch):
    element = plan().elements["fitness.tested"]
    case = {"changes": {"fitness.tested": BLANK}, "before": {"2021Q1": {"fitness.tested": 500}}}
    monkeypatch.setitem(plan().elements, "fitness.tested", replace(element, required=False))
    assert told(spoken(figure_gone, **case)) == ["fitness.tested explain"]


def test_the_question_is_answered_by_a_reason_and_by_no_filler():
    before = past({"2021Q1": {MEALS: 800}})
    for reason, open_still in (("学校并入市区，不再实施", False), ("无", True)):
        ret = make_return(changes={MEALS: NA}, reasons={MEALS: reason})
        [finding] = [f for f in check(ret, plan(), before) if f.rule == "figure_gone"]
        assert finding.is_open is open_still


@pytest.mark.parametrize(
    ("answer", "period", "before", "found"),
    [
        (NA, "2021Q2", {"2021Q1": {JOBS: 90}}, [f"{JOBS} blocks"]),
        (NA, "2021Q3", {"2021Q1": {JOBS: 90}}, [f"{JOBS} blocks"]),
        (NA, "2021Q2", {"2021Q1": {JOBS: 0}}, [f"{JOBS} blocks"]),
        (NA, "2021Q1", {"2020Q4": {JOBS: 90}}, []),
        (NA, "2021Q2", {"2021Q1": {}}, []),
        (90, "2021Q2", {"2021Q1": {JOBS: 90}}, []),
        (BLANK, "2021Q2", {"2021Q1": {JOBS: 90}}, []),
    ],
)
def test_a_running_total_cannot_become_not_applicable_within_the_year(answer, period, before, found):
    assert told(spoken(flow_gone, changes={JOBS: answer}, period=period, before=before)) == found


def test_no_reason_lets_a_running_total_become_not_applicable():
    ret = make_return(changes={JOBS: NA, "vocational.trainees": 220}, reasons={JOBS: "更正：一季度误报，本县没有"})
    [finding] = [f for f in check(ret, plan(), past({"2021Q1": {JOBS: 90}})) if f.slot and f.slot.element == JOBS]
    assert (finding.rule, finding.severity) == ("flow_gone", Severity.BLOCKS)


@pytest.mark.parametrize("written", ["/", "-", "——", "不适用", "无"])
def test_a_dash_over_last_quarters_figure_is_asked_about_however_it_is_written(written):
    ret = read(county(put("学生资助", "E15", written)))
    before = past({"2021Q3": {MEALS: 800}}, ret.reporter)
    [finding] = [f for f in check(ret, plan(), before) if f.rule == "figure_gone"]
    assert (finding.slot.element, finding.severity, str(finding.at)) == (MEALS, Severity.EXPLAIN, "学生资助!E15")


# 不适用 beside a figure


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"kindergarten.estate.public": NA}, ["kindergarten.estate.public blocks"]),
        ({"kindergarten.estate.public": NA, "kindergarten.estate": NA}, []),
        ({"kindergarten.estate.public": NA, "kindergarten.estate": 0}, []),
        ({"kindergarten.estate.public": 4, "kindergarten.estate": NA}, []),
        ({"kindergarten.estate.public": NA, "kindergarten.estate": BLANK}, []),
    ],
    ids=["both", "part hidden", "neither", "made one on reading", "part_within_whole", "blank is required_entry's"],
)
def test_a_part_of_something_is_a_number(changes, found):
    assert told(spoken(na_beside_figure, changes=changes)) == found


def test_both_sides_of_a_ratio_are_numbers_also_where_they_are_no_part_and_whole():
    for hidden in ("teachers.pay", "civil_servants.pay"):
        found = spoken(na_beside_figure, period="2021Q4", changes={hidden: NA})
        assert told(found) == [f"{hidden} blocks"]


def test_of_the_past_it_is_only_noted():
    found = spoken(na_beside_figure, period="2020Q4", changes={"kindergarten.estate.public": NA})
    assert told(found) == ["kindergarten.estate.public note"]


# 上期


@pytest.mark.parametrize(
    ("shown", "before", "found"),
    [
        (1, {"2021Q1": {MEALS: 800}}, [f"{MEALS} note"]),
        (NA, {"2021Q1": {MEALS: 800}}, [f"{MEALS} note"]),
        (800, {"2021Q1": {"teachers.total": 5}}, [f"{MEALS} note"]),
        (800, {"2021Q1": {MEALS: 800}}, []),
        ("800.00001", {"2021Q1": {MEALS: 800}}, []),
        (BLANK, {"2021Q1": {MEALS: 800}}, []),
        (800, {"2020Q4": {MEALS: 700}}, []),
        (NA, {"2021Q1": {"teachers.total": 5}}, []),
    ],
    ids=[
        "another",
        "no figure",
        "none on record",
        "the same",
        "rounded",
        "blank",
        "nothing on record",
        "neither has one",
    ],
)
def test_last_quarters_figure_on_the_sheet_is_held_against_the_one_on_record(shown, before, found):
    assert told(spoken(previous_overwritten, previous={MEALS: shown}, before=before)) == found


def test_last_quarters_figure_is_read_from_its_own_column_and_never_counts():
    ret = read(county(put("学前教育", "D8", 1)))
    slot = Slot(element="kindergarten.children", subject="210402")
    assert (str(ret.previous[slot].at), ret.previous[slot].value) == ("学前教育!D8", 1)
    assert ret.entries[slot].state is EntryState.VALUE and ret.entries[slot].value != 1
