"""The numbers of a proof in runs: what is read back is what was written, in files of either kind, and nonsense is refused."""

# ruff: noqa: F811
from __future__ import annotations

import json
from dataclasses import asdict, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from proof_fixtures import here  # noqa: F401  (fixture)

from reports.carried import carried
from reports.proof import Number, Proof, is_sealed, read_json
from reports.proof_runs import in_runs, spread
from reports.seal import known


def number(subject: str | None, value: float, place: str, what: str = "value") -> Number:
    return Number("share", subject, "2021Q3", what, value, place)


COLUMN = tuple(number(f"22000{n}", n / 3, f"值!G{n + 5}") for n in range(4))


def back(numbers) -> list[Number]:
    return [Number(**one) for one in spread(json.loads(json.dumps(in_runs(numbers))))]


@pytest.fixture(scope="module")
def summary(here) -> Proof:
    """As a file of many sheets carries it."""
    [found] = carried("summary.xlsx", here.made("summary"))
    return found.proof


def test_numbers_one_below_the_other_are_one_run_and_the_rest_stand_alone():
    alone = number(None, 7.0, "总览!C4"), number("220000", 1.0, ""), number("220000", 1.0, "n_share_value")
    told = in_runs((*COLUMN, *alone))
    assert [one.get("place") for one in told["numbers"]] == ["值!G5", "总览!C4", "", "n_share_value"]
    assert told["subjects"] == [tuple(one.subject for one in COLUMN)] and told["numbers"][0]["subjects"] == 0
    assert back((*COLUMN, *alone)) == [*COLUMN, *alone]


def test_a_gap_another_column_or_another_value_begins_a_new_run():
    apart = (
        number("a", 1, "值!G5"),
        number("b", 2, "值!G7"),
        number("c", 3, "值!H8"),
        number("d", 4, "值!H9", "target"),
        number("e", 5, "另!H10", "target"),
    )
    assert in_runs(apart) == {"numbers": [asdict(one) for one in apart]} and back(apart) == list(apart)


def test_columns_that_were_written_row_by_row_are_runs_too():
    second = tuple(replace(one, what="target", place=one.place.replace("G", "I")) for one in COLUMN)
    told = in_runs(one for pair in zip(COLUMN, second, strict=True) for one in pair)
    assert [one["place"] for one in told["numbers"]] == ["值!G5", "值!I5"] and len(told["subjects"]) == 1
    assert back((*COLUMN, *second)) == [*COLUMN, *second]


def test_a_file_from_before_there_were_runs_is_read_and_still_sealed(here, summary):
    told = json.loads(summary.as_json())
    assert any("values" in one for one in told["numbers"])
    before = {name: told[name] for name in told if name != "subjects"}
    before["numbers"] = [asdict(one) for one in summary.numbers]
    found = read_json(json.dumps(before))
    assert found == summary and is_sealed(found, known())


def test_a_proof_of_many_numbers_is_read_back_whole(here, summary):
    assert len(summary.numbers) > 1500 and read_json(summary.as_json()) == summary
    assert len(summary.as_json()) < 0.65 * len(json.dumps([asdict(one) for one in summary.numbers], ensure_ascii=False))


PLACES = st.tuples(st.sampled_from(["值!A", "值!B", "另 一!C", "n_", ""]), st.integers(1, 9)).map(
    lambda two: f"{two[0]}{two[1]}" if two[0] else ""
)
NUMBERS = st.builds(
    Number,
    st.sampled_from(["share", "kids"]),
    st.sampled_from([None, "a", "b"]),
    st.sampled_from(["2021Q2", "2021Q3"]),
    st.sampled_from(["value", "target"]),
    st.floats(-1e9, 1e9),
    PLACES,
)


@settings(max_examples=200, deadline=None)
@given(numbers=st.lists(NUMBERS, max_size=12))
def test_no_number_is_lost_or_changed_whatever_their_order(numbers):
    assert sorted(back(numbers), key=repr) == sorted(numbers, key=repr)


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | st.just("A1"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=5,
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_anything_in_a_run_is_read_as_a_proof_or_refused(here, summary, data):
    told = json.loads(summary.as_json())
    run = next(one for one in told["numbers"] if "values" in one)
    name = data.draw(st.sampled_from([*run, "more", "all subjects"]))
    if name == "all subjects":
        told["subjects"] = data.draw(ANY)
    else:
        run[name] = data.draw(ANY)
    try:
        found = read_json(json.dumps(told))
    except ValueError:
        return
    assert all(isinstance(one.value, int | float) and isinstance(one.subject, str | None) for one in found.numbers)
