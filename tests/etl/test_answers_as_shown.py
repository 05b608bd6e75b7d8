"""What a cell says where it holds more than meets the eye: gaps, unseen marks, what is struck out, times of day."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from answers_fixtures import DAY, PROSE, STATUS, element, told

from etl.model import EntryState, Severity, ShownAs
from etl.reading.answers import read_answer

GAPS = [
    "\n", "\r\n", "\r", "\t", "\x0b", "\x0c", "\x1c", "\x1f", "\x85", "\u2028", "\u2029", " ", "  ", "\u00a0", "\u1680",
    "\u2000", "\u2003", "\u2007", "\u2009", "\u200a", "\u202f", "\u205f", "\u3000", " \n ",
]  # fmt: skip


@pytest.mark.parametrize("gap", GAPS)
@pytest.mark.parametrize(
    "around", [("12", "8"), ("0", "345"), ("1234", "567"), ("12.", "5"), ("12", ".5"), ("1", "2人")]
)
def test_digits_on_two_sides_of_any_gap_are_never_one_number(gap, around):
    [repair] = read_answer(gap.join(around), element("person", "decimal")).repairs
    assert (repair.rule, repair.severity) == ("several_numbers", Severity.BLOCKS)


@pytest.mark.parametrize("gap", ["\n", "\t", "\x0b", "\u2028", "  "])
def test_only_one_space_makes_thousands(gap):
    assert told(f"12{gap}345", element()) == (None, ["several_numbers"])


@pytest.mark.parametrize(
    "text", ["1 234\u2009567", "12 345 67", "1 234 5", "1 234.5 678", "12 34", "1 2 3", "2021 12345"]
)
def test_groups_that_are_no_thousands_are_several_numbers(text):
    assert told(text, element("yuan", "decimal")) == (None, ["several_numbers"])


@pytest.mark.parametrize("raw", ["7900m\n2", "7900m 2"])
def test_a_unit_broken_before_its_figure_is_none(raw):
    assert told(raw, element("sqm", "decimal"))[0] is None


UNSEEN = [
    "\u00ad", "\u034f", "\u061c", "\u180e", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u202a", "\u202b",
    "\u202c", "\u202d", "\u2060", "\u2064", "\u2066", "\u2067", "\u2068", "\u2069", "\u206f", "\ufe00", "\ufe0f", "\ufeff",
    "\ufff9", "\U000e0001", "\U000e0041", "\U000e0100", "\x00", "\x07", "\x7f", "\x80",
]  # fmt: skip


@pytest.mark.parametrize("mark", UNSEEN, ids=[f"{ord(mark):04X}" for mark in UNSEEN])
def test_what_nobody_sees_is_left_out_with_a_note(mark):
    answer = read_answer(f"{mark}3{mark}6{mark}", element())
    assert (answer.value, [repair.rule for repair in answer.repairs]) == (36, ["text_number", "unseen_dropped"])
    assert answer.repairs[1].fields == {"raw": "36", "marks": f"U+{ord(mark):04X}"}
    assert told(f"{mark}2021-9-{mark}30", DAY) == ("2021-09-30", ["unseen_dropped"])
    assert told(f"已{mark}完成", STATUS) == ("done", ["unseen_dropped"])
    assert told(f"{mark}/", element()) == (None, ["nil_mark", "unseen_dropped"])
    assert told(f"120{mark}人", element()) == (120, ["unit_stripped", "unseen_dropped"])


@pytest.mark.parametrize("of", [element(), DAY, STATUS])
def test_a_text_that_shows_backwards_is_named(of):
    assert told("\u202e21\u202c", of) == (None, ["backwards"])


@pytest.mark.parametrize("of", [element(), DAY, STATUS])
@pytest.mark.parametrize("raw", [12.0, "15", date(2021, 9, 30)])
def test_what_is_struck_out_is_no_answer(raw, of):
    for shown in (ShownAs(struck="12"), ShownAs(struck=str(raw), void=True)):
        [repair] = read_answer(raw, of, shown).repairs
        assert (repair.rule, repair.severity, repair.fields["struck"]) == ("struck_out", Severity.BLOCKS, shown.struck)


def test_of_a_text_the_struck_part_is_left_out_with_a_note():
    answer = read_answer("已召开", PROSE, ShownAs(struck="印发"))
    assert (answer.text, answer.repairs[0].rule, answer.repairs[0].severity) == (
        "已召开",
        "struck_left_out",
        Severity.NOTE,
    )
    answer = read_answer("已印发", PROSE, ShownAs(struck="已印发", void=True))
    assert (answer.state, answer.repairs[0].rule) == (EntryState.BLANK, "struck_left_out")


def test_a_raised_figure_is_no_digit():
    for raw in ("12³", "12³人", "12*", "9₁"):
        [repair] = read_answer(raw, element("sqm", "decimal"), ShownAs(raised=True)).repairs
        assert (repair.rule, repair.severity) == ("raised_figure", Severity.BLOCKS)
    answer = read_answer("7900m²", element("sqm", "decimal"), ShownAs(raised=True))
    assert (answer.value, [repair.rule for repair in answer.repairs]) == (7900, ["unit_stripped"])


def test_a_percentage_is_read_as_it_shows():
    answer = read_answer(0.781, element("percent", "decimal"), ShownAs(percent=True))
    assert (answer.value, answer.repairs) == (Decimal("78.1"), ())
    [repair] = read_answer(0.5, element(), ShownAs(percent=True)).repairs
    assert (repair.rule, repair.fields["raw"]) == ("other_unit", "50%")
    assert read_answer(78.1, element("percent", "decimal")).value == Decimal("78.1")


@pytest.mark.parametrize(
    "raw",
    [datetime(2021, 9, 29, 23, 59, 17), datetime(2021, 9, 29, 23, 59), "2021-9-29 23:59:17", "2021-09-29T23:59:59.999"],
)
def test_midnight_some_seconds_short_is_the_day_it_begins(raw):
    assert told(raw, DAY) == ("2021-09-30", ["date_rounded"])


@pytest.mark.parametrize("raw", [datetime(2021, 9, 30, 8, 30), datetime(2021, 9, 30, 23, 58, 59), "2021-9-30 16:00"])
def test_any_other_time_of_day_is_noted(raw):
    assert told(raw, DAY) == ("2021-09-30", ["date_with_time"])


@pytest.mark.parametrize("raw", [44469, 44469.0, "44469"])
def test_where_days_count_from_1904_a_bare_number_is_no_day(raw):
    [repair] = read_answer(raw, DAY, ShownAs(since_1904=True)).repairs
    assert (repair.rule, repair.severity) == ("date_serial_1904", Severity.BLOCKS)
    assert read_answer(date(2021, 9, 30), DAY, ShownAs(since_1904=True)).text == "2021-09-30"
