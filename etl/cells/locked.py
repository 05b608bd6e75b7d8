"""Workbooks encrypted with the password that Excel itself knows.

Excel encrypts a workbook whose structure is protected with a password of its own, and opens it without asking:
those who filed it know of no password.
"""

from __future__ import annotations

import io

from etl.cells.kinds import OLE
from etl.errors import Encrypted

_EXCELS_OWN = "VelvetSweatshop"  # [MS-OFFCRYPTO] 2.4.2.3


def unlocked(content: bytes) -> bytes:
    """The workbook within. Raises Encrypted where it takes another password, or cannot be decrypted here."""
    if not content.startswith(OLE):
        raise Encrypted()
    import msoffcrypto  # few files need it, and it is slow to load

    opened = io.BytesIO()
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(content))
        checked = {"verify_password": True} if file.format == "ooxml" else {}  # an xls is checked always
        file.load_key(password=_EXCELS_OWN, **checked)
        file.decrypt(opened)
    except Exception as problem:  # the library raises whatever it stumbles over in a damaged file
        raise Encrypted() from problem
    return opened.getvalue()
