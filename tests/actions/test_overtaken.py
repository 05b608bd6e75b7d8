"""An attempt that came second is noted as data: the history and the log say it in words, in either language."""

from __future__ import annotations

from datetime import datetime

import pytest
from actions_fixtures import KEY, actor, demonstration, desk, filed, wrong  # noqa: F401  (fixtures)
from returns_fixtures import put

from access import audit
from actions import log, reviewing, submitting
from actions.errors import Overtaken
from actions.overtaken import Attempt, attempt
from actions.standing import standing
from actions.story import story
from catalogue import clock
from catalogue.load import current_plan


def test_lines_of_a_log_written_before_are_understood():
    assert attempt("at=2021-10-15 09:30:00 市教育局 办公室 returned") == Attempt(
        datetime(2021, 10, 15, 9, 30), "市教育局 办公室", "returned"
    )


@pytest.mark.parametrize("detail", ["", "角色 县区填报员", "number=2021Q3-210421-county-01 sha256=ab"])
def test_other_lines_tell_of_none(detail):
    assert attempt(detail) is None


def test_the_history_says_who_was_quicker_and_the_log_says_it_in_the_same_words(desk):  # noqa: F811
    filed()
    stale = standing(KEY).seen
    reviewing.send_back(actor("office"), KEY, seen=stale, reason="请核对")
    with pytest.raises(Overtaken):
        reviewing.approve(actor("planning"), KEY, seen=stale)
    [event] = [event for event in story(actor("leader"), KEY) if event.overtaken]
    assert (event.what, event.second.by, event.second.state) == ("approved", actor("office").signature, "returned")
    [line] = audit.entries(object=KEY.object, result="failed")
    assert log.detail_said(line, current_plan()) == f"{actor('office').signature}已先处理，当时为“退回”"


def test_a_return_that_was_replaced_is_told_from_one_that_was_taken_back(desk, monkeypatch):  # noqa: F811
    monkeypatch.setattr(clock, "now", lambda: datetime(2021, 10, 15, 9, 30))
    filed()
    filed(wrong(put("学前教育", "E7", 14)))
    submitting.withdraw(actor("210421"), KEY, seen=standing(KEY).seen, reason="replaced by hand")
    withdrawn = [event for event in story(actor("leader"), KEY) if event.what == "withdrawn"]
    assert [event.replaced for event in withdrawn] == [False, True]
    assert withdrawn[0].detail == "replaced by hand"


def test_all_of_one_second_is_told_in_the_order_in_which_it_happened(desk, monkeypatch):  # noqa: F811
    monkeypatch.setattr(clock, "now", lambda: datetime(2021, 10, 15, 9, 30))
    filed()
    first = standing(KEY).seen
    filed(wrong(put("学前教育", "E7", 14)))
    with pytest.raises(Overtaken):
        reviewing.approve(actor("office"), KEY, seen=first)
    reviewing.send_back(actor("office"), KEY, seen=standing(KEY).seen, reason="请核对")
    filed(wrong(put("学前教育", "E7", 15)))
    told = [(event.what, event.overtaken) for event in reversed(story(actor("leader"), KEY)) if event.at.day == 15]
    assert [what for what, second in told if not second] == [
        "submitted",
        "withdrawn",
        "submitted",
        "returned",
        "submitted",
    ]
    times = [event.at for event in reversed(story(actor("leader"), KEY))]
    assert times == sorted(times)


@pytest.mark.parametrize("said", ["role=filer 请核对", '{"role": "filer"}'])
def test_a_reason_stays_in_the_log_as_it_was_said(desk, said):  # noqa: F811
    """Whatever it looks like: in no line are a person's words taken for facts."""
    filed()
    reviewing.send_back(actor("office"), KEY, seen=standing(KEY).seen, reason=said)
    filed(wrong(put("学前教育", "E7", 14)))
    submitting.withdraw(actor("210421"), KEY, seen=standing(KEY).seen, reason=said)
    lines = [line for event in ("returned", "withdrawn") for line in audit.entries(object=KEY.object, event=event)]
    assert [log.detail_said(line, current_plan()) for line in lines] == [said, said]
