"""What goes wrong inside is told by a number on the screen and in full in the server's own log."""

from __future__ import annotations

import logging
import tomllib

import pytest
from command_line import ROOT

from catalogue.free_space import NoStorage
from ui.app import serving
from warehouse.store import StoreError


@pytest.fixture
def told(monkeypatch) -> list[str]:
    said: list[str] = []
    monkeypatch.setattr(serving.st, "error", said.append)
    return said


def test_a_fault_of_ours_shows_a_number_and_nothing_of_itself(told, caplog):
    with caplog.at_level(logging.ERROR):
        assert serving.tell_script_error(ValueError("select secret from table; /srv/plan/seal.key"))
    [line] = caplog.records
    number = line.getMessage().rpartition(" ")[2]
    assert number in told[0] and "secret" not in told[0] and "/srv" not in told[0]
    assert "secret" in caplog.text


@pytest.mark.parametrize("problem", [NoStorage("full"), StoreError("数据湖暂时连不上")])
def test_a_full_disk_and_a_lake_that_is_away_are_told_in_their_own_sentence(told, problem):
    assert serving.tell_script_error(problem) and told == [str(problem)]


def test_streamlit_shows_no_details_of_its_own():
    settings = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))["client"]
    assert settings["showErrorDetails"] == "none" and settings["toolbarMode"] == "minimal"
