"""How complete and how punctual the returns are, quarter by quarter and reporter by reporter."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from warehouse_fixtures import House, small_plan

from catalogue.period import Period
from warehouse.reads import chase as read_chase

DUE, AFTER = date(2021, 4, 10), date(2021, 4, 11)
IN_TIME, TOO_LATE = datetime(2021, 4, 9, 9), datetime(2021, 4, 12, 9)


@pytest.fixture
def house(tmp_path):
    return House(tmp_path)


def file(house: House, reporter: str, at: datetime = IN_TIME, period: str = "2021Q1") -> int:
    [load_id] = house.file(f"unit | period | pupils\n{reporter} | {period} | 10", at)
    return load_id


def rate(house: House, today: date = AFTER, form: str = "county", period: str = "2021Q1"):
    rows = house.ask(read_chase.rates, today, form)
    [row] = rows[rows["period"] == period].itertuples()
    return row


def counts(house: House, **where):
    row = rate(house, **where)
    return {name: getattr(row, name) for name in ("owed", "filed", "on_time", "late", "returned", "missing")}


def test_what_came_in_time_too_late_sent_back_and_not_at_all_adds_up_to_what_is_owed(house):
    file(house, "A")
    file(house, "B", TOO_LATE)
    house.review(file(house, "C"), "returned", "请核对")
    assert counts(house) == {"owed": 3, "filed": 2, "on_time": 1, "late": 1, "returned": 1, "missing": 0}
    row = rate(house)
    assert (row.completeness, row.timeliness) == (pytest.approx(200 / 3), pytest.approx(100 / 3))


@pytest.mark.parametrize("state", ["approved", "locked"])
def test_what_is_approved_or_locked_is_filed(house, state):
    house.review(file(house, "A"), state)
    assert counts(house) == {"owed": 3, "filed": 1, "on_time": 1, "late": 0, "returned": 0, "missing": 2}


def test_a_return_sent_back_is_not_complete_until_it_comes_again_and_then_it_is_in_time(house):
    first = file(house, "A")
    house.review(first, "returned", "请核对")
    assert (rate(house).completeness, rate(house).timeliness) == (0, 0)
    file(house, "A", TOO_LATE)
    row = rate(house)
    assert (row.completeness, row.timeliness, row.returned, row.returned_once) == (
        pytest.approx(100 / 3),
        pytest.approx(100 / 3),
        0,
        1,
    )


def test_a_withdrawn_return_is_missing(house):
    house.review(file(house, "A"), "withdrawn")
    assert counts(house)["missing"] == 3


def test_a_quarter_nobody_has_had_to_file_for_is_blank_and_a_missed_one_is_zero(house):
    house.publish()
    waiting, missed = rate(house, DUE), rate(house, AFTER)
    assert waiting.completeness != waiting.completeness and waiting.timeliness != waiting.timeliness
    assert (missed.completeness, missed.timeliness, missed.missing) == (0, 0, 3)


def test_a_quarter_in_which_something_came_early_has_its_share(house):
    file(house, "A")
    assert rate(house, date(2021, 4, 9)).completeness == pytest.approx(100 / 3)


def test_all_forms_together_are_a_ratio_of_sums_not_a_mean_of_ratios(house):
    for unit in "ABC":
        file(house, unit)
    assert (rate(house).completeness, rate(house, form="department").completeness) == (100, 0)
    together = rate(house, form="*")
    assert (together.owed, together.filed, together.completeness) == (5, 3, 60)


def test_a_return_filed_again_after_approval_is_a_correction_and_one_after_sending_back_is_not(house):
    house.review(file(house, "A"), "approved")
    file(house, "A", TOO_LATE)
    house.review(file(house, "B"), "returned", "请核对")
    file(house, "B", TOO_LATE)
    assert (rate(house).corrected, rate(house).returned_once, rate(house).filed) == (1, 1, 2)


def test_a_correction_that_was_withdrawn_is_none(house):
    house.review(file(house, "A"), "approved")
    house.review(file(house, "A", TOO_LATE), "withdrawn")
    assert rate(house).corrected == 0


def test_every_quarter_of_the_plan_has_a_row_and_says_of_which_day_it_speaks(house):
    house.publish()
    rows = house.ask(read_chase.rates, AFTER)
    assert rows["period"].tolist() == ["2021Q1", "2021Q2", "2021Q3", "2021Q4"]
    assert set(rows["as_of"].dt.date) == {AFTER}


def test_each_reporter_has_its_quarters_counted(house):
    file(house, "A")
    file(house, "B", TOO_LATE)
    house.review(file(house, "C"), "returned", "请核对")
    rows = house.ask(read_chase.punctuality, AFTER)
    first = rows[rows["period"] == "2021Q1"].set_index("reporter")
    columns = ["owed", "on_time", "late", "returned", "missing", "pending", "times_returned"]
    assert first[columns].to_dict("split")["data"] == [
        [1, 1, 0, 0, 0, 0, 0],
        [1, 0, 1, 0, 0, 0, 0],
        [1, 0, 0, 1, 0, 0, 1],
        [1, 0, 0, 0, 1, 0, 0],
        [1, 0, 0, 0, 1, 0, 0],
    ]
    assert first.index.tolist() == ["A", "B", "C", "finance", "office"]
    assert (rows["owed"] == rows[["on_time", "late", "returned", "missing", "pending"]].sum(axis=1)).all()
    assert rows[rows["period"] == "2021Q2"]["pending"].tolist() == [1] * 5


def test_what_is_owed_says_why_it_was_sent_back(house):
    house.review(file(house, "A"), "returned", "在园幼儿数与上期相差过大")
    file(house, "B")
    rows = house.ask(read_chase.owed, "2021Q1", AFTER).set_index("reporter")
    assert rows["reason"].tolist() == ["在园幼儿数与上期相差过大", None, None, None, None]
    file(house, "A", TOO_LATE)
    assert house.ask(read_chase.owed, "2021Q1", AFTER)["reason"].tolist() == [None] * 5


def test_due_days_come_from_the_version_and_nobody_differs_unless_told(house):
    house.publish()
    with house.open() as con:
        assert read_chase.deadlines(con) == (dict(small_plan().deadlines), {})
    assert Period(2021, 1) in small_plan().deadlines


def test_due_days_that_were_put_off_are_told_for_whom_they_were(house):
    later, latest = date(2021, 4, 20), date(2021, 4, 25)

    def change(writer):
        writer.deadline("2021Q1", ("", ""), later, IN_TIME, "管理员", "系统维护")
        writer.deadline("2021Q1", ("county", "B"), latest, IN_TIME, "管理员", "汛情")

    house.publish(change)
    with house.open() as con:
        usual, own = read_chase.deadlines(con)
    assert (usual[Period(2021, 1)], usual[Period(2021, 2)]) == (later, small_plan().deadlines[Period(2021, 2)])
    assert own == {(Period(2021, 1), "county", "B"): latest}


def test_a_day_put_off_makes_what_came_by_then_punctual_and_what_did_not_pending(house):
    house.publish(
        lambda writer: writer.deadline("2021Q1", ("county", ""), date(2021, 4, 12), IN_TIME, "管理员", "系统维护")
    )
    waiting = rate(house, date(2021, 4, 12))
    assert waiting.completeness != waiting.completeness
    file(house, "B", TOO_LATE)
    assert counts(house) == {"owed": 3, "filed": 1, "on_time": 1, "late": 0, "returned": 0, "missing": 2}
    rows = house.ask(read_chase.punctuality, date(2021, 4, 12))
    assert rows[(rows["period"] == "2021Q1") & (rows["reporter"] == "A")]["pending"].tolist() == [1]
