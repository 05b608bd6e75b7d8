"""A row marked {{each unit}} is repeated: what stands below moves down, and whatever refers to cells goes along."""

from __future__ import annotations

import re

import pytest
from layout_fixtures import (  # noqa: F401  (fixtures)
    filled,
    laid,
    members,
    opened,
    packed,
    quarter,
    refused,
    snapshot,
    written,
)
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.utils.cell import range_boundaries
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.table import Table
from plan_fixtures import plan_2021

from catalogue.wording import use_language
from reports.layout import fill

PLAN = plan_2021()
UTF8_CSV = "csv:Text - txt - csv (StarCalc):44,34,76"
RED = PatternFill("solid", bgColor="FFCCCC")
# A head in row 4, the marked row 5, a total in row 6, remarks in row 8
CELLS = {
    "A4": "单位",
    "A5": "{{each unit}}{{unit.name}}",
    "B5": "{{K14.value}}",
    "C5": "=B5/B6",
    "D5": "{{K02.value@city}}",
    "E5": "照抄",
    "A6": "合计",
    "B6": "=SUM(B5:B5)",
    "C6": "=B6/2",
    "A8": "{{period}}",
    "B8": "=B6",
}


@pytest.fixture
def answered(snapshot):  # noqa: F811
    """The pupils aided of a unit, as the warehouse has them, or the word for none."""

    def told(code: str) -> object:
        row = snapshot.row("aided-pupils", code)
        return row.value if row.value == row.value else "未报"

    return told


def sheet_of(filled, edit=lambda book: None, cells=CELLS):  # noqa: F811
    return filled(cells, edit)["快报"]


# Cells


def test_each_unit_has_its_row_and_what_stands_below_is_below(filled, answered):  # noqa: F811
    sheet = sheet_of(filled)
    assert [sheet.cell(row, 1).value for row in range(4, 14)] == [
        "单位",
        *(u.name for u in PLAN.units.values()),
        "合计",
    ]
    assert [sheet.cell(row, 2).value for row in range(5, 13)] == [answered(code) for code in PLAN.units]
    assert sheet["A15"].value == "2021年第三季度" and sheet["A8"].value == "顺城区"
    assert {sheet.cell(row, 5).value for row in range(5, 13)} == {"照抄"}
    assert len({sheet.cell(row, 4).value for row in range(5, 13)}) == 1  # of the city in every row


def test_each_county_leaves_the_city_run_schools_out(filled):  # noqa: F811
    sheet = sheet_of(filled, cells={"A5": "{{each county}}", "B5": "{{unit.name}}", "B6": "合计"})
    assert [sheet.cell(row, 2).value for row in range(5, 13)] == [*(u.name for u in PLAN.counties), "合计"]
    assert not sheet["A5"].value


def test_the_mark_may_stand_beside_a_number(filled):  # noqa: F811
    assert sheet_of(filled, cells={"A5": "{{K14.value}}{{each unit}}"})["A5"].value == 420


def test_formulas_refer_to_what_they_referred_to(filled):  # noqa: F811
    sheet = sheet_of(filled)
    assert [sheet[f"C{row}"].value for row in (5, 6, 12)] == ["=B5/B13", "=B6/B13", "=B12/B13"]
    assert (sheet["B13"].value, sheet["C13"].value, sheet["B15"].value) == ("=SUM(B5:B12)", "=B13/2", "=B13")


def test_formulas_of_other_sheets_too_and_those_of_cells_with_the_same_name_elsewhere_stay(filled):  # noqa: F811
    def other(book):
        sheet = book.create_sheet("附表")
        sheet["A1"], sheet["A2"], sheet["A3"] = "=快报!B6", "=SUM('快报'!$B$5:$B$5)", "=B6+快报!A1"

    book = filled(CELLS, other)
    assert [book["附表"][f"A{n}"].value for n in (1, 2, 3)] == ["=快报!B13", "=SUM('快报'!$B$5:$B$12)", "=B6+快报!A1"]


def test_two_marked_rows_on_a_sheet(filled):  # noqa: F811
    cells = {
        "A2": "{{each county}}{{unit.name}}",
        "A3": "=A2",
        "A5": "{{each unit}}{{unit.code}}",
        "A6": "=SUM(A5:A5)",
        "A7": "末",
    }
    sheet = sheet_of(filled, cells=cells)
    assert [sheet.cell(row, 1).value for row in (2, 8, 9, 11, 18, 19, 20)] == [
        "新抚区",
        "清原满族自治县",
        "=A2",
        "210402",
        list(PLAN.units)[-1],
        "=SUM(A11:A18)",
        "末",
    ]


def test_a_column_that_goes_down_into_empty_rows_may_stand_below(filled):  # noqa: F811
    sheet = sheet_of(filled, cells={"A5": "{{each county}}{{unit.name}}", "A8": "{{unit.code@counties}}", "A15": "末"})
    assert (sheet["A14"].value, sheet["A20"].value, sheet["A21"].value) == ("210402", "210423", "末")


def test_shared_formulas_are_written_out(laid, snapshot, tmp_path):  # noqa: F811
    parts = members(laid(CELLS | {"D1": "=B1", "D2": "x", "D3": "x", "D7": "x"}).read_bytes())
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    sheet = re.sub(
        r'<c r="D1"[^>]*><f>B1</f><v ?/?>(</v>)?</c>', '<c r="D1"><f t="shared" si="0" ref="D1:D7">B1+1</f></c>', sheet
    )
    for n in (2, 3, 7):
        sheet = re.sub(rf'<c r="D{n}"[^>]*>.*?</c>', f'<c r="D{n}"><f t="shared" si="0"/></c>', sheet)
    path = tmp_path / "共用.xlsx"
    path.write_bytes(packed(parts | {"xl/worksheets/sheet1.xml": sheet.encode()}))
    found = opened(fill(path, snapshot))["快报"]
    assert [found[place].value for place in ("D1", "D2", "D14")] == ["=B1+1", "=B2+1", "=B14+1"]


def test_an_array_formula_of_one_cell_is_repeated(filled):  # noqa: F811
    edit = lambda book: book.active.__setitem__("F5", ArrayFormula("F5", "=SUM(B5:D5*2)"))  # noqa: E731
    sheet = sheet_of(filled, edit)
    assert [(sheet[f"F{n}"].value.ref, sheet[f"F{n}"].value.text) for n in (5, 12)] == [
        ("F5", "=SUM(B5:D5*2)"),
        ("F12", "=SUM(B12:D12*2)"),
    ]


# Looks and rules


def test_heights_looks_and_merges(filled):  # noqa: F811
    def look(book):
        sheet = book.active
        sheet["A5"].font, sheet["A6"].font = Font(italic=True), Font(bold=True)
        sheet.row_dimensions[5].height, sheet.row_dimensions[6].height = 31, 44
        for area in ("A1:D1", "F5:G5", "A8:D9", "H4:H5", "I3:I9"):
            sheet.merge_cells(area)

    sheet = sheet_of(filled, look)
    assert sheet["A12"].font.i and sheet["A13"].font.b and not sheet["A13"].font.i
    assert [sheet.row_dimensions[row].height for row in (5, 12, 13)] == [31, 31, 44]
    assert {str(one) for one in sheet.merged_cells.ranges} == {
        "A1:D1",
        *(f"F{row}:G{row}" for row in range(5, 13)),
        "A15:D16",
        "H4:H12",
        "I3:I16",
    }


def test_rules_lists_filters_links_names_breaks_and_print_areas(filled):  # noqa: F811
    def rules(book):
        sheet = book.active
        sheet.conditional_formatting.add("B5", CellIsRule(operator="lessThan", formula=["$B$6"], fill=RED))
        sheet.conditional_formatting.add("A8:B9", FormulaRule(formula=["B8>SUM($B$5:$B$5)"], fill=RED))
        sheet.conditional_formatting.add("A5:E5", FormulaRule(formula=["$B5>1"], fill=RED))
        choice = DataValidation(type="list", formula1="$A$8:$A$9")
        choice.add("E5:E6")
        sheet.add_data_validation(choice)
        sheet.auto_filter.ref, sheet.print_area, sheet.print_title_rows = "A4:E5", "A1:E9", "1:4"
        sheet.freeze_panes = "A5"
        sheet["A8"].hyperlink = "#快报!A6"
        sheet.row_breaks.append(Break(id=6))
        book.defined_names["合计"] = DefinedName("合计", attr_text="'快报'!$B$6")
        book.defined_names["单位"] = DefinedName("单位", attr_text="'快报'!$A$5:$A$5")

    book = filled(CELLS, rules)
    sheet = book["快报"]
    told = {str(one.sqref): [rule.formula for rule in one.rules] for one in sheet.conditional_formatting}
    assert told == {"B5:B12": [["$B$13"]], "A15:B16": [["B15>SUM($B$5:$B$12)"]], "A5:E12": [["$B5>1"]]}
    [choice] = sheet.data_validations.dataValidation
    assert (str(choice.sqref), choice.formula1) == ("E5:E13", "$A$15:$A$16")
    assert (sheet.auto_filter.ref, sheet.print_area, sheet.print_title_rows) == ("A4:E12", "'快报'!$A$1:$E$16", "$1:$4")
    assert sheet.freeze_panes == "A5" and [one.id for one in sheet.row_breaks.brk] == [13]
    assert sheet["A15"].hyperlink.ref == "A15"
    assert book.defined_names["合计"].attr_text == "'快报'!$B$13"
    assert book.defined_names["单位"].attr_text == "'快报'!$A$5:$A$12"


def test_the_numbers_of_every_row_are_in_the_proof(laid, snapshot):  # noqa: F811
    from reports.verify import verify

    [checked] = verify("快报.xlsx", fill(laid(CELLS), snapshot))
    assert checked.holds
    places = {one.place for one in checked.proof.numbers if one.indicator == "aided-pupils"}
    assert {"快报!B5", "快报!B6"} <= places and all(
        range_boundaries(place.partition("!")[2])[1] <= 12 for place in places
    )


# What cannot be repeated


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda book: book.active.merge_cells("F5:F6"), "合并单元格 F5:F6 从这一行向下合并"),
        (lambda book: book.active.__setitem__("F4", ArrayFormula("F4:F6", "=B4:B6*2")), "快报!F4 是跨多行的数组公式"),
        (lambda book: _table(book, "G5:H7"), "套用格式的表格（备查）"),
        (lambda book: book.active.__setitem__("F8", "=SUM(Sheet1:Sheet3!B6)"), "公式中的引用 Sheet1:Sheet3!B6"),
    ],
)
def test_what_would_come_out_half_right_is_refused_with_its_reason(refused, edit, said):  # noqa: F811
    told = refused(CELLS, edit)
    assert told.startswith("快报!5：") and said in told


def _table(book, area):
    for cell in ("G5", "H5"):
        book.active[cell] = cell
    book.active.add_table(Table(displayName="备查", ref=area))


def test_marks_that_contradict_each_other(refused):  # noqa: F811
    assert refused({"A5": "{{each unit}}", "B5": "{{each county}}"}).startswith("快报!5：这一行既写了")
    assert "不能再用“@units”" in refused({"A5": "{{each unit}}", "B5": "{{K02.value@units}}"})


def test_a_wrong_placeholder_in_a_repeated_row_is_named(refused):  # noqa: F811
    told = refused({"A5": "{{each unit}}", "B5": "{{K99.value}}", "A8": "{{nonsense}}"}).splitlines()
    assert [line.partition("：")[0] for line in told] == ["快报!B5", "快报!A8"]  # where they stand in the layout


def test_a_row_is_repeated_beside_a_comment_of_openpyxl(filled):  # noqa: F811
    sheet = sheet_of(filled, lambda book: setattr(book.active["A8"], "comment", Comment("说明", "局")))
    assert sheet["A15"].comment.text == "说明"


def test_in_english(filled):  # noqa: F811
    use_language("en")
    assert sheet_of(filled)["A5"].value == "Xinfu"
