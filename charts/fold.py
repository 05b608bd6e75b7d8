"""Of very many units a figure shows those at either end, and says so: a thousand bars are read by nobody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from catalogue.wording import say

MOST = 40  # rows of a figure
BLANK = 10  # of them, at least, for units without a value

T = TypeVar("T")


def folded(told: Sequence[T], there: Callable[[T], bool]) -> tuple[list[T], str]:
    """(what is drawn, words about what is not: "" where all is).

    told: in the order of the figure, largest first, those that are not `there`, without a value, last.
    """
    if len(told) <= MOST:
        return list(told), ""
    valued, blank = [one for one in told if there(one)], [one for one in told if not there(one)]
    blank = blank[: max(BLANK, MOST - len(valued))]
    room = MOST - len(blank)
    if len(valued) <= room:
        high, low = valued, []
    else:
        high, low = valued[: room - room // 2], valued[-(room // 2) :]
    counts = {"high": len(high), "low": len(low), "blank": len(blank)}
    parts = say("charts.fold.and").join(say(f"charts.fold.{name}", count=n) for name, n in counts.items() if n)
    shown = [*high, *low, *blank]
    return shown, say("charts.fold.told", shown=len(shown), parts=parts, rest=len(told) - len(shown))
