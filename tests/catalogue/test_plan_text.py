"""Tasks, units and milestones against the document they were taken from (抚教发〔2021〕1号).

Reads the TOML directly, so that a mistake in the catalogue code cannot hide one in the data.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date

import pytest
from plan_files import COMMITMENTS, DEPARTMENTS, MILESTONES, SECTIONS, TASKS, unspaced

# The text


def test_the_plan_has_five_sections_and_thirty_tasks_in_order():
    assert [section["number"] for section in SECTIONS] == [1, 2, 3, 4, 5]
    assert list(TASKS) == list(range(1, 31))
    assert Counter(task["section"] for task in TASKS.values()) == {1: 4, 2: 5, 3: 4, 4: 6, 5: 11}
    in_order = [task["section"] for task in TASKS.values()]
    assert in_order == sorted(in_order)


def test_section_titles_are_those_of_the_plan():
    assert [section["title"] for section in SECTIONS] == [
        "深入贯彻十九届五中全会精神，坚持和加强党对教育的全面领导",
        "围绕教育现代化，纵深推进教育改革",
        "回应人民关切，不断完善公共教育服务体系",
        "系统推进立德树人，着力提高教育教学质量",
        "全面加强教育保障水平，提升教育服务品质",
    ]


def test_the_thirty_texts_are_unchanged_since_they_were_compared_with_the_document():
    """The sum was taken when titles, texts and units together equalled the document, character by character."""
    joined = "\n".join(task["text"] for task in TASKS.values())
    assert sum(len(task["text"]) for task in TASKS.values()) == 6303
    assert hashlib.sha256(joined.encode()).hexdigest() == (
        "44655b0a1776fafeddee7c922e4281ab24a5608857da78475754dbfaf3f98434"
    )


@pytest.mark.parametrize(
    ("number", "title", "beginning", "ending"),
    [
        (1, "坚持全面从严治党", "聚焦“两个维护”强化政治监督，", "提高干部队伍能力水平。"),
        (10, "学前教育抓规范扩公办", "研究制定《抚顺市第四期学前教育行动计划》，", "开展无证幼儿教师上岗培训。"),
        (15, "体美工作抓普及育特色", "按照辽宁省全面加强和改进新时代学校体育美育工作", "儿童青少年毒品预防工作。"),
        (20, "改善办学条件", "投资1300万元对二中食堂进行升级改造和扩建，", "完成13座中小学不卫生厕所改造任务。"),
        (30, "做好其他工作", "围绕市委、市政府中心工作，", "完成市委、市政府交办的各项工作。"),
    ],
)
def test_a_text_runs_from_its_first_word_to_its_last(number, title, beginning, ending):
    assert TASKS[number]["title"] == title
    assert TASKS[number]["text"].startswith(beginning)
    assert TASKS[number]["text"].endswith(ending)


@pytest.mark.parametrize(
    ("number", "across_the_page_break"),
    [
        (2, "坚持和完善高校党委领导下的校长负责制"),
        (5, "进一步深化教育综合改革，根据党中央十九届五中全会精神"),
        (8, "提升教育教学质量"),
        (10, "促进学前教育健康发展。召开城乡幼儿园"),
        (12, "指导普通高中建设特色项目"),
        (21, "教育信息化2.0行动计划"),
        (23, "违规收受礼品礼金)整治工作,开展"),
        (25, "教育行政部门、学校、教师、家长及学生“五个责任”，"),
    ],
)
def test_page_breaks_are_joined(number, across_the_page_break):
    assert across_the_page_break in TASKS[number]["text"]


def test_no_text_keeps_a_blank_of_the_extraction():
    assert [n for n, task in TASKS.items() if unspaced(task["text"]) != task["text"]] == []


# The units


def test_three_tasks_say_责任科室_and_the_others_责任单位():
    assert [n for n, task in TASKS.items() if task["label"] == "责任科室"] == [15, 24, 25]
    assert {task["label"] for task in TASKS.values()} == {"责任单位", "责任科室"}


def names_of(task: dict) -> list[str]:
    return task["units_text"].replace("(规范办)", "").split("、")


def test_department_codes_follow_the_units_as_written():
    short = {department["name"]: code for code, department in DEPARTMENTS.items()}
    short["教师进修学院"] = "college"  # task 15 leaves out 市
    for task in TASKS.values():
        assert task["departments"] == [short[name] for name in names_of(task)], task["number"]


@pytest.mark.parametrize(
    ("number", "units"),
    [
        (5, "规划科、局各科室、市教师进修学院、市招办（市教育发展服务中心）"),
        (20, "规划科、财务科"),
        (23, "审批科(规范办)、义教科、高中科、纪检组"),
    ],
)
def test_units_are_kept_as_written(number, units):
    assert TASKS[number]["units_text"] == units


def test_sixteen_departments_report_and_two_labels_are_collective():
    assert sum(department["reports"] for department in DEPARTMENTS.values()) == 16
    assert [code for code, d in DEPARTMENTS.items() if not d["reports"]] == ["all-offices", "related-offices"]


def test_every_task_is_filed_by_somebody_who_reports():
    for task in TASKS.values():
        assert DEPARTMENTS[task.get("reporter", task["departments"][0])]["reports"], task["number"]
    assert {n: task["reporter"] for n, task in TASKS.items() if "reporter" in task} == {9: "compulsory", 30: "office"}


def test_every_reporting_department_is_named_by_a_task():
    named = {code for task in TASKS.values() for code in task["departments"]}
    assert named == set(DEPARTMENTS)


# Milestones


def test_every_task_has_a_milestone_or_a_commitment():
    promised = {m["task"] for m in MILESTONES} | {c["task"] for c in COMMITMENTS.values()}
    assert promised == set(TASKS)


def test_milestone_ids_are_unique_and_begin_with_their_task():
    assert len({m["id"] for m in MILESTONES}) == len(MILESTONES) == 84
    assert [m["id"] for m in MILESTONES if int(m["id"].split("-")[0]) != m["task"]] == []


def test_no_clause_is_both_milestone_and_commitment():
    assert {m["id"] for m in MILESTONES} & {c["register"] for c in COMMITMENTS.values()} == set()


def test_milestones_are_due_at_the_end_of_the_year_unless_the_thing_has_its_own_date():
    assert {m["id"]: m["due"] for m in MILESTONES if m["due"] != date(2021, 12, 31)} == {
        "02-6": date(2021, 7, 1),
        "26-2": date(2021, 6, 30),
        "27-2": date(2021, 9, 30),
    }


def test_a_milestone_is_reported_by_a_unit_of_its_task_or_by_its_reporter():
    for milestone in MILESTONES:
        task = TASKS[milestone["task"]]
        assert milestone["department"] in {*task["departments"], task.get("reporter")}, milestone["id"]
        assert DEPARTMENTS[milestone["department"]]["reports"], milestone["id"]


# Quotes


@pytest.mark.parametrize("entry", [*MILESTONES, *COMMITMENTS.values()], ids=lambda entry: entry["id"])
def test_every_quote_stands_in_its_own_task(entry):
    assert len(entry["quote"]) >= 4
    assert unspaced(entry["quote"]) in unspaced(TASKS[entry["task"]]["text"])


@pytest.mark.parametrize("entry", [*SECTIONS, *TASKS.values()], ids=lambda entry: entry["title"][:6])
def test_every_title_has_an_english_twin(entry):
    assert entry["title_en"].isascii() and entry["title_en"]


@pytest.mark.parametrize("entry", [*DEPARTMENTS.values(), *MILESTONES, *COMMITMENTS.values()], ids=lambda e: e["name"])
def test_every_name_has_an_english_twin(entry):
    assert entry["name"] and not entry["name"].isascii()
    assert entry["name_en"].isascii() and entry["name_en"]
