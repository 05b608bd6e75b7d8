"""What goes on until somebody pulls the plug, as a process of its own: `python long_acts.py KIND FIRST` in DASHBOARD_DATA.

A line on standard output is a promise: what it says is done and must still be there after the plug was pulled.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

from actions_fixtures import KEY, actor, saved_again
from demo_fixtures import FOLDER

from access import demo
from actions import backup, reviewing, submitting, uploading
from actions.standing import standing
from catalogue.load import current_plan
from etl import batch
from etl.submission import fingerprint
from warehouse import store

TOGETHER = 3  # files of one load


def publish(turn: int) -> str:
    """A return, or a better one in its place."""
    now = standing(KEY)
    state, seen = (now.state, now.seen) if now else ("missing", (0, "missing", False))
    uploading.upload(actor("210421"), "抚顺县.xlsx", saved_again(turn))
    correction = "更正：上季度把在职培训重复计入" if state == "approved" else ""
    made = submitting.submit(actor("210421"), KEY, seen=seen, correction=correction)
    return f"receipt {made.number}"


def review(turn: int) -> str:
    """Filed where nothing waits, else approved, or sent back after that."""
    now = standing(KEY)
    if now is None or now.state not in ("filed", "approved"):
        return publish(turn)
    if now.state == "filed":
        reviewing.approve(actor("planning"), KEY, seen=now.seen)
        return f"decision {now.load_id} approved"
    reviewing.send_back(actor("planning"), KEY, seen=now.seen, reason="请核对")
    return f"decision {now.load_id} returned"


def back_up(turn: int) -> str:
    name = f"{turn}.zip"
    backup.make(store.data_folder() / "backups" / name)
    return f"backup {name}"


def load(turn: int) -> str:
    """The next few of the sample returns; what is begun is said before, since it is taken as a whole or not at all."""
    known, several = _known(), []
    for path in sorted(FOLDER.glob("20*/*.xlsx")):
        if "更正前" not in path.name and fingerprint(path.read_bytes()) not in known:
            several.append(path)
    several = several[:TOGETHER]
    hashes = " ".join(fingerprint(path.read_bytes()) for path in several)
    if not several:
        return "nothing"
    print(f"begun {hashes}", flush=True)
    outcomes = batch.load(several, sender="测试", approve=True)
    assert all(outcome.taken for outcome in outcomes), [(one.name, one.refusal) for one in outcomes]
    return f"loaded {hashes}"


def _known() -> set[str]:
    version = store.newest(store.data_folder())
    if version is None:
        return set()
    with store.open_version(version) as con:
        return {sha256 for (sha256,) in con.execute("select distinct sha256 from receipt").fetchall()}


ACTS: dict[str, Callable[[int], str]] = {"publish": publish, "review": review, "backup": back_up, "load": load}


def main(kind: str, first: int) -> None:
    Path(store.data_folder()).mkdir(parents=True, exist_ok=True)
    demo.ensure_demo(current_plan())
    if kind == "backup" and standing(KEY) is None:
        publish(first)
    for turn in count(first):
        print(ACTS[kind](turn), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
