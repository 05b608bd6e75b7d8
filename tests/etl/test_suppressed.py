"""保密: an answer where the plan allows it, that enters no sum and that nothing beside it gives away."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from answers_fixtures import DAY, PROSE, element
from answers_fixtures import told as heard
from plan_fixtures import FOLDER_2021, broken_copy, plan_2021
from returns_fixtures import (
    A02,
    A03,
    CHILDREN,
    PRESCHOOL,
    PRIVATE,
    PUBLIC,
    answers,
    county,
    edited,
    opened,
    put,
    read,
    template,
)
from rules_fixtures import make_return

from catalogue.entries import CatalogueError
from catalogue.load import load_plan
from catalogue.model import Plan, Slot
from etl.accept import Arrival, accept
from etl.compare import compare
from etl.model import Checked, EntryState, History, entry_text
from etl.reading.answers import read_answer
from etl.rules import check
from etl.rules.required_entry import required_entry
from etl.rules.suppressed_derivable import suppressed_derivable
from etl.template.checks import validation
from warehouse import read as asked
from warehouse import store

SUPPRESSED, UNIT = EntryState.SUPPRESSED, "210402"
SECRET = element(suppressible=True)
EMPTY = History()


def allowing(*codes: str) -> Plan:
    """The plan of 2021 with elements that may be kept back."""
    plan = plan_2021()
    elements = {code: replace(one, suppressible=True) if code in codes else one for code, one in plan.elements.items()}
    return replace(plan, elements=elements)


TRIO = allowing(CHILDREN, PUBLIC, PRIVATE)


@pytest.mark.parametrize(
    "raw",
    [
        "保密",
        " 保 密 ",
        "未公布",
        "不予公布",
        "不公开",
        "涉密",
        "suppressed",
        "Confidential",
        "*",
        "＊＊",
        "（保密）",
        "■",
    ],
)
def test_it_is_typed_in_many_ways(raw):
    answer = read_answer(raw, SECRET)
    assert (answer.state, answer.value) == (SUPPRESSED, None)
    assert [repair.rule for repair in answer.repairs] == ([] if raw.strip() == "保密" else ["suppressed_mark"])


@pytest.mark.parametrize("raw", ["保密", "未公布", "suppressed", "*"])
def test_where_the_plan_does_not_allow_it_the_finding_says_so(raw):
    assert heard(raw, element()) == (None, ["not_suppressible"])
    assert read_answer(raw, element()).state is EntryState.BAD


@pytest.mark.parametrize(("raw", "of", "state"), [("保密", PROSE, "value"), ("*", DAY, "bad"), ("5*", SECRET, "bad")])
def test_in_words_and_days_it_is_what_it_was(raw, of, state):
    assert read_answer(raw, of).state == state


@pytest.mark.parametrize("plan", [TRIO, plan_2021()], ids=["allowed", "not allowed"])
def test_a_workbook_says_it(plan):
    ret = read(county(put(PRESCHOOL, A03, "保密"), put(PRESCHOOL, A02, "保密")), plan)
    entry = ret.entry(PUBLIC)
    assert entry.state is (SUPPRESSED if plan is TRIO else EntryState.BAD) and entry.value is None
    assert (entry_text(entry), str(entry.at)) == ("保密", f"{PRESCHOOL}!{A03}")


def test_it_answers_what_is_due():
    ret = make_return(changes={PUBLIC: SUPPRESSED, CHILDREN: SUPPRESSED})
    assert PUBLIC not in [finding.slot.element for finding in required_entry(ret, plan_2021(), EMPTY)]


def test_the_forms_own_total_of_a_part_kept_back_is_kept_back():
    """Excel adds the rest up, which is no total."""
    given = answers("county", UNIT)
    content = edited(template("county", UNIT, current=given), put(PRESCHOOL, A03, "保密"))
    ret = read(content, TRIO)
    assert (ret.entry(CHILDREN).state, ret.entry(PUBLIC).state) == (SUPPRESSED, SUPPRESSED)
    assert ret.value(PRIVATE) == given[PRIVATE, UNIT]
    assert "suppressed_total" in [finding.rule for finding in ret.repairs]


def test_so_is_one_of_which_a_file_keeps_the_result_only():
    private = read(county(), TRIO).value(PRIVATE)
    ret = read(county(put(PRESCHOOL, A03, "保密"), put(PRESCHOOL, A02, int(private))), TRIO)
    assert ret.entry(CHILDREN).state is SUPPRESSED
    assert list(suppressed_derivable(ret, TRIO, EMPTY)) == []


@pytest.mark.parametrize(
    ("changes", "hidden", "by"),
    [
        ({PUBLIC: SUPPRESSED}, PUBLIC, CHILDREN),  # total less the other part
        ({CHILDREN: SUPPRESSED}, CHILDREN, PUBLIC),  # the parts added up
        ({PUBLIC: SUPPRESSED, CHILDREN: SUPPRESSED}, None, None),
        ({PUBLIC: SUPPRESSED, PRIVATE: SUPPRESSED}, None, None),
        ({PUBLIC: SUPPRESSED, PRIVATE: EntryState.BLANK}, None, None),
        ({}, None, None),
        ({"health.myopic": SUPPRESSED}, None, None),
    ],
)
def test_nothing_beside_it_tells_it(changes, hidden, by):
    blank = {code: EntryState.BLANK for code in ("kindergarten.public_ratio", "kindergarten.coverage_ratio")}
    found = list(suppressed_derivable(make_return(changes=blank | changes), TRIO, EMPTY))
    assert [(one.slot.element, one.fields["other_element"]) for one in found] == ([(hidden, by)] if hidden else [])
    assert all(one.severity == "blocks" for one in found)


def test_a_typed_ratio_tells_its_other_side():
    ret = make_return(changes={PUBLIC: SUPPRESSED, PRIVATE: SUPPRESSED})
    found = {
        one.fields["other_element"] for one in suppressed_derivable(ret, TRIO, EMPTY) if one.slot.element == PUBLIC
    }
    assert found == {"kindergarten.public_ratio", "kindergarten.coverage_ratio"}


def test_a_total_over_rows_tells_the_one_row_kept_back():
    changes = {"toilets.renovated@210421": SUPPRESSED}
    ret = make_return("project", "planning", changes=changes)
    [found] = suppressed_derivable(ret, allowing("toilets.renovated", "toilets.renovated.total"), EMPTY)
    assert (found.slot, found.fields["other_element"]) == (
        Slot(element="toilets.renovated", subject="210421"),
        "toilets.renovated.total",
    )


def test_no_other_rule_takes_it_for_a_number_or_a_blank():
    kept_back = {CHILDREN: SUPPRESSED, PUBLIC: SUPPRESSED, PRIVATE: SUPPRESSED}
    blank = {code: EntryState.BLANK for code in ("kindergarten.public_ratio", "kindergarten.coverage_ratio")}
    ret = make_return(changes=kept_back | blank | {"kindergarten.children.inclusive_private": SUPPRESSED})
    told = [one.rule for one in check(ret, TRIO, EMPTY) if one.slot and one.slot.element in (*kept_back, *blank)]
    assert told == []


def test_it_is_kept_as_its_own_state_and_has_no_value(tmp_path):
    plan = TRIO
    ret = make_return(changes={PUBLIC: SUPPRESSED, PRIVATE: SUPPRESSED, CHILDREN: SUPPRESSED})
    checked = Checked(sha256="a", file_name="a.xlsx", kind="xlsx", ret=ret, findings=())
    at = datetime(2021, 7, 5)
    store.publish(tmp_path, plan, lambda writer: accept(checked, writer, plan, Arrival("x", at)) and None)
    with store.open_version(store.newest(tmp_path)) as con:
        kept = asked.entries(con, "county", UNIT, "2021Q2")
    assert kept[PUBLIC, UNIT] == ("suppressed", None, None)
    lines = {line.element: line for line in compare(ret, {(PUBLIC, UNIT): Decimal(5)}, kept, (), plan)}
    assert not lines[PUBLIC].changed_since_accepted and lines[PUBLIC].outlier == "gone"


def test_the_template_takes_it_and_says_so():
    taken = validation(element(suppressible=True, na=True), "E7")
    assert taken["value"] == '=IF(ISNUMBER(E7),AND(E7>=0,INT(E7)=E7),OR(E7="/",E7="保密"))'
    assert "保密" in taken["input_message"] and "保密" in taken["error_message"]
    assert validation(SECRET, "E7")["value"].endswith('E7="保密")')
    assert "保密" not in str(validation(element(na=True), "E7"))
    guide = read_guide(TRIO)
    assert guide.count("可填“保密”。") == 3 and "保密：有数但不能公布" in guide
    assert "保密" not in read_guide(plan_2021())


def read_guide(plan: Plan) -> str:
    book = opened(template("county", UNIT, plan=plan))
    return "\n".join(str(cell.value) for row in book["填报说明"].iter_rows() for cell in row if cell.value)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("kindergarten.children.public", "needs its total kindergarten.children to be suppressible too"),
        ("kindergarten.public_ratio", "is for numbers only, not for"),
    ],
)
def test_the_check_of_a_plan_refuses_what_could_be_told_all_the_same(tmp_path, code, said):
    wanted = f'code = "{code}"'
    folder = broken_copy(tmp_path, "elements.toml", wanted, f"{wanted}, suppressible = true", of=FOLDER_2021)
    with pytest.raises(CatalogueError, match=said):
        load_plan(folder)
