"""The bureau's time, whatever the machine's own zone is."""

from __future__ import annotations

import shutil
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from plan_fixtures import FOLDER_2021 as FOLDER

from access import times
from catalogue import clock, zone
from catalogue.load import examine


@pytest.fixture(params=["UTC", "America/Los_Angeles", "Pacific/Kiritimati"])
def machine(request, monkeypatch):
    """The process in another zone."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def moment(monkeypatch):
    """The real time is 11 October 2021, 17:30 UTC: 01:30 of the 12th in Fushun."""

    class Stopped(datetime):
        @classmethod
        def now(cls, tz=None):
            at = datetime(2021, 10, 11, 17, 30, tzinfo=UTC)
            return at.astimezone(tz) if tz else at.astimezone().replace(tzinfo=None)

    monkeypatch.setattr(clock, "datetime", Stopped)
    monkeypatch.delenv(clock.VARIABLE, raising=False)


def a_plan(tmp_path: Path, timezone: str) -> Path:
    """The plan of 2021 in another zone."""
    folder = tmp_path / "plan"
    shutil.copytree(FOLDER, folder)
    text = (folder / "plan.toml").read_text("utf-8")
    (folder / "plan.toml").write_text(text.replace('"Asia/Shanghai"', f'"{timezone}"'), "utf-8")
    return folder


def test_it_is_the_bureaus_day_and_hour_on_any_machine(machine, moment):
    assert clock.now() == datetime(2021, 10, 12, 1, 30)
    assert clock.today() == date(2021, 10, 12)
    assert times.local(times.utc_now()) == datetime(2021, 10, 12, 1, 30)


def test_a_day_set_aside_keeps_the_bureaus_hour(machine, moment, monkeypatch):
    monkeypatch.setenv(clock.VARIABLE, "2021-07-12")
    assert clock.now() == datetime(2021, 7, 12, 1, 30)
    assert clock.real_now() == datetime(2021, 10, 12, 1, 30)


def test_a_stored_time_and_a_file_stamp_are_told_in_the_bureaus_time(machine):
    noon = datetime(2021, 10, 11, 12, tzinfo=UTC)
    assert clock.local(noon.replace(tzinfo=None)) == datetime(2021, 10, 11, 20)
    assert clock.of_file(noon.timestamp()) == datetime(2021, 10, 11, 20)
    assert clock.aware(datetime(2021, 10, 11, 20)) == noon


def test_the_zone_is_the_plans(tmp_path, machine, moment, monkeypatch):
    monkeypatch.setenv("DASHBOARD_PLAN", str(a_plan(tmp_path, "Asia/Urumqi")))
    assert clock.now() == datetime(2021, 10, 11, 23, 30)


def test_where_no_plan_can_be_read_the_default_holds(tmp_path, moment, monkeypatch):
    monkeypatch.setenv("DASHBOARD_PLAN", str(tmp_path))
    assert clock.now() == datetime(2021, 10, 12, 1, 30)


def test_a_machine_without_a_list_of_zones_knows_the_default(monkeypatch):
    def none(name):
        raise KeyError(name)

    monkeypatch.setattr(zone, "ZoneInfo", none)
    assert zone.zone_of(zone.TIME_ZONE).utcoffset(None) == timedelta(hours=8)
    with pytest.raises(ValueError, match="Asia/Urumqi"):
        zone.zone_of("Asia/Urumqi")


@pytest.mark.parametrize("name", ["Asia/Fushun", "../etc/passwd", ""])
def test_a_name_that_is_no_time_zone_is_a_mistake_of_the_plan(tmp_path, name):
    _, mistakes = examine(a_plan(tmp_path, name))
    assert [str(one) for one in mistakes] == [f"plan.toml: timezone '{name}' is not a time zone like Asia/Shanghai"]


def test_that_returns_are_taken_early_is_said_by_true_or_false(tmp_path):
    folder = a_plan(tmp_path, "Asia/Shanghai")
    text = (folder / "plan.toml").read_text("utf-8")
    (folder / "plan.toml").write_text(text.replace("early_returns = false", 'early_returns = "no"'), "utf-8")
    _, mistakes = examine(folder)
    assert [(one.file, one.field) for one in mistakes] == [("plan.toml", "early_returns")]
