"""The plan's state as HTML: lights, the targets in figures, the other promises, what needs attention.

The overview and the wall show the same pieces. Each is drawn once per version, quarter, returns, language and mode.
"""

from __future__ import annotations

from markupsafe import Markup

from catalogue import early
from catalogue.wording import language, say
from sentences import why
from sentences.attention import tally
from sentences.lights import LIGHTS
from sentences.standings import LIMIT
from ui import reads
from ui.kit import figures, markup
from ui.kit.templates import Macros, render
from ui.reads.kept import per_version
from ui.screens.overview import attention, standing, standings
from ui.screens.overview.standing import PromiseStanding

COLUMNS = 3  # of the other promises
_CELLS, _MARKS = Macros("overview/cells.html"), Macros("kit/marks.html")


@per_version(64, by=figures.key)
def head(basis: str, period: str, filing: str, meeting: tuple[int, str] | None) -> Markup:
    """What quarter, how many at each light; and what is handed in: who has filed, the newest meeting with a version kept."""
    all_of_them = standings.of(basis, period)
    counts, filed = standing.light_counts(all_of_them), standing.light_counts(standings.of("filed", period))
    grey = standing.grey_reasons(all_of_them)
    hints = {light: say(f"light_help.{light}") for light in LIGHTS}
    if grey:
        hints["grey"] = grey = say("overview.grey", count=counts["grey"], reasons=grey)
    over = period == str(reads.plan(period).last) and not early.is_early(period, reads.published())
    return render(
        "overview/head.html",
        kind="year" if over else "state",
        period=period,
        counts=counts,
        total=sum(counts.values()),
        filing=filing,
        grey_told=grey,
        meeting=meeting,
        wall=figures.is_wall(),
        tiles=[(light, counts[light], filed[light], hints[light]) for light in LIGHTS],
        provisional=filed != counts,
    )


@per_version(64, by=figures.key)
def numerals(basis: str, period: str) -> Markup:
    told = standing.of_numerals(standings.of(basis, period))
    if not told:
        return Markup()
    names = ("progress", "value", "target", "pace", "change", "quarters", "coverage", "judged")
    heads = [say("board.numerals", count=len(told)), *(say(f"board.{name}") for name in names)]
    rows = [
        [
            _CELLS.named(one),
            markup.meter(one.share, one.pace_share, one.partial, one.goal),
            _CELLS.value(one),
            one.target,
            one.pace,
            _change(one),
            markup.spark(one.points, _goal(one), one.hollow, earlier=one.earlier),
            _CELLS.coverage(one),
            judged(one),
        ]
        for one in told
    ]
    return markup.table(heads, rows, f"numerals {language()}", numbers=(2, 3, 4, 5)) + _legend(
        any(one.goal < 1 for one in told)
    )


@per_version(64, by=figures.key)
def others(basis: str, period: str) -> Markup:
    told = standing.of_others(standings.of(basis, period))
    if not told:
        return Markup()
    size = -(-len(told) // COLUMNS)
    heads = [say(f"board.{name}") for name in ("other", "quarters", "value_of_target", "change", "coverage")]
    tables = [
        markup.table(heads, [_other(one) for one in told[n : n + size]], "others", numbers=(2, 3))
        for n in range(0, len(told), size)
    ]
    return render("overview/others.html", count=len(told), tables=tables)


@per_version(64, by=(figures.key, reads.today))
def attend(basis: str, period: str, most: int) -> Markup:
    """A sentence and a way down for each thing that needs attention, weightiest first. most: of them on a narrow screen, the
    others a click away; a wide one shows as many as fit, and scrolls.
    """
    told = attention.lines(basis, period)
    return render("overview/attend.html", lines=told, most=most, tally=tally(told))


def _legend(limits: bool) -> Markup:
    """What the marks of the table mean, beside each as it is drawn there. limits: some targets are at most so much."""
    told = (
        (markup.meter(0.8), "bar"),
        (markup.meter(0.8, partial=True), "part"),
        (markup.meter(None), "tick"),
        *([(markup.meter(0.8 * LIMIT, goal=LIMIT), "limit")] if limits else []),
        (markup.meter(0.0, 0.5), "pace"),
        (markup.spark((1.0, 2.0, 2.4), hollow=True), "hollow"),
        (_CELLS.provisional("grey"), "bracket"),
    )
    return _MARKS.legend([(mark, say(f"board.legend.{name}")) for mark, name in told])


def _other(one: PromiseStanding) -> list[str]:
    pace = say("board.at_pace", pace=one.pace) if one.pace_share is not None else ""
    value, _, target = one.of_target.partition(" / ")
    return [
        _CELLS.reasoned(one),
        markup.spark(one.points, _goal(one), one.hollow, size=(46, 14), earlier=one.earlier),
        _CELLS.of_target(one, value, target, pace),
        _change(one),
        _CELLS.coverage(one),
    ]


def _goal(one: PromiseStanding) -> float | None:
    """Drawn across the small line only where there is a way to it."""
    goal = one.row.target
    return goal if goal == goal and one.share is not None else None


def _change(one: PromiseStanding) -> Markup:
    """Like for like; where units are missing, of how many and from where to where."""
    hint = say("board.same_help", count=one.same, change=one.change) if one.partial and one.same else ""
    told = one.like_for_like if hint and one.like_for_like else one.change
    return _CELLS.change(one, told, hint)


def judged(one: PromiseStanding) -> Markup:
    """The light in words with the rule it does not keep, or what a grey one lacks; a provisional one behind it."""
    return _CELLS.judged(one, why.range_words(one.row))
