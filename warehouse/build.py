"""The marts, in the order in which they read one another, and how they are brought up to date."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import duckdb

FOLDER = Path(__file__).with_name("marts")
# From so many on, naming the subjects in a query costs more than the rows it spares.
MANY = 200
CITY = "city"


@dataclass(frozen=True, slots=True)
class Mart:
    """One SELECT in marts/<name>.sql.

    kept: no, it is a view. Otherwise a table, and a return that comes in makes those of its rows anew that may change by it:
    of its own quarter ("quarter"), or of that and the next, whose rows look at the one before ("next"); in either case
    of every quarter where it is the baseline's; or only then, because its rows stand on the plan and the baseline alone
    ("baseline"). of: the rows are about subjects that report, about the city, or about both; of the others' nothing changes.
    """

    name: str
    kept: Literal["no", "quarter", "next", "baseline"] = "no"
    of: Literal["subjects", "city", "both"] = "both"

    @property
    def sql(self) -> str:
        return (FOLDER / f"{self.name}.sql").read_text("utf-8")

    @property
    def order(self) -> str:
        """Rows that are asked for together lie together, so that a question reads a small part of a large table."""
        return "period" if self.of == "city" else "period, subject"


MARTS = (
    Mart("due_day"),
    Mart("lock_state"),
    Mart("receipt_state"),
    Mart("current_receipt"),
    Mart("mart_base", kept="quarter", of="subjects"),
    Mart("verdict"),
    Mart("indicator_rule"),
    Mart("counted"),
    Mart("unit_value", kept="quarter", of="subjects"),
    Mart("coverage"),
    Mart("city_sum", kept="quarter", of="city"),
    Mart("subject_value"),
    Mart("baseline_value"),
    Mart("target_pace", kept="baseline"),
    Mart("plausible", kept="next", of="subjects"),
    Mart("city_range", kept="next", of="city"),
    Mart("case_verdict", kept="next"),
    Mart("unit_light"),
    Mart("unit_change", kept="next", of="subjects"),
    Mart("each_unit", kept="next", of="subjects"),
    Mart("each_light", kept="next", of="city"),
    Mart("city_value", kept="next", of="city"),
    Mart("city_light", kept="next", of="city"),
    Mart("city_change"),
    Mart("like_for_like"),
    Mart("judged_unit", kept="next", of="subjects"),
    Mart("judged_city", kept="next", of="city"),
    Mart("judged_of_city"),
    Mart("judged"),
    Mart("attention"),
    Mart("contribution"),
    Mart("gap"),
    Mart("projection"),
    Mart("source"),
    Mart("reporting_status"),
    Mart("reporting_rate"),
    Mart("project_status"),
    Mart("task_report"),
    Mart("milestone_status"),
    Mart("task_status"),
)


@cache
def marts_digest() -> str:
    """Changes when any SQL file does, so that a version built by older marts is known."""
    files = [
        FOLDER.with_name("schema.sql"),
        FOLDER.with_name("plan_schema.sql"),
        *(FOLDER / f"{mart.name}.sql" for mart in MARTS),
    ]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()


def build(con: duckdb.DuckDBPyConnection) -> None:
    """Make every mart anew."""
    for mart in MARTS:
        if mart.kept == "no":
            con.execute(f"create or replace view {mart.name} as {mart.sql}")
        else:
            con.execute(f"create or replace table {mart.name} as select * from ({mart.sql}) order by {mart.order}")


def rebuild(con: duckdb.DuckDBPyConnection, load_ids: Sequence[int]) -> None:
    """Bring the kept marts up to date after these receipts came in, or something became of them."""
    touched = con.execute(_TOUCHED, [list(load_ids)]).fetchall()  # in quarters of the plan in use
    if not touched:
        return
    quarters = sorted({period for period, _ in touched})
    subjects = sorted({subject for _, subject in touched})
    known = con.execute("select period, previous, is_baseline from plan_period order by period").fetchall()
    every = any(is_baseline and period in quarters for period, _, is_baseline in known)
    own = [] if every else quarters
    later = [] if every else sorted({*quarters, *(period for period, previous, _ in known if previous in quarters)})
    for mart in MARTS:
        if mart.kept == "no" or (mart.kept == "baseline" and not every):
            continue
        where = _stale(mart, own if mart.kept == "quarter" else later, subjects)
        order = f"order by {mart.order}" if len(subjects) > MANY else ""
        con.execute(f"delete from {mart.name} where {where}")
        con.execute(f"insert into {mart.name} select * from ({mart.sql}) where {where} {order}")


# Whom the receipts are about, and those that stood or stand in their place.
_TOUCHED = """
select distinct f.period, f.subject
from receipt as t
join receipt as r on r.period = t.period and r.form = t.form and r.reporter = t.reporter
join fact as f on f.load_id = r.load_id
semi join plan_period as p on p.period = f.period
where list_contains(?, t.load_id)
"""


def _stale(mart: Mart, quarters: Sequence[str], subjects: Sequence[str]) -> str:
    """Which rows are to be made anew, as a condition. quarters: none for every one."""
    within = _one_of("period", quarters) if quarters else "true"
    if mart.of == "city" or len(subjects) > MANY:
        return within
    return f"{within} and {_one_of('subject', [*subjects, CITY] if mart.of == 'both' else subjects)}"


def _one_of(column: str, values: Sequence[str]) -> str:
    """Of two, as a range where nothing lies between them: that, too, reaches every table."""
    quoted = ["'" + value.replace("'", "''") + "'" for value in values]
    if len(quoted) == 1:
        return f"{column} = {quoted[0]}"
    if column == "period" and len(quoted) == 2:
        return f"period between {quoted[0]} and {quoted[1]}"
    return f"{column} in ({', '.join(quoted)})"
