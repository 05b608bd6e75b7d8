"""The one door: a checked return comes out, or a refusal; nothing else, whatever goes in."""

from __future__ import annotations

import random

import pytest
from command_line import ROOT
from plan_fixtures import plan_2021

from catalogue.period import Period
from etl import submission
from etl.errors import NotAWorkbook, NotUnderstood, OtherPeriod, OtherUnit, ReturnRefused, SameFileAsBefore
from etl.model import Checked, History, Severity
from etl.submission import check_return, fingerprint

PLAN = plan_2021()
Q1, Q2 = Period(2021, 1), Period(2021, 2)
RETURN = next((ROOT / "data/demo/2021Q1").glob("*新抚区*.xlsx")).read_bytes()
BACKFILL = next((ROOT / "data/demo/2020Q4").glob("*历史数据补录表*.xlsx")).read_bytes()


def nothing_before(form, reporter, period):
    return History()


def checked(content=RETURN, name="报表.xlsx", **more):
    return check_return(content, name, plan=PLAN, **{"remember": nothing_before, **more})


def test_a_good_return_comes_out_checked_with_its_fingerprint():
    found = checked()
    assert (found.ret.form, found.ret.reporter, found.ret.period, found.kind) == ("county", "210402", Q1, "xlsx")
    assert found.sha256 == fingerprint(RETURN)
    assert not found.blocked


def test_the_name_of_a_file_means_nothing():
    assert checked(name="假的.pdf").ret == checked(name="真的.xlsx").ret


def test_another_units_file_is_told_with_both_names():
    with pytest.raises(OtherUnit, match=r"新抚区.*东洲区|东洲区.*新抚区"):
        checked(reporter="210403")


def test_another_quarters_file_is_told_with_both_quarters():
    with pytest.raises(OtherPeriod, match=r"第一季度.*第二季度|第二季度.*第一季度"):
        checked(period=Q2)


def test_last_quarters_file_sent_again_is_known_by_its_bytes():
    def sent_before(form, reporter, period):
        return History(latest_sha256={Q1: fingerprint(RETURN)})

    with pytest.raises(SameFileAsBefore):
        checked(period=Q2, remember=sent_before)


def test_what_is_no_workbook_is_refused():
    with pytest.raises(NotAWorkbook):
        checked("我们的报表明天再送".encode("utf-16-be"))


def test_our_own_mistake_is_a_refusal_too_and_is_logged(monkeypatch, caplog):
    def broken(*_):
        raise RuntimeError("a slip of ours")

    monkeypatch.setattr(submission, "with_reasons", broken)
    with pytest.raises(NotUnderstood):
        checked()
    assert "a slip of ours" in caplog.text


def test_history_may_have_gaps_and_needs_no_reasons():
    found = checked(BACKFILL)
    assert found.ret.form == "backfill"
    assert {finding.severity for finding in found.findings} <= {Severity.NOTE}


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_return_is_a_return_or_a_refusal(seed):
    dice = random.Random(seed)
    damaged = bytearray(RETURN)
    for _ in range(dice.choice([1, 3, 20, 200])):
        damaged[dice.randrange(len(damaged))] = dice.randrange(256)
    if seed % 4 == 0:
        damaged = damaged[: dice.randrange(len(damaged))]
    try:
        assert isinstance(checked(bytes(damaged)), Checked)
    except ReturnRefused as refusal:
        assert str(refusal)
        assert refusal.mend()
        assert not isinstance(refusal, NotUnderstood)
