"""Cells that show nothing do not reach out, and a damaged cell is alone in its trouble, in every kind."""

from __future__ import annotations

import struct

import pytest
from binary_fixtures import label, number, styled_xls, styled_xlsb, xls_text
from cells_fixtures import archive, cells_of, ods, record, values_of, worksheet, xlsb_text, xlsx, xlsx_parts

from etl.cells import read_cells
from etl.errors import TooLarge, Unreadable
from etl.model import AS_HELD, Cell, CellState

FAR = ["C30000", "ZZ9", "SF19000"]  # the last lies within rows and columns, but not within their product
BLANKS = [" ", "\u3000", "\u00a0", "\u200b\ufeff", "\t\n"]


def escaped(text: str) -> str:
    return "".join(f"&#{ord(char)};" for char in text)


def xlsx_with(*texts: str, rows: str) -> bytes:
    """rows: beside A1 = 1. texts: the shared ones."""
    items = "".join(f'<si><t xml:space="preserve">{escaped(text)}</t></si>' for text in texts)
    parts = xlsx_parts(worksheet(f'<row r="1"><c r="A1"><v>1</v></c></row>{rows}'))
    rels = "xl/_rels/workbook.xml.rels"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    parts[rels] = parts[rels].replace(
        "</Relationships>", f'<Relationship Id="t" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
    )
    name = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/sharedStrings.xml"] = f'<?xml version="1.0"?><sst xmlns="{name}">{items}</sst>'
    return archive(parts)


FAR_CELLS = {
    "shared": 't="s"><v>0</v>',
    "inline": 't="inlineStr"><is><t xml:space="preserve">{0}</t></is>',
    "inline, empty": 't="inlineStr"><is><t/></is>',
    "inline runs": 't="inlineStr"><is><r><t xml:space="preserve">{0}</t></r><r><rPr><strike/></rPr><t> </t></r></is>',
    "plain": "><v>{0}</v>",
    "text": 't="str"><v>{0}</v>',
    "no value": "><v></v>",
    "no number": 't="s"><v/>',
}


@pytest.mark.parametrize("at", FAR)
@pytest.mark.parametrize("cell", FAR_CELLS)
def test_a_far_blank_in_xlsx_is_no_cell(cell, at):
    inner = FAR_CELLS[cell].format(escaped(" "))
    row = at.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    rows = f'<row r="{row}"><c r="B{row}"/><c r="{at}" {inner}</c></row>'
    assert values_of(xlsx_with(" ", rows=rows)) == {"A1": 1}
    prefixed = xlsx_with(" ", rows=rows.replace("</c>", "</c >"))
    assert values_of(prefixed) == {"A1": 1}


@pytest.mark.parametrize("blank", BLANKS)
def test_whatever_shows_nothing_is_blank(blank):
    assert values_of(xlsx_with(blank, rows='<row r="30000"><c r="A30000" t="s"><v>0</v></c></row>')) == {"A1": 1}


def test_a_blank_among_other_cells_stays_and_holds_nothing():
    rows = '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2"><v>2</v></c></row>'
    assert values_of(xlsx_with(" ", rows=rows)) == {"A1": 1, "A2": " ", "B2": 2}


def test_a_far_word_is_refused_with_its_place():
    with pytest.raises(TooLarge) as refused:
        read_cells(xlsx_with("字", rows='<row r="30000"><c r="C30000" t="s"><v>0</v></c></row>'))
    assert refused.value.fields["where"] == "表1!C30000"


def test_a_far_blank_in_the_other_kinds_is_no_cell():
    blank = '<table:table-cell office:value-type="string"><text:p> <text:s/></text:p></table:table-cell>'
    one = '<table:table-cell office:value-type="float" office:value="1"/>'
    nothing = '<table:table-cell office:value-type="string" table:style-name="a&gt;b"/>'
    for far in (
        f'<table:table-row table:number-rows-repeated="30000"><table:table-cell/></table:table-row><table:table-row>{blank}</table:table-row>',
        f'<table:table-row><table:table-cell table:number-columns-repeated="800"/>{blank}{nothing}</table:table-row>',
        f'<table:table-row table:number-rows-repeated="30000">{blank}</table:table-row>',
    ):
        assert values_of(ods(f"<table:table-row>{one}</table:table-row>{far}")) == {"A1": 1}

    cells = number(0, 0, 0, 1) + label(60_000, 200, 0, 0) + label(0, 1, 0, 1)
    assert values_of(styled_xls(cells, texts=[xls_text(" "), xls_text("字")])) == {"A1": 1, "B1": "字"}

    def cell(kind: int, column: int, body: bytes) -> bytes:
        return record(kind, struct.pack("<II", column, 0) + body)

    texts = [b"\0" + xlsb_text(" ")]
    far_rows = record(0, struct.pack("<IIHBBBI", 900_000, 0, 300, 0, 0, 0, 0))
    cells = cell(5, 0, struct.pack("<d", 1)) + far_rows + cell(7, 2, struct.pack("<I", 0)) + cell(6, 3, xlsb_text(" "))
    assert values_of(styled_xlsb(cells, texts=texts)) == {"A1": 1}

    assert values_of(b"a,b\n" + b"," * 700 + b" \n" + b"\n" * 30_000 + b" , \n") == {"A1": "a", "B1": "b"}


BROKEN = [
    't="s"><v>7</v>', 't="s"><v>-1</v>', 't="s"><v>x</v>', 't="s"><v>99999999999999999999</v>', 't="b"><v>2</v>', 't="n"><v>1 2</v>',
    't="n"><v>abc</v>', 't="d"><v>yesterday</v>', 't="other"><v>1</v>', 't="inlineStr"><v>5</v>',
]  # fmt: skip


@pytest.mark.parametrize("cell", BROKEN)
def test_a_damaged_xlsx_cell_is_named_and_its_neighbours_are_read(cell):
    file = xlsx(f'<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="0" {cell}</c><c r="C1"><v>3</v></c></row>')
    assert cells_of(file) == {"A1": Cell(1.0), "B1": Cell("", CellState.BROKEN), "C1": Cell(3.0)}


def test_a_far_damaged_cell_shows_nothing_and_is_none():
    file = xlsx('<row r="1"><c r="A1"><v>1</v></c></row><row r="30000"><c r="A30000" t="s"><v>7</v></c></row>')
    assert {at: cell.raw for at, cell in cells_of(file).items() if cell.state is CellState.VALUE} == {"A1": 1}


def test_a_cell_that_never_ends_is_unreadable():
    with pytest.raises(Unreadable):
        read_cells(xlsx('<row r="1"><c r="A1" t="s"><v>7</v></row>'))


@pytest.mark.parametrize(("kind", "value"), [("n", 12.5), ("b", True), ("str", "12"), ("d", None)])
def test_a_sound_cell_that_names_its_type_is_read(kind, value):
    stored = {"n": "12.5", "b": "1", "str": "12", "d": "2021-09-30"}[kind]
    [cell] = cells_of(xlsx(f'<row r="1"><c r="A1" t="{kind}"><v>{stored}</v></c></row>')).values()
    assert (cell.state, cell.shown) == (CellState.VALUE, AS_HELD)
    assert value is None or cell.raw == value
