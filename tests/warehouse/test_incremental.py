"""A publication makes only those rows anew that may have changed, and what stands then is what a full build gives."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from any_acts import KEPT, QUARTERS, START, acts, differing
from small_plan import small_plan
from warehouse_fixtures import House, a_fact, a_receipt

from catalogue.model import Unit
from warehouse import build, store


@pytest.mark.parametrize("seed", range(4))
def test_after_any_acts_in_any_order_the_marts_are_what_a_full_build_gives(tmp_path, seed):
    house, turn = House(tmp_path), acts(random.Random(seed))
    first = [next(turn) for _ in range(12)]
    house.publish(lambda writer: [act(writer) for act in first])
    for _ in range(6):
        house.publish(next(turn))
    assert differing(house) == []


@pytest.mark.parametrize(
    ("act", "rewritten"),
    [
        pytest.param(
            "A 2021Q2", {("2021Q2", "A"), ("2021Q3", "A")}, id="a return: its subject, its quarter and the next"
        ),
        pytest.param("A 2021Q4", {("2021Q4", "A")}, id="the last quarter has no next"),
        pytest.param(
            "A 2020Q4",
            {(quarter, "A") for quarter in (*QUARTERS, "2021Q4")},
            id="the baseline: its subject in every quarter",
        ),
    ],
)
def test_a_return_makes_only_its_own_subject_anew(tmp_path, act, rewritten):
    house = House(tmp_path)
    house.file("""
        unit | period | kids.public | kids | pupils
        B    | 2021Q1 |          40 |  100 |     10
    """)
    with store.scratch(store.newest(house.folder)) as con:
        mark = "update judged_unit set theme = 'as it was'"
        con.execute(mark)
        subject, period = act.split()
        con.execute(
            "insert into receipt select * replace (99 as load_id, ? as reporter, ? as period) from receipt",
            [subject, period],
        )
        con.execute(
            "insert into fact select * replace (99 as load_id, ? as subject, ? as period) from fact", [subject, period]
        )
        build.rebuild(con, [99])
        found = con.execute("select distinct period, subject from judged_unit where theme <> 'as it was'").fetchall()
    assert set(found) == rewritten


def test_what_makes_no_number_different_makes_no_mart_anew(tmp_path, monkeypatch):
    house = House(tmp_path)
    house.file("""
        unit | period | pupils
        A    | 2021Q1 |     10
    """)
    monkeypatch.setattr(build, "rebuild", lambda *given: pytest.fail("nothing was received, nothing was decided"))
    house.publish(lambda writer: writer.lock("2021Q1", "county", "", START, "reviewer"))


def test_a_load_of_very_many_subjects_gives_what_a_full_build_gives(tmp_path, monkeypatch, made_in_one_go):
    """Their names are not listed in the queries any more, and of those who report no more than a quarter is made at once."""
    house, make, made = House(tmp_path), build._make, []
    with monkeypatch.context() as few:
        few.setattr(build, "MANY", 2)
        few.setattr(build, "_make", lambda *given, **named: made.append(given) or make(*given, **named))
        house.file("""
            unit | period | kids.public | kids | pupils
            A    | 2020Q4 |          40 |  100 |     10
            A    | 2021Q1 |          44 |  100 |     20
            B    | 2021Q1 |          44 |  100 |     20
            C    | 2021Q3 |          44 |  100 |     20
        """)
    for mart in KEPT:
        of_this = {where for one, where in made if one.name == mart.name}
        assert mart.of == "city" or of_this == {f"period = '{period}'" for period in (*QUARTERS, "2021Q4")}
    assert differing(house) == []


def test_a_name_with_an_apostrophe_is_a_name(tmp_path):
    plan = small_plan()
    named = {"O'A": Unit(code="O'A", name="县", name_en="A", short="A", kind="county", tile=(0, 0)), **plan.units}
    indicators = {code: replace(one, units=(*one.units, "O'A")) for code, one in plan.indicators.items()}
    house = House(tmp_path, replace(plan, units=named, indicators=indicators))

    def change(writer):
        load_id = writer.add_receipt(a_receipt("O'A"))
        writer.add_facts(load_id, [a_fact("pupils", "10", "O'A")])

    house.publish()
    house.publish(change)
    assert house.row("pupils", "2021Q1", "O'A").value == 10
