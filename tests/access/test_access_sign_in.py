"""Signing in: one answer for every failure, and a lock that lasts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from access_fixtures import (  # noqa: F401  (fixtures)
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
from plan_fixtures import plan_2021

from access import accounts, audit, db, demo
from access.tables import failure

pytestmark = pytest.mark.usefixtures("either_store")


def tries(name: str, count: int, password: str = "Wrong-2021x") -> list[str]:
    return [accounts.sign_in(name, password, IP).outcome for _ in range(count)]


def test_the_right_password_opens_and_every_other_way_is_wrong_in_the_same_way(monkeypatch):
    an_account()
    an_account("sso", "leader", "", None)
    an_account("gone", "leader", "")
    accounts.change("gone", by=None, plan=plan_2021(), disabled=True)
    monkeypatch.setenv("DASHBOARD_DEMO", "1")
    demo.ensure_demo(plan_2021())
    found = accounts.sign_in(" XINFU ", PASSWORD, IP)
    assert found.outcome == "ok" and found.account == accounts.get("xinfu")
    answers = [
        accounts.sign_in(name, password, IP)
        for name, password in (
            ("xinfu", "Wrong-2021x"),
            ("xinfu", ""),
            ("nobody", PASSWORD),
            ("", ""),
            ("sso", ""),
            ("sso", PASSWORD),
            ("gone", PASSWORD),
            ("demo-admin", ""),
            ("demo-admin", PASSWORD),
            ("x" * 5000, "x" * 5000),
            ("\ud800\0", "\0\ud800"),
        )
    ]
    assert set(answers) == {accounts.SignIn(outcome="wrong")}
    reasons = [entry.detail.split(";")[0] for entry in reversed(audit.entries(event="sign_in", result="failed"))]
    assert reasons == [
        f"reason={why}"
        for why in (
            "password",
            "password",
            "unknown",
            "unknown",
            "no_password",
            "no_password",
            "disabled",
            "demo",
            "demo",
            "unknown",
            "unknown",
        )
    ]


@pytest.mark.parametrize("name", ["xinfu", "nobody"])
def test_five_failures_lock_for_fifteen_minutes_whether_there_is_such_an_account_or_not(name, clock):  # noqa: F811
    an_account()
    assert tries(name, 4) == ["wrong"] * 4
    fifth = accounts.sign_in(name, "Wrong-2021x", IP)
    assert (fifth.outcome, fifth.until - clock.now) == ("locked", timedelta(minutes=15))
    clock.forward(minutes=14, seconds=59)
    assert tries(name, 3, PASSWORD) == ["locked"] * 3  # and is no longer for that
    clock.forward(seconds=1)
    assert tries(name, 1, PASSWORD) == ["ok" if name == "xinfu" else "wrong"]


def test_the_lock_survives_a_new_start_of_the_server():
    an_account()
    tries("xinfu", 5)
    db.dispose()
    assert tries("xinfu", 1, PASSWORD) == ["locked"]


def test_after_the_lock_one_failure_does_not_lock_again(clock):  # noqa: F811
    an_account()
    tries("xinfu", 5)
    clock.forward(minutes=15)
    assert tries("xinfu", 5) == ["wrong"] * 4 + ["locked"]


def test_failures_that_lie_far_apart_do_not_lock(clock):  # noqa: F811
    an_account()
    for _ in range(12):
        assert tries("xinfu", 1) == ["wrong"]
        clock.forward(minutes=4)


def test_a_success_forgets_the_failures_before_it_and_other_names_are_not_touched(clock):  # noqa: F811
    an_account()
    an_account("second")
    for _ in range(3):
        assert tries("xinfu", 4) == ["wrong"] * 4
        assert tries("xinfu", 1, PASSWORD) == ["ok"]
    tries("xinfu", 5)
    assert tries("second", 1, PASSWORD) == ["ok"]


def test_many_names_tried_from_one_address_pause_that_address_and_no_other(clock, tmp_path, monkeypatch):  # noqa: F811
    some_settings(tmp_path / "access.toml", monkeypatch, address_failures=12)
    an_account("zhang")
    for number in range(12):
        assert accounts.sign_in(f"name{number}", "Wrong-2021x", "10.9.9.9").outcome == "wrong"
        clock.forward(seconds=1)
    found = accounts.sign_in("zhang", PASSWORD, "10.9.9.9")
    assert found.outcome == "locked" and found.until is not None
    assert accounts.sign_in("zhang", PASSWORD, "10.9.9.8").outcome == "ok"
    clock.now = found.until
    assert accounts.sign_in("zhang", PASSWORD, "10.9.9.9").outcome == "ok"


def test_this_very_machine_is_no_address_to_pause(clock, tmp_path, monkeypatch):  # noqa: F811
    """A proxy that the settings do not name would make it everybody's."""
    some_settings(tmp_path / "access.toml", monkeypatch, address_failures=5)
    an_account("zhang")
    for number in range(8):
        accounts.sign_in(f"name{number}", "Wrong-2021x", "127.0.0.1")
    assert accounts.sign_in("zhang", PASSWORD, "127.0.0.1").outcome == "ok"


def test_an_administrator_unlocks_and_that_is_logged(clock):  # noqa: F811
    boss = acting(an_admin())
    an_account()
    tries("xinfu", 5)
    assert accounts.is_locked("xinfu") == clock.now + timedelta(minutes=15)
    accounts.unlock("xinfu", boss)
    assert accounts.is_locked("xinfu") is None
    assert tries("xinfu", 1, PASSWORD) == ["ok"]
    assert [(entry.name, entry.object) for entry in audit.entries(event="unlocked")] == [("chief", "account/xinfu")]


def test_the_settings_say_how_many_and_how_long(clock, tmp_path, monkeypatch):  # noqa: F811
    some_settings(tmp_path / "access.toml", monkeypatch, failures=2, lock_minutes=60)
    an_account()
    assert tries("xinfu", 2) == ["wrong", "locked"]
    clock.forward(minutes=59)
    assert tries("xinfu", 1, PASSWORD) == ["locked"]


def test_every_attempt_is_logged_with_its_address_and_its_end():
    an_account()
    tries("xinfu", 5)
    tries("xinfu", 1, PASSWORD)
    found = audit.entries(event="sign_in")
    assert [(e.name, e.ip, e.result) for e in found] == [("xinfu", IP, "failed")] * 6
    accounts.unlock("xinfu", None)
    tries("xinfu", 1, PASSWORD)
    newest = audit.entries(event="sign_in", limit=1)[0]
    assert (newest.name, newest.role, newest.result) == ("xinfu", "filer", "ok")


def test_names_that_are_nobodys_are_kept_nowhere_and_what_is_long_past_is_dropped(clock):  # noqa: F811
    tries("my-secret-password1", 2)
    with db.reading() as con:
        assert "my-secret" not in repr(con.execute(failure.select()).all())
    assert [(e.name, e.detail) for e in audit.entries()] == [("?", "reason=unknown; length=19")] * 2
    clock.forward(hours=1)
    tries("another", 1)
    with db.reading() as con:
        assert len(con.execute(failure.select()).all()) == 1
