"""Acts in any order (演示数据), and which kept marts are not what a full build gives after them."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from small_plan import COUNTIES, ELEMENTS, OFFICE
from warehouse_fixtures import House, a_fact, a_receipt

from warehouse import build, store

KEPT = [mart for mart in build.MARTS if mart.kept != "no"]
START = datetime(2021, 1, 5)
QUARTERS = ("2020Q4", "2021Q1", "2021Q2", "2021Q3")


def differing(house: House) -> list[str]:
    """Kept marts that are not what they are when everything is made anew."""
    with house.open() as con, store.scratch(store.newest(house.folder)) as full:
        build.build(full)
        return [mart.name for mart in KEPT if rows_of(con, mart.name) != rows_of(full, mart.name)]


def rows_of(con, table: str) -> list[tuple]:
    found = con.execute(f"select * from {table}").fetchall()
    return sorted((tuple(map(as_told, row)) for row in found), key=repr)


def as_told(value):
    """The last digits of a float depend on the order in which its parts were added."""
    return f"{value:.9g}" if isinstance(value, float) else value


def acts(dice: random.Random):
    """One act after another, as people do them: late quarters, corrections, decisions taken back, all of it in any order."""
    load_ids: list[int] = []
    for number in range(1_000):
        kind = dice.choice(["file", "file", "file", "file", "decide", "decide"]) if load_ids else "file"
        if kind == "decide":
            load_id, state = (
                dice.choice(load_ids),
                dice.choice(["approved", "returned", "withdrawn", "filed", "approved"]),
            )
            yield lambda writer, load_id=load_id, state=state: writer.review(load_id, state, START, "reviewer")
            continue
        reporter, period = dice.choice([*COUNTIES, "office"]), dice.choice(QUARTERS)
        elements = [code for code in ELEMENTS if (code in OFFICE) == (reporter == "office")]
        facts = [
            a_fact(code, dice.choice(["0", "1", "40", "90", "100", "/", "*", ""]), reporter, period)
            for code in elements
        ]
        receipt = a_receipt(
            reporter,
            period,
            START + timedelta(hours=number),
            form="department" if reporter == "office" else "county",
            sha256=f"{number}",
        )

        def change(writer, receipt=receipt, facts=facts):
            load_ids.append(writer.add_receipt(receipt))
            writer.add_facts(load_ids[-1], facts)

        yield change
