"""Why a light is what it is: the rule, the numbers put into it, who is missing, who decides, since when, what would turn it green.

One text for screens, pictures, workbooks and briefings. Everything is read from `judged` and `read_why.yardsticks`;
nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from catalogue.display import number, quantity, quarter
from catalogue.model import Commitment, Indicator, Plan
from catalogue.naming import element_name, subject_name
from catalogue.wording import pick, say
from sentences import reading
from sentences.verdicts import grey_word as grey_word
from sentences.verdicts import range_words as range_words
from sentences.verdicts import verdict_words as verdict_words

NAMED = 4  # units in a line
SHORT = ("state", "missing", "decides", "to_green")  # of PARTS: what needs the quarter alone
Rows = Sequence[Any]  # named tuples
PARTS = ("state", "rule", "numbers", "missing", "decides", "since", "to_green", "clause")


@dataclass(frozen=True, slots=True)
class Why:
    """title: the verdict in words. lines: (one of PARTS, its sentence), those that have something to say."""

    light: str
    title: str
    lines: tuple[tuple[str, str], ...]

    @property
    def short(self) -> str:
        """One line: what was found, what it may come to, what would turn it green."""
        told = dict(self.lines)
        return " ".join(told[part] for part in SHORT if part in told)

    @property
    def text(self) -> str:
        """All of it, a line each, for those who see no table."""
        return "\n".join(
            (self.title, *(f"{say(f'why.part.{part}')}{say('why.colon')}{said}" for part, said in self.lines))
        )


def why(
    rows: pd.DataFrame, yardsticks: pd.DataFrame, plan: Plan, indicator: str, period: str, subject: str | None = None
) -> Why | None:
    """None where there is no such row.

    rows: of `judged`, one basis, all quarters; yardsticks: of `read_why.yardsticks` of that quarter and basis.
    """
    mine = rows[rows["indicator"] == indicator]
    now = reading.listed(mine[mine["period"] == period])
    if (row := _about(now, subject)) is None:
        return None
    sticks = reading.listed(yardsticks[yardsticks["indicator"] == indicator])
    past = reading.records(reading.about(mine, subject))
    return _Telling(plan, plan.indicators[indicator], row, now, sticks, past).parts(PARTS)


def short(now: Rows, sticks: Rows, plan: Plan, indicator: str) -> str:
    """`why(...).short` of the city, worked out alone; "" where there is no such row.

    now, sticks: of `judged` and of the yardsticks, the quarter's rows about the indicator.
    """
    row = _about(now, None)
    return "" if row is None else _Telling(plan, plan.indicators[indicator], row, now, sticks).parts(SHORT).short


def _about(rows: Rows, subject: str | None) -> Any | None:
    return next((row for row in rows if _subject(row) == subject), None)


def _subject(row: Any) -> str | None:
    return None if reading.blank(row.subject) else row.subject


class _Telling:
    """Each part of the text, "" where there is nothing to say. past: rows about the same through the quarters."""

    def __init__(self, plan: Plan, indicator: Indicator, row: Any, now: Rows, sticks: Rows, past: Rows = ()) -> None:
        self.plan, self.indicator, self.row, self.period, self.past = plan, indicator, row, row.period, past
        self.promise: Commitment | None = plan.commitments.get(row.commitment or "")
        self.sticks = {_subject(one): one for one in sticks}
        self.stick = self.sticks.get(_subject(row))
        self.is_city = reading.blank(row.subject)
        self.units = [one for one in now if not reading.blank(one.subject)]
        self.counts = self.is_city and reading.counts_units(indicator, self.promise, None)
        self.limited = self.promise is not None and self.promise.is_limit

    def parts(self, wanted: tuple[str, ...]) -> Why:
        """wanted: of PARTS."""
        lines = tuple((part, said) for part in wanted if (said := getattr(self, part)()))
        number, verdict = (
            f"{self.row.commitment} " if self.row.commitment else "",
            verdict_words(self.row, self.promise),
        )
        return Why(self.row.light, say("why.title", id=number, name=self.name, verdict=verdict), lines)

    @property
    def name(self) -> str:
        return (
            pick(self.indicator)
            if self.is_city
            else say(
                "charts.finding.of_unit", unit=subject_name(self.plan, self.row.subject), name=pick(self.indicator)
            )
        )

    def state(self) -> str:
        row = self.row
        if reading.state(row) != "value":
            return say("why.no_value", why=reading.worded(row), quarter=quarter(self.period))
        if self.counts:
            fields = {"met": int(row.value), "of": quantity(row.target, row.measure)}
            return say("why.state_each", counts=reading.kept_by(self.indicator), **fields)
        told = [reading.worded(row)]
        if not reading.blank(row.target):
            key = "why.limit" if self.limited and row.target else "why.target"
            told.append(say(key, target=quantity(row.target, row.measure)))
        if not reading.blank(row.pace) and row.pace != row.target:
            told.append(say("why.pace", pace=quantity(row.pace, row.measure)))
        return say("why.sentence", told=say("why.comma").join(told))

    def rule(self) -> str:
        stick = self.stick
        if stick is None:
            return ""
        if stick.rule == "each":
            example = next((one for subject, one in self.sticks.items() if subject is not None), None)
            inner = self._rule_of(example) if example is not None else ""
            return say("why.rule.each", rule=inner)
        return self._rule_of(stick)

    def _rule_of(self, stick: Any) -> str:
        measure = self.indicator.measure
        more = "more" if stick.sign > 0 else "less"
        fields = {
            "target": quantity(stick.target, measure),
            "green": quantity(stick.green_at, measure),
            "yellow": quantity(stick.yellow_at, measure),
            "base": quantity(stick.base, measure),
        }
        match stick.rule:
            case "pace" if reading.blank(stick.yellow_at):
                return ""
            case "pace" | "threshold" if fields["green"] == fields["yellow"]:
                return say("why.rule.one_bound" if stick.sign > 0 else "why.rule.one_limit", **fields)
            case "pace" if stick.sign < 0 and fields["green"] == fields["target"]:
                return say("why.rule.threshold_less", **fields)
            case "pace" | "threshold":
                key = "exact" if stick.operator == "eq" and stick.rule == "threshold" and stick.sign > 0 else more
                return say(f"why.rule.{stick.rule}_{key}", **fields)
            case "frequency" | "deadline" if stick.sign < 0:
                return say(f"why.rule.{stick.rule}_less", **fields)
            case "direction":
                return say("why.rule.no_base" if reading.blank(stick.base) else f"why.rule.direction_{more}", **fields)
            case rule:
                return say(f"why.rule.{rule}", **fields)

    def numbers(self) -> str:
        row, indicator = self.row, self.indicator
        if reading.state(row) != "value":
            return ""
        if self.counts:
            by_light = {light: sum(one.light == light for one in self.units) for light in ("green", "yellow", "red")}
            return say("why.numbers_each", **by_light)
        stands_on = say("why.together", count=reading.stands_on(row)) if self.is_city and row.expected > 1 else ""
        if not indicator.is_ratio:
            return say(
                "why.numbers_sum", what=self._elements(indicator.numerator), value=reading.worded(row), count=stands_on
            )
        return say(
            "why.numbers_ratio",
            numerator=self._elements(indicator.numerator),
            denominator=self._elements(indicator.denominator),
            num=number(row.numerator),
            den=number(row.denominator),
            count=stands_on,
        )

    def missing(self) -> str:
        """Who is not in the number, and what it may come to."""
        row = self.row
        if not self.is_city or not reading.is_partial(row) or row.verdict in ("not_due", "not_reported", "suppressed"):
            return ""
        away: dict[str, list[str]] = {}
        for one in self.units:
            state = reading.state(one)
            if state in ("missing", "pending", "suppressed"):
                away.setdefault(state, []).append(one.subject)
        told = [say(f"why.away.{state}", units=self._listed(codes)) for state, codes in away.items()]
        if not told:
            return ""
        who = say("why.semicolon").join(told)
        ranged = range_words(row)
        if not ranged:
            return say("why.missing_unknown", who=who)
        if self.counts:
            then = "open" if row.high >= row.target else "not_all"
            return say("why.missing_counted", who=who, range=ranged, then=say(f"why.then.{then}"))
        if row.verdict in ("no_target", "no_subtarget"):
            return say("why.missing_only", who=who, range=ranged)
        then = row.whole_verdict or "open"
        group = "then_over" if self.limited and then in ("behind", "far_behind") else "then"
        return say("why.missing_range", who=who, range=ranged, then=say(f"why.{group}.{then}"))

    def decides(self) -> str:
        """The units behind the light: those that fail what each must keep, else those that lack most."""
        if not self.is_city or reading.state(self.row) != "value" or len(self.units) < 2:
            return ""
        if self.counts:
            failing = [one for one in self.units if one.light in ("red", "yellow")]
            named = [
                f"{subject_name(self.plan, one.subject)}{say('why.space')}{reading.worded(one)}" for one in failing
            ]
            return say("why.failing", units=self._cut(named)) if named else ""
        return ""

    def since(self) -> str:
        """How many quarters the light has been the same, in this basis."""
        past = [one for one in self.past if one.period <= self.period]
        same = []
        for one in reversed(past):
            if one.light != self.row.light:
                break
            same.append(one)
        before = past[len(past) - len(same) - 1] if len(same) < len(past) else None
        if not same or before is None:
            return ""
        key = "now" if len(same) == 1 else "long"
        return say(
            f"why.since_{key}",
            light=say(f"light.{self.row.light}"),
            quarter=quarter(same[-1].period),
            before=say(f"light.{before.light}"),
            past=quarter(before.period),
        )

    def to_green(self) -> str:
        """In what is counted above the line; of a promise each must keep, unit by unit."""
        row, stick = self.row, self.stick
        if row.light == "green" or stick is None or row.verdict in ("no_target", "no_subtarget", "not_applicable"):
            return ""
        several = self.is_city and row.expected > 1
        partial = say("why.green.when_whole") if several and reading.is_partial(row) else ""
        if self.counts:
            short = [
                (self.sticks[one.subject], one)
                for one in self.units
                if one.light in ("red", "yellow") and one.subject in self.sticks
            ]
            named = [
                say(
                    "why.green.unit_over" if stick.sign < 0 else "why.green.unit",
                    unit=subject_name(self.plan, one.subject),
                    lacking=quantity(stick.lacking, stick.counts),
                )
                for stick, one in short
                if not reading.blank(stick.lacking) and stick.lacking > 0
            ]
            key = "undo" if self._stays(self.promise is not None and self.promise.light == "zero") else "each"
            told = say(f"why.green.{key}", units=self._cut(named)) if named else ""
            return say("why.space").join(filter(None, (told, partial)))
        if reading.blank(stick.lacking) or stick.lacking <= 0:
            return partial
        key = "undo" if self._stays(stick.rule == "zero") else "less" if stick.sign < 0 else "more"
        what = self._elements(self.indicator.numerator)
        told = say(f"why.green.{key}", lacking=quantity(stick.lacking, stick.counts), what=what)
        return say("why.space").join(filter(None, (told, partial)))

    def _stays(self, is_zero: bool) -> bool:
        """What has happened is not undone: of what must not be, and of what is added up through the year under a limit."""
        return is_zero or (self.limited and reading.grows_through_the_year(self.indicator, self.plan))

    def clause(self) -> str:
        promise = self.promise
        if promise is None:
            return ""
        strength = say(f"why.strength.{promise.strength}")
        return say("why.clause", document=self.plan.document, task=promise.task, quote=promise.quote, strength=strength)

    def _elements(self, codes: tuple[str, ...]) -> str:
        return say("why.plus").join(element_name(self.plan, code) for code in codes)

    def _listed(self, codes: list[str]) -> str:
        return self._cut([subject_name(self.plan, code) for code in codes])

    def _cut(self, names: list[str]) -> str:
        told = say("why.and").join(names[:NAMED])
        return told if len(names) <= NAMED else say("why.more", told=told, count=len(names))
