"""A cell that shows a picture holds neither a value nor an error, in every kind of file."""

from __future__ import annotations

import struct
from io import BytesIO

import pytest
from binary_fixtures import biff, styled_xls, styled_xlsb
from cells_fixtures import RELATIONS, archive, cells_of, ods, record, worksheet, written, xlsb_text, xlsx, xlsx_parts
from PIL import Image
from plan_fixtures import plan_2021
from returns_fixtures import A03, PRESCHOOL, PUBLIC, county, edited, filled, findings, put, read, spoken, values_only

from etl.messages import mend, sentence
from etl.model import Cell, CellState, EntryState, SheetCells
from etl.reading.identity import Identity
from etl.reading.marked import typed_reasons

NAME = "ID_6F9619FF8B86D011B42D00C04FC964FF"
DISPIMG = f"_xlfn.DISPIMG(&quot;{NAME}&quot;,1)"
AS_TEXT = f'=DISPIMG("{NAME}",1)'
TYPE = "http://schemas.microsoft.com/office/2017/06/relationships/"
GRAPHIC = 'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'


def state(content: bytes, at: str = "A1") -> tuple[CellState, object]:
    cell = cells_of(content)[at]
    return cell.state, cell.raw


PICTURE = (CellState.PICTURE, "")


@pytest.mark.parametrize(
    "cell",
    [
        f'<c r="A1" t="str"><f>{DISPIMG}</f><v>{AS_TEXT.replace(chr(34), "&quot;")}</v></c>',
        f'<c r="A1" t="e"><f>{DISPIMG}</f><v>#NAME?</v></c>',
        f'<c r="A1"><f>{DISPIMG}</f></c>',
        f'<c r="A1" t="inlineStr"><is><t>{AS_TEXT}</t></is></c>',
        '<c r="A1" t="e" vm="1"><v>#VALUE!</v></c>',
        '<c r="A1" t="e" vm="1"><f>_xlfn.IMAGE(&quot;https://a/b.png&quot;)</f><v>#VALUE!</v></c>',
        '<c r="A1" t="e"><f>_xlfn.IMAGE(&quot;https://a/b.png&quot;)</f><v>#BLOCKED!</v></c>',
        '<c r="A1" t="e"><f>IFERROR(_xlfn.IMAGE(&quot;https://a/b.png&quot;),NA())</f><v>#N/A</v></c>',
        '<c r="A1" t="str"><f>IFERROR(__xludf.DUMMYFUNCTION(&quot;IMAGE(&quot;&quot;https://a/b.png&quot;&quot;)&quot;),'
        "&quot;&quot;)</f><v></v></c>",
    ],
    ids=["WPS", "WPS in Excel", "no result", "its text", "Excel", "IMAGE", "IMAGE blocked", "within", "online table"],
)
def test_a_picture_in_a_cell_of_an_xlsx(cell):
    assert state(xlsx(f'<row r="1">{cell}<c r="B1"><v>7</v></c></row>')) == PICTURE


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1" t="e"><v>#VALUE!</v></c>',
        '<c r="A1" t="e"><f>MYIMAGE(1)</f><v>#NAME?</v></c>',
        '<c r="A1" t="e"><f>A2&amp;&quot;IMAGE&quot;</f><v>#VALUE!</v></c>',
    ],
)
def test_an_error_is_an_error(cell):
    assert state(xlsx(f'<row r="1">{cell}</row>'))[0] is CellState.ERROR


def test_a_formula_that_may_show_a_picture_and_shows_a_number_is_a_number():
    cell = '<c r="A1"><f>IF(B1&gt;0,B1,_xlfn.IMAGE(&quot;u&quot;))</f><v>7</v></c><c r="B1"><v>7</v></c>'
    assert state(xlsx(f'<row r="1">{cell}</row>')) == (CellState.VALUE, 7)


def rich(structure: str, *, value: int = 0) -> bytes:
    """A1 refers to the second of two rich values, of that structure; the first is an error."""
    parts = xlsx_parts(worksheet('<row r="1"><c r="A1" t="e" vm="1"><v>#VALUE!</v></c></row>'))
    parts["xl/metadata.xml"] = (
        '<metadata xmlns:xlrd="u"><metadataStrings count="1"><s v="x"/></metadataStrings>'
        '<metadataTypes count="2"><metadataType name="XLDAPR"/><metadataType name="XLRICHVALUE"/></metadataTypes>'
        '<futureMetadata name="XLDAPR"><bk/></futureMetadata><futureMetadata name="XLRICHVALUE">'
        '<bk><extLst><ext><xlrd:rvb i="0"/></ext></extLst></bk><bk><extLst><ext><xlrd:rvb i="1"/></ext></extLst></bk>'
        '</futureMetadata><cellMetadata><bk><rc t="1" v="0"/></bk></cellMetadata>'
        f'<valueMetadata><bk><rc t="2" v="{value}"/></bk></valueMetadata></metadata>'
    )
    parts["xl/richData/rdrichvalue.xml"] = '<rvData><rv s="0"><v>4</v></rv><rv s="1"><v>0</v></rv></rvData>'
    parts["xl/richData/rdrichvaluestructure.xml"] = (
        f'<rvStructures><s t="_error"><k n="errorType" t="i"/></s><s t="{structure}"/></rvStructures>'
    )
    related = (
        f'<Relationship Id="m1" Type="{RELATIONS}/sheetMetadata" Target="metadata.xml"/>'
        f'<Relationship Id="m2" Type="{TYPE}rdRichValue" Target="richData/rdrichvalue.xml"/>'
        f'<Relationship Id="m3" Type="{TYPE}rdRichValueStructure" Target="richData/rdrichvaluestructure.xml"/>'
    )
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = parts[rels].replace("</Relationships>", related + "</Relationships>")
    return archive(parts)


@pytest.mark.parametrize("structure", ["_localImage", "_webimage"])
def test_a_rich_value_is_looked_up(structure):
    assert state(rich(structure, value=1)) == PICTURE


def test_a_picture_that_another_program_places_in_a_cell():
    def fill(book) -> None:
        picture = BytesIO()
        Image.new("RGB", (4, 4), "red").save(picture, "PNG")
        book.add_worksheet().embed_image("A1", "p.png", {"image_data": picture})

    assert state(written(fill)) == PICTURE


def test_newer_errors_are_rich_values_too_and_stay_errors():
    assert state(rich("_localImage", value=0))[0] is CellState.ERROR
    assert state(rich("_linkedentity", value=1))[0] is CellState.ERROR


def test_a_rich_value_whose_parts_are_damaged_is_a_picture():
    assert state(rich("_localImage", value=9)) == PICTURE


def test_a_picture_in_a_cell_of_an_xls():
    name = AS_TEXT.encode("latin-1")
    tokens = b"\x17" + bytes([len(NAME), 0]) + NAME.encode() + b"\x1e\x01\x00"
    for result, after in (
        (struct.pack("<BBBBHH", 0, 0, 0, 0, 0, 0xFFFF), biff(0x0207, struct.pack("<HB", len(name), 0) + name)),
        (struct.pack("<BBBBHH", 2, 0, 0x1D, 0, 0, 0xFFFF), b""),  # #NAME?, as Excel saves it
    ):
        body = (
            struct.pack("<HHH", 0, 0, 0) + result + struct.pack("<HI", 0, 0) + struct.pack("<H", len(tokens)) + tokens
        )
        assert state(styled_xls(biff(0x0006, body) + after)) == PICTURE


def test_a_picture_in_a_cell_of_an_xlsb():
    error = struct.pack("<II", 0, 0) + b"\x0f"
    assert state(styled_xlsb(record(3, error)))[0] is CellState.ERROR
    assert state(styled_xlsb(record(50, struct.pack("<I", 1)) + record(3, error))) == PICTURE
    tokens = b"\x17" + struct.pack("<H", len(NAME)) + NAME.encode("utf-16-le")
    formula = struct.pack("<HI", 0, len(tokens)) + tokens + struct.pack("<I", 0)
    assert state(styled_xlsb(record(11, struct.pack("<II", 0, 0) + b"\x1d" + formula))) == PICTURE
    assert state(styled_xlsb(record(8, struct.pack("<II", 0, 0) + xlsb_text(AS_TEXT) + formula))) == PICTURE


@pytest.mark.parametrize(
    "cell",
    [
        f'<table:table-cell table:formula="of:=_xlfn.DISPIMG(&quot;{NAME}&quot;;1)" office:value-type="string"'
        ' calcext:value-type="error"><text:p>#NAME?</text:p></table:table-cell>',
        f"<table:table-cell {GRAPHIC}><draw:frame><draw:image><text:p/></draw:image></draw:frame></table:table-cell>",
    ],
    ids=["WPS", "its own"],
)
def test_a_picture_in_a_cell_of_an_ods(cell):
    assert state(ods(f"<table:table-row>{cell}</table:table-row>")) == PICTURE


def test_a_picture_over_a_figure_of_an_ods_leaves_the_figure():
    cell = (
        f'<table:table-cell office:value-type="float" office:value="7" {GRAPHIC}><draw:frame><draw:image/></draw:frame>'
        "<text:p>7</text:p></table:table-cell>"
    )
    assert state(ods(f"<table:table-row>{cell}</table:table-row>")) == (CellState.VALUE, 7)


def test_in_a_csv_the_formula_is_all_there_is_and_an_error_is_no_text():
    content = f'"{AS_TEXT.replace(chr(34), chr(34) * 2)}",#VALUE!,7\n'.encode()
    assert [state(content, at) for at in ("A1", "B1")] == [PICTURE, (CellState.ERROR, "#VALUE!")]


def told(content: bytes) -> list[tuple[str, str, str]]:
    ret = read(content)
    for finding in findings(ret):
        for language in ("zh", "en"):
            assert "{" not in sentence(finding, plan_2021(), language) + mend(finding, plan_2021(), language)
    return spoken(ret)


def test_a_picture_for_a_number_blocks_and_says_what_to_type():
    content = county(put(PRESCHOOL, A03, AS_TEXT))
    assert told(content) == [("picture_cell", "blocks", f"{PRESCHOOL}!{A03}")]
    assert read(content).entry(PUBLIC).state is EntryState.BAD


def test_a_picture_for_a_text_is_blank_and_noted():
    content = edited(values_only(filled("department", "compulsory")), put("任务进展", "E9", AS_TEXT))
    [(rule, severity, at)] = told(content)
    assert (rule, severity, at) == ("picture_in_text", "note", "任务进展!E9")
    [entry] = [entry for entry in read(content).entries.values() if str(entry.at) == at]
    assert (entry.state, entry.text, entry.raw) == (EntryState.BLANK, None, "")


def test_a_picture_is_no_reason_and_noted():
    at = f"F{A03[1:]}"
    content = county(put(PRESCHOOL, at, AS_TEXT))
    assert told(content) == [("picture_in_reason", "note", f"{PRESCHOOL}!{at}")]
    assert read(content).entry(PUBLIC).reason == ""


def test_a_picture_for_a_reason_in_the_sheet_of_findings_is_noted():
    ret = read(county())
    identity = f"marked:{ret.form}/{ret.version}/{ret.reporter}/{ret.period}"
    cells = {
        (1, 9): Cell("说明原因"),
        (1, 10): Cell(identity),
        (2, 9): Cell("", CellState.PICTURE),
        (2, 10): Cell("210402|kindergarten.sites|41"),
    }
    typed, notes = typed_reasons(
        SheetCells("核查结果", cells), Identity(ret.form, ret.version, ret.reporter, ret.period)
    )
    assert (typed, [(note.rule, str(note.at)) for note in notes]) == ([], [("picture_in_reason", "核查结果!I2")])
