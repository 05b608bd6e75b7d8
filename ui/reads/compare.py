"""Cached reads of the compare screen: what a choice is compared with, and what the warehouse says of both moments.

With a quarter: two quarters of the version on show. With a version (v3): that version as a meeting had it before it,
against the version on show.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from actions import versions
from ui import reads
from ui.reads.kept import per_version
from warehouse import compare_periods, read, store

OTHERS = 12  # versions that nobody kept for a meeting, the newest of them


@dataclass(frozen=True, slots=True)
class Between:
    """From `then` to `now`, which are rows of `judged` about the city; moves, restated: see warehouse.compare_periods.

    period_then: the quarter the version of then had on show. city_restated: of that quarter as it stands now, where
    another version showed it; else empty. received, corrections: returns that came between two versions, None for
    two quarters. plan_changed: the plan's files were changed in between.
    """

    period_then: str
    period_now: str
    then: pd.DataFrame
    now: pd.DataFrame
    moves: pd.DataFrame
    restated: pd.DataFrame
    city_restated: pd.DataFrame
    received: int | None = None
    corrections: int | None = None
    plan_changed: bool = False


def options(period: str) -> list[str]:
    """Earlier quarters, newest first; then versions kept for meetings, then others: v3. All older than what is on show."""
    quarters = [code for code in reversed(reads.periods()) if code < period]
    kept = [f"v{one.version}" for one in reads.meetings() if one.version < reads.number()]
    others = [f"v{one.number}" for one in versions.listing() if one.number < reads.number()]
    on_disk = set(others)
    kept = [code for code in kept if code in on_disk]
    return [*quarters, *kept, *[code for code in others if code not in kept][:OTHERS]]


def newest_meeting() -> tuple[int, str] | None:
    """Number and title of the newest version kept for a meeting that is older than the newest; for a link compare?with=v1."""
    latest = reads.newest_version()
    if latest is None:
        return None
    on_disk = {one.number for one in versions.listing()}
    return next(
        (
            (one.version, one.title)
            for one in reads.meetings()
            if one.version < latest.number and one.version in on_disk
        ),
        None,
    )


def between(compared: str, basis: str, period: str) -> Between | None:
    """None where that version was written by a program too old to be compared."""
    number = int(compared[1:]) if compared.startswith("v") else 0
    meant = next((one.period for one in reads.meetings() if one.version == number), "") if number else compared
    return _between(number, meant, basis, period)


@per_version(32, by=reads.place)
def _between(number: int, meant: str, basis: str, period: str) -> Between | None:
    try:
        return _versions(number, meant, basis, period) if number else _quarters(meant, basis, period)
    except KeyError:
        return None


def _quarters(earlier: str, basis: str, period: str) -> Between:
    with reads.opened(reads.place()) as con, reads.opened(reads.place(earlier)) as before:
        then, now = compare_periods.moment(before, basis, earlier), compare_periods.moment(con, basis, period)
        moves = compare_periods.moves(con, then, now)
        return Between(
            earlier,
            period,
            then.city,
            now.city,
            moves,
            compare_periods.corrected(con, basis, (earlier, period)),
            then.city.iloc[:0],
        )


def _versions(number: int, meant: str, basis: str, period: str) -> Between:
    """The quarter of then: the one the meeting was about, else the newest that version had; never after the one of now."""
    folder = store.data_folder()
    older, newer = store.version(folder, number), store.version(folder, reads.number())
    known = reads.periods_of(older)
    earlier = min(meant if meant in known else known[-1], period)
    with store.open_version(older, earlier) as before, store.open_version(newer, period) as after:
        then, now = compare_periods.moment(before, basis, earlier), compare_periods.moment(after, basis, period)
        received, corrections = compare_periods.came_since(before, after)
        return Between(
            earlier,
            period,
            then.city,
            now.city,
            compare_periods.moves(after, then, now),
            compare_periods.restated_since(before, after, basis),
            _city(newer, earlier, basis),
            received,
            corrections,
            store.plan_digest(older, period) != store.plan_digest(newer, period),
        )


def _city(version: store.Version, period: str, basis: str) -> pd.DataFrame:
    with store.open_version(version, period) as con:
        return read.values(con, period, None, basis=basis)


def title(compared: str) -> str:
    """What a version was kept for; "" for a quarter, or for a version nobody kept."""
    return reads.frozen_title(int(compared[1:])) if compared.startswith("v") else ""
