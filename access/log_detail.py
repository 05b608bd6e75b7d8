"""What a line of the log tells besides event and object, as data: facts by name, and apart from them a person's own words.

Lines of a single thing that no person wrote, and file names, are plain text; lines written up to 0.6 have `name=value` among words.
"""

from __future__ import annotations

import json
from typing import Any

from access.audit import LONGEST_DETAIL, clean

WORDS = "words"  # what a person gave as a reason


def told(**facts: Any) -> str:
    """One JSON object of texts, in the order given, blank ones left out ("" of none); the longest is cut where the log would cut the whole.

    Example: told(number="2021Q3-210421-county-01", words="更正：漏报一所园")
    """
    found = {name: clean(str(value), LONGEST_DETAIL) for name, value in facts.items() if value not in ("", None)}
    while (over := len(_json(found)) - LONGEST_DETAIL) > 0:
        longest = max(found, key=lambda name: len(_json({name: found[name]})))
        found[longest] = found[longest][: max(0, len(found[longest]) - max(1, over // 2))]
    return _json(found) if found else ""


def facts(detail: str) -> dict[str, str] | None:
    """What `told` was given; None for a line that tells otherwise."""
    try:
        found = json.loads(detail) if detail.startswith("{") else None
    except json.JSONDecodeError:
        return None
    return found if isinstance(found, dict) and all(isinstance(value, str) for value in found.values()) else None


def _json(found: dict[str, str]) -> str:
    return json.dumps(found, ensure_ascii=False)
