"""Many returns approved at once: one publication, and whoever was quicker about one of them is told."""

from __future__ import annotations

from actions_fixtures import actor, demonstration, desk  # noqa: F401  (fixtures)

from access import audit
from actions import reviewing
from actions.keys import ReturnKey
from actions.standing import standing
from catalogue.period import Period

Q3 = Period(2021, 3)


def test_of_those_approved_together_one_that_was_decided_meanwhile_is_told_and_left_alone(desk, monkeypatch):  # noqa: F811
    quick = ReturnKey("department", "college", Q3)
    planning = actor("planning")
    waiting = reviewing.queue(planning, "2021Q3")
    reviewing.send_back(planning, quick, seen=standing(quick).seen, reason="请补充")
    monkeypatch.setattr(reviewing, "queue", lambda *given: waiting)
    done, [(key, told)] = reviewing.approve_clean(planning, "2021Q3")
    assert (key, told.state, standing(quick).state) == (quick, "returned", "returned") and quick not in done and done
    assert [line.object for line in audit.entries(event="approved", result="failed")] == [quick.object]
