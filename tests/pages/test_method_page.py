"""The manual: every definition, formula, rule and threshold is on it, as the catalogue and the rules have them."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from html import unescape

import pytest
from command_line import ROOT
from pages_fixtures import demonstration, on_stage, screen, words  # noqa: F401  (fixtures)

from catalogue.load import PLANS, load_plan
from catalogue.wording import say, use_language, wordings
from etl.rules import RULES
from ui import reads
from ui.screens.method import lights as method_lights
from ui.screens.method import numbers, page, rules

PLAN = load_plan(PLANS / "2021")
CHAPTERS = tuple(page.CHAPTERS)


@pytest.fixture(scope="module")
def shared_folder(demo_data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("method") / "var"
    shutil.copytree(demo_data, folder)
    return folder


@pytest.fixture
def demo(shared_folder, monkeypatch):
    on_stage(shared_folder, monkeypatch)


def told(app) -> str:
    """What the manual's HTML says, without tags."""
    html = "".join(
        block.proto.body
        for block in app.get("html")
        if "method" in block.proto.body and "<style>" not in block.proto.body
    )
    return unescape(re.sub("<[^>]+>", " ", html))


def chapter(part: str, **query: str) -> str:
    return told(screen("pages/method.py", part=part, **query))


def test_the_headline_counts_what_the_catalogue_holds(demo):
    assert f"{len(PLAN.tasks)}项任务、{len(PLAN.commitments)}项承诺、{len(PLAN.indicators)}个指标" in words(
        screen("pages/method.py")
    )


def test_every_indicator_has_its_definition_formula_and_traps(demo):
    said = chapter("indicators")
    for indicator in PLAN.indicators.values():
        assert indicator.name in said and indicator.definition in said, indicator.code
        assert [trap for trap in indicator.traps if trap not in said] == []
    assert "公办园在园幼儿 ÷ 在园幼儿总数" in said


def test_every_promise_stands_with_its_clause_and_target(demo):
    said = chapter("indicators")
    assert [one.id for one in PLAN.commitments.values() if f"{one.id} " not in said or one.quote not in said] == []
    assert "≥46% · 2021年第四季度末前 · 硬性要求" in said


def test_an_indicator_leads_to_its_screen_with_the_quarter_kept(demo):
    app = screen("pages/method.py", part="indicators", period="2021Q2")
    html = "".join(block.proto.body for block in app.get("html"))
    assert 'href="indicator?period=2021Q2&amp;basis=approved&amp;lang=zh&amp;indicator=public-share"' in html


def test_every_number_that_is_reported_has_its_row_definition_and_answers(demo):
    said = chapter("elements")
    counted = [one for one in PLAN.elements.values() if one.kind in ("integer", "decimal")]
    assert [one.code for one in counted if one.row not in said or one.definition not in said] == []
    assert "单位：人 · 本年累计数，自1月1日起 · 没有填0，不得留空" in said


def test_every_rule_speaks_with_its_severity_and_its_thresholds(demo):
    said = chapter("rules")
    for rule in RULES:
        assert say(f"method.rule.{rule.__name__}", **rules.thresholds(rule)) in said
    assert "期末数比上季度变动超过20%，且变动不少于5。" in said
    assert "资助金额（累计） ÷ 资助学生数（累计，去重）：500元至5,000元" in said


def test_a_rules_severities_are_those_of_the_printed_manual():
    label = {"blocks": "强制", "explain": "核实", "note": "提示"}
    rows = [line for line in (ROOT / "docs" / "rules.md").read_text("utf-8").splitlines() if line.startswith("| `")]
    printed = {row.split("`")[1]: {key for key, word in label.items() if word in row.split("|")[2]} for row in rows}
    assert {rule.__name__: {str(one) for one in rules.severities(rule)} for rule in RULES} == printed


def test_every_rule_is_described_and_no_other():
    described = {key.removeprefix("method.rule.") for key in wordings("zh") if key.startswith("method.rule.")}
    assert described == {rule.__name__ for rule in RULES}


def test_every_calculation_and_side_rule_has_a_sentence():
    def keys(table: str) -> set[str]:
        return {key.removeprefix(table) for key in wordings("zh") if key.startswith(table)}

    assert (
        keys("method.sum_is.")
        == {kind for kinds in method_lights.SUMS.values() for kind in kinds}
        == keys("method.sum.")
    )
    assert {promise.light for promise in PLAN.commitments.values()} | set(method_lights.SIDES) <= keys(
        "method.light_rule_is."
    )


def test_the_lights_thresholds_are_those_of_the_plan(demo, monkeypatch):
    said = chapter("lights")
    assert "完成率比序时进度少30个百分点以内（含）为黄灯" in said and "距期限30天以内为黄灯" in said
    lights = replace(PLAN.lights, pace_yellow_within=12, milestone_yellow_days=9)
    for where in ("ui.reads.plan", "ui.reads.shown.plan"):
        monkeypatch.setattr(where, lambda period="": replace(PLAN, lights=lights, digest="other"))
    said = chapter("lights")
    assert "少12个百分点以内（含）为黄灯" in said and "距期限9天以内为黄灯" in said


def test_every_verdict_stands_under_the_light_the_warehouse_gives_it(demo):
    assert reads.verdicts().keys() == {
        key.removeprefix("verdict.") for key in wordings("zh") if key.startswith("verdict.")
    }
    entries = {entry.head: entry.body for entry in method_lights.lights() if entry.group == "结论用语"}
    assert len(entries) == 4
    assert all("报齐前不亮绿灯" not in body for head, body in entries.items() if "灰灯" not in head)


def test_the_glossary_is_the_printed_one(demo):
    rows = [
        line.split("|")
        for line in (ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines()
        if line.count("|") == 4
    ]
    printed = {row[1].split("(")[0].strip(): (row[2].strip(), row[3].strip().replace("`", "")) for row in rows}
    terms = [key.split(".")[1] for key in wordings("en") if key.startswith("glossary.") and key.endswith(".name")]
    ours = {
        say(f"glossary.{t}.name", "en"): (say(f"glossary.{t}.name", "zh"), say(f"glossary.{t}.what", "en"))
        for t in terms
    }
    assert {name: printed.get(name) for name in ours} == ours


@pytest.mark.parametrize("what", ["K02", "k02", "public-share", "公办 占比"])
def test_a_word_finds_its_entries_in_every_chapter(demo, what):
    said = chapter("words", find=what)
    assert "公办幼儿园在园幼儿占比" in said and "义务教育学校数" not in said
    assert f"“{what}”共找到" in said


def test_a_word_that_is_nowhere_is_said_to_be(demo):
    assert "没有找到“轨道交通”" in chapter("words", find="轨道交通")
    app = screen("pages/method.py", find="<b>x")
    assert "&lt;b&gt;x" in "".join(block.proto.body for block in app.get("html"))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("part", CHAPTERS)
def test_every_chapter_is_there_in_both_languages(demo, part, lang):
    app = screen("pages/method.py", part=part, lang=lang)
    assert len(told(app)) > 500
    if lang == "zh":
        assert re.findall(r"[A-Za-z]{4,}", told(app)) == []


def test_before_anything_is_loaded_the_manual_is_there(tmp_path, monkeypatch):
    on_stage(tmp_path, monkeypatch)
    assert "已达到目标。" in chapter("lights")


def test_what_is_counted_is_a_number(demo):
    use_language("zh")
    assert [numbers.counted(one) for one in PLAN.elements.values() if one.kind in ("text", "choice", "date")].count(
        True
    ) == 0
