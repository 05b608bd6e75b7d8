"""A row is repeated: charts, pictures, small lines, comments, formatted tables and formulas go along; what would not is refused."""

from __future__ import annotations

import csv
import io
import re
from io import BytesIO

import pytest
from briefing_fixtures import PIXEL
from layout_fixtures import laid, members, packed, quarter, snapshot, written  # noqa: F401  (fixtures)
from libreoffice import LO, converted

from reports.layout import LayoutBroken, fill
from reports.layout_shift import Shift, Unmovable

UTF8_CSV = "csv:Text - txt - csv (StarCalc):44,34,76"
CELLS = {"A5": "{{each unit}}{{unit.name}}", "B5": "{{K14.value}}", "B6": "=SUM(B5:B5)"}


@pytest.fixture
def rich(tmp_path):
    """With charts beside and below, a picture, a text box that shows a cell, small lines, data bars, a comment and a table below."""

    def write(book):
        sheet, other = book.add_worksheet("快报"), book.add_worksheet("图")
        number = book.add_format({"num_format": "0.0"})
        sheet.write_row("A4", ["单位", "占比", "人数", "走势"])
        sheet.write("A5", "{{each county}}{{unit.name}}")
        sheet.write("B5", "{{K02.value}}", number)
        sheet.write("C5", "{{K14.value}}")
        sheet.write("A6", "合计")
        sheet.write_formula("C6", "=SUM(C5:C5)", None, 0)
        sheet.write_formula("D6", "=SUM(C6:C6)*2", None, 0)
        for place, on in (("F2", sheet), ("A20", sheet), ("A1", other)):
            chart = book.add_chart({"type": "column"})
            chart.add_series({"name": "='快报'!$C$4", "categories": "='快报'!$A$5", "values": "='快报'!$C$5:$C$5"})
            chart.add_series({"values": "='快报'!$C$6:$D$6"})
            on.insert_chart(place, chart, {"object_position": 2 if place == "A20" else 1})
        sheet.insert_image("A10", "徽标.png", {"image_data": BytesIO(PIXEL), "object_position": 2})
        sheet.insert_textbox("F30", "", {"textlink": "=快报!$A$6"})
        sheet.add_sparkline("D5", {"range": "'快报'!B5:C5"})
        sheet.add_sparkline("E6", {"range": "'快报'!C5:C6"})
        sheet.conditional_format("B5:B5", {"type": "data_bar", "data_bar_2010": True})
        sheet.write_comment("A6", "单位：人")
        sheet.add_table("A14:B16", {"columns": [{"header": "甲"}, {"header": "乙"}], "name": "备查"})

    return written(tmp_path, write)


def test_charts_follow_their_ranges_on_every_sheet(rich, snapshot):  # noqa: F811
    parts = members(fill(rich, snapshot))
    for n in (1, 2, 3):
        told = re.findall(r"<c:f>(.*?)</c:f>", parts[f"xl/charts/chart{n}.xml"].decode())
        assert told == ["'快报'!$C$4", "'快报'!$A$5:$A$11", "'快报'!$C$5:$C$11", "'快报'!$C$12:$D$12"]


def test_pictures_and_charts_below_move_and_one_beside_is_stretched(rich, snapshot):  # noqa: F811
    before, after = (
        members(content)["xl/drawings/drawing1.xml"].decode() for content in (rich.read_bytes(), fill(rich, snapshot))
    )
    rows = [list(map(int, re.findall(r"<xdr:row>(\d+)</xdr:row>", text))) for text in (before, after)]
    pairs = [sorted(zip(one[::2], one[1::2], strict=True)) for one in rows]
    beside, below = pairs[0][0], pairs[0][1]
    assert pairs[1][0] == (beside[0], beside[1] + 6) and pairs[1][1] == (below[0] + 6, below[1] + 6)
    assert all(then[0] - now[0] == 6 for now, then in zip(pairs[0][1:], pairs[1][1:], strict=True))
    assert 'textlink="快报!$A$12"' in after or "textlink=\"'快报'!$A$12\"" in after


def test_small_lines_are_there_in_every_row_over_its_own_cells(rich, snapshot):  # noqa: F811
    sheet = members(fill(rich, snapshot))["xl/worksheets/sheet1.xml"].decode()
    told = re.findall(r"<x14:sparkline><xm:f>(.*?)</xm:f><xm:sqref>(.*?)</xm:sqref>", sheet)
    assert sorted(told, key=lambda one: int(one[1][1:])) == [
        *((f"'快报'!B{row}:C{row}", f"D{row}") for row in range(5, 12)),
        ("'快报'!C5:C12", "E12"),
    ]
    assert "<xm:sqref>B5:B11</xm:sqref>" in sheet and 'sqref="B5:B11"' in sheet


def test_a_comment_and_a_formatted_table_below_move(rich, snapshot):  # noqa: F811
    parts = members(fill(rich, snapshot))
    assert 'ref="A12"' in parts["xl/comments1.xml"].decode()
    assert "<x:Row>11</x:Row>" in parts["xl/drawings/vmlDrawing1.vml"].decode()
    table = parts["xl/tables/table1.xml"].decode()
    assert table.count('ref="A20:B22"') == 2


def test_a_chain_of_computation_is_forgotten(laid, snapshot, tmp_path):  # noqa: F811
    parts = members(laid(CELLS).read_bytes())
    links = parts["xl/_rels/workbook.xml.rels"].decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    parts["xl/_rels/workbook.xml.rels"] = links.replace(
        "</Relationships>", f'<Relationship Id="rId99" Type="{kind}" Target="calcChain.xml"/></Relationships>'
    ).encode()
    parts["xl/calcChain.xml"] = (
        b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="B6" i="1"/></calcChain>'
    )
    path = tmp_path / "链.xlsx"
    path.write_bytes(packed(parts))
    after = members(fill(path, snapshot))
    assert "xl/calcChain.xml" not in after and b"calcChain" not in after["xl/_rels/workbook.xml.rels"]


def test_libreoffice_opens_it_and_its_totals_are_those_of_the_units(rich, snapshot, tmp_path):  # noqa: F811
    if LO is None:
        pytest.skip("LibreOffice is not installed")
    path = tmp_path / "filled.xlsx"
    path.write_bytes(fill(rich, snapshot))
    lines = csv.reader(io.StringIO(converted(path, UTF8_CSV, tmp_path).read_text("utf-8")))
    rows = [[cell.replace(",", "") for cell in line] for line in lines]
    counted = [int(row[2]) for row in rows[4:11] if row[2].isdigit()]
    assert rows[11][0] == "合计" and int(rows[11][2]) == sum(counted) > 0 and int(rows[11][3]) == 2 * sum(counted)


def test_a_part_that_is_not_known_is_refused(laid, snapshot, tmp_path):  # noqa: F811
    parts = members(laid(CELLS).read_bytes())
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/pivotTable"
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}" Target="../pivotTables/pivotTable1.xml"/></Relationships>'
    ).encode()
    path = tmp_path / "透视.xlsx"
    path.write_bytes(packed(parts))
    with pytest.raises(LayoutBroken, match=r"快报!5：.*pivotTable"):
        fill(path, snapshot)


# References


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("SUM(B3:B9)", "SUM(B3:B15)"),
        ("SUM(B2:B5)", "SUM(B2:B11)"),
        ("B5+B6+$B$7", "B5+B12+$B$13"),
        ("5:5", "5:11"),
        ("A:B", "A:B"),
        ("INDEX(A1:A9,2):B9", "INDEX(A1:A15,2):B15"),
        ('IF(B6="B6",X,单位)', 'IF(B12="B6",X,单位)'),
        ("LOG10(B7)*备查[乙]", "LOG10(B13)*备查[乙]"),
        ("[1]快报!B6", "[1]快报!B6"),
        ("附表!B6+快报!B6", "附表!B6+快报!B12"),
    ],
)
def test_a_formula_below_or_elsewhere(before, after):
    assert Shift("快报", 5, 6).formula(before, "快报") == after


def test_a_formula_of_the_row_keeps_to_its_own_cells():
    shift = Shift("快报", 5, 6)
    told = [shift.formula("SUM(B5:D5)/SUM($B$5:$B$5)+SUM($B$5:B5)-$B$5+B6", "快报", own=n) for n in (0, 2)]
    assert told == [
        "SUM(B5:D5)/SUM($B$5:$B$11)+SUM($B$5:B5)-$B$5+B12",
        "SUM(B7:D7)/SUM($B$5:$B$11)+SUM($B$5:B7)-$B$5+B12",
    ]


def test_what_cannot_be_followed_is_said():
    for formula in ("SUM(甲:丙!B6)", "B6#"):
        with pytest.raises(Unmovable):
            Shift("快报", 5, 6).formula(formula, "快报")
