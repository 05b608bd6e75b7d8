"""One version read once: what every file about one quarter is written from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from catalogue import clock, early
from catalogue.load import speaking
from catalogue.model import Commitment, Indicator, Plan
from catalogue.period import Period
from catalogue.wording import say
from sentences import attention, reading, unit_standing, year_before
from sentences.attention import AttentionRows as Attending
from sentences.why import Why, short, why
from sentences.year_before import YearBefore
from warehouse import compare_periods, read, store
from warehouse.across import across, periods_of
from warehouse.reads import chase as read_chase
from warehouse.reads import county as read_county
from warehouse.reads import why as read_why
from warehouse.reads import works as read_works

# The two promises of one clause whose quotient is looked at: money, heads.
AID = ("aid-amount", "aided-pupils")


@dataclass(frozen=True)
class Snapshot:
    """rows: `judged` of all quarters in this basis. status: returns owed for the quarter, as of `today`.

    Nobody writes into the frames. Each is read when first asked for: a file about everything asks for `rows`; a picture
    or a screen for those about the city, one indicator or one subject, so that it costs what it shows.
    """

    plan: Plan
    version: store.Version
    basis: str
    period: str
    today: date
    _kept: dict[tuple[Any, ...], pd.DataFrame] = field(default_factory=dict, repr=False, compare=False)
    _years: dict[str, dict[tuple[str, str | None], YearBefore]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def rows(self) -> pd.DataFrame:
        return self._read(lambda con: read.values(con, None, read.ALL, basis=self.basis))

    @cached_property
    def city(self) -> pd.DataFrame:
        """`judged` about the city, all quarters."""
        return self._read(lambda con: read.values(con, None, None, basis=self.basis))

    def of_indicator(self, indicator: str) -> pd.DataFrame:
        """`judged` about everybody, all quarters of all years in which it is computed alike."""
        key = "indicator", indicator
        if key not in self._kept:
            self._kept[key] = across(self.version, indicator, self.basis, self.period or None)
        return self._kept[key]

    def of_subject(self, subject: str) -> pd.DataFrame:
        """`judged` about one who reports, all quarters."""
        return self._once("subject", subject, lambda con: read.values(con, None, subject, basis=self.basis))

    @cached_property
    def attention(self) -> pd.DataFrame:
        """City rows that are red or yellow, weightiest first."""
        return self._read(lambda con: read.attention(con, self.period, self.basis))

    @cached_property
    def projection(self) -> pd.DataFrame:
        return self._read(lambda con: read.projection(con, self.period, self.basis))

    def projection_of(self, indicator: str) -> pd.DataFrame:
        """As `projection`, of one indicator."""
        return self._once("projection", indicator, lambda con: read.projection(con, self.period, self.basis, indicator))

    @cached_property
    def status(self) -> pd.DataFrame:
        return self._read(lambda con: read.status(con, self.period, self.today))

    @cached_property
    def tasks(self) -> pd.DataFrame:
        return self._read(lambda con: read.tasks(con, self.period, self.basis, self.today))

    @cached_property
    def task_reports(self) -> pd.DataFrame:
        return self._read(lambda con: read.task_reports(con, self.period, self.basis))

    @cached_property
    def milestones(self) -> pd.DataFrame:
        return self._read(lambda con: read.milestones(con, self.period, self.basis))

    @cached_property
    def projects(self) -> pd.DataFrame:
        """Rows of `read_works.projects`, all quarters."""
        return self._read(lambda con: read_works.projects(con, self.basis))

    @cached_property
    def together(self) -> pd.DataFrame:
        """All projects as one, all quarters."""
        return self._read(lambda con: read_works.together(con, self.basis))

    @cached_property
    def per_head(self) -> pd.DataFrame:
        """Aid per pupil, all quarters."""
        return self._read(lambda con: read_works.per_head(con, *AID, self.basis))

    @cached_property
    def rates(self) -> pd.DataFrame:
        """How completely and punctually returns came in, all quarters."""
        return self._read(lambda con: read_chase.rates(con, self.today))

    @cached_property
    def returns(self) -> dict[str, int]:
        """How many returns of the quarter stand in which state, as of `today`."""
        return self._read(lambda con: read_chase.counted(con, self.period, self.today))

    @cached_property
    def gaps(self) -> pd.DataFrame:
        return self._read(lambda con: read.gaps(con, None, self.period, self.basis))

    @cached_property
    def contributions(self) -> pd.DataFrame:
        return self._read(lambda con: read.contributions(con, None, self.period, self.basis))

    def gaps_of(self, indicator: str) -> pd.DataFrame:
        """As `gaps`, of one indicator."""
        return self._once("gap", indicator, lambda con: read.gaps(con, indicator, self.period, self.basis))

    def contributions_of(self, indicator: str) -> pd.DataFrame:
        """As `contributions`, of one indicator."""
        return self._once("part", indicator, lambda con: read.contributions(con, indicator, self.period, self.basis))

    @cached_property
    def yardsticks(self) -> pd.DataFrame:
        """What each light of the quarter was judged by: see `read_why.yardsticks`."""
        return self._read(lambda con: read_why.yardsticks(con, self.period, self.basis))

    def why(self, indicator: str, subject: str | None = None) -> Why | None:
        """Why a light of the quarter is what it is; None where there is no such light."""
        sticks = self._once(
            "stick", indicator, lambda con: read_why.yardsticks(con, self.period, self.basis, indicator)
        )
        return why(self.of_indicator(indicator), sticks, self.plan, indicator, self.period, subject)

    def short_why(self, indicator: str) -> str:
        """`why(indicator).short`, from what is read once for all of them; "" where there is no such light."""
        now, sticks = (rows.get(indicator, []) for rows in self._by_indicator)
        return short(now, sticks, self.plan, indicator)

    @cached_property
    def now(self) -> pd.DataFrame:
        """Rows of the quarter itself."""
        if "rows" in self.__dict__:
            return self.rows[self.rows["period"] == self.period]
        return self._read(lambda con: read.values(con, self.period, read.ALL, basis=self.basis))

    @cached_property
    def now_rows(self) -> list[Any]:
        """`now`, row by row."""
        return reading.listed(self.now)

    @cached_property
    def _by_indicator(self) -> tuple[dict[str, list[Any]], ...]:
        """Of the quarter: its rows, its yardsticks."""
        return tuple(map(reading.by_indicator, (self.now_rows, reading.listed(self.yardsticks))))

    @cached_property
    def _by_subject(self) -> dict[tuple[str, str | None], Any]:
        return {(row.indicator, row.subject): row for row in self.now_rows}

    @cached_property
    def _of_city(self) -> dict[str, Any]:
        mine = self.city[self.city["period"] == self.period]
        return {row.indicator: row for row in mine.itertuples(index=False, name="Row")}

    @property
    def as_of(self) -> date:
        """The quarter's last day."""
        return Period.parse(self.period).last_day

    @property
    def as_of_words(self) -> str:
        """`as_of` for people; of a quarter that is not over, that it is not."""
        return early.as_of(self.period, self._known)

    @property
    def early_note(self) -> str:
        """For the head of what shows a quarter that is not over; "" for one that is."""
        return early.note(self.period, self._known)

    @property
    def _known(self) -> str:
        return min(str(self.today), f"{self.version.published_at:%Y-%m-%d}")

    def attending(self) -> Attending:
        """What the sentences on what needs attention are made from."""
        return attention.AttentionRows(
            self.plan, self.period, self.told, self.attention, self.status, self.milestones, self.task_reports
        )

    @cached_property
    def told(self) -> pd.DataFrame:
        """What sentences about the city are made from: its rows, and of the quarter those of units that are 保密."""
        hidden = self._read(lambda con: read.suppressed(con, self.period, self.basis))
        return pd.concat([self.city, hidden], ignore_index=True) if len(hidden) else self.city

    def row(self, indicator: str, subject: str | None = None) -> Any | None:
        """The quarter's row about the city, or about one subject; None where there is none."""
        return self._of_city.get(indicator) if subject is None else self._by_subject.get((indicator, subject))

    def unit(self, code: str) -> tuple[unit_standing.UnitStanding, ...]:
        """Where one unit stands on each indicator of the quarter, in the plan's order."""
        places = self._read(lambda con: read_county.places(con, code, self.basis, self.period))
        city = self.city[self.city["period"] == self.period]
        return unit_standing.of_unit(pd.concat([city, self.of_subject(code)]), places, self.plan, self.period, code)

    def year_end(self, indicator: str, subject: str | None = None) -> float | None:
        """Where the year would end; None where nothing is projected."""
        rows = reading.about(self.projection_of(indicator), subject)["projected"].dropna()
        return float(rows.iloc[0]) if len(rows) else None

    @cached_property
    def quarters(self) -> list[str]:
        """With returns, of every year, oldest first."""
        return periods_of(self.version)

    def on_the_year(self, period: str = "") -> Mapping[tuple[str, str | None], YearBefore]:
        """A quarter held against the same one of last year, each under its own plan: by indicator and subject, None the city.

        period: default the file's own. Empty where the version has no returns of last year's quarter.
        """
        at = period or self.period
        if at in self._years:
            return self._years[at]
        before, found = str(Period.parse(at).year_before) if at else "", list[Any]()
        if before in self.quarters:
            with store.open_version(self.version, at) as now, store.open_version(self.version, before) as then:
                for since in (compare_periods.city_since, compare_periods.own_since):
                    found.append(since(now, then, self.basis, before, at))
        self._years[at] = {one: told for rows in found for one, told in year_before.of(rows, before).items()}
        return self._years[at]

    def promise(self, indicator: str) -> Commitment | None:
        return next((c for c in self.plan.commitments.values() if c.indicator == indicator), None)

    def promised(self) -> list[tuple[Commitment, Indicator, Any]]:
        """Every promise that has a city row, in the plan's order."""
        found = ((c, self.plan.indicators[c.indicator], self.row(c.indicator)) for c in self.plan.commitments.values())
        return [(promise, indicator, row) for promise, indicator, row in found if row is not None]

    @cached_property
    def coverage(self) -> tuple[int, int]:
        """(returns that count in this basis, returns owed) of the quarter."""
        return self.returns[self.basis], self.returns["owed"]

    def source_cells(self, indicator: str) -> pd.DataFrame:
        """The cells under the indicator's numbers of the quarter, of every subject."""
        return self._read(lambda con: read.source_cells(con, indicator, self.period, basis=self.basis))

    def ask(self, question: Callable[[read.Con], Any]) -> Any:
        """For what only one kind of file needs."""
        return self._read(question)

    def _once(self, what: str, about: str, question: Callable[[read.Con], pd.DataFrame]) -> pd.DataFrame:
        if (what, about) not in self._kept:
            self._kept[what, about] = self._read(question)
        return self._kept[what, about]

    def _read(self, question: Callable[[read.Con], Any]) -> Any:
        with store.open_version(self.version, self.period or None) as con:
            return question(con)


def take(period: str, basis: str, version: int | None = None) -> Snapshot:
    """Of the newest version, or of an older one that is kept, under the plan of the quarter. period "": of none. Raises StoreError, in words, where there is none."""
    folder = store.data_folder()
    found = (
        store.newest(folder)
        if version is None
        else next((one for one in store.versions(folder) if one.number == version), None)
    )
    if found is None:
        raise store.StoreError(
            say("proof.nothing_published") if version is None else say("proof.not_kept", version=version)
        )
    known = store.plans_of(found)
    plan = speaking(known, Period.parse(period)) if period else known[-1]
    return Snapshot(plan, found, basis, period, clock.today())


def has_value(row: Any | None) -> bool:
    return row is not None and reading.state(row) == "value"
