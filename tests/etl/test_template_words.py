"""Templates: texts that stay texts, signatures, paper, the sheet 填报说明."""

from __future__ import annotations

import pytest
from returns_fixtures import opened, read, sheet_of, template, told

GUIDE = "填报说明"


@pytest.mark.parametrize(
    "text", ["=1+1", "+86", "-加强管理", "@all", '=HYPERLINK("http://x")', "http://example.org", "a\x07b", "_x0041_"]
)
def test_texts_are_texts_and_never_formulas(text):
    key = ("task.8.done", "compulsory")
    content = template(
        "department", "compulsory", current={key: text}, reasons={("可计数事项", "G07"): text}, footer={"填报人": text}
    )
    book = opened(content)
    for cell in (book["任务进展"]["D6"], book["可计数事项"]["F7"], book["任务进展"]["B22"]):
        assert cell.data_type == "s"
        assert cell.hyperlink is None
        if text[0] in "=+-@" and cell.column_letter != "B":
            assert cell.quotePrefix
    assert told(read(content))[key] == text.replace("\x07", "")


def test_reasons_and_footer_are_written_where_they_belong():
    content = template(reasons={("学前教育", "A03"): "新建2所"}, footer={"填报人": "张三", "填报日期": "2021年10月8日"})
    ret = read(content)
    assert ret.entry("kindergarten.children.public").reason == "新建2所"
    assert ret.footer == {"填报人": "张三", "填报日期": "2021年10月8日"}
    shown = opened(content, data_only=True)
    assert [cell.value for cell in shown["义务教育"][25]] == [
        "填报人：",
        "张三",
        "审核人：",
        None,
        "单位负责人：",
        None,
    ]


def test_the_footer_is_filled_once_and_repeated_by_formula():
    book = opened(template())
    assert not book["学前教育"]["B19"].protection.locked
    assert book["义务教育"]["B25"].value == '=IF(学前教育!B19="","",学前教育!B19)'
    assert book["义务教育"]["B25"].protection.locked


@pytest.mark.parametrize(
    ("form", "reporter", "sheet", "orientation", "rows", "area", "pane"),
    [
        ("county", "210402", "学前教育", "portrait", "$5:$6", "$A$1:$F$20", "C7"),
        ("project", "planning", "项目进度", "landscape", "$5:$6", "$A$1:$J$13", "C7"),
        ("department", "compulsory", "任务进展", "landscape", "$5:$5", None, "C6"),
        ("backfill", "city", "教师队伍与其他", "landscape", "$5:$7", None, "C8"),
        ("county", "210402", GUIDE, "portrait", None, None, None),
    ],
)
def test_sheets_print_on_a4_as_wide_as_the_page(form, reporter, sheet, orientation, rows, area, pane):
    page = sheet_of(sheet, form, reporter)
    assert (page.page_setup.paperSize, page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight) == (9, 1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.page_setup.orientation or "portrait") == orientation
    assert page.print_title_rows == rows
    assert page.freeze_panes == pane
    assert page.oddFooter.center.text == "第 &P 页，共 &N 页"
    if area:
        assert page.print_area.rpartition("!")[2] == area


def test_rows_for_prose_are_tall():
    page = sheet_of("任务进展", "department", "compulsory")
    assert page.row_dimensions[6].height >= 60


def test_a_row_grows_with_its_text():
    long = "召开专题会议部署，印发实施方案，组织开展督导检查。" * 10
    page = sheet_of("任务进展", "department", "compulsory", current={("task.8.done", "compulsory"): long})
    assert page.row_dimensions[6].height > 200


def guide(form: str = "county", reporter: str = "210402", quarter: str = "2021Q3") -> str:
    sheet = sheet_of(GUIDE, form, reporter, quarter)
    return "\n".join(" ".join(str(cell.value) for cell in row if cell.value is not None) for row in sheet.iter_rows())


@pytest.mark.parametrize(
    "line",
    [
        "2021年第三季度报表请于2021年10月11日前报送。",
        "1. A02 在园幼儿总数 ＝ A03 公办园在园幼儿 ＋ A04 民办园在园幼儿",
        "A05 普惠性民办园在园幼儿 ≤ A04 民办园在园幼儿",
        "D08 资助金额（累计） ÷ D03 资助学生数（累计，去重） 一般在500—5,000元之间，超出的须说明原因",
        "A01 幼儿园总数 所 期末数 经审批、正在办园的独立幼儿园，不含小学附设幼儿班。",
        "空白：未填，视为漏报。",
    ],
)
def test_the_guide_tells_deadline_checks_and_definitions(line):
    assert line in guide()


def test_a_county_without_an_element_is_told_nothing_about_it():
    assert "安吉游戏" not in guide()
    assert "安吉游戏" in guide(reporter="210422")


def test_the_project_guide_tells_its_caps_and_column_totals():
    told_there = guide("project", "planning")
    assert "一般不超过计划1,300万元的110%，超过的须说明原因" in told_there
    assert "W00 合计 ＝ 各行“W01 不卫生厕所改造完成”之和" in told_there


def test_a_department_that_counts_nothing_gets_a_guide_without_definitions():
    text = guide("department", "discipline")
    assert "指标解释" not in text
    assert "信息安全" in text
