"""Two people do the same thing at the same moment, again and again: one wins, the other is told who and when, both are on record."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from actions_fixtures import KEY, actor, right, wrong
from pages_fixtures import on_stage
from returns_fixtures import put

from access import accounts, db, demo
from access.model import Actor
from actions import drafts, reviewing, submitting, uploading
from actions.errors import Overtaken
from actions.standing import standing
from actions.story import story
from catalogue import clock
from catalogue.load import current_plan
from warehouse import store

ROUNDS = 50 if os.environ.get("TEST_LONG") else 8  # `make test-long`


def at_once(first, second) -> list[object]:
    """What each gave, or the Overtaken it met."""
    start = threading.Barrier(2)

    def run(act):
        start.wait(10)
        try:
            return act()
        except Overtaken as quicker:
            return quicker

    with ThreadPoolExecutor(2) as pool:
        return [future.result() for future in [pool.submit(run, first), pool.submit(run, second)]]


def the_loser(found: list[object]) -> Overtaken:
    lost = [each for each in found if isinstance(each, Overtaken)]
    assert len(lost) == 1, found
    return lost[0]


@pytest.fixture
def bare_desk(tmp_path, monkeypatch):
    """No returns on record yet, so that a publication is quick; a second person at 抚顺县's desk."""
    on_stage(tmp_path, monkeypatch)
    demo.ensure_demo(current_plan())
    accounts.create(
        name="fu.shun.2",
        person="第二填报员（演示数据）",
        role="filer",
        office="210421",
        password=None,
        plan=current_plan(),
        by=None,
    )
    yield actor("210421"), Actor(account=accounts.get("fu.shun.2"), ip="10.20.3.5")
    db.dispose()


def test_two_people_submit_the_same_return_at_once(bare_desk):
    one, other = bare_desk
    ready = [
        uploading.upload(one, "抚顺县.xlsx", content).draft for content in (right(), wrong(put("学前教育", "E7", 14)))
    ]
    for turn in range(1, ROUNDS + 1):
        with db.writing() as con:
            drafts.keep(ready[turn % 2], con)
        seen = standing(KEY).seen
        quicker = the_loser(
            at_once(
                lambda seen=seen: submitting.submit(one, KEY, seen=seen),
                lambda seen=seen: submitting.submit(other, KEY, seen=seen),
            )
        )
        now = standing(KEY)
        assert now.state == "filed" and (quicker.by, quicker.at) == (now.sender, now.received_at)
        events = story(one, KEY)
        assert sum(event.overtaken and event.what == "submitted" for event in events) == turn
        assert sum(event.what == "submitted" and not event.overtaken for event in events) == turn


def test_two_people_decide_about_the_same_return_at_once(bare_desk):
    filer, _ = bare_desk
    one, other = actor("planning"), actor("office")
    uploading.upload(filer, "抚顺县.xlsx", right())
    submitting.submit(filer, KEY, seen=standing(KEY).seen)
    for turn in range(1, ROUNDS + 1):
        seen = standing(KEY).seen
        quicker = the_loser(
            at_once(
                lambda seen=seen: reviewing.approve(one, KEY, seen=seen),
                lambda seen=seen: reviewing.send_back(other, KEY, seen=seen, reason="请核对"),
            )
        )
        now = standing(KEY)
        assert now.state in ("approved", "returned") and (quicker.by, quicker.at, quicker.state) == (
            now.by,
            now.decided_at,
            now.state,
        )
        events = story(filer, KEY)
        assert sum(event.overtaken for event in events) == turn
        assert sum(event.what in ("approved", "returned") and not event.overtaken for event in events) == turn
        undecided(now.load_id)


def undecided(load_id: int) -> None:
    """For the next round."""
    store.publish(
        store.data_folder(),
        current_plan(),
        lambda writer: writer.review(load_id, "filed", clock.now(), "测试"),
        note="undo",
        by="测试",
    )
