"""All charts of a quarter, made in the background: begun, watched, given up, taken away. One at a time for each account.

What is made stays in memory until it is taken, another is begun, or `KEPT` seconds have passed; a restart forgets it.
"""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass, field
from typing import Literal

from access.model import Actor
from actions import takeaways
from actions.errors import NotNow
from actions.files import File
from actions.keys import require
from actions.takeaways import AskedFile
from catalogue.load import current_plan
from catalogue.wording import language, use_language
from reports.pictures import pack
from reports.pictures.picture import NoRenderer
from reports.snapshot import take
from warehouse.store import StoreError

KEPT = 900  # seconds that a pack nobody fetches is held
ABOUT = "takeaway:pack"
State = Literal["making", "made", "failed"]
log = logging.getLogger(__name__)


class _GivenUp(Exception):
    """Raised where the pack tells its progress, so that it ends between two charts."""


@dataclass(slots=True)
class _Job:
    what: AskedFile
    state: State = "making"
    done: int = 0
    of: int = 0
    content: bytes = b""
    why: str = ""
    ended: float = 0.0
    given_up: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True, slots=True)
class PackProgress:
    """How far the pack is: `done` of `of` charts (0 of 0: not begun to draw). why: in words, where it failed."""

    state: State
    done: int
    of: int
    why: str


_jobs: dict[str, _Job] = {}
_lock = threading.Lock()


def begin(actor: Actor, what: AskedFile) -> None:
    """Start one, unless the same is being made; one about another quarter is given up. Raises NotAllowed."""
    require(actor, "see_numbers", current_plan(), about=ABOUT)
    with _lock:
        before = _jobs.get(actor.account.name)
        if before is not None and before.state == "making":
            if before.what == what:
                return
            before.given_up.set()
        job = _jobs[actor.account.name] = _Job(what)
    threading.Thread(target=_make, args=(job, language()), name="pack", daemon=True).start()


def standing(actor: Actor, what: AskedFile) -> PackProgress | None:
    """None where none was begun about this, or it is no longer held."""
    with _lock:
        _forget_old()
        job = _jobs.get(actor.account.name)
        if job is None or job.what != what:
            return None
        return PackProgress(job.state, job.done, job.of, job.why)


def give_up(actor: Actor) -> None:
    """End the one being made, between two charts; throw one away that is made."""
    with _lock:
        job = _jobs.pop(actor.account.name, None)
    if job is not None:
        job.given_up.set()


def taken(actor: Actor, what: AskedFile) -> File:
    """The pack, with a line in the log. Raises NotAllowed; NotNow where none is ready."""
    require(actor, "see_numbers", current_plan(), about=ABOUT)
    with _lock:
        job = _jobs.get(actor.account.name)
        if job is None or job.what != what or job.state != "made":
            raise NotNow("no_pack")
        content = job.content
    return takeaways.logged(actor, "pack", what, content)


def _make(job: _Job, spoken: str) -> None:
    def progress(done: int, of: int) -> None:
        if job.given_up.is_set():
            raise _GivenUp
        job.done, job.of = done, of

    use_language(spoken)
    try:
        job.content = pack.pack(take(job.what.period, job.what.basis, job.what.version), progress)
        job.state = "made"
    except _GivenUp:
        log.info("pack given up after %s of %s", job.done, job.of)
        job.state = "failed"
    except (NoRenderer, StoreError) as problem:
        job.why, job.state = str(problem), "failed"
    except Exception:
        log.exception("pack of %s", job.what)
        job.state = "failed"
    finally:
        job.ended = time.monotonic()


def _forget_old() -> None:
    now = time.monotonic()
    for name in [name for name, job in _jobs.items() if job.ended and now - job.ended > KEPT]:
        del _jobs[name]
