"""Where several rows are equally good, the same one is taken whatever the order in which they lie."""

from __future__ import annotations

import random

import duckdb
import pytest

from warehouse import build

DENS = (13, 29, 31, 47, 53, 71, 97)
TABLES = """
create table plan_indicator (indicator varchar, scale integer, is_ratio boolean);
create table plausible (
    basis varchar, indicator varchar, period varchar, subject varchar,
    low_level double, high_level double, low_den double, high_den double
);
create table city_sum (
    basis varchar, indicator varchar, period varchar, answered integer, expected integer,
    numerator decimal(18,4), denominator decimal(18,4)
);
create table mart_base (
    basis varchar, period varchar, subject varchar, element varchar, state varchar, text varchar, load_id bigint, sheet varchar, cell varchar
);
create table plan_period (period varchar);
create table task_department (task integer, department varchar, position integer);
"""


def answers(mart: str, rows: list[tuple[str, tuple]]) -> set[tuple]:
    """What the mart says of these rows in forty orders."""
    [sql] = [one.sql for one in build.MARTS if one.name == mart]
    found = set()
    for seed in range(40):
        lain = random.Random(seed).sample(rows, len(rows))
        with duckdb.connect() as con:
            con.execute(TABLES)
            for table, row in lain:
                con.execute(f"insert into {table} values ({', '.join('?' * len(row))})", row)
            said = con.execute(f"select * from ({sql}) order by all").fetchall()
        found.add(tuple(round(cell, 6) if isinstance(cell, float) else cell for row in said for cell in row))
    return found


@pytest.mark.parametrize(("filed", "low", "high"), [((37, 37), 0.95, 1.0), ((0, 37), 0.0, 0.05), ((37, 74), 0.5, 0.5)])
def test_of_steps_that_give_the_same_ratio_the_lightest_is_kept(filed, low, high):
    at = ("filed", "share", "2021Q2")
    rows = [("plan_indicator", ("share", 100, True)), ("city_sum", (*at, 1, 1 + len(DENS), *filed))]
    for n, den in enumerate(DENS):
        rows += [("plausible", (*at, f"U{n}", low, high, den * 0.8, den * 1.2))]
    [(*_, low_num, low_den, high_num, high_den)] = answers("city_range", rows)
    least = round(filed[1] + 0.8 * sum(DENS), 6)
    tied = {1.0: (high_num, high_den), 0.0: (low_num, low_den), 0.5: (low_num, low_den)}[filed[0] / filed[1]]
    assert tied == (round(100 * least * filed[0] / filed[1], 6), least)


def test_without_a_status_the_first_cell_in_the_sheet_is_led_to():
    rows = [("plan_period", ("2021Q2",)), ("task_department", (3, "office", 1))]
    for entry, cell in (("done", "E10"), ("problem", "F9"), ("next", "G11")):
        rows.append(("mart_base", ("filed", "2021Q2", "office", f"task.3.{entry}", "value", entry, 1, "任务", cell)))
    [told] = answers("task_report", rows)
    assert "F9" in told and "E10" not in told and "G11" not in told
