"""What a workbook of ours is made of: its package, small lines, native charts, and texts that look like formulas."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest
from lxml import etree
from openpyxl.utils import range_boundaries
from warehouse_fixtures import House, a_fact, a_receipt, small_plan
from workbook_fixtures import ALL, INDICATOR, SUMMARY, UNIT, opened, sheet, table, told

from catalogue.wording import say, use_language
from reports.snapshot import Snapshot
from reports.workbook import kinds
from reports.workbook.cells import writable
from warehouse import store

RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
SPARK = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}sparkline"
XM = "{http://schemas.microsoft.com/office/excel/2006/main}"
HOSTILE = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://a.b","c")', "=cmd|' /C calc'!A0")


# Package


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", ALL)
def test_every_part_is_well_formed_and_has_a_content_type(books, kind, language):
    parts = books.parts(kind, language)
    told_of = etree.fromstring(parts["[Content_Types].xml"])
    named = {one.get("PartName") for one in told_of.findall(f"{TYPES}Override")}
    endings = {one.get("Extension") for one in told_of.findall(f"{TYPES}Default")}
    for name, content in parts.items():
        etree.fromstring(content)
        assert f"/{name}" in named or name == "[Content_Types].xml" or name.rpartition(".")[2] in endings
    assert {name.lstrip("/") for name in named} <= parts.keys()


@pytest.mark.parametrize("kind", ALL)
def test_every_relationship_leads_to_a_part_and_none_out_of_the_file(books, kind):
    parts, found = books.parts(kind), 0
    for name, content in parts.items():
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        for one in etree.fromstring(content).iter(RELS):
            target = one.get("Target")
            assert one.get("TargetMode") != "External", (name, target)
            assert posixpath.normpath(posixpath.join(folder, target)).lstrip("/") in parts, (name, target)
            found += 1
    assert found > 10
    assert not [name for name in parts if "external" in name.lower() or "vba" in name.lower() or name.endswith(".bin")]


@pytest.mark.parametrize("kind", ALL)
def test_links_inside_lead_to_sheets_there_are(books, kind):
    book, found = books.opened(kind), 0
    for page in book:
        for row in page.iter_rows():
            for cell in row:
                if cell.hyperlink:
                    where = cell.hyperlink.location.rpartition("!")[0].strip("'").replace("''", "'")
                    assert where in book.sheetnames and book[where].sheet_state == "visible"
                    found += 1
    assert found >= 10


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", ALL)
def test_no_sheet_is_empty_and_only_numbers_of_charts_and_the_proof_are_hidden(books, kind, language):
    book = books.opened(kind, language)
    use_language(language)
    hidden = {page.title: page.sheet_state for page in book if page.sheet_state != "visible"}
    assert hidden == {say("workbook.sheet.charts"): "hidden", "_proof": "veryHidden"}
    for page in book:
        assert page.max_row > 4 or page.title == "_proof", page.title


# Small lines


def sparklines(parts: dict[str, bytes]) -> list[tuple[str, str]]:
    """(where it stands, what it is drawn from) of all sheets."""
    return [
        (one.findtext(f"{XM}sqref"), one.findtext(f"{XM}f"))
        for name, content in parts.items()
        if name.startswith("xl/worksheets/sheet")
        for one in etree.fromstring(content).iter(SPARK)
    ]


@pytest.mark.parametrize(("kind", "name"), [(SUMMARY, "scorecard"), (UNIT, "standing")])
def test_every_line_of_the_table_has_a_small_line_over_cells_of_its_own_row(books, kind, name):
    page = sheet(books.opened(kind, values=True), name)
    found = sparklines(books.parts(kind))
    assert len(found) == len(table(page)) > 30
    for at, drawn in found:
        where, _, cells = drawn.rpartition("!")
        left, top, right, bottom = range_boundaries(cells)
        assert where.strip("'") == page.title and top == bottom == range_boundaries(at)[1]
        assert 3 <= right - left + 1 <= 4 and right <= page.max_column
        assert all(
            not isinstance(page.cell(top, n).value, str) for n in range(left, right + 1)
        )  # a word would be drawn as 0


# Native charts


def series(content: bytes) -> list[dict[str, str]]:
    """Of one chart: ref of name, categories, values; kind of plot."""
    root = etree.fromstring(content)
    return [
        {"plot": one.getparent().tag.removeprefix(C)}
        | {part: one.findtext(f"{C}{part}//{C}f") for part in ("tx", "cat", "val")}
        for one in root.iter(f"{C}ser")
    ]


def values_at(book: openpyxl.Workbook, ref: str) -> list:
    where, _, cells = ref.rpartition("!")
    found = book[where.strip("'")][cells.replace("$", "")]
    return [row[0].value for row in found] if isinstance(found, tuple) else [found.value]


@pytest.mark.parametrize("kind", [SUMMARY, INDICATOR])
def test_charts_are_drawn_from_cells_that_hold_numbers(books, kind):
    book, parts = books.opened(kind, values=True), books.parts(kind)
    charts = [content for name, content in parts.items() if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]
    assert len(charts) == {"summary": 26}.get(kind[0], 2)
    for content in charts:
        for one in series(content):
            numbers, names = values_at(book, one["val"]), values_at(book, one["cat"])
            assert len(numbers) == len(names) >= 2 and all(isinstance(name, str) for name in names)
            assert all(isinstance(value, int | float) or value == "#N/A" for value in numbers)
            assert any(isinstance(value, int | float) for value in numbers)
            assert values_at(book, one["tx"])[0]


def test_a_ratio_of_the_city_has_its_target_as_a_line(books):
    book, parts = books.opened(SUMMARY, values=True), books.parts(SUMMARY)
    drawn = [series(content) for name, content in parts.items() if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]
    with_line = [
        (values_at(book, one["tx"])[0], values_at(book, one["val"]))
        for lines in drawn
        for one in lines
        if one["plot"] == "lineChart"
    ]
    assert len(with_line) >= 12
    targets = [values for name, values in with_line if name == "全市目标"]
    assert [0.46] * 8 in targets and [0.8] * 8 in targets
    [share] = [
        lines for lines in drawn if any(values_at(book, one["tx"])[0] == "公办幼儿园在园幼儿占比" for one in lines)
    ]
    assert [one["plot"] for one in share] == ["barChart", "lineChart"]


def test_numbers_of_charts_are_formulas_over_the_visible_cells(books):
    page = sheet(books.opened(SUMMARY), "charts")
    found = [cell.value for row in page.iter_rows(min_col=2) for cell in row if cell.data_type == "f"]
    assert len(found) > 150 and all(
        re.fullmatch(r"=IF\(ISNUMBER\((.+)\),\1,NA\(\)\)|=NA\(\)", formula) for formula in found
    )


def test_charts_say_what_they_show_to_those_who_hear_them(books):
    alts = [
        alt
        for name, content in books.parts(SUMMARY).items()
        if name.startswith("xl/drawings/drawing")
        for alt in re.findall(r'descr="([^"]+)"', content.decode())
    ]
    assert len(alts) == 26 and all(len(alt) > 8 for alt in alts)


# Texts that look like formulas


@pytest.fixture
def hostile(tmp_path):
    """A house whose names, file names, reasons and corrections all begin like formulas."""
    plan = small_plan()
    names = dict(zip(plan.units, HOSTILE, strict=False))
    units = {code: replace(unit, name=names[code], short=names[code]) for code, unit in plan.units.items()}
    indicators = {
        code: replace(one, name=f"={code}", definition="-definition", traps=("@traps",))
        for code, one in plan.indicators.items()
    }
    plan = replace(plan, units=units, indicators=indicators, city="+city", title="=title", document="@document")
    house = House(tmp_path, plan)

    def file(writer):
        for n, unit in enumerate(plan.units):
            receipt = replace(a_receipt(unit, received=datetime(2021, 4, 5 + n)), file_name=f"{HOSTILE[n]}.xlsx")
            load_id = writer.add_receipt(receipt)
            writer.correct(load_id, HOSTILE[3 + n])
            writer.add_facts(
                load_id,
                [
                    replace(a_fact(element, "90", unit, cell="D7"), sheet="=sheet")
                    for element in ("kids", "kids.public", "groups")
                ],
            )
            writer.review(load_id, "returned" if n == 2 else "approved", datetime(2021, 4, 9), "=reviewer", HOSTILE[4])

    house.publish(file)
    return Snapshot(plan, store.newest(tmp_path), "filed", "2021Q1", date(2021, 4, 20))


@pytest.mark.parametrize(
    "make",
    [
        kinds.summary,
        lambda snapshot: kinds.of_unit(snapshot, "A"),
        lambda snapshot: kinds.of_unit(snapshot, "C"),
        lambda snapshot: kinds.of_indicator(snapshot, "share"),
    ],
)
def test_no_text_of_others_is_ever_a_formula(hostile, make):
    content = make(hostile)
    book = opened(content)
    texts = {
        cell.value: cell
        for page in book
        for row in page.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.data_type != "f"
    }
    ours = [cell.value for page in book for row in page.iter_rows() for cell in row if cell.data_type == "f"]
    assert all(re.match(r"=(SUM|COUNTIF|IF\(ISNUMBER|NA\(\)|\d+\*|[A-Z]+\d+[-/])", formula) for formula in ours), ours
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        charts = [
            etree.fromstring(package.read(name)) for name in package.namelist() if name.startswith("xl/charts/chart")
        ]
    assert bool(charts) == (say("workbook.sheet.charts") in book.sheetnames)
    assert not [title for chart in charts for title in chart.iter(f"{C}title") if title.find(f".//{C}f") is not None]
    begun = [cell for text, cell in texts.items() if text.startswith(("=", "+", "-", "@"))]
    assert len(begun) >= 4 and all(cell.data_type == "s" and cell.quotePrefix for cell in begun)


def test_reasons_and_file_names_of_others_stand_as_they_were_written(hostile):
    book = opened(kinds.of_unit(hostile, "C"))
    [receipt] = table(sheet(book, "receipts"))
    assert (
        told(receipt, "sent_back") == HOSTILE[4]
        and told(receipt, "correction") == HOSTILE[5]
        and told(receipt, "file") == f"{HOSTILE[2]}.xlsx"
    )


def test_names_no_sheet_may_have_are_made_fit(hostile):
    plan = replace(hostile.plan, themes={"all": replace(hostile.plan.themes["all"], title="a/b:[c]*?" + "长" * 40)})
    book = opened(kinds.summary(replace(hostile, plan=plan)))
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in book.sheetnames)


def test_signs_that_make_a_workbook_unreadable_are_left_out():
    assert writable("甲\x00\x0b乙\ud800丙\n丁") == "甲乙丙\n丁"
    assert len(writable("长" * 40_000)) == 32_767


# Little or nothing to say


@pytest.mark.parametrize(
    "make",
    [
        kinds.summary,
        lambda snapshot: kinds.of_unit(snapshot, "A"),
        lambda snapshot: kinds.of_indicator(snapshot, "share"),
    ],
)
def test_a_quarter_nobody_filed_makes_a_file_too(tmp_path, make):
    house = House(tmp_path)
    house.publish()
    book = opened(make(Snapshot(house.plan, store.newest(tmp_path), "filed", "2021Q1", date(2021, 4, 20))), values=True)
    numbers = [told(row, "value") for row in table(sheet(book, "values"))]
    assert set(numbers) <= {None}
