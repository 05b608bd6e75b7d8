"""What a sheet may be called."""

from __future__ import annotations

from collections.abc import Iterable

from reports.workbook.cells import writable

PROOF_SHEET = "_proof"
_FORBIDDEN = str.maketrans("", "", "[]:*?/\\")
_RESERVED = {"history"}


def free_name(name: str, taken: Iterable[str]) -> str:
    """As Excel takes it: 31 signs at most, none forbidden, no name twice. taken: in small letters."""
    bare = writable(name).translate(_FORBIDDEN).strip("' ")[:31].strip("' ") or "_"
    used = {*taken, *_RESERVED, PROOF_SHEET}
    found, n = bare, 2
    while found.casefold() in used:
        found, n = f"{bare[: 30 - len(str(n))]} {n}", n + 1
    return found
