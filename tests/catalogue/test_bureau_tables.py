"""`python -m catalogue check` names every placeholder of the bureau's own tables that nobody could fill, without a warehouse."""

from __future__ import annotations

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from plan_fixtures import FOLDER_2021, break_in, copy_of, plan_2021

from catalogue.__main__ import main
from catalogue.checks.bureau_tables import bureau_tables, files
from catalogue.placeholders import AskedSlot, Wrong, marker, resolve

PLAN = plan_2021()


@pytest.fixture
def folder(tmp_path):
    """A plan folder whose reports hold 快报.xlsx with these cells."""

    def made(cells: dict[str, object]):
        found = copy_of(FOLDER_2021, tmp_path)
        (found / "reports").mkdir(exist_ok=True)
        book = openpyxl.Workbook()
        book.active.title = "快报"
        for place, value in cells.items():
            book.active[place] = value
        book.save(found / "reports" / "快报.xlsx")
        return found

    return made


def told(folder) -> list[str]:
    return [problem.told("zh") for problem in bureau_tables(folder, PLAN)]


def test_every_table_that_is_shipped_can_be_filled():
    assert files(FOLDER_2021) and bureau_tables(FOLDER_2021, PLAN) == []


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("{{K99.value}}", "没有“K99.value”这个占位符。"),
        ("{{peroid}}", "没有“peroid”这个占位符。是否应为“period”？"),
        ("{{quarter}}", "没有“quarter”这个占位符。"),
        ("{{K02}}", "“K02”没有写明要指标的哪一项，请写成“K02.value”等，可用：value、target"),
        ("{{K02.valeu}}", "“K02.valeu”要的项目不存在，可用：value、target"),
        ("{{K02.value@清原县}}", "没有“清原县”这个单位，可用：新抚、东洲"),
        ("{{unit.name}}", "“unit.name”没有写明单位"),
        ("{{K02.value}", "占位符的括号不成对"),
        ("={{K02.value}}*2", "占位符写在公式里"),
        ("全市{{K02.value}}，{{nonsense}}", "没有“nonsense”这个占位符"),
        (CellRichText("全市", TextBlock(InlineFont(b=True), "{{K99.value}}")), "没有“K99.value”这个占位符"),
    ],
)
def test_a_wrong_placeholder_is_named_with_file_sheet_and_cell(folder, cell, said):
    [problem] = told(folder({"A1": "{{period}}", "C7": cell}))
    assert problem.startswith(f"reports/快报.xlsx，快报!C7：{said}")


@pytest.mark.parametrize(
    "cell",
    [
        "{{K07.gap}}",
        "{{period}}",
        "{{ K02.value }}",
        "{{K02.value@units}}",
        "{{unit.name@counties}}",
        "{{unit.name＠新抚}}",
    ],
)
def test_a_right_one_is_not(folder, cell):
    assert told(folder({"C7": cell})) == []


def test_in_a_repeated_row_a_unit_need_not_be_named(folder):
    assert told(folder({"A7": "{{each unit}}{{unit.name}}", "C7": "{{K02.value}}", "D7": "{{K02.value@city}}"})) == []


def test_a_row_that_is_marked_twice_is_named(folder):
    assert told(folder({"A7": "{{each county}}", "B7": "{{each unit}}"})) == [
        "reports/快报.xlsx，快报!7：这一行既写了“each unit”又写了“each county”，请只写一个。"
    ]


def test_a_file_that_is_no_xlsx_or_damaged_is_named_and_what_office_programs_leave_is_not(folder):
    reports = folder({}) / "reports"
    for name in ("旧表.xls", "坏.xlsx", "~$快报.xlsx", ".DS_Store"):
        (reports / name).write_bytes(b"x")
    assert [problem.partition("：")[0] for problem in told(reports.parent)] == ["reports/坏.xlsx", "reports/旧表.xls"]


def test_a_plan_without_such_tables_is_right(tmp_path):
    assert bureau_tables(tmp_path, PLAN) == []


def test_the_command_line_names_it_and_ends_with_one(folder, capsys):
    found = folder({"C7": "{{K99.value}}"})
    assert main(["check", str(found)]) == 1
    assert "reports/快报.xlsx，快报!C7：没有“K99.value”这个占位符。" in capsys.readouterr().out
    assert main(["--lang", "en", "check", str(found)]) == 1
    assert "reports/快报.xlsx, 快报!C7: There is no placeholder “K99.value”." in capsys.readouterr().out


def test_what_a_table_misses_because_an_entry_cannot_be_read_is_not_called_wrong(folder, capsys):
    found = folder({"C7": "{{public-share.value}}", "C8": "{{nonsense}}"})
    break_in(found, "indicators.toml", 'code = "public-share"', "code = 5")
    main(["check", str(found)])
    assert "快报!C7" not in capsys.readouterr().out


# The grammar


def test_what_is_asked():
    assert resolve("period", PLAN) == AskedSlot("period", is_word=True)
    assert resolve("K02.value", PLAN) == AskedSlot("value", "public-share")
    assert resolve("public-share.gap@新抚", PLAN) == AskedSlot("gap", "public-share", "210402")
    assert resolve("unit.name", PLAN, own="210402") == AskedSlot("name", "", "210402")
    assert resolve("K02.value", PLAN, own="210402") == AskedSlot("value", "public-share", "210402")
    assert resolve("K02.value@city", PLAN, own="210402") == AskedSlot("value", "public-share")


def test_a_row_has_one_mark():
    assert marker(["x", "{{each county}}{{unit.name}}"]) == "each county" and marker(["{{period}}"]) == ""
    with pytest.raises(Wrong):
        marker(["{{each county}}", "{{each unit}}"])
