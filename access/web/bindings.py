"""What belongs to which session of ours, so that knowing its name is not enough: Streamlit sessions, and files given out."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Any, TypeVar

K = TypeVar("K")

MOST = 10_000  # of either kind; the one longest unused is forgotten first

_owners: OrderedDict[str, str] = OrderedDict()  # Streamlit session -> session
_files: OrderedDict[tuple[str, str], None] = (
    OrderedDict()
)  # (name below /media/, session): one file may be given to many
_lock = Lock()


def bind(streamlit_session_id: str, session_id: str) -> None:
    """Called at each run of the script. The first owner stays."""
    with _lock:
        _owners.setdefault(streamlit_session_id, session_id)
        _keep(_owners, streamlit_session_id)


def is_bound(streamlit_session_id: str, session_id: str) -> bool:
    with _lock:
        return bool(session_id) and _owners.get(streamlit_session_id) == session_id


def give(file: str, session_id: str) -> None:
    """Called when a session is told a file's address."""
    with _lock:
        _files[file, session_id] = None
        _keep(_files, (file, session_id))


def was_given(file: str, session_id: str) -> bool:
    with _lock:
        return (file, session_id) in _files


def forget(session_id: str) -> None:
    """A session that has ended owns nothing any more."""
    with _lock:
        for streamlit_session_id in [key for key, owner in _owners.items() if owner == session_id]:
            del _owners[streamlit_session_id]
        for key in [key for key in _files if key[1] == session_id]:
            del _files[key]


def _keep(known: OrderedDict[K, Any], key: K) -> None:
    known.move_to_end(key)
    while len(known) > MOST:
        known.popitem(last=False)
