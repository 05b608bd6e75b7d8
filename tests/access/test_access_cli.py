"""python -m access, called as whoever runs the server would."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from access_fixtures import IP, PASSWORD, cheap, store  # noqa: F401  (fixtures)
from command_line import ROOT
from command_line import access as call

from access import accounts, audit, db
from access.__main__ import main

pytestmark = pytest.mark.usefixtures("store")


def test_the_first_administrator_is_made_works_and_is_the_last_to_go(tmp_path):
    said = call("create-admin", "Zhang", "--person", "张三", "--password-stdin", typed=f"{PASSWORD}\n")
    assert said == "已设立管理员 zhang，可以登录。\n" and PASSWORD not in said
    signed = accounts.sign_in("zhang", PASSWORD, IP)
    assert (signed.outcome, signed.account.role, signed.account.must_change) == ("ok", "admin", False)
    assert call("accounts") == "zhang\t张三\tadmin\t\t启用\n"
    assert "最后一个" in call("disable", "zhang", code=1)
    assert "已被使用" in call("create-admin", "zhang", "--password-stdin", typed=f"{PASSWORD}\n", code=1)
    call("create-admin", "second", "--password-stdin", typed=f"{PASSWORD}\n")
    call("disable", "zhang")
    assert "停用" in call("accounts").splitlines()[1]
    assert [(e.event, e.name, e.object) for e in reversed(audit.entries(name="operator"))] == [
        ("account_created", "operator", "account/zhang"),
        ("account_created", "operator", "account/second"),
        ("account_changed", "operator", "account/zhang"),
    ]


def test_a_locked_account_is_shown_unlocked_and_given_a_new_password_shown_once():
    call("create-admin", "zhang", "--password-stdin", typed=f"{PASSWORD}\n")
    for _ in range(5):
        accounts.sign_in("zhang", "Wrong-2021x", IP)
    assert "锁定至" in call("accounts")
    assert "已解除" in call("unlock", "zhang")
    assert accounts.sign_in("zhang", PASSWORD, IP).outcome == "ok"
    new = call("reset-password", "zhang", "--lang", "en").strip().rsplit(" ", 1)[1]
    signed = accounts.sign_in("zhang", new, IP)
    assert signed.outcome == "ok" and signed.account.must_change
    assert new not in repr(audit.entries())
    for command in ("unlock", "disable", "reset-password"):
        assert "没有“nobody”这个账号" in call(command, "nobody", code=1)


def test_the_log_is_verified_and_exported(tmp_path, store):  # noqa: F811
    call("create-admin", "zhang", "--password-stdin", typed=f"{PASSWORD}\n")
    head = call("verify-log").strip().rsplit("：", 1)[1]
    assert head == audit.verify().head
    file = tmp_path / "log.csv"
    assert f"已导出1条到 {file}" in call("export-log", str(file))
    assert file.read_text("utf-8-sig").splitlines()[1].split(",")[5] == "account_created"
    call("export-log", str(file), code=2)  # an existing file is left alone
    assert audit.entries()[0].event == "exported"
    call("verify-log", "--head", head)
    assert "自第3条起" in call("verify-log", "--head", "0" * 63 + "1", code=1)
    break_the_log(store)
    assert "自第1条起" in call("verify-log", code=1)


def break_the_log(store: Path) -> None:  # noqa: F811
    import sqlite3

    db.dispose()
    con = sqlite3.connect(store / "accounts.db")
    con.execute("drop trigger audit_keeps_rows")
    con.execute("update audit set name = 'nobody' where id = 1")
    con.commit()
    con.close()


def test_a_weak_or_missing_password_makes_nobody():
    assert "至少8个字符" in call("create-admin", "zhang", "--password-stdin", typed="short\n", code=1)
    assert "不能只有空格" in call("create-admin", "zhang", "--password-stdin", code=1)
    assert "--password-stdin" in call("create-admin", "zhang", code=1)  # nothing to type on
    call("create-admin", "zhang", PASSWORD, code=2)  # never as an argument
    assert accounts.every() == []


@pytest.mark.parametrize(("second", "code"), [(PASSWORD, 0), ("another", 1)])
def test_on_a_terminal_the_password_is_typed_twice_and_not_shown(second, code):
    ours, theirs = pty.openpty()
    running = subprocess.Popen(
        [sys.executable, "-m", "access", "create-admin", "zhang"],
        cwd=ROOT,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    os.close(theirs)
    shown = b""
    for prompt, answer in (("密码：", PASSWORD), ("再输入一遍：", second)):
        while prompt.encode() not in shown:
            shown += os.read(ours, 1000)
        os.write(ours, f"{answer}\n".encode())
    assert running.wait(60) == code
    try:
        while more := os.read(ours, 1000):
            shown += more
    except OSError:
        pass  # the other end is closed
    os.close(ours)
    assert PASSWORD.encode() not in shown
    assert (accounts.get("zhang") is not None) is (code == 0)


def test_wrong_calls_settings_and_addresses_are_told_with_code_two(tmp_path):
    call(code=2)
    call("dance", code=2)
    call("accounts", "--lang", "fr", code=2)
    assert "access.toml" in call(
        "create-admin", "zhang", "--password-stdin", typed="x\n", code=2, DASHBOARD_ACCESS=str(tmp_path / "access.toml")
    )
    assert "DASHBOARD_ACCOUNTS" in call("accounts", code=2, DASHBOARD_ACCOUNTS="mysql://x/y")
    said = call("accounts", code=2, DASHBOARD_ACCOUNTS="postgresql://clerk:Secret99@127.0.0.1:1/none")
    assert "127.0.0.1" in said and "Secret99" not in said and "Traceback" not in said


@pytest.mark.parametrize(("lang", "word"), [("zh", "登录锁定"), ("en", "locked account")])
def test_help_is_in_the_language_asked_for(lang, word, capsys):
    with pytest.raises(SystemExit) as left:
        main(["--help", "--lang", lang])
    assert left.value.code == 0 and word in capsys.readouterr().out
