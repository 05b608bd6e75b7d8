"""Two files for one return: neither is taken, unless they say the same or one is known to come after the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import count

import pytest
from rules_fixtures import NA, make_return, plan

from etl.errors import TwoFiles
from etl.model import Checked, EntryState, Finding, Severity
from etl.rivals import Candidate, Verdict, settle

ONE, TWO = {"kindergarten.sites": 34}, {"kindergarten.sites": 35}
MONDAY, TUESDAY = datetime(2021, 7, 5, 9), datetime(2021, 7, 6, 9)
_number = count()


def file(name: str, changes=ONE, blocked: bool = False, sha256: str = "", **how) -> Candidate:
    when = {key: how.pop(key) for key in ("received_at", "correction") if key in how}
    findings = (Finding("required_entry", Severity.BLOCKS),) if blocked else ()
    made = Checked(sha256 or f"{next(_number)}", name, "xlsx", make_return(changes=changes, **how), findings)
    return Candidate(name, made, **when)


def told(*candidates: Candidate) -> list[str]:
    """taken, same as …, or against …, for each."""
    return [_told(verdict) for verdict in settle(candidates, lambda _: plan(), by="load")]


def _told(verdict: Verdict) -> str:
    if verdict.refusal is not None:
        return f"against {verdict.refusal.fields['others']}"
    return f"same as {verdict.same_as}" if verdict.same_as else "taken"


def test_two_files_that_differ_name_each_other_and_the_cell():
    one, two = settle([file("甲", ONE), file("乙", TWO)], lambda _: plan(), by="load")
    assert isinstance(one.refusal, TwoFiles)
    assert "“乙”" in str(one.refusal) and "34 / 35" in str(one.refusal)
    assert "“甲”" in str(two.refusal) and "1处" in str(two.refusal)


@pytest.mark.parametrize("other", [{"kindergarten.estate": NA}, {"kindergarten.estate": EntryState.BLANK}])
def test_a_blank_and_not_applicable_are_other_answers(other):
    assert told(file("甲", {}), file("乙", other)) == ["against 乙", "against 甲"]


def test_another_reason_is_another_answer():
    assert told(file("甲"), file("乙", reasons={"kindergarten.sites": "新建一所"})) == ["against 乙", "against 甲"]


def test_equal_answers_in_other_bytes_are_one_return():
    assert told(file("甲"), file("乙"), file("丙")) == ["taken", "same as 甲", "same as 甲"]


def test_of_equals_the_one_without_an_open_finding_is_taken():
    assert told(file("甲", blocked=True), file("乙")) == ["same as 乙", "taken"]


def test_equal_bytes_are_one_file():
    assert told(file("甲", sha256="x"), file("甲 (1)", sha256="x")) == ["taken", "same as 甲"]


def test_three_files_are_told_of_all_the_others():
    assert told(file("甲", ONE), file("乙", TWO), file("丙", ONE)) == ["against 乙", "against 甲、丙", "against 乙"]


def test_other_quarters_units_and_forms_are_no_rivals():
    assert told(
        file("甲"), file("乙", period="2021Q3"), file("丙", reporter="210403"), file("丁", {}, form="project", reporter="planning")
    ) == ["taken"] * 4  # fmt: skip


def test_what_a_ledger_dates_one_after_the_other_is_an_order():
    assert told(file("甲", ONE, received_at=MONDAY), file("乙", TWO, received_at=TUESDAY)) == ["taken", "taken"]
    assert told(file("甲", ONE, received_at=MONDAY), file("乙", TWO, received_at=MONDAY)) == [
        "against 乙",
        "against 甲",
    ]
    assert told(file("甲", ONE, received_at=MONDAY), file("乙", TWO)) == ["against 乙", "against 甲"]


def test_the_one_marked_as_the_correction_may_take_the_others_place():
    assert told(file("甲", ONE), file("乙", TWO, correction=True)) == ["taken", "taken"]
    assert told(file("甲", ONE, correction=True), file("乙", TWO, correction=True)) == ["against 乙", "against 甲"]
    dated = file("乙", TWO, correction=True, received_at=MONDAY)
    assert told(file("甲", ONE), dated) == ["against 乙", "against 甲"]  # 甲 comes now, after it


def test_a_backfill_and_a_countys_own_return_for_one_quarter_are_rivals():
    county = make_return(period="2020Q4", changes=ONE)
    backfill = make_return("backfill", "city", "2020Q4", {f"kindergarten.sites@{'210402'}": 35})
    both = [Candidate(name, Checked(name, name, "xlsx", ret, ())) for name, ret in (("甲", county), ("乙", backfill))]
    assert told(*both) == ["against 乙", "against 甲"]
    same = replace(county, period=county.period.following)
    assert told(both[1], Candidate("丙", Checked("丙", "丙", "xlsx", same, ()))) == ["taken", "taken"]
