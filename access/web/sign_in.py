"""The page to sign in on: the same sentence for every failure, and one click in the demonstration."""

from __future__ import annotations

import math
import secrets
from collections.abc import Callable
from html import escape
from itertools import groupby
from urllib.parse import quote

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from access import accounts, audit, demo, sessions, times
from access.model import Account, Actor
from access.settings import settings
from access.web import bindings, cookies, forms, line_up, look, refusals
from access.web.origin import client_ip, is_local
from access.web.visitor import Visitor, may_enter, visitor
from catalogue.load import current_plan
from catalogue.wording import language, pick, say


async def show(request: Request) -> Response:
    """GET /sign-in. ended=1: from a screen whose session has ended. Somebody signed in goes on at once."""
    query = request.query_params
    look.speak(query.get("lang", ""), query.get("next", ""))
    if (await visitor(request.scope)).account is not None:
        return RedirectResponse(forms.local_path(query.get("next", "/")), 303, {"Cache-Control": "no-store"})
    told = look.message(say("sign_in.ended"), bad=False) if query.get("ended") else ""
    return await page(request, told, back=query.get("next", "/"))


async def submit(request: Request) -> Response:
    """POST /sign-in."""
    given = await forms.posted(request)
    if given is None:
        return await page(request, look.message(say("sign_in.page_too_old")), status=403)
    look.speak(given.get("lang", ""))
    name, back, ip = given.get("name", ""), given.get("next", "/"), client_ip(request.scope)
    try:
        found = await line_up.line_up(lambda: checked(name, given.get("password", ""), ip), ip)
    except line_up.Busy:
        return await page(request, look.message(say("sign_in.busy")), name=name, back=back, status=503)
    if found.account is not None:
        return await enter(request, found.account, forms.local_path(back))
    if found.outcome == "locked" and found.until is not None:
        left = max(1, math.ceil((found.until - times.utc_now()).total_seconds() / 60))
        return await page(request, look.message(say("sign_in.locked", minutes=left)), name=name, back=back, status=429)
    return await page(request, look.message(say("sign_in.wrong")), name=name, back=back, status=401)


def checked(name: str, password: str, ip: str) -> accounts.SignIn:
    """An administrator from outside their networks is told and counted as if the password was wrong."""
    known = accounts.get(name.strip().lower())
    if known is not None and not may_enter(known, ip):
        audit.record(
            None, "refused", f"account/{known.name}", "refused", "not from this address", name=known.name, ip=ip
        )
        password = secrets.token_urlsafe(32)
    return accounts.sign_in(name, password, ip)


async def demo_submit(request: Request) -> Response:
    """POST /sign-in/demo: one of the demo accounts, on this very machine only."""
    given = await forms.posted(request)
    if given is None:
        return await page(request, look.message(say("sign_in.page_too_old")), status=403)
    look.speak(given.get("lang", ""))
    ip = client_ip(request.scope)
    offered = {one.name: one for one in await demo_accounts(request)}
    chosen = offered.get(given.get("name", ""))
    if chosen is None or chosen.disabled:
        await refusals.note(Visitor(None, "", ip), request.url.path, "demo account not offered here")
        return await page(request, look.message(say("sign_in.no_demo")), status=403)
    await to_thread.run_sync(lambda: audit.record(Actor(account=chosen, ip=ip), "sign_in", detail="demo"))
    return await enter(request, chosen, forms.local_path(given.get("next", "/")))


async def enter(
    request: Request, account: Account, back: str, begun: Callable[[str], None] = lambda session: None
) -> Response:
    """A new session, whatever the browser brought along, so that nobody can plant one. begun: called with its id."""
    ip, earlier = client_ip(request.scope), cookies.read(request.scope, cookies.SESSION)
    if earlier:
        await to_thread.run_sync(sessions.end, sessions.id_of(earlier))
        bindings.forget(sessions.id_of(earlier))
    token, session = await to_thread.run_sync(sessions.start, account, ip)
    begun(session)
    back = forms.in_language(back)
    target = f"/password?next={quote(back, safe='/')}" if accounts.password_is_due(account) else back
    response = RedirectResponse(target, 303, {"Cache-Control": "no-store"})
    cookies.put(response, request.scope, cookies.SESSION, token)
    return response


async def page(request: Request, told: str = "", *, name: str = "", back: str = "/", status: int = 200) -> Response:
    back, token = forms.local_path(back), forms.form_token(request)
    kept = look.hidden(form=token, next=back, lang=language())
    offered = await demo_accounts(request)
    rule = settings()
    body = (
        f'{told}{_demo(offered, kept)}<form method="post" action="/sign-in">{kept}'
        + look.field("name", say("sign_in.name"), "text", "username", name[:64], focus=not offered)
        + look.field("password", say("sign_in.password"), "password", "current-password")
        + f"<button>{escape(say('sign_in.enter'))}</button></form>{_sign_on(back)}"
        + f'<p class="quiet">{escape(say("sign_in.lock_rule", failures=rule.failures, minutes=rule.lock_minutes))}</p>'
    )
    shown = look.page(request.scope, say("sign_in.title"), body, status=status, wide=bool(offered))
    return forms.with_token(shown, request, token)


def _sign_on(back: str) -> str:
    provider = settings().oidc
    if provider is None:
        return ""
    label = escape(pick(provider, "label"))
    href = escape(f"/sign-in/oidc?next={quote(forms.in_language(back), safe='/')}")
    return f'<a class="button plain" href="{href}">{label}</a>'


def _demo(offered: list[Account], kept: str) -> str:
    if not offered:
        return ""
    lines = [f'<section class="demo"><p class="said">{escape(say("sign_in.demo"))}</p>']
    for role, members in groupby(offered, key=lambda one: one.role):
        buttons = "".join(
            f'<button class="plain" name="name" value="{escape(one.name)}">{escape(one.person)}</button>'
            for one in members
        )
        lines.append(f"<h2>{escape(say(f'account.role.{role}'))}</h2>")
        lines.append(f'<form class="choices" method="post" action="/sign-in/demo">{kept}{buttons}</form>')
    return "".join(lines) + "</section>"


async def demo_accounts(request: Request) -> list[Account]:
    """In the order of roles; none outside demo mode and none for anybody who is not at this machine."""
    if not is_local(request.scope):
        return []
    return await to_thread.run_sync(lambda: demo.ensure_demo(current_plan()))
