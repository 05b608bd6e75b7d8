"""Which Streamlit session belongs to which session of ours, so that knowing its id is not enough to take it over."""
from __future__ import annotations

from collections import OrderedDict
from threading import Lock

MOST = 10_000

_owners: OrderedDict[str, str] = OrderedDict()
_lock = Lock()


def bind(streamlit_session_id: str, session_id: str) -> None:
    """Called at each run of the script. The first owner stays; the one longest without a run is forgotten first."""
    with _lock:
        _owners.setdefault(streamlit_session_id, session_id)
        _owners.move_to_end(streamlit_session_id)
        while len(_owners) > MOST:
            _owners.popitem(last=False)


def is_bound(streamlit_session_id: str, session_id: str) -> bool:
    with _lock:
        return bool(session_id) and _owners.get(streamlit_session_id) == session_id


def forget(session_id: str) -> None:
    """A session that has ended owns nothing any more."""
    with _lock:
        for streamlit_session_id in [key for key, owner in _owners.items() if owner == session_id]:
            del _owners[streamlit_session_id]
