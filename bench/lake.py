"""A lake beside files: what a question and a publication cost as facts grow, and how many workbooks a second are read.

    python -m bench.lake --conninfo "host=/tmp/pg user=tester dbname=lake"      a city, 0.6, 6.5 and 51 million facts
    --sizes 8x4,35000x19 …                                                       units × quarters, 77 facts a return
    --full                                                                       1.1 thousand million facts too
    --draw                                                                       docs/lake.svg and its block in docs/figures.md

Facts are made up in SQL (演示数据): all quarters but the last three at once, then one after another. Needs an empty PostgreSQL
database that may be filled; the Parquet files go into a folder that is thrown away.
"""

from __future__ import annotations

import argparse
import logging
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

import psycopg
from python_calamine import CalamineWorkbook

from bench import page
from bench.browser import ROOT
from bench.many import plan_of
from bench.plots import curves
from catalogue.model import Plan
from etl import executor
from warehouse import read, store
from warehouse.lake import address, connections
from warehouse.versions.journal import TableRows
from warehouse.write import Writer

SIZES = ((8, 4), (1_000, 8), (5_000, 17), (35_000, 19))
FULL = ((290_000, 50),)
AIMS = ((3_000, 10), (7_000_000, 100), (50_000_000, 200), (1_200_000_000, 1_000))  # facts, ms
ASKED = 7
LAST = 3  # publications of one quarter that are timed
FILES = 300
_RECEIPTS = """
insert into receipt
select
    $first + row_number() over (order by unit), $period || '-' || unit || '-county-01', md5(unit || $period), unit || '.xlsx',
    'xlsx', 'county', '1', $plan, unit, $period, 'bench', last_day + interval 9 hour, '{}'
from plan_unit cross join plan_period
where plan_period.period = $period
"""
_FACTS = """
insert into fact
select
    r.load_id, r.period, r.reporter, e.element, 'value', hash(r.reporter || e.element || r.period) % 2000, null, '', '', e.sheet, 'D7'
from receipt as r cross join plan_element as e
where r.period = $period and e.form = 'county' and e.kind in ('integer', 'decimal')
order by r.reporter
"""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--conninfo", required=True)
    asked.add_argument("--sizes", default="", help="units x quarters, with commas: 8x4,1000x8")
    asked.add_argument("--full", action="store_true")
    asked.add_argument("--draw", action="store_true")
    given = asked.parse_args()
    logging.disable(logging.WARNING)
    os.environ.pop(address.VARIABLE, None)
    load, *_ = os.getloadavg()
    named = [tuple(map(int, size.split("x"))) for size in given.sizes.split(",") if size]
    sizes = named or [*SIZES, *(FULL if given.full else ())]
    found = []
    for n, (units, quarters) in enumerate(sizes):
        for one in of_size(given.conninfo, f"bench_{n}", units, quarters):
            print(one, flush=True)
            found.append(one)
    read_at = []
    for line in reading():
        print(line, flush=True)
        read_at.append(line)
    if given.draw:
        draw(found, read_at, load)


@dataclass(frozen=True, slots=True)
class Measured:
    """overview, one_unit: median milliseconds of a question. published: median seconds of a quarter of all units."""

    kept_in: str
    units: int
    quarters: int
    facts: int
    megabytes: float
    overview: float
    one_unit: float
    published: float

    def __str__(self) -> str:
        return (
            f"{self.kept_in:<6} {self.units:>7,} units × {self.quarters:>2} quarters: {self.facts:>13,} facts, {self.megabytes:,.0f} MB; "
            f"overview {self.overview:.0f} ms, one unit {self.one_unit:.0f} ms; a quarter published in {self.published:.1f} s"
        )

    @property
    def row(self) -> tuple[str, ...]:
        counts = (f"{self.facts:,}", f"{self.units:,}", str(self.quarters), self.kept_in, f"{self.megabytes:,.0f}")
        return (*counts, f"{self.overview:.0f}", f"{self.one_unit:.0f}", f"{self.published:.1f}")


def draw(measured: Sequence[Measured], read_at: Sequence[str], load: float) -> None:
    found = sorted(measured, key=lambda one: one.facts)
    shown: dict[str, list[tuple[float, float]]] = {}
    for one in found:
        shown.setdefault(one.kept_in, []).append((one.facts, one.overview))
    curves("lake", shown | {"aim": AIMS}, "facts", "the overview's question, ms", logarithmic=True)
    heads = ("facts", "units", "quarters", "kept in", "MB", "overview ms", "one unit ms", "a quarter published, s")
    picture = "![总览的查询随数据量 / the overview's question over the number of facts](lake.svg)"
    rows = page.table(heads, (one.row for one in found))
    page.write("lake", [picture, "", page.machine(load), "", *rows, "", *(f"- {line}" for line in read_at)])


def of_size(conninfo: str, schema: str, units: int, quarters: int) -> Iterator[Measured]:
    """The overview's question (the city's row of every promise in a quarter), one unit's, and one publication of a quarter."""
    with psycopg.connect(conninfo, autocommit=True) as con:
        con.execute(f"drop schema if exists {schema} cascade")
        con.execute(f"create schema {schema}")
    with tempfile.TemporaryDirectory(prefix="bench-lake-") as place:
        where = f"{address.PREFIX}{conninfo}?DATA_PATH '{place}/files/', META_SCHEMA '{schema}'"
        (Path(place) / "files").mkdir()
        plan = lasting(plan_of(units), quarters)
        for name, setting in (("files", ""), ("lake", where)):
            if name == "files" and units * quarters > 8_000:
                continue  # a version is copied whole at every publication: not what files are for
            os.environ[address.VARIABLE] = setting
            folder = Path(place) / name
            periods = list(map(str, plan.periods[:quarters]))
            filled(folder, plan, periods[:-LAST])
            took = [filled(folder, plan, [period]) for period in periods[-LAST:]]
            yield Measured(name, units, quarters, *asked_of(folder, plan), median(took))
        if found := address.configured():
            connections.forget(found)
        os.environ.pop(address.VARIABLE)


def lasting(plan: Plan, quarters: int) -> Plan:
    last = plan.first
    for _ in range(quarters - 1):
        last = last.following
    return replace(plan, last=max(last, plan.last), digest=f"{len(plan.units)} {quarters}", files={})


def filled(folder: Path, plan: Plan, periods: Sequence[str]) -> float:
    """Every unit's return of these quarters, as one publication; seconds."""

    def change(writer: Writer) -> None:
        [(first,)] = writer.rows("select coalesce(max(load_id), 0) from receipt")
        con: Any = writer._con
        for n, period in enumerate(periods):
            con.execute(_RECEIPTS, {"first": first + n * len(plan.units), "period": period, "plan": plan.code})
            con.execute(_FACTS, {"period": period})
        made = writer.rows("select load_id::varchar, number, sha256 from receipt where load_id > ?", [first])
        writer.written["receipt"] = TableRows(("load_id", "number", "sha256"), [list(row) for row in made])
        writer.touched.update(periods)

    begun = time.perf_counter()
    store.publish(folder, plan, change, note="bench", by="bench")
    return time.perf_counter() - begun


def asked_of(folder: Path, plan: Plan) -> tuple[int, float, float, float]:
    """Facts, megabytes, milliseconds of the overview's question and of one unit's."""
    version = store.latest(folder)
    period, unit = str(plan.periods[0]), next(iter(plan.units))
    with store.open_version(version) as con:
        facts = con.execute("select count(*) from fact").fetchall()[0][0]
        city = [spent(lambda: read.values(con, period, None)) for _ in range(ASKED)]
        one = [spent(lambda: read.values(con, period, unit)) for _ in range(ASKED)]
    return facts, store.space(folder).version_bytes / 2**20, median(city), median(one)


def spent(work: Any) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def reading() -> Iterator[str]:
    """Workbooks a second with one and two reading processes, against calamine alone."""
    paths = sorted((ROOT / "data/demo").rglob("*.xlsx"))
    contents = [(path.read_bytes()) for path in (paths * (FILES // len(paths) + 1))[:FILES]]
    begun = time.perf_counter()
    for path in (paths * (FILES // len(paths) + 1))[:FILES]:
        with CalamineWorkbook.from_path(path) as book:
            for sheet in book.sheet_names:
                book.get_sheet_by_name(sheet).to_python()
    bare = time.perf_counter() - begun
    yield f"bare calamine, one after another: {FILES / bare:.0f} workbooks/s"
    for workers in (1, 2):
        os.environ[executor.VARIABLE] = f"local:{workers}"
        begun = time.perf_counter()
        for _ in executor.read_all(contents):
            pass
        took = time.perf_counter() - begun
        yield f"read by {workers} confined process{'es' if workers > 1 else ''}: {FILES / took:.0f} workbooks/s, {took / bare:.1f} × bare"
    os.environ.pop(executor.VARIABLE)


if __name__ == "__main__":
    main()
