"""What a cell says: numbers with their repairs, choices, dates, texts, nil marks."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from answers_fixtures import DAY, PROSE, STATUS, element, told
from hypothesis import given
from hypothesis import strategies as st

from etl.model import EntryState, Severity
from etl.reading.answers import read_answer, read_reason


@pytest.mark.parametrize(
    ("raw", "value", "rules"),
    [
        (12, "12", []),
        (12.0, "12", []),
        (0, "0", []),
        (-3, "-3", []),
        (0.1 + 0.2, "0.3", []),
        (1234.5, "1234.5", []),
        (0.00005, "0.0001", ["rounded"]),
        (1.23456, "1.2346", ["rounded"]),
        (99_999_999_999_999, "99999999999999", []),
        ("120", "120", ["text_number"]),
        (" 120 ", "120", ["text_number"]),
        ("'120", "120", ["text_number"]),
        ("１２３５", "1235", ["text_number"]),
        ("１２．５", "12.5", ["text_number"]),
        ("1,234", "1234", ["text_number"]),
        ("１，２３４，５６７", "1234567", ["text_number"]),
        ("1 234", "1234", ["thousands_joined"]),
        ("1\u00a0234\u00a0567", "1234567", ["thousands_joined"]),
        ("12\u2009345.5", "12345.5", ["thousands_joined"]),
        ("12\u3000345人", "12345", ["unit_stripped"]),
        ("- 5", "-5", ["text_number"]),
        ("120\n人", "120", ["unit_stripped"]),
        ("−5", "-5", ["text_number"]),
        ("－5", "-5", ["text_number"]),
        ("+5", "5", ["text_number"]),
        ("-0", "0", ["text_number"]),
        (".5", "0.5", ["text_number"]),
        ("1.23456", "1.2346", ["text_number", "rounded"]),
        ("120人", "120", ["unit_stripped"]),
        ("120 人", "120", ["unit_stripped"]),
        ("120名", "120", ["unit_stripped"]),
        ("1.5万", "15000", ["ten_thousands"]),
        ("1.5万人", "15000", ["ten_thousands"]),
    ],
)
def test_a_number_of_persons_is_read_however_it_is_typed(raw, value, rules):
    assert told(raw, element()) == (Decimal(value), rules)


@pytest.mark.parametrize(
    ("measure", "raw", "value", "rules"),
    [
        ("10k_yuan", "1.5万元", "1.5", ["unit_stripped"]),
        ("10k_yuan", "1.5万", "1.5", ["unit_stripped"]),
        ("10k_yuan", "1,300.50 万元", "1300.5", ["unit_stripped"]),
        ("yuan", "6.5万元", "65000", ["ten_thousands"]),
        ("yuan", "65000元", "65000", ["unit_stripped"]),
        ("percent", "79.6％", "79.6", ["unit_stripped"]),
        ("percent", "79.6%", "79.6", ["unit_stripped"]),
        ("school", "24所", "24", ["unit_stripped"]),
        ("toilet", "3座", "3", ["unit_stripped"]),
        ("toilet", "3个", "3", ["unit_stripped"]),
        ("class", "310个班", "310", ["unit_stripped"]),
        ("person_time", "120人次", "120", ["unit_stripped"]),
        ("sqm", "7900㎡", "7900", ["unit_stripped"]),
        ("sqm", "0.79万平方米", "7900", ["ten_thousands"]),
    ],
)
def test_the_units_own_measure_is_taken_off(measure, raw, value, rules):
    assert told(raw, element(measure, "decimal")) == (Decimal(value), rules)


@pytest.mark.parametrize(
    ("measure", "raw", "rule"),
    [
        ("person", "约100", "not_a_number"),
        ("person", "100左右", "not_a_number"),
        ("person", "100余人", "not_a_number"),
        ("person", "10-20", "not_a_number"),
        ("person", "10～20", "not_a_number"),
        ("person", "12,34", "not_a_number"),
        ("person", "1,2345", "not_a_number"),
        ("person", "0,345", "not_a_number"),
        ("person", "1e5", "not_a_number"),
        ("person", "(5)", "not_a_number"),
        ("person", "①", "not_a_number"),
        ("person", "10²", "not_a_number"),
        ("person", "1.2.3", "not_a_number"),
        ("person", ".", "not_a_number"),
        ("person", True, "not_a_number"),
        ("person", float("nan"), "not_a_number"),
        ("person", float("-inf"), "not_a_number"),
        ("person", date(2021, 9, 30), "not_a_number"),
        ("person", time(1, 2), "not_a_number"),
        ("person", timedelta(days=1), "not_a_number"),
        ("person", 10**14, "number_too_large"),
        ("person", 1e300, "number_too_large"),
        pytest.param("person", 10**5000, "number_too_large", id="5001 digits"),
        ("person", "9" * 100, "number_too_large"),
        ("person", "30人次", "other_unit"),
        ("person", "46%", "other_unit"),
        ("percent", "0.5万", "other_unit"),
        ("10k_yuan", "100人", "other_unit"),
        ("10k_yuan", "13000000元", "wrong_unit"),
        ("10k_yuan", "1.3亿元", "wrong_unit"),
    ],
)
def test_what_is_no_plain_number_is_named_and_never_guessed(measure, raw, rule):
    answer = read_answer(raw, element(measure, "decimal"))
    assert (answer.state, answer.value) == (EntryState.BAD, None)
    assert [(repair.rule, repair.severity) for repair in answer.repairs] == [(rule, Severity.BLOCKS)]


@pytest.mark.parametrize(("raw", "would"), [("13000000元", "1300"), ("1.3亿元", "13000"), ("5千元", "0.5")])
def test_yuan_in_a_cell_for_10k_yuan_is_told_what_it_would_be(raw, would):
    [repair] = read_answer(raw, element("10k_yuan", "decimal")).repairs
    assert repair.fields["would"] == Decimal(would)


def test_a_long_text_is_quoted_briefly():
    [repair] = read_answer("数" * 5000, element()).repairs
    assert repair.fields["raw"] == "数" * 39 + "…"


@pytest.mark.parametrize("raw", [None, "", " ", "　", "\n\t", "\u200b", "\ufeff"])
@pytest.mark.parametrize("of", [element(), STATUS, DAY, PROSE])
def test_blanks_are_blank_and_not_zero(raw, of):
    answer = read_answer(raw, of)
    assert (answer.state, answer.value, answer.text, answer.repairs) == (EntryState.BLANK, None, None, ())


@pytest.mark.parametrize(
    ("raw", "rules"),
    [("/", []), (" / ", [])]
    + [(mark, ["nil_mark"]) for mark in ("／", "无", "—", "——", "－", "-", "不适用", "不 适 用", "N/A", "n/a", "NA")],
)
@pytest.mark.parametrize("of", [element(), element("10k_yuan", "decimal"), STATUS, DAY])
def test_nil_marks_say_not_applicable_and_not_zero(raw, rules, of):
    answer = read_answer(raw, of)
    assert (answer.state, answer.value, [repair.rule for repair in answer.repairs]) == (EntryState.NA, None, rules)


def test_in_a_text_none_is_a_word():
    assert told("无", PROSE) == ("无", [])
    assert told("—", PROSE) == ("—", [])


@pytest.mark.parametrize(
    ("raw", "key"),
    [("推进中", "under_way"), (" 推 进 中 ", "under_way"), ("已完成", "done"), ("done", "done"), ("DONE", "done")],
)
def test_a_choice_is_read_by_its_label_or_key(raw, key):
    assert told(raw, STATUS) == (key, [])


def test_another_word_than_the_choices_is_bad_and_lists_them():
    answer = read_answer("进行中", STATUS)
    assert answer.state is EntryState.BAD
    assert [(repair.rule, repair.fields["choices"]) for repair in answer.repairs] == [
        ("not_a_choice", "推进中、已完成")
    ]


@pytest.mark.parametrize(
    "raw",
    [
        date(2021, 9, 30), datetime(2021, 9, 30), datetime(2021, 9, 30, 0, 0, 17), "2021-9-30", "2021-09-30", "2021.9.30", "2021/9/30",
        "2021年9月30日", "２０２１年９月３０日", " 2021 年 9 月 30 日 ", "20210930", 20210930, "2021-09-30 00:00:00",
    ],
)  # fmt: skip
def test_a_date_is_read_however_it_is_written(raw):
    assert told(raw, DAY) == ("2021-09-30", [])


@pytest.mark.parametrize("raw", [44469, 44469.0, "44469", 44469.0001, 44468.9999])
def test_a_date_that_lost_its_format_is_read_with_a_note(raw):
    assert told(raw, DAY) == ("2021-09-30", ["date_serial"])


@pytest.mark.parametrize(
    "raw",
    [
        "2021年9月",
        "2021-6-31",
        "9月底",
        "21-9-30",
        "1021-9-30",
        date(1900, 1, 1),
        12,
        44469.5,
        True,
        "2021-9-30日前",
        "2021-9-3\n0",
        "2021 0930",
        "2021-9-30 25:00",
        datetime(9999, 12, 31, 23, 59, 59),
    ],
)
def test_what_is_no_day_is_named(raw):
    assert told(raw, DAY) == (None, ["not_a_date"])


@pytest.mark.parametrize(
    ("raw", "text", "rules"),
    [
        ("  已印发。\r\n已召开会议。 ", "已印发。\n已召开会议。", []),
        ("已\x07印发\x00", "已印发", []),
        (12.0, "12", []),
        (date(2021, 9, 30), "2021-09-30", []),
        ("=1+1", "=1+1", []),
        ("长" * 2000, "长" * 2000, []),
        ("长" * 2001, "长" * 2000, ["text_cut"]),
    ],
)
def test_texts_are_kept_as_written_within_their_limit(raw, text, rules):
    assert told(raw, PROSE) == (text, rules)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("秋季新生入学", "秋季新生入学"),
        (" 新建1所 ", "新建1所"),
        (None, ""),
        ("无", ""),
        ("/", ""),
        ("－", ""),
        ("——", ""),
        ("。。。", ""),
        (1, ""),
        ("第三季度起填报", ""),
    ],
)
def test_a_reason_that_says_nothing_is_no_reason(raw, reason):
    assert read_reason(raw) == reason


@given(
    st.one_of(
        st.text(), st.floats(), st.integers(), st.dates(), st.datetimes(), st.booleans(), st.times(), st.timedeltas()
    )
)
def test_whatever_stands_in_a_cell_there_is_one_answer(raw):
    for of in (element(), element("10k_yuan", "decimal"), STATUS, DAY, PROSE):
        answer = read_answer(raw, of)
        is_value = answer.state is EntryState.VALUE
        assert ((answer.value is not None) + (answer.text is not None)) == is_value
        assert any(repair.severity is Severity.BLOCKS for repair in answer.repairs) == (answer.state is EntryState.BAD)


@given(st.decimals(min_value=-(10**13), max_value=10**13, places=4))
def test_four_decimals_come_back_exactly(value):
    assert read_answer(str(value), element("10k_yuan", "decimal")).value == value
