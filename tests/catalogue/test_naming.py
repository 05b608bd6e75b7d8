"""A row's name away from its form."""

from __future__ import annotations

import pytest
from plan_fixtures import plan_2021

from catalogue.naming import element_name, for_files, who_owes
from catalogue.wording import use_language


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("kindergarten.children", "在园幼儿总数", "Children in kindergarten"),
        ("kindergarten.children.public", "公办园在园幼儿", "Children in kindergarten: in public kindergartens"),
        (
            "kindergarten.children.inclusive_private",
            "普惠性民办园在园幼儿",
            "in private kindergartens: in inclusive private kindergartens",
        ),
        ("safety.schools.alarmed", "中小学校数：已安装一键报警", "Schools: with an alarm"),
        ("safety.kindergartens.alarmed", "幼儿园数：已安装一键报警", "Kindergartens: with an alarm"),
    ],
)
def test_a_part_is_named_so_that_it_stands_alone(code, zh, en):
    assert element_name(plan_2021(), code) == zh
    use_language("en")
    assert element_name(plan_2021(), code) == en


def test_an_unknown_element_is_an_error():
    with pytest.raises(KeyError):
        element_name(plan_2021(), "no.such")


def test_names_of_files_hold_no_sign_that_a_disk_refuses():
    assert for_files("市直 学校/幼儿园:一") == "市直_学校_幼儿园_一"


def test_one_that_owes_several_forms_is_named_with_the_form():
    plan = plan_2021()
    assert who_owes(plan, "county", "210402") == "新抚区"
    assert who_owes(plan, "department", "planning") == "规划科（教育工作要点责任单位季度报表）"
    assert who_owes(plan, "project", "planning") == "规划科（改善办学条件项目进度季度报表）"
