"""Files that are not read: each is refused with the reason, and whatever the bytes are, with nothing worse."""

from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import replace

import pytest
from cells_fixtures import archive, kept, ods, typical, worksheet, xlsx, xlsx_parts

from etl import errors
from etl.cells import LIMITS, parts, read_cells
from etl.cells.parse import parse

ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'


def refusal(content: bytes) -> errors.Unreadable:
    with pytest.raises(errors.Unreadable) as refused:
        read_cells(content)
    return refused.value


def test_a_file_of_no_bytes_is_empty():
    assert type(refusal(b"")) is errors.EmptyFile


NO_WORKBOOKS = [
    ("pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"),
    ("pdf", b"%PDF-1.4\n1 0 obj, all of it text"),
    ("image", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
    ("image", b"\xff\xd8\xff\xe0\0\x10JFIF\0"),
    ("document", archive({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"})),
    ("document", archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"})),
    ("document", b"{\\rtf1\\ansi a, b}"),
    ("slides", archive({"ppt/presentation.xml": "<p/>"})),
    ("archive", archive({"附件1/学前教育.xlsx": "…"})),
    ("archive", b"Rar!\x1a\x07\x01\x00\x00"),
    ("web_page", "﻿\r\n<html xmlns:x='urn:schemas-microsoft-com:office:excel'><table><td>1,2".encode()),
    ("web_page", "<meta charset=gbk><table><tr><td>在园,100".encode("gbk")),
    ("xml_spreadsheet", b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'),
    ("xml", b'<?xml version="1.0"?><rss a="1,2"/>'),
    ("text", "关于报送报表的通知\n各县区教育局：\n".encode()),
    ("program", b"MZ\x90\0\x03\0\0\0"),
    ("old_excel", b"\x09\x02\x06\x00\x00\x00\x10\x00"),
    ("unknown", b"\0\x01\x02\xfe\xff,,,"),
]


@pytest.mark.parametrize(("found", "content"), NO_WORKBOOKS)
def test_what_is_no_workbook_is_named(found, content):
    refused = refusal(content)
    assert type(refused) is errors.NotAWorkbook
    assert refused.fields == {"found": found}


def locked_xls() -> bytes:
    """A record as long as it, about the last user, made the record that says the rest is encrypted."""
    return kept("office.xls").replace(b"\x5c\x00\x70\x00", b"\x2f\x00\x70\x00", 1)


def locked_zip() -> bytes:
    """The flag of zip's own encryption, in the directory and before each part."""
    return typical().replace(b"PK\1\2\x14\x03\x14\x00\x00\x00", b"PK\1\2\x14\x03\x14\x00\x01\x00")


ENCRYPTED = [
    ("xlsx with a password", kept("encrypted.xlsx")),
    ("xls with a password", locked_xls()),
    ("ods with a password", ods(manifest="<encryption-data/>")),
    ("zip with a password", locked_zip()),
    ("locked by the office's encryption software", b"%TSD-Header-###%\0\x01\x02"),
]


@pytest.mark.parametrize("content", [case[1] for case in ENCRYPTED], ids=[case[0] for case in ENCRYPTED])
def test_a_locked_file_is_called_encrypted(content):
    assert type(refusal(content)) is errors.Encrypted


def far_xls(row: int) -> bytes:
    """The row of 远处 (F12) in the sheet's records, moved."""
    label = struct.pack("<HHHH", 0x00FD, 10, 11, 5)
    assert kept("office.xls").count(label) == 1
    return kept("office.xls").replace(label, struct.pack("<HHHH", 0x00FD, 10, row - 1, 5))


def repeated(cell: str, rows: int = 1, columns: int = 1) -> bytes:
    cell = f'<table:table-cell table:number-columns-repeated="{columns}" {cell}'
    return ods(f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>')


FILLED = 'office:value-type="float" office:value="1"/>'
FAR = [
    (xlsx('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "rows", 1_048_576, "表1!XFD1048576"),
    (xlsx('<row r="1048576"><c r="A1048576"><f>1</f></c></row>'), "rows", 1_048_576, "表1!A1048576"),
    (xlsx('<row r="1"><c r="XFD1" t="inlineStr"><is><t>x</t></is></c></row>'), "columns", 16_384, "表1!XFD1"),
    (xlsx('<row r="1"><c r="ZZZZZZZ1"><v>1</v></c></row>'), "columns", 8_353_082_582, "表1!ZZZZZZZ1"),
    (xlsx('<row r="99999999999"><c><v>1</v></c></row>'), "rows", 99_999_999_999, "表1!A99999999999"),
    (far_xls(65_536), "rows", 65_536, "学前教育!F65536"),
    (repeated(FILLED, rows=1_048_576), "rows", 1_048_576, "表1!A1048576"),
    (repeated(FILLED, columns=16_384), "columns", 16_384, "表1!XFD1"),
    (b"a,b\n" * 20_001, "rows", 20_001, "CSV!B20001"),
    (b"," * 600 + b"x", "columns", 601, "CSV!WC1"),
]


@pytest.mark.parametrize(("content", "what", "found", "where"), FAR, ids=[case[3] for case in FAR])
def test_a_stray_cell_far_out_is_refused_with_its_place(content, what, found, where):
    refused = refusal(content)
    assert type(refused) is errors.TooLarge
    assert (refused.fields["what"], refused.fields["found"], refused.fields["where"]) == (what, found, where)


SHEET = "xl/worksheets/s1.xml"


def lying(parts: dict[str, str | bytes], declared: int) -> bytes:
    """An archive whose directory and headers say that its sheet has `declared` bytes."""
    file = archive(parts)
    member = zipfile.ZipFile(io.BytesIO(file)).getinfo(SHEET)
    packed, size = struct.pack("<I", member.compress_size), struct.pack("<I", member.file_size)
    assert file.count(packed + size) == 2
    return file.replace(packed + size, packed + struct.pack("<I", declared))


def bomb() -> dict[str, str | bytes]:
    return xlsx_parts(worksheet(ONE + " " * LIMITS.unzipped))


SIZES = {  # made when needed: they are large
    "the file": ("bytes", lambda: b"1," * LIMITS.bytes),
    "a bomb": ("unzipped", lambda: archive(bomb())),
    "a bomb that lies": ("unzipped", lambda: lying(bomb(), 1000)),
    "parts": ("members", lambda: archive(xlsx_parts(worksheet(ONE)) | {f"x/{n}": "" for n in range(2001)})),
    "sheets": ("sheets", lambda: archive(xlsx_parts(*[worksheet(ONE)] * 101))),
    "sheets in ods": ("sheets", lambda: ods(*["<table:table-row/>"] * 101)),
    "an area": (
        "cells",
        lambda: xlsx('<row r="1"><c r="SF1"><v>1</v></c></row><row r="20000"><c r="A20000"><v>1</v></c></row>'),
    ),
    "an area in ods": ("cells", lambda: repeated('table:formula="of:=1"/>', rows=20_000, columns=500)),
}


@pytest.mark.parametrize("case", SIZES)
def test_what_is_too_large_is_refused_before_it_is_read(case):
    what, made = SIZES[case]
    refused = refusal(made())
    assert (type(refused), refused.fields["what"]) == (errors.TooLarge, what)
    assert refused.fields["found"] > refused.fields["limit"]


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def with_part(name: str, change) -> bytes:
    parts = xlsx_parts(worksheet(ONE))
    return archive({**parts, name: change(parts[name])})


DAMAGED = [
    ("entities in a sheet", with_part(SHEET, lambda xml: xml.replace("?>", "?>" + LAUGHS).replace("<v>1", "<v>&b;"))),
    ("entities in the list of sheets", with_part("xl/workbook.xml", lambda xml: xml.replace("?>", "?>" + LAUGHS))),
    (
        "entities in ods",
        archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": LAUGHS + "<x/>"}),
    ),
    ("a sheet in UTF-16, which would read as blank", with_part(SHEET, lambda xml: xml.encode("utf-16"))),
    ("a sheet in GBK", with_part(SHEET, lambda xml: xml.replace('1.0"', '1.0" encoding="GBK"'))),
    ("tags that do not close", with_part(SHEET, lambda xml: xml.replace("</row>", ""))),
    ("two tables of cells", with_part(SHEET, lambda xml: xml.replace("</sheetData>", "</sheetData><sheetData/>"))),
    ("an address of no letters", xlsx('<row r="1"><c r="11"><v>1</v></c></row>')),
    ("a sheet that is not there", archive({k: v for k, v in xlsx_parts(worksheet(ONE)).items() if k != SHEET})),
    ("half an archive", typical()[:6000]),
    ("an archive without its directory", typical()[:-300]),
    ("half an xls", kept("office.xls")[:3000]),
    ("a sheet shorter than it says", lying(xlsx_parts(worksheet(ONE)), 100_000)),
    ("a sheet longer than it says", lying(xlsx_parts(worksheet(ONE)), 100)),
    ("two parts of one name", archive(xlsx_parts(worksheet(ONE)) | {"XL/WORKBOOK.XML": "<x/>"})),
    ("a backward repetition", repeated(FILLED, rows=-3)),
    ("a table within a table", ods('<table:table table:name="x"/>')),
]


@pytest.mark.parametrize("content", [case[1] for case in DAMAGED], ids=[case[0] for case in DAMAGED])
def test_what_is_damaged_or_ambiguous_is_unreadable(content):
    refused = refusal(content)
    assert type(refused) is errors.Unreadable
    assert refused.fields["problem"]


def test_sheets_of_one_name_are_not_mixed_up():
    parts = xlsx_parts(worksheet(ONE), worksheet(ONE))
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("表2", "表1")
    assert type(refusal(archive(parts))) is errors.Unreadable


def test_limits_can_be_narrowed():
    with pytest.raises(errors.TooLarge):
        parse(typical(), replace(LIMITS, rows=5))


@pytest.mark.parametrize("most_kept", [0, parts.MB])
def test_what_is_looked_at_twice_counts_once_against_the_limit(most_kept, monkeypatch):
    """The cells, and then whether a number of somebody's stands in their text."""
    rows = ONE + "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(2, 99))
    content = archive(xlsx_parts(worksheet(rows + " " * 5000)))
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        unzipped = sum(member.file_size for member in packed.infolist())
    monkeypatch.setattr(parts, "_MOST_KEPT", most_kept)
    assert len(parse(content, replace(LIMITS, unzipped=unzipped)).sheets[0].rows) == 98
    with pytest.raises(errors.TooLarge):
        parse(content, replace(LIMITS, unzipped=unzipped - 1))
