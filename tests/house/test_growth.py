"""The measuring of growth: its ratios, its picture, the block it writes, and that docs/figures.md has one."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from bench import page
from bench.__main__ import DRAWN, SECTIONS
from bench.growth_city import a_city, a_return
from bench.growth_plot import ONE, SHOWN, TOGETHER, Measured, against_the_first, draw, picture, ratios
from bench.many import plan_of
from warehouse import store


def measured() -> list[Measured]:
    """Eight units and a thousand. The machine was busy at the second: its times say nothing, what was computed does."""
    return [
        *(Measured(name, "8 units", 100, 50) for name in (*SHOWN, ONE)),
        *(Measured(name, "1000 units", 900, 75, "150 at once" if name == TOGETHER else "") for name in SHOWN),
        Measured(ONE, "1000 units", 900, 60),
    ]


def test_a_ratio_is_of_what_was_computed_against_the_smallest_of_its_name():
    found = {(one.what, one.of): ratio for one, ratio in against_the_first(measured())}
    assert found[ONE, "8 units"] is None and found[ONE, "1000 units"] == 1.2
    assert found[SHOWN[0], "1000 units"] == 1.5
    told = list(ratios(measured()))
    assert any(line.startswith(ONE) and line.endswith("1000 units  × 1.20") for line in told)
    assert told[-1].startswith(TOGETHER) and told[-1].endswith("150 at once : one = 1.25")


def test_the_picture_is_a_drawing_with_a_curve_for_each_figure_that_has_several_sizes():
    drawn = ET.fromstring(picture(measured()))
    lines = drawn.findall("{http://www.w3.org/2000/svg}polyline")
    words = "".join(drawn.itertext())
    assert len(lines) == len(SHOWN) and all(f"{name} ×1.50" in words for name in SHOWN)
    points = [tuple(map(float, point.split(","))) for point in lines[0].get("points").split()]
    assert points[0][0] < points[1][0] and points[0][1] > points[1][1], "to the right, and up"


def test_of_one_size_there_is_nothing_to_draw():
    assert "polyline" not in picture(measured()[:3])


def test_the_block_of_the_page_is_written_anew_and_nothing_beside_it(tmp_path, monkeypatch):
    monkeypatch.setattr(page, "DOCS", tmp_path)
    figures = tmp_path / "figures.md"
    figures.write_text("before\n<!-- growth -->\nold\n<!-- /growth -->\nafter\n", "utf-8")
    draw(measured(), 0.5)
    told = figures.read_text("utf-8")
    assert (
        told.startswith("before\n<!-- growth -->\n")
        and told.endswith("<!-- /growth -->\nafter\n")
        and "old" not in told
    )
    assert f"| {ONE} | 1000 units | 900 | 60 | 1.20 |  |" in told
    assert (tmp_path / "growth.svg").read_text("utf-8") == picture(measured())


def test_the_page_of_figures_has_the_growth_that_was_measured():
    block = page.marked("growth").search((page.DOCS / "figures.md").read_text("utf-8"))[0]
    rows = {
        tuple(cell.strip() for cell in line.split("|")[1:3]) for line in block.splitlines() if line.startswith("| ")
    }
    for name in SHOWN:
        assert {(name, "8 units"), (name, "1000 units")} <= rows, name
    assert ET.parse(page.DOCS / "growth.svg").getroot().tag.endswith("svg") and "growth.svg" in block


def test_a_block_that_the_page_does_not_have_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(page, "DOCS", tmp_path)
    (tmp_path / "figures.md").write_text("nothing", "utf-8")
    with pytest.raises(KeyError, match="load"):
        page.write("load", ["x"])


def test_the_page_of_figures_has_a_block_for_everything_that_make_bench_measures():
    figures = (page.DOCS / "figures.md").read_text("utf-8")
    assert [name for name in (*SECTIONS, *DRAWN) if not page.marked(name).search(figures)] == []


def test_the_city_that_is_measured_can_be_published_into_and_is_thrown_away(monkeypatch):
    monkeypatch.delenv("DASHBOARD_DATA", raising=False)
    units = 3
    plan = plan_of(units)
    with a_city(plan) as (folder, _):
        with store.open_version(store.latest(folder)) as con:
            [(filed,)] = con.execute("select count(*) from current_receipt where basis = 'filed'").fetchall()
        assert filed == 3 * units + 2, "of the quarter in progress every second has not come"
        made = store.publish(folder, plan, lambda writer: a_return(writer, plan, 1), note="bench", by="bench")
        assert made.number == 2
        assert store.plans_of(made)[-1].units.keys() == plan.units.keys(), "screens ask the version for its plan"
    assert not folder.exists()
