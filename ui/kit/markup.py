"""Our own tables in HTML: links that stay inside the app, lamps, small lines, meters. Show them with `st.html`.

Every text that comes from a plan, a return or a person goes through `text`. Colours come from charts/theme.py by
ui/app/style.py, so that a table and a figure beside it speak one language. Nothing here reads or computes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import TypeGuard
from urllib.parse import quote, urlencode

from catalogue.wording import say
from charts.theme import palette
from sentences.lights import MARKS
from ui.app import filters
from ui.kit import figures

SPARK = (64, 18)  # px


def text(words: object) -> str:
    return escape(str(words))


def go(screen: str, inside: str, *, title: str = "", **query: str) -> str:
    """A link to one of our screens for the quarter and returns now on show. inside: HTML."""
    return link(screen, inside, {**filters.kept(), **query}, title)


def link(screen: str, inside: str, query: Mapping[str, str], title: str = "") -> str:
    """As `go`, with all that stands in the address."""
    hint = f' title="{escape(title)}"' if title else ""
    return f'<a class="go" href="{escape(f"{screen}?{urlencode(query)}")}"{hint}>{inside}</a>'


def lamp(light: str, word: bool = True, hint: str = "") -> str:
    """Mark and word; the word alone is left to screen readers where there is no room. hint: more words under the pointer."""
    name = text(say(f"light.{light}"))
    said = f" {name}" if word else f'<span class="unseen">{name}</span>'
    return f'<span class="lamp" title="{text(hint) or name}"><i class="{light}">{MARKS[light]}</i>{said}</span>'


def tag(words: str, light: str = "") -> str:
    """Words on a tint."""
    return f'<span class="tag {light}">{text(words)}</span>'


def spark(
    values: Sequence[float | None],
    goal: float | None = None,
    hollow: bool = False,
    size: tuple[int, int] = SPARK,
    earlier: float | None = None,
) -> str:
    """The quarters so far as a small line in the colours of the mode on show; None is a gap.

    goal: a thin level across. hollow: the last value lacks units; the way to it is dashed, and begins at `earlier`, what
    the same units had a quarter before, where that is known.

    Streamlit strips drawings out of HTML, so it is a picture; a function that caches this has `figures.key()` in its key.
    """
    ghost = hollow and len(values) > 1 and _there(values[-1])
    before = earlier if _there(earlier) else values[-2] if ghost else None
    told = [v for v in (*values, goal, before if ghost else None) if _there(v)]
    if not any(_there(v) for v in values):
        return ""
    wide, high = size
    low, reach = min(told), (max(told) - min(told)) or 1
    step = (wide - 6) / max(1, len(values) - 1)
    look = palette(figures.mode())

    def place(n: int, value: float) -> str:
        return f"{3 + n * step:.1f},{3 + (high - 6) * (1 - (value - low) / reach):.1f}"

    points = [place(n, v) if _there(v) else "" for n, v in enumerate(values)]
    solid = points[:-1] if ghost else points
    runs = [run.strip().split() for run in " ".join(p or "|" for p in solid).split("|")]
    lines = "".join(
        f"<polyline points='{' '.join(run)}' fill='none' stroke='{look.accent}' stroke-width='1.6'/>"
        for run in runs
        if len(run) > 1
    )
    x, y = next(p for p in reversed(points) if p).split(",")
    if ghost and _there(before):
        start = place(len(values) - 2, before)
        lines += f"<polyline points='{start} {points[-1]}' fill='none' stroke='{look.accent}' stroke-width='1.2' stroke-dasharray='2,2'/>"
    level = (
        f"<path d='M0,{place(0, goal).split(',')[1]}h{wide}' stroke='{look.muted}' stroke-width='.8'/>"
        if _there(goal)
        else ""
    )
    drawn = f"<svg xmlns='http://www.w3.org/2000/svg' width='{wide}' height='{high}'>{level}{lines}<circle cx='{x}' cy='{y}' r='2.2' fill='{look.ground if hollow else look.accent}' stroke='{look.accent}'/></svg>"
    return f'<img class="spark" alt="" width="{wide}" height="{high}" src="data:image/svg+xml,{quote(drawn, safe=" =:/,")}">'.replace(
        "'", "%27"
    )


def _there(value: float | None) -> TypeGuard[float]:
    return value is not None and value == value


def meter(
    share: float | None,
    pace: float | None = None,
    partial: bool = False,
    goal: float = 1.0,
    ghost: float | None = None,
) -> str:
    """A bar towards the target (the dark tick, at `goal` of the track), 序时 the dashed tick; empty without a share.

    partial: pale, not all have filed. ghost: a paler bar under it, what is filed and not approved.
    """
    under = f'<b class="ghost" style="width:{_along(ghost)}"></b>' if _there(ghost) else ""
    bar = f'<b class="{"part" if partial else ""}" style="width:{_along(share)}"></b>' if _there(share) else ""
    dash = "" if not _there(pace) or pace >= 1 or pace == goal else f'<u style="left:{100 * pace / 1.15:.1f}%"></u>'
    return (
        f'<span class="meter" aria-hidden="true">{under}{bar}{dash}<s style="left:{100 * goal / 1.15:.1f}%"></s></span>'
    )


def _along(share: float) -> str:
    """A track ends a little behind its target."""
    return f"{100 * min(max(share, 0), 1.15) / 1.15:.1f}%"


# Tables with a look of their own on a phone; all others become a card a row, each value under its heading.
OWN_LOOK = ("numerals", "others", "tasks-list", "tasks-matrix")


def table(
    heads: Iterable[str], rows: Iterable[Sequence[str]], kind: str = "", numbers: Iterable[int] = (), caption: str = ""
) -> str:
    """heads: words; rows: HTML of each cell; numbers: which columns stand at the right. kind: a class of ui/static/style.css."""
    named = [text(words) for words in heads]
    right = set(numbers)
    side = [' class="n"' if n in right else "" for n in range(60)]
    cards = not kind.startswith(OWN_LOOK)
    label = [f' data-label="{words}"' if cards and words else "" for words in named] + [""] * 60
    head = "".join(f'<th scope="col"{side[n]}>{words}</th>' for n, words in enumerate(named))
    body = "".join(
        f"<tr>{''.join(f'<td{side[n]}{label[n]}>{cell}</td>' for n, cell in enumerate(row))}</tr>" for row in rows
    )
    told = f"<caption>{text(caption)}</caption>" if caption else ""
    look = f"board {kind}{' cards' if cards else ''}"
    return f'<div class="sheet"><table class="{look}">{told}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
