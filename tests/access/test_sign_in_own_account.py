"""One's own password, the way out, and the one-click accounts of the demonstration."""

from __future__ import annotations

import re

import pytest
from gate_fixtures import PASSWORD, Browser, two_accounts  # noqa: F401  (fixture)
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from access import accounts, audit, sessions
from access.web.gate import Gate
from access.web.routes import ROUTES

pytestmark = pytest.mark.usefixtures("two_accounts")
APP = Gate(Starlette(routes=[*ROUTES, Route("/{rest:path}", lambda request: PlainTextResponse("inside"))]))
NEW = "Maple-73-river"
CHANGE = {"present": PASSWORD, "new": NEW, "again": NEW}


def signed_in(name: str = "xinfu") -> Browser:
    visitor = Browser(APP)
    visitor.cookies["plan_session"] = sessions.start(accounts.get(name), visitor.client)[0]
    return visitor


def said(answer) -> str:
    return re.search(r'class="said[^"]*"[^>]*>([^<]+)<', answer.text)[1]


# The password


def test_a_first_password_is_changed_before_anything_else():
    accounts.set_password("xinfu", PASSWORD + "2", by=None, must_change=True)
    visitor = Browser(APP)
    answer = visitor.post("/sign-in", {"name": "xinfu", "password": PASSWORD + "2", "next": "/county?lang=zh"})
    assert answer.header("location") == "/password?next=/county%3Flang%3Dzh"
    shown = visitor.get(answer.header("location"))
    assert said(shown) == "这是初始密码或重置后的密码，请先修改再使用。"
    assert "至少" in shown.text and 'value="/county?lang=zh"' in shown.text
    answer = visitor.post("/password", {**CHANGE, "present": PASSWORD + "2", "next": "/county?lang=zh"})
    assert (answer.status, answer.header("location")) == (303, "/county?lang=zh")
    assert visitor.get("/county").text == "inside"


def test_a_new_password_is_another_session_and_ends_all_others():
    visitor, elsewhere = signed_in(), signed_in()
    first = visitor.cookies["plan_session"]
    assert visitor.post("/password", CHANGE).status == 303
    assert visitor.get("/overview").text == "inside"
    assert elsewhere.get("/overview").status == 303
    assert sessions.find(sessions.id_of(first)) is None
    assert accounts.sign_in("xinfu", NEW, "").outcome == "ok"
    assert [(e.name, e.result) for e in audit.entries(event="password_changed", name="xinfu")] == [("xinfu", "ok")]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"present": "wrong"}, "现在的密码不正确。"),
        ({"again": NEW + "x"}, "两次输入的新密码不一致。"),
        ({"new": "short", "again": "short"}, "密码"),
        ({"new": PASSWORD, "again": PASSWORD}, "密码"),  # one of the last
    ],
)
def test_a_password_that_cannot_be_is_refused_in_words_and_nothing_changes(given, told):
    visitor = signed_in()
    answer = visitor.post("/password", CHANGE | given)
    assert answer.status == 400 and told in said(answer)
    assert visitor.get("/overview").text == "inside"
    assert accounts.sign_in("xinfu", PASSWORD, "").outcome == "ok"


def test_the_present_password_cannot_be_guessed_here():
    visitor = signed_in()
    tries = [said(visitor.post("/password", CHANGE | {"present": f"guess {number}"})) for number in range(6)]
    assert tries[0] == "现在的密码不正确。"
    assert "15分钟" in tries[-1] and "15分钟" in said(visitor.post("/password", CHANGE))


def test_a_form_of_another_site_changes_no_password():
    visitor = signed_in()
    visitor.get("/password")
    assert visitor.send("/password", {**CHANGE, "form": "x" * 43}).status == 403
    late = Browser(APP).send("/password", CHANGE)  # the session ended while the form stood open
    assert (late.status, late.header("location")) == (303, "/sign-in?next=/password")
    assert accounts.sign_in("xinfu", PASSWORD, "").outcome == "ok"


# The way out


def test_signing_out_is_asked_first_then_ends_the_session_and_is_logged():
    visitor = signed_in()
    token = visitor.cookies["plan_session"]
    assert "当前登录：某人（xinfu）" in visitor.get("/sign-out").text
    assert visitor.get("/overview").text == "inside"
    answer = visitor.post("/sign-out", {})
    assert (answer.status, answer.header("location")) == (303, "/sign-in")
    assert "plan_session" not in visitor.cookies
    assert sessions.find(sessions.id_of(token)) is None
    assert [e.name for e in audit.entries(event="sign_out")] == ["xinfu"]
    assert visitor.get("/sign-out").header("location") == "/sign-in"


def test_a_form_of_another_site_signs_nobody_out():
    visitor = signed_in()
    assert visitor.send("/sign-out", {"form": ""}).header("location") == "/sign-out"
    assert visitor.get("/overview").text == "inside"


# The demonstration


@pytest.fixture
def demonstration(monkeypatch):
    monkeypatch.setenv("DASHBOARD_DEMO", "1")


def test_the_demonstration_offers_its_accounts_by_role_and_one_click_is_enough(demonstration):
    visitor = Browser(APP)
    shown = visitor.get("/sign-in").text
    assert re.findall("<h2>([^<]+)</h2>", shown) == ["局领导", "县区填报员", "科室审核员", "管理员", "审计员"]
    assert "演示数据" in shown and 'value="demo-210402"' in shown
    answer = visitor.post("/sign-in/demo", {"name": "demo-leader", "next": "/overview"}, opened="/sign-in")
    assert (answer.status, answer.header("location")) == (303, "/overview")
    assert visitor.get("/overview").text == "inside"
    assert [(e.name, e.detail) for e in audit.entries(event="sign_in")] == [("demo-leader", "demo")]


@pytest.mark.parametrize(
    "foreign",
    [
        {"client": "10.1.2.3"},
        {"extra": {"X-Forwarded-For": "127.0.0.1"}},
        {"extra": {"Forwarded": "for=127.0.0.1"}},
        {"extra": {"Via": "1.1 proxy"}},
        {"extra": {"Origin": "http://plan.example.cn"}},  # what a proxy that adds nothing cannot hide
        {"host": "plan.example.cn"},
    ],
)
def test_nobody_but_this_machine_gets_a_demo_account(foreign, demonstration):
    Browser(APP).get("/sign-in")  # so that they exist
    visitor = Browser(APP, **foreign)
    assert "demo-leader" not in visitor.get("/sign-in").text
    answer = visitor.post("/sign-in/demo", {"name": "demo-leader"}, opened="/sign-in")
    assert answer.status == 403 and "plan_session" not in visitor.cookies
    assert [(e.object, e.result) for e in audit.entries(event="refused")] == [("path:/sign-in/demo", "refused")]


def test_a_refused_click_leaves_a_page_that_can_be_asked_for_again_in_english(demonstration):
    visitor = Browser(APP)
    refused = visitor.post("/sign-in/demo", {"name": "demo-nobody"}, opened="/sign-in").text
    other = re.search(r'href="([^"]+)" lang="en"', refused)[1]
    assert other == "/sign-in/demo?lang=en" and "Sign in" in visitor.get(other).text


def test_there_is_no_demo_account_outside_the_demonstration(demonstration, monkeypatch):
    visitor = Browser(APP)
    visitor.post("/sign-in/demo", {"name": "demo-leader"}, opened="/sign-in")
    assert visitor.get("/overview").text == "inside"
    monkeypatch.delenv("DASHBOARD_DEMO")
    assert visitor.get("/overview").status == 303
    assert "demo-leader" not in visitor.get("/sign-in").text
    assert Browser(APP).post("/sign-in/demo", {"name": "demo-leader"}, opened="/sign-in").status == 403


@pytest.mark.parametrize("name", ["xinfu", "boss", "demo-nobody", ""])
def test_the_one_click_is_for_demo_accounts_only(name, demonstration):
    visitor = Browser(APP)
    assert visitor.post("/sign-in/demo", {"name": name}, opened="/sign-in").status == 403
    assert "plan_session" not in visitor.cookies


def test_a_demo_account_has_no_password_to_change(demonstration):
    visitor = Browser(APP)
    visitor.post("/sign-in/demo", {"name": "demo-leader"}, opened="/sign-in")
    assert said(visitor.get("/password")) == "此账号没有密码，无需修改。"
    assert visitor.send("/password", {**CHANGE, "form": visitor.cookies["plan_form"]}).status == 400
