"""Who may do what, to whose returns: each role, each action, its own office and another."""
from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest
from plan_fixtures import plan_2021, small_plan

from access.model import ROLES, Account
from access.rights import ROLES_FOR, Action, forms_filed, forms_reviewed, may

WHO = {
    "leader": Account(name="li", person="李四", role="leader"),
    "filer": Account(name="xinfu", person="张三", role="filer", office="210402"),
    "planning": Account(name="planning", person="王五", role="reviewer", office="planning"),
    "office": Account(name="office", person="赵六", role="reviewer", office="office"),
    "preschool": Account(name="preschool", person="钱七", role="reviewer", office="preschool"),
    "admin": Account(name="chief", person="孙八", role="admin"),
    "auditor": Account(name="audit", person="周九", role="auditor"),
}

# action | form | reporter | who may; nobody else.
TABLE = """
    see_numbers  |            |            | leader planning office preschool admin
    see_unit     |            | 210402     | leader filer planning office preschool admin
    see_unit     |            | 210403     | leader planning office preschool admin
    see_return   | county     | 210402     | leader filer planning office preschool
    see_return   | county     | 210403     | leader planning office preschool
    see_return   | department | preschool  | leader planning office preschool
    file         | county     | 210402     | filer
    file         | county     | 210403     |
    file         | county     | preschool  |
    file         | department | preschool  | preschool
    file         | department | planning   | planning
    file         | department | 210402     |
    file         | project    | planning   | planning
    file         | project    | preschool  |
    file         | backfill   | 210402     |
    review       | county     | 210402     | planning office
    review       | county     | 210403     | planning office
    review       | department | preschool  | planning office
    review       | department | planning   | office
    review       | department | office     | planning
    review       | project    | planning   | office
    lock         | county     | 210402     | planning office
    lock         | project    | planning   | office
    chase        |            |            | leader planning office preschool admin
    administer   |            |            | admin
    read_log     |            |            | admin auditor
"""
ROWS = [tuple(part.strip() for part in line.split("|")) for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize(("action", "form", "reporter", "allowed"), ROWS, ids=["-".join(row[:3]) for row in ROWS])
def test_who_may(action, form, reporter, allowed):
    found = {name for name, who in WHO.items() if may(who, action, plan_2021(), form=form, reporter=reporter)}
    assert found == set(allowed.split())


@pytest.mark.parametrize(("action", "form", "reporter", "allowed"), ROWS, ids=["-".join(row[:3]) for row in ROWS])
def test_who_is_disabled_may_nothing(action, form, reporter, allowed):
    assert not [
        name for name, who in WHO.items()
        if may(replace(who, disabled=True), action, plan_2021(), form=form, reporter=reporter)
    ]


def test_the_table_speaks_of_every_role_and_every_action():
    assert {row[0] for row in ROWS} == set(get_args(Action)) == set(ROLES_FOR)
    assert {who.role for who in WHO.values()} == set(ROLES)


def test_every_role_may_something():
    assert {role for roles in ROLES_FOR.values() for role in roles} == set(ROLES)


@pytest.mark.parametrize("action", ["see_unit", "see_return", "file"])
def test_a_filer_who_names_no_unit_is_refused(action):
    assert not may(WHO["filer"], action, plan_2021(), form="county")


@pytest.mark.parametrize("action", ["file", "see_unit", "see_return"])
def test_a_filer_without_an_office_has_nobodys_returns(action):
    assert not may(replace(WHO["filer"], office=""), action, plan_2021(), form="county", reporter="210402")


def test_an_office_of_the_same_code_makes_no_reviewer_of_another_role():
    for role in ("leader", "filer", "admin", "auditor"):
        assert not may(replace(WHO["planning"], role=role), "review", plan_2021(), form="county", reporter="210402")


def test_nobody_decides_about_their_own_return_on_any_form():
    plan = plan_2021()
    for who in WHO.values():
        for form in plan.forms:
            if form in forms_reviewed(who, plan):
                assert not may(who, "review", plan, form=form, reporter=who.office)


def test_every_return_somebody_owes_can_be_filed_and_reviewed_by_somebody():
    plan = plan_2021()
    reviewers = [replace(WHO["planning"], office=code) for code, one in plan.departments.items() if one.reports]
    for form in (code for code, one in plan.forms.items() if one.reviewers):
        for reporter in plan.reporters(form):
            assert any(may(who, "review", plan, form=form, reporter=reporter) for who in reviewers), (form, reporter)


def test_the_forms_somebody_files_and_reviews():
    plan = plan_2021()
    filed = {name: forms_filed(who, plan) for name, who in WHO.items()}
    assert filed == {
        "leader": (), "filer": ("county",), "planning": ("project", "department"), "office": ("department",),
        "preschool": ("department",), "admin": (), "auditor": (),
    }
    assert {name: forms_reviewed(who, plan) for name, who in WHO.items() if forms_reviewed(who, plan)} == {
        "planning": ("county", "department"), "office": ("county", "project", "department"),
    }


def test_another_plan_has_its_own_forms():
    plan = small_plan()
    [form] = [code for code, one in plan.forms.items() if one.reporter == "unit"]
    who = replace(WHO["filer"], office="990121")
    assert may(who, "file", plan, form=form, reporter="990121")
    assert not may(WHO["filer"], "file", plan, form=form, reporter="210402")


def test_a_form_the_plan_lacks_is_our_mistake():
    with pytest.raises(KeyError):
        may(WHO["planning"], "review", plan_2021(), form="no-such-form", reporter="210402")
