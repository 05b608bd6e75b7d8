"""How much may come in by upload: per session, per account, and all together; and how long it is held in memory.

Streamlit keeps what is sent until the script takes it and the widget lets go of it, or the session ends. An account that
sends without asking for anything could fill the memory with that.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from starlette.types import Message, Receive, Scope
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from access.web.visitor import Visitor

MB = 2**20
AT_ONCE = 6  # uploads of a session on their way; a browser sends as many of a folder
WINDOW = 600  # seconds
FILES, BYTES = 240, 200 * MB  # of an account within WINDOW; a quarter's returns of all units take 5 MB
SESSION_FILES, SESSION_BYTES = 160, 150 * MB  # of one session within WINDOW; two packs of pictures to check fit
HELD = 400 * MB  # of all accounts, held at the same time
HOLD = 300  # seconds after which a file is let go of, whoever still shows it
LARGEST = 21 * MB  # assumed of an upload that does not say how large it is

_under_way: Counter[str] = Counter()  # session -> uploads
_came: dict[str, deque[tuple[float, int, str]]] = defaultdict(deque)  # account -> (when, bytes, session)
_held = 0
_lock = Lock()


@contextmanager
def admitted(who: Visitor, size: int) -> Iterator[str]:
    """Gives "", or why not: at_once, session_often, often, held. size: bytes that are announced. Under way until the end of the block."""
    assert who.account is not None, "the gate has asked"
    why = _taken_up(who.session, who.account.name, size)
    try:
        yield why
    finally:
        if not why:
            with _lock:
                _under_way[who.session] -= 1
                if not _under_way[who.session]:
                    del _under_way[who.session]


def _taken_up(session: str, account: str, size: int) -> str:
    global _held
    now = time.monotonic()
    with _lock:
        came = _came[account]
        while came and now - came[0][0] > WINDOW:
            came.popleft()
        if _under_way[session] >= AT_ONCE:
            return "at_once"
        mine = [each for _, each, of in came if of == session]
        if len(mine) >= SESSION_FILES or sum(mine) + size > SESSION_BYTES:
            return "session_often"
        if len(came) >= FILES or sum(each for _, each, _ in came) + size > BYTES:
            return "often"
        if _held + size > HELD:
            return "held"
        came.append((now, size, session))
        _under_way[session] += 1
        _held += size
        return ""


def announced(scope: Scope) -> int:
    """Bytes, by Content-Length."""
    length = next((value for name, value in scope["headers"] if name.lower() == b"content-length"), b"")
    return int(length) if length.isdigit() and len(length) < 12 else LARGEST


def bounded(receive: Receive, size: int) -> Receive:
    """What is sent beyond what was announced ends the request."""
    left = size

    async def receiving() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        return message if left >= 0 else {"type": "http.disconnect"}

    return receiving


def let_go_later(path: str, size: int) -> None:
    """path: <Streamlit session>/<file>."""
    asyncio.get_running_loop().call_later(HOLD, _let_go, path, size)


def _let_go(path: str, size: int) -> None:
    global _held
    with _lock:
        _held -= size
    session, _, file = path.partition("/")
    manager = Runtime.instance().uploaded_file_mgr if Runtime.exists() else None
    if isinstance(manager, MemoryUploadedFileManager):
        manager.remove_file(session, file)
