"""The plan's state as HTML: lights, the targets in figures, the other promises, what needs attention.

The overview and the wall show the same pieces. Each is drawn once per version, quarter, returns, language and mode.
"""

from __future__ import annotations

import streamlit as st

from catalogue import early
from catalogue.display import quarter
from catalogue.wording import language, pick, say
from sentences import why
from sentences.lights import LIGHTS
from sentences.standings import LIMIT
from ui import reads
from ui.kit import cards, figures, markup, on_the_year, why_light
from ui.reads import compare
from ui.screens.overview import attention, standing, standings
from ui.screens.overview.standing import PromiseStanding

COLUMNS = 3  # of the other promises


def head(basis: str, period: str) -> str:
    """What quarter, how many at each light, who has filed."""
    return _head(figures.key(), basis, period, cards.filing_line(period), compare.newest_meeting())


def numerals(basis: str, period: str) -> str:
    return _numerals(figures.key(), basis, period)


def others(basis: str, period: str) -> str:
    return _others(figures.key(), basis, period)


def attend(basis: str, period: str, most: int) -> str:
    """A sentence and a way down for each thing that needs attention, weightiest first; all beyond `most` a click away."""
    return _attend(figures.key(), basis, period, most, reads.today())


@st.cache_resource(max_entries=64, show_spinner=False)
def _head(key: tuple, basis: str, period: str, filing: str, meeting: tuple[int, str] | None) -> str:
    all_of_them = standings.of(basis, period)
    counts, filed = standing.light_counts(all_of_them), standing.light_counts(standings.of("filed", period))
    tiles = "".join(_tile(light, counts[light], filed[light]) for light in LIGHTS)
    notes = [say("overview.grey", reasons=standing.grey_reasons(all_of_them))] if counts["grey"] else []
    if filed != counts:
        notes.append(say("overview.provisional", **filed))
    since = ""
    if meeting:
        since = markup.go("compare", markup.text(say("overview.since", title=meeting[1])), **{"with": f"v{meeting[0]}"})
    wall = "" if figures.is_wall() else markup.go("overview", markup.text(say("shell.wall")), kiosk="")
    return (
        f'<section class="card state"><div><h2>{_sentence(counts, period)}</h2>'
        f'<p class="muted">{markup.go("returns", markup.text(filing))} {markup.text(" ".join(notes))}<span class="ways">{since} {wall}</span></p></div>'
        f'<div class="lights">{tiles}</div></section>'
    )


def _sentence(counts: dict[str, int], period: str) -> str:
    """2021年第三季度：47项承诺中1项明显落后、7项偏慢、7项达标，32项尚不能判定. What there is none of is left out. In the plan's last
    quarter, once that is over, it is the year's result."""
    over = period == str(reads.plan(period).last) and not early.is_early(period, reads.published())
    kind = "year" if over else "state"
    judged_ones = [light for light in ("red", "yellow", "green") if counts[light]]
    told = say("grey.and").join(
        f'<span class="{light}">{markup.text(say(f"overview.{kind}.{light}", count=counts[light]))}</span>'
        for light in judged_ones
    )
    grey = markup.text(say("overview.state.grey", count=counts["grey"])) if counts["grey"] else ""
    told = say("overview.comma").join(part for part in (told, grey) if part)
    words = "overview.year.all" if over else "overview.state.all"
    return say(words, period=quarter(period), year=period[:4], count=sum(counts.values()), told=told)


def _tile(light: str, count: int, filed: int) -> str:
    """How many stand at a light; paler, how many with what is not approved yet. A click shows them alone."""
    other = (
        f'<small title="{markup.text(say("overview.filed_count", count=filed))}">{filed}</small>'
        if filed != count
        else ""
    )
    inside = f"{markup.lamp(light)} <b>{count}</b>{other}"
    return f'<span class="lights-one {light}">{markup.go("overview", inside, title=say(f"light_help.{light}"), light=light)}</span>'


@st.cache_resource(max_entries=64, show_spinner=False)
def _numerals(key: tuple, basis: str, period: str) -> str:
    told = standing.of_numerals(standings.of(basis, period))
    if not told:
        return ""
    names = ("progress", "value", "target", "pace", "change", "quarters", "coverage", "judged")
    heads = [say("board.numerals", count=len(told)), *(say(f"board.{name}") for name in names)]
    rows = [
        [
            named(one),
            markup.meter(one.share, one.pace_share, one.partial, one.goal),
            f"{counted(one)}<b>{markup.text(one.value)}</b>",
            markup.text(one.target),
            markup.text(one.pace),
            _change(one),
            markup.spark(one.points, _goal(one), one.hollow, earlier=one.earlier),
            _coverage(one),
            judged(one),
        ]
        for one in told
    ]
    return markup.table(heads, rows, f"numerals {language()}", numbers=(2, 3, 4, 5)) + _legend(
        any(one.goal < 1 for one in told)
    )


def _legend(limits: bool) -> str:
    """What the marks of the table mean, beside each as it is drawn there. limits: some targets are at most so much."""
    told = (
        (markup.meter(0.8), "bar"),
        (markup.meter(0.8, partial=True), "part"),
        (markup.meter(None), "tick"),
        *([(markup.meter(0.8 * LIMIT, goal=LIMIT), "limit")] if limits else []),
        (markup.meter(0.0, 0.5), "pace"),
        (markup.spark((1.0, 2.0, 2.4), hollow=True), "hollow"),
        (f'<span class="provisional">{markup.lamp("grey", word=False)}</span>', "bracket"),
    )
    return (
        '<p class="legend">'
        + "".join(f"<span>{mark} {say(f'board.legend.{name}')}</span>" for mark, name in told)
        + "</p>"
    )


@st.cache_resource(max_entries=64, show_spinner=False)
def _others(key: tuple, basis: str, period: str) -> str:
    told = standing.of_others(standings.of(basis, period))
    if not told:
        return ""
    size = -(-len(told) // COLUMNS)
    heads = [say(f"board.{name}") for name in ("other", "quarters", "value_of_target", "change", "coverage")]
    tables = [
        markup.table(heads, [_other(one) for one in told[n : n + size]], "others", numbers=(2, 3))
        for n in range(0, len(told), size)
    ]
    title = markup.text(say("board.others", count=len(told)))
    return f'<h3 class="board-title">{title}</h3><div class="thirds">{"".join(tables)}</div>'


def _other(one: PromiseStanding) -> list[str]:
    pace = say("board.at_pace", pace=one.pace) if one.pace_share is not None else ""
    value, _, target = one.of_target.partition(" / ")
    counts = counted(one)
    told = f'<span title="{markup.text(pace)}">{counts}<b>{markup.text(value)}</b>{f" / {markup.text(target)}" if target else ""}</span>'
    return [
        named(one),
        markup.spark(one.points, _goal(one), one.hollow, size=(46, 14), earlier=one.earlier),
        told,
        _change(one),
        _coverage(one),
    ]


def counted(one: PromiseStanding) -> str:
    """What a number of units counts, before it: 零事故单位."""
    return f'<small class="muted">{markup.text(one.counts)}</small> ' if one.counts else ""


def named(one: PromiseStanding) -> str:
    """Its light, its number in our register, its name; the clause under the pointer."""
    said = one.why or say(f"light.{one.light}")
    name = f'<span class="id">{one.promise.id}</span> {markup.text(pick(one.indicator))}'
    linked = markup.go("indicator", name, title=one.promise.quote, indicator=one.indicator.code)
    return f"{why_light.lamp('overview', one.light, one.indicator.code, word=False, hint=said)} {linked}"


def _goal(one: PromiseStanding) -> float | None:
    """Drawn across the small line only where there is a way to it."""
    goal = one.row.target
    return goal if goal == goal and one.share is not None else None


def _change(one: PromiseStanding) -> str:
    """Like for like; where units are missing, of how many and from where to where."""
    hint = say("board.same_help", count=one.same, change=one.change) if one.partial and one.same else ""
    told = one.like_for_like if hint and one.like_for_like else one.change
    return f'<span class="muted" title="{markup.text(hint or told)}">{markup.text(told)}</span>{on_the_year.html(one.last_year, with_unit=False)}'


def _coverage(one: PromiseStanding) -> str:
    """4/8: how many units the number stands on."""
    return f'<span class="{"" if one.partial else "muted"}" title="{markup.text(one.coverage)}">{one.stands_on}</span>'


def judged(one: PromiseStanding) -> str:
    """The light in words, or what a grey one lacks; a provisional one behind it."""
    told = markup.text(one.why or say(f"light.{one.light}"))
    if one.provisional:
        hint = say("board.provisional", light=say(f"light.{one.provisional}"))
        told += f' <span class="provisional">{markup.lamp(one.provisional, word=False, hint=hint)}</span>'
    if ranged := why.range_words(one.row):
        told += f'<small class="ranged">{markup.text(ranged)}</small>'
    return f'<span class="{"muted" if one.light == "grey" else ""}">{told}</span>'


@st.cache_resource(max_entries=64, show_spinner=False)
def _attend(key: tuple, basis: str, period: str, most: int, today: str) -> str:
    lines = attention.lines(basis, period)
    title = f'<h3 class="board-title">{markup.text(say("overview.attention"))}</h3>'
    if not lines:
        return f'{title}<p class="muted">{markup.text(say("overview.nothing_to_attend"))}</p>'
    told, rest = ("".join(f"<li>{_line(line)}</li>" for line in part) for part in (lines[:most], lines[most:]))
    if not rest:
        return f'{title}<ol class="attend">{told}</ol>'
    count = markup.text(say("overview.more_to_attend", count=len(lines) - most))
    more = (
        count if figures.is_wall() else f'<details><summary>{count}</summary><ol class="attend">{rest}</ol></details>'
    )
    return f'{title}<ol class="attend">{told}</ol><div class="muted">{more}</div>'


def _line(line: attention.AttentionLine) -> str:
    """The light answers why, the sentence leads to its screen."""
    word, about = line.light != "grey", line.query.get("indicator", "")
    lamp = why_light.lamp("overview", line.light, about, word=word) if about else markup.lamp(line.light, word=word)
    whom = f' <small class="muted">{markup.text(line.responsible)}</small>' if line.responsible else ""
    return f"{lamp} {markup.go(line.screen, markup.text(line.sentence), **line.query)}{whom}"
