"""Ours in the page that Streamlit serves. The script: its English in Chinese (words.js), our links within the app (links.js),
pictures on white (camera.js). The style sheet: at the page's end, behind all of Streamlit's own, and not sent again at every click.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from catalogue.load import current_plan
from catalogue.wording import say, wordings
from charts.theme import dark_to_light
from ui.app.style import sheet
from ui.kit.templates import render

SCRIPT, SHEET = "/page.js", "/page.css"
STATIC = Path(__file__).parents[1] / "static"
FILES = tuple(STATIC / name for name in ("words.js", "links.js", "camera.js"))
HEAD, BODY = b"</head>", b"</body>"


@cache
def script() -> str:
    """All files; words.js with every pair of Streamlit's text and ours, camera.js with the colours it exchanges."""
    zh, en = wordings("zh"), wordings("en")
    pairs = [[en[key], zh[key]] for key in zh if key.startswith("streamlit.")]
    title = say("shell.title", "zh", city=current_plan().city)
    text = "\n".join(file.read_text("utf-8") for file in FILES).replace(
        "/*PAIRS*/[]", json.dumps(pairs, ensure_ascii=False)
    )
    text = text.replace("/*TO_LIGHT*/{}", json.dumps(dark_to_light()))
    return text.replace('/*TITLE*/""', json.dumps(title, ensure_ascii=False))


async def serve(request: Request) -> Response:
    content, kind = (sheet(), "css") if request.url.path == SHEET else (script(), "javascript")
    kept = {"Cache-Control": "public, max-age=3600"}
    return Response(content, media_type=f"text/{kind}; charset=utf-8", headers=kept)


ROUTES = (Route(SCRIPT, serve), Route(SHEET, serve))


class WithScript:
    """Adds script and style sheet to Streamlit's index page; the script runs before its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        # the page must come as it is, not packed and not "unchanged", or there is nothing to add to
        left_out = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"}
        wants_page = any(name.lower() == b"accept" and b"text/html" in value for name, value in scope["headers"])
        if wants_page:
            headers = [pair for pair in scope["headers"] if pair[0].lower() not in left_out]
            scope = {**scope, "headers": headers}
        await self.app(scope, receive, Rewriting(send).send if wants_page else send)


class Rewriting:
    """Holds an HTML answer back until it is whole; anything else goes through as it comes."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            kind = MutableHeaders(raw=list(message["headers"])).get("content-type", "")
            if message["status"] == 200 and kind.startswith("text/html"):
                self._start = message
                return
        if self._start is None or message["type"] != "http.response.body":
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        body = with_script(self._body)
        headers = MutableHeaders(raw=list(self._start["headers"]))
        headers["content-length"] = str(len(body))
        for name in ("etag", "last-modified"):
            if name in headers:
                del headers[name]
        await self._send({**self._start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": body})


def with_script(page: bytes) -> bytes:
    """Only Streamlit's own page, which holds its root; our light pages stay as they are."""
    if b'id="root"' not in page or HEAD not in page or BODY not in page:
        return page
    first, last = _tag("app/script.html", SCRIPT, script()), _tag("app/sheet.html", SHEET, sheet())
    page = page.replace(b'<html lang="en"', b'<html lang="zh-CN"', 1)
    return page.replace(HEAD, first + HEAD, 1).replace(BODY, last + BODY, 1)


def _tag(template: str, path: str, content: str) -> bytes:
    return render(template, path=path, stamp=hashlib.sha256(content.encode()).hexdigest()[:12]).encode()
