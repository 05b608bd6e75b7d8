"""All rules together: a sane return is silent, findings come in order, reasons settle questions."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rules_fixtures import ABSENT, BAD, BLANK, COUNTY, NA, make_return, past, plan

from bench import rules as manual
from catalogue.layout import layout
from catalogue.wording import FOLDER, wordings
from etl.messages import sentence
from etl.model import CellRef, Finding, Severity
from etl.rules import RULES, check
from etl.rules.reasons import corrects, explains

REPO = Path(__file__).resolve().parents[2]
NAMES = [rule.__name__ for rule in RULES]


def told(ret, before=None):
    return [
        f"{f.rule} {f.slot.element if f.slot else '*'} {f.severity}{' explained' if f.explained else ''}"
        for f in check(ret, plan(), past(before or {}, ret.reporter))
    ]


@pytest.mark.parametrize("period", ["2021Q1", "2021Q2", "2021Q3", "2021Q4"])
@pytest.mark.parametrize("form", ["county", "project", "department"])
def test_a_complete_and_sane_return_of_any_reporter_gives_no_finding(form, period):
    for reporter in plan().reporters(form):
        assert told(make_return(form, reporter, period)) == []


def test_a_quarter_that_grew_as_quarters_do_gives_no_finding():
    grown = {
        code: float(value) / 2 if plan().elements[code].nature == "flow" else value
        for code, value in COUNTY.items()
        if not plan().elements[code].ratio_of
    }
    assert told(make_return(period="2021Q2"), {"2021Q1": grown}) == []


def test_the_first_return_ever_has_nothing_to_be_compared_with():
    assert told(make_return(period="2021Q1", changes={"safety.kindergartens": 40})) == []


def test_findings_come_blocks_first_then_questions_then_notes_each_in_the_order_of_the_form():
    ret = make_return(
        period="2021Q2",
        changes={
            "teachers.total": BLANK,
            "kindergarten.children": 3131,
            "kindergarten.coverage_ratio": 60,
            "aid.amount": 2_005_000,
            "vocational.graduates": 10,
        },
    )
    assert told(ret) == [
        "total_equals_parts kindergarten.children blocks",
        "required_entry teachers.total blocks",
        "typed_ratio kindergarten.coverage_ratio explain",
        "unit_slip aid.amount explain",
        "not_due_yet vocational.graduates note",
    ]


def test_what_reading_found_is_kept_and_sorted_in():
    repair = Finding("not_a_number", Severity.BLOCKS, at=CellRef("学前教育", "E5"), fields={"raw": "约30"})
    about_the_file = Finding("hidden_sheet", Severity.NOTE, fields={"sheet": "旧表"})
    ret = make_return(changes={"kindergarten.sites": BAD, "teachers.total": BLANK}, repairs=(about_the_file, repair))
    assert told(ret) == ["not_a_number * blocks", "required_entry teachers.total blocks", "hidden_sheet * note"]


def test_one_rule_says_one_thing_about_one_cell():
    form = plan().forms["county"]
    nested = replace(form, within=(*form.within, ("safety.schools.alarmed", "compulsory.schools")))
    ret = make_return(changes={"safety.schools.alarmed": 31})
    findings = check(ret, replace(plan(), forms={**plan().forms, "county": nested}), past({}))
    assert [(f.rule, f.fields["whole"]) for f in findings] == [("part_within_whole", 30)]


@pytest.mark.parametrize(
    ("reason", "is_one"),
    [
        ("", False),
        ("  ", False),
        ("无", False),
        ("同上", False),
        ("正常", False),
        ("正常变动。", False),
        ("无 变 化", False),
        ("n/a", False),
        ("None", False),
        ("。。。", False),
        ("123456", False),
        ("增", False),
        ("增增", False),
        ("abc", False),
        ("撤并", True),
        ("新建园2所", True),
        ("秋季招生，正常变动", True),
        ("new site", True),
        ("move", True),
    ],
)
def test_a_reason_is_two_characters_or_four_letters_and_no_filler(reason, is_one):
    assert explains(reason) is is_one


@pytest.mark.parametrize(
    ("reason", "is_one"),
    [("更正", False), ("更正。", False), ("更正：同上", False), ("上季重复计数，更正", True), ("重复计数", False)],
)
def test_a_correction_says_so_and_why(reason, is_one):
    assert corrects(reason) is is_one


def test_a_question_passes_with_a_reason_and_stays_on_record():
    before = {"2021Q1": {"kindergarten.sites": 20}}
    asked = make_return()
    answered = make_return(reasons={"kindergarten.sites": " 新建14所 "})
    fobbed_off = make_return(reasons={"kindergarten.sites": "同上"})
    assert told(asked, before) == ["stock_jump kindergarten.sites explain"]
    assert told(fobbed_off, before) == ["stock_jump kindergarten.sites explain"]
    [finding] = check(answered, plan(), past(before))
    assert (finding.severity, finding.explained, finding.is_open) == (Severity.EXPLAIN, "新建14所", False)


def test_a_reason_does_not_mend_what_must_be_mended():
    ret = make_return(changes={"kindergarten.children": 3131}, reasons={"kindergarten.children": "统计口径不同"})
    [finding] = check(ret, plan(), past({}))
    assert (finding.explained, finding.is_open) == ("", True)


def test_history_is_taken_as_far_as_it_is_known_and_asks_nobody():
    known = {"kindergarten.children": 3000, "kindergarten.children.public": 1320, "kindergarten.children.private": 1680}
    slots = layout(plan(), "backfill", "city").slots()
    changes = {f"{slot.element}@{slot.subject}": known.get(slot.element, BLANK) for slot in slots}
    changes |= {"aid.pupils@210402": 10, "aid.amount@210402": 100, "kindergarten.children@210403": 3001}
    found = check(make_return("backfill", "city", "2021Q1", changes), plan(), past({}))
    assert [(f.rule, f.slot.subject, str(f.severity)) for f in found] == [
        ("total_equals_parts", "210403", "blocks"),
        ("mean_out_of_range", "210402", "note"),
    ]


def test_a_quarter_before_the_plan_began_is_history_too():
    ret = make_return(period="2020Q4", changes={"teachers.total": BLANK, "aid.amount": 2000})
    assert told(ret) == ["mean_out_of_range aid.amount note"]


@pytest.mark.parametrize("state", [BLANK, NA, BAD, ABSENT])
@pytest.mark.parametrize("form", ["county", "project", "department"])
def test_no_rule_stumbles_over_a_return_without_one_number(form, state):
    reporter = plan().reporters(form)[0]
    whole = make_return(form, reporter)
    empty = make_return(form, reporter, changes={slot.element: state for slot in whole.entries})
    before = {"2021Q1": {slot.element: 7 for slot in whole.entries}}
    found = check(empty, plan(), past(before, reporter))
    said = {f.rule for f in found} - {"lead_silent"}
    due = {BLANK: {"required_entry"}, NA: {"not_applicable_allowed"}}.get(state, set())
    if any(plan().elements[slot.element].na for slot in whole.entries) and state is NA:
        due |= {"flow_gone", "figure_gone"}
    counts = any(e.kind in ("integer", "decimal") for e in (plan().elements[s.element] for s in whole.entries))
    assert said == (due if counts else set())


@settings(max_examples=25, deadline=None)
@given(
    answers=st.data(),
    form=st.sampled_from(["county", "project", "department"]),
    period=st.sampled_from(["2021Q1", "2021Q3"]),
)
def test_whatever_is_entered_every_finding_can_be_said(answers, form, period):
    reporter = plan().reporters(form)[0]
    whole = make_return(form, reporter, period)
    numbers = st.one_of(
        st.sampled_from([BLANK, NA, BAD, ABSENT, 0]), st.decimals(-10, 10**9, places=4), st.integers(0, 200)
    )
    counted = [slot.element for slot, entry in whole.entries.items() if entry.value is not None]
    changes = answers.draw(st.fixed_dictionaries({code: numbers for code in counted[:40]}))
    last = answers.draw(st.fixed_dictionaries({code: st.integers(0, 300) for code in counted[:40]}))
    before = {quarter: last for quarter in ("2020Q4", "2021Q1", "2021Q2")}
    for finding in check(make_return(form, reporter, period, changes), plan(), past(before, reporter)):
        assert sentence(finding, plan(), "zh") and sentence(finding, plan(), "en")


def test_every_rule_has_wording_in_both_languages():
    for lang in ("zh", "en"):
        words = wordings(lang)
        missing = [n for n in NAMES if f"finding.{n}" not in words or f"finding_mend.{n}" not in words]
        assert missing == []


def test_every_rule_says_why_it_exists_and_where_it_comes_from():
    assert [rule.__name__ for rule in RULES if "Source:" not in (rule.__doc__ or "")] == []


def test_the_manual_has_one_line_for_every_rule_and_for_no_other():
    rows = [line for line in (REPO / "docs" / "rules.md").read_text("utf-8").splitlines() if line.startswith("| `")]
    assert [row.split("`")[1] for row in rows] == NAMES


def test_the_manual_says_what_stands_beside_the_rule():
    text = manual.PAGE.read_text("utf-8")
    assert manual.page(text) == text, "make rules"
    spoiled = text.replace("一格未填", "全都填了", 1)
    assert spoiled != text and manual.page(spoiled) == text


def test_a_rule_and_its_words_bear_one_name():
    files = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in (FOLDER / "rules").glob("*.toml")}
    assert files.keys() == set(NAMES)
    for name, told in files.items():
        assert told.keys() == {"manual", "zh", "en"}
        assert told["zh"].keys() == told["en"].keys() == {"finding", "finding_mend", "method"}
        assert told["zh"]["finding"].keys() >= {name}


def test_the_manual_gives_each_rule_the_severity_it_speaks_with():
    text = (REPO / "docs" / "rules.md").read_text("utf-8")
    label = {row.split("`")[1]: row.split("|")[2].strip() for row in text.splitlines() if row.startswith("| `")}
    heads = {"强制": Severity.BLOCKS, "核实": Severity.EXPLAIN, "提示": Severity.NOTE}
    assert {name for name, words in label.items() if not any(head in words for head in heads)} == set()


def test_what_is_checked_comes_from_the_plan_folder():
    ret = make_return(changes={"kindergarten.estate.public": 60})
    form = plan().forms["county"]
    loose = replace(form, within=tuple(pair for pair in form.within if pair[0] != "kindergarten.estate.public"))
    assert [f.rule for f in check(ret, plan(), past({}))] == ["part_within_whole"]
    assert [f.rule for f in check(ret, replace(plan(), forms={**plan().forms, "county": loose}), past({}))] == []
