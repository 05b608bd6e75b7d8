"""Which receipt speaks, how far the returns have come, and the way back to the cell."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from warehouse_fixtures import House, a_fact, a_receipt

from warehouse import read


@pytest.fixture
def house(tmp_path):
    return House(tmp_path)


def pupils(house: House, value: str, received: datetime, unit: str = "A", period: str = "2021Q1") -> int:
    [load_id] = house.file(f"unit | period | pupils\n{unit} | {period} | {value}", received)
    return load_id


MORNING, NOON, EVENING = (datetime(2021, 4, 5, hour) for hour in (8, 12, 18))


def spoken(house: House, basis: str = "filed") -> float:
    return house.row("pupils", "2021Q1", "A", basis).value


def test_a_correction_replaces_what_came_before(house):
    pupils(house, "10", MORNING)
    pupils(house, "20", NOON)
    assert spoken(house) == 20


def test_an_older_file_loaded_again_later_does_not_beat_its_correction(house):
    pupils(house, "20", NOON)
    pupils(house, "10", MORNING)
    assert spoken(house) == 20


def test_of_two_received_at_the_same_time_the_one_loaded_later_speaks(house):
    pupils(house, "10", NOON)
    pupils(house, "20", NOON)
    assert spoken(house) == 20


def test_a_returned_file_never_speaks(house):
    pupils(house, "10", MORNING)
    wrong = pupils(house, "99", NOON)
    house.review(wrong, "returned", "单位写错")
    assert spoken(house) == 10
    pupils(house, "20", EVENING)
    assert spoken(house) == 20


def test_a_withdrawn_file_never_speaks_and_the_quarter_is_as_if_it_had_not_come(house):
    only = pupils(house, "10", MORNING)
    house.review(only, "withdrawn")
    assert house.row("pupils", "2021Q1").filed == 0
    [state] = house.ask(read.status, "2021Q1", date(2021, 4, 6)).query("reporter == 'A'")["state"]
    assert state == "missing"


def test_on_the_approved_basis_only_what_was_approved_counts(house):
    first = pupils(house, "10", MORNING)
    house.review(first, "approved")
    pupils(house, "20", NOON)
    assert (spoken(house), spoken(house, "approved")) == (20, 10)
    row = house.row("pupils", "2021Q1", basis="approved")
    assert (row.filed, row.approved, row.expected) == (1, 1, 3)


def test_locked_is_approved_and_more(house):
    load_id = pupils(house, "10", MORNING)
    house.review(load_id, "approved")
    house.review(load_id, "locked")
    assert spoken(house, "approved") == 10


def test_every_row_says_filed_and_approved_whatever_its_basis(house):
    for unit, approved in (("A", True), ("B", True), ("C", False)):
        load_id = pupils(house, "10", MORNING, unit)
        if approved:
            house.review(load_id, "approved")
    for basis in ("filed", "approved"):
        city, own = house.row("pupils", "2021Q1", basis=basis), house.row("pupils", "2021Q1", "C", basis)
        assert (city.filed, city.approved, city.expected) == (3, 2, 3)
        assert (own.filed, own.approved, own.expected) == (1, 0, 1)
    covered = house.ask(
        lambda con: con.execute(
            "select * exclude indicator from coverage where indicator = 'pupils' and period = '2021Q1'"
        ).fetchall()
    )
    assert covered == [("2021Q1", 3, 3, 2)]


def test_a_number_on_approved_returns_alone_is_partial_while_one_awaits_approval(house):
    for unit in "ABC":
        load_id = pupils(house, "400", MORNING, unit)
        if unit != "C":
            house.review(load_id, "approved")
    assert house.said("pupils", "2021Q1") == ("green", "met")
    assert house.said("pupils", "2021Q1", basis="approved") == ("grey", "undecided")


def test_every_number_leads_back_to_file_sheet_and_cell(house):
    house.file("""
        unit | period | kids.public | kids
        A    | 2021Q1 |          40 |  100
        B    | 2021Q1 |          50 |
        C    | 2021Q1 |           / |    /
    """)
    city = house.ask(read.source_cells, "share", "2021Q1")
    assert city[["subject", "element", "part", "sheet", "cell"]].values.tolist() == [
        ["A", "kids.public", "numerator", "表", "C2"],
        ["A", "kids", "denominator", "表", "D2"],
        ["C", "kids.public", "numerator", "表", "C4"],
        ["C", "kids", "denominator", "表", "D4"],
    ]
    assert city["value"].tolist()[:2] == [40, 100] and city["value"].isna().tolist()[2:] == [True, True]
    assert city["file_name"].unique().tolist() == ["A2021Q1.xlsx", "C2021Q1.xlsx"]
    half = house.ask(read.source_cells, "share", "2021Q1", "B")
    assert half[["element", "cell", "entered"]].values.tolist() == [["kids.public", "C3", False]]


def test_the_sums_of_the_source_are_the_sums_of_the_value(house):
    house.file("""
        unit | period | kids.public | kids
        A    | 2021Q1 |          40 |  100
        B    | 2021Q1 |          50 |  110
    """)
    parts = house.ask(read.source_cells, "share", "2021Q1").groupby("part")["value"].sum()
    city = house.row("share", "2021Q1")
    assert (parts["numerator"], parts["denominator"]) == (city.numerator, city.denominator) == (90, 210)


def status_of(house: House, reporter: str, today: date = date(2021, 4, 11)):
    rows = house.ask(read.status, "2021Q1", today)
    [row] = rows[rows["reporter"] == reporter].itertuples()
    return row


def test_who_has_not_filed_is_missing_and_late_only_after_the_due_day(house):
    house.publish()
    assert [status_of(house, "A", day).late for day in (date(2021, 4, 10), date(2021, 4, 11))] == [False, True]
    row = status_of(house, "A")
    assert (row.state, row.times_filed, row.due.date()) == ("missing", 0, date(2021, 4, 10))


@pytest.mark.parametrize(
    ("received", "late"),
    [(datetime(2021, 4, 10, 23, 59), False), (datetime(2021, 4, 11, 0, 1), True)],
)
def test_the_due_day_itself_is_in_time(house, received, late):
    pupils(house, "10", received)
    assert status_of(house, "A").late == late


def test_a_correction_asked_for_later_does_not_make_a_punctual_unit_late(house):
    first = pupils(house, "10", datetime(2021, 4, 9))
    house.review(first, "returned", "请核对")
    assert status_of(house, "A").state == "returned"
    second = pupils(house, "20", datetime(2021, 4, 15))
    row = status_of(house, "A")
    assert (row.state, row.late, row.times_filed, row.times_returned) == ("filed", False, 2, 1)
    assert (row.load_id, row.number, row.submitted_at) == (second, "2021Q1-A-county-02", datetime(2021, 4, 15))


def test_every_return_owed_has_a_row(house):
    house.publish()
    rows = house.ask(read.status, "2021Q1", date(2021, 4, 1))
    assert list(zip(rows["form"], rows["reporter"], strict=True)) == [
        ("county", "A"),
        ("county", "B"),
        ("county", "C"),
        ("department", "finance"),
        ("department", "office"),
    ]
    assert house.ask(read.status, "2020Q4", date(2021, 4, 1)).empty


def test_submissions_keep_everything_newest_first(house):
    first = pupils(house, "10", MORNING)
    house.review(first, "returned", "请核对")
    pupils(house, "20", NOON)
    rows = house.ask(read.submissions, "A")
    assert rows[["number", "state", "reason", "speaks", "late"]].values.tolist() == [
        ["2021Q1-A-county-02", "filed", None, True, False],
        ["2021Q1-A-county-01", "returned", "请核对", False, False],
    ]
    assert house.ask(read.submissions, "B").empty
    assert len(house.ask(read.submissions, period="2021Q1")) == 2


def test_periods_are_those_with_a_return_newest_last(house):
    house.file("""
        unit | period | pupils
        A    | 2021Q2 |     10
        A    | 2020Q4 |     10
    """)
    with house.open() as con:
        assert read.periods(con) == ["2020Q4", "2021Q2"]


def test_the_past_of_a_reporter_is_exact_and_four_quarters_deep(house):
    house.file("""
        unit | period | pupils | kids
        A    | 2020Q4 |    0.1 |    7
        A    | 2021Q1 |    0.2 |    /
        B    | 2021Q1 |      9 |    9
        A    | 2021Q2 |      3 |    8
    """)
    with house.open() as con:
        values = read.earlier_values(con, "county", "A", "2021Q2")
        files = read.earlier_files(con, "county", "A", "2021Q2")
        assert read.earlier_values(con, "county", "A", "2022Q1")[0].period == "2021Q1"
    assert [(row.period, row.element, row.subject, str(row.value)) for row in values] == [
        ("2020Q4", "kids", "A", "7.0000"),
        ("2020Q4", "pupils", "A", "0.1000"),
        ("2021Q1", "pupils", "A", "0.2000"),
    ]
    assert [period for period, _ in files] == ["2020Q4", "2021Q1"]


def test_a_change_outside_a_quarter_leaves_its_rows_alone_and_brings_those_that_look_back_up_to_date(house):
    pupils(house, "100", NOON)
    pupils(house, "300", datetime(2021, 7, 5), period="2021Q2")
    pupils(house, "150", EVENING)
    assert house.row("pupils", "2021Q2", "A").change == 150
    assert house.row("pupils", "2021Q2", "A").value == 300


def test_a_subject_is_not_counted_twice_when_two_receipts_speak_of_it(house):
    """Two forms that carry the same entry about the same unit: the later one counts, once."""
    pupils(house, "10", MORNING)

    def change(writer):
        load_id = writer.add_receipt(a_receipt(received=NOON, form="backfill"))
        writer.add_facts(load_id, [a_fact("pupils", "12")])

    house.publish(change)
    assert house.row("pupils", "2021Q1").value == 12
