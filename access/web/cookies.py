"""Our cookies: never readable by scripts, never sent from other sites' forms, under https tied to this very host."""

from __future__ import annotations

from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import Scope

from access.web.origin import is_https

SESSION = "plan_session"  # the session's token
FORM = "plan_form"  # must come back inside the form: another site can send a form but not read this
SIGN_ON = "plan_sign_on"  # ties a journey to the single sign-on to the browser that began it


def named(name: str, scope: Scope) -> str:
    """Under https with the prefix that browsers only accept from this host, over https and for every path."""
    return f"__Host-{name}" if is_https(scope) else name


def read(scope: Scope, name: str) -> str:
    """ "" where there is none."""
    return HTTPConnection(scope).cookies.get(named(name, scope), "")


def put(response: Response, scope: Scope, name: str, value: str) -> None:
    """Until the browser is closed; the session's own time-outs are kept by the server."""
    response.set_cookie(named(name, scope), value, path="/", secure=is_https(scope), httponly=True, samesite="lax")


def drop(response: Response, scope: Scope, name: str) -> None:
    response.delete_cookie(named(name, scope), path="/", secure=is_https(scope), httponly=True, samesite="lax")


def without(scope: Scope, name: str) -> Scope:
    """The request without that cookie: Streamlit keeps what it is sent, and needs no token."""
    unwanted = named(name, scope)
    headers = []
    for header, value in scope["headers"]:
        if header.lower() == b"cookie":
            kept = [part for part in value.decode("latin-1").split(";") if part.split("=")[0].strip() != unwanted]
            value = ";".join(kept).strip().encode("latin-1")
        headers.append((header, value))
    return {**scope, "headers": headers}
