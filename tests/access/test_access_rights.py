"""Who may do what, to whose returns: the whole table, written out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from plan_fixtures import plan_2021

from access.model import ROLES, Account
from access.rights import ROLES_FOR, forms_filed, forms_reviewed, may

PLAN = plan_2021()
OFFICES = {"filer": "210402", "reviewer": "planning"}
OWN = {"filer": ("county", "210402"), "reviewer": ("department", "planning")}
COUNTY, OTHER_COUNTY, DEPARTMENT = ("county", "210402"), ("county", "210403"), ("department", "finance")


def an(role: str, **more) -> Account:
    return Account(name=role, person=role, role=role, office=more.pop("office", OFFICES.get(role, "")), **more)


def allowed(role: str, about: tuple[str, str]) -> set[str]:
    """The actions a role may do about a return (form, reporter)."""
    form, reporter = about
    return {action for action in ROLES_FOR if may(an(role), action, PLAN, form=form, reporter=reporter)}


@pytest.mark.parametrize(
    ("role", "about", "actions"),
    [
        ("leader", COUNTY, "see_numbers see_unit see_return chase"),
        ("leader", DEPARTMENT, "see_numbers see_unit see_return chase"),
        ("filer", COUNTY, "see_unit see_return file"),
        ("filer", OTHER_COUNTY, ""),
        ("filer", DEPARTMENT, ""),
        ("reviewer", COUNTY, "see_numbers see_unit see_return review lock chase"),
        ("reviewer", OWN["reviewer"], "see_numbers see_unit see_return file lock chase"),  # never about its own return
        ("reviewer", DEPARTMENT, "see_numbers see_unit see_return review lock chase"),
        ("reviewer", ("project", "finance"), "see_numbers see_unit see_return chase"),  # reviewed by others
        ("admin", COUNTY, "see_numbers see_unit chase administer read_log"),  # no approving, no workbook
        ("admin", DEPARTMENT, "see_numbers see_unit chase administer read_log"),
        ("auditor", COUNTY, "read_log"),
        ("auditor", DEPARTMENT, "read_log"),
    ],
)
def test_what_a_role_may_do_about_a_return(role, about, actions):
    assert allowed(role, about) == set(actions.split())


def test_a_disabled_account_may_do_nothing():
    for role in ROLES:
        account = replace(an(role), disabled=True)
        for form, reporter in (COUNTY, DEPARTMENT):
            assert not any(may(account, action, PLAN, form=form, reporter=reporter) for action in ROLES_FOR)


def test_nobody_decides_about_their_own_return():
    for form in PLAN.forms:
        for office in PLAN.departments:
            reviewer = an("reviewer", office=office)
            assert not may(reviewer, "review", PLAN, form=form, reporter=office), (form, office)


def test_whoever_owes_a_return_has_somebody_who_decides_about_it():
    offices = [an("reviewer", office=code) for code in PLAN.departments]
    for code, form in PLAN.forms.items():
        for reporter in PLAN.reporters(code) if form.reviewers else ():
            assert any(may(reviewer, "review", PLAN, form=code, reporter=reporter) for reviewer in offices), (
                code,
                reporter,
            )


def test_only_those_who_owe_a_return_file_it():
    for code in PLAN.forms:
        for reporter in (*PLAN.units, *PLAN.departments):
            role = "filer" if reporter in PLAN.units else "reviewer"
            owed = reporter in PLAN.reporters(code)
            assert may(an(role, office=reporter), "file", PLAN, form=code, reporter=reporter) is owed, (code, reporter)


def test_an_account_without_an_office_files_nothing():
    assert not may(an("filer", office=""), "file", PLAN)
    assert forms_filed(an("filer", office=""), PLAN) == ()


def test_the_forms_of_an_account():
    assert forms_filed(an("filer"), PLAN) == ("county",)
    assert "department" in forms_filed(an("reviewer"), PLAN)
    for role in ("leader", "admin", "auditor"):
        assert forms_filed(an(role), PLAN) == forms_reviewed(an(role), PLAN) == ()
    assert forms_reviewed(an("filer"), PLAN) == ()
    for code in PLAN.departments:
        expected = tuple(form for form in PLAN.forms if code in PLAN.forms[form].reviewers)
        assert forms_reviewed(an("reviewer", office=code), PLAN) == expected
