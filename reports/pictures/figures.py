"""Every chart there is, by its name: drawn from a snapshot for a screen, a picture, a pack or a briefing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd
import plotly.graph_objects as go

from catalogue.wording import pick, say
from charts.aid import aid_alt, aid_per_pupil
from charts.alt import alt
from charts.contribution import contribution, contribution_alt, moves
from charts.county_bars import county_bars
from charts.investment import investment, investment_alt
from charts.matrix import matrix
from charts.project_timeline import project_timeline, timeline_alt
from charts.reporting_rate import rate_alt, reporting_rate
from charts.small_multiples import small_multiples, small_multiples_alt
from charts.stamp import stamped
from charts.targets import targets
from charts.theme import Mode, picture_name
from charts.tile_map import tile_map
from charts.trend import trend
from reports.proof import Proof, numbers_of, prove
from reports.snapshot import AID, Snapshot
from sentences import reading, works_words


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure, the name its PNG is saved under, and what it says to those who do not see it. drawn: None for a poster."""

    figure: go.Figure
    name: str
    alt: str
    drawn: InQuarter | None = None


@dataclass(frozen=True, slots=True)
class AskedChart:
    """kind: a key of KINDS. about: an indicator or a unit, "" for figures about all. subject: of a trend, None for the city."""

    kind: str
    about: str = ""
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class InQuarter:
    """One chart of one quarter, of the returns that count in `basis`."""

    asked: AskedChart
    period: str
    basis: str


Drawn = tuple[go.Figure, Callable[[], str]]  # figure, what it says
Draw = Callable[[Snapshot, AskedChart, Mode, bool], Drawn]


def draw(snapshot: Snapshot, asked: AskedChart, mode: Mode = "light", wide: bool = True) -> Picture:
    """Stamped. Raises KeyError for a kind, an indicator or a unit there is not."""
    figure, said = _drawn(snapshot, asked, mode, wide)
    return Picture(figure, named(snapshot, asked), said(), InQuarter(asked, snapshot.period, snapshot.basis))


def bare(snapshot: Snapshot, asked: AskedChart, proof: Proof | None = None) -> go.Figure:
    """As `draw`, for a picture that nobody reads out. proof: as of `proof_of`, for those who have it already."""
    return _drawn(snapshot, asked, "light", True, proof)[0]


def alt_of(snapshot: Snapshot, asked: AskedChart) -> str:
    """What a picture says to those who do not see it."""
    return _drawn(snapshot, asked, "light", True)[1]()


def _drawn(snapshot: Snapshot, asked: AskedChart, mode: Mode, wide: bool, proof: Proof | None = None) -> Drawn:
    with stamped((proof or proof_of(snapshot, asked)).stamp()):
        return KINDS[asked.kind](snapshot, asked, mode, wide)


def named(snapshot: Snapshot, asked: AskedChart) -> str:
    """What its PNG is called: 公办幼儿园在园幼儿占比_2021年第三季度."""
    plan, period = snapshot.plan, snapshot.period
    match asked.kind:
        case "rates":
            return picture_name("reporting_rate")
        case "multiples":
            return f"{picture_name('multiples', period)}_{pick(plan.units[asked.about])}"
        case "gap" | "change":
            return f"{picture_name(plan.indicators[asked.about])}_{picture_name(asked.kind, period)}"
        case "investment" | "timeline" | "aid":
            return picture_name(say(f"works.figure.{asked.kind}"), period)
        case "trend" | "county_bars" | "tile_map":
            name = picture_name(plan.indicators[asked.about], period)
            return f"{name}_{pick(plan.units[asked.subject])}" if asked.subject in plan.units else name
        case _:
            return picture_name(asked.kind, period)


def has(snapshot: Snapshot, asked: AskedChart) -> bool:
    """Whether the chart has something to show; one of gaps or changes has not where every unit has 0."""
    if asked.kind in ("gap", "change"):
        return moves(_parts(snapshot, asked), asked.kind)
    return True


def of_the_quarter(snapshot: Snapshot) -> Iterator[AskedChart]:
    """What a pack holds, in the plan's order."""
    yield from (AskedChart(kind) for kind in ("targets", "matrix", "rates"))
    if snapshot.plan.projects:
        yield from (AskedChart(kind) for kind in ("investment", "timeline"))
    yield AskedChart("aid")
    for code, indicator in snapshot.plan.indicators.items():
        yield AskedChart("trend", code)
        if reading.is_by_unit(indicator, snapshot.plan):
            yield from (AskedChart(kind, code) for kind in ("county_bars", "tile_map"))
        yield from (one for one in (AskedChart("gap", code), AskedChart("change", code)) if has(snapshot, one))
    yield from (AskedChart("multiples", unit) for unit in snapshot.plan.units)


def everything(snapshot: Snapshot) -> Iterator[AskedChart]:
    """Also the trends of single units, which a pack shows together: whatever a picture may have been taken of."""
    told = dict.fromkeys(of_the_quarter(snapshot))
    for code, indicator in snapshot.plan.indicators.items():
        told.update(dict.fromkeys(AskedChart(kind, code) for kind in ("tile_map", "gap", "change")))
        told.update(dict.fromkeys(AskedChart("trend", code, subject) for subject in indicator.units))
    return iter(told)


def proof_of(snapshot: Snapshot, asked: AskedChart) -> Proof:
    """Over the rows of `judged` it draws, in a fixed order. Of the figure about returns: none, it shows no value of an indicator."""
    rows = _rows_of(snapshot, asked)
    kind = ":".join(("chart", asked.kind, *filter(None, (asked.about, asked.subject))))
    return prove(
        kind, snapshot, (number for row in rows.itertuples(index=False, name="Row") for number in numbers_of(row))
    )


def _rows_of(snapshot: Snapshot, asked: AskedChart) -> pd.DataFrame:
    match asked.kind:
        case "trend":
            rows = reading.about(snapshot.of_indicator(asked.about), asked.subject)
            return rows[rows["period"] <= snapshot.period]
        case "multiples":
            rows = snapshot.of_subject(asked.about)
            return rows[rows["period"] <= snapshot.period]
        case "targets":
            numerals = [promise.id for promise in snapshot.plan.commitments.values() if promise.numeral]
            return of_quarter(snapshot.city[snapshot.city["commitment"].isin(numerals)], snapshot)
        case "matrix":
            return snapshot.now
        case "investment" | "timeline" | "rates":
            spent = (works_words.indicator_of(snapshot.plan, project, "invested") for project in snapshot.plan.projects)
            rows = _of_several(snapshot, [indicator.code for indicator in spent if indicator])
            rows = rows[rows["period"] <= snapshot.period]
            return rows.head(0) if asked.kind == "rates" else rows
        case "aid":
            return of_quarter(_of_several(snapshot, AID), snapshot)
        case _:
            return of_quarter(snapshot.of_indicator(asked.about), snapshot)


def of_quarter(rows: pd.DataFrame, snapshot: Snapshot) -> pd.DataFrame:
    """Those of the quarter itself."""
    return rows[rows["period"] == snapshot.period]


def _of_several(snapshot: Snapshot, indicators: Sequence[str]) -> pd.DataFrame:
    """In the order of `judged`: by quarter, then the plan's."""
    wanted = [code for code in snapshot.plan.indicators if code in indicators]
    found = [snapshot.of_indicator(code) for code in wanted]
    if not found:
        return snapshot.city.head(0)
    return pd.concat(found).sort_values("period", kind="stable", ignore_index=True)


def _of_indicator(snapshot: Snapshot, asked: AskedChart, mode: Mode, wide: bool) -> Drawn:
    plan, entry, promise = snapshot.plan, snapshot.plan.indicators[asked.about], snapshot.promise(asked.about)
    rows, period = snapshot.of_indicator(asked.about), snapshot.period
    ahead = snapshot.year_end(asked.about, asked.subject) if asked.kind == "trend" else None
    figure = {
        "trend": lambda: trend(rows, entry, promise, plan, asked.subject, ahead, mode=mode, period=period, wide=wide),
        "county_bars": lambda: county_bars(
            rows, entry, promise, plan, snapshot.gaps_of(asked.about), mode=mode, period=period, wide=wide
        ),
        "tile_map": lambda: tile_map(rows, entry, promise, plan, mode=mode, period=period, wide=wide),
    }[asked.kind]()
    return figure, lambda: _with_why(
        snapshot, asked, alt(asked.kind, rows, plan, entry, promise, period, subject=asked.subject, projected=ahead)
    )


def _with_why(snapshot: Snapshot, asked: AskedChart, said: str) -> str:
    """Behind what the figure shows: why its light is what it is."""
    told = snapshot.why(asked.about, asked.subject)
    return " ".join((said, say("why.sentence", told=told.title), told.short)) if told else said


def _parts(snapshot: Snapshot, asked: AskedChart) -> pd.DataFrame:
    return (snapshot.contributions_of if asked.kind == "change" else snapshot.gaps_of)(asked.about)


def _of_parts(snapshot: Snapshot, asked: AskedChart, mode: Mode, wide: bool) -> Drawn:
    plan, entry = snapshot.plan, snapshot.plan.indicators[asked.about]
    told = (
        snapshot.of_indicator(asked.about),
        _parts(snapshot, asked),
        entry,
        snapshot.promise(asked.about),
        plan,
        asked.kind,
    )
    return contribution(*told, mode=mode, period=snapshot.period, wide=wide), lambda: contribution_alt(
        *told, period=snapshot.period
    )


def _of_all(
    figure: Callable[..., go.Figure], said: Callable[..., str], rows_of: Callable[[Snapshot], pd.DataFrame]
) -> Draw:
    """A figure about all: `figure(rows, plan, mode, period=, wide=)`, in words `said(rows, plan, period=)`."""

    def drawn(snapshot: Snapshot, asked: AskedChart, mode: Mode, wide: bool) -> Drawn:
        plan, rows, period = snapshot.plan, rows_of(snapshot), snapshot.period
        return figure(rows, plan, mode, period=period, wide=wide), lambda: said(rows, plan, period=period)

    return drawn


def _of_rates(snapshot: Snapshot, asked: AskedChart, mode: Mode, wide: bool) -> Drawn:
    rows = snapshot.rates
    return reporting_rate(rows, snapshot.plan, mode, wide=wide), lambda: rate_alt(rows, snapshot.plan)


def _of_unit(snapshot: Snapshot, asked: AskedChart, mode: Mode, wide: bool) -> Drawn:
    plan, period, unit = snapshot.plan, snapshot.period, snapshot.plan.units[asked.about]
    rows = pd.concat([snapshot.city, snapshot.of_subject(asked.about)])
    return small_multiples(rows, plan, unit, mode, period=period, wide=wide), lambda: small_multiples_alt(
        rows, plan, unit, period
    )


def _investment(snapshot: Snapshot, asked: AskedChart, mode: Mode, wide: bool) -> Drawn:
    told = snapshot.projects, snapshot.together, snapshot.plan
    return investment(*told, mode, snapshot.period, wide), lambda: investment_alt(*told, snapshot.period)


def _timeline(snapshot: Snapshot, asked: AskedChart, mode: Mode, wide: bool) -> Drawn:
    told = snapshot.projects, snapshot.plan
    return project_timeline(*told, mode, snapshot.period, wide), lambda: timeline_alt(*told, snapshot.period)


def _aid(snapshot: Snapshot, asked: AskedChart, mode: Mode, wide: bool) -> Drawn:
    rows, plan, period = snapshot.per_head, snapshot.plan, snapshot.period
    money, heads = (snapshot.promise(code) for code in AID)
    return aid_per_pupil(rows, plan, money, heads, mode=mode, period=period, wide=wide), lambda: aid_alt(
        rows, plan, period
    )


KINDS: dict[str, Draw] = {
    "trend": _of_indicator,
    "county_bars": _of_indicator,
    "tile_map": _of_indicator,
    "gap": _of_parts,
    "change": _of_parts,
    "targets": _of_all(targets, partial(alt, "targets"), lambda snapshot: snapshot.told),
    "matrix": _of_all(matrix, partial(alt, "matrix"), lambda snapshot: snapshot.now),
    "rates": _of_rates,
    "multiples": _of_unit,
    "investment": _investment,
    "timeline": _timeline,
    "aid": _aid,
}
