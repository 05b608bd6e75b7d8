"""Accounts: what they must be like, who may change what, and the last administrator."""

from __future__ import annotations

import pytest
from access_fixtures import (  # noqa: F401  (fixtures)
    ANOTHER,
    IP,
    PASSWORD,
    acting,
    an_account,
    an_admin,
    cheap,
    clock,
    either_store,
    some_settings,
    store,
)
from plan_fixtures import plan_2021, small_plan

from access import accounts, audit, db, sessions
from access.accounts import AccountProblem
from access.tables import account, old_password

PLAN = plan_2021()
pytestmark = pytest.mark.usefixtures("either_store")


def refused(work) -> str:
    """The field that is complained about."""
    with pytest.raises(AccountProblem) as problem:
        work()
    return problem.value.field


def test_an_account_is_made_as_asked_for_and_its_password_is_for_the_first_time_only(clock):  # noqa: F811
    made = accounts.create(
        name=" Zhang.San ",
        person="张三",
        role="reviewer",
        office="finance",
        phone="024-5750 1234",
        password=PASSWORD,
        plan=PLAN,
        by=None,
    )
    assert accounts.get("ZHANG.SAN") == made
    assert (made.name, made.office, made.must_change, made.disabled, made.demo) == (
        "zhang.san",
        "finance",
        True,
        False,
        False,
    )
    assert (made.password_until - clock.now).days == 90
    assert made.created_at == clock.now and made.last_signed_in is None
    assert accounts.password_is_due(made)


def test_what_an_account_must_be_like():
    wrong = {
        "name": ["ab", "a" * 33, "zhang san", "张三", "zhang@jyj", "operator", "demo-leader", ""],
        "person": ["", "  ", "x" * 65, "张\n三", "张\u202e三"],
        "role": ["boss", ""],
        "phone": ["call me", "1" * 33],
    }
    for field, values in wrong.items():
        for value in values:
            given = {"name": "zhang", "person": "张三", "role": "leader", "phone": "", field: value}
            assert refused(lambda given=given: accounts.create(**given, password=None, plan=PLAN, by=None)) == field, (
                value
            )
    assert accounts.every() == []


@pytest.mark.parametrize(
    ("role", "office", "fits"),
    [
        ("filer", "210402", True),
        ("filer", "", False),
        ("filer", "planning", False),
        ("filer", "210401", False),
        ("reviewer", "planning", True),
        ("reviewer", "210402", False),
        ("reviewer", "", False),
        ("leader", "", True),
        ("leader", "planning", False),
        ("admin", "210402", False),
        ("auditor", "", True),
    ],
)
def test_filers_belong_to_a_unit_reviewers_to_a_department_and_others_nowhere(role, office, fits):
    def make():
        return an_account(role=role, office=office)

    assert make().office == office if fits else refused(make) == "office"


def test_a_collective_label_reviews_nothing():
    silent = next(code for code, department in PLAN.departments.items() if not department.reports)
    assert refused(lambda: an_account(role="reviewer", office=silent)) == "office"


def test_a_weak_password_makes_no_account():
    assert refused(lambda: an_account(password="short")) == "password"
    assert accounts.every() == []


def test_an_account_that_is_disabled_or_works_elsewhere_is_signed_out_and_a_new_telephone_number_is_not():
    boss = acting(an_admin())
    filer = an_account()
    for change, stays in (
        ({"phone": "123"}, True),
        ({"person": "李四"}, True),
        ({"office": "210403"}, False),
        ({"disabled": True}, False),
    ):
        sessions.start(filer, IP)
        accounts.change("xinfu", by=boss, plan=PLAN, **change)
        assert sessions.end_all("xinfu") == stays, change


def test_an_account_whose_office_the_plan_no_longer_has_can_be_disabled_and_nothing_else():
    an_account()
    assert refused(lambda: accounts.change("xinfu", by=None, plan=small_plan(), person="李四")) == "office"
    assert refused(lambda: accounts.change("xinfu", by=None, plan=PLAN, role="boss", disabled=True)) == "role"
    assert accounts.change("xinfu", by=None, plan=small_plan(), disabled=True).disabled
    assert refused(lambda: accounts.change("xinfu", by=None, plan=small_plan(), disabled=False)) == "office"


def test_nobody_changes_their_own_role_or_ends_themselves():
    boss = acting(an_admin())
    an_admin("second")
    assert refused(lambda: accounts.change("chief", by=boss, plan=PLAN, role="leader")) == "role"
    refused(lambda: accounts.change("chief", by=boss, plan=PLAN, disabled=True))
    assert accounts.change("chief", by=boss, plan=PLAN, phone="123").phone == "123"


def test_the_last_administrator_who_can_sign_in_stays():
    an_admin()
    an_admin("no-password", None)  # cannot sign in, so is no other administrator
    for change in ({"disabled": True}, {"role": "leader"}, {"role": "filer", "office": "210402"}):
        refused(lambda change=change: accounts.change("chief", by=None, plan=PLAN, **change))
    assert accounts.any_admin()
    an_admin("second")
    assert accounts.change("chief", by=None, plan=PLAN, disabled=True).disabled
    refused(lambda: accounts.change("second", by=None, plan=PLAN, disabled=True))


def test_an_administrator_of_single_sign_on_counts_once_the_identity_is_bound():
    an_admin("sso", None)
    assert not accounts.any_admin()
    accounts.bind_subject("sso", "https://sso.example 17")
    assert accounts.any_admin() and accounts.by_subject("https://sso.example 17").name == "sso"


def test_an_identity_belongs_to_one_account_and_an_account_to_one_identity():
    an_account()
    an_account("second")
    accounts.bind_subject("xinfu", "iss 1")
    accounts.bind_subject("xinfu", "iss 1")
    refused(lambda: accounts.bind_subject("second", "iss 1"))
    refused(lambda: accounts.bind_subject("xinfu", "iss 2"))
    refused(lambda: accounts.bind_subject("second", ""))
    assert accounts.by_subject("iss 1").name == "xinfu" and accounts.by_subject("iss 2") is None
    assert accounts.by_subject("iss 1").password_until is None  # its password went, and with it its due day


def test_a_password_is_not_used_again_by_its_owner_until_three_others_were(clock):  # noqa: F811
    owner = acting(an_account())
    chosen = [f"Tq3d-wKmr-{n}" for n in range(3)]
    assert refused(lambda: accounts.set_password("xinfu", PASSWORD, by=owner, must_change=False)) == "password"
    for new in chosen:
        accounts.set_password("xinfu", new, by=owner, must_change=False)
    for used in chosen:
        assert (
            refused(lambda used=used: accounts.set_password("xinfu", used, by=owner, must_change=False)) == "password"
        )
    accounts.set_password("xinfu", PASSWORD, by=owner, must_change=False)  # the fourth last
    with db.reading() as con:
        assert len(con.execute(old_password.select()).all()) == 3


def test_a_reset_password_must_be_changed_and_ends_every_session(clock):  # noqa: F811
    boss, filer = acting(an_admin()), an_account()
    _, id = sessions.start(filer, IP)
    accounts.set_password("xinfu", ANOTHER, by=boss, must_change=True)
    assert sessions.find(id) is None
    assert accounts.sign_in("xinfu", PASSWORD, IP).outcome == "wrong"
    assert accounts.password_is_due(accounts.sign_in("xinfu", ANOTHER, IP).account)


def test_a_password_is_due_after_ninety_days_and_never_where_the_settings_say_so(clock, tmp_path, monkeypatch):  # noqa: F811
    made = an_account()
    clock.forward(days=89)
    assert not accounts.password_is_due(made)
    clock.forward(days=1)
    assert accounts.password_is_due(made)
    some_settings(tmp_path / "access.toml", monkeypatch, password_days=0)
    assert an_account("second").password_until is None


def test_an_account_that_is_not_there_is_told_and_not_made():
    assert accounts.get("nobody") is None
    assert refused(lambda: accounts.change("nobody", by=None, plan=PLAN, phone="1")) == "name"
    assert refused(lambda: accounts.set_password("nobody", ANOTHER, by=None, must_change=True)) == "name"


def test_the_log_tells_what_changed_but_no_password_hash_or_telephone_number():
    boss = acting(an_admin())
    an_account()
    accounts.change("xinfu", by=boss, plan=PLAN, office="210403", phone="024-57501234")
    accounts.set_password("xinfu", ANOTHER, by=boss, must_change=True)
    accounts.set_password("xinfu", "Zv9k-Rt2s-0001", by=acting(accounts.get("xinfu")), must_change=False)
    accounts.sign_in("xinfu", "Wrong-Pass-77", IP)
    accounts.sign_in("Wrong-Pass-77", "xinfu", IP)  # typed into the wrong box
    changed = audit.entries(event="account_changed")[0]
    assert (changed.name, changed.ip, changed.object) == ("chief", IP, "account/xinfu")
    assert changed.detail == "office=210402→210403; phone"
    with db.reading() as con:
        hashes = [row.password for row in con.execute(account.select())]
    whole = repr(audit.entries()).lower()
    for secret in (PASSWORD, ANOTHER, "Zv9k-Rt2s-0001", "Wrong-Pass-77", "57501234", "argon2", *hashes):
        assert secret.lower() not in whole
