"""What is struck through, raised or lowered in a cell, and percentages, in every kind that can hold them."""

from __future__ import annotations

import struct
from datetime import date

import pytest
from binary_fixtures import label, number, styled_xls, styled_xlsb
from cells_fixtures import cells_of, kept, ods, record, set_apart_workbook, xlsb_text, xlsx

from etl.model import AS_HELD, Cell, ShownAs

FILES = {"xlsx": set_apart_workbook, "xls": lambda: kept("set_apart.xls"), "ods": lambda: kept("set_apart.ods")}


@pytest.mark.parametrize("kind", FILES)
def test_parts_of_a_text_are_told_apart_in_every_kind(kind):
    cells = cells_of(FILES[kind]())
    assert {at: (cell.raw, cell.shown) for at, cell in cells.items()} == {
        "A1": ("12³", ShownAs(raised=True)),
        "A2": ("15", ShownAs(struck="12")),
        "A3": (12, ShownAs(struck="12", void=True)),
        "A4": ("已印发", ShownAs(struck="已印发", void=True)),
        "A5": ("7900m²", ShownAs(raised=True)),
        "A6": (0.781, ShownAs(percent=True)),
        "A7": ("15", AS_HELD),
        "A8": ("已召开", ShownAs(struck="印发")),
        "A9": (date(2021, 9, 30), ShownAs(struck="2021-09-30", void=True)),
        "A10": ("9₁", ShownAs(raised=True)),
    }


def run(text: str, properties: str | None = None) -> str:
    return f"<r>{'' if properties is None else f'<rPr>{properties}</rPr>'}<t>{text}</t></r>"


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        (run("12") + run("3", '<vertAlign val="superscript"/>'), Cell("12³", shown=ShownAs(raised=True))),
        (run("12", "<strike/>") + run("15", ""), Cell("15", shown=ShownAs(struck="12"))),
        (run("12", '<strike val="0"/>') + run("15", ""), Cell("1215")),
        (run("12", "<strike/>"), Cell("12", shown=ShownAs(struck="12", void=True))),
        (run("12", '<vertAlign val="superscript"/>'), Cell("12")),
        (run("12", '<vertAlign val="baseline"/>') + run("3"), Cell("123")),
        (run("1_x000A_2", "<strike/>") + run("3", ""), Cell("3", shown=ShownAs(struck="1\n2"))),
    ],
)
def test_runs_of_a_text_within_its_cell(runs, expected):
    file = xlsx(f'<row r="1"><c r="A1" t="inlineStr"><is>{runs}</is></c></row><row r="2"><c r="A2"><v>7</v></c></row>')
    assert cells_of(file) == {"A1": expected, "A2": Cell(7.0)}


def test_xlsb_tells_runs_and_styles_by_its_records():
    def cell(kind: int, column: int, style: int, body: bytes) -> bytes:
        return record(kind, struct.pack("<II", column, style) + body)

    rich = b"\1" + xlsb_text("123") + struct.pack("<IHH", 1, 2, 2)  # from the third letter on font 2, raised
    cells = (
        cell(7, 0, 0, struct.pack("<I", 0)) + cell(5, 1, 1, struct.pack("<d", 12)) + cell(5, 2, 2, struct.pack("<d", 0.781))
        + cell(62, 3, 0, rich) + cell(7, 4, 0, struct.pack("<I", 9)) + cell(5, 5, 0, struct.pack("<d", 8))
    )  # fmt: skip
    found = cells_of(styled_xlsb(cells, texts=[rich]))
    assert {at: (cell.raw, cell.shown, str(cell.state)) for at, cell in found.items()} == {
        "A1": ("12³", ShownAs(raised=True), "value"),
        "B1": (12, ShownAs(struck="12", void=True), "value"),
        "C1": (0.781, ShownAs(percent=True), "value"),
        "D1": ("12³", ShownAs(raised=True), "value"),
        "E1": ("", AS_HELD, "broken"),
        "F1": (8, AS_HELD, "value"),
    }


def test_xls_tells_runs_and_styles_by_its_records_also_where_they_run_over():
    """The table of texts is cut within its first text; the rest of it begins with a byte on its width."""
    rich = struct.pack("<HBH", 3, 8, 1) + b"123" + struct.pack("<HH", 2, 5)  # from the third letter on font 5
    long = struct.pack("<HB", 4, 0) + b"ab", b"\1" + "汉字".encode("utf-16-le")
    cells = label(0, 0, 0, 0) + label(0, 1, 0, 1) + number(0, 2, 1, 12) + number(0, 3, 2, 0.781) + label(0, 4, 0, 9)
    found = cells_of(styled_xls(cells, texts=[rich + long[0]], continued=([long[1]], 2)))
    assert {at: (cell.raw, cell.shown, str(cell.state)) for at, cell in found.items()} == {
        "A1": ("12³", ShownAs(raised=True), "value"),
        "B1": ("ab汉字", AS_HELD, "value"),
        "C1": (12, ShownAs(struck="12", void=True), "value"),
        "D1": (0.781, ShownAs(percent=True), "value"),
        "E1": ("", AS_HELD, "broken"),
    }


ODS_TEXTS = [
    ("<text:p>12</text:p><text:p>8</text:p>", "12\n8"),
    ("<text:p>12<text:tab/>8</text:p>", "12\t8"),
    ("<text:p>12<text:line-break/>8</text:p>", "12\n8"),
    ("<text:p>12<text:s/>8</text:p>", "12 8"),
    ("<text:p>1<text:span>2</text:span>8</text:p>", "128"),
]


@pytest.mark.parametrize(("text", "raw"), ODS_TEXTS)
def test_an_ods_cell_keeps_what_separates_its_parts(text, raw):
    cell = f'<table:table-cell office:value-type="string">{text}</table:table-cell>'
    assert cells_of(ods(f"<table:table-row>{cell}</table:table-row>"))["A1"] == Cell(raw)


def test_an_ods_number_that_shows_two_lines_is_no_number():
    cell = '<table:table-cell office:value-type="float" office:value="128"><text:p>12</text:p><text:p>8</text:p>'
    assert cells_of(ods(f"<table:table-row>{cell}</table:table-cell></table:table-row>"))["A1"] == Cell("12\n8")


def test_an_ods_cell_without_a_style_has_that_of_its_column_or_row():
    number = '<table:table-cell office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell>'
    style = (
        '<style:style style:name="out" style:family="table-cell">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style>'
        '<style:style style:name="heir" style:family="table-cell" style:parent-style-name="out"/>'
    )
    column = '<table:table-column/><table:table-column table:default-cell-style-name="heir"/>'
    file = ods(
        f"{style}{column}<table:table-row>{number * 2}</table:table-row>"
        f'<table:table-row table:default-cell-style-name="out">{number}</table:table-row>'
    )
    assert {at: cell.shown.void for at, cell in cells_of(file).items()} == {"A1": False, "B1": True, "A2": True}
