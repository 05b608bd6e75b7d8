"""The line between a browser and Streamlit: opened only for a living session, asked about at every message."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from google.protobuf.message import DecodeError
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from access import db
from access.web import bindings, cookies, refusals
from access.web.visitor import Visitor, visitor, visitor_of

STREAM = "/_stcore/stream"
FILE = re.compile(rb"([\x08-\x7f])/media/", re.DOTALL)  # a text of a message, its length before it: a file's address
PROTOCOLS = b"sec-websocket-protocol"  # Streamlit writes into it: "streamlit", a form token, an earlier session's id
ENDED = 4401  # our close code
NO_BYTES = 1003  # Streamlit speaks in bytes; a text would only fill its log with a traceback each
LATER = 1013  # the account store does not answer: the browser comes again by itself
log = logging.getLogger(__name__)


async def serve(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    try:
        who = await visitor(scope)
    except db.AWAY as problem:
        log.error("%s", db.unreachable(problem))
        await receive()
        await send({"type": "websocket.close"})  # before it is accepted: the browser tries again by itself
        return
    if scope["path"] != STREAM or not who.session:
        await refusals.note(who, scope["path"], "no session")
        await receive()
        await send({"type": "websocket.close"})  # before it is accepted: HTTP 403
        return
    line = OpenSocket(receive, send, who)
    if who.standing != "in":  # a tab that wakes up after its session has ended: no script runs, it is shown the way
        await receive()
        await send({"type": "websocket.accept", "subprotocol": (scope.get("subprotocols") or [None])[0]})
        await line.show_out(who, BackMsg())
        return
    inner = cookies.without(without_foreign_session(scope, who.session), cookies.SESSION)
    inner["headers"] += who.headers
    await app(inner, line.receive, line.send)


def without_foreign_session(scope: Scope, session: str) -> Scope:
    """An earlier Streamlit session is taken up again only by the session that ran it."""
    entries = ",".join(Headers(scope=scope).getlist(PROTOCOLS.decode())).split(",")
    if len(entries) > 2 and not bindings.is_bound(entries[2].strip(), session):
        entries = entries[:2]
    headers = [pair for pair in scope["headers"] if pair[0].lower() != PROTOCOLS]
    if entries != [""]:
        headers.append((PROTOCOLS, ",".join(entries).encode("latin-1")))
    return {**scope, "headers": headers}


class OpenSocket:
    """One open websocket. After `show_out` nothing goes through it in either direction."""

    def __init__(self, receive: Receive, send: Send, who: Visitor) -> None:
        self._receive, self._send = receive, send
        self.session, self.ip = who.session, who.ip
        self.ended = False

    async def receive(self) -> Message:
        """The browser's next message, once its session is known to live. One at a time, so order is kept."""
        message = await self._receive()
        if message["type"] != "websocket.receive":
            return message
        if message.get("bytes") is None:
            return await self.hang_up(NO_BYTES)
        told = parsed(message["bytes"])
        try:
            who = await visitor_of(self.session, self.ip, touch=is_a_person(told))
        except db.AWAY as problem:
            log.error("%s", db.unreachable(problem))
            return await self.hang_up(LATER)
        if who.standing == "in":
            return message
        await self.show_out(who, told)
        return {"type": "websocket.disconnect", "code": ENDED}

    async def send(self, message: Message) -> None:
        if self.ended:
            return
        for file in files_told(message.get("bytes") or b""):
            bindings.give(file, self.session)
        await self._send(message)

    async def hang_up(self, code: int) -> Message:
        self.ended = True
        await self._send({"type": "websocket.close", "code": code})
        return {"type": "websocket.disconnect", "code": code}

    async def show_out(self, who: Visitor, told: BackMsg) -> None:
        """The browser follows the address it is sent; a message with none would leave a dead screen behind."""
        self.ended = True
        if who.account is None:
            bindings.forget(self.session)
        answer = ForwardMsg()
        answer.auth_redirect.url = way_out(who, told)
        await self._send({"type": "websocket.send", "bytes": answer.SerializeToString()})
        await self._send({"type": "websocket.close", "code": ENDED})


def files_told(content: bytes) -> Iterator[str]:
    """Names below /media/ in a message to the browser."""
    if b"/media/" not in content:  # found at once, where the expression stops at every byte
        return
    for found in FILE.finditer(content):
        start = found.start() + 1
        address = content[start : start + found[1][0]]
        if re.fullmatch(rb"/media/[\w.-]+", address):
            yield address.decode().removeprefix("/media/")


def way_out(who: Visitor, told: BackMsg) -> str:
    """To the page to sign in on (or to change the password on) and from there back to where they were."""
    path, query = urlsplit(told.rerun_script.context_info.url).path, told.rerun_script.query_string
    back = quote(f"{path}?{query}" if query else path, safe="/")
    target = "/password?" if who.standing == "password" else "/sign-in?ended=1&"
    return f"{target}next={back}" if back else target.rstrip("?&")


def parsed(content: bytes) -> BackMsg:
    """Empty for what is no message; Streamlit refuses it itself."""
    try:
        told: BackMsg = BackMsg.FromString(content)
        return told
    except DecodeError:
        return BackMsg()


def is_a_person(told: BackMsg) -> bool:
    """A heartbeat and a screen that refreshes itself keep no session alive."""
    kind = told.WhichOneof("type")
    return kind not in (None, "app_heartbeat") and not (kind == "rerun_script" and told.rerun_script.is_auto_rerun)
