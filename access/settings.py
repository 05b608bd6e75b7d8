"""Rules for passwords, sessions and networks, and the single sign-on: data/access.toml."""

from __future__ import annotations

import ipaddress
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from access.errors import AccessError
from access.model import ROLES, Role
from catalogue.entries import Mistake, mistake, read_entry
from catalogue.wording import language, say

VARIABLE = "DASHBOARD_ACCESS"
DEFAULT = Path(__file__).resolve().parents[1] / "data" / "access.toml"
LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True, kw_only=True)
class OidcRole:
    """What a value of the roles claim means here."""

    role: Role
    office: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Oidc:
    """Single sign-on by OpenID Connect. client_secret_env: the environment variable that holds the secret."""

    issuer: str
    client_id: str
    client_secret_env: str
    name_claim: str
    roles_claim: str
    label: str
    label_en: str
    roles: Mapping[str, OidcRole]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """password_days 0: passwords do not expire. admin_networks empty: administrators may come from everywhere."""

    password_days: int = 90
    password_length: int = 8
    password_classes: int = 3
    passwords_remembered: int = 3
    failures: int = 5
    lock_minutes: int = 15
    address_failures: int = 60
    idle_minutes: int = 30
    absolute_hours: int = 12
    admin_networks: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    oidc: Oidc | None = None


# Field, least, most.
RANGES: tuple[tuple[str, int, int], ...] = (
    ("password_days", 0, 365),
    ("password_length", 8, 64),
    ("password_classes", 1, 4),
    ("passwords_remembered", 0, 24),
    ("failures", 1, 100),
    ("lock_minutes", 1, 1440),
    ("address_failures", 5, 10_000),
    ("idle_minutes", 1, 480),
    ("absolute_hours", 1, 168),
)


def settings() -> Settings:
    """Read once and again when the file changes. Raises AccessError with every mistake: file, field, what to do."""
    path = Path(os.environ.get(VARIABLE, "") or DEFAULT)
    try:
        stamp = path.stat().st_mtime_ns
    except OSError as problem:
        raise AccessError(say("access.settings.no_file", file=path, variable=VARIABLE)) from problem
    return _cached_settings(path, stamp)


@lru_cache(maxsize=4)
def _cached_settings(path: Path, stamp: int) -> Settings:
    return load_settings(path)


def load_settings(path: Path) -> Settings:
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise AccessError(mistake(path.name, "", "", "not_toml", problem=problem).told(language())) from problem
    mistakes: list[Mistake] = []
    told: list[str] = []
    single_sign_on = table.pop("oidc", None)
    found = read_entry(Settings, table, path.name, "", mistakes)
    oidc = None if single_sign_on is None else _oidc(single_sign_on, path.name, mistakes, told)
    told = [each.told(language()) for each in mistakes] + told
    if found is not None:
        told += _out_of_range(found, path.name) + _no_networks(found, path.name)
    if told or found is None:
        raise AccessError("\n".join(told))
    return Settings(**{name: getattr(found, name) for name in Settings.__slots__ if name != "oidc"}, oidc=oidc)


def _oidc(table: Any, file: str, mistakes: list[Mistake], told: list[str]) -> Oidc | None:
    if not isinstance(table, dict):
        told.append(_told(file, "oidc", say("access.settings.no_table")))
        return None
    roles = {}
    for value, row in _tables(table.get("roles"), file, told).items():
        entry = f"oidc.roles.{value}"
        if (role := read_entry(OidcRole, row, file, entry, mistakes)) is not None:
            roles[value] = role
            if (role.role in ("filer", "reviewer")) != bool(role.office):
                told.append(_told(file, f"{entry}.office", say("access.settings.office", roles=" / ".join(ROLES[1:3]))))
    found = read_entry(Oidc, {**table, "roles": {}}, file, "oidc", mistakes)
    if found is None:
        return None
    where = urlsplit(found.issuer)
    if where.scheme != "https" and not (where.scheme == "http" and where.hostname in LOOPBACK):
        told.append(_told(file, "oidc.issuer", say("access.settings.issuer", value=found.issuer)))
    return Oidc(**{name: getattr(found, name) for name in Oidc.__slots__ if name != "roles"}, roles=roles)


def _tables(rows: Any, file: str, told: list[str]) -> dict[str, dict[str, Any]]:
    """claim value -> its table; nothing, and it is told, where they are not written so."""
    if isinstance(rows, dict) and rows and all(isinstance(row, dict) for row in rows.values()):
        return rows
    told.append(_told(file, "oidc.roles", say("access.settings.no_roles")))
    return {}


def _out_of_range(found: Settings, file: str) -> list[str]:
    return [
        _told(file, name, say("access.settings.range", value=getattr(found, name), least=least, most=most))
        for name, least, most in RANGES
        if not least <= getattr(found, name) <= most
    ]


def _no_networks(found: Settings, file: str) -> list[str]:
    return [
        _told(file, name, say("access.settings.network", value=value))
        for name in ("admin_networks", "trusted_proxies")
        for value in getattr(found, name)
        if not _is_network(value)
    ]


def _is_network(value: str) -> bool:
    try:
        ipaddress.ip_network(value)
    except ValueError:
        return False
    return True


def _told(file: str, field: str, problem: str) -> str:
    return say("access.settings.line", file=file, field=field, problem=problem)
