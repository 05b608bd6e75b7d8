"""A return beside last quarter's and beside the one accepted before."""

from __future__ import annotations

from decimal import Decimal

import pytest
from rules_fixtures import BLANK, NA, make_return, past, plan

from catalogue.model import Slot
from catalogue.period import Period
from etl.compare import ComparedLine, compare, last_value
from etl.model import CellRef, Finding, Severity
from etl.rules import check

SITES, AID, DROPOUTS, CHILDREN = "kindergarten.sites", "aid.amount", "compulsory.dropouts", "kindergarten.children"
ESTATE = "kindergarten.estate"
REPORTER = "210402"


def line(element: str, *, last=None, accepted=None, findings=None, before=None, **case) -> ComparedLine:
    """The line of one element; `last`: what stood there last quarter; None: that quarter has only other figures."""
    ret = make_return(**case)
    earlier = {(code, REPORTER): Decimal(str(n)) for code, n in (before or {"safety.schools": 30}).items()}
    if last is not None:
        earlier[element, REPORTER] = Decimal(str(last))
    lines = compare(ret, earlier, accepted, findings or (), plan())
    [found] = [one for one in lines if one.element == element]
    return found


def test_every_entry_has_a_line_in_the_order_of_the_form():
    ret = make_return()
    lines = compare(ret, {}, None, (), plan())
    assert [(one.element, one.subject) for one in lines] == [(slot.element, slot.subject) for slot in ret.entries]
    first = lines[0]
    assert (first.sheet, first.cell, first.measure, first.now) == ("学前教育", "D5", "kindergarten", ret.entry(SITES))


def test_the_change_is_exact():
    assert line(AID, last="200.4", period="2021Q2").change == Decimal("0.1")


@pytest.mark.parametrize(
    ("last", "outlier"),
    [(34, ""), (29, ""), (28, "jump"), (27, "jump"), (42, ""), (43, "fell"), (30, "")],
    ids=["same", "17 percent up", "21 percent up", "26 percent up", "19 percent down", "21 percent down", "by four"],
)
def test_a_stock_stands_out_by_more_than_a_fifth_and_more_than_a_few(last, outlier):
    assert line(SITES, last=last).outlier == outlier


def test_three_dropouts_instead_of_two_are_no_news():
    assert line(DROPOUTS, last=3).outlier == ""


def test_a_flow_that_grows_is_no_news_and_one_that_falls_always_is():
    assert (line(AID, last=100).outlier, line(AID, last="200.6").outlier) == ("", "fell")


def test_flows_start_again_in_january():
    found = line(AID, last=900, period="2021Q1")
    assert (found.last, found.change, found.outlier) == (900, None, "")


def test_a_rule_that_compares_makes_its_value_stand_out():
    ret = make_return(period="2021Q2")
    finding = Finding(
        "denominator_moved",
        Severity.EXPLAIN,
        at=CellRef("学前教育", "D6"),
        slot=Slot(element=CHILDREN, subject=REPORTER),
    )
    found = line(CHILDREN, last=3131, findings=[finding], period="2021Q2")
    assert ret.value(CHILDREN) == 3130
    assert (found.outlier, found.findings) == ("fell", (finding,))
    assert line(CHILDREN, last=3130, findings=[finding], period="2021Q2").outlier == ""


def test_money_in_the_wrong_unit_stands_out_where_the_rules_see_it():
    history = past({"2021Q1": {AID: 180}})
    ret = make_return(changes={AID: 2005000})
    found = line(AID, last=180, findings=check(ret, plan(), history), changes={AID: 2005000})
    assert "unit_slip" in [finding.rule for finding in found.findings]
    assert found.outlier == "jump"


def test_a_number_on_one_side_only_is_new_or_gone():
    assert line(SITES).outlier == "new"
    assert line(SITES, last=34, changes={SITES: BLANK}).outlier == "gone"
    assert line(SITES, last=34, changes={SITES: NA}).outlier == "gone"


def test_nothing_is_new_where_last_quarter_is_not_known_or_did_not_ask():
    assert compare(make_return(), {}, None, (), plan())[0].outlier == ""
    assert line(SITES, period="2021Q1").outlier == ""
    assert line("vocational.graduates", period="2021Q3").outlier == ""
    assert line("vocational.graduates", last=480, period="2021Q1").outlier == ""


@pytest.mark.parametrize(
    ("stood", "now", "changed"),
    [
        (("value", Decimal("34.0"), None), 34, False),
        (("value", Decimal(33), None), 34, True),
        (("na", None, None), NA, False),
        (("na", None, None), 0, True),
        (("blank", None, None), BLANK, False),
        (("value", Decimal(0), None), BLANK, True),
        (None, BLANK, False),
        (None, 34, True),
    ],
)
def test_changed_means_another_answer_than_the_one_that_stands(stood, now, changed):
    accepted = {(ESTATE, REPORTER): stood} if stood else {}
    found = line(ESTATE, accepted=accepted, changes={ESTATE: now})
    assert (found.accepted, found.changed_since_accepted) == (stood, changed)


def test_nothing_has_changed_where_nothing_stands_yet():
    assert not any(one.changed_since_accepted for one in compare(make_return(), {}, None, (), plan()))


def test_words_are_compared_as_words():
    accepted = {("project.campus.stage", "planning"): ("value", None, "tendering")}
    lines = compare(make_return("project", "planning"), {}, accepted, (), plan())
    assert [one.changed_since_accepted for one in lines if one.element == "project.campus.stage"] == [True]


def test_last_quarters_value_of_a_finding_is_the_one_of_its_data_item():
    history = past({"2021Q1": {SITES: 33}, "2020Q4": {AID: 7}})
    ret = make_return(period="2021Q2")

    def about(element: str | None) -> Finding:
        slot = Slot(element=element, subject=REPORTER) if element else None
        return Finding("probe", Severity.NOTE, slot=slot)

    assert [last_value(about(code), history, ret) for code in (SITES, AID, None)] == [33, None, None]
    assert ret.period.previous == Period(2021, 1)
