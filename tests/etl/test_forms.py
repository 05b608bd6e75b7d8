"""Which form, whose, which quarter: told by the identity text, else by what is printed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from plan_fixtures import plan_2021, small_plan
from returns_fixtures import FORMS, edited, put, read, spoken, template, values_only

from catalogue.period import Period
from etl.cells import read_cells
from etl.errors import FormUnknown, OldVersion, PeriodUnknown, UnitUnknown
from etl.model import Cell, Cells, SheetCells
from etl.reading import headings
from etl.reading.forms import Identity, header_disagreements, recognise
from etl.reading.headings import read_period, read_reporter

Q3 = Period(2021, 3)
XINBIN = Identity("county", "2021.1", "210422", Q3)


def seen(content: bytes) -> Identity:
    return recognise(read_cells(content), plan_2021())


def page(*rows: tuple, name: str = "Sheet1", kind: str = "xlsx") -> Cells:
    """A workbook of one sheet, its rows from the top."""
    cells = {
        (r, c): Cell(raw)
        for r, row in enumerate(rows, start=1)
        for c, raw in enumerate(row, start=1)
        if raw is not None
    }
    return Cells(kind, (SheetCells(name, cells),))


@pytest.mark.parametrize(("form", "reporter"), FORMS)
def test_every_template_says_whose_it_is(form, reporter):
    assert seen(template(form, reporter, "2021Q3")) == Identity(form, "2021.1", reporter, Q3)


def test_the_small_plans_forms_are_recognised_by_the_same_code():
    plan = small_plan()
    form = next(iter(plan.forms))
    reporter = plan.reporters(form)[0]
    content = template(form, reporter, str(plan.first), plan=plan)
    assert recognise(read_cells(content), plan) == Identity(form, plan.forms[form].version, reporter, plan.first)


def rows_above(book):
    for sheet in book:
        sheet.insert_rows(1, 2)
        sheet["A1"] = "附件1"


def renamed(book):
    for n, sheet in enumerate(reversed(book.worksheets)):
        sheet.title = f"Sheet{n}"


def reordered(book):
    book._sheets.reverse()


def moved(book):
    for sheet in book:
        sheet["H30"], sheet["A1"] = sheet["A1"].value, None


def full_width(book):
    for sheet in book:
        sheet["A1"] = "county／２０２１.１／210422 ／2021Q3"


def no_identity(book):
    for sheet in book:
        sheet["A1"] = None


@pytest.mark.parametrize("change", [rows_above, renamed, reordered, moved, full_width, no_identity])
def test_it_is_recognised_after(change):
    assert seen(edited(template("county", "210422", "2021Q3"), change)) == XINBIN


@pytest.mark.parametrize(("form", "reporter"), FORMS)
def test_without_identity_the_printed_head_tells(form, reporter):
    assert seen(edited(template(form, reporter, "2021Q3"), no_identity)) == Identity(form, "2021.1", reporter, Q3)


TITLE = ("教育工作要点县区季度报表（学前教育）",)


@pytest.mark.parametrize(
    "head",
    [
        ("填报单位（盖章）：新宾满族自治县", None, "填报期：2021年第三季度"),
        ("填报单位：新宾县", None, "填报期：2021年三季度"),
        ("填报单位（盖章）：", "新 宾 县", None, "填报期", "2021年第3季度"),
        ("填 报 单 位 ： 抚顺市新宾县教育局", "报告期：２０２１年第三季度"),
        ("填报单位", "新宾", "填报期:", "2021年1-9月"),
        ("填报单位（公章）", "新宾满族自治县教育局（章）", "填报期：", "2021-09-30"),
    ],
)
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_units_and_quarters_are_read_as_offices_write_them(head, kind):
    assert recognise(page(("附件1",), TITLE, head, kind=kind), plan_2021()) == XINBIN


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2021年第三季度", "2021Q3"),
        ("2021年三季度", "2021Q3"),
        ("2021年第3季度", "2021Q3"),
        ("2021年前三季度", "2021Q3"),
        ("二〇二一年第三季度", "2021Q3"),
        ("２０２１年 第 ３ 季度", "2021Q3"),
        ("2021Q3", "2021Q3"),
        ("2021年1-9月", "2021Q3"),
        ("2021年1—9月份", "2021Q3"),
        ("2021年1至9月", "2021Q3"),
        ("2021年7-9月", "2021Q3"),
        ("2021年9月", "2021Q3"),
        ("2021年9月30日", "2021Q3"),
        ("2021年一至三季度", "2021Q3"),
        ("2021年10月8日", None),
        ("2021.9.30", "2021Q3"),
        ("2021年上半年", "2021Q2"),
        ("2021年1-12月", "2021Q4"),
        ("2021年全年", "2021Q4"),
        ("2021年度", "2021Q4"),
        ("2021年", None),
        ("2021年8月", None),
        ("2021年第五季度", None),
        ("第三季度", None),
        ("", None),
    ],
)
def test_quarters_in_words(text, period):
    found = read_period(text)
    assert (str(found) if found else None) == period


@pytest.mark.parametrize(
    ("form", "text", "code"),
    [
        ("county", "新抚区", "210402"),
        ("county", "新 抚 区", "210402"),
        ("county", "抚顺市新抚区", "210402"),
        ("county", "抚顺市新抚区教育局", "210402"),
        ("county", "抚顺县教育局", "210421"),
        ("county", "清原县", "210423"),
        ("county", "市直", "210400"),
        ("county", "抚顺市直", "210400"),
        ("county", "沈河区", None),
        ("county", "抚顺市教育局", None),
        ("county", "新抚区、东洲区", None),
        ("department", "抚顺市教育局高中科", "senior-high"),
        ("department", "新抚区", None),
        ("backfill", "抚顺市教育局", "city"),
    ],
)
def test_names_of_reporters(form, text, code):
    assert read_reporter(text, plan_2021(), form) == code


def test_a_form_that_was_replaced_is_told_as_old():
    with pytest.raises(OldVersion) as refused:
        recognise(page(("county/2020.1/210402/2021Q1",)), plan_2021())
    assert refused.value.fields["version"] == "2020.1"
    assert refused.value.fields["current"] == "2021.1"


@pytest.mark.parametrize(
    ("rows", "error"),
    [
        ([("某某统计表",)], FormUnknown),
        ([], FormUnknown),
        ([("campus/2021.1/210402/2021Q3",)], FormUnknown),
        ([("county/2031.1/210402/2021Q3",)], FormUnknown),
        ([("county/2021.1/210105/2021Q3",)], UnitUnknown),
        ([("county/2021.1/organisation/2021Q3",)], UnitUnknown),
        ([("department/2021.1/all-offices/2021Q3",)], UnitUnknown),
        ([TITLE, ("填报单位：沈河区", "填报期：2021年第三季度")], UnitUnknown),
        ([TITLE, ("填报单位：", None, "填报期：2021年第三季度")], UnitUnknown),
        ([TITLE, ("填报单位：新抚区", "填报期：")], PeriodUnknown),
        ([("county/2021.1/210402/2022Q1",)], PeriodUnknown),
        ([("county/2021.1/210402/2020Q3",)], PeriodUnknown),
    ],
)
def test_what_cannot_be_told_is_refused(rows, error):
    with pytest.raises(error) as refused:
        recognise(page(*rows), plan_2021())
    assert type(refused.value) is error
    assert "found" in refused.value.fields


def test_history_may_reach_further_back_than_the_baseline():
    assert recognise(page(("backfill/2021.1/city/2019Q4",)), plan_2021()).period == Period(2019, 4)


def disagreements(cells: Cells, identity: Identity = XINBIN) -> list[tuple[str, str, str]]:
    found = header_disagreements(cells, identity, plan_2021())
    return [(str(f.at), f.fields["shown"], f.fields["expected"]) for f in found]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("填报单位：新宾县", "填报期：2021年三季度"), []),
        (("填报单位：新抚区", "填报期：2021年三季度"), [("Sheet1!A2", "新抚区", "新宾满族自治县")]),
        (("填报单位：", "新抚区"), [("Sheet1!B2", "新抚区", "新宾满族自治县")]),
        (("填报单位：新宾县", "填报期：2021年第二季度"), [("Sheet1!B2", "2021年第二季度", "2021年第三季度")]),
        (("填报单位：某局", "填报期：近期"), []),
    ],
)
def test_a_head_that_says_otherwise_than_the_identity_is_found(row, said):
    assert disagreements(page((str(XINBIN),), row)) == said


def test_a_sheet_from_another_units_workbook_is_found():
    own = template("county", "210422", "2021Q3")
    mixed = edited(own, put("义务教育", "A1", "county/2021.1/210402/2021Q3"))
    assert seen(mixed) == XINBIN
    assert disagreements(read_cells(mixed)) == [
        (
            "义务教育!A1",
            "新抚区2021年第三季度教育工作要点县区季度报表",
            "新宾满族自治县2021年第三季度教育工作要点县区季度报表",
        )
    ]


def test_it_stops_the_return():
    mixed = edited(
        values_only(template("county", "210422", "2021Q3")), put("义务教育", "A4", "填报单位（盖章）：新抚区")
    )
    assert ("header_disagrees", "blocks", "义务教育!A4") in spoken(read(mixed))


def test_the_names_of_all_reporters_are_made_once_for_a_plan_and_not_for_each_cell(monkeypatch):
    made, names = [], headings._names
    monkeypatch.setattr(headings, "_names", lambda plan, code: made.append(code) or names(plan, code))
    plan = replace(plan_2021())
    for text in ("新抚区", "望花区教育局", "没有这个县", "新抚区") * 5:
        read_reporter(text, plan, "county")
    assert len(made) == len(plan.reporters("county"))
