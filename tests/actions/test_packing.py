"""The quarter's pack made in the background: progress, giving up, one for each account, rights and the log."""

from __future__ import annotations

import threading
import time

import pytest
from actions_fixtures import actor, desk  # noqa: F401  (fixture)
from pages_fixtures import demonstration  # noqa: F401  (a fixture that `desk` asks for)

from access import audit
from actions import packing
from actions.errors import NotAllowed, NotNow
from actions.takeaways import AskedFile
from catalogue.wording import use_language
from reports.pictures import pack
from reports.pictures.picture import NoRenderer

Q2, Q3 = AskedFile("2021Q2", "filed"), AskedFile("2021Q3", "filed")


class Drawing:
    """Stands for the real drawing: draws a chart each time it is let."""

    def __init__(self, charts: int) -> None:
        self.charts = charts
        self.turn = threading.Semaphore(0)
        self.spoken: list[str] = []

    def __call__(self, snapshot, progress) -> bytes:
        for n in range(1, self.charts + 1):
            assert self.turn.acquire(timeout=20)
            progress(n, self.charts)
        return f"{snapshot.period}".encode()


@pytest.fixture
def drawing(desk, monkeypatch):  # noqa: F811
    made = Drawing(3)
    monkeypatch.setattr(pack, "pack", made)
    packing._jobs.clear()
    yield made
    for who in ("leader", "planning"):
        packing.give_up(actor(who))
    made.turn.release(9)


def until(true) -> None:
    for _ in range(400):
        if true():
            return
        time.sleep(0.02)
    raise AssertionError("did not come about in 8 s")


def test_it_is_watched_and_taken_with_a_line_in_the_log(drawing):
    leader = actor("leader")
    assert packing.standing(leader, Q3) is None
    packing.begin(leader, Q3)
    drawing.turn.release(2)
    until(lambda: packing.standing(leader, Q3).done == 2)
    now = packing.standing(leader, Q3)
    assert (now.state, now.of) == ("making", 3)
    with pytest.raises(NotNow, match="还没有生成"):
        packing.taken(leader, Q3)
    drawing.turn.release()
    until(lambda: packing.standing(leader, Q3).state == "made")
    assert packing.taken(leader, Q3) == ("抚顺市_2021年第三季度_全部图表.zip", b"2021Q3")
    assert audit.entries(event="download")[0].object == "takeaway:pack/2021Q3"


def test_given_up_it_ends_between_two_charts_and_nothing_is_kept(drawing):
    leader = actor("leader")
    packing.begin(leader, Q3)
    drawing.turn.release()
    until(lambda: packing.standing(leader, Q3).done == 1)
    packing.give_up(leader)
    assert packing.standing(leader, Q3) is None
    drawing.turn.release()
    until(lambda: not any(thread.name == "pack" for thread in threading.enumerate()))
    assert packing.standing(leader, Q3) is None
    with pytest.raises(NotNow):
        packing.taken(leader, Q3)


def test_another_quarter_takes_its_place_and_the_same_is_not_begun_twice(drawing):
    leader = actor("leader")
    packing.begin(leader, Q2)
    packing.begin(leader, Q2)
    assert len([thread for thread in threading.enumerate() if thread.name == "pack"]) == 1
    packing.begin(leader, Q3)
    assert packing.standing(leader, Q2) is None
    drawing.turn.release(6)
    until(lambda: packing.standing(leader, Q3).state == "made")
    assert packing.taken(leader, Q3)[1] == b"2021Q3"


def test_two_accounts_have_each_their_own(drawing):
    packing.begin(actor("leader"), Q3)
    assert packing.standing(actor("planning"), Q3) is None
    packing.begin(actor("planning"), Q2)
    drawing.turn.release(6)
    until(lambda: packing.standing(actor("planning"), Q2).state == "made")
    until(lambda: packing.standing(actor("leader"), Q3).state == "made")
    assert packing.taken(actor("planning"), Q2)[1] == b"2021Q2"


def test_a_filer_and_an_auditor_may_not(drawing):
    for who in ("210404", "auditor"):
        with pytest.raises(NotAllowed):
            packing.begin(actor(who), Q3)
        with pytest.raises(NotAllowed):
            packing.taken(actor(who), Q3)
        assert packing.standing(actor(who), Q3) is None


def test_where_it_fails_it_says_why_in_the_language_it_was_begun_in(desk, monkeypatch):  # noqa: F811
    def fails(snapshot, progress):
        from catalogue.wording import say

        raise NoRenderer(say("picture.no_browser"))

    monkeypatch.setattr(pack, "pack", fails)
    packing._jobs.clear()
    use_language("en")
    packing.begin(actor("leader"), Q3)
    until(lambda: packing.standing(actor("leader"), Q3).state == "failed")
    assert "Chromium" in packing.standing(actor("leader"), Q3).why
    packing.give_up(actor("leader"))


def test_what_nobody_fetches_is_let_go(drawing, monkeypatch):
    drawing.turn.release(3)
    packing.begin(actor("leader"), Q3)
    until(lambda: packing.standing(actor("leader"), Q3).state == "made")
    monkeypatch.setattr(packing, "KEPT", -1)
    assert packing.standing(actor("leader"), Q3) is None
