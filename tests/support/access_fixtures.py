"""A store of accounts of the test's own, on SQLite or PostgreSQL, with cheap passwords and a clock that can be moved."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from plan_fixtures import plan_2021

from access import accounts, db, passwords, times
from access.model import Account, Actor

PASSWORD = "Tq3d-wKmr-48hX"
ANOTHER = "Lm7p_Zv9k_Rt2s"
IP = "10.20.3.4"


class Clock:
    """Stands still unless it is moved. Naive UTC."""

    def __init__(self) -> None:
        self.now = datetime(2021, 10, 13, 1, 30)

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def cheap(monkeypatch):
    """One hash in well under a millisecond, the library's ordinary cost again afterwards."""
    passwords.set_cost(rounds=1, memory_kib=8, lanes=1)
    yield
    passwords.set_ordinary_cost()


@pytest.fixture
def store(tmp_path, monkeypatch, cheap):
    """An empty data folder with SQLite, which is what one gets without settings."""
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "var"))
    for name in ("DASHBOARD_ACCOUNTS", "DASHBOARD_ACCESS", "DASHBOARD_DEMO", "DASHBOARD_TODAY", "DASHBOARD_PLAN"):
        monkeypatch.delenv(name, raising=False)
    yield tmp_path / "var"
    db.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def either_store(request, store, monkeypatch):
    """The same chapter on both kinds of store; the name of the kind."""
    if request.param == "postgresql":
        monkeypatch.setenv("DASHBOARD_ACCOUNTS", request.getfixturevalue("postgres_server").fresh_database())
    yield request.param
    db.dispose()


@pytest.fixture
def clock(monkeypatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(times, "utc_now", lambda: made.now)
    return made


def an_account(
    name: str = "xinfu", role: str = "filer", office: str = "210402", password: str | None = PASSWORD
) -> Account:
    """A filer of 新抚区 that has chosen its password, unless told otherwise (演示数据)."""
    return accounts.create(
        name=name,
        person="张三（演示数据）",
        role=role,
        office=office,
        password=password,
        plan=plan_2021(),
        by=None,
        must_change=False,
    )


def an_admin(name: str = "chief", password: str | None = PASSWORD) -> Account:
    return an_account(name, "admin", "", password)


def acting(account: Account, session: str = "") -> Actor:
    return Actor(account=account, ip=IP, session=session)


def some_settings(path, monkeypatch, **values: object) -> None:
    """data/access.toml of the test's own: what is not named has its ordinary value."""
    path.write_text("".join(f"{name} = {value!r}\n" for name, value in values.items()), "utf-8")
    monkeypatch.setenv("DASHBOARD_ACCESS", str(path))
