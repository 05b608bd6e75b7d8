"""What every number of a quarter stands on, and everything that was reported, read at once: for files that print them all."""

from __future__ import annotations

from collections.abc import Collection

import duckdb
import pandas as pd

from warehouse.frames import frame

Con = duckdb.DuckDBPyConnection


def sources(con: Con, period: str | None, basis: str = "filed") -> pd.DataFrame:
    """Rows of the mart `source`, by quarter, in the plan's order of indicators and units, numerator before denominator.

    period None: every quarter.
    """
    return frame(
        con,
        """
        select s.*
        from source as s
        join plan_indicator as i on i.indicator = s.indicator
        left join plan_unit as u on u.unit = s.subject
        left join plan_element as e on e.element = s.element
        where s.basis = $basis and ($period is null or s.period = $period)
        order by s.period, i.position, u.position, s.subject, s.part desc, e.line, s.element
        """,
        {"basis": basis, "period": period},
    )


def entries(
    con: Con,
    periods: Collection[str],
    basis: str = "filed",
    subject: str | None = None,
    elements: Collection[str] | None = None,
) -> pd.DataFrame:
    """Everything reported in these quarters that counts, blank cells aside. Grain: period × subject × element.

    state: value, na (不适用) or suppressed (保密). value: numbers; text: texts, choices and days. reviewed: how the receipt stands: filed, approved,
    locked. By quarter, the units in the plan's order before the departments, and as the forms have it. subject, elements None: all.
    """
    return frame(
        con,
        """
        select
            b.period, b.subject, b.element, b.state, b.value, b.text, b.sheet, b.cell,
            r.number, r.file_name, r.sha256, r.received_at, s.state as reviewed
        from mart_base as b
        join receipt as r on r.load_id = b.load_id
        join receipt_state as s on s.load_id = b.load_id
        left join plan_unit as u on u.unit = b.subject
        left join plan_element as e on e.element = b.element
        where b.basis = $basis and b.state <> 'blank' and list_contains($periods, b.period)
            and ($subject is null or b.subject = $subject)
            and ($elements is null or list_contains($elements, b.element))
        order by b.period, u.position, b.subject, r.form, e.sheet, e.line, b.element
        """,
        {
            "basis": basis,
            "periods": list(periods),
            "subject": subject,
            "elements": None if elements is None else list(elements),
        },
    )


def all_gaps(con: Con, period: str, basis: str = "filed") -> pd.DataFrame:
    """Rows of the mart `gap`, subject None for the city, in the plan's order."""
    return frame(
        con,
        """
        select g.* replace (nullif(g.commitment, '') as commitment, nullif(g.subject, 'city') as subject)
        from gap as g
        join plan_indicator as i on i.indicator = g.indicator
        left join plan_unit as u on u.unit = g.subject
        where g.basis = $basis and g.period = $period
        order by i.position, g.subject <> 'city', u.position, g.subject
        """,
        {"basis": basis, "period": period},
    )
