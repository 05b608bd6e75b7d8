"""The store of accounts is the same on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time

import pytest
from access_fixtures import (  # noqa: F401
    ANOTHER,
    IP,
    PASSWORD,
    acting,
    an_account,
    an_admin,
    cheap,
    clock,
    either_store,
    store,
)
from command_line import ROOT
from plan_fixtures import plan_2021
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError

from access import accounts, audit, db, passwords, sessions, sign_in
from access.errors import AccessError

# Run as a process of its own: argv[1] rows of the log, written while others do the same.
RECORDER = """
import sys
from access import audit, db
for n in range(int(sys.argv[1])):
    audit.record(None, "reminder", f"number/{n}", name=sys.argv[2])
db.dispose()
"""

pytestmark = pytest.mark.usefixtures("either_store")


def test_the_store_is_of_the_kind_that_was_asked_for(either_store):  # noqa: F811
    assert db.engine().dialect.name == either_store


def test_an_account_is_kept_changed_and_found_again_by_a_new_engine():
    an_admin()
    an_account()
    changed = accounts.change("xinfu", by=None, plan=plan_2021(), person="李四（演示数据）", office="210403")
    db.dispose()
    assert accounts.get("xinfu") == changed
    assert (changed.person, changed.office) == ("李四（演示数据）", "210403")
    assert [one.name for one in accounts.every()] == ["chief", "xinfu"]


def test_a_name_is_given_once():
    an_account()
    with pytest.raises(accounts.AccountProblem) as refused:
        an_account()
    assert refused.value.field == "name"
    assert len(audit.entries(event="account_created")) == 1


def test_of_many_who_ask_for_one_name_at_once_one_gets_it():
    together = threading.Barrier(6)
    outcomes: list[str] = []

    def ask() -> None:
        together.wait()
        try:
            outcomes.append(an_account().name)
        except accounts.AccountProblem as problem:
            outcomes.append(problem.field)

    all_at_once(6, ask)
    assert sorted(outcomes) == ["name"] * 5 + ["xinfu"]
    assert audit.verify().count == 1


def test_signing_in_locks_and_unlocks(clock):  # noqa: F811
    an_account()
    assert accounts.sign_in("xinfu", PASSWORD, IP).outcome == "ok"
    assert [accounts.sign_in("xinfu", "wrong", IP).outcome for _ in range(5)] == ["wrong"] * 4 + ["locked"]
    db.dispose()
    assert accounts.sign_in("xinfu", PASSWORD, IP).outcome == "locked"
    accounts.unlock("xinfu", None)
    assert accounts.sign_in("xinfu", PASSWORD, IP).outcome == "ok"


def test_many_tries_at_once_are_no_more_tries_than_one_after_the_other(monkeypatch):
    an_account()
    together = threading.Barrier(12)
    looked_at: list[str] = []
    count, fits = sign_in._count, passwords.fits
    # A pause between looking and counting, in which all would slip through who are not kept in line.
    monkeypatch.setattr(sign_in, "_count", lambda *given: (time.sleep(0.05), count(*given)))
    monkeypatch.setattr(passwords, "fits", lambda hash, password: looked_at.append(password) or fits(hash, password))

    def attempt() -> None:
        together.wait()
        accounts.sign_in("xinfu", "wrong", IP)

    all_at_once(12, attempt)
    assert looked_at == ["wrong"] * 5
    assert accounts.sign_in("xinfu", PASSWORD, IP).outcome == "locked"


def test_a_session_lives_and_ends(clock):  # noqa: F811
    token, id = sessions.start(an_account(), IP)
    assert sessions.find(id).name == "xinfu" and sessions.id_of(token) == id
    assert [living.id for living in sessions.living("xinfu")] == [id]
    sessions.end(id)
    assert sessions.find(id) is None and sessions.living() == []


def test_a_new_password_ends_the_other_sessions_and_keeps_the_owners(clock):  # noqa: F811
    owner = an_account()
    (_, here), (_, elsewhere) = sessions.start(owner, IP), sessions.start(owner, IP)
    accounts.set_password("xinfu", ANOTHER, by=acting(owner, here), must_change=False)
    assert (sessions.find(here) is not None, sessions.find(elsewhere)) == (True, None)


def test_eight_who_write_into_the_log_at_once_keep_one_chain():
    all_at_once(8, lambda: [audit.record(None, "reminder", f"number/{n}") for n in range(20)])
    found = audit.verify()
    assert (found.ok, found.count) == (True, 160)


def test_three_processes_that_write_into_the_log_at_once_keep_one_chain():
    db.engine()
    running = [
        subprocess.Popen(
            [sys.executable, "-c", RECORDER, "15", f"process-{n}"], cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}
        )
        for n in range(3)
    ]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    found = audit.verify()
    assert (found.ok, found.count) == (True, 45)
    assert {entry.name for entry in audit.entries()} == {"process-0", "process-1", "process-2"}


@pytest.mark.parametrize("statement", ["update audit set detail = 'x' where id = 1", "delete from audit where id = 2"])
def test_the_store_refuses_to_change_the_log(statement):
    audit.record(None, "reminder")
    audit.record(None, "reminder")
    with pytest.raises(DBAPIError, match="append-only"), db.writing() as con:
        con.execute(text(statement))
    assert audit.verify().ok


def test_what_is_undone_leaves_no_line_in_the_log():
    with pytest.raises(RuntimeError), db.writing() as con:
        audit.append(con, None, "backup")
        raise RuntimeError
    assert audit.entries() == []


def test_an_address_where_nobody_answers_is_told_without_its_password(monkeypatch):
    db.dispose()
    monkeypatch.setenv("DASHBOARD_ACCOUNTS", "postgresql://clerk:Secret99@127.0.0.1:1/none")
    with pytest.raises(OperationalError) as refused:
        accounts.every()
    said = db.unreachable(refused.value)
    assert "127.0.0.1" in said and "Secret99" not in said


@pytest.mark.parametrize("url", ["mysql://x/y", "no address"])
def test_an_address_that_is_none_is_our_operators_mistake(monkeypatch, url):
    monkeypatch.setenv("DASHBOARD_ACCOUNTS", url)
    with pytest.raises(AccessError, match="DASHBOARD_ACCOUNTS"):
        accounts.every()


def all_at_once(count: int, work) -> None:
    """Run it in so many threads; what one of them raises is raised."""
    failures: list[BaseException] = []

    def guarded() -> None:
        try:
            work()
        except BaseException as problem:
            failures.append(problem)

    threads = [threading.Thread(target=guarded) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
