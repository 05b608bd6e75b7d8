"""Aid per pupil in the summary: a unit that gave one half of the two numbers is printed and in no sum."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from warehouse_fixtures import House, small_plan
from workbook_fixtures import Worked, opened, sheet

from catalogue.wording import say
from reports.snapshot import AID, Snapshot
from reports.workbook import kinds
from warehouse import store

MONEY, HEADS = AID


@pytest.fixture
def aided(tmp_path):
    """Two counties with money and heads, one with one of them."""
    plan = small_plan()
    elements = {**plan.elements, "fires": replace(plan.elements["fires"], measure="10k_yuan")}
    indicators = {
        **plan.indicators,
        MONEY: replace(plan.indicators["fires"], code=MONEY, name=MONEY, measure="10k_yuan"),
        HEADS: replace(plan.indicators["pupils"], code=HEADS, name=HEADS),
    }
    return House(tmp_path, replace(plan, elements=elements, indicators=indicators))


def aid_of(house: House) -> tuple[list[list], Worked, int]:
    """The rows of the table, the workbook to be worked out again, and the row of the city."""
    content = kinds.summary(Snapshot(house.plan, store.newest(house.folder), "filed", "2021Q1", date(2021, 4, 20)))
    page = sheet(opened(content, values=True), "works")
    [top] = [row for row in range(1, page.max_row) if page.cell(row, 1).value == say("workbook.table.aid")]
    rows = [[cell.value for cell in row[:4]] for row in page.iter_rows(min_row=top + 2, max_row=page.max_row)]
    return rows, Worked(opened(content)), page.max_row


@pytest.mark.parametrize(
    ("alone", "printed"), [("90 |", ["90万元，不计入合计", "—"]), ("| 90", ["—", "90人，不计入合计"])]
)
def test_half_of_a_pair_is_printed_and_in_no_sum(aided, alone, printed):
    aided.file(f"""
        unit | period | fires | pupils
        A    | 2021Q1 |    10 |    100
        B    | 2021Q1 |    30 |    100
        C    | 2021Q1 | {alone}
    """)
    rows, worked, last = aid_of(aided)
    assert rows[2] == ["C县", *printed, say("works.aid.part")]
    assert rows[-1] == ["某市", 40, 200, 2000]
    works = say("workbook.sheet.works")
    assert [worked.of(works, f"{column}{last}") for column in "BCD"] == [40, 200, 2000]


def test_where_nobody_gave_both_the_city_has_no_formula(aided):
    aided.file("""
        unit | period | fires | pupils
        A    | 2021Q1 |    10 |
        B    | 2021Q1 |       |    100
    """)
    rows, _, _ = aid_of(aided)
    assert rows[-1][1:] == [say("charts.missing")] * 3
