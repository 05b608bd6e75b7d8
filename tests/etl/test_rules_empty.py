"""An untouched template is no return."""

from __future__ import annotations

from rules_fixtures import BLANK, make_return, spoken, told

from etl.rules.nothing_filled import nothing_filled

FINANCE = {"form": "department", "reporter": "finance"}  # owes no number, only words
BLANKS = {slot.element: BLANK for slot in make_return(**FINANCE).entries}


def test_a_department_return_without_one_word_is_stopped():
    assert told(spoken(nothing_filled, **FINANCE, changes=BLANKS)) == ["* blocks"]


def test_one_word_is_enough():
    assert told(spoken(nothing_filled, **FINANCE, changes=BLANKS | {"task.29.done": "已摸底。"})) == []


def test_where_single_cells_are_owed_they_are_named_instead():
    blank = {slot.element: BLANK for slot in make_return().entries}
    assert told(spoken(nothing_filled, changes=blank)) == []
