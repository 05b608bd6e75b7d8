"""The robots of work groups: what is posted, and how every kind of failure is told. The other side is a local server."""

from __future__ import annotations

import time
from urllib.parse import parse_qs, urlsplit

import pytest
from robot_fixtures import KEY, OK, listening

from catalogue.wording import use_language
from etl.outgoing import remind
from etl.outgoing.remind import Robot, masked, robots, send, split


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")


# What is posted


def test_wecom_gets_a_text_message_as_its_robots_read_it():
    with listening() as robot:
        sent = send(robot.url, "wecom", "【催报】抚顺县：\n请报送。", mentioned=["13800000000", "@all"])
    assert (sent.ok, sent.status, sent.answer) == (True, 200, "已发送。")
    assert robot.paths == [f"/send?key={KEY}"]
    assert robot.types == ["application/json; charset=utf-8"]
    assert robot.bodies == [
        {
            "msgtype": "text",
            "text": {"content": "【催报】抚顺县：\n请报送。", "mentioned_mobile_list": ["13800000000", "@all"]},
        }
    ]


def test_dingtalk_is_told_whom_to_call_in_the_text_as_well():
    with listening() as robot:
        assert send(robot.url, "dingtalk", "请报送。", mentioned=["13800000000"]).ok
        assert send(robot.url, "dingtalk", "请报送。", mentioned=["@all"]).ok
    assert robot.bodies == [
        {
            "msgtype": "text",
            "text": {"content": "请报送。\n@13800000000"},
            "at": {"atMobiles": ["13800000000"], "isAtAll": False},
        },
        {"msgtype": "text", "text": {"content": "请报送。"}, "at": {"atMobiles": [], "isAtAll": True}},
    ]


def test_nobody_is_called_unless_named():
    with listening() as robot:
        send(robot.url, "wecom", "甲")
        send(robot.url, "dingtalk", "甲")
    assert robot.bodies == [{"msgtype": "text", "text": {"content": "甲"}}] * 2


def test_dingtalk_is_signed_with_time_and_secret():
    # openssl: printf '1633824000000\nSECabc' | openssl dgst -sha256 -hmac SECabc -binary | base64
    signed = remind._signed(
        "https://oapi.dingtalk.com/robot/send?access_token=x", "dingtalk", "SECabc", lambda: 1633824000.0
    )
    asked = parse_qs(urlsplit(signed).query)
    assert asked == {
        "access_token": ["x"],
        "timestamp": ["1633824000000"],
        "sign": ["EM/htIkRM1wa6F/9ZePLqFcF3tA7UUTyyJvX5vmX67w="],
    }


def test_the_signature_travels_in_the_query_and_wecom_has_none():
    with listening() as robot:
        send(robot.url, "dingtalk", "甲", secret="SECabc")
        send(robot.url, "wecom", "甲", secret="SECabc")
    ding, wecom = (parse_qs(urlsplit(path).query) for path in robot.paths)
    assert set(ding) == {"key", "timestamp", "sign"} and abs(int(ding["timestamp"][0]) / 1000 - time.time()) < 60
    assert set(wecom) == {"key"}


# Long texts


def test_a_long_text_goes_out_in_numbered_parts_within_the_limit_and_nobody_is_called_twice():
    lines = [f"《县区季度报表》：第{n}家单位（截止日期2021年10月11日，已逾期2天）" for n in range(80)]
    with listening() as robot:
        assert send(robot.url, "wecom", "\n".join(lines), mentioned=["13800000000"]).ok
    count = len(robot.contents)
    assert count > 3 and all(len(text.encode()) <= 2048 for text in robot.contents)
    assert [text.split("\n")[0] for text in robot.contents] == [f"({n}/{count})" for n in range(1, count + 1)]
    assert [line for text in robot.contents for line in text.split("\n")[1:]] == lines
    assert ["mentioned_mobile_list" in body["text"] for body in robot.bodies] == [False] * (count - 1) + [True]


@pytest.mark.parametrize(("signs", "parts"), [(682, 1), (683, 2)])
def test_the_limit_counts_octets_not_signs(signs, parts):
    assert 682 * 3 <= remind.LIMITS["wecom"] < 683 * 3
    found = list(split("甲" * signs, remind.LIMITS["wecom"]))
    assert len(found) == parts and "".join(part.split("\n")[-1] for part in found) == "甲" * signs


def test_a_full_text_still_has_room_for_those_who_are_called():
    with listening() as robot:
        assert send(robot.url, "dingtalk", "甲" * 6666, mentioned=["13800000000"]).ok
    assert len(robot.contents) == 2 and all(len(text.encode()) <= 20000 for text in robot.contents)
    assert robot.contents[-1].endswith("\n@13800000000")


def test_what_follows_a_part_that_was_not_taken_is_not_sent():
    with listening((200, OK), (200, b'{"errcode":45009,"errmsg":"api freq out of limit"}')) as robot:
        sent = send(robot.url, "wecom", "甲" * 3000)
    assert (sent.ok, len(robot.bodies)) == (False, 2)
    assert (
        sent.answer
        == "共5条，已发送1条，其余未发送。对方未接收，错误码45009：api freq out of limit。发送过于频繁，请稍后再发。"
    )


# Failures


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (
            200,
            b'{"errcode":93000,"errmsg":"invalid webhook url"}',
            "对方未接收，错误码93000：invalid webhook url。机器人地址无效或机器人已被移除，请重新复制地址。",
        ),
        (
            200,
            b'{"errcode":310000,"errmsg":"sign not match"}',
            "对方未接收，错误码310000：sign not match。未通过安全设置，请核对关键词、加签密钥和服务器地址段。",
        ),
        (200, b'{"errcode":-1,"errmsg":"system busy"}', "对方未接收，错误码-1：system busy。"),
        (500, b"oops", "对方服务器返回错误（状态码500），未发送。"),
        (404, b"", "对方服务器返回错误（状态码404），未发送。"),
        (200, b"<html>", "对方的应答不是机器人的格式（状态码200），不能确定是否已发送；请核对机器人地址。"),
        (200, b"", "对方的应答不是机器人的格式（状态码200），不能确定是否已发送；请核对机器人地址。"),
        (200, b"[1]", "对方的应答不是机器人的格式（状态码200），不能确定是否已发送；请核对机器人地址。"),
        (200, b'{"ok":true}', "对方的应答不是机器人的格式（状态码200），不能确定是否已发送；请核对机器人地址。"),
        (200, b"\xff\xfe", "对方的应答不是机器人的格式（状态码200），不能确定是否已发送；请核对机器人地址。"),
    ],
)
def test_what_is_not_taken_is_told_in_words(status, body, words):
    with listening((status, body)) as robot:
        sent = send(robot.url, "wecom", "甲")
    assert (sent.ok, sent.status, sent.answer) == (False, status, words)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_nobody_is_followed_to_another_address(status):
    with listening() as elsewhere, listening((status, b""), Location=elsewhere.url) as robot:
        sent = send(robot.url, "wecom", "甲")
    assert (sent.ok, sent.status, elsewhere.paths) == (False, status, [])
    assert sent.answer == f"对方要求转到其他地址（状态码{status}），未发送；请核对机器人地址。"


def test_one_who_does_not_answer_is_waited_for_only_so_long():
    with listening(wait=1.5) as robot:
        begun = time.monotonic()
        sent = send(robot.url, "wecom", "甲", timeout=0.3)
        assert time.monotonic() - begun < 1.2
    assert (sent.ok, sent.status) == (False, 0)
    assert sent.answer == "对方0.3秒内没有应答，不能确定是否已发送；请到群内查看后再决定是否重发。"


def test_a_server_that_is_not_there_is_told():
    with listening() as robot:
        pass
    sent = send(robot.url, "wecom", "甲", timeout=2)
    assert (sent.ok, sent.status) == (False, 0) and sent.answer.startswith("连接不上对方服务器")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "file:///etc/passwd",
        "ftp://host/x",
        "qyapi.weixin.qq.com/send",
        "http://",
        "http://[::1",
        "http://h:99999/",
        "http://h/机器人",
    ],
)
def test_what_is_no_web_address_is_not_called(url):
    assert send(url, "wecom", "甲") == remind.Sent(False, 0, "机器人地址不是网址，未发送。")


def test_an_empty_text_is_not_sent():
    with listening() as robot:
        assert not send(robot.url, "wecom", " \n").ok
    assert robot.bodies == []


# The key


def test_the_key_is_in_nothing_that_is_told():
    with listening((200, f'{{"errcode":93000,"errmsg":"no robot {KEY}"}}'.encode())) as robot:
        told = send(robot.url, "wecom", "甲")
        assert KEY not in repr(told) and "no robot …" in told.answer
        assert KEY not in repr(Robot("dingtalk", robot.url, KEY))
    assert masked(f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}") == "https://qyapi.weixin.qq.com/…"
    assert masked(f"https://user:{KEY}@host:8443/{KEY}") == "https://host:8443/…"
    assert (masked(KEY), masked("http://[::1"), masked("")) == ("…", "…", "…")


def test_robots_come_from_the_environment(monkeypatch):
    for name in ("WECOM", "DINGTALK", "DINGTALK_SECRET"):
        monkeypatch.delenv(f"DASHBOARD_WEBHOOK_{name}", raising=False)
    assert robots() == ()
    monkeypatch.setenv("DASHBOARD_WEBHOOK_DINGTALK", "https://d/ ")
    monkeypatch.setenv("DASHBOARD_WEBHOOK_DINGTALK_SECRET", "SEC1")
    assert robots() == (Robot("dingtalk", "https://d/", "SEC1"),)
    monkeypatch.setenv("DASHBOARD_WEBHOOK_WECOM", "https://w/")
    assert robots() == (Robot("wecom", "https://w/"), Robot("dingtalk", "https://d/", "SEC1"))


def test_failures_are_told_in_english_too():
    use_language("en")
    with listening((503, b"")) as robot:
        assert send(robot.url, "wecom", "甲").answer == "The other side's server failed (status 503); nothing was sent."
