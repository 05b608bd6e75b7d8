"""A disk without room: what somebody wanted to do is not done at all, and they are told why."""

from __future__ import annotations

import shutil

import pytest
from actions_fixtures import KEY, actor, uploaded, wrong
from pages_fixtures import on_stage
from returns_fixtures import put
from sqlalchemy import select

from access import db, demo
from access.tables import intent
from actions import drafts, submitting, uploading
from actions.standing import standing
from catalogue import free_space
from catalogue.free_space import NoStorage
from catalogue.load import current_plan
from ui.kit import refusals
from warehouse import originals, store


@pytest.fixture
def bare_desk(tmp_path, monkeypatch):
    """No returns on record yet, so that a publication is quick; 抚顺县's draft lies ready."""
    on_stage(tmp_path, monkeypatch)
    demo.ensure_demo(current_plan())
    uploaded()
    yield tmp_path
    db.dispose()


def submit() -> None:
    submitting.submit(actor("210421"), KEY, seen=standing(KEY).seen)


def waiting() -> int:
    with db.reading() as con:
        return len(con.execute(select(intent)).all())


def full(*_, **__):
    raise OSError(28, "No space left on device")


def test_a_full_disk_is_told_and_the_draft_waits_for_room(bare_desk, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(store, "publish", full)
        with pytest.raises(NoStorage, match="数据盘已满"):
            submit()
    assert (standing(KEY).state, waiting()) == ("missing", 0) and drafts.find(KEY) is not None
    submit()
    assert standing(KEY).state == "filed"


def test_an_upload_onto_a_full_disk_is_told_and_the_draft_before_it_stays(bare_desk, monkeypatch):
    before = drafts.find(KEY)
    other = wrong(put("学前教育", "E7", 14))
    for place, name in ((originals, "keep"), (free_space, "require")):
        with monkeypatch.context() as patch:
            patch.setattr(place, name, full)
            with pytest.raises(NoStorage):
                uploading.upload(actor("210421"), "抚顺县.xlsx", other)
    assert drafts.find(KEY) == before
    assert NoStorage in refusals.REFUSALS  # every screen that acts shows it as a sentence


def test_room_is_asked_for_before_a_publication(bare_desk, monkeypatch):
    size = 10 * 2**20
    monkeypatch.setattr(free_space.shutil, "disk_usage", lambda place: shutil._ntuple_diskusage(10**9, 0, size))
    with pytest.raises(NoStorage, match="剩余 10 MB"):
        submit()
    assert standing(KEY).state == "missing" and not list((bare_desk / "warehouse").glob("*.part"))
