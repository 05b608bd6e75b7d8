"""The gap to the target in the bureau's own tables: proven as every other number, in whichever language it was written."""

# ruff: noqa: F811
from __future__ import annotations

from dataclasses import replace

import pytest
from layout_fixtures import laid, opened, quarter, snapshot  # noqa: F401  (fixtures)
from proof_fixtures import checked, told, with_cells, with_proof

from catalogue.wording import use_language
from reports.layout import fill

CELLS = {"B2": "{{K02.gap}}", "B3": "{{K02.gap@望花}}", "B4": "全市{{K02.gap}}", "B5": "{{K02.gap@抚顺县}}"}


@pytest.fixture
def made(laid, snapshot):
    return fill(laid(CELLS), snapshot)


def test_every_gap_that_is_a_number_is_in_the_proof_and_holds(made, snapshot):
    found = checked("layout", made)
    gaps = {one.place: one for one in found.proof.numbers}
    assert set(gaps) == {"快报!B2", "快报!B3", "快报!B4"} and {one.what for one in gaps.values()} == {"gap"}
    mart = snapshot.gaps[(snapshot.gaps["indicator"] == "public-share") & (snapshot.gaps["subject"] == "210404")]
    assert gaps["快报!B3"].value == mart.iloc[0]["gap_whole"] and gaps["快报!B3"].subject == "210404"
    assert found.holds and not found.altered


@pytest.mark.parametrize(("place", "now"), [("B2", 1), ("B3", "少"), ("B4", "全市差64人"), ("B4", "全市多63人")])
def test_a_gap_changed_in_the_file_is_found(made, place, now):
    assert opened(made)["快报"]["B4"].value == "全市差63人"
    found = checked("layout", with_cells(made, {f"快报!{place}": now}))
    assert [one.place for one in found.altered] == [f"快报!{place}"] and not found.holds
    assert "与目标的差额" in told(found)


def test_a_gap_that_the_warehouse_never_gave_is_found(made):
    def lie(proof):
        one, *others = proof.numbers
        return replace(proof, numbers=(replace(one, value=one.value + 1), *others))

    assert [one.what.what for one in checked("layout", with_proof(made, lie)).then] == ["gap"]


def test_what_was_written_in_english_holds_when_it_is_checked_in_chinese(laid, snapshot):
    use_language("en")
    cells = {"B2": "Funds: {{K15.value}} ({{K15.change}}).", "B3": "City: {{K02.gap}}"}
    content = fill(laid(cells), snapshot)
    assert "CNY" in opened(content)["快报"]["B2"].value
    use_language("zh")
    found = checked("layout", content)
    assert len(found.proof.numbers) == 3 and found.holds and not found.altered
