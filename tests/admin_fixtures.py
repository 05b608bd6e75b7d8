"""What the chapters about administration share: a demonstration of their own, and people who act in it."""
from __future__ import annotations

from datetime import datetime

import pytest
from pages_fixtures import demonstration  # noqa: F401  (a fixture that `house` asks for)

from access import accounts, audit, demo
from access.model import Actor
from catalogue.load import current_plan
from warehouse import store

ROLES = ("leader", "210402", "planning", "admin", "auditor")
AT = datetime(2021, 10, 15, 10)


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
            "select load_id from reporting_status where form = ? and reporter = ? and period = ?", [form, reporter, period]
        ).fetchall()
    return found


def lines_of(event: str, result: str = "ok") -> list[tuple[str, str, str]]:
    """(account, object, detail) of the log's lines about an event, oldest first."""
    return [(line.name, line.object, line.detail) for line in audit.entries(event=event, result=result)[::-1]]
