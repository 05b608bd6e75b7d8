"""The audit log: it only grows, and whoever changes it is found out."""

from __future__ import annotations

import csv
import io
import sqlite3
from datetime import UTC, timedelta

import pytest
from access_fixtures import (  # noqa: F401  (fixtures)
    IP,
    acting,
    an_account,
    cheap,
    clock,
    store,
)

from access import audit, db, times
from catalogue.wording import LANGUAGES, say

pytestmark = pytest.mark.usefixtures("store")


def three_lines() -> None:
    for number in (1, 2, 3):
        audit.record(
            None, "download", f"return:county/21040{number}/2021Q3", detail=f"n={number}", name="operator", ip=IP
        )


def behind_our_back(store, *statements: str) -> None:  # noqa: F811
    """As somebody would who has the file itself and takes the guards away first."""
    db.dispose()
    con = sqlite3.connect(store / "accounts.db")
    guards = [name for (name,) in con.execute("select name from sqlite_master where type = 'trigger'")]
    assert len(guards) == 3
    for statement in (*(f"drop trigger {name}" for name in guards), *statements):
        con.execute(statement)
    con.commit()
    con.close()


def test_a_line_says_who_when_from_where_what_and_how_it_ended(clock):  # noqa: F811
    audit.record(acting(an_account()), "approved", "return:county/210402/2021Q3", "refused", "理由")
    entry = audit.entries()[0]
    assert (entry.name, entry.role, entry.ip, entry.event) == ("xinfu", "filer", IP, "approved")
    assert (entry.object, entry.result, entry.detail) == ("return:county/210402/2021Q3", "refused", "理由")
    assert entry.at == clock.now and entry.said == "审核通过"
    assert times.local(entry.at).replace(tzinfo=None) == clock.now.replace(microsecond=0) + timedelta(hours=8)


def test_an_event_or_result_that_nobody_registered_is_our_mistake():
    for event, result in (("looked", "ok"), ("download", "fine")):
        with pytest.raises(ValueError):
            audit.record(None, event, result=result)
    assert audit.entries() == []


def test_every_event_and_result_has_its_words():
    for lang in LANGUAGES:
        assert all(say(f"audit.event.{event}", lang) for event in audit.EVENTS)
        assert all(say(f"audit.result.{result}", lang) for result in audit.RESULTS)


def test_a_line_stays_one_line_and_shows_all_that_it_holds():
    audit.record(
        None,
        "upload",
        "a\nb",
        detail="x\r\n2021 forged\x00\x1b[31m\u202egnp.exe\u2028 \ud800end" + "长" * 5000,
        name="a\tb",
    )
    entry = audit.entries()[0]
    assert (entry.object, entry.name) == ("a b", "a b")
    assert entry.detail.startswith("x 2021 forged [31m gnp.exe end长长") and len(entry.detail) == 2000
    assert audit.verify().ok


def test_what_is_asked_for_is_found_newest_first(clock):  # noqa: F811
    three_lines()
    clock.forward(hours=1)
    audit.record(None, "upload", "upload:100%_x", "failed", name="zhang")
    assert [e.id for e in audit.entries()] == [4, 3, 2, 1]
    assert [e.id for e in audit.entries(limit=2)] == [4, 3]
    assert [e.id for e in audit.entries(before_id=3)] == [2, 1]
    assert [e.id for e in audit.entries(name="zhang")] == [4]
    assert [e.id for e in audit.entries(event="download", result="ok")] == [3, 2, 1]
    assert [e.id for e in audit.entries(result="failed")] == [4]
    assert [e.id for e in audit.entries(object="return:county/210402/2021Q3")] == [2]
    assert [e.id for e in audit.entries(object_prefix="return:county/")] == [3, 2, 1]
    assert audit.entries(object_prefix="return_") == [] and audit.entries(object_prefix="%") == []
    assert [e.id for e in audit.entries(since=clock.now)] == [4]
    assert [e.id for e in audit.entries(until=clock.now)] == [3, 2, 1]
    assert [e.id for e in audit.entries(since=(clock.now - timedelta(minutes=1)).replace(tzinfo=UTC))] == [4]


# The chain


def test_an_untouched_chain_is_whole_and_an_empty_one_too():
    empty = audit.verify()
    assert (empty.ok, empty.count, empty.head) == (True, 0, audit.BEGINNING)
    three_lines()
    found = audit.verify()
    assert (found.ok, found.count, found.broken_at, found.head) == (True, 3, None, audit.entries()[0].hash)
    assert audit.verify(empty.head).ok and audit.verify(found.head).ok


@pytest.mark.parametrize(
    "column", ["at", "name", "role", "ip", "event", "object", "result", "detail", "previous", "hash"]
)
def test_a_changed_line_is_found_out_whatever_was_changed_in_it(store, column):  # noqa: F811
    three_lines()
    behind_our_back(store, f"update audit set {column} = {column} || 'x' where id = 2")
    found = audit.verify()
    assert (found.ok, found.broken_at, found.count) == (False, 2, 3)


@pytest.mark.parametrize(("gone", "broken_at"), [(1, 1), (2, 2)])
def test_a_line_taken_out_is_found_out(store, gone, broken_at):  # noqa: F811
    three_lines()
    behind_our_back(store, f"delete from audit where id = {gone}")
    found = audit.verify()
    assert (found.ok, found.broken_at, found.count) == (False, broken_at, 2)


def test_a_line_taken_out_and_the_rest_renumbered_is_found_out(store):  # noqa: F811
    three_lines()
    behind_our_back(store, "delete from audit where id = 2", "update audit set id = 2 where id = 3")
    assert audit.verify().broken_at == 2


def test_two_lines_exchanged_are_found_out(store):  # noqa: F811
    three_lines()
    behind_our_back(
        store,
        "update audit set id = 9 where id = 2",
        "update audit set id = 2 where id = 3",
        "update audit set id = 3 where id = 9",
    )
    assert audit.verify().broken_at == 2


def test_a_tail_cut_off_is_found_out_by_a_head_noted_earlier_and_only_by_it(store):  # noqa: F811
    three_lines()
    head = audit.verify().head
    behind_our_back(store, "delete from audit where id = 3")
    assert audit.verify().ok  # what is left is a chain
    found = audit.verify(head)
    assert (found.ok, found.broken_at, found.count) == (False, 3, 2)
    audit.record(None, "download", detail="written over it", name="operator")
    assert not audit.verify(head).ok


def test_a_head_noted_earlier_stays_good_as_the_log_grows():
    three_lines()
    head = audit.verify().head
    three_lines()
    assert audit.verify(head).ok


def test_the_store_itself_refuses_to_change_take_out_replace_or_skip(store):  # noqa: F811
    three_lines()
    con = sqlite3.connect(store / "accounts.db")  # another program, without our driver's settings
    columns = "at, name, role, ip, event, object, result, detail, previous, hash"
    for statement in (
        "update audit set detail = ''",
        "delete from audit",
        f"insert or replace into audit select 2, {columns} from audit where id = 3",
        f"insert into audit select 9, {columns} from audit where id = 3",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            con.execute(statement)
    con.close()
    assert audit.verify().ok


def test_guards_that_were_taken_away_are_back_after_a_new_start(store):  # noqa: F811
    three_lines()
    behind_our_back(store)
    audit.verify()
    con = sqlite3.connect(store / "accounts.db")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        con.execute("delete from audit")
    con.close()


def test_the_file_is_for_the_server_s_own_account_only(store):  # noqa: F811
    three_lines()
    assert {path.name: oct(path.stat().st_mode & 0o077) for path in store.glob("accounts.db*")}["accounts.db"] == "0o0"
    assert all(path.stat().st_mode & 0o077 == 0 for path in store.glob("accounts.db*"))


# As a file


def test_the_log_as_a_file_opens_in_excel_and_runs_nothing():
    audit.record(None, "upload", "=1+1", detail='=HYPERLINK("http://x")', name="@SUM(A1)")
    audit.record(None, "upload", "-2+3", detail="+cmd|' /C calc'!A0, 逗号", name="zhang")
    content = audit.export(audit.entries())
    assert content.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert head[:7] == ["序号", "时间（世界时）", "账号", "角色", "来源地址", "事件代码", "事件"]
    assert [row[0] for row in rows] == ["2", "1"]
    assert rows[0][6] == "上传报表"
    assert rows[0][-3] == "'+cmd|' /C calc'!A0, 逗号"
    assert rows[1][-3] == '\'=HYPERLINK("http://x")' and rows[1][2] == "'@SUM(A1)"
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
