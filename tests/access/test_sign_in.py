"""The page to sign in on: one sentence for every failure, a fresh session for every success, nothing for foreign forms."""

from __future__ import annotations

import base64
import hashlib
import re
import threading
import time
from urllib.parse import quote

import pytest
from gate_fixtures import PASSWORD, Browser, two_accounts  # noqa: F401  (fixture)
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from access import accounts, audit, sessions
from access.web import line_up, origin, sign_in
from access.web.gate import Gate
from access.web.routes import ROUTES
from catalogue.load import current_plan
from ui.app.serving import BUNDLES, SecurityHeaders

pytestmark = pytest.mark.usefixtures("two_accounts")
APP = SecurityHeaders(
    Gate(Starlette(routes=[*ROUTES, Route("/{rest:path}", lambda request: PlainTextResponse("inside"))]))
)
GIVEN = {"name": "xinfu", "password": PASSWORD}


def said(answer) -> str:
    """The sentence above the form."""
    return re.search(r'class="said[^"]*"[^>]*>([^<]+)<', answer.text)[1]


# The page


def test_the_page_is_light_and_comes_from_here_alone():
    answer = Browser(APP).get("/sign-in")
    assert answer.status == 200 and len(answer.text) < 12_000
    assert "<script" not in answer.text and not re.search(r'(src|href|url)[=(]"?(https?:)?//', answer.text)
    style = re.search(r"<style>(.*?)</style>", answer.text, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = answer.header("content-security-policy")
    assert (
        f"style-src 'sha256-{digest}'" in policy
        and "default-src 'none'" in policy
        and "frame-ancestors 'none'" in policy
    )
    assert answer.header("cache-control") == "no-store"
    assert answer.header("x-content-type-options") == "nosniff"


def test_streamlits_page_may_run_its_own_inline_script_and_no_other():
    index = (BUNDLES / "index.html").read_text("utf-8")
    inline = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", index, re.DOTALL)
    policy = Browser(APP).get("/_stcore/health").header("content-security-policy")
    scripts = re.search("script-src ([^;]*);", policy)[1].split()
    hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in inline]
    assert scripts == ["'self'", *hashes] and len(hashes) == 1


def test_the_page_speaks_chinese_and_english_at_a_click():
    zh, en = Browser(APP).get("/sign-in").text, Browser(APP).get("/sign-in?lang=en").text
    assert '<html lang="zh-CN">' in zh and "登录名" in zh and 'href="/sign-in?lang=en"' in zh
    assert '<html lang="en">' in en and "Account name" in en and 'href="/sign-in?lang=zh"' in en
    assert "Account name" in Browser(APP).get("/sign-in?next=/overview%3Flang%3Den").text


def test_what_is_typed_is_shown_as_text():
    answer = Browser(APP).post(
        "/sign-in", {**GIVEN, "name": '"><script>x</script>', "password": "no", "next": '/"><b>'}
    )
    assert "<script>" not in answer.text and '"><b>' not in answer.text
    assert "&lt;script&gt;" in answer.text


# In


def test_the_right_password_opens_a_session_and_leads_back():
    visitor = Browser(APP)
    answer = visitor.post("/sign-in", {**GIVEN, "next": "/county?unit=210402"})
    assert (answer.status, answer.header("location")) == (303, "/county?unit=210402")
    cookie = answer.header("set-cookie")
    assert (
        cookie.startswith("plan_session=") and "HttpOnly" in cookie and "SameSite=lax" in cookie and "Path=/" in cookie
    )
    assert "Secure" not in cookie and "Max-Age" not in cookie and "expires" not in cookie.lower()
    assert visitor.get("/overview").text == "inside"
    assert [(e.name, e.result) for e in audit.entries(event="sign_in")] == [("xinfu", "ok")]
    assert visitor.get("/sign-in?next=/overview").header("location") == "/overview"


def test_english_is_taken_along():
    assert Browser(APP).post("/sign-in", {**GIVEN, "lang": "en"}).header("location") == "/?lang=en"


def test_under_https_the_cookie_is_secure_and_tied_to_the_host():
    visitor = Browser(APP, scheme="https")
    answer = visitor.post("/sign-in", GIVEN)
    assert answer.header("set-cookie").startswith("__Host-plan_session=") and "Secure" in answer.header("set-cookie")
    assert visitor.get("/overview").text == "inside"
    assert answer.header("strict-transport-security") == "max-age=31536000"
    plain = {"plan_session": visitor.cookies["__Host-plan_session"]}
    assert Browser(APP, scheme="https", cookies=plain).get("/overview").status == 303


@pytest.mark.parametrize(("peer", "secure"), [("10.0.0.1", True), ("10.0.0.2", False)])
def test_only_a_trusted_proxy_may_say_that_it_is_https(peer, secure, tmp_path, monkeypatch):
    configured(tmp_path, monkeypatch, 'trusted_proxies = ["10.0.0.1/32"]')
    answer = Browser(APP, client=peer, extra={"X-Forwarded-Proto": "https"}).post("/sign-in", GIVEN)
    assert ("Secure" in answer.header("set-cookie")) is secure


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("10.9.9.9", "1.2.3.4", "10.9.9.9"),  # no proxy of ours: what it says is worth nothing
        ("10.0.0.1", "1.2.3.4", "1.2.3.4"),
        ("10.0.0.1", "6.6.6.6, 1.2.3.4", "1.2.3.4"),  # the first one is what the client wrote itself
        ("10.0.0.1", "1.2.3.4, 10.0.0.1", "1.2.3.4"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("::ffff:10.0.0.1", "1.2.3.4", "1.2.3.4"),  # how a server on IPv6 writes it
        ("::ffff:10.9.9.9", "1.2.3.4", "10.9.9.9"),
    ],
)
def test_the_log_names_the_address_behind_a_trusted_proxy(peer, forwarded, client, tmp_path, monkeypatch):
    configured(tmp_path, monkeypatch, 'trusted_proxies = ["10.0.0.0/30"]')
    Browser(APP, client=peer, extra={"X-Forwarded-For": forwarded}).post("/sign-in", GIVEN)
    assert audit.entries(event="sign_in")[0].ip == client


def test_a_planted_session_is_not_taken_on_and_the_earlier_one_ends():
    visitor = Browser(APP)
    visitor.post("/sign-in", GIVEN)
    first = visitor.cookies["plan_session"]
    visitor.post("/sign-in", {**GIVEN, "name": "boss"}, opened="/sign-out")
    assert visitor.cookies["plan_session"] != first
    assert sessions.find(sessions.id_of(first)) is None
    assert sessions.find(sessions.id_of(visitor.cookies["plan_session"])).name == "boss"


# Not in


def test_every_failure_looks_the_same():
    plan = current_plan()
    accounts.create(name="gone", person="某人", role="leader", password=PASSWORD, plan=plan, by=None)
    accounts.change("gone", by=None, plan=plan, disabled=True)
    accounts.create(name="by-oidc", person="某人", role="leader", password=None, plan=plan, by=None)
    tries = [
        ("xinfu", "wrong"),
        ("nobody", PASSWORD),
        ("gone", PASSWORD),
        ("by-oidc", ""),
        ("", ""),
        ("xinfu", "x" * 5000),
    ]
    shown = set()
    for name, password in tries:
        visitor = Browser(APP)
        answer = visitor.post("/sign-in", {"name": name, "password": password})
        assert "plan_session" not in visitor.cookies
        shown.add((answer.status, re.sub(r'value="[^"]*"', "", answer.text)))
    assert len(shown) == 1
    assert "登录名或密码不正确。" in shown.pop()[1]


@pytest.mark.parametrize("name", ["xinfu", "no-such-account"])
def test_too_many_failures_lock_a_name_whether_there_is_such_an_account_or_not(name):
    for _ in range(4):
        assert Browser(APP).post("/sign-in", {"name": name, "password": "wrong"}).status == 401
    for password in ("wrong", PASSWORD):
        answer = Browser(APP).post("/sign-in", {"name": name, "password": password})
        assert (answer.status, said(answer)) == (
            429,
            "该登录名连续多次登录失败，已暂停登录。请在15分钟后再试，或联系管理员。",
        )


def test_an_administrator_from_outside_is_told_and_counted_as_if_the_password_was_wrong(tmp_path, monkeypatch):
    configured(tmp_path, monkeypatch, 'admin_networks = ["10.20.0.0/16"]')
    given = {"name": "boss", "password": PASSWORD}
    assert Browser(APP, client="10.20.1.1").post("/sign-in", given).status == 303
    answers = [Browser(APP, client="10.21.1.1").post("/sign-in", given) for _ in range(5)]
    assert [answer.status for answer in answers] == [401, 401, 401, 401, 429]
    assert said(answers[0]) == "登录名或密码不正确。"
    assert {(e.name, e.ip, e.detail) for e in audit.entries(event="refused")} == {
        ("boss", "10.21.1.1", "not from this address")
    }


@pytest.mark.parametrize(
    ("fields", "headers"),
    [
        ({}, {}),  # the token is missing
        ({"form": "x" * 43}, {}),  # or another
        ({"form": "own"}, {"Sec-Fetch-Site": "cross-site"}),
        ({"form": "own"}, {"Sec-Fetch-Site": "same-site"}),
        ({"form": "own", "more": "x" * 20_000}, {}),  # too long to be ours
    ],
)
def test_a_form_that_another_site_sends_signs_nobody_in(fields, headers):
    visitor = Browser(APP)
    visitor.get("/sign-in")
    fields = {name: visitor.cookies["plan_form"] if value == "own" else value for name, value in fields.items()}
    answer = visitor.send("/sign-in", {**GIVEN, **fields}, **headers)
    assert answer.status == 403 and "plan_session" not in visitor.cookies
    assert said(answer) == "页面已过期，请重新填写后提交。"
    assert audit.entries(event="sign_in") == []


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "evil.example",
        "/\t/evil.example",
        "/%0d\n",
        " /x",
        "",
        "/sign-out",
        "/password",
        "/" + "x" * 3000,
    ],
)
def test_nobody_is_led_away_after_signing_in(back):
    visitor = Browser(APP)
    assert (
        visitor.post("/sign-in", {**GIVEN, "next": back}, opened=f"/sign-in?next={quote(back)}").header("location")
        == "/"
    )
    assert visitor.get(f"/sign-in?next={quote(back)}").header("location") == "/"


def test_a_crowd_waits_in_line_four_at_a_time_and_a_longer_one_is_asked_to_come_back(monkeypatch):
    gate, running, most = threading.Event(), [], []

    def slow(*given):
        running.append(1)
        most.append(len(running))
        gate.wait(5)
        running.pop()
        return accounts.SignIn(outcome="wrong")

    monkeypatch.setattr(sign_in, "checked", slow)
    monkeypatch.setattr(line_up, "QUEUE", 6)
    answers = []
    crowd = [
        threading.Thread(target=lambda: answers.append(Browser(APP).post("/sign-in", GIVEN).status)) for _ in range(8)
    ]
    for one in crowd:
        one.start()
    while len(answers) < 2 or len(running) < line_up.AT_ONCE:  # those for whom there is no room are answered at once
        time.sleep(0.01)
    gate.set()
    for one in crowd:
        one.join()
    assert max(most) == line_up.AT_ONCE
    assert sorted(answers) == [401] * 6 + [503] * 2


def test_one_address_cannot_fill_the_line_for_everybody(monkeypatch):
    gate, answers = threading.Event(), []
    monkeypatch.setattr(sign_in, "checked", lambda *_: (gate.wait(5), accounts.SignIn(outcome="wrong"))[1])
    monkeypatch.setattr(line_up, "OF_ONE", 3)

    def post(client: str) -> None:
        answers.append((client, Browser(APP, client=client).post("/sign-in", GIVEN).status))

    crowd = [threading.Thread(target=post, args=("10.0.0.1",)) for _ in range(5)]
    for one in crowd:
        one.start()
    while len(answers) < 2:
        time.sleep(0.01)
    crowd.append(threading.Thread(target=post, args=("10.0.0.2",)))
    crowd[-1].start()
    time.sleep(0.05)
    gate.set()
    for one in crowd:
        one.join()
    assert sorted(answers) == [("10.0.0.1", 401)] * 3 + [("10.0.0.1", 503)] * 2 + [("10.0.0.2", 401)]


def configured(tmp_path, monkeypatch, text: str) -> None:
    (tmp_path / "access.toml").write_text(text + "\n", "utf-8")
    monkeypatch.setenv("DASHBOARD_ACCESS", str(tmp_path / "access.toml"))


def test_an_address_that_is_none_lies_in_no_network():
    assert not origin.within("testclient", ("0.0.0.0/0",)) and not origin.within("", ("::/0",))
