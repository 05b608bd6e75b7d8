"""What is asked of the ledger about single receipts: of a version that is published, and of one that is being written."""

from __future__ import annotations

from datetime import datetime

import pytest
from warehouse_fixtures import House

from warehouse import questions
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
    sha256 = made.ask(lambda con: questions.received(questions.asking(con), second)).sha256

    def change(writer: Writer) -> None:
        writer.review(first, "withdrawn", AT, "A", f"replaced by {sha256[:12]}")
        writer.review(second, "approved", AT, "reviewer")
        writer.correct(second, "更正：漏报一所园")

    made.publish(change)
    made.sha256 = sha256
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


def test_a_version_that_is_being_written_answers_too(house):
    seen = []
    house.publish(lambda writer: seen.append(questions.reasons(writer.rows, house.second)))
    assert seen == [set()]
