"""The gate: nothing of Streamlit is reached without a living session, and every message of a browser asks again.

Streamlit itself leaves downloads, uploads, metrics and the websocket open to anybody and hands a session's state to
whoever knows its id. Everything that is not named open here is closed.
"""

from __future__ import annotations

import logging
from urllib.parse import quote

from anyio import to_thread
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from access import db
from access.web import bindings, programs, refusals, socket, upload_limits
from access.web.bindings import bind
from access.web.look import away, no_storage, not_set_up
from access.web.visitor import Visitor, is_set_up, visitor
from catalogue.free_space import NoStorage
from catalogue.wording import say

__all__ = ["SESSION_KEY", "Gate", "bind"]

log = logging.getLogger(__name__)
SESSION_KEY = "session"  # st.user["session"], see server.trustedUserHeaders in .streamlit/config.toml
OURS = b"x-plan-"  # headers that only the gate may set begin so

# Without a session. A path that ends with / is open with everything below it.
OPEN = ("/static/", "/_stcore/health", "/_stcore/host-config", "/favicon.png", "/favicon.ico", "/page.js", "/page.css")
SIGNING_IN = ("/sign-in", "/sign-in/demo", "/sign-in/oidc", "/sign-in/oidc/return", "/sign-out")
# While the password must be changed.
CHANGING = ("/password",)
# Not even with one: doors of Streamlit that we do not use.
SHUT = ("/_stcore/agent/", "/_stcore/script-health-check", "/auth/", "/oauth2callback")
# Never a page, so never an answer in HTML.
NO_PAGES = ("/_stcore/", "/media/", "/component/", "/app/")
# A tab asks for these below its own page too; a tab whose session has ended would fill the log with them.
PROBES = ("/_stcore/health", "/_stcore/host-config")
UPLOAD, METRICS, MEDIA = "/_stcore/upload_file/", "/_stcore/metrics", "/media/"
NO_STORE = {"Cache-Control": "no-store"}


class Gate:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        scope = {**scope, "headers": [pair for pair in scope["headers"] if not pair[0].lower().startswith(OURS)]}
        if scope["type"] == "websocket":
            await socket.serve(self.app, scope, receive, send)
        elif is_among(scope["path"], OPEN):
            await self.app(scope, receive, send)
        else:
            await self.closed(scope, receive, send)

    async def closed(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Everything that is not open. A disk that cannot be written, a database that does not answer is told in a sentence."""
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            if message["type"] == "http.response.start" and scope["path"].startswith(MEDIA):
                MutableHeaders(scope=message)["Cache-Control"] = "no-store"  # a file of one account stays in no cache
            await send(message)

        try:
            if scope["path"].startswith(programs.AREA):
                answer, who = await programs.answer(scope), None
            else:
                answer, who = await self.answer(scope)
            if answer is None and who is not None and scope["path"].startswith(UPLOAD) and scope["method"] == "PUT":
                await self.upload(who, scope, receive, watched)
            else:
                await (answer or self.app)(scope, receive, watched)
        except NoStorage as problem:
            if begun:
                raise
            await no_storage(scope, str(problem))(scope, receive, send)
        except db.AWAY as problem:
            if begun:
                raise
            log.error("%s", db.unreachable(problem))
            await nobody_answers(scope)(scope, receive, send)

    async def upload(self, who: Visitor, scope: Scope, receive: Receive, send: Send) -> None:
        """A file on its way in, unless there are too many."""
        size = upload_limits.announced(scope)
        with upload_limits.admitted(who, size) as why:
            if why:
                await refusals.note(who, UPLOAD, f"uploads: {why}")
                await PlainTextResponse(say(f"gate.uploads.{why}"), 429, NO_STORE)(scope, receive, send)
                return
            try:
                await self.app(scope, upload_limits.bounded(receive, size), send)
            finally:
                upload_limits.let_go_later(scope["path"].removeprefix(UPLOAD), size)

    async def answer(self, scope: Scope) -> tuple[Response | None, Visitor]:
        """The gate's own answer to a request, None lets it through; and who asks."""
        who = await visitor(scope)
        return await self.answer_to(who, scope), who

    async def answer_to(self, who: Visitor, scope: Scope) -> Response | None:
        path = scope["path"]
        if who.account is None and not await to_thread.run_sync(is_set_up):
            return not_set_up(scope) if is_page(scope) else refused(503)
        if is_among(path, SIGNING_IN):
            return None
        if who.account is None:
            return await self.turn_away(scope, who)
        if who.standing == "password" and path not in CHANGING:
            return RedirectResponse(f"/password?next={here(scope)}", 303, NO_STORE) if is_page(scope) else refused(403)
        if why := forbidden(path, who):
            await refusals.note(who, path, why)
            return refused(403)
        scope["headers"] += who.headers
        return None

    async def turn_away(self, scope: Scope, who: Visitor) -> Response:
        if is_page(scope) or scope["path"] in CHANGING:  # a form left open for too long is led there too
            return RedirectResponse(f"/sign-in?next={here(scope)}", 303, NO_STORE)
        if not scope["path"].endswith(PROBES):
            await refusals.note(who, scope["path"], "no session")
        return refused(401)


def nobody_answers(scope: Scope) -> Response:
    """The account store does not."""
    if scope["path"].startswith(programs.AREA):
        return programs.problem(503, "api.away")
    return away(scope) if is_page(scope) or scope["path"] in SIGNING_IN else refused(503)


def forbidden(path: str, who: Visitor) -> str:
    """Why a living session may not go there, for the log; "" where it may."""
    if is_among(path, SHUT):
        return "shut"
    if path.startswith(METRICS) and (who.account is None or who.account.role != "admin"):
        return "metrics are for administrators"
    if path.startswith(UPLOAD):
        owner = path.removeprefix(UPLOAD).split("/")[0]
        return "" if bindings.is_bound(owner, who.session) else "upload into a session of somebody else"
    if path.startswith(MEDIA):
        return "" if bindings.was_given(path.removeprefix(MEDIA), who.session) else "file given to somebody else"
    return ""


def is_among(path: str, names: tuple[str, ...]) -> bool:
    return any(path.startswith(name) if name.endswith("/") else path == name for name in names)


def is_page(scope: Scope) -> bool:
    """Whether a person looks at the answer: a browser asks for HTML, at a path that is no file or service."""
    if scope["method"] not in ("GET", "HEAD") or is_among(scope["path"], NO_PAGES):
        return False
    accepted = b",".join(value for name, value in scope["headers"] if name.lower() == b"accept")
    return scope["path"] == "/" or b"text/html" in accepted


def here(scope: Scope) -> str:
    """The asked-for path with its query, to come back to, quoted."""
    query = scope.get("query_string", b"").decode("latin-1")
    return quote(f"{scope['path']}?{query}" if query else scope["path"], safe="/")


def refused(status: int) -> Response:
    return PlainTextResponse("", status, NO_STORE)
