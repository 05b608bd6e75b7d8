"""Layouts that cannot be filled: everything wrong is named with its sheet and cell and what would do, and nothing is made."""

from __future__ import annotations

from pathlib import Path

import pytest
from layout_fixtures import (  # noqa: F401  (fixtures)
    laid,
    members,
    packed,
    quarter,
    refused,
    snapshot,
    written,
)

from catalogue.wording import use_language
from reports.layout import LayoutBroken, fill

# Placeholders


@pytest.mark.parametrize(
    ("slot", "said"),
    [
        ("{{nonsense}}", "快报!B2：没有“nonsense”这个占位符。"),
        ("{{public-shar.value}}", "是否应为“public-share”？"),
        ("{{K99.value}}", "快报!B2：没有“K99.value”这个占位符。"),
        ("{{peroid}}", "是否应为“period”？"),
        ("{{K02}}", "快报!B2：“K02”没有写明要指标的哪一项，请写成“K02.value”等"),
        ("{{K02.valeu}}", "快报!B2：“K02.valeu”要的项目不存在，可用：value、target"),
        ("{{K02.value@清原县}}", "没有“清原县”这个单位，可用：新抚、东洲"),
        ("{{unit.name}}", "“unit.name”没有写明单位"),
        ("{{unit.size@新抚}}", "可用：name、code、state"),
        ("{{K02.value}", "快报!B2：占位符的括号不成对，或用了全角括号。请写成 {{项目}}。"),
        ("{K02.value}}", "括号不成对"),
        ("｛｛K02.value｝｝", "全角括号"),
        ("{{}}", "括号不成对"),
        ("{{{K02.value}}}", "括号不成对"),
        ("={{K02.value}}*2", "快报!B2：占位符写在公式里"),
        ('="a{{K02.value}}"', "占位符写在公式里"),
        ("{{K02.value}}与{{nonsense}}", "没有“nonsense”这个占位符"),
    ],
)
def test_a_wrong_placeholder(refused, slot, said):  # noqa: F811
    assert said in refused({"B2": slot})


def test_all_that_is_wrong_is_named_at_once_each_once(refused):  # noqa: F811
    def more(book):
        book.create_sheet("附表")["C3"] = "{{nichts.value@units}}"

    said = refused({"A1": "{{K02.value}}", "A2": "{{foo}}", "A3": "{{K02.bar}}"}, more).splitlines()
    assert [line.partition("：")[0] for line in said] == ["快报!A2", "快报!A3", "附表!C3"]


def test_a_table_without_room_below_names_the_cell_in_its_way(refused):  # noqa: F811
    said = refused({"B3": "{{K02.value@units}}", "B9": "合计"})
    assert said == "快报!B9：这里已有内容或被合并，放不下由快报!B3向下填写的8行。请在快报!B3下方留出7个空行。"


def test_a_formula_or_another_table_in_the_way_is_not_written_over(refused):  # noqa: F811
    assert "快报!B10：" in refused({"B3": "{{K02.value@units}}", "B10": "=SUM(B3:B9)"})
    assert "快报!B5：" in refused({"B3": "{{K02.value@units}}", "B5": "{{K01.value@units}}"})


def test_merged_cells_in_the_way(refused):  # noqa: F811
    assert "快报!B6：这里已有内容或被合并" in refused(
        {"B3": "{{K02.value@units}}"}, lambda book: book.active.merge_cells("A6:C6")
    )


@pytest.mark.parametrize(
    ("place", "edit"),
    [
        ("工作表名称", lambda book: setattr(book.active, "title", "{{period}}")),
        ("页眉页脚、数据验证或条件格式", lambda book: setattr(book.active.oddFooter.center, "text", "{{proof}}")),
    ],
)
def test_placeholders_outside_the_cells_are_named(refused, place, edit):  # noqa: F811
    assert refused({"A1": "{{city}}"}, edit).startswith(f"{place}：占位符 {{{{")


def test_placeholders_in_shapes_chart_titles_and_comments_are_named(tmp_path, snapshot):  # noqa: F811
    def write(book):
        sheet, chart = book.add_worksheet("快报"), book.add_chart({"type": "line"})
        chart.add_series({"values": "='快报'!$A$1:$A$3"})
        chart.set_title({"name": "{{period}}走势"})
        sheet.insert_chart("C3", chart)
        sheet.insert_textbox("C20", "截至{{as-of}}")
        sheet.write_comment("A1", "{{basis}}")
        sheet.add_table("F1:G3", {"columns": [{"header": "{{city}}"}, {"header": "乙"}]})

    with pytest.raises(LayoutBroken) as problem:
        fill(written(tmp_path, write), snapshot)
    for place, slot in (
        ("图形或文本框", "{{as-of}}"),
        ("图表", "{{period}}"),
        ("批注", "{{basis}}"),
        ("表格（套用格式的）标题", "{{city}}"),
    ):
        assert f"{place}：占位符 {slot} 不在单元格里" in str(problem.value)


def test_it_is_said_in_english_too(refused):  # noqa: F811
    use_language("en")
    assert refused({"B2": "{{K02.valeu}}"}).startswith("快报!B2")
    assert "does not exist. Known: value" in refused({"B2": "{{K02.valeu}}"})


# Texts that mean harm


@pytest.mark.parametrize(
    "slot",
    [
        "{{__class__.value}}",
        "{{K02.__init__}}",
        "{{../../etc/passwd}}",
        "{{K02.value@<script>}}",
        "{{a.b.c.d@e@f}}",
        "{{" + "x" * 30_000 + "}}",
        "{{𝒂\u200b.value}}",
    ],
)
def test_hostile_placeholders_are_unknown_ones(refused, slot):  # noqa: F811
    assert refused({"B2": slot}).startswith("快报!B2：")


# Files


def broken(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(content)
    return path


def a_bomb(laid) -> bytes:  # noqa: F811
    return packed(members(laid({"A1": "{{city}}"}).read_bytes()) | {"xl/media/image1.png": bytes(80 * 2**20)})


def without_texts(laid) -> dict[str, bytes]:  # noqa: F811
    path = written(laid({}).parent, lambda book: book.add_worksheet("快报").write("A1", "x"))
    return {name: part for name, part in members(path.read_bytes()).items() if name != "xl/sharedStrings.xml"}


@pytest.mark.parametrize(
    "content",
    [
        lambda made: b"",
        lambda made: b"PK\3\4",
        lambda made: b"<html>",
        lambda made: b"\xd0\xcf\x11\xe0" + bytes(600),
        lambda made: packed({"a.txt": b"x"}),
        lambda made: made({"A1": "{{city}}"}).read_bytes()[:-300],
        a_bomb,
        lambda made: packed(members(made({"A1": "x"}).read_bytes()) | {"xl/worksheets/sheet1.xml": b"<worksheet"}),
        lambda made: packed(members(made({"A1": "x"}).read_bytes()) | {"xl/workbook.xml": b"<workbook/>"}),
        lambda made: packed(
            members(made({"A1": "x"}).read_bytes())
            | {
                "xl/worksheets/sheet1.xml": b'<!DOCTYPE w [<!ENTITY a "b">]><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>',
            }
        ),
        lambda made: packed(without_texts(made)),
    ],
    ids=[
        "empty",
        "head only",
        "html",
        "xls or encrypted",
        "another zip",
        "truncated",
        "bomb",
        "bad sheet",
        "no sheets",
        "document type",
        "no texts",
    ],
)
def test_a_file_that_is_no_workbook_or_damaged(laid, tmp_path, snapshot, content):  # noqa: F811
    with pytest.raises(LayoutBroken) as problem:
        fill(broken(tmp_path, content(laid)), snapshot)
    assert str(problem.value).startswith("“坏.xlsx”不是可以读取的 .xlsx 文件") and "另存为" in str(problem.value)


def test_a_file_that_is_gone(tmp_path, snapshot):  # noqa: F811
    with pytest.raises(LayoutBroken, match="不是可以读取的"):
        fill(tmp_path / "没有.xlsx", snapshot)
