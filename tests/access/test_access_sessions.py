"""Sessions: how long one lives, and what ends it."""

from __future__ import annotations

import pytest
from access_fixtures import (  # noqa: F401  (fixtures)
    IP,
    acting,
    an_account,
    an_admin,
    cheap,
    clock,
    either_store,
    some_settings,
    store,
)
from plan_fixtures import FOLDER_SMALL, copy_of, plan_2021

from access import accounts, db, demo, sessions
from access.tables import session

PLAN = plan_2021()
pytestmark = pytest.mark.usefixtures("either_store")


@pytest.fixture
def id(clock) -> str:  # noqa: F811
    """A session of 张三, begun just now."""
    return sessions.start(an_account(), IP)[1]


def test_a_clock_that_goes_back_ends_sessions_instead_of_lengthening_them(id, clock):  # noqa: F811
    clock.forward(seconds=-90)  # a small correction, or another server's clock
    assert sessions.find(id).name == "xinfu"
    clock.forward(hours=-3)
    assert sessions.find(id) is None and sessions.living() == []


def test_the_token_is_long_and_only_its_hash_is_kept():
    one, other = (sessions.start(an_account(name), IP) for name in ("first", "second"))
    assert one[0] != other[0] and len(one[0]) == 43
    assert sessions.id_of(one[0]) == one[1]
    with db.reading() as con:
        kept = repr(con.execute(session.select()).all())
    assert one[1] in kept and one[0] not in kept
    assert sessions.find(one[0]) is None  # the token itself is no id


def test_a_session_knows_its_account_as_it_is_now(id):
    accounts.change("xinfu", by=None, plan=PLAN, person="李四")
    assert sessions.find(id) == accounts.get("xinfu")
    assert sessions.find(id).person == "李四"


@pytest.mark.parametrize("unknown", [None, "", "0" * 64, "' or 1=1 --", "\ud800"])
def test_what_is_no_session_is_nobody(id, unknown):
    assert sessions.find(unknown) is None


def test_signing_in_is_noted_at_the_account(id, clock):  # noqa: F811
    assert accounts.get("xinfu").last_signed_in == clock.now


def test_thirty_minutes_without_a_sign_of_life_end_it(id, clock):  # noqa: F811
    clock.forward(minutes=30)
    assert sessions.find(id, touch=False)
    clock.forward(seconds=1)
    assert sessions.find(id) is None
    assert sessions.living() == []


def test_work_keeps_it_alive_and_a_screen_that_refreshes_itself_does_not(id, clock):  # noqa: F811
    for _ in range(4):
        clock.forward(minutes=20)
        assert sessions.find(id)
    clock.forward(minutes=20)
    assert sessions.find(id, touch=False)
    clock.forward(minutes=20)
    assert sessions.find(id) is None


def test_twelve_hours_end_it_however_much_work_there_is(id, clock):  # noqa: F811
    for _ in range(36):
        clock.forward(minutes=20)
        assert sessions.find(id)
    clock.forward(seconds=1)
    assert sessions.find(id) is None


def test_a_sign_of_life_is_written_once_a_minute_at_most(id, clock):  # noqa: F811
    begun = clock.now
    for seconds, seen in ((30, 0), (29, 0), (1, 60), (30, 60)):
        clock.forward(seconds=seconds)
        sessions.find(id)
        assert (sessions.living()[0].seen_at - begun).total_seconds() == seen


def test_the_settings_say_how_long(id, clock, tmp_path, monkeypatch):  # noqa: F811
    some_settings(tmp_path / "access.toml", monkeypatch, idle_minutes=5, absolute_hours=1)
    clock.forward(minutes=5, seconds=1)
    assert sessions.find(id) is None


def test_signing_out_ends_this_session_and_no_other(id):
    _, other = sessions.start(accounts.get("xinfu"), IP)
    sessions.end(id)
    assert (sessions.find(id), sessions.find(other)) == (None, accounts.get("xinfu"))


def test_a_disabled_account_is_nobody_at_its_next_step_and_does_not_come_back_with_its_old_session(id):
    boss = acting(an_admin())
    accounts.change("xinfu", by=boss, plan=PLAN, disabled=True)
    assert sessions.find(id) is None
    accounts.change("xinfu", by=boss, plan=PLAN, disabled=False)
    assert sessions.find(id) is None


def test_all_sessions_of_an_account_can_be_ended_but_for_one(id):
    others = [sessions.start(accounts.get("xinfu"), IP)[1] for _ in range(3)]
    _, of_another = sessions.start(an_account("second"), IP)
    assert sessions.end_all("xinfu", except_id=others[0]) == 3
    assert [sessions.find(each) is not None for each in (id, *others, of_another)] == [False, True, False, False, True]
    assert {each.name for each in sessions.living()} == {"xinfu", "second"}
    assert [each.id for each in sessions.living("xinfu")] == [others[0]]


def test_rows_of_the_past_are_swept_away(id, clock):  # noqa: F811
    clock.forward(days=8)
    sessions.start(accounts.get("xinfu"), IP)
    with db.reading() as con:
        assert len(con.execute(session.select()).all()) == 1


# Demo accounts


def test_a_demo_account_outside_demo_mode_is_nobody(clock, monkeypatch, tmp_path):  # noqa: F811
    monkeypatch.setenv("DASHBOARD_DEMO", "1")
    leader = demo.ensure_demo(PLAN)[0]
    _, id = sessions.start(leader, IP)
    assert sessions.find(id) == accounts.get("demo-leader") and sessions.living()
    monkeypatch.setenv("DASHBOARD_DEMO", "0")
    assert sessions.find(id) is None and sessions.living() == []
    monkeypatch.setenv("DASHBOARD_DEMO", "1")
    real = copy_of(FOLDER_SMALL, tmp_path)
    head = real / "plan.toml"
    head.write_text(head.read_text("utf-8").replace("demo = true", "demo = false"), "utf-8")
    monkeypatch.setenv("DASHBOARD_PLAN", str(real))
    assert sessions.find(id) is None


def test_demo_accounts_are_one_for_each_part_in_the_play_and_made_once(monkeypatch):
    assert demo.ensure_demo(PLAN) == [] and accounts.every() == []  # no default accounts outside demo mode
    monkeypatch.setenv("DASHBOARD_DEMO", "1")
    made = demo.ensure_demo(PLAN)
    assert made == demo.ensure_demo(PLAN) and len(accounts.every()) == len(made)
    by_name = {each.name: each for each in made}
    assert {each.office for each in made if each.role == "filer"} == set(PLAN.units)
    assert by_name["demo-210402"].person == "新抚区填报员（演示）"
    reviewing = {each.office for each in made if each.role == "reviewer"}
    assert reviewing >= {code for form in PLAN.forms.values() for code in form.reviewers}
    assert {"demo-leader", "demo-admin", "demo-auditor", "demo-finance", "demo-preschool"} <= by_name.keys()
    assert all(each.demo and "演示" in each.person and each.password_until is None for each in made)
    assert not accounts.any_admin()


def test_a_demo_account_gets_no_password(monkeypatch):
    monkeypatch.setenv("DASHBOARD_DEMO", "1")
    demo.ensure_demo(PLAN)
    with pytest.raises(accounts.AccountProblem):
        accounts.set_password("demo-admin", "Tq3d-wKmr-48hX", by=None, must_change=False)
