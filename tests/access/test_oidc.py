"""Single sign-on against a provider of our own: who is let in as what, and every forgery leaves no session."""

from __future__ import annotations

import time
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from gate_fixtures import PASSWORD, Browser, two_accounts  # noqa: F401  (fixture)
from joserfc.jwk import OctKey, RSAKey
from oidc_fixtures import CLIENT, SECRET, provider, running_provider  # noqa: F401  (fixtures)
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from access import accounts, audit, sessions
from access.web import oidc
from access.web.gate import Gate
from access.web.routes import ROUTES
from catalogue.load import current_plan

pytestmark = pytest.mark.usefixtures("two_accounts", "configured")
APP = Gate(Starlette(routes=[*ROUTES, Route("/{rest:path}", lambda request: PlainTextResponse("inside"))]))
SETTINGS = """
admin_networks = ["127.0.0.0/8"]
[oidc]
issuer = "{issuer}"
client_id = "{client}"
client_secret_env = "TEST_OIDC_SECRET"
name_claim = "preferred_username"
roles_claim = "roles"
label = "用统一身份认证登录"
label_en = "Single sign-on"
[oidc.roles]
jyj-boss = {{ role = "admin" }}
jyj-planning = {{ role = "reviewer", office = "planning" }}
jyj-xinfu = {{ role = "filer", office = "210402" }}
"""


@pytest.fixture
def configured(provider, tmp_path, monkeypatch):  # noqa: F811
    (tmp_path / "access.toml").write_text(SETTINGS.format(issuer=provider.issuer, client=CLIENT), "utf-8")
    monkeypatch.setenv("DASHBOARD_ACCESS", str(tmp_path / "access.toml"))
    monkeypatch.setenv("TEST_OIDC_SECRET", SECRET)
    monkeypatch.setattr(oidc, "_providers", {})


def set_out(visitor: Browser, back: str = "/") -> str:
    """To the provider and back to our door; gives the address to come in by."""
    there = visitor.get(f"/sign-in/oidc?next={back}").header("location")
    with requests.get(there, allow_redirects=False, timeout=10) as answer:
        parts = urlsplit(answer.headers["location"])
    return f"{parts.path}?{parts.query}"


def sign_on(visitor: Browser, back: str = "/"):
    return visitor.get(set_out(visitor, back))


def refused(answer, visitor: Browser) -> bool:
    """Told so, and no session left behind, in the browser or in the store."""
    return answer.status == 403 and "plan_session" not in visitor.cookies and sessions.living() == []


def why() -> str:
    return audit.entries(event="refused")[0].detail


# In


def test_the_page_offers_it_and_a_newcomer_gets_the_account_that_the_mapping_says(provider):  # noqa: F811
    visitor = Browser(APP)
    assert "用统一身份认证登录" in visitor.get("/sign-in").text
    answer = sign_on(visitor, "/county")
    assert (answer.status, answer.header("location")) == (303, "/county")
    assert visitor.get("/county").text == "inside"
    made = accounts.by_subject(f"{provider.issuer} u-1")
    assert (made.name, made.person, made.role, made.office, made.must_change) == (
        "wang.li",
        "王丽",
        "filer",
        "210402",
        False,
    )
    assert [(e.name, e.result, e.detail) for e in audit.entries(event="sign_in")] == [
        ("wang.li", "ok", "single sign-on")
    ]
    assert accounts.sign_in("wang.li", "", "").outcome == "wrong"


def test_we_ask_with_pkce_state_and_nonce_and_tell_nobody_the_secret(provider):  # noqa: F811
    sign_on(Browser(APP))
    sign_on(Browser(APP))
    first, second = provider.asked
    assert first["response_type"] == "code" and first["code_challenge_method"] == "S256" and "openid" in first["scope"]
    assert first["redirect_uri"] == "http://127.0.0.1:8501/sign-in/oidc/return"
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name]) >= 43 and first[name] != second[name]
    assert SECRET not in str(provider.asked)


def test_role_and_office_follow_the_claims_at_each_sign_on_and_the_first_mapping_counts(provider):  # noqa: F811
    visitor, elsewhere = Browser(APP), Browser(APP)
    sign_on(elsewhere)
    provider.person |= {"roles": ["something", "jyj-xinfu", "jyj-planning"]}
    sign_on(visitor)
    found = accounts.by_subject(f"{provider.issuer} u-1")
    assert (found.role, found.office) == ("reviewer", "planning")
    assert elsewhere.get("/county").status == 303  # signed in as what they are no longer
    provider.person["roles"] = "jyj-planning"  # some providers say one role as a text
    assert sign_on(Browser(APP)).status == 303


def test_an_account_of_that_name_is_bound_only_with_the_very_same_role(provider):  # noqa: F811
    provider.person["preferred_username"] = "xinfu"
    assert sign_on(Browser(APP)).status == 303
    assert accounts.by_subject(f"{provider.issuer} u-1").name == "xinfu"
    visitor = Browser(APP)
    provider.person |= {"sub": "u-2", "preferred_username": "boss"}
    answer = sign_on(visitor)
    assert (
        answer.status == 403 and "登录名boss已属于另一个账号" in answer.text and "plan_session" not in visitor.cookies
    )
    provider.person |= {"sub": "u-3", "preferred_username": "xinfu"}
    assert sign_on(Browser(APP)).status == 403
    assert accounts.get("boss").role == "admin" and accounts.by_subject(f"{provider.issuer} u-3") is None


@pytest.mark.parametrize("roles", [[], ["unknown"], None, {"jyj-boss": True}, "jyj-"])
def test_somebody_without_a_mapped_role_is_told_whom_to_ask(provider, roles):  # noqa: F811
    visitor = Browser(APP)
    provider.person["roles"] = roles
    answer = sign_on(visitor)
    assert refused(answer, visitor) and "请联系管理员为您分配角色" in answer.text
    assert accounts.get("wang.li") is None


@pytest.mark.parametrize("name", ["", "王丽", "a", "x" * 60, "../boss", None])
def test_a_name_that_no_account_can_have_makes_none(provider, name):  # noqa: F811
    visitor = Browser(APP)
    provider.person["preferred_username"] = name
    assert refused(sign_on(visitor), visitor)
    assert {one.name for one in accounts.every()} == {"boss", "xinfu"}


def test_a_disabled_account_and_an_administrator_from_outside_stay_outside(provider):  # noqa: F811
    sign_on(Browser(APP))
    accounts.change("wang.li", by=None, plan=current_plan(), disabled=True)
    visitor = Browser(APP)
    assert refused(sign_on(visitor), visitor)
    provider.person |= {"sub": "u-9", "preferred_username": "chief", "roles": ["jyj-boss"]}
    visitor = Browser(APP, client="10.1.2.3")
    assert refused(sign_on(visitor), visitor)
    assert sign_on(Browser(APP)).status == 303


# Forged


NOW = time.time()
FORGED = {
    "another nonce": {"nonce": "x" * 43},
    "no nonce": {"nonce": None},
    "for another client": {"aud": "another"},
    "for another client too": {"aud": [CLIENT, "another"], "azp": "another"},
    "of another issuer": {"iss": "https://evil.example"},
    "outdated": {"exp": NOW - 3600, "iat": NOW - 7200},
    "without an end": {"exp": None},
    "without a subject": {"sub": None},
    "without an audience": {"aud": None},
}


@pytest.mark.parametrize("changed", FORGED.values(), ids=FORGED)
def test_a_token_that_is_not_for_us_here_and_now_is_refused(provider, changed):  # noqa: F811
    visitor = Browser(APP)
    provider.spoil = lambda claims: {name: value for name, value in (claims | changed).items() if value is not None}
    answer = sign_on(visitor)
    assert refused(answer, visitor) and "统一身份认证没有成功" in answer.text
    assert "Claim" in why() or "Token" in why()
    assert accounts.get("wang.li") is None


@pytest.mark.parametrize("forger", ["another key", "our secret", "nobody"])
def test_a_token_that_the_provider_did_not_sign_is_refused(provider, forger):  # noqa: F811
    visitor = Browser(APP)
    match forger:
        case "another key":
            provider.key = RSAKey.generate_key(2048)
        case "our secret":
            provider.key, provider.algorithm = OctKey.import_key(SECRET * 2), "HS256"
        case "nobody":
            provider.algorithm = "none"
    assert refused(sign_on(visitor), visitor)


def test_coming_back_needs_a_journey_of_this_browser_and_each_journey_ends_once():
    visitor, victim = Browser(APP), Browser(APP)
    address = set_out(visitor)
    query = parse_qs(urlsplit(address).query)
    assert refused(victim.get(address), victim)  # somebody else's answer, planted
    assert refused(visitor.get(address), visitor)  # and it is used up
    address = set_out(visitor)
    assert visitor.get(address).status == 303
    again = Browser(APP, cookies={"plan_sign_on": "x"})
    assert again.get(address).status == 403 and "plan_session" not in again.cookies
    for planted in (f"code={query['code'][0]}", "state=x&code=y", "", "error=access_denied"):
        stranger = Browser(APP)
        assert stranger.get(f"/sign-in/oidc/return?{planted}").status == 403 and "plan_session" not in stranger.cookies


def test_a_used_code_and_an_error_of_the_provider_are_refused():
    visitor = Browser(APP)
    first = parse_qs(urlsplit(set_out(visitor)).query)["code"][0]
    address = set_out(visitor)
    state = parse_qs(urlsplit(address).query)["state"][0]
    for query in (f"state={state}&code={first}", f"state={state}&code={first}"):  # the code of another journey, twice
        assert refused(visitor.get(f"/sign-in/oidc/return?{query}"), visitor)
    state = parse_qs(urlsplit(set_out(visitor)).query)["state"][0]
    assert refused(visitor.get(f"/sign-in/oidc/return?state={state}&error=access_denied"), visitor)
    state = parse_qs(urlsplit(set_out(visitor)).query)["state"][0]
    assert refused(visitor.get(f"/sign-in/oidc/return?state={state}&code=x&iss=https://evil.example"), visitor)


@pytest.mark.parametrize(
    "about",
    [{"issuer": "https://evil.example"}, {"token_endpoint": "http://evil.example/token"}, {"jwks_uri": None}],
)
def test_a_provider_that_is_not_itself_is_not_talked_to(provider, about):  # noqa: F811
    provider.about = about
    visitor = Browser(APP)
    assert refused(visitor.get("/sign-in/oidc"), visitor)


def test_new_keys_of_the_provider_are_fetched(provider):  # noqa: F811
    sign_on(Browser(APP))
    kept = provider.keys
    try:
        provider.keys = [RSAKey.generate_key(2048, {"kid": "two"})]
        provider.key, provider.kid = provider.keys[0], "two"
        assert sign_on(Browser(APP)).status == 303
    finally:
        provider.keys, provider.kid = kept, "one"


# Out


def test_signing_out_here_leads_to_the_providers_way_out(provider):  # noqa: F811
    visitor = Browser(APP)
    sign_on(visitor)
    token = visitor.cookies["plan_session"]
    assert f"form-action 'self' {provider.issuer};" in visitor.get("/sign-out").header("content-security-policy")
    answer = visitor.post("/sign-out", {})
    query = parse_qs(urlsplit(answer.header("location")).query)
    assert (
        answer.header("location").startswith(f"{provider.issuer}/leave?") and query["id_token_hint"][0].count(".") == 2
    )
    assert query["post_logout_redirect_uri"] == ["http://127.0.0.1:8501/sign-in"]
    assert sessions.find(sessions.id_of(token)) is None


def test_somebody_with_a_password_signs_out_here_alone():
    visitor = Browser(APP)
    visitor.post("/sign-in", {"name": "xinfu", "password": PASSWORD})
    assert visitor.post("/sign-out", {}).header("location") == "/sign-in"
