"""The sample returns, and after them a second year under a plan of its own (演示数据)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from command_line import ROOT
from pages_fixtures import on_stage

from access import db
from demo.two_years import write_two_years
from etl import batch

TODAY = "2022-04-15"


def known(folder: Path, monkeypatch) -> None:
    """Both plans, on a day on which the first quarter of the second year is in."""
    monkeypatch.setenv("DASHBOARD_PLANS", str(folder / "plans"))
    monkeypatch.setenv("DASHBOARD_TODAY", TODAY)


def begin_second_year(demo_house: Path, place: Path) -> None:
    """Fill `place` with plans/, returns/ and a data folder var/ with both years."""
    shutil.copytree(demo_house, place / "var")
    write_two_years(ROOT / "data/plans/2021", ROOT / "examples/two-years/changes.toml", place)
    with pytest.MonkeyPatch.context() as patch:
        on_stage(place / "var", patch)
        known(place, patch)
        outcomes = batch.load([place / "returns"])
        db.dispose()
    assert {outcome.state for outcome in outcomes} == {"accepted"}


@pytest.fixture
def two_years(two_year_house, tmp_path, monkeypatch) -> Path:
    """A data folder of the test's own, in demo mode."""
    folder = tmp_path / "two"
    shutil.copytree(two_year_house, folder)
    on_stage(folder / "var", monkeypatch)
    known(folder, monkeypatch)
    yield folder
    db.dispose()


@pytest.fixture
def looking_at_years(shown_years, monkeypatch) -> Path:
    """Both years for those who only look: one folder for all."""
    on_stage(shown_years / "var", monkeypatch)
    known(shown_years, monkeypatch)
    yield shown_years
    db.dispose()
