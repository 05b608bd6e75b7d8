"""Versions are compared, kept for a meeting, and gone back to without losing what came after."""

from __future__ import annotations

from datetime import date

import pytest
from admin_fixtures import AT, acting, house, lines_of, load_id, newest, publish  # noqa: F401  (fixtures)
from pages_fixtures import demonstration  # noqa: F401
from warehouse_fixtures import House, a_fact, a_receipt

from access.log_detail import facts
from actions import going_back, versions
from actions.backup import judged
from actions.errors import NotAllowed, NotNow
from catalogue.load import current_plan
from warehouse import compare_versions, read, store
from warehouse.questions import asking


def element_of(indicator: str) -> str:
    return current_plan().indicators[indicator].numerator[0]


def receive(reporter: str, period: str, element: str, value: str, *, correction: str = ""):
    """A change: one more receipt of this reporter, with one entry."""

    def change(writer) -> None:
        made = writer.add_receipt(a_receipt(reporter, period, AT))
        writer.add_facts(made, [a_fact(element, value, reporter, period)])
        if correction:
            writer.correct(made, correction)

    return change


# Comparing


def test_a_comparison_names_the_receipt_and_the_reason_behind_every_value_that_moved(house):  # noqa: F811
    before, element = newest(), element_of("public-share")
    publish(receive("210402", "2021Q3", element, "1", correction="漏报更正"))
    found = versions.compare(acting(), newest().number, before.number)
    assert (found.earlier.number, found.later.number) == (before.number, before.number + 1)
    [receipt] = found.receipts.itertuples()
    assert (receipt.reporter, receipt.period, receipt.state, receipt.correction) == (
        "210402",
        "2021Q3",
        "filed",
        "漏报更正",
    )
    moved = found.values[found.values["indicator"] == "public-share"]
    own = moved[(moved["subject"] == "210402") & (moved["period"] == "2021Q3") & (moved["basis"] == "filed")].iloc[0]
    with store.open_version(before) as con:
        then = read.values(con, "2021Q3", "210402", "public-share").iloc[0]
    assert own["then"] == then["value"] and own["light_then"] == then["light"]
    assert own["now"] != own["now"]  # half a ratio is none
    assert own["numbers"] == (receipt.number,)
    assert own["corrections"] == ("漏报更正",)
    city = moved[moved["subject"].isna() & (moved["period"] == "2021Q3") & (moved["basis"] == "filed")].iloc[0]
    assert city["numbers"] == (receipt.number,)
    assert not moved["subject"].isin(["210404"]).any()
    # the new receipt leaves out everything else the old one had, so it explains that too
    mine = found.values[found.values["subject"].eq("210402") & found.values["period"].eq("2021Q3")]
    assert len(mine) > 10 and set(mine["numbers"]) == {(receipt.number,)}
    assert not found.plan_changed and found.lacking == ()


def test_what_was_decided_in_between_is_told_in_order(house):  # noqa: F811
    before, load = newest(), load_id("210402")
    publish(lambda writer: writer.review(load, "returned", AT, "张三", "数值有误"))
    publish(lambda writer: writer.lock("2021Q3", "county", "", AT.replace(hour=11), "李四"))
    publish(
        lambda writer: writer.deadline("2021Q4", ("", "210404"), date(2022, 1, 20), AT.replace(hour=12), "王五", "受灾")
    )
    found = versions.compare(acting(), before.number, newest().number)
    told = [(row.what, row.who, row.reporter, row.reason) for row in found.decisions.itertuples()]
    assert told == [
        ("returned", "张三", "210402", "数值有误"),
        ("quarter_locked", "李四", "", ""),
        ("deadline_moved", "王五", "210404", "受灾"),
    ]
    assert found.receipts.empty
    assert (found.values["period"] >= "2021Q3").all() and len(found.values)


def test_versions_that_say_the_same_differ_in_nothing(house):  # noqa: F811
    before = newest()
    publish(lambda writer: writer.deadline("2021Q4", ("", ""), date(2022, 1, 20), AT, "王五", "顺延"))
    found = versions.compare(acting(), before.number, newest().number)
    assert found.values.empty and found.receipts.empty and len(found.decisions) == 1


def test_a_version_compared_with_itself_or_with_one_that_is_not_there_is_refused(house):  # noqa: F811
    with pytest.raises(NotNow, match="两个不同的版本"):
        versions.compare(acting(), 1, 1)
    with pytest.raises(NotNow, match="没有第77版"):
        versions.compare(acting(), 1, 77)


def test_a_file_of_an_older_program_is_compared_as_far_as_it_goes(tmp_path):
    old = House(tmp_path)
    old.file("unit | period | pupils\nA | 2021Q1 | 5")
    old.file("unit | period | pupils\nA | 2021Q1 | 7")
    first, second = store.versions(tmp_path)
    with store.open_version(first) as before, store.open_version(second) as after:
        names = before.execute("select table_name from information_schema.tables").fetchall()

        class Old:
            """As if the program that wrote it had not known locks and corrections."""

            def execute(self, sql, *given):
                if "information_schema" in sql:
                    return type(
                        "Rows",
                        (),
                        {"fetchall": lambda _: [row for row in names if row[0] not in compare_versions.NEWER]},
                    )()
                assert not any(name in sql for name in compare_versions.NEWER), sql
                return before.execute(sql, *given)

        assert compare_versions.lacking(asking(Old())) == compare_versions.NEWER
        assert len(compare_versions.receipts_since(Old(), after)) == 1
        assert compare_versions.decisions_since(Old(), after).empty
        assert len(compare_versions.differing_values(Old(), after))
        ledger = compare_versions.ledger(asking(Old()))
        assert ledger.locks == {} and ledger.states == {1: "filed"} and len(ledger.dues) > 10


# Kept for a meeting


def test_a_version_is_frozen_under_a_name_and_let_go_again(house):  # noqa: F811
    versions.freeze(acting(), newest().number, " 三季度\n调度会 ", "2021Q3")
    [kept] = versions.frozen()
    assert (kept.version, kept.title, kept.period, kept.name) == (
        newest().number,
        "三季度 调度会",
        "2021Q3",
        "demo-admin",
    )
    with pytest.raises(NotNow, match="已经定格"):
        versions.freeze(acting(), newest().number, "又一次会议")
    versions.unfreeze(acting(), newest().number)
    assert versions.frozen() == []
    with pytest.raises(NotNow, match="没有定格"):
        versions.unfreeze(acting(), newest().number)
    assert [about for _, about, _ in lines_of("frozen") + lines_of("unfrozen")] == [f"version:{newest().number}"] * 2


def test_nothing_is_frozen_without_a_name_or_a_version(house):  # noqa: F811
    with pytest.raises(NotNow, match="用途"):
        versions.freeze(acting(), newest().number, "  ")
    with pytest.raises(NotNow, match="没有第99版"):
        versions.freeze(acting(), 99, "会议")
    assert versions.frozen() == []


# Going back


def trouble() -> None:
    """A quarter goes on: a return decided about, one more received, the quarter locked, a deadline moved."""
    load, element = load_id("210402"), element_of("public-share")
    publish(lambda writer: writer.review(load, "returned", AT, "张三", "数值有误"))
    publish(receive("210402", "2021Q3", element, "1"))
    publish(receive("210404", "2021Q2", element, "2"))
    publish(lambda writer: writer.lock("2021Q2", "county", "", AT, "李四"))
    publish(lambda writer: writer.deadline("2021Q3", ("", "210404"), date(2021, 12, 1), AT, "王五", "受灾"))


def test_going_back_makes_every_judged_number_what_it_was_and_loses_nothing(house):  # noqa: F811
    then = newest()
    trouble()
    assert judged(newest()) != judged(then)
    last = newest()
    version = going_back.go_back(acting(), then.number, "误操作，恢复", seen=last.number)
    assert version == newest() and version.number == last.number + 1
    assert judged(version) == judged(then)
    with store.open_version(version) as con, store.open_version(then) as old:
        # that a return was once sent back is history and stays
        for kept in ("* from due_day", "* exclude times_returned from reporting_status"):
            sql = f"select {kept} order by all"
            assert con.execute(sql).fetchall() == old.execute(sql).fetchall()
        assert con.execute("select count(*) from lock_state where locked").fetchone() == (0,)
        states = con.execute(
            "select state, by_whom, reason from receipt_state order by load_id desc limit 2"
        ).fetchall()
    assert states == [("withdrawn", "演示管理员（demo-admin）", "误操作，恢复")] * 2


def test_receipt_numbers_go_on_after_going_back(house):  # noqa: F811
    then = newest()
    trouble()
    going_back.go_back(acting(), then.number, "恢复")
    publish(receive("210402", "2021Q3", element_of("public-share"), "3"))
    with store.open_version(newest()) as con:
        numbers = con.execute(
            "select number from receipt where reporter = '210402' and period = '2021Q3' order by load_id"
        ).fetchall()
    assert numbers[-2:] == [(f"2021Q3-210402-county-{n:02}",) for n in (len(numbers) - 1, len(numbers))]


def test_the_preview_tells_what_going_back_will_do(house):  # noqa: F811
    then = newest()
    trouble()
    found = going_back.preview(acting(), then.number)
    told = {
        (row.reporter, row.period): (row.now, row.then)
        for row in found.receipts.itertuples()
        if row.then == "withdrawn"
    }
    assert told == {("210402", "2021Q3"): ("filed", "withdrawn"), ("210404", "2021Q2"): ("filed", "withdrawn")}
    returned = found.receipts[found.receipts["now"] == "returned"]
    assert len(returned) == 1 and returned["then"].iloc[0] in ("filed", "approved")
    locked = {key for key in found.undoing.locks if found.undoing.locks[key] is False}
    assert len(locked) == 8 and {period for period, _, _ in locked} == {"2021Q2"}
    assert set(found.undoing.dues) == {("2021Q3", "county", "210404")}
    assert (found.newest, found.plan_changed, found.lacking) == (newest().number, False, ())
    assert going_back.preview(acting(), then.number).undoing == found.undoing  # looking changes nothing


def test_one_does_not_go_back_to_the_newest_or_for_no_reason_or_on_an_old_preview(house):  # noqa: F811
    then = newest()
    with pytest.raises(NotNow, match="就是最新版本"):
        going_back.go_back(acting(), then.number, "恢复")
    trouble()
    seen = newest().number
    with pytest.raises(NotNow, match="请写明原因"):
        going_back.go_back(acting(), then.number, "  ")
    publish(lambda writer: writer.lock("2021Q3", "county", "", AT, "李四"))
    with pytest.raises(NotNow, match=f"第{seen + 1}版"):
        going_back.go_back(acting(), then.number, "恢复", seen=seen)
    assert newest().number == seen + 1
    going_back.go_back(acting(), then.number, "恢复")
    with pytest.raises(NotNow, match="无须恢复"):
        going_back.go_back(acting(), then.number, "恢复")
    [(_, about, detail)] = lines_of("went_back")
    assert about == f"version:{then.number}" and "恢复" in facts(detail)["words"]
    assert {name: facts(detail)[name] for name in ("receipts", "locks", "deadlines")} == {
        "receipts": "3",
        "locks": "16",
        "deadlines": "1",
    }


@pytest.mark.parametrize("who", ["leader", "210402", "planning", "auditor"])
def test_nobody_but_an_administrator_compares_freezes_or_goes_back(house, who):  # noqa: F811
    before = newest()
    for tried in (
        lambda: versions.compare(acting(who), 1, 2),
        lambda: versions.freeze(acting(who), before.number, "会议"),
        lambda: versions.unfreeze(acting(who), 1),
        lambda: going_back.preview(acting(who), 1),
        lambda: going_back.go_back(acting(who), 1, "恢复"),
    ):
        with pytest.raises(NotAllowed):
            tried()
    assert newest() == before and versions.frozen() == []
    assert [name for name, _, _ in lines_of("refused", "refused")] == [f"demo-{who}"] * 5
