"""People at their desks: a demonstration of the test's own, and who acts in it."""
from __future__ import annotations

import pytest
from filing_fixtures import right, wrong
from pages_fixtures import demonstration

from access import accounts, demo
from access.model import Actor
from actions import submitting, uploading
from actions.keys import ReturnKey
from actions.standing import standing
from catalogue.load import current_plan
from catalogue.period import Period
from warehouse import store

KEY = ReturnKey("county", "210421", Period(2021, 3))  # 抚顺县 has not filed
__all__ = ["KEY", "actor", "demonstration", "desk", "filed", "number", "right", "wrong"]


@pytest.fixture
def desk(demonstration):
    demo.ensure_demo(current_plan())
    return demonstration


def actor(name: str) -> Actor:
    return Actor(account=accounts.get(f"demo-{name}"), ip="10.20.3.4")


def filed(name: str = "210421", content: bytes | None = None, correction: str = ""):
    """Upload and submit 抚顺县's return; gives the receipt."""
    who = actor(name)
    uploading.upload(who, "抚顺县.xlsx", content or right())
    return submitting.submit(who, KEY, seen=standing(KEY).seen, correction=correction)


def number() -> int:
    """Of the newest version."""
    return store.newest(store.data_folder()).number
