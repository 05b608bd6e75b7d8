"""What a text says once the ways of typing it are set aside."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

# Full-width forms only. NFKC would go too far: it reads ① as 1 and 10² as 102.
_FULL_WIDTH = {0xFF01 + n: 0x21 + n for n in range(94)} | {0x3000: " ", 0x00A0: " ", 0x2212: "-"}
_UNSEEN = dict.fromkeys([*range(0x00, 0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, 0xFEFF, *range(0x200B, 0x2010)])
_DASHES = dict.fromkeys(range(0x2010, 0x2016), "-")
_PLAIN = _FULL_WIDTH | _UNSEEN


def plain(text: str) -> str:
    """Half-width, without unseen characters, stripped; line breaks and inner spaces stay."""
    return text.translate(_PLAIN).strip()


def compact(text: str) -> str:
    """`plain` without any space: two spellings of a name, a title or a code compare equal."""
    return "".join(text.translate(_PLAIN).split())


def code(raw: Any) -> str:
    """A printed code as it compares: 210402.0, ' a０1 ' and '２１０４０２' are 210402, A01 and 210402."""
    return compact(as_written(raw)).translate(_DASHES).upper()


def as_written(raw: Any) -> str:
    """A cell's value as text, shortest form; '' for None."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, int) and abs(raw) >= 10**30:
        return f"{Decimal(raw):.3E}"  # str() refuses integers of many thousand digits
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.time() == datetime.min.time() else raw.isoformat(" ")
    return raw.isoformat() if isinstance(raw, date) else str(raw)
