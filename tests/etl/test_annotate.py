"""The workbook goes out marked and comes back with reasons: the whole round."""

from __future__ import annotations

from dataclasses import replace

import openpyxl
import pytest
from annotate_fixtures import (
    BECAUSE,
    CORRECTED,
    DROPOUTS,
    HEADER,
    PRESCHOOL,
    SHEET,
    SITES,
    SITES_KEY,
    TRAINED,
    as_ods,
    checked,
    line_of,
    lines,
    marked,
    opened,
    state_of,
    type_reason,
    wrong,
)
from returns_fixtures import edited, put

from etl.cells import read_cells
from etl.errors import PersonalData
from etl.model import GivenReason


def test_each_finding_has_a_line_that_leads_to_its_cell():
    found = marked(wrong())
    told = {line["位置"]: line for line in lines(found.content) if line["类别"] in ("强制", "核实")}
    assert told.keys() == {SITES, TRAINED, DROPOUTS}
    assert (told[SITES]["数据项"], told[SITES]["本期值"], told[SITES]["上期值"]) == ("幼儿园总数", "41所", "33所")
    assert told[SITES]["问题"] == "本期41所，2021年第二季度33所，变动8所，超过20%。"
    assert (told[DROPOUTS]["类别"], told[DROPOUTS]["本期值"], told[DROPOUTS]["问题"]) == ("强制", "未填", "未填报。")
    sheet = opened(found.content)[SHEET]
    assert sheet.cell(line_of(sheet, SITES), 3).hyperlink.location == f"'{PRESCHOOL}'!E7"


def test_above_the_lines_stand_the_file_the_time_the_counts_and_what_to_do():
    sheet = opened(marked(wrong(), "新抚区三季度.xlsx").content)[SHEET]
    [title, file, counts, advice, _] = [sheet.cell(row, 1).value for row in range(1, HEADER)]
    assert title == "核查结果"
    assert "新抚区三季度.xlsx" in file and "2021年10月9日 15:20" in file
    assert counts.startswith("强制2条，核实6条（其中已说明5条）")
    assert "重新上传" in advice


def test_only_reasons_can_be_typed_there_and_the_machine_columns_are_hidden():
    sheet = opened(marked(wrong()).content)[SHEET]
    unlocked = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert f"I{line_of(sheet, SITES)}" in unlocked and f"I{line_of(sheet, TRAINED)}" in unlocked
    assert f"I{line_of(sheet, DROPOUTS)}" not in unlocked  # no reason fills an empty cell
    assert {address[0] for address in unlocked} == {"I"}
    assert sheet.protection.sheet
    assert [sheet.column_dimensions[column].hidden for column in "IJK"] == [False, True, True]


def test_a_reason_typed_there_explains():
    back = checked(edited(marked(wrong()).content, type_reason(SITES, BECAUSE)))
    assert state_of(back, SITES) == ["stock_jump explain"]
    assert back.ret.entry("kindergarten.sites").reason == BECAUSE
    assert back.reasons[SITES_KEY] == GivenReason("41", BECAUSE)
    assert not any(finding.rule == "extra_sheet" for finding in back.findings)


@pytest.mark.parametrize("filler", ["无", "正常", "/", "同上"])
def test_a_filler_typed_there_explains_nothing(filler):
    assert state_of(checked(edited(marked(wrong()).content, type_reason(SITES, filler))), SITES) == [
        "stock_jump explain!"
    ]


def test_the_reason_lapses_when_the_value_is_changed_afterwards():
    back = checked(edited(marked(wrong()).content, type_reason(SITES, BECAUSE), put(PRESCHOOL, "E7", 42)))
    assert state_of(back, SITES) == ["stock_jump explain!", "mark_outdated note"]
    assert SITES_KEY not in back.reasons


def test_the_same_number_written_otherwise_is_the_same_value():
    back = checked(edited(marked(wrong()).content, type_reason(SITES, BECAUSE), put(PRESCHOOL, "E7", "４１.0")))
    assert "stock_jump explain" in state_of(back, SITES)


def test_a_correction_typed_there_lets_a_cumulative_figure_fall():
    assert state_of(checked(wrong()), TRAINED) == ["flow_not_below_last blocks!"]
    back = checked(edited(marked(wrong()).content, type_reason(TRAINED, CORRECTED)))
    assert state_of(back, TRAINED) == ["flow_not_below_last explain"]


def test_lines_may_be_sorted_moved_and_deleted():
    def shuffled(book: openpyxl.Workbook) -> None:
        sheet = book[SHEET]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEADER + 1)]
        sheet.delete_rows(HEADER + 1, len(rows))
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
        sheet.delete_rows(1, 3)
        for row in reversed([row for row in rows if row[2] != DROPOUTS]):
            sheet.append(row)

    back = checked(
        edited(marked(wrong()).content, type_reason(SITES, BECAUSE), type_reason(TRAINED, CORRECTED), shuffled)
    )
    assert (state_of(back, SITES), state_of(back, TRAINED)) == (["stock_jump explain"], ["flow_not_below_last explain"])


def test_rows_of_the_form_may_have_moved_too():
    def pushed_down(book: openpyxl.Workbook) -> None:
        book[PRESCHOOL].insert_rows(4)

    back = checked(edited(marked(wrong()).content, type_reason(SITES, BECAUSE), pushed_down))
    assert state_of(back, f"{PRESCHOOL}!E8") == ["stock_jump explain"]


@pytest.mark.parametrize("key", ["210402|kindergarten.moons|41", "999999|kindergarten.sites|41", "=1+1", None, 41])
def test_a_machine_cell_that_was_changed_is_ignored_with_a_note(key):
    def tampered(book: openpyxl.Workbook) -> None:
        sheet = book[SHEET]
        sheet.cell(line_of(sheet, SITES), 10).value = key

    back = checked(edited(marked(wrong()).content, type_reason(SITES, BECAUSE), tampered))
    assert state_of(back, SITES) == ["stock_jump explain!"]
    assert [finding.at.sheet for finding in back.findings if finding.rule == "mark_unknown"] == [SHEET]


def test_a_sheet_that_lost_its_machine_columns_is_ignored_with_a_note():
    back = checked(
        edited(marked(wrong()).content, type_reason(SITES, BECAUSE), lambda book: book[SHEET].delete_cols(10, 2))
    )
    assert state_of(back, SITES) == ["stock_jump explain!"]
    assert [finding.rule for finding in back.findings if finding.at and finding.at.sheet == SHEET] == ["mark_unknown"]


def test_another_returns_sheet_is_ignored_with_a_note():
    def others(book: openpyxl.Workbook) -> None:
        book[SHEET].cell(HEADER, 10).value = "marked:county/2021.1/210402/2021Q2"

    back = checked(edited(marked(wrong()).content, type_reason(SITES, BECAUSE), others))
    assert state_of(back, SITES) == ["stock_jump explain!"]
    assert [finding.rule for finding in back.findings if finding.at and finding.at.sheet == SHEET] == ["mark_other"]


def test_an_id_number_typed_as_a_reason_is_refused():
    with pytest.raises(PersonalData):
        checked(edited(marked(wrong()).content, type_reason(SITES, "名单见 210402201503041236")))


def test_it_is_read_alike_from_an_ods():
    found = edited(marked(wrong()).content, type_reason(SITES, BECAUSE))
    back = checked(as_ods(found), "报表.ods")
    assert back.kind == "ods"
    assert [
        f.explained for f in back.findings if f.rule == "stock_jump" and f.slot.element == "kindergarten.sites"
    ] == [BECAUSE]


def test_it_is_read_alike_whatever_kind_the_reader_read():
    found = edited(marked(wrong()).content, type_reason(SITES, BECAUSE))
    cells = replace(read_cells(found), kind="xls")
    assert state_of(checked(found, cells=cells), SITES) == ["stock_jump explain"]
