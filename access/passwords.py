"""Passwords: hashed with Argon2id, held against the rule of data/access.toml."""

from __future__ import annotations

import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from access.settings import settings
from access.weak_passwords import is_weak
from catalogue.wording import say

LONGEST = 128  # characters; so that nobody keeps the server busy with a novel

# Without what is mistaken for something else when it is read from paper: 0 O 1 l I, and vowels that make words.
SMALL, CAPITALS, DIGITS = "bcdfghjkmnpqrstvwxz", "BCDFGHJKMNPQRSTVWXZ", "23456789"

_hasher = PasswordHasher()


def set_cost(rounds: int, memory_kib: int, lanes: int) -> None:
    """For tests only: what one hash costs from here on. Nothing in the program calls it."""
    global _hasher
    _hasher = PasswordHasher(time_cost=rounds, memory_cost=memory_kib, parallelism=lanes)


def set_ordinary_cost() -> None:
    """The library's own parameters (RFC 9106, 64 MiB) again."""
    global _hasher
    _hasher = PasswordHasher()


def hashed(password: str) -> str:
    return _hasher.hash(_bytes(password))


def fits(hash: str, password: str) -> bool:
    """Whether the password is the one. An empty hash (no such account, no password) never fits and costs the same."""
    known = hash and len(password) <= LONGEST
    try:
        _hasher.verify(hash if known else nobodys_hash(), _bytes(password[:LONGEST]))
    except (VerificationError, InvalidHashError):
        return False
    return bool(known)


def nobodys_hash() -> str:
    """Well formed, of today's cost, and of no password: its digest was never computed from one."""
    cost = f"m={_hasher.memory_cost},t={_hasher.time_cost},p={_hasher.parallelism}"
    return f"$argon2id$v=19${cost}$bm9ib2R5cyBzYWx0IQ${'A' * 43}"


def outdated(hash: str) -> bool:
    """Whether it was made at another cost than today's and should be made anew while the password is at hand."""
    return _hasher.check_needs_rehash(hash)


def complaint(password: str, name: str, *about: str) -> str | None:
    """What keeps it from being a password of that account, as a sentence; None where nothing does. about: other names of its owner."""
    rule = settings()
    password = unicodedata.normalize("NFKC", password)
    if not password.strip():
        return say("password.blank")
    if len(password) < rule.password_length:
        return say("password.short", length=rule.password_length)
    if len(password) > LONGEST:
        return say("password.long", length=LONGEST)
    if classes(password) < rule.password_classes:
        return say("password.classes", classes=rule.password_classes)
    if name and name.lower() in password.lower():
        return say("password.name")
    if is_weak(password, name, *about):
        return say("password.common")
    return None


def classes(password: str) -> int:
    """How many of the four kinds are in it: capitals, small letters, digits, anything else."""
    kinds = {
        "upper" if "A" <= c <= "Z" else "lower" if "a" <= c <= "z" else "digit" if "0" <= c <= "9" else "other"
        for c in password
    }
    return len(kinds)


def rule() -> str:
    """The rule in one sentence, for the page where a password is chosen."""
    of = settings()
    return say(
        "password.rule", length=of.password_length, classes=of.password_classes, remembered=of.passwords_remembered
    )


def new_password() -> str:
    """For the first sign-in, to be read aloud and typed: like wKmr-48hX-Tq3d. It satisfies the rule."""
    groups = max(3, -(-(settings().password_length + 1) // 5))
    while True:
        groups_of_four = ("".join(secrets.choice(SMALL + CAPITALS + DIGITS) for _ in range(4)) for _ in range(groups))
        found = "-".join(groups_of_four)
        if classes(found) == 4:
            return found


def _bytes(password: str) -> bytes:
    """Full-width letters of a Chinese keyboard count as the plain ones."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
