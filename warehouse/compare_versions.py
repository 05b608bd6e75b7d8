"""What one version says that an earlier one does not. Each is read where it lies, by a cursor of its own.

A file carries the tables and views of the program that wrote it: those of `NEWER` may be missing in an old one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import pandas as pd

from warehouse.questions import Ask, asking
from warehouse.rows import one
from warehouse.states import reason_of

Con = duckdb.DuckDBPyConnection
Owed = tuple[str, str, str]  # period, form, reporter

NEEDED = ("receipt", "receipt_state", "review", "fact", "judged", "indicator_part", "expected_return")
NEWER = ("correction", "quarter_lock", "lock_state", "deadline_change", "due_day")

VALUE_COLUMNS = (
    "basis",
    "indicator",
    "commitment",
    "period",
    "subject",
    "measure",
    "then",
    "now",
    "light_then",
    "light_now",
    "numbers",
    "corrections",
)
_NAMES = "select table_name from information_schema.tables"
_RECEIPTS = """
select r.load_id, r.number, r.period, r.form, r.reporter, r.received_at, r.sender, r.file_name, s.state
from receipt as r
join receipt_state as s on s.load_id = r.load_id
where r.load_id > $last
order by r.load_id
"""
_REVIEWS = f"""
select v.decided_at as at, v.by_whom as who, v.state as what, r.number, r.period, r.form, r.reporter,
    null::date as due, {reason_of("v")} as reason
from review as v
join receipt as r on r.load_id = v.load_id
where v.event_id > $last
"""
_LOCKS = """
select decided_at as at, by_whom as who, case when locked then 'quarter_locked' else 'quarter_opened' end as what,
    '' as number, period, form, reporter, null::date as due, coalesce(reason, '') as reason
from quarter_lock
where event_id > $last
"""
_DUES = """
select decided_at as at, by_whom as who, 'deadline_moved' as what, '' as number, period, form, reporter, due, reason
from deadline_change
where event_id > $last
"""
_DECISIONS = (("review", _REVIEWS), ("quarter_lock", _LOCKS), ("deadline_change", _DUES))
_JUDGED = "select basis, indicator, commitment, period, subject, measure, value::double, light from judged"
# What a receipt leaves out that an earlier one of the same return had moves a value too.
_FED = """
select distinct p.indicator, f.period, f.subject, t.load_id
from receipt as t
join receipt as r on r.form = t.form and r.reporter = t.reporter and r.period = t.period
join fact as f on f.load_id = r.load_id
join indicator_part as p on p.element = f.element
where list_contains($loads, t.load_id)
order by t.load_id
"""


@dataclass(frozen=True, slots=True)
class Ledger:
    """How everything stands in one version. states: load_id -> state; locks, dues: by return owed."""

    states: dict[int, str]
    locks: dict[Owed, bool]
    dues: dict[Owed, date]


def lacking(ask: Ask) -> tuple[str, ...]:
    """Those of NEWER that the file does not have; all of NEEDED are there, or KeyError with the first that is not."""
    there = {name for (name,) in ask(_NAMES)}
    for name in NEEDED:
        if name not in there:
            raise KeyError(name)
    return tuple(name for name in NEWER if name not in there)


def _knows(ask: Ask, table: str) -> bool:
    return (table,) in ask(_NAMES)


def ledger(ask: Ask) -> Ledger:
    """Of the returns owed under every plan. Without locks nothing is locked; without moved deadlines those of the plan stand."""
    gone = lacking(ask)
    held = [f'"{name}".' for (name,) in ask("select schema_name from edition")] if _knows(ask, "edition") else [""]
    states: dict[int, str] = dict(ask("select load_id, state from receipt_state"))
    due = "expected_return" if "due_day" in gone else "due_day"
    dues = [row for schema in held for row in ask(f"select period, form, reporter, due from {schema}{due}")]
    locks = []
    if "lock_state" not in gone:
        locks = [
            row for schema in held for row in ask(f"select period, form, reporter, locked from {schema}lock_state")
        ]
    return Ledger(
        {int(load_id): state for load_id, state in states.items()},
        {(period, form, reporter): locked for period, form, reporter, locked in locks},
        {(period, form, reporter): due for period, form, reporter, due in dues},
    )


def receipts_since(earlier: Con, later: Con) -> pd.DataFrame:
    """Receipts that only the later version has, in the order they came, with their state there.

    correction: why one was filed after an approval, else "".
    """
    rows = later.execute(_RECEIPTS, {"last": _last(earlier, "receipt", "load_id")}).df()
    reasons = _corrections(later)
    return rows.assign(
        correction=pd.Series([reasons.get(int(n), "") for n in rows["load_id"]], index=rows.index, dtype=object)
    )


def decisions_since(earlier: Con, later: Con) -> pd.DataFrame:
    """What was decided in between, oldest first. Columns: at, who, what, number, period, form, reporter, due, reason.

    what: a state of a receipt, quarter_locked, quarter_opened (form; reporter "" is everybody) or deadline_moved (due).
    """
    there = {name for (name,) in later.execute(_NAMES).fetchall()}
    found = [
        later.execute(sql, {"last": _last(earlier, table, "event_id")}).df()
        for table, sql in _DECISIONS
        if table in there
    ]
    filled = [rows for rows in found if len(rows)]
    rows = pd.concat(filled, ignore_index=True) if filled else found[0]
    return rows.sort_values("at", kind="stable", ignore_index=True)


def differing_values(earlier: Con, later: Con) -> pd.DataFrame:
    """Judged rows whose value or light is another. Grain and blanks as in `judged`; columns VALUE_COLUMNS.

    numbers, corrections: tuples, the receipts that explain it (filed or decided about in between, and feeding this
    indicator; of this quarter, else of another one that it is held against) and the reasons given with them.
    """
    then, now = _judged(earlier), _judged(later)
    fed, numbers, reasons = _fed(earlier, later), _numbers(later), _corrections(later)
    found = []
    for key in dict.fromkeys((*now, *then)):
        before, after = then.get(key), now.get(key)
        if before is not None and after is not None and before[2] == after[2] and _same(before[1], after[1]):
            continue
        known = after or before
        assert known is not None, key
        basis, indicator, commitment, period, subject = key
        loads = _explaining(fed.get(indicator, []), period, subject)
        found.append(
            (
                basis,
                indicator,
                commitment,
                period,
                subject,
                known[0],
                *((row[1] if row else None) for row in (before, after)),
                *((row[2] if row else None) for row in (before, after)),
                tuple(numbers[load] for load in loads),
                tuple(reasons[load] for load in loads if reasons.get(load)),
            )
        )
    rows = pd.DataFrame(found, columns=list(VALUE_COLUMNS), dtype=object)  # so that a blank text stays None
    return rows.astype({"then": "float64", "now": "float64"})


def _judged(con: Con) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """basis, indicator, commitment, period, subject -> measure, value, light."""
    return {tuple(row[:5]): tuple(row[5:]) for row in con.execute(f"{_JUDGED} order by all").fetchall()}


def _same(before: float | None, after: float | None) -> bool:
    """Both blank, or equal but for the last bit of a division."""
    if before is None or after is None:
        return before is after
    return math.isclose(before, after, rel_tol=1e-12, abs_tol=1e-12)


def _fed(earlier: Con, later: Con) -> dict[str, list[tuple[str, str, int]]]:
    """indicator -> (period, subject, load_id) of what was filed or decided about in between."""
    before = ledger(asking(earlier)).states
    after = ledger(asking(later)).states
    touched = [load for load, state in after.items() if before.get(load) != state]
    found: dict[str, list[tuple[str, str, int]]] = {}
    for indicator, period, subject, load in later.execute(_FED, {"loads": touched}).fetchall():
        found.setdefault(indicator, []).append((period, subject, load))
    return found


def _explaining(fed: list[tuple[str, str, int]], period: str, subject: str | None) -> list[int]:
    about = [(at, load) for at, who, load in fed if subject is None or who == subject]
    same_quarter = [load for at, load in about if at == period]
    return list(dict.fromkeys(same_quarter or (load for _, load in about)))


def _numbers(con: Con) -> dict[int, str]:
    return dict(con.execute("select load_id, number from receipt").fetchall())


def _corrections(con: Con) -> dict[int, str]:
    if "correction" in lacking(asking(con)):
        return {}
    return dict(con.execute("select load_id, reason from correction").fetchall())


def _last(con: Con, table: str, column: str) -> int:
    """0 where the table is empty, or is not there."""
    if table not in {name for (name,) in con.execute(_NAMES).fetchall()}:
        return 0
    highest: int = one(con, f"select coalesce(max({column}), 0) from {table}")[0]
    return highest
