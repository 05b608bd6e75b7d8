"""A workbook that came back becomes a return: every slot an entry, every repair a finding."""

from __future__ import annotations

from decimal import Decimal

import pytest
from plan_fixtures import plan_2021
from returns_fixtures import (
    A03,
    A04,
    AID,
    FORMS,
    PRESCHOOL,
    PUBLIC,
    SCHOOLS,
    answers,
    county,
    edited,
    fill,
    filled,
    findings,
    put,
    read,
    spoken,
    template,
    told,
)

from etl.cells import read_cells
from etl.messages import mend, sentence
from etl.model import Cell, Cells, EntryState, SheetCells
from etl.reading.forms import recognise
from etl.reading.returns import read_return


@pytest.mark.parametrize(("form", "reporter"), FORMS)
def test_what_was_written_is_read(form, reporter):
    ret = read(filled(form, reporter))
    assert told(ret) == answers(form, reporter)
    assert spoken(ret) == []
    assert list(ret.entries) == list(ret.layout.slots())


@pytest.mark.parametrize(("form", "reporter"), FORMS)
def test_what_was_typed_into_the_template_is_read(form, reporter):
    given = answers(form, reporter)
    ret = read(edited(template(form, reporter), lambda book: fill(book, given, form, reporter)))
    ratios = {key for key in given if plan_2021().elements[key[0]].ratio_of}
    assert told(ret) == {key: answer for key, answer in given.items() if key not in ratios}
    assert {f.rule for f in findings(ret)} <= {"formula_computed", "formula_not_computed"}


@pytest.mark.parametrize(("form", "reporter"), FORMS)
def test_an_empty_template_is_blank_and_not_zero(form, reporter):
    ret = read(template(form, reporter))
    assert {entry.state for entry in ret.entries.values()} == {EntryState.BLANK}
    assert spoken(ret) == []


def test_every_entry_knows_its_cell_and_what_stood_there():
    ret = read(county(put(PRESCHOOL, A03, "１，４４０人"), put(PRESCHOOL, "F9", " 新建2所公办园 ")))
    entry = ret.entry(PUBLIC)
    assert (entry.value, entry.raw, str(entry.at)) == (Decimal(1440), "１，４４０人", "学前教育!E9")
    assert (entry.reason, str(entry.reason_at)) == ("新建2所公办园", "学前教育!F9")


@pytest.mark.parametrize("filler", ["无", "/", "—", " ", "－－", None])
def test_fillers_are_no_reason(filler):
    assert read(county(put(PRESCHOOL, "F9", filler))).entry(PUBLIC).reason == ""


@pytest.mark.parametrize(
    ("written", "state", "value", "rules"),
    [
        ("1440", "value", 1440, ["text_number"]),
        ("１４４０", "value", 1440, ["text_number"]),
        ("1,440", "value", 1440, ["text_number"]),
        ("1440人", "value", 1440, ["unit_stripped"]),
        ("0.144万", "value", 1440, ["ten_thousands"]),
        (1440.00004, "value", 1440, ["rounded"]),
        ("/", "na", None, []),
        ("——", "na", None, ["nil_mark"]),
        ("无", "na", None, ["nil_mark"]),
        ("　", "blank", None, []),
        ("约1440", "bad", None, ["not_a_number"]),
        (True, "bad", None, ["not_a_number"]),
        ("1440元", "bad", None, ["other_unit"]),
    ],
)
def test_each_repair_names_the_cell(written, state, value, rules):
    ret = read(county(put(PRESCHOOL, A03, written)))
    entry = ret.entry(PUBLIC)
    assert (entry.state, entry.value) == (state, value)
    assert [(f.rule, str(f.at), f.slot) for f in findings(ret)] == [(rule, "学前教育!E9", entry.slot) for rule in rules]


def test_in_a_csv_every_number_is_a_text_and_nothing_is_said_of_it():
    cells = read_cells(county())
    as_texts = [
        SheetCells(sheet.name, {at: Cell(str(cell.raw)) for at, cell in sheet.cells.items()}) for sheet in cells.sheets
    ]
    ret = read_return(Cells("csv", tuple(as_texts)), recognise(cells, plan_2021()), plan_2021())
    assert told(ret) == answers()
    assert spoken(ret) == []


def test_every_finding_of_reading_has_its_words_in_both_languages():
    ret = read(
        county(
            put(PRESCHOOL, A03, "约1"), put(PRESCHOOL, A04, "1.5万人"), put(PRESCHOOL, "A17", None), put(PRESCHOOL, "E16", "#N/A"),
            put(SCHOOLS, "A4", "填报单位：望花区"), put(SCHOOLS, "A8", "B01"), put(AID, "E14", "1.5亿元"), put(AID, "E15", "9人次"),
            lambda book: book.remove(book["教师队伍与其他"]), lambda book: book["校园安全与保障"].delete_cols(5),
        )
    )  # fmt: skip
    assert {f.rule for f in findings(ret)} >= {
        "not_a_number", "ten_thousands", "found_by_name", "error_cell", "header_disagrees", "duplicate_row", "wrong_unit",
        "other_unit", "sheet_missing", "column_missing",
    }  # fmt: skip
    for finding in findings(ret):
        for language in ("zh", "en"):
            assert "{" not in sentence(finding, plan_2021(), language) + mend(finding, plan_2021(), language)
