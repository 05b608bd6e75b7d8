"""Marks on the cells: what is put on, what stays theirs, and what is gone the next time."""

from __future__ import annotations

import zipfile
from io import BytesIO

import openpyxl
import pytest
from annotate_fixtures import (
    AMBER,
    AT,
    BECAUSE,
    BLUE,
    CORRECTED,
    DROPOUTS,
    PLAN,
    PRESCHOOL,
    RED,
    SCHOOLS,
    SHEET,
    SITES,
    TRAINED,
    VIOLET,
    YELLOW,
    checked,
    filed,
    fill_of,
    good,
    lines,
    marked,
    note_of,
    opened,
    past,
    state_of,
    type_reason,
    wrong,
)
from openpyxl.comments import Comment
from openpyxl.styles import Color, PatternFill
from returns_fixtures import edited, put

from etl.annotate import Remark, annotate
from etl.model import GivenReason

REMARK = Remark("210402", "kindergarten.sites", PRESCHOOL, "E99", "与统计年报不一致，请核对。")


def test_the_kind_shows_by_colour_and_by_the_first_word_of_the_note():
    found = marked(wrong()).content
    assert (fill_of(found, DROPOUTS), fill_of(found, SITES)) == (RED, AMBER)
    assert note_of(found, DROPOUTS).startswith("强制：未填报。请补填")
    assert note_of(found, SITES).startswith("核实：本期41所")


def test_what_has_been_explained_is_only_noted():
    found = marked(edited(marked(wrong()).content, type_reason(SITES, BECAUSE))).content
    assert fill_of(found, SITES) == BLUE
    assert note_of(found, SITES).startswith("核实（已说明）")


def test_an_answer_keeps_its_value_its_format_and_its_check():
    before, after = opened(wrong())[PRESCHOOL], opened(marked(wrong()).content)[PRESCHOOL]
    assert (after["E7"].value, after["E7"].number_format, after["E7"].border.left.style) == (
        41,
        before["E7"].number_format,
        "thin",
    )
    assert not after["E7"].protection.locked and after.protection.sheet
    checks = [
        (str(rule.sqref), rule.type, rule.formula1, rule.prompt) for rule in before.data_validations.dataValidation
    ]
    assert [
        (str(rule.sqref), rule.type, rule.formula1, rule.prompt) for rule in after.data_validations.dataValidation
    ] == checks
    assert (after.freeze_panes, after.print_title_rows, after.print_area) == (
        before.freeze_panes,
        before.print_title_rows,
        before.print_area,
    )


def test_formulas_keep_the_results_they_had():
    shown = {
        way: openpyxl.load_workbook(BytesIO(content), data_only=True)[PRESCHOOL]
        for way, content in (("before", filed("2021Q3")), ("after", marked(filed("2021Q3")).content))
    }
    for address in ("E8", "E12", "E13"):
        assert shown["after"][address].value == shown["before"][address].value is not None
    assert opened(marked(filed("2021Q3")).content)[PRESCHOOL]["E8"].value.startswith("=IF(")


def test_a_workbook_sent_back_untouched_is_found_to_be_the_same():
    before = checked(filed("2021Q3"))
    again = checked(marked(filed("2021Q3")).content)
    assert again.ret.entries == before.ret.entries
    assert (again.findings, again.ret.footer) == (before.findings, before.ret.footer)


def test_marks_are_gone_from_a_cell_that_was_mended():
    mended = edited(marked(wrong()).content, put(SCHOOLS, "E14", 0), put(PRESCHOOL, "E7", 33))
    found = marked(mended).content
    assert [fill_of(found, place) for place in (DROPOUTS, SITES)] == [YELLOW, YELLOW]
    assert [note_of(found, place) for place in (DROPOUTS, SITES)] == ["", ""]
    assert fill_of(found, TRAINED) == RED


def test_marks_are_taken_off_even_where_the_sheet_that_remembers_them_was_deleted():
    found = marked(
        edited(marked(wrong()).content, lambda book: book.remove(book[SHEET]), put(SCHOOLS, "E14", 0))
    ).content
    assert fill_of(found, DROPOUTS) == YELLOW


def test_marking_twice_is_like_marking_once():
    once = marked(wrong())
    twice = marked(once.content, once.file_name)
    assert (twice.file_name, once.file_name) == ("报表（核查结果）.xlsx", "报表（核查结果）.xlsx")
    assert opened(twice.content).sheetnames == opened(once.content).sheetnames
    assert lines(twice.content) == lines(once.content)
    assert note_of(twice.content, SITES) == note_of(once.content, SITES)


def test_typed_reasons_that_still_hold_are_carried_over_and_others_are_not():
    back = edited(
        marked(wrong()).content, type_reason(SITES, BECAUSE), type_reason(TRAINED, CORRECTED), put(PRESCHOOL, "E17", 19)
    )
    told = {line["位置"]: line["说明原因"] for line in lines(marked(back).content) if line["类别"] != "提示"}
    assert (told[SITES], told[TRAINED]) == (BECAUSE, None)


def test_a_reason_beside_the_figure_is_not_repeated_there_so_that_it_can_be_changed():
    found = marked(wrong(put(PRESCHOOL, "F7", BECAUSE))).content
    [line] = [line for line in lines(found) if line["位置"] == SITES]
    assert (line["类别"], line["说明原因"]) == ("核实（已说明）", None)
    assert BECAUSE in line["处理办法"]
    changed = checked(edited(found, put(PRESCHOOL, "F7", "撤并2所，新建10所")))
    assert changed.ret.entry("kindergarten.sites").reason == "撤并2所，新建10所"


def test_a_reason_from_the_page_is_written_into_the_workbook():
    content = wrong()
    given = {("210402", "kindergarten.sites"): GivenReason("41", BECAUSE)}
    found = annotate(content, checked(content, reasons=given), PLAN, history=past(), at=AT).content
    assert state_of(checked(found), SITES) == ["stock_jump explain"]


@pytest.mark.parametrize(
    "text", ['=HYPERLINK("http://x","y")核对属实', "+1-1 已逐校核对", "@已逐校核对属实", "-已逐校核对属实"]
)
def test_what_somebody_typed_never_becomes_a_formula(text):
    content = wrong()
    given = {("210402", "kindergarten.sites"): GivenReason("41", text)}
    found = annotate(content, checked(content, reasons=given), PLAN, at=AT).content
    [cell] = [cell for cell in opened(found)[SHEET]["I"] if cell.value == text]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_their_own_notes_and_colours_stay_theirs():
    def theirs(book: openpyxl.Workbook) -> None:
        sheet = book[PRESCHOOL]
        sheet["E7"].comment = Comment("张三：已与年报核对", "张三")
        sheet["E7"].fill = PatternFill("solid", fgColor=Color(theme=4, tint=0.4))
        sheet["E9"].comment = Comment("李四看过", "李四")

    first = marked(wrong(theirs)).content
    assert note_of(first, SITES).startswith("张三：已与年报核对\n——核查——\n核实：")
    assert note_of(first, f"{PRESCHOOL}!E9") == "李四看过"
    again = marked(edited(first, put(PRESCHOOL, "E7", 33))).content
    cell = opened(again)[PRESCHOOL]["E7"]
    assert (cell.comment.text, cell.comment.author) == ("张三：已与年报核对", "张三")
    assert (cell.fill.fgColor.theme, cell.fill.fgColor.tint) == (4, 0.4)


def test_a_reviewers_words_stand_first_at_the_cell_where_the_figure_is_now():
    found = marked(good(), remarks=[REMARK]).content
    first = lines(found)[0]
    assert (first["类别"], first["位置"], first["问题"]) == ("退回", SITES, REMARK.text)
    assert fill_of(found, SITES) == VIOLET
    assert note_of(found, SITES).startswith(f"退回：{REMARK.text}")
    answer = checked(edited(found, type_reason(SITES, BECAUSE)))
    assert answer.ret.entry("kindergarten.sites").reason == BECAUSE


def test_a_remark_on_a_cell_that_is_no_more_has_a_line_and_no_link():
    found = marked(good(), remarks=[Remark("", "", "旧表", "B2", "请补报。")]).content
    assert (lines(found)[0]["位置"], lines(found)[0]["问题"]) == ("旧表!B2", "请补报。")


def test_a_merged_cell_is_marked_where_it_shows():
    def merged(book: openpyxl.Workbook) -> None:
        book[PRESCHOOL].merge_cells("D7:E7")

    content = good()
    found = annotate(edited(content, merged), checked(content), PLAN, remarks=[REMARK], at=AT).content
    assert opened(found)[PRESCHOOL]["D7"].comment.text.startswith("退回")


def test_only_the_sheet_of_results_is_selected():
    book = opened(marked(wrong()).content)
    assert book.active.title == SHEET == book.sheetnames[0]
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == [SHEET]


def test_every_part_the_package_names_is_there():
    with zipfile.ZipFile(BytesIO(marked(wrong()).content)) as parts:
        assert parts.testzip() is None
        names = parts.namelist()
        assert len(names) == len(set(names))
        types = parts.read("[Content_Types].xml").decode()
    listed = {piece.split('"')[0].lstrip("/") for piece in types.split('PartName="')[1:]}
    assert listed <= set(names)
