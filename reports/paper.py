"""From paper back to the screen: the address that opens the check of a printed code, and the same as a QR code."""

from __future__ import annotations

import io
import os
from urllib.parse import urlencode, urlsplit

import segno

from catalogue.wording import language, say
from reports.proof import Proof
from warehouse.store import StoreError

SETTING = "DASHBOARD_ADDRESS"


class BadAddress(StoreError):
    """The setting names no address that a telephone could open; the text says so. Refused wherever the store's own troubles are."""


def link(proof: Proof) -> str:
    """https://…/takeaway?code=…; "" where the server has not been told its own address. Raises BadAddress."""
    told = os.environ.get(SETTING, "").strip().rstrip("/")
    if not told:
        return ""
    try:
        parts = urlsplit(told)
        good = parts.scheme in ("http", "https") and parts.hostname and not (parts.query or parts.fragment)
        parts.port  # noqa: B018  (raises for what is no port)
    except ValueError:
        good = False
    if not good:
        raise BadAddress(say("proof.bad_address", setting=SETTING, told=told))
    return f"{told}/takeaway?{urlencode({'period': proof.period, 'code': proof.code, 'lang': language()})}"


def qr(address: str) -> bytes:
    """PNG, black on white with the margin a reader needs; bears being printed 20 mm wide and a quarter of it stained."""
    made = io.BytesIO()
    segno.make(address, error="q", micro=False).save(made, kind="png", scale=8, border=4)
    return made.getvalue()
