"""Who stands at the door: the account of the cookie's session, and what that lets them do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from anyio import to_thread
from starlette.types import Scope

from access import accounts, sessions
from access.demo import is_demo
from access.model import Account, Actor
from access.settings import settings
from access.web import cookies
from access.web.origin import client_ip, within
from catalogue.load import current_plan

Standing = Literal["in", "password", "out"]


@dataclass(frozen=True, slots=True)
class Visitor:
    """account: None where nobody is signed in. session: the id of the cookie's token, "" without a cookie.

    token: the number of the program's token, 0 for a browser.
    """

    account: Account | None
    session: str
    ip: str
    token: int = 0

    @property
    def standing(self) -> Standing:
        """in; password: signed in but must change the password before anything else; out."""
        if self.account is None:
            return "out"
        return "password" if accounts.password_is_due(self.account) else "in"

    @property
    def headers(self) -> list[tuple[bytes, bytes]]:
        """How Streamlit and what stands behind it are told: server.trustedUserHeaders in .streamlit/config.toml."""
        return [(b"x-plan-session", self.session.encode()), (b"x-plan-client", self.ip.encode("latin-1", "replace"))]

    @property
    def actor(self) -> Actor | None:
        return None if self.account is None else Actor(account=self.account, ip=self.ip, session=self.session)


async def visitor(scope: Scope, *, touch: bool = True) -> Visitor:
    """touch: this request is a sign of life of its owner."""
    token = cookies.read(scope, cookies.SESSION)
    ip = client_ip(scope)
    if not token:
        return Visitor(None, "", ip)
    return await visitor_of(sessions.id_of(token), ip, touch=touch)


async def visitor_of(session: str, ip: str, *, touch: bool) -> Visitor:
    """Off the event loop: the store may be busy with somebody else's writing."""
    account = await to_thread.run_sync(lambda: sessions.find(session, touch=touch))
    return Visitor(account if account and may_enter(account, ip) else None, session, ip)


def may_enter(account: Account, ip: str) -> bool:
    """Administrators only from the networks that the settings name, where they name any."""
    networks = settings().admin_networks
    return account.role != "admin" or not networks or within(ip, networks)


def is_set_up() -> bool:
    """Whether anybody could sign in at all: an administrator exists, or this is the demonstration."""
    return is_demo(current_plan()) or accounts.any_admin()
