"""Where a request comes from: its address, whether it came over https, whether it is from this very machine."""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

from access.settings import settings

FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")


def client_ip(scope: Scope) -> str:
    """The peer's address; behind a trusted proxy the last address it names that is no trusted proxy itself."""
    peer, proxies = _peer(scope), settings().trusted_proxies
    if not within(peer, proxies):
        return peer
    named = ",".join(Headers(scope=scope).getlist("x-forwarded-for")).split(",")
    hops = [hop.strip() for hop in named if hop.strip()]
    return next((hop[:64] for hop in reversed(hops) if not within(hop, proxies)), peer)


def is_https(scope: Scope) -> bool:
    """By this server's own certificate, or because a trusted proxy says so."""
    if scope.get("scheme") in ("https", "wss"):
        return True
    told = Headers(scope=scope).get("x-forwarded-proto", "").split(",")[-1].strip()
    return told == "https" and within(_peer(scope), settings().trusted_proxies)


def is_local(scope: Scope) -> bool:
    """From this machine, spoken to by a local name, and through no proxy. The demonstration is let in only then.

    A proxy on this machine that adds no header at all shows in the browser's own account of where a form came from.
    """
    headers = Headers(scope=scope)
    direct = not any(name in headers for name in FORWARDED)
    named = [f"//{headers.get('host', '')}", *headers.getlist("origin")]
    return direct and _is_loopback(_peer(scope)) and all(_names_this_machine(url) for url in named)


def own_address(scope: Scope) -> str:
    """What the browser calls this server, e.g. https://plan.example.cn."""
    return f"{'https' if is_https(scope) else 'http'}://{Headers(scope=scope).get('host', '')}"


def within(ip: str, networks: tuple[str, ...]) -> bool:
    """Whether the address lies in one of the networks; False for what is no address."""
    try:
        address = ip_address(ip)
    except ValueError:
        return False
    return any(address in ip_network(network) for network in networks)


def _peer(scope: Scope) -> str:
    """An IPv4 address also where the server listens on IPv6, which writes it ::ffff:10.0.0.1."""
    peer = scope["client"][0] if scope.get("client") else ""
    return peer[7:] if peer.lower().startswith("::ffff:") and "." in peer else peer


def _names_this_machine(url: str) -> bool:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    return host == "localhost" or _is_loopback(host)


def _is_loopback(text: str) -> bool:
    try:
        return ip_address(text).is_loopback
    except ValueError:
        return False
