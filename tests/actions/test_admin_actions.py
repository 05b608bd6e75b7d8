"""Accounts, deadlines and the log below the screens: what is done, what is refused, what the log keeps of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from admin_fixtures import AT, acting, house, lines_of, load_id, newest, publish  # noqa: F401  (fixtures)
from pages_fixtures import demonstration  # noqa: F401

from access import accounts, audit
from access.errors import AccountProblem
from access.log_detail import facts
from access.log_detail import told as told_as
from access.sheets import inert
from actions import deadlines, log, people
from actions.errors import NotAllowed, NotNow
from actions.log import Search
from actions.saying import told, what
from catalogue.load import current_plan
from catalogue.period import Period
from warehouse import read, store

NEW = {"name": "qian.yi", "person": "钱一（演示数据）", "role": "filer", "office": "210402", "phone": "024-5555 1001"}
OTHERS = ("leader", "210402", "planning", "auditor")


# Accounts


def test_telephone_numbers_are_shown_only_in_part():
    assert people.masked("024-5555 1001") == "024****1001"
    assert people.masked("13900001234") == "139****1234"
    assert (people.masked("12345678"), people.masked("")) == ("****", "")


def test_the_list_says_how_each_account_stands(house):  # noqa: F811
    people.create(acting(), **NEW)
    people.create(acting(), **{**NEW, "name": "qian.er"}, single_sign_on=True)
    people.create(acting(), **{**NEW, "name": "qian.san"})
    people.disable(acting(), "qian.san")
    states = {each.account.name: each.state for each in people.people(acting())}
    assert [states[name] for name in ("qian.yi", "qian.er", "qian.san", "demo-admin")] == [
        "must_change",
        "single_sign_on",
        "disabled",
        "demo",
    ]


def test_no_password_stands_in_the_log_or_in_the_list(house):  # noqa: F811
    _, first = people.create(acting(), **NEW)
    second = people.reset_password(acting(), "qian.yi")
    kept = "".join(line.detail + line.object for line in audit.entries(limit=None)) + repr(people.people(acting()))
    assert first not in kept and second not in kept


def test_an_administrator_does_not_disable_the_own_account(house):  # noqa: F811
    with pytest.raises(AccountProblem, match="不能停用自己的账号"):
        people.disable(acting(), "demo-admin")


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_touches_accounts_and_each_try_is_one_line_in_the_log(house, who):  # noqa: F811
    before = accounts.every()
    tries = (
        lambda: people.people(acting(who)),
        lambda: people.create(acting(who), **NEW),
        lambda: people.change(acting(who), "demo-admin", person="x"),
        lambda: people.disable(acting(who), "demo-admin"),
        lambda: people.unlock(acting(who), "demo-admin"),
        lambda: people.reset_password(acting(who), "demo-leader"),
        lambda: people.import_accounts(acting(who), b""),
        lambda: people.template(acting(who)),
    )
    for tried in tries:
        with pytest.raises(NotAllowed):
            tried()
    assert accounts.every() == before
    assert [name for name, _, _ in lines_of("refused", "refused")] == [f"demo-{who}"] * len(tries)


# Deadlines


def days(period: str) -> dict[tuple[str, str], date]:
    rows = deadlines.due_days(period)
    return {(row.form, row.reporter): row.due.date() for row in rows.itertuples()}


def test_a_deadline_moved_for_one_unit_makes_its_return_punctual(house):  # noqa: F811
    with store.open_version(newest()) as con:
        late = read.status(con, "2021Q3", date(2021, 10, 15)).query("form == 'county' and late")["reporter"].iloc[0]
    deadlines.move(acting(), "2021Q3", "county", late, date(2021, 10, 31), "系统切换")
    assert {key for key, due in days("2021Q3").items() if due == date(2021, 10, 31)} == {("county", late)}
    with store.open_version(newest()) as con:
        assert not read.status(con, "2021Q3", date(2021, 10, 15)).query(f"reporter == '{late}'")["late"].any()
    [(_, about, detail)] = lines_of("deadline_changed")
    assert about == f"deadline:county/{late}/2021Q3" and facts(detail) == {"due": "2021-10-31", "words": "系统切换"}


def test_a_deadline_moved_for_everybody_comes_after_what_was_moved_for_one(house):  # noqa: F811
    deadlines.move(acting(), "2021Q4", "", "210404", date(2022, 1, 20), "受灾")
    deadlines.move(acting(), "2021Q4", "", "", date(2022, 1, 15), "全市顺延")
    assert set(days("2021Q4").values()) == {date(2022, 1, 15)}
    row = deadlines.due_days("2021Q4").query("reporter == '210404'").iloc[0]
    assert (row["reason"], row["by_whom"]) == ("全市顺延", "演示管理员（demo-admin）")
    assert row["planned"].date() == current_plan().deadlines[newest_quarter()]


def newest_quarter():
    return list(current_plan().deadlines)[-1]


@pytest.mark.parametrize(
    ("form", "reporter", "due", "reason", "why"),
    [
        ("", "", date(2022, 1, 20), " ", "请写明原因"),
        ("", "", date(2021, 12, 31), "顺延", "季度结束（2021-12-31）之后"),
        ("county", "planning", date(2022, 1, 20), "顺延", "没有这样的应报报表"),
        ("moon", "", date(2022, 1, 20), "顺延", "没有这样的应报报表"),
    ],
)
def test_a_deadline_is_not_moved_without_sense(house, form, reporter, due, reason, why):  # noqa: F811
    before = newest()
    with pytest.raises(NotNow, match=why):
        deadlines.move(acting(), "2021Q4", form, reporter, due, reason)
    assert newest() == before


def test_a_deadline_that_is_that_day_already_makes_no_version(house):  # noqa: F811
    before = newest()
    with pytest.raises(NotNow, match="没有变化"):
        deadlines.move(acting(), "2021Q4", "", "", current_plan().deadlines[newest_quarter()], "顺延")
    assert newest() == before


def test_before_anything_is_published_the_plans_own_days_stand(house, tmp_path, monkeypatch):  # noqa: F811
    whole = deadlines.due_days("2021Q3")
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "empty"))
    planned = deadlines.due_days("2021Q3")
    assert (
        set(planned["due"].dt.date) == {current_plan().deadlines[Period(2021, 3)]}
        and len(planned) == len(whole)
        and list(planned.columns) == list(whole.columns)
    )


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_moves_a_deadline(house, who):  # noqa: F811
    before = newest()
    with pytest.raises(NotAllowed):
        deadlines.move(acting(who), "2021Q4", "", "", date(2022, 1, 20), "顺延")
    assert newest() == before
    assert lines_of("refused", "refused") == [(f"demo-{who}", "deadline:*/*/2021Q4", "administer")]


# The log


def test_the_log_is_searched_by_person_event_object_result_and_day(house):  # noqa: F811
    audit.record(acting("planning"), "approved", "return:county/210402/2021Q3")
    audit.record(acting("210402"), "submitted", "return:county/210402/2021Q3", "failed")
    auditor = acting("auditor")

    def found(**asked) -> list[str]:
        return [line.event for line in log.page(auditor, Search(**asked)) if line.event != "account_created"]

    assert found(name="demo-planning") == ["approved"]
    assert found(event="submitted") == ["submitted"]
    assert found(object="return:county/210402") == ["submitted", "approved"]
    assert found(result="failed") == ["submitted"]
    today = log.today()
    assert found(first=today, last=today) == ["submitted", "approved"]
    assert found(last=date(2021, 1, 1)) == []


def test_taking_the_log_away_is_a_line_in_it_and_no_cell_is_a_formula(house):  # noqa: F811
    audit.record(acting("planning"), "approved", "return:county/210402/2021Q3", detail="=HYPERLINK(1)")
    name, content = log.export(acting("auditor"), Search(name="demo-planning"))
    rows = content.decode("utf-8-sig").splitlines()
    assert name.startswith("审计日志_") and len(rows) == 2
    assert inert("=HYPERLINK(1)") in rows[1]
    assert lines_of("exported") == [("demo-auditor", "audit", told_as(rows=1, name="demo-planning"))]


def test_a_log_whose_end_is_gone_is_found_out_by_a_head_written_down_before(house):  # noqa: F811
    assert log.verify(acting("auditor"), " " + audit.verify().head + " ").ok
    assert not log.verify(acting("auditor"), "f" * 64).ok


@pytest.mark.parametrize("who", ["leader", "210402", "planning"])
def test_nobody_but_auditor_and_administrator_reads_the_log(house, who):  # noqa: F811
    tries = (
        lambda: log.page(acting(who), Search()),
        lambda: log.names(acting(who)),
        lambda: log.verify(acting(who)),
        lambda: log.export(acting(who), Search()),
    )
    for tried in tries:
        with pytest.raises(NotAllowed):
            tried()
    assert [about for _, about, _ in lines_of("refused", "refused")] == ["log"] * len(tries)
    assert log.page(acting("admin"), Search(event="refused"))


def test_what_a_line_and_a_version_are_about_is_said_in_words(house):  # noqa: F811
    plan = current_plan()
    county = plan.forms["county"].title
    assert told("county/210402/2021Q3", plan) == f"{county} · 新抚区 · 2021年第三季度"
    assert told("*/*/2021Q3", plan) == "全部 · 2021年第三季度"
    assert told("nobody", plan) == "nobody"
    version = deadlines.move(acting(), "2021Q4", "", "", date(2022, 1, 20), "顺延")
    assert what(version, plan) == "调整截止日期：2021年第四季度"
    publish(lambda writer: writer.review(load_id("210402"), "returned", AT, "张三"))
    assert what(newest(), plan) == "测试"
    before = replace(newest(), note="reopen county 210402 2021Q3 #0a1b2c3d4e5f6071")
    assert what(before, plan) == f"重新开放填报：{county} · 新抚区 · 2021年第三季度"
    for about, said in {
        "account/li.si": "账号 li.si",
        "version:3": "第3版",
        "page:log": "画面“日志”",
        "": "",
        "audit": "audit",
    }.items():
        audit.record(acting(), "download", about)
        assert log.object_said(log.page(acting(), Search())[0], plan) == said


@pytest.mark.parametrize(
    ("detail", "said"),
    [
        ("role=filer; office=210402", "角色 县区填报员; 单位 新抚区"),
        ("role=filer→reviewer", "角色 县区填报员改为科室审核员"),
        ("disabled=False→True", "停用 否改为是"),
        ("due=2021-10-15 国庆顺延", "截止 2021-10-15 国庆顺延"),
        ("phone", "phone"),
        ("数值有误", "数值有误"),
        (told_as(due="2021-10-15", words="国庆顺延，role=filer 不变"), "截止 2021-10-15; 国庆顺延，role=filer 不变"),
        (
            told_as(number="2021Q3-210402-county-01", correction="office=210402"),
            "回执号 2021Q3-210402-county-01; 更正 office=210402",
        ),
        (told_as(file="x.xlsx", sha256="0123456789abcdef", open=2), "x.xlsx; 摘要 0123456789ab; 未处理问题 2"),
        ("x.xlsx sha256=0123456789abcdef open=2", "x.xlsx 摘要 0123456789ab 未处理问题 2"),
    ],
)
def test_the_remark_of_a_line_is_said_in_words(house, detail, said):  # noqa: F811
    audit.record(acting(), "download", "audit")
    entry = replace(log.page(acting(), Search())[0], detail=detail)
    assert log.detail_said(entry, current_plan()) == said
