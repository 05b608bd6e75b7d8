"""Signing in by the bureau's single sign-on: there and back again, then a session of ours as for everybody."""

from __future__ import annotations

import logging
import secrets
from collections import OrderedDict
from html import escape
from threading import Lock
from urllib.parse import urlencode

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Scope

from access import audit
from access.model import Actor
from access.settings import settings
from access.web import claims, cookies, forms, look, oidc, refusals, sign_in
from access.web.origin import client_ip, own_address
from access.web.visitor import Visitor, may_enter
from catalogue.load import current_plan
from catalogue.wording import say

log = logging.getLogger(__name__)
RETURN = "/sign-in/oidc/return"
MOST = 5_000  # sessions whose token is kept for signing out; the oldest are signed out only here

_id_tokens: OrderedDict[str, str] = OrderedDict()
_lock = Lock()


async def leave(request: Request) -> Response:
    """GET /sign-in/oidc: off to the provider, with a cookie that this browser must bring back."""
    provider, back = settings().oidc, forms.local_path(request.query_params.get("next", "/"))
    look.speak(request.query_params.get("lang", ""), back)
    if provider is None:
        return RedirectResponse("/sign-in", 303, {"Cache-Control": "no-store"})
    browser = secrets.token_urlsafe(32)
    redirect_uri = f"{own_address(request.scope)}{RETURN}"
    try:
        target = await to_thread.run_sync(oidc.begin, provider, redirect_uri, browser, back)
    except oidc.SignOnFailed as problem:
        return await refuse(request, say("sign_on.failed"), str(problem))
    response = RedirectResponse(target, 303, {"Cache-Control": "no-store"})
    cookies.put(response, request.scope, cookies.SIGN_ON, browser)
    return response


async def come_back(request: Request) -> Response:
    """GET /sign-in/oidc/return. Whatever does not fit leaves no session, and the log says why."""
    provider, browser = settings().oidc, cookies.read(request.scope, cookies.SIGN_ON)
    look.speak(request.query_params.get("lang", ""))
    if provider is None:
        return RedirectResponse("/sign-in", 303, {"Cache-Control": "no-store"})
    try:
        arrived = await to_thread.run_sync(oidc.finish, provider, dict(request.query_params), browser)
    except oidc.SignOnFailed as problem:
        return await refuse(request, say("sign_on.failed"), str(problem))
    look.speak("", arrived.back)
    subject = str(arrived.claims["sub"])
    try:
        account = await to_thread.run_sync(claims.account_for, arrived.claims, provider, current_plan())
    except claims.NotAdmitted as problem:
        return await refuse(request, str(problem), f"not admitted: {subject}")
    ip = client_ip(request.scope)
    if not may_enter(account, ip):
        return await refuse(request, say("sign_on.failed"), f"not from this address: {account.name}")
    await to_thread.run_sync(lambda: audit.record(Actor(account=account, ip=ip), "sign_in", detail="single sign-on"))
    response = await sign_in.enter(request, account, arrived.back, lambda id: _keep(id, arrived.id_token))
    cookies.drop(response, request.scope, cookies.SIGN_ON)
    return response


async def refuse(request: Request, told: str, why: str) -> Response:
    """told: for the person; why: for the log only."""
    log.warning("single sign-on refused: %s", why)
    await refusals.note(Visitor(None, "", client_ip(request.scope)), request.url.path, why)
    body = f'{look.message(told)}<a class="button plain" href="/sign-in">{escape(say("sign_on.back"))}</a>'
    response = look.page(request.scope, say("sign_on.refused_title"), body, status=403)
    cookies.drop(response, request.scope, cookies.SIGN_ON)
    return response


def way_out(session: str, scope: Scope) -> str:
    """The provider's page to sign out there too; "" where the session did not come from it or it has none."""
    provider = settings().oidc
    with _lock:
        id_token = _id_tokens.get(session)
    if provider is None or id_token is None:
        return ""
    try:
        end = oidc.about(provider).get("end_session_endpoint", "")
    except oidc.SignOnFailed:
        return ""
    back = f"{own_address(scope)}/sign-in"
    asked = {"id_token_hint": id_token, "client_id": provider.client_id, "post_logout_redirect_uri": back}
    return f"{end}{'&' if '?' in end else '?'}{urlencode(asked)}" if end else ""


def forget(session: str) -> None:
    with _lock:
        _id_tokens.pop(session, None)


def _keep(session: str, id_token: str) -> None:
    with _lock:
        _id_tokens[session] = id_token
        while len(_id_tokens) > MOST:
            _id_tokens.popitem(last=False)
