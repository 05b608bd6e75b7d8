"""What a filer and a reviewer wait for: the road of one return from upload to approval, and the question at every click."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from access import audit, demo, sessions
from access.model import Actor
from actions import files, reviewing, submitting, uploading
from actions.keys import ReturnKey
from actions.standing import standing
from bench.clock import Times, timed
from catalogue.load import current_plan
from catalogue.period import Period
from demo.filings import unfiled
from demo.workbooks import workbook

KEY = ReturnKey("county", "210421", Period(2021, 3))
ROUNDS = 6


def figures() -> Iterator[tuple[str, str]]:
    """In a data folder with the sample returns; writes into it."""
    os.environ.update({demo.VARIABLE: "1", "DASHBOARD_TODAY": "2021-10-15"})
    plan = current_plan()
    known = {account.name: account for account in demo.ensure_demo(plan)}
    filer, reviewer = (Actor(account=known[name]) for name in ("demo-210421", "demo-planning"))
    content = workbook(plan, unfiled())
    _, session = sessions.start(filer.account, "127.0.0.1")
    yield (
        "is this session alive (asked at every message)",
        str(timed(lambda: sessions.find(session, touch=False), runs=200)),
    )
    yield "one line into the log", str(timed(lambda: audit.record(filer, "download", "bench")))
    yield "template", str(timed(lambda: files.template(filer, KEY)))
    yield (
        "upload: read, checked, kept as a draft",
        str(timed(lambda: uploading.upload(filer, "x.xlsx", content), runs=8)),
    )
    yield "marked workbook", str(timed(lambda: files.marked_draft(filer, KEY), runs=8))
    yield "what submitting would do to the indicators", str(timed(lambda: uploading.impact(filer, KEY), runs=5, warm=1))
    yield from _decided(filer, reviewer, content)


def _decided(filer: Actor, reviewer: Actor, content: bytes) -> Iterator[tuple[str, str]]:
    """Submitted and withdrawn in turn, then approved and undone in turn, so that each has something to do."""

    def submit() -> None:
        uploading.upload(filer, "x.xlsx", content)
        submitting.submit(filer, KEY, seen=_seen())

    def withdraw() -> None:
        submitting.withdraw(filer, KEY, seen=_seen(), reason="bench")

    def both() -> None:
        submit()
        withdraw()

    yield "uploaded, submitted, withdrawn: three steps", str(timed(both, runs=ROUNDS, warm=1))
    submit()
    yield "a return opened for review", str(timed(lambda: reviewing.case(reviewer, KEY), runs=8))
    yield "approved (one publication)", str(_once(lambda: reviewing.approve(reviewer, KEY, seen=_seen())))


def _seen() -> tuple[int, str, bool]:
    found = standing(KEY)
    assert found is not None, KEY
    return found.seen


def _once(work: Callable[[], object]) -> Times:
    return timed(work, runs=1, warm=0)
