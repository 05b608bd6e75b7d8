"""催报 texts, word for word: who, what, until when, how late, what came back and why, where to file."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from plan_fixtures import plan_2021

from catalogue.wording import use_language
from etl.outgoing.chase import chased, text_for, text_for_all

PLAN = plan_2021()
DUE = date(2021, 10, 11)
AFTER = date(2021, 10, 13)
COLUMNS = ["form", "reporter", "period", "state", "due", "late", "number", "reason"]


def row(reporter, state="missing", form="county", late=False, reason=None, due=DUE):
    number = None if state == "missing" else f"2021Q3-{reporter}-{form}-01"
    return [form, reporter, "2021Q3", state, pd.Timestamp(due), late, number, reason]


def status(*rows):
    return pd.DataFrame(rows, columns=COLUMNS).astype({"number": object, "reason": object})


def ask(*rows, today=AFTER, drafts=(), lang=None):
    return text_for(chased(status(*rows), drafts, today), PLAN, today, lang)


def all_of(*rows, today=AFTER, drafts=()):
    return text_for_all(status(*rows), drafts, PLAN, today)


# What is chased


def test_missing_drafts_and_what_was_sent_back_are_chased_and_what_came_is_not():
    rows = status(
        row("210402", "filed"),
        row("210403", "approved"),
        row("210404", "locked"),
        row("210411"),
        row("210421"),
        row("210422", "returned"),
    )
    owed = chased(rows, {("county", "210421", "2021Q3"), ("county", "210402", "2021Q3")}, AFTER)
    assert [(one.reporter, one.state) for one in owed] == [
        ("210411", "missing"),
        ("210421", "draft"),
        ("210422", "returned"),
    ]


def test_what_is_being_mended_stays_sent_back():
    [one] = chased(status(row("210422", "returned", reason=" 请核对 ")), {("county", "210422", "2021Q3")}, AFTER)
    assert (one.state, one.reason, one.number) == ("returned", "请核对", "2021Q3-210422-county-01")


def test_a_draft_of_another_quarter_or_form_is_none_of_this_one():
    [one] = chased(status(row("210421")), {("county", "210421", "2021Q2"), ("project", "210421", "2021Q3")}, AFTER)
    assert one.state == "missing"


@pytest.mark.parametrize(
    ("today", "left", "stage"),
    [
        (date(2021, 10, 7), 4, "ahead"),
        (date(2021, 10, 8), 3, "soon"),
        (date(2021, 10, 10), 1, "soon"),
        (DUE, 0, "today"),
        (date(2021, 10, 12), -1, "over"),
        (date(2021, 10, 14), -3, "over"),
        (date(2021, 10, 15), -4, "long"),
    ],
)
def test_days_are_calendar_days_and_set_how_pressing_it_is(today, left, stage):
    [one] = chased(status(row("210421")), (), today)
    assert (one.days_left, one.stage) == (left, stage)


# One reporter


def test_an_overdue_return_is_asked_for():
    assert (
        ask(row("210421"))
        == """【催报】抚顺县：
您好！贵单位有1份报表待办理，逾期未报的请尽快报送。
1. 2021年第三季度《教育工作要点县区季度报表》：未报，截止日期2021年10月11日，已逾期2天。
请登录抚顺市教育工作要点监测平台办理；已办理的，请忽略本提醒。感谢支持配合！
（演示数据，请勿据此办理）
2021年10月13日"""
    )


def test_the_same_in_english():
    assert (
        ask(row("210421"), lang="en")
        == """[Overdue] Fushun County:
Hello! You have 1 return to deal with. Please file what is overdue as soon as you can.
1. County quarterly return, Q3 2021: not filed, due 11 Oct 2021, 2 days overdue.
Please file on the Fushun Education Plan Monitor. If you have done so already, ignore this reminder. Thank you for your help!
(Demo data: nothing to be done about it.)
13 Oct 2021"""
    )


@pytest.mark.parametrize(
    ("today", "head", "asked", "left"),
    [
        (date(2021, 10, 1), "报送提醒", "请合理安排时间，于截止日期前报送。", "还有10天"),
        (date(2021, 10, 8), "报送提醒", "截止日期临近，请抓紧填报，按时报送。", "还有3天"),
        (DUE, "今日截止", "今天截止的请于今天内报送。", "今天截止"),
        (date(2021, 10, 12), "催报", "逾期未报的请尽快报送。", "已逾期1天"),
        (
            date(2021, 10, 20),
            "再次催报",
            "逾期未报的已影响全市汇总，请立即报送；确有困难的，请及时说明原因。",
            "已逾期9天",
        ),
    ],
)
def test_the_tone_follows_the_days_left(today, head, asked, left):
    said = ask(row("210422"), today=today)
    assert said.startswith(f"【{head}】新宾满族自治县：\n您好！贵单位有1份报表待办理，{asked}\n")
    assert f"截止日期2021年10月11日，{left}。" in said


def test_a_draft_is_told_from_nothing():
    assert "已存草稿，尚未提交，截止日期2021年10月11日，今天截止。" in ask(
        row("210421"), today=DUE, drafts={("county", "210421", "2021Q3")}
    )


def test_what_was_sent_back_is_named_with_its_reason_and_never_called_overdue():
    said = ask(row("210423", "returned", reason="学前教育!D7合计不符。"))
    assert said.splitlines()[:3] == [
        "【退回待改】清原满族自治县：",
        "您好！贵单位有1份报表退回待改，请尽快修改后重新报送。",
        "1. 2021年第三季度《教育工作要点县区季度报表》：回执号2021Q3-210423-county-01已退回，需修改后重新报送。"
        "退回原因：学前教育!D7合计不符。截止日期2021年10月11日，已过2天。",
    ]
    assert "逾期" not in said
    assert "退回原因未写明，请与审核科室联系。" in ask(row("210423", "returned"))


def test_a_department_that_owes_two_forms_gets_one_text_headed_by_the_more_pressing():
    said = ask(row("planning", form="department"), row("planning", form="project", due=date(2021, 10, 15)))
    assert said.splitlines()[:4] == [
        "【催报】规划科：",
        "您好！贵单位有2份报表待办理，逾期未报的请尽快报送。",
        "1. 2021年第三季度《教育工作要点责任单位季度报表》：未报，截止日期2021年10月11日，已逾期2天。",
        "2. 2021年第三季度《改善办学条件项目进度季度报表》：未报，截止日期2021年10月15日，还有2天。",
    ]
    assert ask(row("planning", "returned", "department"), row("planning", form="project")).startswith("【催报】")


@pytest.mark.parametrize("rows", [(), (row("210421"), row("210422"))])
def test_a_text_for_nobody_or_for_two_is_our_mistake(rows):
    with pytest.raises(ValueError, match="one reporter"):
        text_for(chased(status(*rows), (), AFTER) if rows else [], PLAN, AFTER)


# The work group


GROUP = (
    row("210402", "approved"),
    row("210403", "filed", late=True),
    row("210411"),
    row("210421"),
    row("210423", "returned", reason="合计不符"),
    row("planning", "filed", "department"),
    row("planning", form="project", due=date(2021, 10, 15)),
    row("vocational", "locked", "department"),
)


def test_the_group_is_told_the_count_who_owes_what_and_who_was_punctual():
    assert (
        all_of(*GROUP, drafts={("county", "210411", "2021Q3")})
        == """【催报】2021年第三季度报表报送情况
截至2021年10月13日，应报8份，已报4份（按时3份，迟报1份），未报2份，草稿未提交1份，退回待改1份。
未报：
《教育工作要点县区季度报表》：抚顺县（截止日期2021年10月11日，已逾期2天）
《改善办学条件项目进度季度报表》：规划科（截止日期2021年10月15日，还有2天）
草稿未提交：
《教育工作要点县区季度报表》：顺城（截止日期2021年10月11日，已逾期2天）
退回待改（原因见平台）：
《教育工作要点县区季度报表》：清原（截止日期2021年10月11日，已过2天）
请登录抚顺市教育工作要点监测平台办理；已办理的，请忽略本提醒。感谢支持配合！
感谢新抚、职教科按时报送！
（演示数据，请勿据此办理）"""
    )


def test_those_with_one_form_and_one_due_day_share_a_line():
    said = all_of(row("210411"), row("210421"), row("210422", due=date(2021, 10, 18)))
    assert "《教育工作要点县区季度报表》：顺城、抚顺县（截止日期2021年10月11日，已逾期2天）\n" in said
    assert "《教育工作要点县区季度报表》：新宾（截止日期2021年10月18日，还有5天）\n" in said


def test_reasons_are_for_the_one_concerned_and_not_for_the_group():
    assert "合计不符" not in all_of(*GROUP)


def test_the_numbers_add_up_to_what_is_owed():
    assert "应报8份，已报4份（按时3份，迟报1份），未报3份，退回待改1份。" in all_of(*GROUP)


def test_when_all_is_in_the_group_is_thanked_and_nobody_asked():
    assert (
        all_of(row("210402", "approved"), row("210403", "filed", late=True))
        == """【报送情况】2021年第三季度报表报送情况
截至2021年10月13日，应报2份，已报2份（按时1份，迟报1份）。
本期报表已全部报齐。
感谢新抚按时报送！
（演示数据，请勿据此办理）"""
    )


def test_nobody_is_thanked_where_nobody_was_punctual():
    assert "感谢" not in all_of(row("210403", "filed", late=True), row("210421")).replace("感谢支持配合", "")


def test_english_goes_by_the_language_in_use_and_full_names():
    use_language("en")
    said = all_of(*GROUP)
    assert said.startswith(
        "[Overdue] Returns of Q3 2021\nAs of 13 Oct 2021: owed 8, filed 4 (on time 3, late 1), not filed 3, sent back 1.\n"
    )
    assert "Thank you for filing on time: Xinfu, Vocational Education Office!" in said
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in said)
