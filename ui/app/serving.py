"""How the server answers around Streamlit: compressed bundles, security headers, errors in our words."""

from __future__ import annotations

import gzip
import logging
import mimetypes
import re
import uuid
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from access.web.gate import Gate
from access.web.origin import is_https
from catalogue.free_space import NoStorage
from catalogue.wording import say
from ui.app.page_script import WithScript
from ui.kit.refused_files import RefusedAsText
from warehouse.store import StoreError

log = logging.getLogger(__name__)
BUNDLES = Path(st.__file__).parent / "static"
FOREVER = "public, immutable, max-age=31536000"  # the bundles' names carry their hash

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
}


HSTS = "max-age=31536000"  # under https: the browser comes back by no other way for a year


@cache
def policy() -> str:
    """What Streamlit's page may load: from here only, and of inline scripts only those of the installed index.html."""
    inline = re.findall(r"<script>(.*?)</script>", (BUNDLES / "index.html").read_text("utf-8"), re.DOTALL)
    hashes = " ".join(f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in inline)
    return (
        f"default-src 'self'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "font-src 'self' data:; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; "
        "frame-ancestors 'self'"
    )


class CompressedBundles:
    """Streamlit sends its JavaScript uncompressed; a county's line is slow. Each file is packed once."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        wanted = scope["type"] == "http" and path.startswith("/static/") and path.endswith((".js", ".css"))
        if wanted and "gzip" in Headers(scope=scope).get("accept-encoding", ""):
            body = packed(path)
            if body is not None:
                media = mimetypes.guess_type(path)[0]
                headers = {"content-encoding": "gzip", "vary": "Accept-Encoding", "cache-control": FOREVER}
                await Response(body, media_type=media, headers=headers)(scope, receive, send)
                return
        await self.app(scope, receive, send)


@lru_cache(maxsize=512)
def packed(path: str) -> bytes | None:
    """The bundle, gzipped; None for anything that is not a file among them."""
    file = (BUNDLES / path.removeprefix("/")).resolve()
    inside = file.is_relative_to(BUNDLES.resolve()) and file.is_file()
    return gzip.compress(file.read_bytes(), 6) if inside else None


class SecurityHeaders:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Content-Security-Policy", policy())
                if is_https(scope):
                    headers.setdefault("Strict-Transport-Security", HSTS)
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


# Outermost first: the gate's own answers get the headers too, and nothing gets past it.
MIDDLEWARE = [
    Middleware(SecurityHeaders),
    Middleware(Gate),
    Middleware(WithScript),
    Middleware(CompressedBundles),
    Middleware(RefusedAsText),
]


def tell_script_error(problem: Exception) -> bool:
    """Streamlit's own box is English and shows code; ours gives a number the log has too."""
    if isinstance(problem, (NoStorage, StoreError)):
        st.error(str(problem))
        return True
    number = uuid.uuid4().hex[:8]
    log.error("screen error %s", number, exc_info=problem)
    st.error(say("shell.error", number=number))
    return True


@asynccontextmanager
async def warm_up(app: st.App) -> AsyncIterator[dict[str, object]]:
    """The first viewer should not pay for the imports, nor see what a killed server left half done."""
    import plotly.graph_objects  # noqa: F401

    from ui import reads
    from ui.app import starting

    starting.heal()
    try:
        reads.newest_version()
    except StoreError as problem:  # damaged, or a lake that does not answer: the screens say so, and look again
        log.error("%s", problem)
    yield {}
