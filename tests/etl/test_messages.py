"""Findings in words, as staff read them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from rules_fixtures import BLANK, COUNTY, NA, make_return, past, plan

from catalogue.model import Slot
from catalogue.period import Period
from catalogue.wording import language, wordings
from etl.messages import mend, sentence, severity_label
from etl.model import CellRef, EntryState, Finding, Severity
from etl.rules import RULES, check

WORKS = {"form": "project", "reporter": "planning"}
PRESCHOOL = {"form": "department", "reporter": "preschool"}
LIVE = {code: n for code, n in COUNTY.items() if plan().elements[code].nature != "annual" and "ratio" not in code}

# rule, what is changed in the return, earlier quarters, the Chinese sentence
UNTOUCHED = {"form": "department", "reporter": "finance"}
UNTOUCHED["changes"] = {slot.element: BLANK for slot in make_return(**UNTOUCHED).entries}

KEPT_BACK = {"kindergarten.children.public": EntryState.SUPPRESSED}
KEPT_BACK |= dict.fromkeys(("kindergarten.public_ratio", "kindergarten.coverage_ratio"), BLANK)

SENTENCES = [
    ("nothing_filled", UNTOUCHED, {}, "全表：没有填写任何内容。"),
    ("required_entry", {"changes": {"compulsory.dropouts": BLANK}}, {}, "义务教育!D12 义务教育辍学人数：未填报。"),
    (
        "not_applicable_allowed", {"changes": {"compulsory.dropouts": NA}}, {},
        "义务教育!D12 义务教育辍学人数：填“/”（不适用），但本项各单位均适用。",
    ),
    (
        "whole_number", {"changes": {"compulsory.pupils": "12050.0001"}}, {},
        "义务教育!D10 义务教育在校生：填报12050.0001，应为整数。",
    ),
    ("not_negative", {"changes": {"compulsory.pupils": -1}}, {}, "义务教育!D10 义务教育在校生：填报-1人，不应小于0。"),
    (
        "total_equals_parts", {"changes": {"kindergarten.children": 3140}}, {},
        "学前教育!D6 在园幼儿总数：合计3,140人，分项之和3,130人，相差10人。",
    ),
    (
        "column_total_equals_rows", {**WORKS, "changes": {"toilets.renovated.total": 8}}, {},
        "厕所改造!D12 合计：填报8座，各行之和7座，相差1座。",
    ),
    (
        "part_within_whole", {"changes": {"kindergarten.estate": NA}}, {},
        "学前教育!D13 已办成公办园：填报4所，大于“城镇小区配套幼儿园数”（/）。",
    ),
    (
        "na_beside_figure", {"changes": {"kindergarten.estate.public": NA}}, {},
        "学前教育!D13 已办成公办园：填“/”（不适用），但“城镇小区配套幼儿园数”填报6所。",
    ),
    (
        "suppressed_derivable", {"changes": KEPT_BACK}, {},
        "学前教育!D7 公办园在园幼儿：填“保密”，但由“在园幼儿总数”可以推算出来。",
    ),
    (
        "flow_not_below_last", {}, {"2021Q1": {"aid.amount": "1200.5"}},
        "学生资助!D12 资助金额（累计）：本期累计200.5万元，小于2021年第一季度累计1,200.5万元。",
    ),
    (
        "flow_gone", {"changes": {"vocational.trainees.jobs": NA, "vocational.trainees": 220}},
        {"2021Q1": {"vocational.trainees.jobs": 90}},
        "职业教育与培训!D6 普惠制就业培训：2021年第一季度累计已填90人，本年累计数不能改为“/”（不适用）。",
    ),
    (
        "finished_before_started", {**WORKS, "changes": {"project.campus.finished": "2021-03-31"}}, {},
        "项目进度!I6 市实验小学校园环境工程·完工日期：完工日期2021年3月31日早于开工日期2021年4月1日。",
    ),
    (
        "stock_jump", {}, {"2021Q1": {"fitness.tested": 9000}},
        "校园安全与保障!D16 体质健康测试学生数：本期12,000人，2021年第一季度9,000人，变动3,000人，超过20%。",
    ),
    (
        "figure_gone", {"changes": {"nutrition.pupils": NA}}, {"2021Q1": {"nutrition.pupils": 800}},
        "学生资助!D13 营养餐受益学生：2021年第一季度填报800人，本期填“/”，不再有数。",
    ),
    (
        "flow_flat", {"period": "2021Q3"}, {"2021Q1": {"aid.pupils": 1000}, "2021Q2": {"aid.pupils": 1000}},
        "学生资助!D7 资助学生数（累计，去重）：累计1,000人，2021年第一季度以来连续两个季度没有变化。",
    ),
    (
        "ratio_all_or_same",
        {"changes": {"special.case_files": 64}}, {"2021Q1": {"special.case_files": 60, "special.children": 64}},
        "义务教育!D20 残疾儿童“一人一案”覆盖率：本期100%（64/64），2021年第一季度93.75%（60/64）。",
    ),
    (
        "denominator_moved", {}, {"2021Q1": {"compulsory.schools": 25}},
        "义务教育!D5 义务教育学校数：本期24所，2021年第一季度25所，学年中间一般不变。",
    ),
    (
        "mean_out_of_range", {"changes": {"aid.amount": "45.6789"}}, {},
        "学生资助!D12 资助金额（累计）：填报45.6789万元，“资助学生数（累计，去重）”1,000人，平均457元，不在500元至5,000元之间。",
    ),
    (
        "over_plan", {**WORKS, "changes": {"project.campus.invested": 1600, "project.total.invested": "3750.25"}}, {},
        "项目进度!E6 市实验小学校园环境工程·完成投资：填报1,600万元，超过计划1,443万元的110%。",
    ),
    (
        "unit_slip", {"changes": {"aid.amount": 2_005_000}}, {},
        "学生资助!D12 资助金额（累计）：填报2,005,000万元，疑将“元”当作“万元”，如按元计应为200.5万元。",
    ),
    (
        "copied_from_last", {"changes": {"kindergarten.sites": 35}}, {"2021Q1": LIVE},
        "全表：可与2021年第一季度比较的64项数据中，63项完全相同，疑沿用上期数据。",
    ),
    (
        "typed_ratio", {"changes": {"kindergarten.public_ratio": "46.1"}}, {},
        "学前教育!D11 公办幼儿园在园幼儿占比：填报46.1%，按表内数据计算为46.01%，相差0.09个百分点。",
    ),
    (
        "zero_commitment", {"changes": {"compulsory.dropouts.poor": 1}}, {},
        "义务教育!D13 建档立卡家庭子女辍学人数：填报1人，工作要点承诺该项为0。",
    ),
    (
        "milestone_undated", {**PRESCHOOL, "changes": {"milestone.10-6.status": "done"}}, {},
        "节点进展!D7 幼儿园与小学科学衔接·完成日期：节点已完成，未填完成日期。",
    ),
    (
        "not_due_yet", {"changes": {"vocational.graduates": 500}}, {},
        "职业教育与培训!D10 中职毕业生数：自第3季度起填报，本期已填500人。",
    ),
    (
        "previous_overwritten", {"previous": {"fitness.tested": 1}}, {"2021Q1": {"fitness.tested": 12000}},
        "校园安全与保障!C16 体质健康测试学生数：表内上期数为1人，2021年第一季度已报的是12,000人。",
    ),
    (
        "ratio_by_denominator", {}, {"2021Q1": {"compulsory.schools": 26, "compulsory.schools.grouped": 19}},
        "义务教育!D5 集团（联盟）成员学校占比：由73.08%升至79.17%，仅因分母由26所减至24所，分子并未增加（19所→19所）。",
    ),
    (
        "task_without_progress", {**PRESCHOOL, "changes": {"task.10.done": BLANK}}, {},
        "任务进展!D5 学前教育抓规范扩公办·进展情况：已填状态，未填进展情况。",
    ),
    (
        "lead_silent",
        {**PRESCHOOL, "changes": {f"task.10.{column}": BLANK for column in ("status", "done", "problem", "next")}}, {},
        "任务进展!C5 学前教育抓规范扩公办：本单位牵头，本期未报告进展。",
    ),
    (
        "stage_against_money",
        {**WORKS, "changes": {"project.campus.stage": "built", "project.campus.invested": 700}}, {},
        "项目进度!G6 市实验小学校园环境工程·形象进度：项目已完工，完成投资700万元，不足计划1,443万元的50%。",
    ),
]  # fmt: skip


def finding_of(rule: str, case: dict, before: dict) -> Finding:
    ret = make_return(**case)
    [finding] = [f for f in check(ret, plan(), past(before, ret.reporter)) if f.rule == rule]
    return finding


@pytest.mark.parametrize(("rule", "case", "before", "chinese"), SENTENCES, ids=[row[0] for row in SENTENCES])
def test_a_finding_says_where_and_what_in_chinese(rule, case, before, chinese):
    assert sentence(finding_of(rule, case, before), plan()) == chinese


@pytest.mark.parametrize(("rule", "case", "before", "chinese"), SENTENCES, ids=[row[0] for row in SENTENCES])
def test_a_finding_can_be_said_and_mended_in_english_too(rule, case, before, chinese):
    finding = finding_of(rule, case, before)
    place = str(finding.at) if finding.at else "Whole workbook"
    assert sentence(finding, plan(), "en").startswith(place)
    assert mend(finding, plan(), "en").endswith(".")
    assert "{" not in "".join(told(finding, plan(), lang) for told in (sentence, mend) for lang in ("en", "zh"))


def test_every_rule_is_heard_in_words_above_or_in_its_own_test():
    """`spoken` says what it finds in both languages."""
    names, heard = [rule.__name__ for rule in RULES], [row[0] for row in SENTENCES]
    assert heard == [name for name in names if name in heard]
    tests = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_rules_*.py"))
    assert [name for name in names if name not in heard and f"spoken({name}," not in tests] == []


def test_saying_something_in_english_leaves_the_screen_in_chinese():
    finding = finding_of("not_negative", {"changes": {"compulsory.pupils": -1}}, {})
    sentence(finding, plan(), "en")
    assert language() == "zh"
    assert mend(finding, plan()) == "请核对后重新报送。"


def told(
    rule: str = "probe", element: str = "aid.amount", subject: str = "210402", lang: str | None = None, **fields
) -> str:
    slot = Slot(element=element, subject=subject)
    return sentence(Finding(rule, Severity.NOTE, CellRef("学生资助", "E12"), slot, fields), plan(), lang)


@pytest.fixture
def probe(monkeypatch):
    """A sentence that shows one field."""
    for lang in ("zh", "en"):
        monkeypatch.setitem(wordings(lang), "finding.probe", "{x}")
        monkeypatch.setitem(wordings(lang), "finding.probe_name", "{name}|{element}")
        monkeypatch.setitem(wordings(lang), "finding.probe_task", "{task}")


@pytest.mark.parametrize(
    ("fields", "chinese", "english"),
    [
        ({"x": Decimal("1300")}, "1,300万元", "1,300 × 10,000 CNY"),
        ({"x": Decimal("0.0001")}, "0.0001万元", "0.0001 × 10,000 CNY"),
        ({"x": Decimal("20"), "x_measure": "percent"}, "20%", "20%"),
        ({"x": Decimal("0.09"), "x_measure": "point"}, "0.09个百分点", "0.09 pp"),
        ({"x": 12345}, "12,345", "12,345"),
        ({"x": None}, "—", "—"),
        ({"x": "约30{人}"}, "约30{人}", "约30{人}"),
        ({"x": Period(2021, 3)}, "2021年第三季度", "Q3 2021"),
        ({"x": date(2021, 10, 11)}, "2021年10月11日", "11 Oct 2021"),
        ({"x": CellRef("学前教育", "D7")}, "学前教育!D7", "学前教育!D7"),
    ],
)
def test_each_kind_of_field_is_written_as_people_write_it(probe, fields, chinese, english):
    assert (told(lang="zh", **fields), told(lang="en", **fields)) == (chinese, english)


def test_codes_of_the_plan_are_shown_by_their_names(probe):
    assert told("probe_task", task=10) == "学前教育抓规范扩公办"
    assert told("probe_task", task="no such task") == "no such task"
    assert told("probe_name", lang="en") == "Aid paid (year to date)|Aid paid (year to date)"


def test_a_row_per_county_names_the_county(probe):
    assert told("probe_name", "toilets.renovated", "210403").startswith("东洲区·不卫生厕所改造完成|")
    assert told("probe_name", "toilets.renovated.total", "planning").startswith("合计|")


def test_a_finding_about_the_whole_file_needs_no_cell(probe):
    assert sentence(Finding("probe", Severity.NOTE, fields={"x": Decimal("2.5")}), plan()) == "2.5"


def test_a_rule_without_wording_is_our_mistake_and_is_not_hidden():
    with pytest.raises(KeyError, match=r"finding\.no_such_rule"):
        sentence(Finding("no_such_rule", Severity.NOTE), plan())


def test_severities_have_their_official_names():
    assert [severity_label(severity) for severity in Severity] == ["强制", "核实", "提示"]
    assert severity_label(Finding("probe", Severity.EXPLAIN), "en") == "needs a reason"
