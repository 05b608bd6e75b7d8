"""What is asked of the ledger about single receipts: of a version that is published, and of one that is being written."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from warehouse_fixtures import House

from warehouse import questions
from warehouse.reads import review, standing
from warehouse.write import Writer

KEY = ("county", "A", "2021Q1")
TABLE = "unit | period | kids\nA | 2021Q1 | 100"
AT = datetime(2021, 4, 8, 9)


@pytest.fixture
def house(tmp_path):
    """A county's return, withdrawn for the file that came in its place; that one is approved."""
    made = House(tmp_path)
    [first] = made.file(TABLE)
    [second] = made.file(TABLE, received=AT)
    made.first, made.second = first, second

    def change(writer: Writer) -> None:
        writer.replace(first, second, AT, "A")
        writer.review(second, "approved", AT, "reviewer")
        writer.correct(second, "更正：漏报一所园")

    made.publish(change)
    made.sha256 = made.ask(lambda con: questions.received(questions.asking(con), second)).sha256
    return made


def asked(house, question, *given):
    return house.ask(lambda con: question(questions.asking(con), *given))


def test_a_receipt_as_it_came(house):
    found = asked(house, questions.received, house.second)
    assert ((found.form, found.reporter, found.period), found.received_at) == (KEY, AT)
    assert asked(house, questions.received, 99) is None


def test_receipts_of_the_same_bytes_without_those_that_were_withdrawn(house):
    assert asked(house, questions.of_bytes, house.sha256, KEY) == [
        (house.second, asked(house, questions.received, house.second).number)
    ]
    assert asked(house, questions.newest_of_bytes, house.sha256) == house.second
    assert asked(house, questions.newest_of_bytes, "0" * 64) is None


def test_why_it_was_filed_again_and_whether_an_approved_one_stands(house):
    assert asked(house, questions.correction, house.second) == "更正：漏报一所园"
    assert asked(house, questions.correction, house.first) == ""
    assert asked(house, questions.approved_stands, KEY)
    assert not asked(house, questions.approved_stands, ("county", "B", "2021Q1"))


def test_which_were_ever_decided_about(house):
    assert asked(house, questions.decided, [house.first, house.second, 99]) == {house.first, house.second}
    assert asked(house, questions.decided, []) == set()


def test_the_events_of_a_return_tell_a_replaced_one_from_one_taken_back(house):
    house.publish(lambda writer: writer.review(house.second, "withdrawn", AT, "A", "replaced by hand"))
    told = {(what, load_id): gone for _, what, _, _, _, load_id, gone, _ in asked(house, questions.events, KEY)}
    assert told == {
        ("submitted", house.first): False,
        ("submitted", house.second): False,
        ("withdrawn", house.first): True,
        ("approved", house.second): False,
        ("withdrawn", house.second): False,
    }


def test_how_a_return_stands_is_what_an_action_compares(house):
    found = asked(house, standing.standing, KEY)
    assert (found.load_id, found.state, found.by, found.received_at) == (house.second, "approved", "reviewer", AT)
    assert asked(house, standing.seen_in, "2021Q1")["county", "A"] == found.seen == (house.second, "approved", False)
    assert found.counts
    missing = asked(house, standing.standing, ("county", "B", "2021Q1"))
    assert (missing.seen, missing.counts) == ((0, "missing", False), False)
    assert asked(house, standing.standing, ("county", "nobody", "2021Q1")) is None


def test_who_touched_a_return_last_even_where_it_was_the_quarter_that_was_locked(house):
    assert asked(house, standing.last_touch, KEY) == ("reviewer", AT)
    assert asked(house, standing.last_touch, ("county", "B", "2021Q1")) is None
    locked = datetime(2021, 5, 1)
    house.publish(lambda writer: writer.lock("2021Q1", "county", "", locked, "chief"))
    assert asked(house, standing.last_touch, KEY) == ("chief", locked)
    assert asked(house, standing.standing, KEY).locked


def test_the_newest_receipts_of_a_form_without_those_that_are_missing(house):
    assert asked(house, standing.of_form, "2021Q1", "county") == [("A", house.second, "approved")]


def test_the_reviewers_desk_has_every_return_owed_of_the_forms_asked_for(house):
    rows = house.ask(review.queue, "2021Q1", ["county"]).set_index("reporter")
    assert rows.loc["A", ["state", "correction"]].tolist() == ["approved", "更正：漏报一所园"]
    assert rows.loc["B", ["state", "explained", "notes", "contradicted"]].tolist() == ["missing", 0, 0, 0]
    assert house.ask(review.queue, "2021Q1", []).empty


def test_due_days_say_who_moved_them(house):
    house.publish(lambda writer: writer.deadline("2021Q1", ("county", "A"), date(2021, 5, 9), AT, "chief", "停电"))
    rows = house.ask(review.due_days, "2021Q1").set_index(["form", "reporter"])
    assert rows.loc[("county", "A"), ["by_whom", "reason"]].tolist() == ["chief", "停电"]
    assert f"{rows.loc[('county', 'A'), 'due']:%Y-%m-%d}" == "2021-05-09"
    assert rows.loc[("county", "B"), ["by_whom", "reason"]].tolist() == ["", ""]


def test_what_a_workbook_left_can_be_held_against_it(house):
    [first, second] = asked(house, questions.kept)
    assert {first.load_id, second.load_id} == {house.first, house.second}
    assert (first.form, first.reporter, first.period) == KEY
    assert asked(house, questions.workbooks) == sorted({first.sha256, second.sha256})
    [(period, subject, element, state, value, *_)] = asked(house, questions.facts, house.second)
    assert (period, subject, element, state, value) == ("2021Q1", "A", "kids", "value", 100)


def test_receipts_that_are_named_in_the_order_they_came(house):
    rows = asked(house, questions.receipts, [house.second, house.first])
    assert rows["load_id"].tolist() == [house.first, house.second]
    assert list(asked(house, questions.receipts, []).columns) == list(rows.columns)


def test_the_versions_it_stands_on(house):
    assert asked(house, questions.newest_number) == 3
    assert [note for note, _ in asked(house, questions.notes)] == ["测试"] * 3
    assert asked(house, questions.last_came) == AT.date()


def test_a_version_that_is_being_written_answers_too(house):
    seen = []
    house.publish(lambda writer: seen.append(questions.reasons(writer.rows, house.second)))
    assert seen == [set()]
