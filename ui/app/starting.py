"""What a server does before its first visitor: finish what a killed one left half done."""

from __future__ import annotations

import logging
import time

from sqlalchemy.exc import DBAPIError

from access.errors import AccessError
from actions import publishing, versions
from catalogue.free_space import NoStorage
from warehouse import store

log = logging.getLogger(__name__)
ABANDONED = 3600  # seconds after which nobody writes at a half-written original any more


def heal() -> None:
    """Best effort: a disk that is full or read-only, or a store that does not answer, keeps no server from starting."""
    try:
        if missing := publishing.settle():
            log.warning("%s acts had been published and not logged; their lines are written", missing)
        clear_originals()
        versions.hand_over()
    except (AccessError, DBAPIError, NoStorage, OSError, store.StoreError) as problem:
        log.error("what a killed server left behind is seen to at the next act or start: %s", problem)


def clear_originals() -> int:
    """Remove what was cut off while an original was being written. How many files went."""
    old, gone = time.time() - ABANDONED, 0
    for left_over in (store.data_folder() / "originals").glob("??/tmp*.part"):
        if left_over.stat().st_mtime < old:
            left_over.unlink(missing_ok=True)
            gone += 1
    return gone
