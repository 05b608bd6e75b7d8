"""Our own tables in HTML: links that stay inside the app, lamps, small lines, meters. Show them with `tables.html`.

They are drawn by `ui/templates/kit/`, in which the other templates find them too. Colours come from charts/theme.py by
ui/app/style.py, so that a table and a figure beside it speak one language. Nothing here reads or computes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeGuard

from markupsafe import Markup

from charts.theme import palette
from ui.kit import figures
from ui.kit.templates import Macros

SPARK = (64, 18)  # px
_MARKS, _TABLE = Macros("kit/marks.html"), Macros("kit/table.html")


def go(screen: str, inside: str, *, title: str = "", **query: str) -> Markup:
    """A link to one of our screens for the quarter and returns now on show. inside: words, or HTML as Markup."""
    return _MARKS.go(screen, inside, title, **query)


def lamp(light: str, word: bool = True, hint: str = "") -> Markup:
    """Mark and word; the word alone is left to screen readers where there is no room. hint: more words under the pointer."""
    return _MARKS.lamp(light, word, hint)


def tag(words: str, light: str = "") -> Markup:
    """Words on a tint."""
    return _MARKS.tag(words, light)


def muted(words: str, title: str | None = None) -> Markup:
    """Words of less weight."""
    return _MARKS.muted(words, title)


def note(words: str) -> Markup:
    """A paragraph of less weight."""
    return _MARKS.note(words)


@dataclass(frozen=True, slots=True)
class SmallLine:
    """A line of quarters as it is drawn, in px. runs, dashed: points; x, y: of the last value; level: height, "" for none."""

    width: int
    height: int
    runs: tuple[str, ...]
    dashed: str
    level: str
    x: str
    y: str
    fill: str
    accent: str
    muted: str


def spark(
    values: Sequence[float | None],
    goal: float | None = None,
    hollow: bool = False,
    size: tuple[int, int] = SPARK,
    earlier: float | None = None,
) -> Markup:
    """The quarters so far as a small line in the colours of the mode on show; None is a gap.

    goal: a thin level across. hollow: the last value lacks units; the way to it is dashed, and begins at `earlier`, what
    the same units had a quarter before, where that is known.

    A function that caches this has `figures.key()` in its key.
    """
    if not any(_there(v) for v in values):
        return Markup()
    ghost = hollow and len(values) > 1 and _there(values[-1])
    before = earlier if _there(earlier) else values[-2] if ghost else None
    told = [v for v in (*values, goal, before if ghost else None) if _there(v)]
    wide, high = size
    low, reach = min(told), (max(told) - min(told)) or 1
    step = (wide - 6) / max(1, len(values) - 1)
    look = palette(figures.mode())

    def place(n: int, value: float) -> str:
        return f"{3 + n * step:.1f},{3 + (high - 6) * (1 - (value - low) / reach):.1f}"

    points = [place(n, v) if _there(v) else "" for n, v in enumerate(values)]
    solid = points[:-1] if ghost else points
    runs = [run.split() for run in " ".join(p or "|" for p in solid).split("|")]
    x, y = next(p for p in reversed(points) if p).split(",")
    line = SmallLine(
        width=wide,
        height=high,
        runs=tuple(" ".join(run) for run in runs if len(run) > 1),
        dashed=f"{place(len(values) - 2, before)} {points[-1]}" if ghost and _there(before) else "",
        level=place(0, goal).split(",")[1] if _there(goal) else "",
        x=x,
        y=y,
        fill=look.ground if hollow else look.accent,
        accent=look.accent,
        muted=look.muted,
    )
    return _MARKS.spark(line)


def _there(value: float | None) -> TypeGuard[float]:
    return value is not None and value == value


def meter(
    share: float | None,
    pace: float | None = None,
    partial: bool = False,
    goal: float = 1.0,
    ghost: float | None = None,
) -> Markup:
    """A bar towards the target (the dark tick, at `goal` of the track), 序时 the dashed tick; empty without a share.

    partial: pale, not all have filed. ghost: a paler bar under it, what is filed and not approved.
    """
    dash = None if not _there(pace) or pace >= 1 or pace == goal else _along(pace)
    return _MARKS.meter(
        _along(ghost) if _there(ghost) else None, _along(share) if _there(share) else None, dash, _along(goal), partial
    )


def _along(share: float) -> str:
    """A track ends a little behind its target."""
    return f"{100 * min(max(share, 0), 1.15) / 1.15:.1f}"


# Tables with a look of their own on a phone; all others become a card a row, each value under its heading.
OWN_LOOK = ("tasks-list", "tasks-matrix")


def table(
    heads: Iterable[str],
    rows: Iterable[Sequence[str]],
    kind: str = "",
    numbers: Iterable[int] = (),
    caption: str = "",
) -> Markup:
    """rows: cells, words or HTML as Markup. numbers: which columns stand at the right. kind: a class of ui/static/style.css."""
    right = frozenset(numbers)
    columns = [(head, n in right) for n, head in enumerate(heads)]
    return _TABLE.table(columns, rows, kind, not kind.startswith(OWN_LOOK), caption)


def on_paper(heads: Sequence[str], rows: Iterable[Iterable[str]], more: int, cards: bool = False) -> Markup:
    """A table that is seen when the screen is printed. more: how many of its rows are left out. cards: on a phone it stands on
    the screen as well, a row a card.
    """
    return _TABLE.on_paper(heads, rows, more, cards)
