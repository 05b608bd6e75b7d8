"""What tables of a screen say of themselves: counted ones their proof, drafts and queues that they are none; and days in them."""

# ruff: noqa: F811
from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from proof_fixtures import csv_rows, here, with_cells  # noqa: F401  (fixture)
from workbook_fixtures import opened

from reports import verify
from reports.table_cells import Table
from reports.tables import Origin, csv, xlsx

AT = datetime(2021, 10, 15, 9, 30)
TABLE = Table("各单位", ("单位", "人数"), (("新抚区", "1,240人"), ("抚顺县", "未报")))


@pytest.fixture
def origin(here) -> Origin:
    return Origin("县区", AT, here.snapshot.version.number, here.snapshot.plan.demo, here.snapshot)


def taken(name: str, content: bytes) -> verify.CheckedFile:
    [found] = verify.verify(name, content)
    return found


# Days


DATED = Table(
    "日期",
    ("单位", "截止", "收到", "文字"),
    (
        ("新抚区", date(2021, 10, 12), datetime(2021, 10, 13, 9, 5), "2021-10-13 09:05"),
        ("东洲区", None, "2021-13-40", "2021-10-13"),
    ),
)


def test_days_are_days_in_a_workbook_and_in_the_order_of_the_calendar_in_a_csv(origin):
    sheet = opened(xlsx([DATED], origin))["日期"]
    assert [cell.value for cell in sheet[5]][1:] == [datetime(2021, 10, 12), *[datetime(2021, 10, 13, 9, 5)] * 2]
    assert [cell.number_format for cell in sheet[5]][1:] == ["yyyy-mm-dd", "yyyy-mm-dd hh:mm", "yyyy-mm-dd hh:mm"]
    assert [cell.value for cell in sheet[6]] == ["东洲区", None, "2021-13-40", datetime(2021, 10, 13)]
    assert csv_rows(csv(DATED, origin))[1] == ["新抚区", "2021-10-12", "2021-10-13 09:05:00", "2021-10-13 09:05"]


def test_tables_with_days_hold_and_a_changed_day_is_found(origin):
    content = xlsx([DATED], origin)
    assert taken("表.xlsx", content).holds and taken("表.csv", csv(DATED, origin)).holds
    assert taken("表.xlsx", with_cells(content, {})).holds
    assert taken("表.xlsx", with_cells(content, {"日期!B5": date(2021, 10, 11)})).touched


# Tables that are no published data


DRAFT = replace(TABLE, title="草稿", counted=False)


def test_a_table_that_is_not_counted_says_so_and_carries_no_proof(origin):
    book = opened(xlsx([DRAFT], origin))
    assert book.sheetnames == ["草稿"]
    told = "页面表格，不是发布的数据，没有校验码 · 县区 · 2021-10-15 09:30 · 数据第1版 · 演示数据"
    assert book["草稿"]["A2"].value == told and book.properties.description == told
    assert csv_rows(csv(DRAFT, origin))[-1] == [told]
    for name, content in (("表.xlsx", xlsx([DRAFT], origin)), ("表.csv", csv(DRAFT, origin))):
        with pytest.raises(verify.NoProof):
            verify.verify(name, content)


def test_beside_counted_tables_it_still_says_so(origin):
    content = xlsx([TABLE, DRAFT], origin)
    book = opened(content)
    assert "校验码" in book.worksheets[0]["A2"].value and book["草稿"]["A2"].value == origin.line()
    assert taken("表.xlsx", content).holds
    assert taken("表.xlsx", with_cells(content, {"草稿!B5": 1})).touched


def test_before_anything_is_published_no_version_is_named(origin):
    bare = Origin("账号", AT)
    assert bare.line() == "页面表格，不是发布的数据，没有校验码 · 账号 · 2021-10-15 09:30"
    assert opened(xlsx([TABLE], bare)).worksheets[0]["A2"].value == bare.line()
