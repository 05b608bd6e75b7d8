"""A city with 150 units: its summary is made, opens, and its charts show the highest and the lowest."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from lxml import etree
from workbook_fixtures import Worked, opened, sheet, table, told

from bench.many import snapshot_of
from reports.workbook import kinds
from reports.workbook.book import HEAD
from reports.workbook.charts import MOST, ends
from reports.workbook.proof import read_proof

UNITS = 150
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    return kinds.summary(snapshot_of(tmp_path_factory.mktemp("many"), UNITS, ("2021Q1",)))


def test_every_unit_is_in_it_and_the_city_adds_them_up(content):
    book = opened(content, values=True)
    assert len({told(row, "subject") for row in table(sheet(book, "data"))}) > UNITS
    worked = Worked(opened(content))
    page = book["学前教育"]
    city = HEAD + 2 + UNITS
    assert page.cell(city, 1).value == "抚顺市"
    for column in "BCD":
        assert worked.of(page.title, f"{column}{city}") == pytest.approx(page[f"{column}{city}"].value)


def test_its_charts_have_no_more_columns_than_can_be_told_apart(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        charts = [name for name in package.namelist() if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]
        parts = [etree.fromstring(package.read(name)) for name in charts]
    sizes, titles = [], []
    for part in parts:
        refs = [one.text for one in part.iter(f"{C}f")]
        spans = [re.search(r"\$(\d+):\$[A-Z]+\$(\d+)", ref) for ref in refs]
        sizes += [int(last) - int(first) + 1 for first, last in (span.groups() for span in spans if span)]
        titles.append("".join(part.find(f"{C}chart/{C}title").itertext()))
    assert len(parts) > 15 and max(sizes) == MOST
    assert sum(f"{UNITS}家中最高{MOST // 2}家、最低{MOST // 2}家" in title for title in titles) > 10
    assert len(content) < 2e6


def test_names_and_numbers_of_many_columns_stand_level_for_the_chart_is_two_wide(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        charts = [package.read(name) for name in package.namelist() if "xl/charts/chart" in name]
        drawings = [package.read(name) for name in package.namelist() if "xl/drawings/drawing" in name]
    assert not any(b'rot="-5400000"' in chart for chart in charts)
    assert all(drawing.count(b"<xdr:from>") == drawing.count(b"<xdr:col>0</xdr:col>") for drawing in drawings)


def test_of_many_the_highest_and_the_lowest_are_shown_highest_first():
    values = {f"{n:02}": None if n == 5 else float(n) for n in range(30)}
    assert ends(values) == (
        *(f"{n:02}" for n in range(29, 19, -1)),
        *(f"{n:02}" for n in (10, 9, 8, 7, 6, 4, 3, 2, 1, 0)),
    )
    few = {"b": 1.0, "a": 2.0, "c": None}
    assert ends(few) == ("b", "a", "c")


def test_it_is_small_enough_to_be_sent_around(content):
    """A mail, a phone: half a megabyte. Releases of zlib pack a little better or worse."""
    assert len(content) < 550_000


def test_what_can_be_read_in_it_is_what_its_proof_was_bound_to(content):
    """Each listed number stands in its place, and no sheet has other cells than when it was made."""
    found = read_proof(content)
    assert found.texts == found.proof.texts and len(found.proof.texts) > 20
    numbers = found.proof.numbers
    assert len({one.place for one in numbers}) == len(numbers) > 10_000
    assert all(found.now[one.place] == pytest.approx(one.value, abs=1e-6) for one in numbers)
