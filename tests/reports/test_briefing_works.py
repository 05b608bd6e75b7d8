"""Money, works and silent tasks in a briefing: what the project return says, and nothing where it does not count."""

# ruff: noqa: F811
from __future__ import annotations

import pytest
from briefing_fixtures import house, of_house, quarter, section  # noqa: F401  (fixtures)

from catalogue.wording import say, use_language
from reports.briefing.charts import charts
from reports.briefing.document import draft
from reports.pictures.figures import AskedChart, proof_of


def test_each_project_says_money_floor_area_and_stage(quarter):
    told = section(draft(quarter("2021Q3")), "works")
    assert "有数的3个项目到位资金4,739万元，完成投资3,270万元，占计划5,943万元的55%，慢于序时20个百分点" in told
    assert (
        "抚顺市第二中学食堂升级改造和扩建：完成投资760万元，占计划1,300万元的58%，慢于序时16.5个百分点（少215万元）；"
        "到位资金1,040万元；完成面积4,300平方米，占计划7,900平方米的54%，慢于序时20.6个百分点；形象进度：施工中。"
    ) in told


def test_money_invested_is_the_value_that_is_verified_and_the_rest_names_its_cell(quarter):
    claims = {claim.stem: claim for one in draft(quarter("2021Q3")).sections["works"] for claim in one.sentence.claims}
    assert claims["canteen-investment_value"].number.value == 760
    assert "项目进度" in claims["works_canteen_funded"].source and "文件" in claims["works_canteen_funded"].source


def test_a_project_return_that_does_not_count_is_not_told_by_last_quarters_figures(quarter):
    told = section(draft(quarter("2021Q3", "approved")), "works")
    assert "本季工程项目报表未审核，本期不作说明。" in told
    assert "万元的" not in told and "慢于" not in told
    assert "本季工程项目报表未报" in section(draft(quarter("2021Q4")), "works")


def test_aid_per_pupil_comes_with_how_many_have_reported_and_not_on_few(quarter):
    assert "累计资助11,400人，发放2,290万元，人均2,009元（7/8家单位已报" in section(draft(quarter("2021Q3")), "works")
    assert "学生资助" not in section(draft(quarter("2021Q4")), "works")


def test_a_plan_without_works_or_aid_has_no_such_section(house):
    house.publish()
    assert "works" not in draft(of_house(house, "2021Q1")).sections


def test_the_section_can_be_left_out(quarter):
    told = draft(quarter()).without(("works",))
    assert "works" not in told.sections and told.left_out == ("works",)


def test_tasks_nobody_or_not_their_lead_spoke_of_are_named(quarter):
    snapshot = quarter()
    told = section(draft(snapshot), "overall")
    assert "首位责任单位没有申报、其他责任单位已申报的任务1项：第13项任务" in told
    assert "均没有申报" not in told
    quiet = snapshot.tasks.copy()
    quiet.loc[quiet["task"].isin([2, 9]), "said"] = "silent"
    object.__setattr__(snapshot, "tasks", quiet)
    told = section(draft(snapshot), "overall")
    assert "均没有申报的任务2项：第2项任务" in told and "第9项任务" in told


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_chart_of_the_file_carries_the_stamp_it_has_alone(quarter, lang):
    use_language(lang)
    snapshot = quarter()
    found = {chart.section: chart for chart in charts(snapshot)}
    assert set(found) == {"overall", "behind", "works"}
    for section_name, kind in (("overall", "targets"), ("works", "investment")):
        assert proof_of(snapshot, AskedChart(kind)).code in found[section_name].draw().to_json()
    assert say("app.demo") in found["behind"].draw().to_json()


def test_no_chart_of_works_where_their_return_does_not_count(quarter):
    assert "works" not in {chart.section for chart in charts(quarter("2021Q3", "approved"))}
