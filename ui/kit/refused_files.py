"""A file that was asked for and not made: its reason goes out as a .txt, never as an .xlsx that no program opens.

Streamlit fixes the name of a download when the button is drawn, before anybody knows whether the file can be made. So the
reason is marked, and renamed on its way out.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from catalogue.wording import LANGUAGES, language, say

MEDIA = "/media/"  # where Streamlit hands files out
SIGN = "\ufeff"  # not seen; no file begins with two of them
_NAME = re.compile(r"filename\*=utf-8''([^;]+)|filename=\"([^\"]+)\"")


def refused(why: str) -> bytes:
    """A text that `RefusedAsText` knows, and the language it is in."""
    return (SIGN * (2 + LANGUAGES.index(language())) + why).encode()


class RefusedAsText:
    """Names a reason 季度汇总表（没有生成）.txt in the place of 季度汇总表.xlsx."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and MEDIA in scope["path"]:
            send = _Renaming(send)
        await self.app(scope, receive, send)


class _Renaming:
    """Holds the head of an answer back until its first bytes are there."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        if self._start is not None:
            start, self._start = self._start, None
            _rename(start, message.get("body", b""))
            await self._send(start)
        await self._send(message)


def _rename(start: Message, body: bytes) -> None:
    signs = len(body[:32]) - len(body[:32].lstrip(SIGN.encode()))
    spoken = signs // len(SIGN.encode()) - 2
    headers = MutableHeaders(raw=list(start["headers"]))
    found = _NAME.search(headers.get("content-disposition", ""))
    if found is None or not 0 <= spoken < len(LANGUAGES):
        return
    stem = unquote(found[1] or found[2]).rpartition(".")[0]
    name = say("takeaway.refused", LANGUAGES[spoken], name=stem)
    headers["content-disposition"] = f"attachment; filename*=utf-8''{quote(name, safe='')}"
    headers["content-type"] = "text/plain; charset=utf-8"
    start["headers"] = headers.raw
