"""Sheets as programs mostly write them are read in one sweep; what comes out is what the slower pass gives, always."""

from __future__ import annotations

import random

import pytest
from cells_fixtures import archive, kept, typical, worksheet, xlsx, xlsx_parts
from demo_fixtures import FOLDER

from etl.cells import LIMITS, sheet_xml, styles_xml
from etl.cells.parse import as_cells, parse
from etl.cells.plain_sheet import plain_table
from etl.cells.styles_xml import SharedTexts, Styles
from etl.errors import ReturnRefused, Unreadable

COUNTY = next((FOLDER / "2021Q1").glob("*新抚区*.xlsx")).read_bytes()
TEXTS = SharedTexts(usual={"0"})
NUMBER, FORMULA = '<c r="B1"><v>5</v></c>', '<c r="C1" t="str"><f>IF(B1&gt;0,"是","")</f><v>是</v></c>'
ROW = f'<row r="1"><c r="A1" s="2"/>{NUMBER}{FORMULA}</row>'
# Bodies of a sheet, each with something that the sweep must leave alone or must read as the slower pass does.
BODIES = {
    "plain": ROW,
    "nothing": "",
    "a row without cells": '<row r="7" spans="1:6"/>',
    "a hidden row": '<row r="1" ht="15" hidden="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>',
    "a row of no height": '<row r="3" ht="0"><c r="A3"><v>1</v></c></row>',
    "more in an attribute": '<row r="3" x="a>b" hidden="1"><c r="A3"><v>1</v></c></row>',
    "a percentage": '<row r="1"><c r="A1" s="1"><v>0.5</v></c><c r="B1"><v>0.5</v></c></row>',
    "an error": '<row r="1"><c r="A1" t="e"><v>#DIV/0!</v></c></row>',
    "a text in the cell": '<row r="1"><c r="A1" t="inlineStr"><is><t>字</t></is></c></row>',
    "no result": '<row r="1"><c r="A1"><f>B1+1</f></c></row>',
    "an empty result": '<row r="1"><c r="A1" t="str"><f>B1&amp;""</f><v></v></c></row>',
    "a shared formula": '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1+1</f><v>1</v></c></row>'
    '<row r="2"><c r="A2"><f t="shared" si="0"/><v>1</v></c></row>',
    "a text that is not there": '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
    "no address": "<row><c><v>1</v></c><c><v>2</v></c></row>",
    "a truth": '<row r="1"><c r="A1" t="b"><v>1</v></c></row>',
    "a comment": f"<!-- {ROW} --><row r='2'><c r='A2'><v>3</v></c></row>",
    "a table in a comment": f"{ROW}</sheetData><!-- <sheetData>{ROW} -->",
    "two tables": f"{ROW}</sheetData><sheetData>{ROW}",
    "a row within a row": f'<row r="1">{ROW}</row>',
    "a cell outside": NUMBER,
    "a row that does not end": '<row r="1"><c r="A1"><v>1</v></c>',
    "an end too many": f"{ROW}</row>",
    "an entity of its own": '<row r="1"><c r="A1" t="str"><f>"&#20013;"</f><v>x</v></c></row>',
    "no such entity": '<row r="1"><c r="A1" t="str"><f>"&zhong;"</f><v>x</v></c></row>',
    "a control character": '<row r="1"><c r="A1" t="str"><f>"\x01"</f><v>x</v></c></row>',
    "an end of CDATA": '<row r="1"><c r="A1" t="str"><f>"]]>"</f><v>x</v></c></row>',
    "another line end": '<row r="1"><c r="A1" t="str"><f>"a\rb"</f><v>x</v></c></row>',
    "far below": '<row r="900000"><c r="A900000"><v>1</v></c></row>',
    "far to the right": '<row r="1"><c r="XFD1"><v>1</v></c></row>',
    "a number that is none": '<row r="1"><c r="A1"><v>１</v></c></row>',
    "twice in one place": '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="A1"><v>3</v></c></row>',
    "out of order": '<row r="5"><c r="C5"><v>1</v></c><c r="A5"><v>2</v></c></row><row r="2"><c r="A2"><v>3</v></c></row>',
}

PIECES = (
    "",
    "<",
    ">",
    "/",
    '"',
    "&",
    "<v>",
    "</v>",
    "</c>",
    "<f>",
    ' t="s"',
    ' t="e"',
    'r="B2"',
    "<!-- ",
    "-->",
    "\r",
    "\u3000",
)
MERGED = '<mergeCells><mergeCell ref="A4:B4"/></mergeCells>'


def read(content: bytes) -> object:
    """The cells, or which refusal."""
    try:
        return as_cells(parse(content, LIMITS))
    except ReturnRefused as refusal:
        return type(refusal), dict(refusal.fields)


def slowly(content: bytes, monkeypatch) -> object:
    with monkeypatch.context() as patched:
        patched.setattr(sheet_xml, "plain_table", lambda *_: None)
        patched.setattr(styles_xml, "_plain_texts", lambda _: None)
        return read(content)


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_whatever_stands_in_a_sheet_the_sweep_gives_what_the_slower_pass_gives(body, monkeypatch):
    content = xlsx(body)
    assert read(content) == slowly(content, monkeypatch)


def test_of_damaged_sheets_too(monkeypatch):
    """Pieces cut out of a plain one and put into it; where a refusal says that the XML broke is not compared."""
    chance, whole = random.Random(2021), worksheet(BODIES["a hidden row"] + ROW.replace('r="1"', 'r="3"'), MERGED)
    for _ in range(150):
        at = chance.randrange(whole.index("<sheetData>"), len(whole))
        damaged = whole[:at] + chance.choice(PIECES) + whole[at + chance.randrange(12) :]
        content = archive(xlsx_parts(damaged))
        swift, slow = read(content), slowly(content, monkeypatch)
        assert swift == slow or swift[0] is slow[0] is Unreadable, damaged


@pytest.mark.parametrize("content", [COUNTY, kept("office.xlsx"), typical()], ids=["county", "office", "typical"])
def test_whole_workbooks_come_out_the_same(content, monkeypatch):
    assert read(content) == slowly(content, monkeypatch)


def test_a_return_from_our_template_is_plain_all_through(monkeypatch):
    """Else reading it costs three times as much, and nobody notices."""
    swept = []

    def noted(*given):
        swept.append(plain_table(*given))
        return swept[-1]

    monkeypatch.setattr(sheet_xml, "plain_table", noted)
    read(COUNTY)
    assert len(swept) == 7
    assert all(swept)


@pytest.mark.parametrize(
    "what", ["a comment", "two tables", "a row within a row", "a cell outside", "no such entity", "an error"]
)
def test_what_is_unusual_is_left_to_the_slower_pass(what):
    assert plain_table(worksheet(BODIES[what]).encode(), TEXTS, Styles()) is None


def test_what_a_plain_table_tells():
    table = plain_table(
        worksheet(f'{ROW}<row r="4" hidden="1"><c r="A4" t="s"><v>0</v></c></row>').encode(), TEXTS, Styles()
    )
    assert (table.last_row, table.last_column) == (4, 3)
    assert table.formulas == {(1, 3): 'IF(B1>0,"是","")'}
    assert table.sizes == {4: {"hidden": "1"}}
    assert b"<v>" not in table.rest
    assert plain_table(worksheet('<row r="1"><c r="A1" t="s"><v>7</v></c></row>').encode(), TEXTS, Styles()) is None
