"""The marts, in the order in which they read one another, and how they are brought up to date."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import duckdb

FOLDER = Path(__file__).with_name("marts")


@dataclass(frozen=True, slots=True)
class Mart:
    """One SELECT in marts/<name>.sql.

    kept: no, it is a view. Otherwise a table, rebuilt for the touched quarters ("period"), or for
    those and every later one ("later"), because its rows look at the quarter before or the baseline,
    or whole, and only when the baseline's own quarter was touched ("baseline"), because its rows stand
    on the plan and the baseline alone.
    """

    name: str
    kept: Literal["no", "period", "later", "baseline"] = "no"

    @property
    def sql(self) -> str:
        return (FOLDER / f"{self.name}.sql").read_text("utf-8")


MARTS = (
    Mart("due_day"),
    Mart("lock_state"),
    Mart("receipt_state"),
    Mart("current_receipt"),
    Mart("mart_base", kept="period"),
    Mart("verdict"),
    Mart("indicator_rule"),
    Mart("counted"),
    Mart("unit_value", kept="period"),
    Mart("coverage"),
    Mart("subject_value", kept="period"),
    Mart("baseline_value"),
    Mart("target_pace", kept="baseline"),
    Mart("plausible", kept="later"),
    Mart("city_range", kept="later"),
    Mart("case_verdict", kept="later"),
    Mart("unit_light"),
    Mart("each_light", kept="later"),
    Mart("city_value", kept="later"),
    Mart("city_light", kept="later"),
    Mart("like_for_like"),
    Mart("judged", kept="later"),
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
    files = [FOLDER.with_name("schema.sql"), *(FOLDER / f"{mart.name}.sql" for mart in MARTS)]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()


def build(con: duckdb.DuckDBPyConnection) -> None:
    """Make every mart anew."""
    for mart in MARTS:
        made = "view" if mart.kept == "no" else "table"
        con.execute(f"create or replace {made} {mart.name} as {mart.sql}")


def rebuild(con: duckdb.DuckDBPyConnection, touched: Iterable[str]) -> None:
    """Bring the kept marts up to date after facts or reviews of the quarters in `touched`."""
    quarters = sorted(touched)
    [baseline] = con.execute("select period from plan_period where is_baseline").fetchone() or [""]
    for mart in MARTS:
        if mart.kept == "no" or (mart.kept == "baseline" and baseline not in quarters):
            continue
        where, given = _stale(mart.kept, quarters)
        con.execute(f"delete from {mart.name} where {where}", given)
        con.execute(f"insert into {mart.name} select * from ({mart.sql}) where {where}", given)


def _stale(kept: str, quarters: list[str]) -> tuple[str, list[str]]:
    """Which rows are to be made anew, as a condition with its values."""
    if kept == "baseline":
        return "true", []
    if kept == "period":
        return f"period in ({', '.join('?' * len(quarters))})", quarters
    return "period >= ?", quarters[:1]
