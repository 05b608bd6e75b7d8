"""Two pages about oneself: a new password, and the way out."""

from __future__ import annotations

import math
from html import escape
from urllib.parse import urlsplit

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from access import accounts, audit, passwords, sessions, times
from access.model import Account
from access.web import bindings, cookies, forms, line_up, look, sign_on
from access.web.visitor import Visitor, visitor
from catalogue.wording import language, say

NO_STORE = {"Cache-Control": "no-store"}


class NotChanged(Exception):
    """The password stays what it was; the message says why."""


async def show_password(request: Request) -> Response:
    """GET /password. The gate lets only those through who are signed in."""
    query = request.query_params
    look.speak(query.get("lang", ""), query.get("next", ""))
    who = await visitor(request.scope)
    return _password_page(request, who.account, back=query.get("next", "/"))


async def change_password(request: Request) -> Response:
    """POST /password."""
    given, who = await forms.posted(request), await visitor(request.scope)
    account = who.account
    if given is None or account is None:
        return _password_page(request, account, say("sign_in.page_too_old"), status=403)
    look.speak(given.get("lang", ""))
    back = forms.local_path(given.get("next", "/"))
    try:
        await line_up.line_up(lambda: _change(who, account, given), who.ip)
    except line_up.Busy:
        return _password_page(request, who.account, say("sign_in.busy"), back=back, status=503)
    except NotChanged as problem:
        return _password_page(request, who.account, str(problem), back=back, status=400)
    # A fresh session: whoever may have known the earlier one does not know this one.
    token, _ = await to_thread.run_sync(sessions.start, account, who.ip)
    await _end(who)
    response = RedirectResponse(forms.in_language(back), 303, NO_STORE)
    cookies.put(response, request.scope, cookies.SESSION, token)
    return response


def _change(who: Visitor, account: Account, given: dict[str, str]) -> None:
    """Raises NotChanged. A wrong present password counts as a failed sign-in, so that nobody can guess it here."""
    known = accounts.sign_in(account.name, given.get("present", ""), who.ip)
    if known.outcome == "locked" and known.until is not None:
        left = max(1, math.ceil((known.until - times.utc_now()).total_seconds() / 60))
        raise NotChanged(say("sign_in.locked", minutes=left))
    if known.account is None:
        raise NotChanged(say("own_password.present_wrong"))
    if given.get("new", "") != given.get("again", ""):
        raise NotChanged(say("own_password.unlike"))
    try:
        accounts.set_password(account.name, given.get("new", ""), by=who.actor, must_change=False)
    except accounts.AccountProblem as problem:
        raise NotChanged(str(problem)) from problem


def _password_page(
    request: Request, account: Account | None, told: str = "", *, back: str = "/", status: int = 200
) -> Response:
    """A demo account has no password to change, and neither has one of the single sign-on."""
    if account is None or account.demo:
        return look.page(
            request.scope, say("own_password.title"), look.message(told or say("own_password.none")), status=status
        )
    token = forms.form_token(request)
    why = (
        ""
        if not accounts.password_is_due(account)
        else say("own_password.first" if account.must_change else "own_password.expired")
    )
    body = (
        (look.message(told) or look.message(why, bad=False))
        + f'<form method="post" action="/password">{look.hidden(form=token, next=forms.local_path(back), lang=language())}'
        + f'<input type="hidden" name="name" autocomplete="username" value="{escape(account.name)}">'
        + look.field("present", say("own_password.present"), "password", "current-password", focus=True)
        + look.field("new", say("own_password.new"), "password", "new-password")
        + look.field("again", say("own_password.again"), "password", "new-password")
        + f'<p class="quiet">{escape(passwords.rule())}</p><button>{escape(say("own_password.change"))}</button></form>'
        + f'<p class="quiet"><a href="/sign-out">{escape(say("sign_out.title"))}</a></p>'
    )
    return forms.with_token(look.page(request.scope, say("own_password.title"), body, status=status), request, token)


async def show_sign_out(request: Request) -> Response:
    """GET /sign-out asks first, so that no foreign link can sign anybody out."""
    look.speak(request.query_params.get("lang", ""))
    who = await visitor(request.scope)
    if who.account is None:
        return RedirectResponse("/sign-in", 303, NO_STORE)
    token = forms.form_token(request)
    body = (
        f"<p>{escape(say('sign_out.who', person=who.account.person, name=who.account.name))}</p>"
        f'<form method="post" action="/sign-out">{look.hidden(form=token, lang=language())}'
        f"<button>{escape(say('sign_out.leave'))}</button></form>"
        f'<a class="button plain" href="/">{escape(say("sign_out.stay"))}</a>'
    )
    leads_to = await to_thread.run_sync(sign_on.way_out, who.session, request.scope)
    shown = look.page(request.scope, say("sign_out.title"), body, forms_to=_origin(leads_to))
    return forms.with_token(shown, request, token)


async def sign_out(request: Request) -> Response:
    """POST /sign-out: ends the session here, and at the single sign-on where it came from there."""
    given, who = await forms.posted(request), await visitor(request.scope)
    if given is None:
        return RedirectResponse("/sign-out", 303, NO_STORE)
    look.speak(given.get("lang", ""))
    target = "/sign-in"
    if who.account is not None:
        target = await to_thread.run_sync(sign_on.way_out, who.session, request.scope) or target
        await to_thread.run_sync(lambda: audit.record(who.actor, "sign_out"))
    await _end(who)
    response = RedirectResponse(target if target != "/sign-in" else forms.in_language(target), 303, NO_STORE)
    cookies.drop(response, request.scope, cookies.SESSION)
    return response


async def _end(who: Visitor) -> None:
    if who.session:
        await to_thread.run_sync(sessions.end, who.session)
        bindings.forget(who.session)
        sign_on.forget(who.session)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
