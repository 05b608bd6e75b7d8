"""How one unit's returns came in: on time, what was found in them, sent back, corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import pandas as pd
from markupsafe import Markup

from catalogue import clock
from catalogue.display import quarter
from catalogue.wording import say
from ui import reads
from ui.kit import figures, markup
from ui.reads.kept import per_version

Punctual = Literal["on_time", "late", "over", "pending"]
TINTS = {"on_time": "", "late": "yellow", "over": "red", "pending": ""}  # of the words


@dataclass(frozen=True, slots=True)
class Quarter:
    """One return owed. days: late, or overdue. found, explained: findings by severity in the receipt that stands."""

    period: str
    received: str
    punctual: Punctual
    days: int
    state: str
    found: Mapping[str, int]
    explained: Mapping[str, int]
    returned: int
    corrected: int


@dataclass(frozen=True, slots=True)
class Counted:
    """Over several quarters; owed: those whose day has come, or that were filed."""

    owed: int
    on_time: int
    late: int
    missing: int
    returned: int
    corrected: int


@per_version(64, by=(reads.edition, clock.today))
def of_unit(unit: str, until: str) -> tuple[Quarter, ...]:
    """The quarters of the plan up to `until` in which it owes a return, newest first."""
    receipts, findings = reads.submissions(unit), reads.finding_counts(unit)
    periods = [str(period) for period in reversed(reads.plan().periods) if str(period) <= until]
    owed = [row for period in periods if (row := reads.return_status(period, unit)) is not None]
    return tuple(_quarter(row, receipts, findings, clock.today()) for row in owed)


def _quarter(row: Any, receipts: pd.DataFrame, findings: pd.DataFrame, today: date) -> Quarter:
    came = row.state != "missing"
    first = row.first_at.date() if came else today
    days = max(0, (first - pd.Timestamp(row.due).date()).days)
    punctual: Punctual = ("late" if row.late else "on_time") if came else ("over" if row.late else "pending")
    mine = findings[findings["load_id"] == row.load_id]
    corrected = (receipts["period"] == row.period) & (receipts["correction"] != "")
    return Quarter(
        row.period,
        f"{row.first_at:%Y-%m-%d}" if came else "",
        punctual,
        days,
        row.state,
        dict(zip(mine["severity"], mine["found"], strict=True)),
        dict(zip(mine["severity"], mine["explained"], strict=True)),
        int(row.times_returned),
        int(corrected.sum()),
    )


def counted(quarters: Sequence[Quarter]) -> Counted:
    due = [one for one in quarters if one.punctual != "pending"]
    kinds = [one.punctual for one in due]
    return Counted(
        len(due),
        kinds.count("on_time"),
        kinds.count("late"),
        kinds.count("over"),
        sum(one.returned for one in due),
        sum(one.corrected for one in due),
    )


@per_version(64, by=(figures.key, clock.today))
def table(unit: str, until: str, caption: bool = True) -> Markup:
    """Grain: quarter, newest first."""
    quarters = of_unit(unit, until)
    heads = [
        say(f"county.quality.{name}")
        for name in ("period", "received", "punctual", "state", "blocks", "explain", "note", "returned", "corrected")
    ]
    told = counted(quarters)
    words = say(
        "county.quality.sum",
        on_time=told.on_time,
        late=told.late,
        missing=told.missing,
        returned=told.returned,
        corrected=told.corrected,
    )
    return markup.table(
        heads, [_cells(one) for one in quarters], "county-quality", (4, 5, 6, 7, 8), caption=words if caption else ""
    )


def _cells(one: Quarter) -> list[str]:
    blank = say("county.quality.nothing")
    came = one.state != "missing"
    kind = (
        one.punctual
        if one.punctual in ("on_time", "pending")
        else f"{one.punctual}_{'one' if one.days == 1 else 'many'}"
    )
    found = [str(one.found.get(severity, 0)) for severity in ("blocks", "explain", "note")]
    if one.found.get("explain"):
        found[1] = say("county.quality.explained", count=one.found["explain"], explained=one.explained["explain"])
    return [
        quarter(one.period),
        one.received or blank,
        markup.tag(say(f"county.quality.{kind}", days=one.days), TINTS[one.punctual]),
        say(f"state.{one.state}"),
        *(found if came else (blank,) * 3),
        str(one.returned) if came else blank,
        str(one.corrected) if came else blank,
    ]
