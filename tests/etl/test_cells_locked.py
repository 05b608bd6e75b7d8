"""Workbooks that Excel opens without asking, since it knows the password they are encrypted with."""

from __future__ import annotations

import hashlib
import io
import struct

import msoffcrypto
import pytest
from binary_fixtures import biff, label, number, styled_xls, xls_text
from cells_fixtures import kept, typical, values_of

from etl.cells import read_cells
from etl.errors import Encrypted

OWN = "VelvetSweatshop"


def encrypted(content: bytes, password: str) -> bytes:
    locked = io.BytesIO()
    file = msoffcrypto.OfficeFile(io.BytesIO(content))
    if file.is_encrypted():  # the library would not encrypt twice
        file.is_encrypted, file.file = lambda: False, io.BytesIO(content)
    file.encrypt(password, locked)
    return locked.getvalue()


def test_a_workbook_encrypted_with_excels_own_password_is_read():
    cells = read_cells(encrypted(typical(), OWN))
    assert (cells.kind, [sheet.cells for sheet in cells.sheets]) == (
        "xlsx",
        [sheet.cells for sheet in read_cells(typical()).sheets],
    )


def rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i, j, out = 0, 0, bytearray()
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


SALT = bytes(range(16))


def key(password: str, block: int) -> bytes:
    """[MS-OFFCRYPTO] 2.3.6.2."""
    half = hashlib.md5(password.encode("utf-16-le")).digest()[:5]
    half = hashlib.md5((half + SALT) * 16).digest()[:5]
    return hashlib.md5(half + struct.pack("<I", block)).digest()


def locked_xls(password: str) -> bytes:
    """Every record encrypted but its head, and but what must not be ([MS-XLS] 2.2.10)."""
    check = bytes(16)
    hidden = rc4(key(password, 0), check + hashlib.md5(check).digest())
    lock = biff(0x002F, struct.pack("<HHH", 1, 1, 1) + SALT + hidden)
    cells = label(0, 0, 0, 0) + number(0, 1, 0, 12)

    def locked(stream: bytes) -> bytes:
        stream += biff(0, bytes(4092 - len(stream)))  # 4096 bytes: the library takes no less for whole records
        stream_key = b"".join(rc4(key(password, n), bytes(1024)) for n in range(len(stream) // 1024 + 1))
        hidden = bytearray(a ^ b for a, b in zip(stream, stream_key, strict=False))
        at = 0
        while at + 4 <= len(stream):
            kind, length = struct.unpack_from("<HH", stream, at)
            open_to = 4 + (length if kind in (0x0809, 0x002F) else 4 if kind == 0x0085 else 0)
            hidden[at : at + open_to] = stream[at : at + open_to]
            at += 4 + length
        return bytes(hidden)

    return styled_xls(cells, texts=[xls_text("在园")], after_begin=lock, changed=locked)


def test_an_xls_encrypted_with_excels_own_password_is_read():
    assert values_of(locked_xls(OWN)) == {"A1": "在园", "B1": 12}


@pytest.mark.parametrize(
    "content",
    [
        kept("encrypted.xlsx"),
        encrypted(typical(), "Velvetsweatshop"),
        locked_xls("secret"),
        kept("encrypted.xlsx")[:6000],
    ],
    ids=["xlsx", "nearly the same", "xls", "half of it"],
)
def test_with_any_other_password_it_is_encrypted(content):
    with pytest.raises(Encrypted):
        read_cells(content)


def test_what_is_encrypted_within_is_encrypted():
    with pytest.raises(Encrypted):
        read_cells(encrypted(encrypted(typical(), OWN), OWN))
