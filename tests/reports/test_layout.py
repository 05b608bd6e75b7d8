"""The bureau's own tables filled in: what stands in the cells is what the warehouse says."""

from __future__ import annotations

import pytest
from layout_fixtures import filled, laid, opened, quarter, snapshot  # noqa: F401  (fixtures)
from openpyxl.styles import Font
from plan_fixtures import plan_2021

from catalogue.wording import use_language
from reports.files import make
from reports.layout import layouts
from warehouse import read, store

PLAN = plan_2021()
SAMPLE = "季度快报.xlsx"


@pytest.fixture
def says(demo):
    """What the warehouse itself answers about an indicator and a subject, in the third quarter."""
    with store.open_version(store.newest(demo)) as con:
        rows = read.values(con, "2021Q3", read.ALL, basis="filed").to_dict("records")
    told = {(row["indicator"], row["subject"] if isinstance(row["subject"], str) else None): row for row in rows}
    return lambda indicator, subject=None: told[indicator, subject]


# The sample layout


def test_the_sample_has_the_numbers_of_the_warehouse(snapshot, says):  # noqa: F811
    sheet = opened(make("layout", snapshot, SAMPLE))["季度快报"]
    for row, promise in enumerate(("K01", "K02", "K07", "K08", "K10", "K14", "K15"), start=5):
        told = says(PLAN.commitments[promise].indicator)
        assert (sheet.cell(row, 3).value, sheet.cell(row, 4).value) == pytest.approx((told["target"], told["value"]))
    for row, unit in enumerate(PLAN.units, start=14):
        for column, indicator in (
            (2, "inclusive-coverage"),
            (3, "public-share"),
            (4, "aided-pupils"),
            (5, "aid-amount"),
        ):
            value, printed = says(indicator, unit)["value"], sheet.cell(row, column).value
            assert printed == (pytest.approx(value) if value == value else "未报"), (unit, indicator)


def test_the_sample_leaves_no_placeholder_and_says_that_its_data_are_samples(snapshot):  # noqa: F811
    sheet = opened(make("layout", snapshot, SAMPLE))["季度快报"]
    texts = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert not any("{" in text for text in texts)
    assert sheet["A1"].value == "抚顺市教育工作要点2021年第三季度快报"
    assert "演示数据" in sheet["A2"].value and "校验码" in sheet["A24"].value


def test_every_layout_in_the_plans_folder_can_be_filled(snapshot):  # noqa: F811
    assert SAMPLE in [path.name for path in layouts()]
    for path in layouts():
        assert make("layout", snapshot, path.name).startswith(b"PK")


# One cell


@pytest.mark.parametrize(
    ("slot", "words"),
    [
        ("{{city}}", "抚顺市"),
        ("{{document}}", "抚教发〔2021〕1号"),
        ("{{period}}", "2021年第三季度"),
        ("{{as-of}}", "2021年9月30日"),
        ("{{basis}}", "含未审核"),
        ("{{version}}", "1"),
        ("{{demo}}", "演示数据"),
        ("{{coverage}}", "23/25份报表"),
        ("{{K02.name}}", "公办幼儿园在园幼儿占比"),
        ("{{K02.unit}}", "%"),
        ("{{K02.aim}}", "≥46%"),
        ("{{K02.light}}", "○ 灰灯"),
        ("{{K02.coverage}}", "7/8家已报"),
        ("{{unit.name@新抚}}", "新抚区"),
        ("{{unit.code@新抚区}}", "210402"),
        ("{{unit.state@210421}}", "未报"),
        ("{{ period }}快报", "2021年第三季度快报"),
        ("{{unit.name＠新抚}}", "新抚区"),
    ],
)
def test_words(filled, slot, words):  # noqa: F811
    assert filled({"B2": slot})["快报"]["B2"].value == words


@pytest.mark.parametrize("slot", ["{{public-share.value}}", "{{K02.value}}", "{{ K02.value }}"])
def test_an_indicator_goes_by_its_code_or_by_the_number_of_its_promise(filled, says, slot):  # noqa: F811
    assert filled({"B2": slot})["快报"]["B2"].value == pytest.approx(says("public-share")["value"])


@pytest.mark.parametrize("what", ["value", "target", "pace", "baseline", "change"])
def test_amounts_are_real_numbers(filled, says, what):  # noqa: F811
    cell = filled({"B2": f"{{{{K01.{what}}}}}"})["快报"]["B2"]
    assert cell.value == pytest.approx(says("inclusive-coverage")[what])
    assert ("百分点" if what == "change" else '"%"') in cell.number_format


def test_the_gap_is_counted_and_comes_from_the_mart(filled, snapshot):  # noqa: F811
    sheet = filled(
        {"B2": "{{K02.gap}}", "B3": "{{K02.gap@望花}}", "B4": "全市{{K02.gap}}", "B5": "{{K02.gap@抚顺县}}"}
    )["快报"]
    gaps = snapshot.gaps[snapshot.gaps["indicator"] == "public-share"]
    city, unit = gaps[gaps["subject"].isna()].iloc[0], gaps[gaps["subject"] == "210404"].iloc[0]
    assert (sheet["B2"].value, sheet["B3"].value) == (city["gap_whole"], unit["gap_whole"]) and city["gap_whole"] > 0
    assert sheet["B2"].number_format == "#,##0" and sheet["B4"].value == f"全市差{city['gap_whole']:,.0f}人"
    assert sheet["B5"].value == "—"


def test_one_unit_by_code_name_or_short_name(filled, says):  # noqa: F811
    cells = {"B2": "{{K02.value@210402}}", "B3": "{{K02.value@新抚区}}", "B4": "{{K02.value@新抚}}"}
    sheet = filled(cells)["快报"]
    assert [sheet[place].value for place in cells] == pytest.approx([says("public-share", "210402")["value"]] * 3)


def test_among_words_a_number_is_written_with_its_unit(filled):  # noqa: F811
    sheet = filled({"B2": "资助{{K14.value}}，较上期{{K14.change}}。"})["快报"]
    assert sheet["B2"].value == "资助11,400人，较上期+4,220人。"


def test_a_missing_value_is_no_zero_and_says_why(filled):  # noqa: F811
    cells = {
        "B2": "{{K02.value@抚顺县}}",
        "B3": "{{K17.value}}",
        "B4": "{{education-groups.value@市直}}",
        "B5": "{{K02.rank@抚顺县}}",
        "B6": "{{K02.change@抚顺县}}",
    }
    sheet = filled(cells)["快报"]
    assert [sheet[place].value for place in cells] == ["未报", "未到期", "不适用", "—", "—"]


# Number formats


@pytest.mark.parametrize(
    ("slot", "form"),
    [
        ("{{K02.value}}", '0.00"%"'),
        ("{{K14.value}}", "#,##0"),
        ("{{K15.value}}", "#,##0.00"),
        ("{{K14.change}}", "+#,##0;-#,##0;#,##0"),
    ],
)
def test_a_cell_without_a_format_gets_that_of_its_measure(filled, slot, form):  # noqa: F811
    assert filled({"B2": slot})["快报"]["B2"].number_format == form


def test_the_bureaus_own_format_stays_and_percent_cells_hold_a_share(filled, says):  # noqa: F811
    def formats(book):
        for place, form in (("B2", "0.0%"), ("B3", "0.0"), ("B4", '0.0"%"'), ("B5", "0%")):
            book.active[place].number_format = form

    sheet = filled(
        {"B2": "{{K02.value}}", "B3": "{{K02.value}}", "B4": "{{K02.value}}", "B5": "{{K14.value}}"}, formats
    )["快报"]
    share = says("public-share")["value"]
    assert [sheet[place].number_format for place in ("B2", "B3", "B4", "B5")] == ["0.0%", "0.0", '0.0"%"', "0%"]
    assert [sheet[place].value for place in ("B2", "B3", "B4")] == pytest.approx([share / 100, share, share])
    assert sheet["B5"].value == 11400  # people are no percentage, whatever the cell says


def test_a_missing_value_in_a_percent_cell_is_a_word(filled):  # noqa: F811
    sheet = filled({"B2": "{{K02.value@抚顺县}}"}, lambda book: setattr(book.active["B2"], "number_format", "0%"))[
        "快报"
    ]
    assert sheet["B2"].value == "未报"


# Tables of units


def test_a_table_grows_over_the_units_in_the_plans_order(filled):  # noqa: F811
    sheet = filled({"A3": "{{unit.name@units}}", "B3": "{{K02.value@units}}", "A11": "合计", "D5": "不动"})["快报"]
    assert [sheet.cell(row, 1).value for row in range(3, 12)] == [*(unit.name for unit in PLAN.units.values()), "合计"]
    assert sheet["D5"].value == "不动"


def test_counties_leave_the_city_run_schools_out(filled):  # noqa: F811
    sheet = filled({"A3": "{{unit.name@counties}}"})["快报"]
    assert [sheet.cell(row, 1).value for row in range(3, 11)] == [*(unit.name for unit in PLAN.counties), None]


def test_words_around_a_downward_placeholder_go_down_with_it(filled):  # noqa: F811
    sheet = filled({"A3": "{{unit.name@counties}}：{{K14.value@counties}}"})["快报"]
    assert (sheet["A3"].value, sheet["A7"].value) == ("新抚区：420人", "抚顺县：未报")


def test_rows_take_the_look_of_the_first_unless_they_have_their_own(filled):  # noqa: F811
    def looks(book):
        book.active["B3"].font = Font(bold=True, size=15)
        book.active["B3"].number_format = "0.0"
        book.active["B5"].font = Font(italic=True)

    sheet = filled({"B3": "{{K02.value@counties}}"}, looks)["快报"]
    assert sheet["B4"].font.b and sheet["B4"].font.sz == 15 and sheet["B4"].number_format == "0.0"
    assert sheet["B5"].font.i and not sheet["B5"].font.b


def test_the_table_may_be_in_english(filled):  # noqa: F811
    use_language("en")
    sheet = filled({"A3": "{{unit.name@counties}}", "B3": "{{period}}"})["快报"]
    assert (sheet["A3"].value, sheet["B3"].value) == ("Xinfu", "Q3 2021")
