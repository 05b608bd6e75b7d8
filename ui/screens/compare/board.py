"""The compare screen in HTML: the finding, what was corrected and why, the indicators then and now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from markupsafe import Markup

from catalogue.display import day, difference, quantity, quarter
from catalogue.wording import say
from sentences import reading, why
from ui import reads
from ui.app import filters
from ui.kit import figures, markup, why_light
from ui.kit.templates import Macros, joined, render
from ui.reads import compare
from ui.reads.compare import Between
from ui.reads.kept import per_version
from ui.screens.compare import rows as compare_rows
from ui.screens.compare.rows import Moved, part_said

ARROWS = {True: "↑", False: "↓"}
MANY = 5  # units that are still named one by one
TINTS = {"worse": "red", "better": "green"}
_CELLS = Macros("compare/cells.html")


@dataclass(frozen=True, slots=True)
class Correction:
    """A return filed again: whose, of which quarter, when; why; and what it changed: (indicator, its name, from what to what)."""

    head: str
    why: str
    effects: tuple[tuple[Moved, str, str], ...]


def head(compared: str, basis: str, period: str) -> Markup:
    """The finding in a sentence, what it stands on, and the corrections in between with their reasons."""
    return _head(compared, compare.title(compared), basis, period)


def board(compared: str, basis: str, period: str, groups: tuple[str, ...]) -> Markup:
    """groups: of `Moved.group`, in their order; empty where none of them has an indicator."""
    return _board(compared, compare.title(compared), basis, period, groups)


def count(compared: str, basis: str, period: str, group: str) -> int:
    return sum(one.group == group for one in _rows(compared, basis, period))


def option(compared: str) -> str:
    """与2021年第二季度比 / 与6月局长办公会比."""
    return say("compare.with", then=_then_name(compared, compare.title(compared)))


def _between(compared: str, basis: str, period: str) -> Between:
    found = compare.between(compared, basis, period)
    assert found is not None, "the page asks first whether they can be compared"
    return found


@per_version(32, by=reads.spoken)
def _rows(compared: str, basis: str, period: str) -> list[Moved]:
    return compare_rows.rows(_between(compared, basis, period))


@per_version(64, by=figures.key)
def _head(compared: str, title: str, basis: str, period: str) -> Markup:
    between, rows = _between(compared, basis, period), _rows(compared, basis, period)
    turned = Counter(one.turned for one in rows)
    notes = say("compare.joiner").join(note for note in _notes(between, rows, turned, basis) if note)
    return render(
        "compare/head.html",
        finding=_sentence(_then_name(compared, title), rows, turned),
        notes=notes,
        corrections=list(_corrections(between, rows)),
    )


def _sentence(then: str, rows: list[Moved], turned: Counter[str]) -> str:
    changed, restated = sum(one.group in ("turned", "moved") for one in rows), sum(bool(one.restated) for one in rows)
    if not changed:
        return say("compare.nothing", then=then)
    told = say("compare.finding", then=then, changed=changed) + say("compare.colon")
    told += _turns(("worse", "better"), turned) or say("compare.none_turned")
    return told + (say("compare.and_restated", restated=restated) if restated else "")


def _turns(names: tuple[str, ...], turned: Counter[str]) -> str:
    """亮灯转差1项、转好2项: those of them that there are."""
    return say("compare.comma_list").join(
        say(f"compare.some.{name}", count=turned[name]) for name in names if turned[name]
    )


def _notes(between: Between, rows: list[Moved], turned: Counter[str], basis: str) -> list[str]:
    then, now, left = quarter(between.period_then), quarter(between.period_now), _usually_left(rows)
    other_version, grey = between.received is not None, _turns(("greyed", "lit"), turned)
    return [
        say("compare.one_moment" if then == now else "compare.moments", then=then, now=now) if other_version else "",
        say("compare.received", received=between.received, corrections=between.corrections) if other_version else "",
        say("compare.also", turns=grey) if grey else "",
        say(f"compare.left_{basis}", units=_units(left), now=now) if left else "",
        say("compare.plan_changed") if between.plan_changed else "",
    ]


def _usually_left(rows: list[Moved]) -> tuple[str, ...]:
    """The units that most numbers of now lack: told once, not on every line."""
    found = Counter(one.left for one in rows if len(one.indicator.units) > 1)
    return found.most_common(1)[0][0] if found else ()


def _corrections(between: Between, rows: list[Moved]) -> Iterator[Correction]:
    """In the order in which they came."""

    def whose(pair: tuple[Moved, Any]) -> tuple:
        return pair[1].received_at, pair[1].reporter, pair[1].period

    in_order = sorted(rows, key=lambda one: one.promise.id if one.promise else "~")
    told = sorted(((one, row) for one in in_order for row in one.restated), key=whose)
    for (at, reporter, period), pairs in groupby(told, key=whose):
        of_return = list(pairs)
        reason = of_return[0][1].reason
        yield Correction(
            say("compare.corrected_by", unit=reads.subject_name(reporter), period=quarter(period), day=day(at.date())),
            say("compare.reason", reason=reason) if reason else say("compare.no_reason"),
            tuple((one, _name(one), _effect(one, row, between)) for one, row in of_return),
        )


def _effect(one: Moved, row: Any, between: Between) -> str:
    """顺城区33.75% → 32.58%，全市44.87% → 44.55%."""
    told = [_from_to(reads.subject_name(row.subject), row.value_then, row.value_now, row.measure)]
    if one.city_now is not None and one.then is not None and row.period == between.period_then:
        told.append(_from_to(say("compare.city"), one.then.value, one.city_now.value, one.then.measure))
    return say("compare.comma").join(told)


def _from_to(who: str, before: float, after: float, measure: str) -> str:
    return say("compare.from_to", who=who, before=quantity(before, measure), after=quantity(after, measure))


@per_version(128, by=figures.key)
def _board(compared: str, title: str, basis: str, period: str, groups: tuple[str, ...]) -> Markup:
    between, rows = _between(compared, basis, period), _rows(compared, basis, period)
    usual = _usually_left(rows)
    parts = [
        (name, list(ones))
        for name, ones in groupby((one for one in rows if one.group in groups), key=lambda one: one.turned or one.group)
    ]
    same_quarter = between.period_then == between.period_now
    then = title if same_quarter and title else quarter(between.period_then)
    now = say("compare.newest") if same_quarter else quarter(between.period_now)
    heads = [
        say("compare.indicator"),
        say("compare.then", then=then),
        say("compare.now", now=now),
        say("compare.change"),
        say("compare.why"),
    ]
    return joined(
        markup.table(
            heads,
            [_line(one, usual, basis) for one in ones],
            "compare" if n == 0 else "compare compare-on",
            numbers=(1, 2, 3),
            caption=say(f"compare.part.{name}", count=len(ones)) if groups[0] == "turned" else "",
        )
        for n, (name, ones) in enumerate(parts)
    )


def _line(one: Moved, usual: tuple[str, ...], basis: str) -> list[str]:
    return [
        _CELLS.linked(one, _name(one)),
        _then(one, basis),
        _moment(one.now, basis, strong=True),
        _change(one),
        _why(one, usual, basis),
    ]


def _name(one: Moved) -> str:
    return reading.city_name(one.indicator, one.promise)


def _then(one: Moved, basis: str) -> str:
    told = _moment(one.then, basis)
    known = one.city_now is not None and one.then is not None and one.restated
    if not known or one.same_quarter or reading.worded(one.city_now) == reading.worded(one.then):
        return told
    return _CELLS.corrected(told, reading.worded(one.city_now))


def _moment(row: Any | None, basis: str, strong: bool = False) -> str:
    """The value and its light in words; of a grey one what it lacks; 4/8 where units are missing from the number."""
    if row is None:
        return say("charts.missing")
    has_value = reading.state(row) == "value"
    word = why.grey_word(row) if row.light == "grey" and has_value else ""
    counted = row.approved if basis == "approved" else row.filed
    stands_on = f"{int(counted)}/{int(row.expected)}" if has_value and counted < row.expected else ""
    shown = word or say(f"light.{row.light}")
    return _CELLS.moment(reading.worded(row), strong and has_value, _opens(row), shown, stands_on)


def _opens(row: Any) -> Markup:
    """The light; of the quarter on show it answers why, of an earlier one the hint must do."""
    hint = why.verdict_words(row)
    if row.period != filters.chosen_period():
        return markup.lamp(row.light, word=False, hint=hint)
    return why_light.lamp("compare", row.light, row.indicator, word=False, hint=hint)


def _change(one: Moved) -> Markup:
    """The difference and where it points; below, how the light turned, and over how many units."""
    pointing = ""
    if one.moved:
        # More than before, and still too little for its light; or a correction, which is no trend.
        at_odds = one.same_quarter or (one.turned in TINTS and one.good != one.turned)
        way = one.good if one.good and not at_odds else "more" if one.change > 0 else "less"
        pointing = ARROWS[one.change > 0] + say(f"compare.moved.{way}")
    turned = say(f"compare.turned.{one.turned}") if one.turned else ""
    alike = ""
    if one.is_like_for_like:
        alike = say("compare.like_for_like", same=one.same_units, expected=one.expected)
    return _CELLS.change(difference(one.change, one.measure), pointing, turned, TINTS.get(one.turned, ""), alike)


def _why(one: Moved, usual: tuple[str, ...], basis: str) -> Markup:
    """Which units moved it, which ones are in one number only, what was corrected."""
    told: list[str] = []
    if reading.blank(one.change):
        told.append(say("compare.restarted" if one.restarted else "compare.not_comparable"))
    elif one.moved:
        told += _causes(one)
    if one.turned in TINTS and one.paces:
        before, after = (quantity(pace, one.measure) for pace in one.paces)
        told.append(say("compare.pace", before=before, after=after))
    if one.left and one.left != usual and not reading.blank(one.change):
        told.append(say(f"compare.missing_{basis}", units=_units(one.left)))
    if one.came:
        told.append(say("compare.came", units=_units(one.came)))
    for row in one.restated:
        said = say("compare.restated_unit", unit=reads.subject_name(row.subject), period=quarter(row.period))
        told.append(_CELLS.restated(said, row.reason))
    return _CELLS.lines(told)


def _causes(one: Moved) -> list[str]:
    if len(one.indicator.units) == 1:
        return [say("compare.by", unit=reads.subject_name(one.indicator.units[0]))]
    if one.is_each:
        keys = ("began", "ceased") if one.change > 0 else ("ceased", "began")
    else:
        keys = ("mainly", "against")
    lists = ((key, parts) for key, parts in zip(keys, (one.movers, one.against), strict=True) if parts)
    return [_CELLS.cause(say(f"compare.{key}"), [_part(*each, one) for each in parts]) for key, parts in lists]


def _part(code: str, part: float, one: Moved) -> tuple[str, str, bool, str]:
    """Code, name, whether the unit has a screen of its own, and its part where the units are not just counted."""
    unit = reads.plan().units.get(code)
    name = reading.unit_name(unit) if unit else reads.subject_name(code)
    return code, name, unit is not None, "" if one.is_each else part_said(part, one)


def _units(codes: tuple[str, ...]) -> str:
    plan = reads.plan()
    if len(codes) > MANY:
        return say("compare.units", count=len(codes))
    return say("compare.comma_list").join(
        reading.unit_name(plan.units[code]) if code in plan.units else reads.subject_name(code) for code in codes
    )


def _then_name(compared: str, title: str) -> str:
    if not compared.startswith("v"):
        return quarter(compared)
    return title or say("compare.version", number=compared[1:])
