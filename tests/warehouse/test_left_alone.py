"""What an act cannot have changed is not made anew, and what it changed is: told by a mark set before the act."""

from __future__ import annotations

import random
import shutil
from datetime import datetime

import pytest
from any_acts import acts, differing
from small_plan import COUNTIES
from warehouse_fixtures import House, a_fact, a_receipt, whole_quarter

from warehouse import build, read, store
from warehouse.versions import editions

AFTER = [mart for mart in build.MARTS[1:] if mart.kept != "no" and mart.name not in ("mart_base", "unit_value")]
KIDS = "kids.public | kids | groups | alarms | sites"
MARKED = {"unit_change": "change", "judged_unit": "filed", "each_unit": "low_weight", "city_range": "low_num"}
MARK = -777


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A and B have filed for 2021Q2, A's is approved; C is missing. Looked at only."""
    house = House(tmp_path_factory.mktemp("house"))
    house.file(whole_quarter(KIDS, "2021Q1", *["40 | 100 | 2 | 5 | 5"] * 3), approve=True)
    house.file(f"unit | period | {KIDS}\nA | 2021Q2 | 50 | 100 | 3 | 4 | 5", approve=True)
    house.file(f"unit | period | {KIDS}\nB | 2021Q2 | 50 | 100 | 3 | 4 | 5")
    return house


def made_anew(house: House, change) -> set[tuple[str, str]]:
    """(mart, basis) of which a row of 2021Q2 about A or the city was made anew by the act."""
    with store.scratch(store.newest(house.folder)) as con:
        there = {}
        for mart, column in MARKED.items():
            con.execute(f"update {mart} set {column} = {MARK}")
            there[mart] = _marked(con, mart, column)
        writer = store.Writer(con)
        change(writer)
        build.rebuild(con, writer.loads())
        return {
            (mart, basis)
            for mart, column in MARKED.items()
            for basis, rows in there[mart].items()
            if _marked(con, mart, column).get(basis, 0) < rows
        }


def _marked(con, mart: str, column: str) -> dict[str, int]:
    whose = "" if mart == "city_range" else "and subject = 'A'"
    asked = f"select basis, count(*) from {mart} where {column} = {MARK} and period = '2021Q2' {whose} group by all"
    return dict(con.execute(asked).fetchall())


def filing(value: str, reporter: str = "A", element: str = "kids.public", words: str = ""):
    """As A filed, but for one value, and words about a task."""
    told = {"kids.public": "50", "kids": "100", "groups": "3", "alarms": "4", "sites": "5"} | {element: value}

    def change(writer):
        load_id = writer.add_receipt(a_receipt(reporter, "2021Q2", datetime(2021, 8, 1)))
        writer.add_facts(load_id, [a_fact(code, one, reporter, "2021Q2") for code, one in told.items()])
        writer.add_facts(load_id, [a_fact("task.1.next", None, reporter, "2021Q2", text=words)] if words else [])

    return change


def test_a_return_not_yet_approved_leaves_what_is_approved_alone(house):
    # a row of judged_unit tells how many filed and how many are approved, whatever its basis
    filed = {(mart, "filed") for mart in MARKED}
    assert made_anew(house, filing("60")) == filed | {("judged_unit", "approved")}


def test_an_approval_leaves_what_is_filed_alone(house):
    [[load_id]] = house.ask(lambda con: con.execute("select load_id from receipt order by load_id desc").fetchmany(1))
    found = made_anew(house, lambda writer: writer.review(load_id, "approved", datetime(2021, 8, 1), "reviewer"))
    assert {one for one in found if one[1] == "filed"} <= {("judged_unit", "filed")} and (
        "city_range",
        "approved",
    ) in found


def test_an_approved_return_that_is_sent_back_is_made_anew_on_both(house):
    with house.open() as con:
        asked = "select load_id from receipt where reporter = 'A' and period = '2021Q2'"
        [[load_id]] = con.execute(asked).fetchall()
    found = made_anew(house, lambda writer: writer.review(load_id, "returned", datetime(2021, 8, 1), "reviewer"))
    assert found == {(mart, basis) for mart in MARKED for basis in ("filed", "approved")}


def test_the_same_values_again_make_nothing_anew_but_the_cells_they_stand_on(house, tmp_path):
    assert made_anew(house, filing("50")) == set()
    shutil.copytree(house.folder, tmp_path / "again")
    again = House(tmp_path / "again")
    again.publish(filing("50"))
    with again.open() as con:
        asked = "select max(load_id) = (select max(load_id) from receipt) from mart_base where subject = 'A'"
        assert con.execute(asked).fetchone() == (True,)
    assert differing(again) == []


def test_words_that_no_indicator_counts_make_nothing_anew(house):
    assert made_anew(house, filing("50", words="下季度验收")) == set()


def test_whatever_stands_on_the_values_of_units_stands_on_no_entry_beside_them():
    """Else it might change where `unit_value` does not, which is all that is looked at."""
    for mart in AFTER:
        beside = _reached(mart.name) & {"mart_base", "current_receipt", "receipt_state", "due_day", "lock_state"}
        assert not beside, (mart.name, beside)
        assert "unit_value" in build.stands_on(mart.name), mart.name


def _reached(name: str) -> set[str]:
    """As `build.stands_on`, without what is reached only by way of `unit_value`."""
    if name == "unit_value":
        return {name}
    direct = {one for one in build.stands_on(name) - {name} if one in _names_in(name)}
    return {name}.union(*map(_reached, direct))


def _names_in(name: str) -> set[str]:
    [mart] = [mart for mart in build.MARTS if mart.name == name]
    return set(mart.sql.replace(",", " ").replace("\n", " ").split())


def test_a_rehearsal_that_asks_about_one_unit_finds_what_a_publication_would_show(tmp_path):
    house, turn = House(tmp_path), acts(random.Random(1))
    first = [next(turn) for _ in range(14)]
    house.publish(lambda writer: [act(writer) for act in first])
    for period in ("2020Q4", "2021Q2"):
        act = next(turn)

        def ask(con, period=period):
            return {subject: read.values(con, period, subject).astype(str).values.tolist() for subject in COUNTIES}

        told = store.rehearse(house.folder, house.plan, act, ask, store.MartQuestion("judged_unit", period))
        before = store.newest(house.folder).number
        house.publish(act)
        assert store.newest(house.folder).number == before + 1
        assert told == house.ask(ask)


def test_a_rehearsal_makes_only_what_is_asked_about_anew(house):
    def city(con):
        editions.use(con, editions.held(con)[-1])
        return con.execute("select value from judged_city where indicator = 'pupils' and period = '2021Q2'").fetchall()

    before = house.ask(city)
    act = filing("9", element="pupils")
    assert store.rehearse(house.folder, house.plan, act, city, store.MartQuestion("judged_unit", "2021Q2")) == before
    assert store.rehearse(house.folder, house.plan, act, city) != before
