"""The plans that a version holds side by side, each with the tables and marts of its own year in a schema of its own.

A quarter is judged for ever under the plan in whose year it lies: what comes later never touches the tables of that plan, but
where a return of one of its quarters is corrected. A version of a program that knew one plan only has no editions; its
tables lie in the main schema.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path

import duckdb

from catalogue.model import Plan
from warehouse import build, plan_tables
from warehouse.rows import insert_rows, one
from warehouse.versions import connections

SCHEMA = Path(__file__).parents[1] / "schema.sql"
PLAN_SCHEMA = SCHEMA.with_name("plan_schema.sql")
_COLUMNS = ("schema_name", "plan", "first", "last", "baseline", "plan_digest", "marts_digest")
_HELD = f"select {', '.join(_COLUMNS)} from edition order by last, first"
_OLD_TABLES = """
select table_name from duckdb_tables() where database_name = current_database() and schema_name = 'main' and list_contains(?, table_name)
"""
# A mart may have been kept as a table by one program, be a view of the next and none of the one after.
_ALL = """
select 'view', view_name from duckdb_views()
where database_name = current_database() and schema_name = $schema and not internal
union all
select 'table', table_name from duckdb_tables() where database_name = current_database() and schema_name = $schema
"""


@dataclass(frozen=True, slots=True)
class Edition:
    """A plan as it was issued, or after an amendment. schema: of its tables. plan: its code. first, last: the quarters for which it
    speaks; baseline: the one before, for
    which it speaks where no other does. digests: of the plan's files and of the SQL that made its marts."""

    schema: str
    plan: str
    first: str
    last: str
    baseline: str
    plan_digest: str
    marts_digest: str

    def __contains__(self, period: str) -> bool:
        return self.first <= period <= self.last


def held(con: duckdb.DuckDBPyConnection) -> tuple[Edition, ...]:
    """Oldest first; none in a version that knows one plan only."""
    try:
        return tuple(Edition(*row) for row in con.execute(_HELD).fetchall())
    except duckdb.CatalogException:
        return ()


def speaking(editions: Sequence[Edition], period: str | None) -> Edition | None:
    """The one that speaks for a quarter, the newest for None and for a quarter of which no plan knows; None where none is held."""
    if period is None or not editions:
        return editions[-1] if editions else None
    own = [one for one in editions if period in one]
    before = [one for one in editions if period == one.baseline]
    return (own or before[:1] or list(editions))[-1]


def use(con: duckdb.DuckDBPyConnection, edition: Edition | None) -> None:
    """From now on names of marts and plan tables mean those of this edition; those of the ledger are everybody's."""
    if edition is not None:
        con.execute(f"set search_path = '{_quoted(edition.schema)},main'")


def of_plan(plan: Plan) -> Edition:
    first, last, baseline = str(plan.since or plan.first), str(plan.speaks_until), str(plan.baseline_period)
    schema = f"plan_{plan.code}" + (f"_{plan.since}" if plan.since else "")
    return Edition(schema, plan.code, first, last, baseline, plan.digest, build.marts_digest())


def bring(con: duckdb.DuckDBPyConnection, plans: Iterable[Plan], fresh: bool) -> bool:
    """Make these plans' tables what their files say, and every edition's marts what the SQL of this program makes; False where
    nothing was out of date. The last of `plans` is in use afterwards."""
    wanted = [of_plan(plan) for plan in plans]
    before = held(con)
    if set(wanted) <= set(before) and all(one.marts_digest == build.marts_digest() for one in before):
        use(con, wanted[-1])
        return False
    con.execute(SCHEMA.read_text("utf-8"))
    con.execute("delete from format")
    con.execute("insert into format values (?)", [connections.FORMAT])
    if not before and not fresh:
        before = _brought_forward(con)
    by_schema = {one.schema: one for one in before} | {one.schema: one for one in wanted}
    for plan, edition in zip(plans, wanted, strict=True):
        if edition not in before:
            _write(con, plan, edition)
    for edition in by_schema.values():
        if edition not in before or edition.marts_digest != build.marts_digest():
            use(con, edition)
            con.execute(PLAN_SCHEMA.read_text("utf-8"))
            _drop_all(con, edition.schema, {name for name, _ in plan_tables.PLAN_TABLES})
            build.build(con)
            note(con, replace(edition, marts_digest=build.marts_digest()))
    show_outside(con)
    use(con, wanted[-1])
    return True


def _write(con: duckdb.DuckDBPyConnection, plan: Plan, edition: Edition) -> None:
    con.execute(f"create schema if not exists {_quoted(edition.schema)}")
    use(con, edition)
    con.execute(PLAN_SCHEMA.read_text("utf-8"))
    plan_tables.write_plan(con, plan)
    con.execute("delete from plan_file where schema_name = ?", [edition.schema])
    rows = [(edition.schema, name, content) for name, content in plan.files.items()]
    insert_rows(con, "plan_file", ("schema_name", "name", "content"), rows)


def note(con: duckdb.DuckDBPyConnection, edition: Edition) -> None:
    """That the version holds it."""
    con.execute("delete from edition where schema_name = ?", [edition.schema])
    insert_rows(con, "edition", _COLUMNS, [astuple(edition)])


def show_outside(con: duckdb.DuckDBPyConnection) -> None:
    """Every mart in the main schema too, of all years, and the tables of the newest plan, for who opens a file with a tool of their
    own. Nothing here reads them."""
    known = held(con)
    _drop_all(con, "main", ledger_tables())
    about_quarters = set(con.execute(_ABOUT_QUARTERS).fetchall())
    for mart in build.MARTS:
        parts = [
            _of_its_quarters(mart.name, edition, known)
            if (edition.schema, mart.name) in about_quarters
            # all of it where it is not about quarters
            else f"select * from {_quoted(edition.schema)}.{mart.name}"
            for edition in known
        ]
        told = " union all by name ".join(parts if " where " in parts[-1] else parts[-1:])
        con.execute(f"create or replace view main.{mart.name} as {told}")
    for table, _ in plan_tables.PLAN_TABLES:
        newest = f"{_quoted(known[-1].schema)}.{table}"
        con.execute(f"create or replace view main.{table} as select * from {newest}")


def _of_its_quarters(mart: str, edition: Edition, known: Sequence[Edition]) -> str:
    first = edition.baseline if edition is known[0] else edition.first
    return f"select * from {_quoted(edition.schema)}.{mart} where period between '{first}' and '{edition.last}'"


# One question for all: it looks at every table of the version, whatever is asked.
_ABOUT_QUARTERS = """
select schema_name, table_name from duckdb_columns() where database_name = current_database() and column_name = 'period'
"""


def _brought_forward(con: duckdb.DuckDBPyConnection) -> tuple[Edition, ...]:
    """A version of one plan: its plan tables move into a schema of their own, and its marts, made anew there, go."""
    tables = [name for name, _ in plan_tables.PLAN_TABLES]
    there = [name for (name,) in con.execute(_OLD_TABLES, [tables]).fetchall()]
    code, digest = con.execute("select plan, plan_digest from version_info order by number desc limit 1").fetchall()[0]
    first, last = one(con, "select min(period), max(period) from plan_period where not is_baseline")
    [baseline] = one(con, "select min(period) from plan_period")
    edition = Edition(f"plan_{code}", code, first, last, baseline, digest, "")
    con.execute(f"create schema {_quoted(edition.schema)}")
    for name in there:
        con.execute(f"create table {_quoted(edition.schema)}.{name} as from main.{name}")
    _drop_all(con, "main", ledger_tables())
    return (edition,)


def _drop_all(con: duckdb.DuckDBPyConnection, schema: str, but: Collection[str]) -> None:
    for kind, name in con.execute(_ALL, {"schema": schema}).fetchall():
        if name not in but:
            con.execute(f"drop {kind} {_quoted(schema)}.{name}")


def ledger_tables() -> set[str]:
    """Of the main schema: what every plan shares."""
    return set(re.findall(r"create table if not exists (\w+)", SCHEMA.read_text("utf-8")))


def _quoted(schema: str) -> str:
    return '"' + schema.replace('"', '""') + '"'
