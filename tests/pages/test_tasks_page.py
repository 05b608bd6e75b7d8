"""The tasks: all of them in the plan's words, what the numbers and the units say, silence as a state of its own."""

from __future__ import annotations

import re
from html import unescape

import pytest
from pages_fixtures import looking, screen, words, written  # noqa: F401  (fixtures)

from catalogue.load import PLANS, load_plan

PLAN = load_plan(PLANS / "2021")
PAGE = "pages/tasks.py"


def row(app, number: int) -> str:
    found = re.search(rf'<tr><td><a[^>]*task={number}".*?</tr>', written(app), re.S)[0]
    return unescape(re.sub(r"<[^>]+>", " ", found))


def test_every_task_stands_in_the_plans_order_and_words(looking):  # noqa: F811
    found = re.findall(r'<span class="tasks-number">(\d+)</span> ([^<]+)</a>', written(screen(PAGE)))
    assert found == [(str(task.number), task.title) for task in PLAN.tasks.values()]
    assert len(found) == 30


def test_units_stand_as_the_plan_writes_them(looking):  # noqa: F811
    said = words(screen(PAGE))
    assert all(task.units_text in said for task in PLAN.tasks.values())


def test_number_word_and_steps_are_told_apart(looking):  # noqa: F811
    told = row(screen(PAGE, basis="filed"), 3)
    assert "红灯" in told and "K19" in told and "受阻" in told and "已完成2/2" in told
    assert "无数值目标" in row(screen(PAGE), 4)


def test_a_task_nobody_spoke_of_is_silent_not_under_way(looking):  # noqa: F811
    told = row(screen(PAGE, basis="filed"), 13)
    this_quarter = told.split("K28")[1].split("已完成")[0]
    assert "首位单位未报告" in this_quarter and "推进中" not in this_quarter


def test_what_waits_for_approval_is_not_silent(looking):  # noqa: F811
    assert "已报待审核" in row(screen(PAGE), 22)
    assert "推进中" in row(screen(PAGE, basis="filed"), 22)


def test_a_unit_and_a_state_narrow_the_list(looking):  # noqa: F811
    app = screen(PAGE, department="finance")
    numbers = [int(n) for n in re.findall(r'<span class="tasks-number">(\d+)</span>', written(app))]
    assert numbers == [task.number for task in PLAN.tasks.values() if "finance" in (*task.departments, task.lead)]
    app = screen(PAGE, state="attention")
    assert 0 < written(app).count('class="tasks-number"') < 30


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("number", PLAN.tasks)
def test_every_task_opens_with_its_clause(looking, number, lang):  # noqa: F811
    app = screen(PAGE, task=str(number), lang=lang, basis="filed")
    assert PLAN.tasks[number].text in words(app)
    assert not re.search(r"\b(NaT|nan|None)\b", words(app))


def test_a_task_tells_problem_next_step_source_and_the_quarters_before(looking):  # noqa: F811
    said = words(screen(PAGE, task="20", basis="filed"))
    assert "钢材价格上涨，两个标段尚在财评" in said and "10月底前完成外墙和屋面工程" in said
    assert "任务进展!C8" in said and "2021年第一季度" in said and "1,300万元" in said


def test_the_matrix_marks_the_units_the_plan_names(looking):  # noqa: F811
    html = written(screen(PAGE, view="matrix"))
    assert html.count('<th scope="row">') == 30 + 2  # and two lines of sums
    body = html.split("<tbody>")[1].split("</tbody>")[0]
    named = sum(len(set((task.lead, *task.departments))) for task in PLAN.tasks.values())
    assert len(re.findall(r'<td class="named', body)) == named
