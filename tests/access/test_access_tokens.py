"""Tokens of programs: what one is worth, how long, and what ends it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from access_fixtures import (  # noqa: F401  (fixtures)
    PASSWORD,
    acting,
    an_account,
    an_admin,
    cheap,
    clock,
    either_store,
    store,
)
from command_line import access as call
from plan_fixtures import plan_2021

from access import accounts, audit, db, demo, tokens
from access.errors import AccountProblem
from access.tables import token

PLAN = plan_2021()
pytestmark = pytest.mark.usefixtures("either_store")


@pytest.fixture
def made(clock) -> str:  # noqa: F811
    return tokens.issue(an_account(), "夜间汇总")


def test_only_its_hash_is_kept_and_no_two_are_alike(made):
    assert made.startswith("plan_") and len(made) == 48
    assert made != tokens.issue(accounts.get("xinfu"), "另一个")
    with db.reading() as con:
        kept = repr(con.execute(token.select()).all())
    assert tokens.hash_of(made) in kept and made not in kept
    assert made not in repr(audit.entries())
    assert tokens.find(tokens.hash_of(made)) is None  # the hash itself opens nothing


@pytest.mark.parametrize("unknown", ["", "plan_", "plan_" + "A" * 43, "x" * 48, "plan_\ud800", "plan_" + "A" * 10_000])
def test_what_is_no_token_is_nobodys(made, unknown):
    assert tokens.find(unknown) is None


def test_it_is_its_account_as_it_is_now(made):
    accounts.change("xinfu", by=None, plan=PLAN, person="李四")
    assert tokens.find(made) == tokens.TokenHolder(accounts.get("xinfu"), 1)


def test_it_holds_a_year_by_default_to_the_second(made, clock):  # noqa: F811
    clock.forward(days=365, seconds=-1)
    assert tokens.find(made)
    clock.forward(seconds=1)
    assert tokens.find(made) is None and tokens.living() == []


def test_a_clock_that_goes_back_closes_it(made, clock):  # noqa: F811
    clock.forward(seconds=-90)
    assert tokens.find(made) is not None
    clock.forward(days=-1)
    assert tokens.find(made) is None


def test_one_without_an_end_holds_until_it_is_revoked(clock):  # noqa: F811
    made = tokens.issue(an_account(), "长期", None)
    clock.forward(days=5000)
    assert tokens.find(made)
    [held] = tokens.living("xinfu")
    assert held.expires_at is None
    tokens.revoke(held.id)
    assert tokens.find(made) is None


def test_its_last_use_is_noted_to_a_minute(made, clock):  # noqa: F811
    assert tokens.living()[0].last_used_at is None
    tokens.find(made)
    first = clock.now
    clock.forward(seconds=59)
    tokens.find(made)
    assert tokens.living()[0].last_used_at == first
    clock.forward(seconds=1)
    tokens.find(made)
    assert tokens.living()[0].last_used_at == first + timedelta(minutes=1)


def test_revoking_ends_one_and_no_other_and_twice_is_once(made):
    other = tokens.issue(accounts.get("xinfu"), "另一个")
    first = tokens.living()[-1]
    assert [tokens.revoke(first.id), tokens.revoke(first.id)] == ["xinfu", "xinfu"]
    assert tokens.find(made) is None and tokens.find(other)
    assert [(e.object, e.name) for e in audit.entries(event="token_revoked")] == [("account/xinfu", "operator")]
    with pytest.raises(AccountProblem, match="没有99号令牌"):
        tokens.revoke(99)


@pytest.mark.parametrize("end", ["disabled", "another role", "another office", "password reset"])
def test_what_ends_the_sessions_of_an_account_ends_its_tokens(made, end):
    match end:
        case "disabled":
            accounts.change("xinfu", by=None, plan=PLAN, disabled=True)
            assert tokens.find(made) is None
            accounts.change("xinfu", by=None, plan=PLAN, disabled=False)
        case "another role":
            accounts.change("xinfu", by=None, plan=PLAN, role="leader", office="")
        case "another office":
            accounts.change("xinfu", by=None, plan=PLAN, office="210403")
        case "password reset":
            accounts.set_password("xinfu", "Other-2021-word", by=acting(an_admin()), must_change=True)
    assert tokens.find(made) is None
    assert tokens.living() == []


def test_a_new_password_of_ones_own_or_a_new_name_leaves_them(made):
    accounts.set_password("xinfu", "Other-2021-word", by=acting(accounts.get("xinfu")), must_change=False)
    accounts.change("xinfu", by=None, plan=PLAN, person="李四", phone="024-1")
    assert tokens.find(made)


def test_a_demo_account_has_none_outside_the_demonstration(monkeypatch):
    monkeypatch.setenv("DASHBOARD_DEMO", "1")
    leader = demo.ensure_demo(PLAN)[0]
    made = tokens.issue(leader, "试用")
    assert tokens.find(made).account == leader
    monkeypatch.delenv("DASHBOARD_DEMO")
    assert tokens.find(made) is None and tokens.living() == []
    with pytest.raises(AccountProblem, match="不能使用"):
        tokens.issue(leader, "试用")


def test_none_is_made_for_nothing_for_ever_or_for_nobody():
    account = an_account()
    for label, days in (("", 1), ("\n\t ", 1), ("x", 0), ("x", 3651), ("x", -1)):
        with pytest.raises(AccountProblem):
            tokens.issue(account, label, days)
    an_admin()
    accounts.change("xinfu", by=None, plan=PLAN, disabled=True)
    with pytest.raises(AccountProblem, match="已停用"):
        tokens.issue(account, "x")
    assert tokens.living() == []


def test_the_command_line_makes_lists_and_revokes_them(either_store, request):  # noqa: F811
    if either_store != "sqlite":
        pytest.skip("the command line knows nothing of the kind of store")
    an_account()
    an_admin()
    said = call("token", "xinfu", "--label", "夜间汇总", "--days", "30")
    made = said.strip().rsplit("：", 1)[1]
    call("token", "chief", "--label", "forever", "--days", "0")
    assert tokens.find(made).account.name == "xinfu"
    first, second = call("tokens").splitlines()
    assert first.split("\t")[:3] == ["2", "chief", "forever"] and first.endswith("未用过\t长期")
    assert second.split("\t")[:3] == ["1", "xinfu", "夜间汇总"] and made not in second
    assert call("tokens", "xinfu").count("\n") == 1
    assert call("revoke-token", "1") == "已作废 xinfu 的1号令牌。\n"
    assert tokens.find(made) is None and call("tokens", "xinfu") == ""
    for wrong in (
        ("token", "nobody", "--label", "x"),
        ("tokens", "nobody"),
        ("revoke-token", "9"),
        ("token", "xinfu", "--label", " "),
    ):
        call(*wrong, code=1)
    call("token", "xinfu", code=2)
    assert PASSWORD not in said and made not in repr(audit.entries())
    assert [e.said for e in audit.entries(name="operator")][:3] == ["作废程序令牌", "生成程序令牌", "生成程序令牌"]
