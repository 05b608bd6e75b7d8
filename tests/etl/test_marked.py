"""Which reason is in force where several were given, and how long one given earlier holds."""

from __future__ import annotations

from decimal import Decimal

import pytest
from annotate_fixtures import (
    BECAUSE,
    CORRECTED,
    PRESCHOOL,
    SITES,
    SITES_KEY,
    TRAINED,
    TRAINED_KEY,
    checked,
    good,
    state_of,
    wrong,
)
from returns_fixtures import put
from rules_fixtures import BAD, BLANK, NA, make_return

from catalogue.model import Slot
from etl.model import CellRef, Entry, EntryState, GivenReason, entry_text
from etl.reading.marked import Typed, machine_text, reasons_in, with_reasons

AT = CellRef("核查结果", "I7")
CAMPUS = ("planning", "project.campus.invested")


def typed(key: tuple[str, str], value: str, reason: str) -> Typed:
    return Typed(key, value, reason, AT)


# The value as text


@pytest.mark.parametrize(
    ("value", "text"),
    [("1000", "1000"), ("1E+3", "1000"), ("41.0", "41"), ("0.50", "0.5"), ("-0", "0"), ("0.0001", "0.0001")],
)
def test_a_number_is_written_in_plain_decimals(value, text):
    slot = Slot(element="aid.amount", subject="210402")
    assert entry_text(Entry(slot=slot, state=EntryState.VALUE, at=AT, value=Decimal(value))) == text


def test_a_text_is_itself_not_applicable_a_stroke_and_a_blank_nothing():
    ret = make_return(changes={"kindergarten.estate": NA, "compulsory.dropouts": BLANK})
    assert entry_text(ret.entry("kindergarten.estate")) == "/"
    assert entry_text(ret.entry("compulsory.dropouts")) == ""
    works = make_return("project", "planning")
    assert entry_text(works.entry("project.campus.stage")) == "building"
    assert machine_text(works.entry("project.campus.stage")) == "planning|project.campus.stage|building"


def test_what_is_no_answer_is_no_blank():
    slot = Slot(element="aid.amount", subject="210402")
    assert entry_text(Entry(slot=slot, state=BAD, at=AT, raw="约40")) == "约40"


# What was given before


def test_a_reason_given_before_explains_while_the_value_is_the_same():
    given = {SITES_KEY: GivenReason("41", BECAUSE)}
    assert state_of(checked(wrong(), reasons=given), SITES) == ["stock_jump explain"]
    assert state_of(checked(wrong(put(PRESCHOOL, "E7", 42)), reasons=given), SITES) == ["stock_jump explain!"]


def test_a_correction_given_before_works_before_the_rules_run():
    given = {TRAINED_KEY: GivenReason("20", CORRECTED)}
    assert state_of(checked(wrong(), reasons=given), TRAINED) == ["flow_not_below_last explain"]


def test_the_workbooks_own_reason_goes_before_one_given_before():
    given = {SITES_KEY: GivenReason("41", BECAUSE)}
    content = wrong(put(PRESCHOOL, "F7", "民办园转公办，新增8所"))
    assert checked(content, reasons=given).ret.entry("kindergarten.sites").reason == "民办园转公办，新增8所"


def test_a_filler_in_the_row_does_not_stand_in_the_way_of_a_reason():
    given = {SITES_KEY: GivenReason("41", BECAUSE)}
    assert checked(wrong(put(PRESCHOOL, "F7", "正常")), reasons=given).ret.entry("kindergarten.sites").reason == BECAUSE


def test_a_correction_given_before_goes_before_another_reason_in_the_row():
    given = {TRAINED_KEY: GivenReason("20", CORRECTED)}
    content = wrong(put(PRESCHOOL, "F17", "培训计划推迟到十月"))
    assert state_of(checked(content, reasons=given), TRAINED) == ["flow_not_below_last explain"]


def test_only_what_the_file_itself_says_is_given_on_to_be_kept():
    given = {SITES_KEY: GivenReason("41", BECAUSE)}
    content = wrong(put(PRESCHOOL, "F17", CORRECTED), put(PRESCHOOL, "F16", "无"))
    found = reasons_in(checked(content, reasons=given))
    assert found[TRAINED_KEY] == GivenReason("20", CORRECTED)
    assert SITES_KEY not in found
    assert ("210402", "kindergarten.teachers.uncertified") not in found


def test_reasons_for_what_the_form_does_not_ask_change_nothing():
    given = {("999999", "no.such"): GivenReason("1", BECAUSE)}
    assert checked(good(), reasons=given).ret == checked(good()).ret


# Several answers in a row


def test_a_reason_typed_for_one_answer_is_not_its_neighbours():
    ret = make_return("project", "planning")
    found, own = with_reasons(ret, [typed(CAMPUS, "700", BECAUSE)], {})
    assert found.entry("project.campus.invested").reason == BECAUSE
    assert found.entry("project.campus.funded").reason == ""
    assert own == {CAMPUS: GivenReason("700", BECAUSE)}


def test_what_stands_in_the_row_is_the_reason_of_all_its_answers_but_the_one_told_apart():
    row = {f"project.campus.{column}": "雨季停工，工期顺延" for column in ("funded", "invested")}
    found, own = with_reasons(make_return("project", "planning", reasons=row), [typed(CAMPUS, "700", BECAUSE)], {})
    assert found.entry("project.campus.invested").reason == BECAUSE
    assert found.entry("project.campus.funded").reason == "雨季停工，工期顺延"
    assert own[("planning", "project.campus.funded")].value == "900"


def test_of_two_lines_about_one_answer_the_one_that_explains_counts():
    ret = make_return("project", "planning")
    found, _ = with_reasons(ret, [typed(CAMPUS, "700", "正常"), typed(CAMPUS, "700", BECAUSE)], {})
    assert found.entry("project.campus.invested").reason == BECAUSE


def test_an_outdated_reason_is_noted_with_both_values():
    ret = make_return("project", "planning")
    found, own = with_reasons(ret, [typed(CAMPUS, "650", BECAUSE)], {})
    [note] = found.repairs
    assert (note.rule, note.severity, note.fields) == ("mark_outdated", "note", {"was": "650", "now": "700"})
    assert (found.entry("project.campus.invested").reason, own) == ("", {})
