"""What a form sends: read with a limit, and only when it comes from our own page."""

from __future__ import annotations

import hmac
import secrets
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request
from starlette.responses import Response

from access.web import cookies
from catalogue.wording import language

LONGEST = 16_384  # bytes; a name and three passwords are far less


async def posted(request: Request) -> dict[str, str] | None:
    """The fields of a form of ours; None for one that another site made, that is too long, or whose page is too old."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LONGEST:
            return None
    try:
        fields = dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=20))
    except ValueError:
        return None
    return fields if _is_ours(request, fields.get("form", "")) else None


def _is_ours(request: Request, sent: str) -> bool:
    """The cookie's token came back inside the form, and the browser calls the page that sent it ours."""
    kept = cookies.read(request.scope, cookies.FORM)
    same = request.headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")
    return same and bool(kept) and hmac.compare_digest(kept.encode(), sent.encode())


def form_token(request: Request) -> str:
    """The token for a form about to be shown: the browser's own, else a new one."""
    kept = cookies.read(request.scope, cookies.FORM)
    return kept if len(kept) == 43 and kept.isascii() else secrets.token_urlsafe(32)


def with_token(response: Response, request: Request, token: str) -> Response:
    cookies.put(response, request.scope, cookies.FORM, token)
    return response


def local_path(text: str) -> str:
    """Where to go afterwards: a path of this server, "/" for anything else, so that nobody is led away."""
    plain = text.isprintable() and "\\" not in text and len(text) <= 2000
    if not plain or not text.startswith("/") or text.startswith("//"):
        return "/"
    parts = urlsplit(text)
    return "/" if parts.scheme or parts.netloc or parts.path.startswith(("/sign-", "/password")) else text


def in_language(path: str) -> str:
    """The dashboard's address carries the language; English is taken along."""
    if language() == "zh" or "lang=" in path:
        return path
    return f"{path}{'&' if '?' in path else '?'}lang=en"
