"""Programs at the door: below /api/ a token opens what its account may read, or the session a browser has. Nowhere else."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.responses import JSONResponse, Response
from starlette.types import Scope

from access import tokens
from access.web import look, refusals, visitor
from access.web.origin import client_ip, is_local
from access.web.visitor import Visitor
from catalogue.wording import say

AREA = "/api/"
VISITOR = "visitor"  # where the gate leaves who asks, in the scope: no client can write there
READING = ("GET", "HEAD")
BEARER, BASIC = 'Bearer realm="plan-monitor"', 'Basic realm="plan-monitor", charset="UTF-8"'
# Calendar programs ask for a name and a password when they are told to, and know nothing else. Elsewhere nobody is told:
# a browser would open a box that asks for a password, and people would type the one they sign in with.
CALENDAR = ".ics"
NO_STORE = {"Cache-Control": "no-store"}


async def answer(scope: Scope) -> Response | None:
    """The gate's own answer to a program; None lets it through. Never a page, and never a way to one."""
    look.speak(dict(parse_qsl(scope.get("query_string", b"").decode("latin-1"))).get("lang", ""))
    sent = bearer(scope)
    who = await (visitor.visitor(scope) if sent is None else by_token(scope, sent))
    if who.account is None:
        if not await to_thread.run_sync(visitor.is_set_up):
            return problem(503, "api.not_set_up")
        await refusals.note(who, scope["path"], "no session" if sent is None else "no such token")
        ways = f"{BEARER}, {BASIC}" if scope["path"].endswith(CALENDAR) else BEARER
        return problem(401, "api.no_session" if sent is None else "api.no_token", {"WWW-Authenticate": ways})
    if scope["method"] not in READING:
        return problem(405, "api.read_only", {"Allow": ", ".join(READING)})
    if who.standing == "password":
        await refusals.note(who, scope["path"], "password is due")
        return problem(403, "api.password_due")
    scope[VISITOR] = who
    scope["headers"] += who.headers
    return None


def bearer(scope: Scope) -> str | None:
    """The token that is sent; "" for an Authorization that is none, None where there is no Authorization.

    Basic carries it as the password: whose it is, it says itself, so the name is not looked at.
    """
    sent = Headers(scope=scope).getlist("authorization")
    if not sent:
        return None
    scheme, _, token = sent[0].partition(" ")
    if len(sent) != 1:
        return ""
    ways: dict[str, Callable[[str], str]] = {"bearer": str.strip, "basic": _password}
    read = ways.get(scheme.lower())
    return read(token) if read else ""


def _password(sent: str) -> str:
    try:
        return base64.b64decode(sent.strip(), validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return ""


async def by_token(scope: Scope, token: str) -> Visitor:
    """A cookie that came along counts for nothing. A wrong token is only noted: 256 random bits are not guessed, and
    shutting out an address would shut out every program behind one proxy."""
    ip = client_ip(scope)
    found = await to_thread.run_sync(tokens.find, token)
    if found is None or not visitor.may_enter(found.account, ip) or (found.account.demo and not is_local(scope)):
        return Visitor(None, "", ip)
    return Visitor(found.account, "", ip, found.id)


def problem(
    status: int, key: str, headers: dict[str, str] | None = None, /, *, about: dict[str, Any] | None = None, **told: Any
) -> Response:
    """What went wrong, for a program (status, about) and for whoever wrote it (message)."""
    body = {"error": {"status": status, "message": say(key, **told), **(about or {})}}
    return JSONResponse(body, status, NO_STORE | (headers or {}))
