"""Two servers, two people, one return: what holds between threads holds between processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from actions_fixtures import KEY, actor, demonstration, desk, saved_again, uploaded  # noqa: F401  (fixtures)
from command_line import ROOT

from access import accounts
from actions import submitting
from actions.standing import standing
from actions.story import story
from catalogue.load import current_plan

ROUNDS = 4

# Run as a process of its own. argv: what is done, by whom; every line of input is one round and gives one of output.
DOING = """
import json, sys
from actions_fixtures import KEY, actor
from actions import reviewing, submitting
from actions.errors import Overtaken
what, who = sys.argv[1], actor(sys.argv[2])
acts = {
    "submit": lambda seen: submitting.submit(who, KEY, seen=seen),
    "approve": lambda seen: reviewing.approve(who, KEY, seen=seen),
    "send_back": lambda seen: reviewing.send_back(who, KEY, seen=seen, reason="请核对"),
}
print("ready", flush=True)
for line in sys.stdin:
    try:
        acts[what](tuple(json.loads(line)))
        print(json.dumps(["won", who.signature]), flush=True)
    except Overtaken as quicker:
        print(json.dumps(["lost", quicker.by, str(quicker.at), quicker.state]), flush=True)
"""


@pytest.fixture
def start():
    """what is done, by whom -> a process that is ready to do it; none outlives its test."""
    started: list[subprocess.Popen[str]] = []

    def one(what: str, who: str) -> subprocess.Popen[str]:
        search = os.pathsep.join((str(ROOT), str(ROOT / "tests/support")))
        started.append(
            subprocess.Popen(
                [sys.executable, "-c", DOING, what, who],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": search, "PYTHONUTF8": "1"},
            )
        )
        return started[-1]

    yield one
    for process in started:
        process.stdin.close()
        process.kill()
        process.wait()
        process.stdout.close()


def at_once(processes: list[subprocess.Popen[str]]) -> tuple[list[str], list[str]]:
    """(what the winner said, what the loser said) of one round about the return as it stands."""
    line = json.dumps(standing(KEY).seen) + "\n"
    for process in processes:
        process.stdin.write(line)
        process.stdin.flush()
    said = [json.loads(process.stdout.readline()) for process in processes]
    assert sorted(each[0] for each in said) == ["lost", "won"], said
    return said[said[1][0] == "won"], said[said[0][0] == "won"]


def test_two_servers_take_the_same_return_in_once(desk, start):  # noqa: F811
    accounts.create(
        name="fu.shun.2",
        person="第二填报员（演示数据）",
        role="filer",
        office="210421",
        password=None,
        plan=current_plan(),
        by=None,
    )
    both = [start("submit", who) for who in ("210421", "fu.shun.2")]
    assert [process.stdout.readline() for process in both] == ["ready\n"] * 2
    for turn in range(1, ROUNDS + 1):
        uploaded()
        won, lost = at_once(both)
        now = standing(KEY)
        assert (now.sender, now.sender, str(now.received_at), now.state) == (won[1], *lost[1:])
        events = story(actor("leader"), KEY)
        assert [
            sum(event.what == "submitted" and event.overtaken is second for event in events) for second in (False, True)
        ] == [turn] * 2
        submitting.withdraw(actor("210421"), KEY, seen=now.seen, reason="再来一次")


def test_two_servers_take_one_decision(desk, start):  # noqa: F811
    both = [start("approve", "planning"), start("send_back", "office")]
    assert [process.stdout.readline() for process in both] == ["ready\n"] * 2
    for turn in range(1, ROUNDS + 1):
        uploaded(saved_again(turn))
        submitting.submit(actor("210421"), KEY, seen=standing(KEY).seen, correction="再来一次")
        won, lost = at_once(both)
        now = standing(KEY)
        assert (now.by, now.by, str(now.decided_at), now.state) == (won[1], *lost[1:])
        events = story(actor("leader"), KEY)
        assert sum(event.overtaken for event in events) == turn
        assert sum(event.what in ("approved", "returned") and not event.overtaken for event in events) == turn
