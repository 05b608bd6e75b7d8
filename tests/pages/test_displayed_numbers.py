"""Numbers as the screens show them, held against sums over the workbooks made by other means than ours."""

from __future__ import annotations

import re
from html import unescape

import openpyxl
import pytest
from by_hand import added, answers
from command_line import ROOT
from pages_fixtures import looking, screen, words, written  # noqa: F401  (fixtures)

FOLDER = ROOT / "data/demo/2021Q1"


@pytest.fixture(scope="module")
def q1():
    paths = sorted(FOLDER.glob("*县区季度报表.xlsx"))
    assert len(paths) == 8
    return {re.search(r"抚顺市_([^_]+)_", path.name)[1]: answers(path) for path in paths}


@pytest.fixture
def shown(looking):  # noqa: F811
    """Promise -> (value, target, change) as printed on the overview."""
    app, found = screen(period="2021Q1"), {}
    for row in re.findall(r"<tr>(.*?)</tr>", written(app), re.S):
        if promise := re.search(r'class="id">(\w+)</span>', row):
            cells = [unescape(re.sub(r"<[^>]+>", "", cell)) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)]
            found[promise[1]] = cells
    return found


def percent(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"


@pytest.mark.parametrize(
    ("promise", "top", "bottom"),
    [
        ("K01", ("A03", "A05"), ("A02",)),
        ("K02", ("A03",), ("A02",)),
        ("K03", ("B02",), ("B01",)),
        ("D01", ("B11",), ("B10",)),
        ("D05", ("E07",), ("E06",)),
        ("D07", ("B15",), ("B14",)),
    ],
)
def test_a_ratio_on_the_overview(shown, q1, promise, top, bottom):
    assert percent(100 * added(q1.values(), *top) / added(q1.values(), *bottom)) in shown[promise]


@pytest.mark.parametrize(
    ("promise", "code", "unit"),
    [("K05", "B05", "所"), ("K07", "C01", "人"), ("K14", "D03", "人"), ("K15", "D08", "万元")],
)
def test_a_sum_on_the_overview(shown, q1, promise, code, unit):
    total = added(q1.values(), code)
    assert f"{total:,.2f}".rstrip("0").rstrip(".") + unit in shown[promise]


def test_the_money_of_a_work_on_the_overview(shown):
    [path] = FOLDER.glob("*项目进度季度报表*")
    sheet = openpyxl.load_workbook(path, data_only=True)["项目进度"]
    column = next(cell.column for row in sheet.iter_rows(max_row=12) for cell in row if cell.value == "完成投资")
    campus = next(row[column - 1].value for row in sheet.iter_rows() if row[0].value == "P02")
    assert campus == 150 and f"{campus}万元" in shown["K11"]


def test_a_countys_value_and_the_citys_beside_it(looking, q1):  # noqa: F811
    said = words(screen("pages/county.py", unit="210404", period="2021Q1"))
    assert percent(100 * q1["望花区"]["A03"] / q1["望花区"]["A02"]) in said
    assert percent(100 * added(q1.values(), "A03") / added(q1.values(), "A02")) in said


def test_the_gap_of_a_county_in_children(looking, q1):  # noqa: F811
    gap = 0.46 * q1["顺城区"]["A02"] - q1["顺城区"]["A03"]
    assert f"顺城区差{-(-gap // 1):,.0f}人" in words(
        screen("pages/indicator.py", indicator="public-share", period="2021Q1")
    )


def test_aid_per_pupil(looking, q1):  # noqa: F811
    app = screen("pages/works.py", period="2021Q1")
    each = 10_000 * added(q1.values(), "D08") / added(q1.values(), "D03")
    specs = "".join(chart.proto.spec for chart in app.get("plotly_chart"))
    assert f"人均资助{each:,.0f}元" in specs
