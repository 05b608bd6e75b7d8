"""The sheets of the summary between scorecard and data: themes, tasks, money and works, returns, definitions."""

from __future__ import annotations

from datetime import date

import pytest
from workbook_fixtures import SUMMARY, TODAY, column, said, sheet, table, told

from catalogue.load import current_plan
from catalogue.naming import formula
from catalogue.wording import pick, say
from reports.workbook.book import HEAD
from reports.workbook.cells import Lamp
from sentences import reading
from warehouse import read, store
from warehouse.reads import works as read_works

THEMES = tuple(current_plan().themes)
WORDS = ("未报", "不适用", "未到期", "待审核")


def ask(books, reader, *given):
    with store.open_version(books.snapshot().version) as con:
        return list(reader(con, *given).itertuples(index=False))


def blank(value) -> bool:
    return value is None or value != value


def alike(printed, value) -> bool:
    return printed in (*WORDS, None) if blank(value) else printed == pytest.approx(float(value), abs=1e-9)


def columns(page, theme: str) -> dict[str, int]:
    """Indicator -> the column it stands in, of the tables by unit."""
    plan = current_plan()
    heads = {str(cell.value).replace("\n", ""): cell.column for cell in page[HEAD + 1] if cell.value}
    named = {
        code: say("charts.with_measure", name=pick(one), measure=say(f"measure.{one.measure}"))
        for code, one in plan.indicators.items()
        if one.theme == theme
    }
    return {
        code: heads.get(name, heads.get(pick(plan.indicators[code]), 0))
        for code, name in named.items()
        if reading.is_by_unit(plan.indicators[code], plan)
    }


# Themes


@pytest.mark.parametrize("theme", THEMES)
def test_the_table_of_a_theme_has_every_unit_and_the_city(books, theme):
    plan = current_plan()
    page = books.opened(SUMMARY, values=True)[pick(plan.themes[theme], "title")]
    known = {(row.indicator, row.subject): row for row in ask(books, read.values, "2021Q3")}
    for code, at in columns(page, theme).items():
        assert at, code
        for row, unit in enumerate(plan.units, start=HEAD + 2):
            one = known.get((code, unit))
            assert page.cell(row, 1).value == reading.unit_name(plan.units[unit])
            assert alike(said(page.cell(row, at)), None if one is None else one.value), (code, unit)
        city, below = (
            known[code, None],
            {page.cell(row, 1).value: said(page.cell(row, at)) for row in range(HEAD + 2, HEAD + 16)},
        )
        assert alike(below["抚顺市"], city.value)
        for name in ("pace", "change"):
            assert alike(below[say(f"workbook.below.{name}")], getattr(city, name))
        assert below[say("workbook.below.light")] == Lamp(city.light).words


@pytest.mark.parametrize("theme", THEMES)
def test_what_departments_report_stands_under_it(books, theme):
    plan = current_plan()
    page = books.opened(SUMMARY, values=True)[pick(plan.themes[theme], "title")]
    lines = [list(map(said, row)) for row in page.iter_rows() if row[0].value == say("workbook.column.value")]
    mine = [one for one in plan.indicators.values() if one.theme == theme and not reading.is_by_unit(one, plan)]
    known = {row.indicator: row for row in ask(books, read.values, "2021Q3", None)}
    assert len(lines) == bool(mine)
    for one, printed in zip(mine, lines[0][1:] if lines else (), strict=False):
        assert alike(printed, known[one.code].value), one.code
    assert not [
        row
        for row in page.iter_rows(min_row=HEAD + 2, values_only=True)
        if row[0] == say("workbook.below.coverage") and set(row[1:]) <= {None, ""}
    ]


def test_a_goal_stands_with_its_sign_and_a_promise_without_number_in_words(books):
    page = books.opened(SUMMARY, values=True)[pick(current_plan().themes["compulsory"], "title")]
    at = columns(page, "compulsory")
    [row] = [row for row in range(HEAD + 2, HEAD + 16) if page.cell(row, 1).value == say("workbook.below.target")]
    goal = {code: page.cell(row, column) for code, column in at.items()}
    assert (goal["paired-rural-schools"].value, goal["paired-rural-schools"].number_format) == (45, '"≥"#,##0')
    assert goal["large-class-share"].value == "低于基期" and goal["resource-rooms"].value == "无承诺"


# Tasks


def test_every_task_has_a_row_with_its_light_or_the_word_that_it_has_none(books):
    rows = table(sheet(books.opened(SUMMARY, values=True), "tasks"))
    known = ask(books, read.tasks, "2021Q3", "filed", date.fromisoformat(TODAY))
    assert [told(row, "task") for row in rows] == [row.task for row in known] == list(range(1, 31))
    for row, one in zip(rows, known, strict=True):
        assert told(row, "light") == (Lamp(one.light).words if one.commitments else say("tasks.no_number"))
        assert (told(row, "promises"), told(row, "done_steps"), told(row, "late_steps")) == (
            one.commitments,
            one.milestones_done,
            one.milestones_overdue,
        )


def test_reports_are_the_units_own_words(books):
    rows = table(sheet(books.opened(SUMMARY, values=True), "reports"))
    known = ask(books, read.task_reports, "2021Q3", "filed")
    assert [(told(row, "done"), told(row, "problem"), told(row, "next"), told(row, "cell")) for row in rows] == [
        tuple(None if blank(value) or value == "" else value for value in (one.done, one.problem, one.next, one.cell))
        for one in known
    ]
    assert {told(row, "said") for row in rows if told(row, "file") is None} == {say("workbook.silent")}


def test_every_milestone_has_a_row(books):
    rows = table(sheet(books.opened(SUMMARY, values=True), "milestones"))
    assert [told(row, "step") for row in rows] == [
        pick(current_plan().milestones[one.milestone]) for one in ask(books, read.milestones, "2021Q3", "filed")
    ]
    assert sum(say("tasks.step_state.red") in told(row, "step_state") for row in rows) == 1


# Money and works


def test_projects_and_their_sums(books):
    page = sheet(books.opened(SUMMARY, values=True), "works")
    known = [row for row in ask(books, read_works.projects, "filed") if row.period == "2021Q3"]
    [sums] = [row for row in ask(books, read_works.together, "filed") if row.period == "2021Q3"]
    for row, one in enumerate([*known, sums], start=HEAD + 2):
        for name in ("planned", "funded", "invested", "invested_share", "pace", "behind", "unspent"):
            assert alike(said(page.cell(row, column(page, name))), getattr(one, name)), (row, name)
    assert page.cell(HEAD + 5, column(page, "invested")).value == sum(float(one.invested) for one in known)


def test_aid_per_pupil_follows_from_the_two_sums(books):
    page = sheet(books.opened(SUMMARY, values=True), "works")
    [top] = [row for row in range(1, page.max_row) if page.cell(row, 1).value == say("workbook.table.aid")]
    lines = [tuple(cell.value for cell in row[:4]) for row in page.iter_rows(min_row=top + 2, max_row=top + 10)]
    told_of = [line for line in lines if isinstance(line[1], int | float)]
    assert len(lines) == 9 and len(told_of) == 8 and ("抚顺县", "未报", "未报", "未报") in lines
    for _, amount, heads, per_head in told_of:
        assert per_head == pytest.approx(10_000 * amount / heads)
    assert lines[-1][1] == pytest.approx(sum(line[1] for line in told_of[:-1]))


def test_no_sum_is_written_where_a_project_did_not_report(books):
    page = sheet(books.opened(SUMMARY, "zh", "2021Q3", "approved", values=True), "works")
    lines = [[cell.value for cell in row] for row in page.iter_rows(min_row=HEAD + 2, max_row=HEAD + 5)]
    invested = [line[column(page, "invested") - 1] for line in lines]
    assert invested[3] == say("workbook.not_whole") and any(isinstance(value, str) for value in invested[:3])
    assert 0 not in invested


# Returns, definitions


def test_returns_that_are_missing_come_first(books):
    rows = table(sheet(books.opened(SUMMARY, values=True), "returns"))
    assert len(rows) == 25 and [told(row, "state") for row in rows[:2]] == ["未报", "退回"]
    assert {told(row, "state") for row in rows[2:]} <= {"已报", "通过", "锁定"}


def test_every_indicator_is_defined_with_the_plans_own_clause(books):
    plan = current_plan()
    rows = table(sheet(books.opened(SUMMARY, values=True), "definitions"))
    assert [told(row, "indicator") for row in rows] == [pick(one) for one in plan.indicators.values()]
    quotes = {promise.indicator: promise.quote for promise in plan.commitments.values()}
    for row, (code, one) in zip(rows, plan.indicators.items(), strict=True):
        assert told(row, "clause") == (quotes.get(code) or None) and told(row, "formula") == formula(plan, one)
    rules = dict(
        sheet(books.opened(SUMMARY, values=True), "rules").iter_rows(min_row=HEAD + 1, max_col=2, values_only=True)
    )
    assert {Lamp(light).words for light in ("green", "yellow", "red", "grey")} < rules.keys() and rules["未报齐"]
