"""At the gate: a token opens /api/ and nothing else, and without anything a program is told so and led nowhere."""

from __future__ import annotations

import base64
import json

import pytest
from api_fixtures import APP, PASSWORD, Program, house  # noqa: F401  (fixture)
from bare_gate import APP as EVERYWHERE
from bare_gate import CLOSED, websocket
from gate_fixtures import Browser

from access import accounts, audit, demo, sessions, times, tokens
from access.web import programs
from app import app as whole_app
from catalogue.load import current_plan
from ui.app import api_routes

pytestmark = pytest.mark.usefixtures("house")


def ask(path: str, token: str, app=EVERYWHERE, method: str = "GET", **more):
    return Browser(app, **more).request(method, path, b"", {"accept": "text/html", "authorization": f"Bearer {token}"})


@pytest.fixture
def token(house) -> str:  # noqa: F811
    return tokens.issue(accounts.get("the-admin"), "试用")


# Elsewhere


@pytest.mark.parametrize("path", [each for each in CLOSED if not each.startswith("/api/")])
@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE"])
def test_a_token_opens_nothing_but_the_api(path, method, token):
    assert (
        Browser(EVERYWHERE).request(method, path, b"", {"authorization": f"Bearer {token}", "accept": "*/*"}).status
        == 401
    )


@pytest.mark.parametrize(
    "path", ["/", "/overview", "/password", "/api", "/apis/v1/values", "//api/v1/values", "/API/v1/values"]
)
def test_a_screen_leads_to_the_sign_in_page_with_a_token_too(path, token):
    assert ask(path, token).header("location").startswith("/sign-in?next=")


def test_a_token_is_no_cookie_and_opens_no_websocket(token):
    for sent in (token, tokens.hash_of(token)):
        visitor = Browser(EVERYWHERE, cookies={"plan_session": sent})
        assert visitor.get("/overview").status == 303 and visitor.get("/api/v1/values").status == 401
    refused = websocket(Browser(EVERYWHERE), "/_stcore/stream", authorization=f"Bearer {token}")
    assert refused == ([{"type": "websocket.close"}], [])
    assert websocket(Browser(EVERYWHERE), "/api/v1/values", authorization=f"Bearer {token}")[1] == []


@pytest.mark.parametrize(
    "path", ["/api/x", "/api/../overview", "/api/_stcore/metrics", "/api/v1/../../media/x", "/api/v1/values/"]
)
def test_below_the_api_nothing_reaches_streamlit(path, token):
    answer = ask(path, token, whole_app)
    assert answer.status in (400, 404) and "<html" not in answer.text


def test_the_app_serves_it(token):
    assert json.loads(ask("/api/v1/units", token, whole_app).content)["resource"] == "units"
    assert ask("/api/v1/units", "", whole_app).header("content-security-policy")


# Without


@pytest.mark.parametrize("path", ["/api/v1/", "/api/v1/values", "/api/v1/openapi.json", "/api/nothing"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_without_anything_a_program_is_told_and_led_nowhere(path, method):
    answer = Browser(EVERYWHERE).request(method, path, b"", {"accept": "text/html"})
    assert (answer.status, answer.header("location"), answer.header("content-type")) == (401, "", "application/json")
    assert answer.header("www-authenticate") == 'Bearer realm="plan-monitor"'
    assert json.loads(answer.content)["error"]["status"] == 401


@pytest.mark.parametrize("sent", ["Bearer", "Bearer ", "Bearer plan_x", "Basic dTpw", "plan_x", "bearer  "])
def test_a_wrong_authorization_is_refused_and_logged_even_with_a_good_cookie(sent):
    visitor = Browser(EVERYWHERE, client="10.9.9.9")
    visitor.cookies["plan_session"] = sessions.start(accounts.get("the-leader"), "10.9.9.9")[0]
    assert visitor.get("/api/v1/values").status == 200
    answer = visitor.get("/api/v1/values", authorization=sent)
    assert answer.status == 401 and "令牌无效" in answer.text
    visitor.get("/api/v1/values", authorization=sent)
    assert [(e.name, e.ip, e.object, e.detail) for e in audit.entries(event="refused")] == [
        ("", "10.9.9.9", "path:/api/v1/values", "no such token")
    ]


def test_a_calendar_sends_its_token_as_a_password_when_it_is_asked_for_one(token):
    asked = Browser(EVERYWHERE).get("/api/v1/deadlines.ics")
    assert (asked.status, "Basic realm" in asked.header("www-authenticate")) == (401, True)
    for name in ("the-admin", "anybody", ""):
        sent = base64.b64encode(f"{name}:{token}".encode()).decode()
        assert Browser(EVERYWHERE).get("/api/v1/deadlines.ics", authorization=f"Basic {sent}").status == 200
    own = base64.b64encode(f"the-admin:{PASSWORD}".encode()).decode()
    for sent in (own, "***", "/w==", token):
        assert Browser(EVERYWHERE).get("/api/v1/values", authorization=f"Basic {sent}").status == 401
    assert Browser(EVERYWHERE).get("/overview", authorization=f"Basic {own}").status == 303


def test_a_token_in_an_address_opens_nothing_and_is_kept_nowhere(token):
    for path in (f"/api/v1/values?token={token}", f"/api/v1/values/{token}", f"/api/v1/{token}", f"/{token}"):
        assert Browser(EVERYWHERE).get(path).status in (401, 303)
    assert token not in repr(audit.entries()) and "path:/api/v1/values/plan_…" in [e.object for e in audit.entries()]


def test_the_log_tells_which_token_was_used(token):
    Program("leader").get("units")
    assert [e.detail for e in audit.entries(event="download")] == ["v1 format=json lang=zh token=2"]


def test_no_other_site_may_use_an_answer():
    answer = Program("leader").get("units", origin="https://elsewhere.example")
    assert answer.header("cross-origin-resource-policy") == "same-origin" and not answer.header(
        "access-control-allow-origin"
    )


def test_one_account_that_asks_too_much_at_a_time_is_told_to_wait(token, monkeypatch):
    monkeypatch.setattr(api_routes, "AT_MOST", 0)
    answer = ask("/api/v1/units", token, APP)
    assert (answer.status, answer.header("retry-after")) == (429, "1") and '"status":429' in answer.text
    monkeypatch.setattr(api_routes, "AT_MOST", 1)
    assert [ask("/api/v1/units", token, APP).status for _ in range(2)] == [200, 200] and not api_routes._waiting


@pytest.mark.parametrize("end", ["revoked", "expired", "disabled"])
def test_a_token_that_has_ended_opens_nothing(end, token, monkeypatch):
    assert ask("/api/v1/values", token).status == 200
    match end:
        case "revoked":
            tokens.revoke(1)
        case "expired":
            later = tokens.living()[0].expires_at
            monkeypatch.setattr(times, "utc_now", lambda: later)
        case "disabled":
            accounts.create(name="second", person="某人", role="admin", password=PASSWORD, plan=current_plan(), by=None)
            accounts.change("the-admin", by=None, plan=current_plan(), disabled=True)
    assert ask("/api/v1/values", token).status == 401


# No more than the account may


def test_a_password_that_is_due_closes_the_api_to_tokens_and_sessions():
    filer = Program("filer", EVERYWHERE)
    accounts.set_password("the-filer", "Other-2021-word", by=None, must_change=True)
    assert filer.get("values").status == 401  # somebody else's reset ends its tokens
    made = tokens.issue(accounts.get("the-filer"), "x")
    assert ask("/api/v1/values", made).status == 403
    visitor = Browser(EVERYWHERE)
    visitor.cookies["plan_session"] = sessions.start(accounts.get("the-filer"), "127.0.0.1")[0]
    answer = visitor.get("/api/v1/values")
    assert (answer.status, answer.header("location")) == (403, "") and "修改密码" in answer.text


def test_an_administrators_token_is_worth_nothing_outside_the_networks(tmp_path, monkeypatch, token):
    (tmp_path / "access.toml").write_text('admin_networks = ["10.20.0.0/16"]\n', "utf-8")
    monkeypatch.setenv("DASHBOARD_ACCESS", str(tmp_path / "access.toml"))
    assert ask("/api/v1/values", token, client="10.20.3.4").status == 200
    assert ask("/api/v1/values", token, client="10.21.3.4").status == 401


def test_a_demo_accounts_token_works_on_this_machine_only(monkeypatch):
    monkeypatch.setenv("DASHBOARD_DEMO", "1")
    made = tokens.issue(demo.ensure_demo(current_plan())[0], "试用")
    assert ask("/api/v1/values", made).status == 200
    assert ask("/api/v1/values", made, client="10.20.3.4").status == 401
    monkeypatch.delenv("DASHBOARD_DEMO")
    assert ask("/api/v1/values", made).status == 401


def test_who_asks_cannot_be_forged():
    forged = {"x-plan-session": "0" * 64, "x-plan-client": "1.1.1.1", programs.VISITOR: "the-admin"}
    assert Browser(EVERYWHERE).get("/api/v1/values", **forged).status == 401


def test_before_there_is_an_administrator_a_program_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "empty"))
    answer = Browser(EVERYWHERE).get("/api/v1/values")
    assert (answer.status, answer.header("content-type")) == (503, "application/json")
