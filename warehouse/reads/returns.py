"""Returns: who owes, who filed, what was found, what was reported before."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

import duckdb
import pandas as pd

from catalogue.period import Period
from warehouse.frames import frame
from warehouse.states import reason_of

LOOK_BACK = 4  # quarters


class GivenFor(NamedTuple):
    """A reason recorded with an entry; value exact."""

    subject: str
    element: str
    state: str
    value: Decimal | None
    text: str | None
    reason: str


class FiledEntry(NamedTuple):
    """One entry of a return on record, with the version of its form; value exact."""

    version: str
    subject: str
    element: str
    state: str
    value: Decimal | None
    text: str | None
    reason: str
    sheet: str
    cell: str


class EarlierValue(NamedTuple):
    """One number of an earlier quarter; exact."""

    period: str
    element: str
    subject: str
    value: Decimal


def status(con: duckdb.DuckDBPyConnection, period: str, today: date) -> pd.DataFrame:
    """Rows of the mart `reporting_status`: units in the plan's order, then the project and the department returns.

    late is True or False: a missing return is late once `today` is past the due day.
    """
    return frame(
        con,
        """
        select s.* replace (coalesce(s.late, $today::date > s.due) as late)
        from reporting_status as s
        left join plan_unit as u on u.unit = s.reporter
        where s.period = $period
        order by u.position, s.form desc, s.reporter
        """,
        {"period": period, "today": today.isoformat()},
    )


def submissions(con: duckdb.DuckDBPyConnection, reporter: str | None = None, period: str | None = None) -> pd.DataFrame:
    """Every receipt, newest first. Grain: receipt.

    state, decided_at, by_whom, reason: of its latest review. late: it came after the due day of its
    quarter. correction: why it was filed after an approval, else empty. speaks: it is the one that counts now. findings: how many were kept with it.
    """
    return frame(
        con,
        f"""
        with found as (select load_id, count(*) as findings from finding group by load_id)
        select
            r.load_id, r.number, r.period, r.form, r.reporter, r.kind, r.file_name, r.sha256, r.sender, r.received_at,
            coalesce(n.reason, '') as correction,
            e.due, coalesce(r.received_at::date > e.due, false) as late,
            s.state, s.decided_at, s.by_whom,
            case when s.decided_at is not null then {reason_of("s")} end as reason,
            c.load_id is not null as speaks,
            coalesce(f.findings, 0) as findings
        from receipt as r
        join receipt_state as s on s.load_id = r.load_id
        left join due_day as e on e.period = r.period and e.form = r.form and e.reporter = r.reporter
        left join current_receipt as c on c.load_id = r.load_id and c.basis = 'filed'
        left join correction as n on n.load_id = r.load_id
        left join found as f on f.load_id = r.load_id
        where ($reporter is null or r.reporter = $reporter) and ($period is null or r.period = $period)
        order by r.received_at desc, r.load_id desc
        """,
        {"reporter": reporter, "period": period},
    )


def findings(con: duckdb.DuckDBPyConnection, load_id: int) -> pd.DataFrame:
    """What was found in one return when it was accepted. Grain: finding."""
    return frame(con, "select * from finding where load_id = $load_id order by sheet, cell, rule", {"load_id": load_id})


def entries(
    con: duckdb.DuckDBPyConnection, form: str, reporter: str, period: str, basis: str = "filed"
) -> dict[tuple[str, str], tuple[str, Decimal | None, str | None]] | None:
    """(element, subject) -> (state, value, text) of the return that counts; None where none does. Values are exact."""
    load_ids = list(_speaking(con, form, reporter, [period], basis).values())
    asked = "select element, subject, state, value, text from fact where list_contains(?, load_id)"
    rows = con.execute(asked, [load_ids]).fetchall()
    return {(element, subject): (state, value, text) for element, subject, state, value, text in rows} or None


def reasons(con: duckdb.DuckDBPyConnection, load_id: int) -> list[GivenFor]:
    """The entries of one return that a reason was recorded with."""
    asked = "select subject, element, state, value, text, reason from fact where load_id = ? and reason <> ''"
    return [GivenFor(*row) for row in con.execute(asked, [load_id]).fetchall()]


def remarks(con: duckdb.DuckDBPyConnection, load_id: int) -> pd.DataFrame:
    """What reviewers said about entries of one return, with the latest decision that has any. Grain: entry."""
    return frame(
        con,
        """
        select * from remark
        where load_id = $load_id and event_id = (select max(event_id) from remark where load_id = $load_id)
        order by sheet, cell
        """,
        {"load_id": load_id},
    )


def _speaking(
    con: duckdb.DuckDBPyConnection, form: str, reporter: str, periods: list[str], basis: str = "filed"
) -> dict[str, int]:
    """period -> load_id of the return that counts. Facts lie in the order of their load_id, so that whoever asks for
    them by it reads only theirs, however many there are."""
    asked = """
        select period, load_id from current_receipt
        where basis = ? and form = ? and reporter = ? and list_contains(?, period)
    """
    return dict(con.execute(asked, [basis, form, reporter, periods]).fetchall())


def earlier_values(
    con: duckdb.DuckDBPyConnection, form: str, reporter: str, period: Period | str
) -> list[EarlierValue]:
    """The numbers this reporter filed on this form in the four quarters before `period`, oldest first."""
    load_ids = list(_speaking(con, form, reporter, _quarters_before(period)).values())
    asked = """
        select period, element, subject, value
        from fact
        where list_contains(?, load_id) and value is not null
        order by period, element, subject
    """
    return [EarlierValue(*row) for row in con.execute(asked, [load_ids]).fetchall()]


def earlier_files(
    con: duckdb.DuckDBPyConnection, form: str, reporter: str, period: Period | str
) -> list[tuple[str, str]]:
    """(period, SHA-256) of the file that stands for each of the four quarters before, where there is one; oldest first."""
    return con.execute(
        """
        select c.period, r.sha256
        from current_receipt as c
        join receipt as r on r.load_id = c.load_id
        where c.basis = 'filed' and c.form = ? and c.reporter = ? and list_contains(?, c.period)
        order by c.period
        """,
        [form, reporter, _quarters_before(period)],
    ).fetchall()


def later_entries(
    con: duckdb.DuckDBPyConnection, form: str, reporter: str, period: Period | str
) -> dict[str, list[FiledEntry]]:
    """What this reporter's returns on this form say that stand for the quarters after `period`, oldest first."""
    rows = con.execute(
        """
        select c.period, r.form_version, f.subject, f.element, f.state, f.value, f.text, f.reason, f.sheet, f.cell
        from current_receipt as c
        join receipt as r on r.load_id = c.load_id
        join fact as f on f.load_id = c.load_id and f.period = c.period
        where c.basis = 'filed' and c.form = ? and c.reporter = ? and c.period > ?
        order by c.period
        """,
        [form, reporter, str(period)],
    ).fetchall()
    found: dict[str, list[FiledEntry]] = {}
    for at, *entry in rows:
        found.setdefault(at, []).append(FiledEntry(*entry))
    return found


def _quarters_before(period: Period | str) -> list[str]:
    at = Period.parse(str(period))
    return [str(Period.from_ordinal(at.ordinal - n)) for n in range(1, LOOK_BACK + 1)]
