"""The claims a briefing makes: values and targets of `judged`, distances, counts and quotations, each with its source."""

from __future__ import annotations

from typing import Any

from catalogue.display import day, difference, distance, quantity, quarter
from catalogue.model import Commitment
from catalogue.wording import pick, say
from reports.briefing.sentence import Claim, Sentence, fill, together
from reports.briefing.sources import Sources
from reports.proof import numbers_of, year_number
from reports.snapshot import Snapshot
from sentences import reading, titles

INNER = str.maketrans("“”", "‘’")  # quotation marks within a quotation
ZEROS = ("zero", "not_zero")  # findings that print no number on a figure, and do here


class Numbers:
    """Of one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.plan = snapshot.plan
        self.sources = Sources(snapshot)

    def who(self, code: str | None) -> str:
        """Name of a unit or department; the city for None."""
        if code is None:
            return pick(self.plan, "city")
        return pick(self.plan.units[code] if code in self.plan.units else self.plan.departments[code])

    def name(self, row: Any) -> str:
        return pick(self.plan.indicators[row.indicator])

    def finding(self, row: Any, promise: Commitment) -> Sentence:
        """As `titles.finding` says it of the city, and since last year; the coverage stands behind whatever lacks returns."""
        pieces = (self._finding(row, promise), self._on_the_year(row))
        return together((piece for piece in pieces if piece), say("briefing.comma"))

    def _finding(self, row: Any, promise: Commitment) -> Sentence:
        indicator = self.plan.indicators[row.indicator]
        if reading.counts_units(indicator, promise, None):
            return self._each(row)
        key = titles.key_of(row, promise)
        said = fill(
            f"briefing.{key}" if key in ZEROS else f"charts.finding.{key}",
            what=self.name(row),
            value=self.value(row),
            target=self.target(row),
            gap=self.distance(row, "target"),
            pace_gap=self.distance(row, "pace"),
            moved=self._moved(row),
            coverage=self.coverage(row),
        )
        return (
            fill("charts.finding.partial", finding=said, coverage=self.coverage(row))
            if reading.is_partial(row)
            else said
        )

    def _each(self, row: Any) -> Sentence:
        """零事故单位7/8，1家未报."""
        said = fill(
            "charts.finding.each",
            what=self.name(row),
            counts=reading.kept_by(self.plan.indicators[row.indicator]),
            met=self.value(row, str(int(row.value))),
            expected=self.target(row, str(int(row.target))),
        )
        kept_back = reading.kept_back(self.snapshot.now, row)
        lacking = {
            "missing": int(row.expected - row.filed) - kept_back,
            "pending": int(row.filed - reading.stands_on(row)),
            "suppressed": kept_back,
        }
        for state, count in lacking.items():
            if count:
                told = self.count(count, f"{row.indicator} {state}", say(f"charts.{state}"), "returns", row)
                said = fill(f"charts.units.{state}", title=said, count=told)
        return said

    def value(self, row: Any, text: str = "") -> Claim:
        number = next(iter(numbers_of(row)), None)
        source = self.sources.of_value(row.indicator, row.subject)
        if row.subject is None and reading.counts_units(self.plan.indicators[row.indicator], self._promise(row), None):
            source = say("briefing.source.each", source=source)
        return self._claim(row, "value", text or quantity(row.value, row.measure), source, number)

    def target(self, row: Any, text: str = "") -> Claim:
        number = next(iter(numbers_of(row, what="target")), None)
        return self._claim(row, "target", text or quantity(row.target, row.measure), self._clause(row), number)

    def goal(self, row: Any, promise: Commitment) -> Claim:
        """What the clause itself sets, where the row counts units."""
        text = quantity(promise.value, self.plan.indicators[row.indicator].measure)
        means = say("briefing.means.goal", name=self.name(row))
        return Claim(text, means, self._clause(row), _stem(row.indicator, None, "goal"), indicator=row.indicator)

    def distance(self, row: Any, goal: str) -> Claim:
        """To the target, the pace or the baseline; without a sign."""
        away = abs(row.value - getattr(row, goal))
        both = (quantity(getattr(row, goal), row.measure), quantity(row.value, row.measure))
        source = say(f"briefing.source.to_{goal}", goal=both[0], value=both[1])
        return self._claim(row, f"to_{goal}", distance(away, row.measure), source)

    def coverage(self, row: Any) -> Claim | str:
        """7/8家已报, or "" for what one subject reports."""
        told = reading.coverage(row)
        return self._claim(row, "coverage", told, say("briefing.source.coverage")) if told else ""

    def gap(self, row: Any, gap: Any, text: str = "") -> Claim:
        """gap: a row of the mart `gap` about the city or one unit, in what is counted."""
        told = text or quantity(abs(gap.gap_whole), gap.gap_measure)
        source = say("briefing.source.gap", cells=self.sources.of_cells(row.indicator, gap.subject))
        means = say("briefing.means.gap", name=self.name(row), who=self.who(gap.subject), quarter=quarter(row.period))
        return Claim(told, means, source, _stem(row.indicator, gap.subject, "gap"), indicator=row.indicator)

    def count(self, count: float, stem: str, means: str, source: str, row: Any | None = None) -> Claim:
        """How many there are. source: a key under briefing.source."""
        if row is not None:
            means = say("briefing.means.of", name=self.name(row), means=means)
        return Claim(
            str(int(count)),
            means,
            say(f"briefing.source.{source}"),
            _stem("count", None, stem),
            indicator="" if row is None else row.indicator,
        )

    def quote(self, words: str, row: Any, entry: str) -> Claim:
        """What a department wrote into its return; row: of `task_report`."""
        means = say(f"briefing.means.{entry}", number=row.task, who=self.who(row.department))
        text = words.strip().rstrip("。.").translate(INNER)
        return Claim(text, means, self.sources.of_report(row), _stem(f"task_{row.task}", row.department, entry))

    def due(self, value: Any) -> str:
        return day(value.date() if hasattr(value, "date") else value)

    def _claim(self, row: Any, kind: str, text: str, source: str, number: Any = None) -> Claim:
        means = say(
            f"briefing.means.{kind}", name=self.name(row), who=self.who(row.subject), quarter=quarter(row.period)
        )
        covered = reading.coverage(row)
        if covered and kind == "value":
            means = say("charts.finding.partial", finding=means, coverage=covered)
        return Claim(text, means, source, _stem(row.indicator, row.subject, kind), number, row.indicator)

    def _moved(self, row: Any) -> Sentence | str:
        if reading.blank(row.baseline):
            return ""
        key = "rose" if row.value > row.baseline else "fell" if row.value < row.baseline else "level"
        return fill(f"charts.finding.{key}", gap=self.distance(row, "baseline"))

    def _on_the_year(self, row: Any) -> Sentence | str:
        """同比上升4.3个百分点; over fewer units than owe it, of how many."""
        one = self.snapshot.on_the_year().get((row.indicator, row.subject))
        if one is None or one.change is None:
            return ""
        if difference(one.change, row.measure).startswith("±"):
            return say("briefing.year.level")
        kind = "ratio" if row.measure in ("percent", "ratio") else "amount"
        way = "more" if one.change > 0 else "less"
        source = say("briefing.source.year", quarter=quarter(one.period))
        number = year_number(row, one.change)
        told = fill(
            f"briefing.year.{kind}_{way}",
            gap=self._claim(row, "year_change", distance(abs(one.change), row.measure), source, number),
        )
        if one.same == one.expected:
            return told
        return fill("briefing.year.of_some", told=told, same=f"{one.same}/{one.expected}")

    def _promise(self, row: Any) -> Commitment | None:
        return self.plan.commitments.get(row.commitment or "")

    def _clause(self, row: Any) -> str:
        promise = self._promise(row)
        if promise is None:
            return say("charts.source_plan", document=self.plan.document)
        return say("charts.source", document=self.plan.document_of(promise), task=promise.task, quote=promise.quote)


def _stem(what: str, subject: str | None, kind: str) -> str:
    return "_".join(filter(None, (what, subject, kind)))
