"""The key of this installation. What is signed with it cannot be made, or made anew, by whoever has only files.

It lies in the data folder, is made once, can be read by the server's own account alone, and goes into backups. Files that
were signed with a key that is lost can no longer be told from forgeries, and are not taken for true.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from catalogue.folders import data_folder
from catalogue.wording import say
from warehouse.store import StoreError

NAME = "seal.key"
_BYTES = 32


def known(folder: Path | None = None) -> bytes | None:
    """None where nothing has been signed yet. folder: the data folder, as in force unless told. Raises StoreError."""
    path = (folder or data_folder()) / NAME
    try:
        found = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as problem:
        raise StoreError(say("proof.no_key", path=path)) from problem
    if len(found) != _BYTES:
        raise StoreError(say("proof.no_key", path=path))
    return found


def key(folder: Path | None = None) -> bytes:
    """Made where there is none. Raises StoreError where it cannot be read or kept."""
    return known(folder) or _made(folder or data_folder())


def mark(key: bytes) -> str:
    """What a file says of the key it was signed with: eight hex digits that give nothing of it away."""
    return sign(key, "key")[:8]


def sign(key: bytes, *told: str) -> str:
    """HMAC-SHA-256 in hex, over the texts and where each ends."""
    message = b"".join(len(part).to_bytes(8, "big") + part for part in (one.encode() for one in told))
    return hmac.new(key, message, hashlib.sha256).hexdigest()


def _made(folder: Path) -> bytes:
    """Whole before it has its name, and whoever comes second takes that of the first."""
    path = folder / NAME
    part = path.with_name(f"{NAME}.{os.getpid()}.{secrets.token_hex(4)}.part")
    try:
        handle = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(secrets.token_bytes(_BYTES))
                file.flush()
                os.fsync(file.fileno())
            with contextlib.suppress(FileExistsError):
                os.link(part, path)
        finally:
            part.unlink()
    except OSError as problem:
        raise StoreError(say("proof.no_key", path=path)) from problem
    return known(folder) or b""
