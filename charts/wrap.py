"""Breaking words into lines that fit a phone: plotly does not wrap."""

from __future__ import annotations

from dataclasses import dataclass

PHONE = 358  # px Streamlit leaves a chart on a screen 390 px wide
DESK = 620  # px of one of two columns on a desk screen
_PAUSES = "，。；：、）】》” 　"
_CLOSING = "，。；：、）】》〉〕”%！？"
_OPENING = "（【《〈〔“"


@dataclass(frozen=True, slots=True)
class Wrapped:
    text: str  # lines joined by <br>
    lines: int


def width(text: str, size: float) -> float:
    """Estimated px of one line: a Chinese sign is as wide as the type is high, a Latin one about half."""
    return sum(size if ord(sign) > 0x2E7F or sign in "“”—…●▲■○" else size * 0.53 for sign in text)


def wrap(text: str, size: float, room: float) -> Wrapped:
    """`text` in lines of at most `room` px, broken after a comma or blank where one is near. "": 0 lines."""
    lines: list[str] = []
    for part in text.split("\n"):
        while width(part, size) > room:
            cut = _cut(part, size, room)
            lines.append(part[:cut].rstrip())
            part = part[cut:].lstrip()
        lines.append(part)
    return Wrapped("<br>".join(lines), len(lines) if text else 0)


def _cut(text: str, size: float, room: float) -> int:
    """Where the first line ends: after a comma or blank in its second half, else between signs that may part."""
    fits = max(1, next(n for n in range(1, len(text) + 1) if width(text[:n], size) > room) - 1)
    allowed = [n for n in range(fits, 0, -1) if _may_part(text[n - 1], text[n])]
    after_pause = (n for n in allowed if n >= fits / 2 and text[n - 1] in _PAUSES)
    return next(after_pause, allowed[0] if allowed else fits)


def _may_part(left: str, right: str) -> bool:
    """Numbers and Latin words stay whole, no line begins with a closing or ends with an opening sign."""
    inside_word = left.isascii() and right.isascii() and not left.isspace() and not right.isspace()
    before_measure = left.isdigit() and not right.isspace()  # 832万元
    return not inside_word and not before_measure and right not in _CLOSING and left not in _OPENING
