"""`python -m etl remind` and `calendar`: what scripts and the night's timetable rely on."""

from __future__ import annotations

from datetime import date

import icalendar
import pytest
from command_line import run_etl
from plan_fixtures import plan_2021
from robot_fixtures import KEY, listening

from catalogue.period import Period
from etl.__main__ import main
from etl.outgoing.chase_commands import period_to_chase

PLAN = plan_2021()
NOBODY = b'{"errcode":93000,"errmsg":"invalid webhook url"}'
THIRD = ("remind", "--period", "2021Q3", "--today", "2021-10-13")


@pytest.fixture(autouse=True)
def _no_robots(monkeypatch):
    for name in ("WECOM", "DINGTALK", "DINGTALK_SECRET"):
        monkeypatch.delenv(f"DASHBOARD_WEBHOOK_{name}", raising=False)
    monkeypatch.setenv("no_proxy", "*")


@pytest.mark.parametrize(
    ("day", "period"),
    [
        (date(2020, 12, 1), "2021Q1"),
        (date(2021, 3, 31), "2021Q1"),
        (date(2021, 4, 1), "2021Q1"),
        (date(2021, 9, 30), "2021Q2"),
        (date(2021, 10, 1), "2021Q3"),
        (date(2021, 12, 31), "2021Q3"),
        (date(2022, 1, 1), "2021Q4"),
        (date(2026, 5, 1), "2021Q4"),
    ],
)
def test_the_quarter_that_ended_last_is_chased(day, period):
    assert period_to_chase(PLAN, day) == Period.parse(period)


def test_without_send_the_text_is_printed_and_nothing_leaves(demo, monkeypatch, capsys):
    with listening() as robot:
        monkeypatch.setenv("DASHBOARD_WEBHOOK_WECOM", robot.url)
        assert main([*THIRD]) == 0
    said = capsys.readouterr().out
    assert said.startswith("【催报】2021年第三季度报表报送情况\n截至2021年10月13日，应报25份，")
    assert "未报：\n《教育工作要点县区季度报表》：抚顺县（截止日期2021年10月11日，已逾期2天）\n" in said
    assert robot.bodies == []


def test_the_text_for_one_department_tells_why_its_return_came_back(demo, capsys):
    assert main([*THIRD, "--unit", "vocational"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("【退回待改】职教科：") and "退回原因：" in said


def test_the_day_and_the_quarter_are_todays_unless_told(demo, monkeypatch, capsys):
    monkeypatch.setenv("DASHBOARD_TODAY", "2021-10-12")
    assert main(["remind", "--unit", "210421"]) == 0
    assert (
        "2021年第三季度《教育工作要点县区季度报表》：未报，截止日期2021年10月11日，已逾期1天。"
        in capsys.readouterr().out
    )


def test_one_who_owes_nothing_is_not_reminded(demo, monkeypatch, capsys):
    with listening() as robot:
        monkeypatch.setenv("DASHBOARD_WEBHOOK_WECOM", robot.url)
        assert main([*THIRD, "--unit", "210402", "--send"]) == 0
    assert (capsys.readouterr().out, robot.bodies) == ("没有需要催报的报表。\n", [])


def test_send_posts_to_every_robot_and_never_prints_a_key(demo, monkeypatch, capsys):
    main([*THIRD])
    text = capsys.readouterr().out.rstrip("\n")
    with listening() as wecom, listening() as dingtalk:
        monkeypatch.setenv("DASHBOARD_WEBHOOK_WECOM", wecom.url)
        monkeypatch.setenv("DASHBOARD_WEBHOOK_DINGTALK", dingtalk.url)
        monkeypatch.setenv("DASHBOARD_WEBHOOK_DINGTALK_SECRET", "SECabc")
        assert main([*THIRD, "--send"]) == 0
    told = capsys.readouterr()
    assert "".join(part.removeprefix("(1/2)\n").removeprefix("(2/2)\n") for part in wecom.contents).replace(
        "\n", ""
    ) == text.replace("\n", "")
    assert dingtalk.contents == [text] and "sign=" in dingtalk.paths[0]
    assert told.out.splitlines() == [
        f"企业微信（http://127.0.0.1:{wecom.url.split(':')[2].split('/')[0]}/…）：已发送。",
        f"钉钉（http://127.0.0.1:{dingtalk.url.split(':')[2].split('/')[0]}/…）：已发送。",
    ]
    assert KEY not in told.out + told.err


def test_one_robot_that_refuses_is_told_and_the_other_is_served(demo, monkeypatch, capsys):
    with listening((200, NOBODY)) as wecom, listening() as dingtalk:
        monkeypatch.setenv("DASHBOARD_WEBHOOK_WECOM", wecom.url)
        monkeypatch.setenv("DASHBOARD_WEBHOOK_DINGTALK", dingtalk.url)
        assert main([*THIRD, "--send"]) == 1
    told = capsys.readouterr()
    assert "错误码93000" in told.err and "钉钉" in told.out and len(dingtalk.bodies) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--send",), "未配置群机器人地址"),
        (("--period", "2020Q4"), "2020Q4不在工作要点期间内（2021Q1至2021Q4）"),
        (("--unit", "999999"), "没有这个单位：999999"),
    ],
)
def test_a_wrong_call_ends_with_2(demo, capsys, arguments, words):
    assert main([*THIRD, *arguments]) == 2
    assert words in capsys.readouterr().err


def test_a_day_that_is_none_ends_with_2(demo_data):
    assert "--today" in run_etl(demo_data, "remind", "--today", "13.10.2021", code=2).stderr


def test_with_nothing_loaded_it_ends_with_2_and_says_what_to_do(tmp_path):
    assert "python -m etl load" in run_etl(tmp_path, "remind", code=2).stderr


def test_the_calendar_is_written_from_what_is_published_and_from_the_plan_before(demo_data, tmp_path):
    for data in (demo_data, tmp_path / "empty"):
        out = tmp_path / "due.ics"
        assert run_etl(data, "calendar", "--out", str(out)).stdout == f"{out}\n"
        events = icalendar.Calendar.from_ical(out.read_bytes()).walk("VEVENT")
        assert [event.decoded("DTSTART") for event in events] == list(PLAN.deadlines.values())


def test_a_calendar_that_cannot_be_written_ends_with_2(demo_data, tmp_path):
    assert run_etl(demo_data, "calendar", "--out", str(tmp_path / "no" / "due.ics"), code=2).stderr
