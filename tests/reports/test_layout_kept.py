"""The bureau's own tables keep their form: what is not a placeholder goes out as it came in."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import pytest
from briefing_fixtures import PIXEL
from layout_fixtures import (  # noqa: F401  (fixtures)
    filled,
    laid,
    members,
    opened,
    packed,
    quarter,
    snapshot,
    written,
)
from libreoffice import LO, converted
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from python_calamine import CalamineWorkbook

from reports.layout import fill

UTF8_CSV = "csv:Text - txt - csv (StarCalc):44,34,76"


@pytest.fixture
def rich(tmp_path):
    """With a chart, a picture, a text box, sparklines and data bars over placeholders, and a sheet of its own for the chart's data."""

    def write(book):
        sheet, other = book.add_worksheet("快报"), book.add_worksheet("附表")
        bold, number = book.add_format({"bold": True}), book.add_format({"num_format": "0.0"})
        sheet.write("A1", "{{period}}快报", bold)
        sheet.write("A3", "{{unit.name@counties}}")
        sheet.write("B3", "{{K02.value@counties}}", number)
        sheet.write_rich_string("A12", "全市", bold, "{{K02.value}}", "，请阅")
        sheet.write_formula("B10", "=SUM(B3:B9)", number, 0)
        sheet.write_formula("C3", '=IF(B3>50,"高","低")', None, "高")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"name": "='快报'!$A$1", "categories": "='快报'!$A$3:$A$9", "values": "='快报'!$B$3:$B$9"})
        sheet.insert_chart("E2", chart)
        sheet.insert_image("E20", "徽标.png", {"image_data": BytesIO(PIXEL)})
        sheet.insert_textbox("E25", "说明：数据由各县区报送")
        sheet.add_sparkline("D3", {"range": "'快报'!B3:B9"})
        sheet.conditional_format("B3:B9", {"type": "data_bar", "data_bar_2010": True})
        sheet.set_header("&C内部资料")
        sheet.set_footer("&P / &N")
        sheet.autofilter("A2:B9")
        sheet.write_comment("B2", "单位：%")
        other.write("A1", "不动")

    return written(tmp_path, write)


# Cells


def test_merged_cells_widths_and_looks_stay(filled):  # noqa: F811
    edge = Border(bottom=Side(style="double", color="C00000"))

    def look(book):
        sheet = book.active
        sheet.merge_cells("A1:D1")
        sheet["A1"].font, sheet["A1"].alignment = (
            Font(name="方正小标宋简体", size=22, color="C00000"),
            Alignment(horizontal="center"),
        )
        sheet["B2"].fill, sheet["B2"].border = PatternFill("solid", fgColor="FFEECC"), edge
        sheet.column_dimensions["A"].width, sheet.row_dimensions[1].height = 33, 40
        sheet.freeze_panes = "A2"

    sheet = filled({"A1": "{{city}}快报", "B2": "{{K02.value}}"}, look)["快报"]
    assert [str(one) for one in sheet.merged_cells.ranges] == ["A1:D1"]
    assert (sheet["A1"].font.name, sheet["A1"].font.sz, sheet["A1"].alignment.horizontal) == (
        "方正小标宋简体",
        22,
        "center",
    )
    assert sheet["B2"].fill.fgColor.rgb == "00FFEECC" and sheet["B2"].border.bottom.style == "double"
    assert (sheet.column_dimensions["A"].width, sheet.row_dimensions[1].height, sheet.freeze_panes) == (33, 40, "A2")


def test_what_is_no_placeholder_stays_what_it_is(filled):  # noqa: F811
    cells = {
        "A1": "{{city}}",
        "A2": 12.5,
        "A3": True,
        "A4": date(2021, 9, 30),
        "A5": "=A2*2",
        "A6": "{单括号}",
        "A7": "  空格  ",
    }
    sheet = filled(cells)["快报"]
    assert [sheet[f"A{n}"].value for n in (2, 3, 5, 6, 7)] == [12.5, True, "=A2*2", "{单括号}", "  空格  "]
    assert sheet["A4"].value.date() == date(2021, 9, 30)


def test_the_parts_of_a_text_keep_their_faces(laid, snapshot):  # noqa: F811
    text = CellRichText("全市", TextBlock(InlineFont(b=True, color="00C00000"), "{{K02.value}}"), "，请阅")
    sheet = opened(fill(laid({"A1": text}), snapshot), rich_text=True)["快报"]
    first, second, third = sheet["A1"].value
    assert (str(first), second.text, str(third)) == ("全市", "45.79%", "，请阅") and second.font.b


def test_a_placeholder_cut_in_two_by_faces_is_filled_in_the_first_face(laid, snapshot):  # noqa: F811
    text = CellRichText(TextBlock(InlineFont(b=True), "{{K02"), TextBlock(InlineFont(i=True), ".value}}达到"))
    sheet = opened(fill(laid({"A1": text}), snapshot))["快报"]
    assert sheet["A1"].value == "45.79%达到"


# Rules, names, print


def test_rules_lists_names_and_print_set_up_stay(filled):  # noqa: F811
    def rules(book):
        sheet = book.active
        sheet.conditional_formatting.add(
            "B3:B10", CellIsRule(operator="lessThan", formula=["46"], fill=PatternFill("solid", bgColor="FFCCCC"))
        )
        choice = DataValidation(type="list", formula1='"是,否"')
        choice.add("C3:C10")
        sheet.add_data_validation(choice)
        sheet.print_area, sheet.print_title_rows = "A1:D20", "1:2"
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
        sheet.oddFooter.center.text = "第 &P 页"
        book.defined_names["合计"] = DefinedName("合计", attr_text="'快报'!$B$11")

    book = filled({"B3": "{{K02.value@units}}", "B11": "{{K02.value}}"}, rules)
    sheet = book["快报"]
    assert [str(one.sqref) for one in sheet.conditional_formatting] == ["B3:B10"]
    assert sheet.data_validations.dataValidation[0].formula1 == '"是,否"'
    assert (sheet.print_area, sheet.print_title_rows, sheet.page_setup.orientation) == (
        "'快报'!$A$1:$D$20",
        "$1:$2",
        "landscape",
    )
    assert sheet.oddFooter.center.text == "第 &P 页" and book.defined_names["合计"].attr_text == "'快报'!$B$11"


def test_what_stands_below_a_table_stays_where_it_was_and_formulas_with_it(filled):  # noqa: F811
    sheet = filled({"B3": "{{K14.value@units}}", "A11": "合计", "B11": "=SUM(B3:B10)", "B12": "=B11/2", "D1": "=B11"})[
        "快报"
    ]
    assert (sheet["A11"].value, sheet["B11"].value, sheet["B12"].value, sheet["D1"].value) == (
        "合计",
        "=SUM(B3:B10)",
        "=B11/2",
        "=B11",
    )


def test_formulas_are_computed_anew_by_whoever_opens_the_file(rich, snapshot):  # noqa: F811
    content = fill(rich, snapshot)
    assert opened(content, data_only=True)["快报"]["B10"].value is None  # not the 0 of a table of placeholders
    assert opened(content)["快报"]["B10"].value == "=SUM(B3:B9)"
    assert b'fullCalcOnLoad="1"' in members(content)["xl/workbook.xml"]


# What a library that rewrites workbooks would lose


def test_pictures_boxes_comments_and_other_parts_are_the_same_bytes(rich, snapshot):  # noqa: F811
    before, after = members(rich.read_bytes()), members(fill(rich, snapshot))
    touched = {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "docProps/core.xml",
        "xl/worksheets/sheet1.xml",
        "xl/charts/chart1.xml",
    }
    same = before.keys() - touched - {"xl/worksheets/sheet2.xml"}
    assert {name for name in same if before[name] != after[name]} == set()
    assert {"xl/media/image1.png", "xl/drawings/drawing1.xml", "xl/comments1.xml"} <= same
    assert after.keys() - before.keys() == {"xl/worksheets/sheet3.xml"}  # the proof


def test_sparklines_and_data_bars_stay(rich, snapshot):  # noqa: F811
    sheet = members(fill(rich, snapshot))["xl/worksheets/sheet1.xml"].decode()
    assert "x14:sparkline>" in sheet and "x14:dataBar" in sheet and "内部资料" in sheet and "<autoFilter" in sheet


def test_a_chart_keeps_its_ranges_and_forgets_the_placeholders(rich, snapshot):  # noqa: F811
    chart = members(fill(rich, snapshot))["xl/charts/chart1.xml"].decode()
    assert re.findall(r"<c:f>(.*?)</c:f>", chart) == ["'快报'!$A$1", "'快报'!$A$3:$A$9", "'快报'!$B$3:$B$9"]
    assert "Cache" not in chart and "{{" not in chart


def test_other_readers_open_it(rich, snapshot, tmp_path):  # noqa: F811
    path = tmp_path / "填好.xlsx"
    path.write_bytes(fill(rich, snapshot))
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("快报").to_python()
    assert rows[2][0] == "新抚区" and rows[2][1] == pytest.approx(48.84763124199744)


def test_libreoffice_opens_it_and_computes_its_formulas(rich, snapshot, tmp_path):  # noqa: F811
    if LO is None:
        pytest.skip("LibreOffice is not installed")
    path = tmp_path / "filled.xlsx"
    path.write_bytes(fill(rich, snapshot))
    lines = converted(path, UTF8_CSV, tmp_path).read_text("utf-8").splitlines()
    assert lines[0].startswith("2021年第三季度快报") and lines[2].startswith("新抚区,48.8,低")
    shares = [cell.value for row in opened(path.read_bytes())["快报"]["B3:B9"] for cell in row]
    reported = [share for share in shares if isinstance(share, float)]  # the others are a dash
    assert lines[9].split(",")[1] == f"{sum(reported):.1f}" and len(reported) == 6


# The proof


def test_the_proof_lies_in_a_sheet_that_is_not_shown_and_in_the_properties(laid, snapshot):  # noqa: F811
    book = opened(
        fill(
            laid(
                {"A1": "{{K02.value}}", "A2": "{{ proof }}"},
                lambda book: setattr(book.properties, "description", "局里的说明"),
            ),
            snapshot,
        )
    )
    assert book.sheetnames == ["快报", "_proof"] and book["_proof"].sheet_state == "veryHidden"
    assert "校验码" in book["快报"]["A2"].value
    assert book.properties.description == f"局里的说明\n{book['快报']['A2'].value}"


def test_a_filled_file_may_serve_as_a_layout_again(laid, snapshot, tmp_path):  # noqa: F811
    path = tmp_path / "再用.xlsx"
    path.write_bytes(fill(laid({"A1": "{{K02.value}}"}), snapshot))
    assert opened(fill(path, snapshot)).sheetnames == ["快报", "_proof"]


def test_what_begins_like_a_formula_is_a_text(laid, snapshot):  # noqa: F811
    cell = opened(fill(laid({"A1": "'={{city}}", "A2": "+{{city}}", "A3": "@{{city}}"}), snapshot))["快报"]
    assert all(cell[place].data_type == "s" for place in ("A1", "A2", "A3")) and cell["A2"].quotePrefix


def test_a_workbook_whose_rows_and_cells_do_not_say_where_they_stand(laid, snapshot, tmp_path):  # noqa: F811
    parts = members(laid({"A1": "{{city}}", "A2": "{{K14.value}}"}).read_bytes())
    bare = re.sub(rb' (r|spans)="[A-Z]*\d+(:\d+)?"', b"", parts["xl/worksheets/sheet1.xml"])
    path = tmp_path / "无序号.xlsx"
    path.write_bytes(packed(parts | {"xl/worksheets/sheet1.xml": bare}))
    sheet = opened(fill(path, snapshot))["快报"]
    assert (sheet["A1"].value, sheet["A2"].value) == ("抚顺市", 11400)
