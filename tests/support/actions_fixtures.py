"""People at their desks: a demonstration of their own, accounts that act, and one county's workbook to file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pytest
from demo_fixtures import PLAN
from pages_fixtures import demonstration  # noqa: F401  (a fixture that `desk` asks for)
from returns_fixtures import edited, values_only

from access import accounts, demo
from access.model import Actor
from actions.keys import ReturnKey
from actions.standing import standing
from actions.submitting import Receipted, submit
from actions.uploading import Upload, upload
from catalogue.period import Period
from demo.filings import unfiled
from demo.workbooks import workbook
from warehouse import store

KEY = ReturnKey("county", "210421", Period(2021, 3))  # 抚顺县 has not filed it yet


@pytest.fixture
def desk(demonstration):  # noqa: F811
    """The data folder with the sample returns, the demo accounts made."""
    demo.ensure_demo(PLAN)
    return demonstration


def actor(who: str) -> Actor:
    """210421 for demo-210421, planning for demo-planning …; any other account by its own name."""
    return Actor(account=accounts.get(f"demo-{who}") or accounts.get(who), ip="10.20.3.4")


@cache
def right() -> bytes:
    """抚顺县's return, with nothing to mend and nothing to explain (演示数据)."""
    return values_only(workbook(PLAN, unfiled()))


def wrong(*edits) -> bytes:
    return edited(right(), *edits)


def uploaded(content: bytes | None = None, who: str = "210421") -> Upload:
    """抚顺县's draft, ready to be submitted."""
    made = upload(actor(who), "抚顺县.xlsx", right() if content is None else content)
    assert made.ready, made
    return made


def saved_again(turn: int) -> bytes:
    """The same answers in other bytes, as a file that was only opened and saved."""
    return wrong(lambda book: setattr(book.properties, "title", f"第{turn}次保存"))


def filed(content: bytes | None = None, correction: str = "", who: str = "210421") -> Receipted:
    """Uploaded and submitted by 抚顺县."""
    uploaded(content, who)
    return submit(actor(who), KEY, seen=standing(KEY).seen, correction=correction)


def number() -> int:
    """Of the newest version."""
    return store.newest(store.data_folder()).number


def rows(sql: str, given: Sequence[object] = ()) -> list[tuple]:
    """What the newest version says."""
    with store.open_version(store.newest(store.data_folder())) as con:
        return con.execute(sql, list(given)).fetchall()
