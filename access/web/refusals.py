"""What was refused is noted in the audit log, but a flood of it does not fill the log."""

from __future__ import annotations

import logging
import time
from threading import Lock

from anyio import to_thread

from access import audit, tokens
from access.web.visitor import Visitor
from catalogue.free_space import NoStorage

log = logging.getLogger(__name__)

QUIET = 60  # seconds in which the same refusal is noted once
MOST = 30  # refusals noted of one session or address in that time, whatever their paths

_noted: dict[str, dict[str, float]] = {}
_lock = Lock()


async def note(who: Visitor, path: str, detail: str = "") -> None:
    """One line per session (or address), path and reason a minute."""
    if _is_news((who.account and who.session) or who.ip, f"{path} {detail}", time.monotonic()):
        await to_thread.run_sync(lambda: _record(who, path, detail))


def _record(who: Visitor, path: str, detail: str) -> None:
    """What is refused stays refused, also where it cannot be written down."""
    try:
        audit.record(who.actor, "refused", f"path:{tokens.hidden(path)[:200]}", "refused", detail, ip=who.ip)
    except NoStorage as problem:
        log.warning("a refusal is not in the log: %s", problem.kind)


def _is_news(who: str, path: str, now: float) -> bool:
    with _lock:
        for name in [name for name, paths in _noted.items() if all(now - at > QUIET for at in paths.values())]:
            del _noted[name]
        paths = {known: at for known, at in _noted.get(who, {}).items() if now - at <= QUIET}
        _noted[who] = paths
        if path in paths or len(paths) >= MOST:
            return False
        paths[path] = now
        return True
