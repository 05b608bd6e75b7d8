"""Templates: what an office gets to fill, cell by cell."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from plan_fixtures import plan_2021, small_plan
from returns_fixtures import FORMS, HEADER_ROW, answers, opened, read, sheet_of, template, told

from catalogue.layout import layout
from catalogue.period import Period
from etl.reading.formulas import formulas
from etl.template import template_name, write_template

GUIDE = "填报说明"
Q3 = Period(2021, 3)


def validations(sheet) -> dict[str, object]:
    return {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}


@pytest.mark.parametrize(("form", "reporter"), FORMS)
def test_the_same_template_has_the_same_bytes(form, reporter):
    given = answers(form, reporter)
    assert template(form, reporter, current=given, previous=given) == template(
        form, reporter, current=given, previous=given
    )


def test_the_same_bytes_also_from_another_process():
    script = "import hashlib; from returns_fixtures import filled; print(hashlib.sha256(filled()).hexdigest())"
    root = Path(__file__).parents[2]
    hashes = {
        subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=root,
            env={"PYTHONPATH": f"{root}:{root / 'tests/support'}", "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(hashes) == 1


@pytest.mark.parametrize(
    ("form", "reporter", "name"),
    [
        ("county", "210402", "抚顺市_新抚区_2021年第三季度_教育工作要点县区季度报表.xlsx"),
        ("department", "senior-high", "抚顺市_高中科_2021年第三季度_教育工作要点责任单位季度报表.xlsx"),
        ("project", "planning", "抚顺市_规划科_2021年第三季度_改善办学条件项目进度季度报表.xlsx"),
        ("backfill", "city", "抚顺市_2021年第三季度_历史数据补录表.xlsx"),
    ],
)
def test_file_names_say_city_reporter_quarter_and_form(form, reporter, name):
    assert template_name(plan_2021(), form, reporter, Q3) == name


def test_a_reporter_who_does_not_owe_the_form_gets_none():
    with pytest.raises(ValueError, match="210402"):
        write_template(plan_2021(), "project", "210402", Q3)


@pytest.mark.parametrize(("form", "reporter"), FORMS)
def test_every_sheet_carries_the_identity(form, reporter):
    book = opened(template(form, reporter, "2021Q3"))
    identity = f"{form}/2021.1/{reporter}/2021Q3"
    assert book.sheetnames == [sheet.name for sheet in layout(plan_2021(), form, reporter).sheets] + [GUIDE]
    assert {sheet["A1"].value for sheet in book} == {identity}
    assert book.properties.keywords == identity
    assert book.custom_doc_props["return"].value == identity
    assert book.defined_names["return_identity"].value == f'"{identity}"'
    assert book.properties.created == datetime(2021, 2, 22)


def test_the_head_says_what_an_office_looks_for():
    sheet = sheet_of("学前教育")
    assert sheet["A2"].value == "市委教育工委 市教育局2021年工作要点（抚教发〔2021〕1号）"
    assert sheet["A3"].value == "教育工作要点县区季度报表（学前教育）"
    assert [cell.value for cell in sheet[4] if cell.value] == [
        "填报单位（盖章）：新抚区", "填报期：2021年第三季度", "计量单位：见各行计量单位",
    ]  # fmt: skip
    assert [cell.value for cell in sheet[5]] == ["代码", "指标名称", "计量单位", "上期", "本期", "变化原因"]
    assert [cell.value for cell in sheet[6]] == [None, None, None, "2021年第二季度", "2021年第三季度", None]
    assert [cell.value for cell in sheet[9]][:3] == ["A03", "其中：公办园在园幼儿", "人"]
    assert sheet["B9"].alignment.indent == 1


def test_a_grid_prints_measures_below_titles_and_codes_above_them():
    works = sheet_of("项目进度", "project", "planning")
    assert [cell.value for cell in works[5]] == [
        "代码", "项目名称", "上期完成投资", "到位资金", "完成投资", "完成面积", "形象进度", "开工日期", "完工日期", "变化原因",
    ]  # fmt: skip
    assert [cell.value for cell in works[6]][2:6] == ["万元", "万元", "万元", "平方米"]
    history = sheet_of("学前教育", "backfill", "city")
    assert [history.cell(row, 3).value for row in (5, 6, 7)] == ["A01", "幼儿园总数", "所"]


@pytest.mark.parametrize(("demo", "shown"), [(True, "演示数据"), (False, None)])
def test_demonstration_data_says_so_on_screen_and_paper(demo, shown):
    plan = replace(plan_2021(), demo=demo)
    sheet = opened(template(plan=plan))["学前教育"]
    assert sheet["F1"].value == shown
    assert sheet.oddFooter.left.text == shown


# Locked and unlocked


@pytest.mark.parametrize(("form", "reporter"), FORMS)
def test_only_what_is_to_be_filled_can_be_changed(form, reporter):
    plan, quarter = plan_2021(), "2021Q4"
    book, shape = opened(template(form, reporter, quarter)), layout(plan, form, reporter)
    computed = formulas(plan, shape)
    to_fill = sum(slot not in computed for slot in shape.slots())
    reasons = sum(len(sheet.lines) for sheet in shape.sheets if any(c.role == "reason" for c in sheet.columns))
    open_cells = [
        cell for sheet in book for row in sheet.iter_rows(min_row=HEADER_ROW + 1) for cell in row
        if not cell.protection.locked and cell.fill.fill_type and type(cell).__name__ == "Cell" and cell.border.top.style
    ]  # fmt: skip
    assert len(open_cells) == to_fill + reasons
    for sheet in book:
        assert sheet.protection.sheet is True
        assert sheet.protection.password is None


@pytest.mark.parametrize(
    ("cell", "locked"),
    [("A7", True), ("B7", True), ("C7", True), ("D7", True), ("E7", False), ("F7", False), ("E8", True), ("E12", True)],
)
def test_codes_names_last_quarter_and_formulas_are_locked(cell, locked):
    assert sheet_of("学前教育")[cell].protection.locked is locked


def test_last_quarter_is_filled_in_and_locked():
    sheet = sheet_of(
        "学前教育", previous={("kindergarten.sites", "210402"): Decimal(34), ("kindergarten.estate", "210402"): "/"}
    )
    assert [sheet[cell].value for cell in ("D7", "D14", "D8")] == [34, "/", None]


def test_rows_not_yet_due_are_locked_and_say_from_when():
    before, after = (sheet_of("职业教育与培训", quarter=quarter) for quarter in ("2021Q2", "2021Q3"))
    assert (before["E12"].protection.locked, before["F12"].value, before["F12"].protection.locked) == (
        True,
        "第三季度起填报",
        True,
    )
    assert (after["E12"].protection.locked, after["F12"].value) == (False, None)
    assert before["E12"].fill.fgColor.rgb != after["E12"].fill.fgColor.rgb
    assert "E12" not in validations(before)
    assert "E12" in validations(after)


# Validation and hints


@pytest.mark.parametrize(
    ("form", "reporter", "sheet", "cell", "kind", "formula"),
    [
        ("county", "210402", "学前教育", "E7", "whole", "0"),
        ("county", "210402", "学前教育", "E14", "custom", 'IF(ISNUMBER(E14),AND(E14>=0,INT(E14)=E14),E14="/")'),
        ("county", "210402", "学生资助", "E14", "decimal", "0"),
        ("project", "planning", "项目进度", "E7", "decimal", "0"),
        ("project", "planning", "项目进度", "G7", "list", '"前期准备,招标采购,施工中,已完工,已验收"'),
        ("project", "planning", "项目进度", "H7", "date", "32874"),
        ("department", "compulsory", "任务进展", "C6", "list", '"未启动,推进中,已完成,受阻"'),
        ("department", "compulsory", "任务进展", "D6", "textLength", "2000"),
    ],
)
def test_cells_take_only_what_fits_their_kind(form, reporter, sheet, cell, kind, formula):
    rule = validations(sheet_of(sheet, form, reporter))[cell]
    assert (rule.type, rule.formula1, rule.showErrorMessage) == (kind, formula, True)


@pytest.mark.parametrize(("form", "reporter"), FORMS)
def test_every_cell_to_fill_has_a_hint_that_a_workbook_can_hold(form, reporter):
    plan = plan_2021()
    book, shape = opened(template(form, reporter)), layout(plan, form, reporter)
    rules = [rule for sheet in book for rule in validations(sheet).values()]
    assert len(rules) == len(shape.slots())
    for rule in rules:
        assert 1 <= len(rule.promptTitle) <= 32
        assert 1 <= len(rule.prompt) <= 255


def test_a_hint_is_the_definition_and_how_to_answer():
    rules = validations(sheet_of("义务教育"))
    assert rules["E14"].promptTitle == "义务教育辍学人数"
    assert (
        rules["E14"].prompt
        == "期末仍处于辍学状态的适龄儿童少年；没有必须填0，不得留空。\n填期末数。没有填0，不得留空。"
    )


# Another plan, every reporter


def test_every_form_of_another_plan_is_written_and_read_by_the_same_code():
    plan = small_plan()
    for form in plan.forms:
        for reporter in plan.reporters(form):
            given = answers(form, reporter, str(plan.last), plan)
            content = template(form, reporter, str(plan.last), plan=plan, current=given)
            assert told(read(content, plan)) == given


def test_every_reporter_of_the_plan_has_a_template():
    plan = plan_2021()
    written = {
        template_name(plan, form, reporter, Q3): write_template(plan, form, reporter, Q3)
        for form in plan.forms
        for reporter in plan.reporters(form)
    }
    assert len(written) == 8 + 1 + len(plan.reporters("department")) + 1
