"""The two plans: what they hold, and the sheets every reporter gets from them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from plan_fixtures import FOLDER_2021, FOLDER_SMALL, copy_of, plan_2021, small_plan

from catalogue.layout import layout
from catalogue.load import current_plan, digest, examine, load_plan, plan_folder
from catalogue.model import Plan, Slot
from catalogue.period import Period

PLANS = (plan_2021, small_plan)


# Facts of 2021


def test_the_plan_of_2021_has_no_mistakes():
    assert examine(FOLDER_2021)[1] == []


def test_it_is_the_plan_of_fushun_for_the_four_quarters_of_2021():
    plan = plan_2021()
    assert (plan.city, plan.document, plan.issued) == ("抚顺市", "抚教发〔2021〕1号", date(2021, 2, 22))
    assert [str(period) for period in plan.periods] == ["2021Q1", "2021Q2", "2021Q3", "2021Q4"]
    assert str(plan.baseline_period) == "2020Q4"


def test_five_sections_thirty_tasks():
    plan = plan_2021()
    assert list(plan.sections) == [1, 2, 3, 4, 5]
    assert list(plan.tasks) == list(range(1, 31))
    assert len(plan.milestones) == 84
    assert {milestone.task for milestone in plan.milestones.values()} == set(plan.tasks)


def test_seven_counties_and_the_citys_own_schools_report():
    plan = plan_2021()
    assert {unit.code: unit.name for unit in plan.counties} == {
        "210402": "新抚区",
        "210403": "东洲区",
        "210404": "望花区",
        "210411": "顺城区",
        "210421": "抚顺县",
        "210422": "新宾满族自治县",
        "210423": "清原满族自治县",
    }
    assert [unit.code for unit in plan.units.values() if unit.kind == "direct"] == ["210400"]
    assert {unit.name: unit.tile for unit in plan.units.values()} == {
        "顺城区": (0, 1), "望花区": (1, 0), "新抚区": (1, 1), "东洲区": (1, 2), "清原满族自治县": (1, 3),
        "市直": (2, 0), "抚顺县": (2, 2), "新宾满族自治县": (2, 3),
    }  # fmt: skip


def test_forty_commitments_and_seven_directions_fourteen_in_figures():
    commitments = plan_2021().commitments
    assert list(commitments) == [*(f"K{n:02}" for n in range(1, 41)), *(f"D{n:02}" for n in range(1, 8))]
    numerals = [code for code, commitment in commitments.items() if commitment.numeral]
    assert numerals == ["K01", "K02", "K03", "K04", "K05", *(f"K{n:02}" for n in range(7, 16))]
    assert all(c.value is None for code, c in commitments.items() if code.startswith("D"))
    assert (commitments["K02"].value, commitments["K14"].value) == (Decimal(46), Decimal(15000))


def test_returns_are_due_on_the_tenth_or_the_next_working_day():
    assert plan_2021().deadlines == {
        Period(2021, 1): date(2021, 4, 12),  # the 10th was a Saturday
        Period(2021, 2): date(2021, 7, 12),  # Saturday
        Period(2021, 3): date(2021, 10, 11),  # Sunday
        Period(2021, 4): date(2022, 1, 10),
    }
    assert all(due.weekday() < 5 for due in plan_2021().deadlines.values())


def test_no_county_target_is_invented():
    assert plan_2021().subtargets == ()
    assert not (FOLDER_2021 / "subtargets.toml").exists()


def test_four_forms_and_who_owes_them():
    plan = plan_2021()
    assert {code: len(plan.reporters(code)) for code in plan.forms} == {
        "county": 8, "project": 1, "department": 16, "backfill": 1,
    }  # fmt: skip
    assert plan.reporters("project") == ("planning",)
    assert list(plan.forms["county"].sheets.values()) == [
        "学前教育", "义务教育", "职业教育与培训", "学生资助", "校园安全与保障", "教师队伍与其他",
    ]  # fmt: skip


# Layouts


def layouts(plan: Plan):
    return [layout(plan, form, reporter) for form in plan.forms for reporter in plan.reporters(form)]


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.__name__)
def test_every_layout_has_sheets_and_one_row_to_a_code(plan):
    for each in layouts(plan()):
        assert each.sheets, each.reporter
        assert len({sheet.name for sheet in each.sheets}) == len(each.sheets)
        for sheet in each.sheets:
            assert sheet.lines, sheet.name
            for coded in (sheet.lines, sheet.columns):
                assert [code for code, n in Counter(item.code for item in coded).items() if n > 1] == []


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.__name__)
def test_an_answer_stands_in_one_place_and_in_an_entry_column(plan):
    for each in layouts(plan()):
        slots = [slot for sheet in each.sheets for line in sheet.lines for slot in line.slots.values()]
        assert len(slots) == len(set(slots)) == len(each.slots())
        assert {column.role for _, _, column in each.slots().values()} == {"entry"}
        assert all(slot.element in plan().elements for slot in slots)


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.__name__)
def test_every_element_is_asked_of_somebody(plan):
    asked = {slot.element for each in layouts(plan()) for slot in each.slots()}
    assert asked == set(plan().elements)


def test_only_xinbin_is_asked_about_its_pilot_kindergartens():
    asked = [
        unit
        for unit in plan_2021().units
        if Slot(element="kindergarten.anji_pilots", subject=unit) in layout(plan_2021(), "county", unit).slots()
    ]
    assert asked == ["210422"]


def test_the_project_return_has_three_works_with_their_total_and_a_row_per_county():
    works, toilets = layout(plan_2021(), "project", "planning").sheets
    assert [line.code for line in works.lines] == ["P01", "P02", "P03", "P00"]
    assert [column.title for column in works.columns] == [
        "上期完成投资", "到位资金", "完成投资", "完成面积", "形象进度", "开工日期", "完工日期", "变化原因",
    ]  # fmt: skip
    assert "area" in works.lines[0].slots and "area" not in works.lines[1].slots
    assert [line.code for line in toilets.lines] == [unit.code for unit in plan_2021().counties] + ["W00"]
    assert toilets.lines[-1].slots["current"] == Slot(element="toilets.renovated.total", subject="planning")


def test_a_department_reports_its_own_tasks_milestones_and_counts():
    tasks, milestones, counts = layout(plan_2021(), "department", "personnel").sheets
    assert [line.code for line in tasks.lines] == ["T07", "T15", "T18", "T19"]
    assert [line.code for line in milestones.lines] == ["M07-1", "M07-3", "M19-2", "M19-3", "M19-4", "M19-6"]
    assert [line.code for line in counts.lines] == ["G05", "G06"]


def test_tasks_9_and_30_are_filed_though_their_first_unit_is_a_collective_label():
    for department, row in (("compulsory", "T09"), ("office", "T30")):
        assert row in [line.code for line in layout(plan_2021(), "department", department).sheets[0].lines]


def test_the_history_form_has_a_row_per_unit_and_a_column_per_number():
    preschool = layout(plan_2021(), "backfill", "city").sheets[0]
    assert [line.code for line in preschool.lines] == list(plan_2021().units)
    # A06 and A07 are ratios, which nobody types into history
    assert [column.code for column in preschool.columns] == [
        "A01",
        "A02",
        "A03",
        "A04",
        "A05",
        *(f"A{n:02}" for n in range(8, 13)),
    ]


def test_who_does_not_owe_a_form_gets_no_layout():
    with pytest.raises(ValueError, match="'210422' does not file the form 'project'"):
        layout(plan_2021(), "project", "210422")


# Another city, another year


def test_a_second_plan_works_without_a_change_of_code():
    plan = small_plan()
    assert (plan.city, [str(period) for period in plan.periods][-1]) == ("演示市", "2022Q4")
    assert (len(plan.units), len(plan.counties), len(plan.tasks)) == (3, 2, 2)
    assert {indicator.scope for indicator in plan.indicators.values()} == {"city", "sum", "each", "bureau"}
    assert plan.baselines["inclusive-share"].value == Decimal("82.5")
    assert [(s.unit, s.value) for s in plan.subtargets] == [("990121", 4), ("990102", 2)]


def test_its_forms_may_be_called_what_they_like():
    office = layout(small_plan(), "office", "basic")
    assert [(sheet.name, [line.code for line in sheet.lines]) for sheet in office.sheets] == [
        ("例会", ["G01"]), ("任务进展", ["T01", "T02"]), ("节点进展", ["M2-3"]),
    ]  # fmt: skip
    assert [line.code for line in layout(small_plan(), "quarterly", "990100").sheets[0].lines] == [
        "Y01", "Y02", "Y03", "Y04", "Y05", "Y07", "Y08",
    ]  # fmt: skip
    assert [sheet.name for sheet in layout(small_plan(), "history", "city").sheets] == ["学前教育", "校园安全"]


def test_it_says_everywhere_that_it_is_demo_data():
    assert small_plan().demo
    assert "演示数据" in small_plan().title and "演示数据" in small_plan().document
    assert all("演示数据" in form.title for form in small_plan().forms.values())


# Which plan is in force


def test_the_plan_in_force_is_the_newest_year_or_the_one_asked_for(monkeypatch):
    monkeypatch.delenv("DASHBOARD_PLAN", raising=False)
    assert plan_folder().name == max(path.name for path in FOLDER_2021.parent.iterdir())
    monkeypatch.setenv("DASHBOARD_PLAN", "2021")
    assert current_plan().code == "2021"
    monkeypatch.setenv("DASHBOARD_PLAN", str(FOLDER_SMALL))
    assert current_plan().city == "演示市"


def test_a_changed_file_is_read_again_and_changes_the_digest(tmp_path, monkeypatch):
    folder = copy_of(FOLDER_SMALL, tmp_path)
    monkeypatch.setenv("DASHBOARD_PLAN", str(folder))
    before = current_plan()
    assert current_plan() is before
    lights = folder / "lights.toml"
    lights.write_text(lights.read_text("utf-8").replace("yellow_within = 20", "yellow_within = 25"), "utf-8")
    after = current_plan()
    assert after.lights.pace_yellow_within == Decimal(25)
    assert after.digest != before.digest
    assert digest(folder) == after.digest == load_plan(folder).digest
