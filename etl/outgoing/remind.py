"""Reminders into a work group: the text robots of 企业微信 and 钉钉.

A robot's address holds its key: it comes from the environment and is never printed or logged whole.
Nothing is tried again by itself, for a message that went unanswered may still have arrived.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any, Literal
from urllib.error import HTTPError
from urllib.parse import parse_qsl, quote_plus, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from catalogue.wording import knows, say

Kind = Literal["wecom", "dingtalk"]

LIMITS: Mapping[str, int] = {"wecom": 2048, "dingtalk": 20000}  # octets of a text in UTF-8
ANSWER = 65536  # octets of an answer that are read; a robot's has fewer than 200
TOLD = 200  # signs of a robot's own words that are passed on
PART_MARK = "({n}/{of})\n"
ROOM_FOR_MARK = 16


@dataclass(frozen=True, slots=True)
class Robot:
    """Its address and signing secret stay out of what is printed of it."""

    kind: Kind
    url: str = field(repr=False)
    secret: str = field(default="", repr=False)

    @property
    def masked(self) -> str:
        return masked(self.url)


@dataclass(frozen=True, slots=True)
class Sent:
    """status: of the HTTP answer, 0 where none came. answer: how it went, in words, without the key."""

    ok: bool
    status: int
    answer: str


def robots() -> tuple[Robot, ...]:
    """Those configured: DASHBOARD_WEBHOOK_WECOM, DASHBOARD_WEBHOOK_DINGTALK and DASHBOARD_WEBHOOK_DINGTALK_SECRET."""
    given: dict[Kind, str] = {
        "wecom": os.environ.get("DASHBOARD_WEBHOOK_WECOM", "").strip(),
        "dingtalk": os.environ.get("DASHBOARD_WEBHOOK_DINGTALK", "").strip(),
    }
    secrets: dict[Kind, str] = {"dingtalk": os.environ.get("DASHBOARD_WEBHOOK_DINGTALK_SECRET", "").strip()}
    return tuple(Robot(kind, url, secrets.get(kind, "")) for kind, url in given.items() if url)


def masked(url: str) -> str:
    """Scheme and host only: paths and queries of robots are keys. https://qyapi.weixin.qq.com/…"""
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "…"
    return f"{parts.scheme}://{parts.hostname}{port}/…" if parts.scheme and parts.hostname else "…"


def send(
    url: str, kind: Kind, text: str, *, mentioned: Sequence[str] = (), secret: str = "", timeout: float = 10
) -> Sent:
    """Post `text`, in several messages where it is too long for one; stops at the first that is not taken.

    mentioned: mobile numbers, or @all. secret: of a 钉钉 robot that asks for signatures. timeout: seconds
    without a sign of the other side. A failure is told, not raised.
    """
    parts = urlsplit(url) if _is_web(url) else None
    if parts is None:
        return Sent(False, 0, say("chase.sent.address"))
    mentions = _mentions(kind, mentioned)
    messages = list(split(text, LIMITS[kind] - len(mentions.encode())))
    sent = Sent(False, 0, say("chase.sent.nothing"))
    for n, message in enumerate(messages):
        last = n == len(messages) - 1
        whom = mentioned if last else ()  # nobody is called twice
        sent = _post(_signed(url, kind, secret), _body(kind, message + (mentions if last else ""), whom), timeout)
        if not sent.ok:
            return (
                sent
                if n == 0
                else Sent(False, sent.status, say("chase.sent.partly", done=n, of=len(messages), answer=sent.answer))
            )
    return sent


def split(text: str, limit: int) -> Iterator[str]:
    """`text` in parts of at most `limit` octets, numbered where there are several; cut between lines where it can be."""
    if len(text.encode()) <= limit:
        yield from [text] if text.strip() else []
        return
    parts = _packed(text, limit - ROOM_FOR_MARK)
    for n, part in enumerate(parts, 1):
        yield PART_MARK.format(n=n, of=len(parts)) + part


def _packed(text: str, limit: int) -> list[str]:
    parts: list[str] = []
    room = 0
    for piece in _pieces(text, limit):
        size = len(piece.encode())
        if size <= room:
            parts[-1] += piece
        else:
            parts.append(piece)
            room = limit
        room -= size
    return [part.strip("\n") for part in parts if part.strip()]


def _pieces(text: str, limit: int) -> Iterator[str]:
    """The lines with their ends; of a line that is longer than `limit` its signs."""
    for line in text.splitlines(keepends=True):
        yield from [line] if len(line.encode()) <= limit else line


def _mentions(kind: Kind, mentioned: Sequence[str]) -> str:
    """钉钉 calls a person only where the text itself holds @ and the number."""
    numbers = [who for who in mentioned if who != "@all"] if kind == "dingtalk" else []
    return "\n" + " ".join(f"@{number}" for number in numbers) if numbers else ""


def _body(kind: Kind, content: str, mentioned: Sequence[str]) -> bytes:
    body: dict[str, Any] = {"msgtype": "text", "text": {"content": content}}
    if mentioned and kind == "wecom":
        body["text"]["mentioned_mobile_list"] = list(mentioned)
    elif mentioned:
        body["at"] = {"atMobiles": [who for who in mentioned if who != "@all"], "isAtAll": "@all" in mentioned}
    return json.dumps(body, ensure_ascii=False).encode()


def _signed(url: str, kind: Kind, secret: str, clock: Callable[[], float] = time.time) -> str:
    """钉钉: milliseconds and the secret, HMAC-SHA256 with the secret, in Base64, quoted; 企业微信 knows no signing."""
    if kind != "dingtalk" or not secret:
        return url
    at = round(clock() * 1000)
    digest = hmac.new(secret.encode(), f"{at}\n{secret}".encode(), hashlib.sha256).digest()
    joint = "&" if urlsplit(url).query else "?"
    return f"{url}{joint}timestamp={at}&sign={quote_plus(base64.b64encode(digest))}"


def _is_web(url: str) -> bool:
    """urllib would open files too."""
    try:
        parts = urlsplit(url)
        return (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and (parts.port or 1) > 0
            and url.isascii()
            and " " not in url
        )
    except ValueError:
        return False


class _StayHere(HTTPRedirectHandler):
    """A robot does not send its callers on; whoever does is not to be handed key and text."""

    def redirect_request(self, *_: Any) -> None:
        return None


def _post(url: str, body: bytes, timeout: float) -> Sent:
    request = Request(url, data=body, headers={"Content-Type": "application/json; charset=utf-8"}, method="POST")
    try:
        with build_opener(_StayHere).open(request, timeout=timeout) as answer:
            return _read(answer.status, answer.read(ANSWER), url)
    except HTTPError as refused:
        with refused:
            moved = 300 <= refused.code < 400
            return Sent(
                False, refused.code, say("chase.sent.moved" if moved else "chase.sent.http", status=refused.code)
            )
    except TimeoutError:
        return Sent(False, 0, say("chase.sent.silent", seconds=f"{timeout:g}"))
    except (OSError, HTTPException) as problem:
        slow = isinstance(getattr(problem, "reason", None), TimeoutError)
        return Sent(False, 0, say("chase.sent.silent" if slow else "chase.sent.unreached", seconds=f"{timeout:g}"))


def _read(status: int, content: bytes, url: str) -> Sent:
    """Both robots answer {"errcode": 0, "errmsg": "ok"}; they say 200 to what they refuse as well."""
    try:
        answer = json.loads(content)
        code = answer["errcode"]
    except (ValueError, KeyError, TypeError):
        return Sent(False, status, say("chase.sent.unreadable", status=status))
    if code == 0:
        return Sent(True, status, say("chase.sent.ok"))
    words = " ".join(str(answer.get("errmsg", "")).split())
    for _, key in parse_qsl(urlsplit(url).query):  # the other side may repeat what it was called with
        words = words.replace(key, "…")
    words = words[:TOLD]
    hint = f"chase.sent.hint.{code}"
    return Sent(False, status, say("chase.sent.refused", code=code, words=words, hint=say(hint) if knows(hint) else ""))
