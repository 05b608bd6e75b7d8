"""What the marts say, as DataFrames. `con`: a cursor from `store.open_version`.

Numbers are floats and a blank one is NaN; the marts judge on exact decimals before that. A blank text
is None: subject None is the whole city, commitment None an indicator nobody promised anything about.
Periods are texts like 2021Q3. basis: filed (what is filed counts, reviewed or not) or approved.
"""

from __future__ import annotations

from typing import Any

import duckdb
import pandas as pd

from warehouse import judged as judged_rows
from warehouse.frames import frame
from warehouse.judged import ALL as ALL
from warehouse.published import published
from warehouse.reads.progress import contributions as contributions
from warehouse.reads.progress import gaps as gaps
from warehouse.reads.progress import light_if as light_if
from warehouse.reads.progress import projection as projection
from warehouse.reads.progress import yardstick as yardstick
from warehouse.reads.returns import earlier_files as earlier_files
from warehouse.reads.returns import earlier_values as earlier_values
from warehouse.reads.returns import entries as entries
from warehouse.reads.returns import findings as findings
from warehouse.reads.returns import later_entries as later_entries
from warehouse.reads.returns import reasons as reasons
from warehouse.reads.returns import remarks as remarks
from warehouse.reads.returns import status as status
from warehouse.reads.returns import submissions as submissions
from warehouse.reads.tasks import milestones as milestones
from warehouse.reads.tasks import task_reports as task_reports
from warehouse.reads.tasks import tasks as tasks
from warehouse.rows import one

Con = duckdb.DuckDBPyConnection


def values(
    con: Con, period: str | None = None, subject: str | None = ALL, indicator: str | None = None, basis: str = "filed"
) -> pd.DataFrame:
    """Rows of the mart `judged`, in the plan's order, the city before its units.

    period, indicator None: every one. subject: a unit or department code, None for the city, ALL for everybody. measure
    knows the decimals with which the plan publishes the indicator (see catalogue.display.Measure).
    """
    given = {"basis": basis, "period": period, "indicator": indicator, "subject": subject}
    rows = judged_rows.judged(
        con, {name: value for name, value in given.items() if value is not None or name == "subject"}
    )
    return published(con, rows)


def suppressed(con: Con, period: str, basis: str = "filed") -> pd.DataFrame:
    """Rows of `judged` of one quarter about those whose answer is 保密: what a sentence about the city has to know of units."""
    return published(con, judged_rows.suppressed(con, period, basis))


def trend(con: Con, indicator: str, basis: str = "filed") -> pd.DataFrame:
    """As `values`, for one indicator through all its quarters, oldest first."""
    return values(con, None, ALL, indicator, basis)


def attention(con: Con, period: str, basis: str = "filed") -> pd.DataFrame:
    """City rows of `judged` that are red or yellow, with shortfall, strength_factor, quarters_left and weight.

    Red before yellow, then the weightiest first, then in the plan's order.
    """
    rows = judged_rows.of_city(
        con,
        lambda city: (
            f"""
        select j.*, a.shortfall, a.strength_factor, a.quarters_left, a.weight
        from attention as a
        join {city} as j on j.basis = a.basis and j.period = a.period and j.commitment = a.commitment
        join plan_commitment as c on c.commitment = a.commitment
        where a.basis = $basis and a.period = $period
        order by j.light <> 'red', a.weight desc, c.position
        """
        ),
        {"basis": basis, "period": period},
    )
    return published(con, rows)


def light_counts(con: Con, period: str, basis: str = "filed") -> pd.DataFrame:
    """Grain: light (green, yellow, red, grey, always all four). Commitments by their city row: promises, of these hard, soft."""
    return judged_rows.of_city(
        con,
        lambda city: (
            f"""
        select
            listed.light,
            count(c.commitment) as promises,
            count(c.commitment) filter (c.strength = 'hard') as hard,
            count(c.commitment) filter (c.strength = 'soft') as soft
        from (values ('green', 1), ('yellow', 2), ('red', 3), ('grey', 4)) as listed (light, position)
        left join {city} as j on j.light = listed.light and j.basis = $basis and j.period = $period
        left join plan_commitment as c on c.commitment = j.commitment
        group by listed.light, listed.position
        order by listed.position
        """
        ),
        {"basis": basis, "period": period},
    )


def source_cells(
    con: Con, indicator: str, period: str, subject: str | None = None, basis: str = "filed"
) -> pd.DataFrame:
    """The cells a number stands on, by unit, numerator before denominator. Grain: cell × part.

    Of the city (None): only the cells that are in its sums, 不适用 ones with a blank value. Of one
    subject: all its cells; entered is False where it answered only a part and so counts nowhere.
    """
    return frame(
        con,
        """
        select s.*
        from source as s
        left join plan_unit as u on u.unit = s.subject
        left join plan_element as e on e.element = s.element
        where s.basis = $basis and s.indicator = $indicator and s.period = $period
            and (s.subject = $subject or ($subject is null and s.entered))
        order by u.position, s.subject, s.part desc, e.line, s.element
        """,
        {"basis": basis, "indicator": indicator, "period": period, "subject": subject},
    )


def periods(con: Con) -> list[str]:
    """Quarters of the plan, the baseline among them, with at least one receipt; newest last."""
    rows = con.execute(
        "select period from plan_period semi join receipt_state as r on r.period = plan_period.period and r.state <> 'withdrawn' order by period"
    ).fetchall()
    return [period for (period,) in rows]


def info(con: Con) -> dict[str, Any]:
    """The version being read: number, published_at, note, by_whom, plan, plan_digest, periods (touched, with commas)."""
    names = ("number", "published_at", "note", "by_whom", "plan", "plan_digest", "periods")
    return dict(
        zip(names, one(con, f"select {', '.join(names)} from version_info order by number desc limit 1"), strict=True)
    )
