"""Which columns of a wide sheet are printed on which page, and how large: never so small that nobody reads it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

LEAST, MOST = (
    70,
    75,
)  # percent: below the first a sheet goes onto several pages, which have the height of two charts up to the second


@dataclass(frozen=True, slots=True)
class PagesAcross:
    """scale: percent. begins: the first columns of all pages beside each other but the first."""

    scale: int
    begins: tuple[int, ...]


def parts(widths: Sequence[float], fixed: int, inner: Collection[int], room: float) -> PagesAcross | None:
    """As few pages as LEAST allows, as large as they allow; None where one page does.

    widths: px of the columns. fixed: how many are printed again on every page. inner: columns that belong to the one before
    them. room: px of a page at full size.
    """
    if sum(widths) * LEAST <= room * 100:
        return None
    blocks = _blocks(widths, fixed, inner)
    aside = sum(widths[:fixed])
    found = {scale: _begins(blocks, room * 100 / scale - aside) for scale in range(1, MOST + 1)}
    fitting = max((scale for scale, begins in found.items() if begins is not None and scale <= LEAST), default=0)
    if not (begins := found.get(fitting)):
        return None  # the columns that stand on every page leave no room for others
    scale = max(scale for scale, each in found.items() if each is not None and len(each) == len(begins))
    return PagesAcross(scale, found[scale] or begins)


def _blocks(widths: Sequence[float], fixed: int, inner: Collection[int]) -> list[tuple[int, float]]:
    """First column and px of what stays together, behind the fixed columns."""
    blocks: list[tuple[int, float]] = []
    for column in range(fixed, len(widths)):
        if column in inner and blocks:
            blocks[-1] = (blocks[-1][0], blocks[-1][1] + widths[column])
        else:
            blocks.append((column, widths[column]))
    return blocks


def _begins(blocks: Sequence[tuple[int, float]], room: float) -> tuple[int, ...] | None:
    """Filled from the left; None where a block is wider than a page."""
    begins, used = [], 0.0
    for column, width in blocks:
        if width > room:
            return None
        if used + width > room:
            begins.append(column)
            used = 0.0
        used += width
    return tuple(begins)
