"""The briefing as a Word file: its look, every number tied to its source, opened again by other code than ours."""

# ruff: noqa: F811
from __future__ import annotations

import re

import plotly.graph_objects as go
import pytest
from briefing_fixtures import (  # noqa: F401  (fixtures)
    PIXEL,
    W,
    bookmarks,
    house,
    member,
    of_house,
    opened,
    quarter,
)
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from catalogue.wording import say, use_language
from reports.briefing.charts import charts
from reports.briefing.document import docx, draft
from reports.pictures.picture import NoRenderer

TYPE = f"{W}rPr/{W}rFonts"


@pytest.fixture
def file(briefing):
    return briefing


def face(document, style: str) -> str:
    return document.styles[style].element.find(TYPE).get(f"{W}eastAsia")


# Look


def test_the_page_is_that_of_an_official_document(file):
    [page] = opened(file).sections
    sizes = (
        page.page_width,
        page.page_height,
        page.top_margin,
        page.bottom_margin,
        page.left_margin,
        page.right_margin,
    )
    assert [round(size / Mm(1)) for size in sizes] == [210, 297, 37, 35, 28, 26]


@pytest.mark.parametrize(
    ("style", "typeface", "points"),
    [
        ("Title", "方正小标宋简体", 22),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体_GB2312", 16),
        ("List Number", "仿宋_GB2312", 16),
        ("Body Text", "仿宋_GB2312", 16),
        ("Footer", "宋体", 14),
    ],
)
def test_typefaces_and_sizes(file, style, typeface, points):
    document = opened(file)
    assert (face(document, style), document.styles[style].font.size) == (typeface, Pt(points))


def test_lines_are_28_points_apart_and_begin_two_characters_in(file):
    document = opened(file)
    assert document.styles["Normal"].paragraph_format.line_spacing == Pt(28)
    for style in ("Heading 1", "Heading 2", "List Number", "Body Text"):
        assert document.styles[style].element.find(f"{W}pPr/{W}ind").get(f"{W}firstLineChars") == "200"
    assert document.styles["Title"].paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER


def test_headings_are_real_ones_numbered_as_official_documents_are(file):
    document = opened(file)
    for level, style in enumerate(("Heading 1", "Heading 2")):
        assert document.styles[style].element.find(f"{W}pPr/{W}outlineLvl").get(f"{W}val") == str(level)
    levels = member(file, "word/numbering.xml").findall(f"{W}abstractNum/{W}lvl")
    told = [(one.find(f"{W}numFmt").get(f"{W}val"), one.find(f"{W}lvlText").get(f"{W}val")) for one in levels]
    assert told == [("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3.")]
    heads = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert heads == [
        "总体情况",
        "达到要求的事项",
        "滞后的事项",
        "暂不评价的事项",
        "资金与工程",
        "各单位情况",
        "下一步工作",
    ]


def test_typefaces_a_computer_may_lack_have_stand_ins(file):
    fonts = {one.get(f"{W}name"): one.find(f"{W}altName") for one in member(file, "word/fontTable.xml")}
    used = {one.get(f"{W}eastAsia") for one in member(file, "word/styles.xml").iter(f"{W}rFonts")}
    assert used <= fonts.keys()
    assert "华文中宋,STZhongsong,宋体" in fonts["方正小标宋简体"].get(f"{W}val") and "仿宋,FangSong" in fonts[
        "仿宋_GB2312"
    ].get(f"{W}val")


def test_page_numbers_stand_at_the_outer_edge(file):
    [page] = opened(file).sections
    for footer, side in ((page.footer, "right"), (page.even_page_footer, "left")):
        [line] = footer.paragraphs
        assert line.text == "— 1 —" and "PAGE" in line._p.xml
        assert line._p.find(f"{W}pPr/{W}jc").get(f"{W}val") == side
    assert opened(file).settings.odd_and_even_pages_header_footer


def test_sample_data_are_called_so_on_every_page_and_under_the_title(file):
    document = opened(file)
    assert "演示数据" in document.paragraphs[1].text
    [page] = document.sections
    assert page.header.paragraphs[0].text == page.even_page_header.paragraphs[0].text == "演示数据"


# Numbers


def test_every_number_leads_to_its_row_and_the_row_leads_back(file, quarter):
    found = bookmarks(file)
    claims = draft(quarter()).claims
    assert {claim.name for claim in claims} == {name for name in found if name.startswith("n_")}
    for claim in claims:
        assert found[found[claim.name]] == claim.name
    assert len(found) == 2 * len(claims)
    assert all(len(name) <= 40 and re.fullmatch(r"[A-Za-z]\w*", name) for name in found)


def test_the_annex_says_of_each_number_what_it_is_and_where_it_was_read(file, quarter):
    told = draft(quarter())
    _, sources, definitions, reasons, files = opened(file).tables
    assert any("公办园在园幼儿再增加63人" in row.cells[2].text for row in reasons.rows)
    rows = [[cell.text for cell in row.cells] for row in sources.rows[1:]]
    links = [row._tr.find(f".//{W}hyperlink") for row in sources.rows[1:]]
    assert [(row[2], row[3]) for row in rows] == [(claim.means, claim.source) for claim in told.claims]
    assert [f"{link.get(f'{W}anchor')}" for link in links] == [claim.name for claim in told.claims]
    assert len(files.rows) - 1 == len(told.files) > 10
    assert len(definitions.rows) - 1 >= 40


def test_a_number_names_sheet_cells_and_a_file_of_the_list(file, quarter):
    told = draft(quarter())
    [claim] = [one for one in told.claims if one.stem == "paired-rural-schools_value"]
    assert "“义务教育”E11" in claim.source
    first = int(re.search(r"文件(\d+)", claim.source)[1])
    assert told.files[first - 1].number.startswith("2021Q3-")


def test_tables_repeat_their_heads_on_every_page(file):
    for table in opened(file).tables:
        assert table.rows[0]._tr.find(f"{W}trPr/{W}tblHeader") is not None
        assert table._tbl.find(f"{W}tblPr/{W}tblBorders/{W}insideH").get(f"{W}val") == "single"


def test_the_table_of_the_units_stands_in_the_text(file):
    units = opened(file).tables[0]
    assert [cell.text for cell in units.rows[0].cells] == ["位次", "单位", "可比指标", "居前三", "绿灯", "黄灯", "红灯"]
    assert len(units.rows) == 9


# Charts


def test_charts_come_with_a_caption_and_words_for_those_who_do_not_see_them(quarter):
    snapshot, asked = quarter(), []

    def picture(figure: go.Figure) -> bytes:
        asked.append(figure)
        return PIXEL

    file = docx(snapshot, draft(snapshot), picture)
    document = opened(file)
    assert len(document.inline_shapes) == len(asked) == len(charts(snapshot)) and 2 <= len(asked) <= 5
    alts = [one.get("descr") for one in document.element.body.iter() if one.tag.endswith("}docPr")]
    assert [chart.alt for chart in charts(snapshot)] == alts
    captions = [one.text for one in document.paragraphs if one.style.name == "Caption" and one.text]
    assert [text.split("　")[0] for text in captions] == [f"图{n + 1}" for n in range(len(asked))]
    assert "不能绘制图表" not in "".join(one.text for one in document.paragraphs)
    assert max(shape.height for shape in document.inline_shapes) <= Mm(190)


def test_without_a_renderer_the_file_says_that_charts_are_left_out(file):
    document = opened(file)
    assert len(document.inline_shapes) == 0
    assert sum("不能绘制图表" in one.text for one in document.paragraphs) == 1


def test_figures_compare_units_only_where_something_can_be_said(quarter):
    snapshot = quarter("2021Q3", "approved")
    assert all("暂不判断" not in chart.alt for chart in charts(snapshot) if chart.section == "behind")


# Both languages, small plans


def test_the_english_file_is_whole(quarter):
    use_language("en")
    snapshot = quarter()
    document = opened(docx(snapshot, draft(snapshot)))
    assert document.paragraphs[0].text.startswith("Circular on progress")
    assert len(document.tables) == 5 and document.core_properties.language == "en-GB"


def test_a_draft_is_printed_only_from_what_it_was_read_from(quarter):
    told = draft(quarter("2021Q2"))
    with pytest.raises(ValueError, match="not of"):
        docx(quarter("2021Q3"), told)
    use_language("en")
    with pytest.raises(ValueError, match="not of"):
        docx(quarter("2021Q2"), told)


def test_a_quarter_nobody_filed_makes_a_file_too(house):
    house.publish()
    snapshot = of_house(house, "2021Q1")
    assert "没有报数" in "".join(one.text for one in opened(docx(snapshot, draft(snapshot))).paragraphs)


@pytest.mark.parametrize("drawn_before", [0, 1])
def test_where_the_renderer_fails_or_is_busy_the_file_has_no_pictures_and_says_so(quarter, drawn_before):
    snapshot, drawn = quarter(), []

    def picture(figure: go.Figure) -> bytes:
        if len(drawn) == drawn_before:
            raise NoRenderer("busy")
        drawn.append(figure)
        return PIXEL

    file = docx(snapshot, draft(snapshot), picture)
    assert not member(file, "word/document.xml").findall(f".//{W}drawing")
    assert say("briefing.picture.none") in [one.text for one in opened(file).paragraphs]
