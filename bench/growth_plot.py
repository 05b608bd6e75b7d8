"""docs/growth.svg: how much one act and one screen cost by the number of units, against what they cost at eight."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bench import page

WIDE, HIGH, LEFT, RIGHT, TOP, FOOT = 760, 420, 60, 250, 30, 50
COLOURS = ("#1f5590", "#c0392b", "#1c6644", "#8a6d00", "#5b3fa8", "#4b5866", "#b3590a")
ONE, TOGETHER = "publish: one approval", "publish: approvals together"
SHOWN = (
    "publish: one return",
    TOGETHER,
    "screen overview: again",
    "screen indicator: again",
    "screen county: again",
    "screen returns: again",
)


@dataclass(frozen=True, slots=True)
class Measured:
    """what: name of the figure. of: by how much there was. ms: median. cpu: of that, what the process computed; more: a word."""

    what: str
    of: str
    ms: float
    cpu: float
    more: str = ""


def ratios(found: Sequence[Measured]) -> Iterator[str]:
    """Every figure against the first of its name, which is the smallest; and approvals together against one."""
    for one, ratio in against_the_first(found):
        if ratio is not None:
            yield f"{one.what:<44} {one.of:>16}  × {ratio:.2f}"
    alone = {one.of: one for one in found if one.what == ONE}
    for one in found:
        if one.what == TOGETHER and one.of in alone:
            yield f"{one.what:<44} {one.of:>16}  {one.more} : one = {one.cpu / alone[one.of].cpu:.2f}"


def against_the_first(found: Iterable[Measured]) -> Iterator[tuple[Measured, float | None]]:
    """By what was computed, so that what else runs on the machine does not count; None for the first itself."""
    first: dict[str, Measured] = {}
    for one in found:
        least = first.setdefault(one.what, one)
        yield one, None if one is least else one.cpu / least.cpu


def draw(found: Sequence[Measured], load: float) -> None:
    """The picture, and the block of docs/figures.md between its two marks. load: the machine's at the beginning."""
    (page.DOCS / "growth.svg").write_text(picture(found), "utf-8")
    page.write("growth", block(found, load))


def block(found: Sequence[Measured], load: float) -> list[str]:
    rows = [
        (one.what, one.of, f"{one.ms:.0f}", f"{one.cpu:.0f}", "" if ratio is None else f"{ratio:.2f}", one.more)
        for one, ratio in against_the_first(found)
    ]
    shown = "![成本随单位数的增长 / growth with the number of units](growth.svg)"
    return [shown, "", page.machine(load), "", *page.table(("what", "of", "ms", "CPU ms", "× the smallest", ""), rows)]


def picture(found: Sequence[Measured]) -> str:
    """Both axes logarithmic: a cost that grows as the units do would be a straight line from corner to corner."""
    curves = [(name, points) for name in SHOWN if len(points := _points(found, name)) > 1]
    sizes = sorted({size for _, points in curves for size, _ in points})
    if not sizes:
        return "<svg xmlns='http://www.w3.org/2000/svg'/>"
    most = max(sizes[-1] / sizes[0], *(ratio for _, points in curves for _, ratio in points))
    least = min(1.0, *(ratio for _, points in curves for _, ratio in points))

    def x(size: float) -> float:
        return LEFT + (WIDE - LEFT - RIGHT) * math.log(size / sizes[0]) / math.log(sizes[-1] / sizes[0])

    def y(ratio: float) -> float:
        return HIGH - FOOT - (HIGH - TOP - FOOT) * math.log(ratio / least) / math.log(most / least)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDE}" height="{HIGH}" fill="#ffffff"/>',
    ]
    for ratio in (1, 2, 3, 5, 10, 30, 100, 300):
        if least <= ratio <= most:
            parts.append(
                f'<path d="M{LEFT},{y(ratio):.1f}H{WIDE - RIGHT}" stroke="#e3e7ec"/>'
                f'<text x="{LEFT - 8}" y="{y(ratio) + 4:.1f}" text-anchor="end" fill="#4b5866">×{ratio}</text>'
            )
    parts += [
        f'<text x="{x(size):.1f}" y="{HIGH - FOOT + 20}" text-anchor="middle" fill="#4b5866">{size:,}</text>'
        for size in sizes
    ]
    parts.append(
        f'<path d="M{x(sizes[0]):.1f},{y(1):.1f}L{x(sizes[-1]):.1f},{y(sizes[-1] / sizes[0]):.1f}" stroke="#9aa4b0" stroke-dasharray="4 4"/>'
        f'<text x="{WIDE - RIGHT + 8}" y="{y(sizes[-1] / sizes[0]) + 4:.1f}" fill="#9aa4b0">as the units do</text>'
    )
    parts += _curves(curves, x, y)
    parts.append(f'<text x="{LEFT}" y="{HIGH - 10}" fill="#4b5866">units; both axes logarithmic</text></svg>')
    return "\n".join(parts)


def _points(found: Iterable[Measured], name: str) -> list[tuple[int, float]]:
    mine = [one for one in found if one.what == name and one.of.endswith(" units")]
    return [(int(one.of.split()[0]), ratio or 1.0) for one, ratio in against_the_first(mine)]


def _curves(
    curves: Sequence[tuple[str, list[tuple[int, float]]]], x: Callable[[float], float], y: Callable[[float], float]
) -> list[str]:
    """Their names stand beside their ends, apart from one another."""
    parts: list[str] = []
    taken: list[float] = []
    for colour, (name, points) in sorted(zip(COLOURS, curves, strict=False), key=lambda one: -one[1][1][-1][1]):
        line = " ".join(f"{x(size):.1f},{y(ratio):.1f}" for size, ratio in points)
        at = y(points[-1][1]) + 4
        while any(abs(at - other) < 15 for other in taken):
            at += 1
        taken.append(at)
        parts.append(
            f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>'
            f'<text x="{WIDE - RIGHT + 8}" y="{at:.1f}" fill="{colour}">{name} ×{points[-1][1]:.2f}</text>'
        )
    return parts
