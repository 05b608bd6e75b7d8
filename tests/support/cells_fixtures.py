"""Files for the chapter on reading: made here byte by byte, or kept in fixtures/cells (see its README)."""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from etl.cells import read_cells
from etl.cells.addresses import address
from etl.model import Cell, CellState

FIXTURES = Path(__file__).parent / "fixtures" / "cells"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def cells_of(content: bytes, sheet: int = 0) -> dict[str, Cell]:
    """Cells by address, as staff name them."""
    return {address(*place): cell for place, cell in read_cells(content).sheets[sheet].cells.items()}


def values_of(content: bytes, sheet: int = 0) -> dict[str, object]:
    return {at: cell.raw for at, cell in cells_of(content, sheet).items()}


def states_of(content: bytes, state: CellState) -> dict[str, object]:
    return {at: cell.raw for at, cell in cells_of(content).items() if cell.state is state}


def kept(name: str) -> bytes:
    return (FIXTURES / name).read_bytes()


def office_workbook() -> bytes:
    """What fixtures/cells/office.* were made of; openpyxl stores no results of formulas."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "学前教育"
    sheet.merge_cells("A1:D1")
    entries = {
        "A1": "学前教育情况表", "A3": "在园", "B3": 100, "C3": 90.5, "D3": "=B3+C3", "E3": "=B4",
        "A4": "0012", "B4": date(2021, 9, 30), "C4": datetime(2021, 9, 30, 8, 5, 1), "D4": "=1/0",
        "B5": time(8, 30), "C5": True, "D5": "=NA()", "B6": 0.46, "C6": '="文"&"字"', "D6": "=FOO(1)",
        "D7": '=IF(B3>0,"","x")', "D8": '=VALUE("x")', "D9": "=D3*2", "F12": "远处", "A15": " 前后空格 ",
        "A16": "两\n行", "B17": 210402,
    }  # fmt: skip
    for at, value in entries.items():
        sheet[at] = value
    sheet["E3"].number_format = "yyyy-mm-dd"
    hidden = book.create_sheet("隐藏页")
    hidden.sheet_state = "hidden"
    hidden["B2"] = "看不见"
    return saved(book)


def set_apart_workbook() -> bytes:
    """What fixtures/cells/set_apart.* were made of: parts struck through, raised and lowered, whole cells struck."""
    book = openpyxl.Workbook()
    sheet = book.active
    struck, raised, low = (
        InlineFont(strike=True),
        InlineFont(vertAlign="superscript"),
        InlineFont(vertAlign="subscript"),
    )
    sheet["A1"] = CellRichText("12", TextBlock(raised, "3"))
    sheet["A2"] = CellRichText(TextBlock(struck, "12"), TextBlock(InlineFont(), "15"))
    sheet["A3"] = 12
    sheet["A4"] = "已印发"
    sheet["A5"] = CellRichText("7900m", TextBlock(raised, "2"))
    sheet["A6"] = 0.781
    sheet["A7"] = CellRichText("1", TextBlock(InlineFont(b=True), "5"))
    sheet["A8"] = CellRichText("已", TextBlock(struck, "印发"), TextBlock(InlineFont(), "召开"))
    sheet["A9"] = date(2021, 9, 30)
    sheet["A10"] = CellRichText("9", TextBlock(low, "1"))
    for at in ("A3", "A4", "A9"):
        sheet[at].font = Font(strike=True)
    sheet["A6"].number_format = "0.0%"
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def written(fill) -> bytes:
    """What XlsxWriter makes of `fill(workbook)`."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    fill(book)
    book.close()
    return file.getvalue()


def typical() -> bytes:
    """6 sheets with some 80 rows in all, as a county's return has them."""

    def fill(book: xlsxwriter.Workbook) -> None:
        frame = book.add_format({"border": 1})
        for number in range(1, 7):
            sheet = book.add_worksheet(f"表{number}")
            sheet.merge_range("A1:H1", "情况表", frame)
            for row in range(1, 14):
                sheet.write_row(row, 0, [f"A{row:02}", f"指标{row}", "人", row * 7, row * 8, row * 9], frame)
                sheet.write_formula(row, 6, f"=E{row + 1}-D{row + 1}", frame, row)
                sheet.write(row, 7, "新建园", frame)

    return written(fill)


def archive(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return file.getvalue()


def xlsx_parts(*sheets: str, states: tuple[str, ...] = ()) -> dict[str, str]:
    """The least that is an xlsx; each of `sheets` is the XML of one worksheet."""
    numbers = range(1, len(sheets) + 1)
    listed = "".join(
        f'<sheet name="表{n}" sheetId="{n}" state="{(states or ("visible",) * len(sheets))[n - 1]}" r:id="r{n}"/>'
        for n in numbers
    )
    related = "".join(
        f'<Relationship Id="r{n}" Type="{RELATIONS}/worksheet" Target="worksheets/s{n}.xml"/>' for n in numbers
    )
    return {
        "[Content_Types].xml": f'<?xml version="1.0"?><Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<?xml version="1.0"?><workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>',
        **{f"xl/worksheets/s{n}.xml": sheet for n, sheet in zip(numbers, sheets, strict=True)},
    }


def worksheet(rows: str, after: str = "") -> str:
    return f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def xlsx(rows: str, after: str = "") -> bytes:
    return archive(xlsx_parts(worksheet(rows, after)))


ODS_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
) + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'  # fmt: skip


def ods(*tables: str, manifest: str = "", before: str = "") -> bytes:
    """Each of `tables` is the XML of the rows of one sheet. before: what stands before them."""
    body = "".join(f'<table:table table:name="表{n}">{rows}</table:table>' for n, rows in enumerate(tables, start=1))
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f'<?xml version="1.0"?><manifest>{manifest}</manifest>',
            "content.xml": f'<?xml version="1.0"?><office:document-content {ODS_NAMES}><office:body>'
            f"<office:spreadsheet>{before}{body}</office:spreadsheet></office:body></office:document-content>",
        }
    )


def record(kind: int, body: bytes = b"") -> bytes:
    """One record of an xlsb: kind and length in 7 bits a byte, low bits first."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = len(body), b""
    while size > 0x7F:
        length, size = length + bytes([size & 0x7F | 0x80]), size >> 7
    return head + length + bytes([size]) + body


def xlsb_text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb() -> bytes:
    """Two sheets by the specification, the second one hidden:
    A1 文字, B1 12.5, B2 #DIV/0! of a formula, C2 25 of a formula, A3 #N/A; merged A5:B5 with 题 and a value under it.
    """

    def cell(column: int) -> bytes:
        return struct.pack("<II", column, 0)

    def row(number: int) -> bytes:
        return record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0))

    formula = struct.pack("<H", 0) + struct.pack("<I", 3) + b"\x1e\x01\x00" + struct.pack("<I", 0)
    cells = (
        row(0) + record(6, cell(0) + xlsb_text("文字")) + record(5, cell(1) + struct.pack("<d", 12.5))
        + row(1) + record(11, cell(1) + b"\x07" + formula) + record(9, cell(2) + struct.pack("<d", 25) + formula)
        + row(2) + record(3, cell(0) + b"\x2a")
        + row(4) + record(6, cell(0) + xlsb_text("题")) + record(5, cell(1) + struct.pack("<d", 9))
    )  # fmt: skip
    merge = record(177, struct.pack("<I", 1)) + record(176, struct.pack("<IIII", 4, 4, 0, 1)) + record(178)
    dimension = record(148, struct.pack("<IIII", 0, 4, 0, 2))
    first = record(129) + dimension + record(145) + cells + record(146) + merge + record(130)
    second = (
        record(129)
        + dimension
        + record(145)
        + row(0)
        + record(5, cell(0) + struct.pack("<d", 1))
        + record(146)
        + record(130)
    )
    listed = b"".join(
        record(156, struct.pack("<II", state, number) + xlsb_text(f"r{number}") + xlsb_text(name))
        for number, name, state in ((1, "数据", 0), (2, "藏", 1))
    )
    related = "".join(
        f'<Relationship Id="r{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n}.bin"/>' for n in (1, 2)
    )
    types = "application/vnd.ms-excel"
    return archive(
        {
            "[Content_Types].xml": f'<?xml version="1.0"?><Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.bin" ContentType="{types}.sheet.binary.macroEnabled.main"/>'
            f'<Override PartName="/xl/worksheets/sheet1.bin" ContentType="{types}.worksheet"/>'
            f'<Override PartName="/xl/worksheets/sheet2.bin" ContentType="{types}.worksheet"/></Types>',
            "_rels/.rels": f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.bin"/></Relationships>',
            "xl/workbook.bin": record(131) + record(143) + listed + record(144) + record(132),
            "xl/_rels/workbook.bin.rels": f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>',
            "xl/worksheets/sheet1.bin": first,
            "xl/worksheets/sheet2.bin": second,
        }
    )
