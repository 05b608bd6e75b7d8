"""OpenID Connect, the conversation with the provider: authorisation code with PKCE, state and nonce.

Blocking: the routes call it off the event loop. Nothing here knows accounts.
"""

from __future__ import annotations

import hmac
import os
import secrets
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from access.settings import LOOPBACK, Oidc

# Signatures of the provider's own keys; never none, never one made with a shared secret.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
TIMEOUT = 10  # seconds for the provider to answer
LEEWAY = 60  # seconds that clocks may differ
JOURNEY = 600  # seconds to come back in
MOST = 2_000  # journeys under way
FRESH = 3_600  # seconds for which what the provider says about itself is kept


class SignOnFailed(Exception):
    """The provider's answer is not to be believed, or there is none. The message is for the log."""


@dataclass(frozen=True, slots=True)
class Journey:
    """Somebody sent to the provider. browser: hash of the cookie of the browser that set out. back: where to go then."""

    browser: str
    nonce: str
    verifier: str
    redirect_uri: str
    back: str
    begun: float


@dataclass(frozen=True, slots=True)
class Arrived:
    claims: Mapping[str, Any]
    id_token: str
    back: str


_journeys: OrderedDict[str, Journey] = OrderedDict()
_providers: dict[str, tuple[float, dict[str, Any]]] = {}
_lock = Lock()


def begin(provider: Oidc, redirect_uri: str, browser: str, back: str) -> str:
    """The provider's address to send the browser to. Raises SignOnFailed."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    with _lock:
        _journeys[state] = Journey(_hash(browser), nonce, verifier, redirect_uri, back, time.monotonic())
        while len(_journeys) > MOST:
            _journeys.popitem(last=False)
    endpoint = about(provider)["authorization_endpoint"]
    with _client(provider, redirect_uri) as client:
        address: str
        address, _ = client.create_authorization_url(endpoint, state=state, code_verifier=verifier, nonce=nonce)
        return address


def finish(provider: Oidc, query: Mapping[str, str], browser: str) -> Arrived:
    """What the provider vouches for. Each journey ends once, however it ends. Raises SignOnFailed."""
    with _lock:
        journey = _journeys.pop(query.get("state", ""), None)
    if journey is None or time.monotonic() - journey.begun > JOURNEY:
        raise SignOnFailed("unknown, used or outdated state")
    if not browser or not hmac.compare_digest(journey.browser, _hash(browser)):
        raise SignOnFailed("another browser set out")
    if query.get("iss", provider.issuer) != provider.issuer:
        raise SignOnFailed("answer of another issuer")
    if "code" not in query:
        raise SignOnFailed(f"provider says {query.get('error', 'nothing')}"[:200])
    try:
        token = _exchange(provider, journey, query["code"])
        claims = _believed(provider, token, journey.nonce)
    except (AuthlibBaseError, JoseError, requests.RequestException, ValueError, KeyError, TypeError) as problem:
        raise SignOnFailed(f"{type(problem).__name__}: {problem}"[:300]) from problem
    return Arrived(claims, token["id_token"], journey.back)


def about(provider: Oidc, *, anew: bool = False) -> dict[str, Any]:
    """What the provider publishes about itself, with its keys under "jwks". Raises SignOnFailed."""
    at, known = _providers.get(provider.issuer, (0.0, {}))
    if known and not anew and time.monotonic() - at < FRESH:
        return known
    try:
        told = _get(f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
        if told.get("issuer") != provider.issuer:
            raise SignOnFailed("the provider calls itself by another name")
        if not all(_is_safe(told.get(name)) for name in ENDPOINTS):
            raise SignOnFailed("an address of the provider is missing or not https")
        told["jwks"] = _get(told["jwks_uri"])
    except (requests.RequestException, ValueError) as problem:
        raise SignOnFailed(f"provider out of reach: {problem}"[:300]) from problem
    _providers[provider.issuer] = (time.monotonic(), told)
    return told


def _exchange(provider: Oidc, journey: Journey, code: str) -> Mapping[str, Any]:
    """The code for tokens; the verifier proves that we are who began."""
    with _client(provider, journey.redirect_uri) as client:
        token: Mapping[str, Any] = client.fetch_token(
            about(provider)["token_endpoint"],
            grant_type="authorization_code",
            code=code,
            code_verifier=journey.verifier,
            allow_redirects=False,
            timeout=TIMEOUT,
        )
        return token


def _believed(provider: Oidc, token: Mapping[str, Any], nonce: str) -> Mapping[str, Any]:
    """The ID token's claims: signed by the provider, for us, for this journey, still valid. Raises what Authlib raises."""
    try:
        read = jwt.decode(token["id_token"], KeySet.import_key_set(about(provider)["jwks"]), algorithms=ALGORITHMS)
    except InvalidKeyIdError:  # the provider has changed its keys
        read = jwt.decode(
            token["id_token"], KeySet.import_key_set(about(provider, anew=True)["jwks"]), algorithms=ALGORITHMS
        )
    wanted = {
        "iss": {"essential": True, "value": provider.issuer},
        "aud": {"essential": True, "value": provider.client_id},
    }
    known = {"nonce": nonce, "client_id": provider.client_id, "access_token": token.get("access_token")}
    claims = CodeIDToken(read.claims, read.header, wanted, known)
    claims.validate(leeway=LEEWAY)
    believed: Mapping[str, Any] = claims
    return believed


def _client(provider: Oidc, redirect_uri: str) -> OAuth2Session:
    secret = os.environ.get(provider.client_secret_env, "") if provider.client_secret_env else ""
    ways = about(provider).get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    way = "client_secret_basic" if "client_secret_basic" in ways else "client_secret_post"
    return OAuth2Session(
        provider.client_id,
        secret,
        scope="openid profile",
        redirect_uri=redirect_uri,
        token_endpoint_auth_method=way if secret else "none",
        code_challenge_method="S256",
    )


def _get(url: str) -> dict[str, Any]:
    with requests.get(url, timeout=TIMEOUT, allow_redirects=False) as answer:
        answer.raise_for_status()
        found = answer.json()
    if not isinstance(found, dict):
        raise ValueError(f"{url} is no table")
    return found


def _is_safe(url: object) -> bool:
    parts = urlsplit(url) if isinstance(url, str) else urlsplit("")
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()
