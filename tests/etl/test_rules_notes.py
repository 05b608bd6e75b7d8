"""提示, and the workbook that repeats the last one."""

from __future__ import annotations

import pytest
from rules_fixtures import BLANK, COUNTY, NA, make_return, past, plan, spoken, told

from etl.rules import check
from etl.rules.copied_from_last import copied_from_last
from etl.rules.lead_silent import lead_silent
from etl.rules.not_due_yet import not_due_yet
from etl.rules.ratio_by_denominator import ratio_by_denominator
from etl.rules.stage_against_money import stage_against_money
from etl.rules.task_without_progress import task_without_progress


@pytest.mark.parametrize(
    ("period", "answer", "found"),
    [
        ("2021Q1", 500, ["vocational.graduates note"]),
        ("2021Q2", 0, ["vocational.graduates note"]),
        ("2021Q3", 500, []),
        ("2021Q2", BLANK, []),
        ("2021Q2", NA, []),
    ],
)
def test_graduates_before_september_are_likely_last_years(period, answer, found):
    assert told(spoken(not_due_yet, period=period, changes={"vocational.graduates": answer})) == found


GROUPED, SCHOOLS = "compulsory.schools.grouped", "compulsory.schools"


@pytest.mark.parametrize(
    ("now", "last", "found"),
    [
        ((19, 24), (19, 26), [f"{SCHOOLS} note"]),
        ((18, 22), (19, 26), [f"{SCHOOLS} note"]),
        ((501, 1000), (1000, 2000), [f"{SCHOOLS} note"]),
        ((20, 24), (19, 26), []),
        ((19, 24), (19, 24), []),
        ((19, 24), (18, 24), []),
        ((10, 24), (19, 26), []),
        ((19, 24), None, []),
        ((0, 24), (0, 26), []),
    ],
    ids=[
        "denominator fell",
        "both fell",
        "by a tenth of a point",
        "numerator rose",
        "same",
        "denominator same",
        "worse",
        "no history",
        "none",
    ],
)
def test_a_ratio_better_only_by_a_smaller_denominator_is_noted(now, last, found):
    changes = {GROUPED: now[0], SCHOOLS: now[1], "compulsory.schools.guideline": 0}
    before = {"2021Q1": {GROUPED: last[0], SCHOOLS: last[1]}} if last else {}
    assert told(spoken(ratio_by_denominator, changes=changes, before=before)) == found


def test_a_rise_of_less_than_a_tenth_of_a_point_is_no_rise():
    public, children = "kindergarten.children.public", "kindergarten.children"
    assert spoken(ratio_by_denominator, before={"2021Q1": {public: 1440, children: 3136}}) == []
    assert told(spoken(ratio_by_denominator, before={"2021Q1": {public: 1440, children: 3138}})) == [f"{children} note"]


def test_fewer_large_classes_are_better_so_a_smaller_denominator_flatters_nobody():
    before = {"2021Q1": {"compulsory.classes.large": 9, "compulsory.classes": 400}}
    assert spoken(ratio_by_denominator, before=before) == []


def comparable() -> dict[str, str]:
    """The county's stocks and flows that are above zero."""
    elements = plan().elements
    found = {slot.element: COUNTY[slot.element] for slot in make_return().entries}
    return {c: v for c, v in found.items() if float(v) and elements[c].nature != "annual" and not elements[c].ratio_of}


def last_quarter_with(different: int, of: int | None = None) -> dict[str, dict[str, object]]:
    codes = list(comparable())[:of]
    return {"2021Q1": {code: float(COUNTY[code]) + (n < different) for n, code in enumerate(codes)}}


@pytest.mark.parametrize(
    ("different", "of", "found"),
    [
        (0, 9, []),
        (0, 10, ["kindergarten.sites explain", "compulsory.schools explain"]),
        (1, 10, ["* note"]),
        (2, 10, ["* note"]),
        (3, 10, []),
    ],
    ids=["too few to tell", "all the same", "nine of ten", "eight of ten", "seven of ten"],
)
def test_a_return_that_repeats_the_last_one_is_noticed(different, of, found):
    assert told(spoken(copied_from_last, before=last_quarter_with(different, of))) == found


def test_zeros_that_stay_zeros_are_no_copies():
    zeros = {code: 0 for code in comparable()}
    assert spoken(copied_from_last, changes=zeros, before={"2021Q1": zeros}) == []


def test_a_return_that_is_wholly_last_quarters_is_explained_sheet_by_sheet():
    found = spoken(copied_from_last, before=last_quarter_with(0))
    assert [f"{f.at.sheet} {f.fields['same']}" for f in found] == [
        "学前教育 9", "义务教育 15", "职业教育与培训 5", "学生资助 9", "校园安全与保障 10", "教师队伍与其他 16",
    ]  # fmt: skip
    ret = make_return(reasons={"kindergarten.sites": "本季度确无变化，已逐项核对"})
    findings = check(ret, plan(), past(last_quarter_with(0)))
    assert [f.is_open for f in findings if f.rule == "copied_from_last"] == [False, True, True, True, True, True]


DEPARTMENT = {"form": "department", "reporter": "preschool"}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"task.10.done": BLANK}, ["task.10.done note"]),
        ({"task.10.done": BLANK, "task.10.status": "not_started"}, []),
        ({"task.10.done": BLANK, "task.10.status": BLANK}, []),
        ({"task.15.done": BLANK, "task.15.status": "stuck"}, ["task.15.done note"]),
    ],
)
def test_a_status_wants_a_word_on_progress(changes, found):
    assert told(spoken(task_without_progress, changes=changes, **DEPARTMENT)) == found


def silence(task: int) -> dict[str, object]:
    return {f"task.{task}.{column}": BLANK for column in ("status", "done", "problem", "next")}


def test_the_lead_department_silent_on_its_own_task_is_seen():
    assert plan().tasks[10].lead == "preschool" != plan().tasks[15].lead
    assert told(spoken(lead_silent, changes=silence(10), **DEPARTMENT)) == ["task.10.status note"]
    assert spoken(lead_silent, changes=silence(15), **DEPARTMENT) == []
    assert spoken(lead_silent, changes={**silence(10), "task.10.problem": "缺经费"}, **DEPARTMENT) == []


@pytest.mark.parametrize(
    ("stage", "invested", "found"),
    [
        ("built", "721.49", ["project.campus.stage note"]),
        ("accepted", 0, ["project.campus.stage note"]),
        ("built", "721.5", []),
        ("building", 0, []),
        ("built", BLANK, []),
        (BLANK, 100, []),
    ],
)
def test_a_finished_building_costs_at_least_half_its_plan(stage, invested, found):
    changes = {"project.campus.stage": stage, "project.campus.invested": invested}
    assert told(spoken(stage_against_money, form="project", reporter="planning", changes=changes)) == found
