"""Tables of a screen as files: real numbers in .xlsx, nothing a spreadsheet would compute, and changed cells are found."""

# ruff: noqa: F811
from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime

import pytest
from proof_fixtures import csv_rows, csv_written, here, with_cells, with_proof  # noqa: F401  (fixture)
from workbook_fixtures import opened

from catalogue.wording import say
from reports import verify
from reports.proof import read_json, sealed
from reports.table_cells import Table, figure, harmless
from reports.tables import Origin, csv, xlsx
from reports.workbook.book import PROOF_SHEET

FORMULAS = (
    "=1+1",
    "+1+cmd|'c'!A",
    "-1*cmd|'c'!A",
    "+1 cmd|'c'!A",
    "@SUM(A)",
    "＝1+1",
    "\t=1",
    "+A1",
    "-A1",
    "+1%-A",
    "-1+1",
    "+1*A",
    "-1^A",
    "+1&A",
    "+1人+A",
)
AT = datetime(2021, 10, 15, 9, 30)
TABLE = Table(
    "各单位：资助（本期）",
    ("单位", "=人数", "占比", "较上期", "差", "说明"),
    (
        ("新抚区", "1,240人", "79.6%", "+1.2个百分点", "−3", "按时，“无误”"),
        ("抚顺县", None, "未报", "—", "", "2021"),
        ("=HYPERLINK(1)", 2.0, 46.25, "±0", -1.5, "第一行\n第二行"),
        ("市直", "0人", "100%", "−0.05个百分点", "1,300万元", "210402"),
    ),
)


def taken(name: str, content: bytes) -> verify.CheckedFile:
    [found] = verify.verify(name, content)
    return found


@pytest.fixture
def origin(here) -> Origin:
    return Origin("县区", AT, here.snapshot.version.number, here.snapshot.plan.demo, here.snapshot)


@pytest.fixture
def as_csv(origin) -> bytes:
    return csv(TABLE, origin)


@pytest.fixture
def as_xlsx(origin) -> bytes:
    return xlsx([TABLE, Table("各单位：资助（本期）", ("甲",), (("1人",),)), Table("空表", ("甲", "乙"), ())], origin)


# Figures


@pytest.mark.parametrize(
    ("text", "value", "form"),
    [
        ("1,240人", 1240, '#,##0"人"'),
        ("79.6%", 79.6, '#,##0.0"%"'),
        ("0", 0, "#,##0"),
        ("1,234,567.25万元", 1234567.25, '#,##0.00"万元"'),
        ("+1.2个百分点", 1.2, '+#,##0.0"个百分点";−#,##0.0"个百分点";#,##0.0"个百分点"'),
        ("−3", -3, "+#,##0;−#,##0;#,##0"),
        ("13m CNY", 13, '#,##0"m CNY"'),
        ("5 m²", 5, '#,##0" m²"'),
    ],
)
def test_a_figure_as_we_print_it_is_a_number_with_its_unit(text, value, form):
    assert figure(text) == (value, form)


@pytest.mark.parametrize(
    "text",
    [
        "2021",
        "210402",
        "1240人",
        "007",
        "46/80",
        "3、4",
        "2021年第三季度",
        "未报",
        "",
        "—",
        "1-2",
        "3.",
        "1,24",
        *FORMULAS,
    ],
)
def test_any_other_text_is_none(text):
    assert figure(text) is None


# CSV


def test_a_csv_opens_in_chinese_and_its_numbers_are_plain(as_csv):
    assert as_csv.startswith(b"\xef\xbb\xbf")
    rows = csv_rows(as_csv)
    assert rows[0] == ["单位", "'=人数", "占比", "较上期", "差", "说明"]
    assert rows[1] == ["新抚区", "1,240人", "79.6%", "+1.2个百分点", "−3", "按时，“无误”"]
    assert rows[2] == ["抚顺县", "", "未报", "—", "", "2021"]
    assert rows[3] == ["'=HYPERLINK(1)", "2", "46.25", "±0", "-1.5", "第一行\n第二行"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_csv_is_computed(origin, text):
    assert harmless(text) == f"'{text}"
    [head, row, _] = csv_rows(csv(Table("表", (text, "乙"), ((text, text),)), origin))
    assert all(not cell.startswith(("=", "+", "-", "@", "＝")) for cell in (head[0], *row))


def test_the_last_row_of_a_csv_says_what_it_stands_on(as_csv, here):
    line, proof = csv_rows(as_csv)[-1]
    assert line == read_json(proof).line() and "23/25份报表" in line
    assert read_json(proof).version == here.snapshot.version.number


def test_an_untouched_csv_is_as_it_was_taken(as_csv):
    found = taken("表.csv", as_csv)
    assert found.as_made and found.holds and not found.touched
    assert say("verify.no_numbers") in "\n".join(verify.told(found))


@pytest.mark.parametrize(
    ("row", "column", "text"),
    [
        (1, 1, "1,241人"),
        (1, 2, "79.61%"),
        (1, 3, "−1.2个百分点"),
        (2, 1, "0"),
        (2, 2, "0"),
        (3, 4, "1.5"),
        (0, 0, "县区"),
        (4, 5, "210403"),
        (1, 5, ""),
    ],
)
def test_one_changed_cell_of_a_csv_is_found(as_csv, row, column, text):
    rows = csv_rows(as_csv)
    rows[row][column] = text
    found = taken("表.csv", csv_written(rows))
    assert found.touched and not found.holds and found.genuine
    assert say("verify.touched_table") in "\n".join(verify.told(found))


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: [rows[0], *sorted(rows[1:-1]), rows[-1]],
        lambda rows: [*rows[:2], *rows[3:]],
        lambda rows: [*rows[:-1], rows[1], rows[-1]],
        lambda rows: [[row[1], row[0], *row[2:]] for row in rows[:-1]] + rows[-1:],
    ],
    ids=["sorted", "a row out", "a row more", "columns changed"],
)
def test_rows_and_columns_moved_about_are_found(as_csv, change):
    assert taken("表.csv", csv_written(change(csv_rows(as_csv)))).touched


@pytest.mark.parametrize("how", [{"lineterminator": "\n"}, {"quoting": 1}, {"lineterminator": "\r\n", "quoting": 1}])
def test_a_csv_written_again_with_other_ends_and_quotes_is_the_same(as_csv, how):
    again = csv_written(csv_rows(as_csv), **how)
    assert again != as_csv and taken("表.csv", again).holds


def test_a_csv_saved_again_by_excel_is_the_same(as_csv):
    """Every row as long as the longest, blank rows behind, no BOM, a number without its end zeros, the apostrophe gone."""
    rows = [row + [""] * (6 - len(row)) for row in csv_rows(as_csv)]
    rows[0][1], rows[3][0], rows[3][2] = "=人数", "=HYPERLINK(1)", "46.250"
    again = csv_written([*rows, [""] * 6])
    assert taken("表.csv", again[3:]).holds
    assert taken("表.csv", again.decode("utf-8-sig").encode("gb18030")).holds


def test_a_forged_code_in_a_csv_is_found(as_csv):
    rows = csv_rows(as_csv)
    rows[-1][1] = rows[-1][1].replace('"counted":23', '"counted":25')
    found = taken("表.csv", csv_written(rows))
    assert not found.genuine and not found.claims and not found.holds


# XLSX


def test_a_workbook_of_tables_has_real_numbers_in_our_formats(as_xlsx):
    sheet = opened(as_xlsx)["各单位：资助（本期）"]
    assert sheet["A1"].value == "各单位：资助（本期）" and "23/25份报表" in sheet["A2"].value
    assert [(cell.value, cell.number_format) for cell in sheet[5][1:5]] == [
        (1240, '#,##0"人"'),
        (79.6, '#,##0.0"%"'),
        (1.2, '+#,##0.0"个百分点";−#,##0.0"个百分点";#,##0.0"个百分点"'),
        (-3, "+#,##0;−#,##0;#,##0"),
    ]
    assert [cell.value for cell in sheet[6]] == ["抚顺县", None, "未报", "—", None, "2021"]
    assert [sheet["B7"].value, sheet["C7"].value, sheet["E7"].value] == [2, 46.25, -1.5]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_of_a_workbook_is_a_formula(origin, text):
    sheet = opened(xlsx([Table(text, (text,), ((text,),))], origin)).worksheets[0]
    assert [cell.data_type for cell in (sheet["A1"], sheet["A4"], sheet["A5"])] == ["s"] * 3
    assert sheet["A5"].value.strip() == text.strip()


def test_the_head_is_frozen_the_rows_have_a_filter_and_the_proof_is_hidden(as_xlsx):
    book = opened(as_xlsx)
    assert book.sheetnames == ["各单位：资助（本期）", "各单位：资助（本期） 2", "空表", PROOF_SHEET]
    sheet = book.worksheets[0]
    assert sheet.freeze_panes == "B5" and sheet.auto_filter.ref == "A4:F8" and sheet.page_setup.paperSize == 9
    assert book["空表"].auto_filter.ref is None
    assert book[PROOF_SHEET].sheet_state == "veryHidden"


def test_an_untouched_workbook_of_tables_holds_also_saved_again(as_xlsx):
    assert taken("表.xlsx", as_xlsx).holds
    again = with_cells(as_xlsx, {})
    assert again != as_xlsx and taken("表.xlsx", again).holds
    retitled = with_cells(as_xlsx, {"各单位：资助（本期）!A1": "我的题目"})
    assert taken("表.xlsx", retitled).holds


@pytest.mark.parametrize(
    "change",
    [
        {"B5": 1241},
        {"B5": "1,241人"},
        {"A5": "东洲区"},
        {"C6": 0},
        {"B6": 0},
        {"A4": "县"},
        {"C5": None},
        {"G20": "备注"},
    ],
)
def test_one_changed_cell_of_a_workbook_is_found(as_xlsx, change):
    found = taken(
        "表.xlsx", with_cells(as_xlsx, {f"各单位：资助（本期）!{place}": value for place, value in change.items()})
    )
    assert found.touched and not found.holds and say("verify.touched_table") in "\n".join(verify.told(found))


def test_a_sheet_taken_out_is_found(as_xlsx):
    book = opened(as_xlsx)
    del book["各单位：资助（本期） 2"]
    out = io.BytesIO()
    book.save(out)
    assert taken("表.xlsx", out.getvalue()).touched


def test_a_forged_code_in_a_workbook_of_tables_is_found(as_xlsx):

    forged = with_proof(as_xlsx, lambda proof: sealed(replace(proof, counted=25)))
    found = taken("表.xlsx", forged)
    assert found.genuine and not found.claims and not found.holds
    assert not taken("表.xlsx", with_proof(as_xlsx, lambda proof: replace(proof, version=2))).genuine
