"""Formulas whose stored result is not theirs have none; those that hold their result keep it."""

from __future__ import annotations

import struct
from itertools import pairwise

import pytest
from binary_fixtures import biff, formula, number, styled_xls, styled_xlsb, xls_text
from cells_fixtures import archive, cells_of, kept, ods, record, states_of, worksheet, xlsx_parts
from returns_fixtures import A02, CHILDREN, PRESCHOOL, filled, read, spoken
from workbook_fixtures import rewritten

from etl.cells.addresses import address
from etl.cells.evaluate import evaluate
from etl.cells.functions import Fault, Unknown
from etl.model import CellState

SHEET = {(1, 1): 2.0, (1, 2): 3.0, (1, 3): "文", (1, 4): "7", (1, 5): True, (2, 1): "/", (2, 2): "/"}


def fetch(sheet: str, top: int, left: int, bottom: int, right: int):
    if sheet not in ("", "表 1"):
        raise Unknown
    return [SHEET.get((row, column)) for row in range(top, min(bottom, 9) + 1) for column in range(left, right + 1)]


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("6+7", 13), ("A1*B1-1", 5), ("-2^2", 4), ("2^3^2", 64), ("1-2-3", -4), ("12/4/3", 1), ("50%", 0.5), ("(1+2)*3", 9),
        (" $A$1 + '表 1'!B1 ", 5), ("1.5e2", 150), ("A9", 0), ("A9+1", 1), ("D1+1", 8), ("E1+1", 2), ("+A1", 2), ("--A1", 2),
        ('A1&"个"', "2个"), ('"a""b"', 'a"b'), ("C1&A9", "文"), ("A2&B2", "//"), ("1.50&1", "1.51"),
        ("SUM(A1:E1)", 5), ("SUM(A1,B1,4)", 9), ('SUM("3",TRUE)', 4), ("SUM(A9:B9)", 0), ("COUNT(A1:E1)", 2), ("COUNTA(A1:F2)", 7),
        ("AVERAGE(A1:B1)", 2.5), ("MIN(A1:B1)", 2), ("MAX(A1:B1,9)", 9), ("PRODUCT(A1:B1)", 6), ("ROUND(2.345,2)", 2.35),
        ("ROUND(1.005,2)", 1.01), ("ROUND(-1.5,0)", -2), ("ROUND(1234,-2)", 1200), ("ROUNDUP(1.21,1)", 1.3), ("ROUNDDOWN(1.29,1)", 1.2),
        ("SUM(A:B)", 5), ("SUM('表 1'!$A:$A)", 2), ('SUMIF(A1:B1,">2")', 3), ("SUMIF(A1:B1,2,A1:B1)", 2), ('COUNTIF(A1:E1,"文")', 1),
        ("COUNTIF(A1:E1,3)", 1), ("SUMPRODUCT(A1:B1,A1:B1)", 13), ("INT(-1.5)", -2), ("INT(0.3/0.1)", 3), ("ABS(-3)", 3), ("if(A1>1,\"是\",\"否\")", "是"), ("IF(A1>9,1)", False), ("IF(A9,1,)", 0),
        ("IF(OR(A1>9,B1>9),1,2)", 2), ("IF(AND(A1>1,NOT(A1>9)),1,2)", 1), ("IF(A1=0,1/A9,5)", 5), ("IFERROR(1/A9,7)", 7),
        ("IFERROR(A1,7)", 2), ('A9=""', True), ("A9=0", True), ('C1="文"', True), ("C1>A1", True), ("1=1.0", True), ('"a"="A"', True),
        ("ISNUMBER(C1)", False), ("ISBLANK(A9)", True), ('CONCATENATE(A1,"-",B1)', "2-3"), ("IF(COUNT(A2,B2)>0,SUM(A2,B2),IF(A2&B2=\"//\",\"/\",\"\"))", "/"),
    ],
)  # fmt: skip
def test_a_plain_formula_is_worked_out(text, result):
    found = evaluate(text, fetch)
    assert type(found) is (float if isinstance(result, int) and not isinstance(result, bool) else type(result))
    assert found == pytest.approx(result) if isinstance(found, float) else found == result


@pytest.mark.parametrize(
    "text",
    ["VLOOKUP(A1,A1:B2,2)", "TODAY()", "A:A+1", "SUM(1:2)", 'COUNTIF(A1:C1,"文*")', 'COUNTIF(A1:C1,"<>2")', "SUMPRODUCT(A1:B1,A1:A2)", "名称+1", "[1]表!A1+1", "'别的'!A1", "A1:B1+1", "{1,2}", "A1 B1", "(1", "1)", "1+",
     "SUM(", "", "表[人数]", '"2021-9-30"+1', '"1,234"+1', '"a"<"b"', "LOG10(3)", "A1!B1", "IF()", "ROUND(1)", "A1..B1"],
)  # fmt: skip
def test_what_is_beyond_it_is_unknown_and_not_guessed(text):
    with pytest.raises((Unknown, IndexError)):
        evaluate(text, fetch)


@pytest.mark.parametrize("text", ["1/0", "A1/A9", "C1+1", "AVERAGE(C1:C1)", "IF(C1,1,2)", "9^99*9^99*9^99*9^99"])
def test_an_error_is_a_fault(text):
    with pytest.raises(Fault):
        evaluate(text, fetch)


LATER = '<calcPr fullCalcOnLoad="1"/>'


def book(rows: str, calculation: str = "") -> bytes:
    parts = xlsx_parts(worksheet(rows))
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("</workbook>", f"{calculation}</workbook>")
    return archive(parts)


def cell(at: str, text: str, stored: str, kind: str = "") -> str:
    typed = f' t="{kind}"' if kind else ""
    return f'<c r="{at}"{typed}><f>{text}</f><v>{stored}</v></c>'


def uncached(content: bytes) -> list[str]:
    return list(states_of(content, CellState.UNCACHED))


@pytest.mark.parametrize(
    ("text", "stored", "kind"),
    [("6+7", "0", ""), ("6+7", "12", ""), ("6+7", "", "str"), ("6+7", "13", "str"), ('IF(1,"/")', "0", ""), ("1/0", "0", "")],
)  # fmt: skip
@pytest.mark.parametrize("calculation", ["", LATER])
def test_a_result_that_the_formula_does_not_give_is_none(text, stored, kind, calculation):
    file = book(f'<row r="1">{cell("A1", text, stored, kind)}</row>', calculation)
    assert uncached(file) == ["A1"]
    assert cells_of(file)["A1"].formula == text


@pytest.mark.parametrize(
    ("text", "stored", "kind"),
    [
        ("6+7", "13", ""),
        ("1-1", "0", ""),
        ("0.1+0.2", "0.3", ""),
        ('""', "", "str"),
        ("B1", "0", ""),
        ("1=1", "1", "b"),
    ],
)
@pytest.mark.parametrize("calculation", ["", LATER])
def test_a_result_that_the_formula_gives_is_kept(text, stored, kind, calculation):
    assert uncached(book(f'<row r="1">{cell("A1", text, stored, kind)}</row>', calculation)) == []


def test_what_stands_on_a_formula_that_was_not_computed_was_not_either():
    rows = f'<row r="1">{cell("A1", "B1", "0")}{cell("B1", "C1*2", "0")}<c r="C1"><v>4</v></c></row>'
    assert uncached(book(rows)) == ["A1", "B1"]


def test_a_number_that_cannot_be_worked_out_counts_unless_the_workbook_asks_to_be_computed():
    rows = f'<row r="1">{cell("A1", "VLOOKUP(1,B1:C9,2)", "5")}{cell("D1", "TODAY()&amp;1", "x", "str")}</row>'
    assert uncached(book(rows)) == []
    assert uncached(book(rows, '<calcPr fullCalcOnLoad="0"/>')) == []
    assert uncached(book(rows, LATER)) == ["A1"]


def test_where_one_formula_holds_0_for_its_result_another_unknown_0_is_none_either():
    unknown = cell("A1", "VLOOKUP(1,B1:C9,2)", "0")
    assert uncached(book(f'<row r="1">{unknown}</row>')) == []
    assert uncached(book(f'<row r="1">{unknown}{cell("D1", "6+7", "0")}</row>')) == ["A1", "D1"]


def test_a_formula_that_leads_back_to_itself_is_left_alone():
    assert uncached(book(f'<row r="1">{cell("A1", "B1+1", "3")}{cell("B1", "A1-1", "2")}</row>')) == []


def test_a_long_chain_and_deep_brackets_end():
    chain = "".join(f'<row r="{n}">{cell(f"A{n}", f"A{n + 1}+1", "0")}</row>' for n in range(1, 3000))
    deep = f'<row r="3001">{cell("A3001", "(" * 5000 + "1" + ")" * 5000, "1")}</row>'
    assert "A2999" in uncached(book(chain + deep))


def test_a_text_that_doubles_in_every_cell_ends():
    doubled = "".join(cell(f"{letter}1", f"{before}1&amp;{before}1", "x", "str") for before, letter in pairs())
    file = book(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"x" * 1000}</t></is></c>{doubled}</row>')
    assert uncached(file)[:2] == ["B1", "C1"]


def pairs() -> list[tuple[str, str]]:
    letters = [address(1, n)[:-1] for n in range(1, 101)]
    return list(pairwise(letters))


def test_numbers_rounded_as_displayed_are_left_alone():
    assert uncached(book(f'<row r="1">{cell("A1", "1.26+0", "1.3")}</row>', '<calcPr fullPrecision="0"/>')) == []


@pytest.mark.parametrize("name", ["office.xlsx", "office.ods", "office.xls"])
def test_what_an_office_program_computed_is_kept(name):
    assert states_of(kept(name), CellState.UNCACHED) == {}


def test_an_ods_formula_is_told_in_excels_words_and_worked_out():
    def row(formula: str, value: int) -> str:
        return f'<table:table-cell table:formula="{formula}" office:value-type="float" office:value="{value}"/>'

    five = '<table:table-cell office:value-type="float" office:value="5"/>'
    rows = (
        f"<table:table-row>{five}{row('of:=SUM([.A1:.A1];2)', 0)}{row('of:=SUM([.A1];2)', 7)}{row('of:=[$表1.$A$1]*2', 10)}"
        f"{row('of:=IF([.A1]&gt;1;&quot;a;[b]&quot;;0)', 0)}</table:table-row>"
    )
    cells = cells_of(ods(rows))
    assert [cells[at].formula for at in ("B1", "C1", "D1", "E1")] == [
        "SUM(A1:A1,2)", "SUM(A1,2)", "表1!$A$1*2", 'IF(A1>1,"a;[b]",0)',
    ]  # fmt: skip
    assert uncached(ods(rows)) == ["B1", "E1"]


def test_an_xls_or_xlsb_formula_with_0_that_is_to_be_computed_on_opening_has_no_result():
    cells = formula(0, 0, 0, flags=2) + formula(0, 1, 0) + formula(0, 2, 3, flags=2) + number(0, 3, 0, 0)
    assert uncached(styled_xls(cells)) == ["A1"]
    tail = struct.pack("<I", 3) + b"\x1e\x01\x00" + struct.pack("<I", 0)

    def computed(column: int, value: float, flags: int) -> bytes:
        return record(9, struct.pack("<IIdH", column, 0, value, flags) + tail)

    rows = computed(0, 0, 2) + computed(1, 0, 0) + computed(2, 3, 2)
    assert uncached(styled_xlsb(rows)) == ["A1"]
    assert uncached(styled_xlsb(rows, later=True)) == ["A1", "B1", "C1"]


def test_a_sheet_that_was_saved_uncomputed_says_so_in_every_kind_and_its_neighbour_is_believed():
    unknown = cell("A1", "VLOOKUP(1,B1:C9,2)", "5")
    sheet = worksheet(f'<row r="1">{unknown}</row>').replace(
        "</sheetData>", '</sheetData><sheetCalcPr fullCalcOnLoad="1"/>'
    )
    assert uncached(archive(xlsx_parts(sheet))) == ["A1"]
    assert uncached(archive(xlsx_parts(sheet.replace('"1"/>', '"0"/>')))) == []
    assert uncached(styled_xls(formula(0, 0, 3))) == []
    assert uncached(styled_xls(biff(0x005E, b"\0\0") + formula(0, 0, 3) + number(0, 1, 0, 0))) == ["A1"]
    tail = struct.pack("<I", 3) + b"\x1e\x01\x00" + struct.pack("<I", 0)
    computed = record(9, struct.pack("<IIdH", 0, 0, 3.0, 0) + tail)
    plain, later = (styled_xlsb(computed, behind=record(663, struct.pack("<I", asked))) for asked in (0, 1))
    assert (uncached(plain), uncached(later)) == ([], ["A1"])


def test_an_xls_formula_whose_text_is_not_there_has_no_result():
    def textual(column: int) -> bytes:
        said = b"\0" * 6 + b"\xff\xff"
        return biff(0x0006, struct.pack("<HHH", 0, column, 0) + said + struct.pack("<HI", 0, 0) + b"\3\0\x1e\1\0")

    text, area = biff(0x0207, xls_text("是")), biff(0x04BC, struct.pack("<HHBBBB", 0, 0, 1, 1, 0, 1) + b"\3\0\x1e\1\0")
    found = styled_xls(textual(0) + text + textual(1) + area + text + textual(2) + number(0, 3, 0, 1))
    assert uncached(found) == ["C1"]
    assert uncached(styled_xls(textual(0))) == ["A1"]


def test_our_own_total_with_a_placeholder_is_worked_out_and_another_formula_blocks():
    def placeholders(name: str, data: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return data
        start = data.index(b"<v>", data.index(f'<c r="{A02}"'.encode())) + 3
        return data[:start] + b"0" + data[data.index(b"</v>", start) :]

    untouched, ret = read(filled()), read(rewritten(filled(), placeholders))
    assert ret.value(CHILDREN) == untouched.value(CHILDREN) > 0
    assert ("formula_computed", "note", f"{PRESCHOOL}!{A02}") in spoken(ret)

    def theirs(name: str, data: bytes) -> bytes:
        data = placeholders(name, data)
        start = data.find(b"<f>", data.find(f'<c r="{A02}"'.encode())) + 3
        return (
            data[:start] + b"6+7" + data[data.index(b"</f>", start) :] if name == "xl/worksheets/sheet1.xml" else data
        )

    assert ("formula_without_result", "blocks", f"{PRESCHOOL}!{A02}") in spoken(read(rewritten(filled(), theirs)))
