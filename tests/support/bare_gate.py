"""The gate before an app that says what reaches it, and paths that it closes."""

from __future__ import annotations

from gate_fixtures import Browser, run
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from access.web.gate import Gate
from access.web.routes import ROUTES

CLOSED = (
    "/media/abc.xlsx",
    "/_stcore/upload_file/x/y",
    "/_stcore/metrics",
    "/_stcore/stream",
    "/component/a/b.js",
    "/_stcore/bidi-components/x",
    "/_stcore/script-health-check",
    "/_stcore/agent/interact",
    "/app/static/a.csv",
    "/api/values",
    "/auth/login",
    "/oauth2callback",
    "/no-such-thing",
)


async def what_streamlit_gets(request: Request) -> JSONResponse:
    return JSONResponse(dict(request.headers))


APP = Gate(
    Starlette(routes=[*ROUTES, Route("/{rest:path}", what_streamlit_gets, methods=["GET", "PUT", "POST", "DELETE"])])
)


def websocket(visitor: Browser, path: str, **headers: str) -> tuple[list[dict], list[dict]]:
    """What the gate sends, and the scopes that Streamlit would get."""
    sent, opened = [], []

    async def streamlit(scope, receive, send):
        opened.append(scope)

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        sent.append(message)

    run(Gate(streamlit)(visitor.scope("websocket", path, headers), receive, send))
    return sent, opened
