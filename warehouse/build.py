"""The marts, in the order in which they read one another, and how they are brought up to date."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import duckdb

from warehouse.rows import one

FOLDER = Path(__file__).with_name("marts")
# From so many on, naming the subjects in a query costs more than the rows it spares, and quarters are made one after another.
MANY = 200
CITY = "city"


@dataclass(frozen=True, slots=True)
class Mart:
    """One SELECT in marts/<name>.sql.

    kept: no, it is a view. Otherwise a table, and a return that comes in makes those of its rows anew that may change by it:
    of its own quarter ("quarter"), or of that and the next, whose rows look at the one before, and of every quarter where it
    is the baseline's ("next"); or only then, because its rows stand on the plan and the baseline alone ("baseline").
    of: the rows are about subjects that report, about the city, or about both; of the others' nothing changes. across: a row
    tells of both bases, filed and approved; those of any other mart that stands on `unit_value`, of their own alone.
    """

    name: str
    kept: Literal["no", "quarter", "next", "baseline"] = "no"
    of: Literal["subjects", "city", "both"] = "both"
    across: bool = False

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
    Mart("city_light", of="city"),
    Mart("city_value", of="city"),
    Mart("city_change"),
    Mart("like_for_like"),
    Mart("judged_unit", kept="next", of="subjects", across=True),
    Mart("judged_city", kept="next", of="city", across=True),
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
    """Make every mart anew. Of a plan of many who report, their rows quarter by quarter: all at once would fill the memory of a large
    machine."""
    [many] = one(con, "select count(*) > ? from plan_unit", [MANY])
    periods = [period for (period,) in con.execute("select period from plan_period order by period").fetchall()]
    for mart in MARTS:
        if mart.kept == "no":
            con.execute(f"create or replace view {mart.name} as {mart.sql}")
            continue
        apart = many and mart.of != "city"
        rows = "limit 0" if apart else f"order by {mart.order}"
        con.execute(f"create or replace table {mart.name} as select * from ({mart.sql}) {rows}")
        for period in periods if apart else ():
            con.execute(_make(mart, _one_of("period", [period]), ordered=True))


@dataclass(frozen=True, slots=True)
class MartQuestion:
    """A question that reads rows of one mart in one quarter about those who report, and no row about the city."""

    mart: str
    period: str


@dataclass(frozen=True, slots=True)
class _Touched:
    """bases: those on which anything changed; none for both."""

    quarters: Collection[str]
    subjects: Collection[str]
    bases: Collection[str] = ()


def rebuild(con: duckdb.DuckDBPyConnection, load_ids: Sequence[int], asked: MartQuestion | None = None) -> None:
    """Bring the kept marts up to date after these receipts came in, or something became of them.

    What stands on `unit_value` is made anew only where that changed: an approval leaves the basis filed alone, a return
    not yet approved the basis approved, a report on tasks both. asked: only what that question reads.
    """
    pairs = con.execute(_TOUCHED, [list(load_ids)]).fetchall()  # in quarters of the plan in use
    touched = _Touched({period for period, _ in pairs}, {subject for _, subject in pairs})
    known = con.execute("select period, previous, is_baseline from plan_period order by period").fetchall()
    wanted = stands_on(asked.mart) if asked else {mart.name for mart in MARTS}
    for mart in MARTS:
        if not touched.subjects:
            return
        if mart.kept == "no" or mart.name not in wanted or (asked and mart.of == "city"):
            continue
        every = any(is_baseline and period in touched.quarters for period, _, is_baseline in known)
        if mart.kept == "baseline" and not every:
            continue
        quarters = _quarters(mart, touched.quarters, known, every, asked)
        many = len(touched.subjects) > MANY
        apart = [{period} for period in sorted(quarters) or [period for period, *_ in known]]
        for some in apart if many and mart.of != "city" else [quarters]:
            where = _stale(mart, some, touched)
            drop, make = _drop(mart, where), _make(mart, where, ordered=many)
            if mart.name == "unit_value" and not many:
                touched = _moved(con, where, drop, make)
            else:
                con.execute(drop)
                con.execute(make)


def _drop(mart: Mart, where: str) -> str:
    return f"delete from {mart.name} where {where}"


def _make(mart: Mart, where: str, ordered: bool) -> str:
    order = f" order by {mart.order}" if ordered else ""
    return f"insert into {mart.name} select * from ({mart.sql}) where {where}{order}"


@cache
def stands_on(name: str) -> frozenset[str]:
    """A mart and all the marts it reads, whether itself or by way of another; a mart reads only those before it."""
    at = [mart.name for mart in MARTS].index(name)
    read = {mart.name for mart in MARTS[:at]} & set(re.findall(r"\b(?:from|join) (\w+)", MARTS[at].sql))
    return frozenset({name}.union(*map(stands_on, read)))


def _moved(con: duckdb.DuckDBPyConnection, where: str, drop: str, make: str) -> _Touched:
    """Carry out both on `unit_value`; where what stands now is not what stood before. A lake has no RETURNING."""
    told = "select basis, period, subject, row(indicator, state, numerator, denominator)::varchar from unit_value"
    asked = f"{told} where {where}"
    before = set(con.execute(asked).fetchall())
    con.execute(drop)
    con.execute(make)
    changed = before ^ set(con.execute(asked).fetchall())
    return _Touched(*({row[n] for row in changed} for n in (1, 2, 0)))


# Whom the receipts are about, and those that stood or stand in their place.
_TOUCHED = """
select distinct f.period, f.subject
from receipt as t
join receipt as r on r.period = t.period and r.form = t.form and r.reporter = t.reporter
join fact as f on f.load_id = r.load_id
semi join plan_period as p on p.period = f.period
semi join (select unnest(?::bigint[]) as load_id) as named on named.load_id = t.load_id
"""


def _quarters(
    mart: Mart,
    touched: Collection[str],
    known: Sequence[tuple[str, str, bool]],
    every: bool,
    asked: MartQuestion | None,
) -> Collection[str]:
    """In which its rows are to be made anew; none for every one."""
    if mart.kept == "quarter":
        return touched
    if asked:
        return {asked.period}
    return set() if every else {*touched, *(period for period, previous, _ in known if previous in touched)}


def _stale(mart: Mart, quarters: Collection[str], touched: _Touched) -> str:
    """Which rows are to be made anew, as a condition."""
    terms = [_one_of("period", sorted(quarters))] if quarters else []
    if mart.of != "city" and len(touched.subjects) <= MANY:
        terms.append(_one_of("subject", [*sorted(touched.subjects), *([CITY] if mart.of == "both" else [])]))
    if len(touched.bases) == 1 and not mart.across:
        terms.append(_one_of("basis", list(touched.bases)))
    return " and ".join(terms or ["true"])


def _one_of(column: str, values: Sequence[str]) -> str:
    """Of two, as a range where nothing lies between them: that, too, reaches every table."""
    quoted = ["'" + value.replace("'", "''") + "'" for value in values]
    if len(quoted) == 1:
        return f"{column} = {quoted[0]}"
    if column == "period" and len(quoted) == 2:
        return f"period between {quoted[0]} and {quoted[1]}"
    return f"{column} in ({', '.join(quoted)})"
