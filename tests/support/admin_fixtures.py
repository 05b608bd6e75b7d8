"""What the chapters about administration share: a demonstration of their own, and people who act in it."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from pages_fixtures import demonstration, on_stage  # noqa: F401  (a fixture that `house` asks for)

from access import accounts, audit, db, demo, sessions
from access.model import Actor
from actions import drafts, versions
from actions.drafts import Draft
from actions.keys import ReturnKey
from catalogue.load import current_plan
from catalogue.period import Period
from warehouse import originals, store

AT = datetime(2021, 10, 15, 10)
DRAFT = ReturnKey("county", "210403", Period.parse("2021Q3"))


@pytest.fixture
def house(demonstration):  # noqa: F811
    """The data folder with the sample returns, the demo accounts made."""
    demo.ensure_demo(current_plan())
    return demonstration


def acting(who: str = "admin") -> Actor:
    return Actor(account=accounts.get(f"demo-{who}"), ip="10.20.3.4")


def newest() -> store.Version:
    return store.newest(store.data_folder())


def publish(change) -> store.Version:
    return store.publish(store.data_folder(), current_plan(), change, note="测试", by="测试")


def load_id(reporter: str, period: str = "2021Q3", form: str = "county") -> int:
    """Of the receipt that stands for this return."""
    with store.open_version(newest()) as con:
        [(found,)] = con.execute(
            "select load_id from reporting_status where form = ? and reporter = ? and period = ?",
            [form, reporter, period],
        ).fetchall()
    return found


def lines_of(event: str, result: str = "ok") -> list[tuple[str, str, str]]:
    """(account, object, detail) of the log's lines about an event, oldest first."""
    return [(line.name, line.object, line.detail) for line in audit.entries(event=event, result=result)[::-1]]


@pytest.fixture
def lived_in(lived_in_house, tmp_path, monkeypatch):
    """Two versions, the first frozen; an account with a password, a draft with a reason, somebody signed in."""
    folder = tmp_path / "var"
    shutil.copytree(lived_in_house, folder)
    on_stage(folder, monkeypatch)
    yield folder
    db.dispose()


def live_in() -> None:
    """What has happened in `lived_in`."""
    accounts.create(
        name="li.si",
        person="李四（演示数据）",
        role="filer",
        office="210403",
        phone="024-5555 1001",
        password="Tq3d-wKmr-48hX",
        plan=current_plan(),
        by=None,
    )
    sessions.start(accounts.get("li.si"), "10.1.1.1")
    sha256 = originals.keep(b"a workbook", store.data_folder())
    with db.writing() as con:
        drafts.keep(Draft(DRAFT, sha256, "草稿.xlsx", "li.si", AT), con)
    versions.freeze(acting(), newest().number, "三季度调度会", "2021Q3")
    publish(lambda writer: writer.review(load_id("210402"), "returned", AT, "张三", "数值有误"))


def move_to(folder: Path, monkeypatch) -> None:
    db.dispose()
    monkeypatch.setenv("DASHBOARD_DATA", str(folder))
