"""Texts whose parts are set differently: struck through, raised or lowered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from etl.model import ShownAs

_UP = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_DOWN = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True, slots=True)
class Font:
    """raised: 1 for superscript, -1 for subscript, else 0."""

    struck: bool = False
    raised: int = 0


PLAIN = Font()


@dataclass(slots=True)
class Run:
    """font None: as the cell's own."""

    text: str
    font: Font | None = None


def cut(text: str, starts: Iterable[tuple[int, Font | None]]) -> list[Run]:
    """The runs of a text by where each begins, in UTF-16 units; what comes before the first is as the cell's own."""
    units = text.encode("utf-16-le")
    begins: list[tuple[int, Font | None]] = [(0, None), *sorted(starts, key=lambda start: start[0])]
    ends = [begin for begin, _ in begins[1:]] + [len(units)]
    return [
        Run(units[2 * begin : 2 * end].decode("utf-16-le", "replace"), font)
        for (begin, font), end in zip(begins, ends, strict=True)
        if end > begin
    ]


def is_set_apart(runs: Iterable[Run]) -> bool:
    """Whether any of them may change what the text says."""
    return any(run.font not in (None, PLAIN) for run in runs)


def told(runs: Iterable[Run], own: Font = PLAIN) -> tuple[str, ShownAs]:
    """What a cell of that font says. own: the cell's font.

    Raised figures are told from others by their characters; a text raised as a whole is one like any other.
    """
    fonts = [(run.text, run.font or own) for run in runs if run.text]
    heights = {font.raised for text, font in fonts if text.strip()}
    if len(heights) > 1:
        fonts = [(_set(text, font.raised), font) for text, font in fonts]
    kept = "".join(text for text, font in fonts if not font.struck)
    struck = "".join(text for text, font in fonts if font.struck)
    void = bool(struck.strip()) and not kept.strip()
    raised = len({font.raised for text, font in fonts if text.strip() and (void or not font.struck)}) > 1
    return (struck if void else kept), ShownAs(struck=struck.strip(), void=void, raised=raised)


def _set(text: str, raised: int) -> str:
    return text.translate(_UP) if raised > 0 else text.translate(_DOWN) if raised < 0 else text
