"""What the bytes are, whatever the file's name says; and those within, of a workbook locked with Excel's own password."""

from __future__ import annotations

import io

import olefile

from etl.cells.limits import Limits
from etl.cells.parts import ArchiveParts
from etl.cells.text import decoded, separator
from etl.errors import EmptyFile, Encrypted, NotAWorkbook, Unreadable

OLE, ZIP = olefile.MAGIC, b"PK\3\4"
ODS = b"application/vnd.oasis.opendocument.spreadsheet"

# First bytes -> what to call it. None of these is a workbook.
_HEADS = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"RIFF", "image"),
    (b"\0\0\0\x18ftyp", "image"),
    (b"\0\0\0\x20ftyp", "image"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"PK\5\6", "archive"),
    (b"{\\rtf", "document"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    # BIFF 2 to 5 outside of an OLE file, as Excel 2.0 to 4.0 and some old report programs write it.
    (b"\x09\x00\x04\x00", "old_excel"),
    (b"\x09\x02\x06\x00", "old_excel"),
    (b"\x09\x04\x06\x00", "old_excel"),
    (b"\x09\x08\x08\x00", "old_excel"),
    (b"\x09\x08\x10\x00", "old_excel"),
)
# Office document encryption that sits below the file: what arrives is the locked form.
_LOCKED_HEADS = (b"%TSD-Header", b"E-SafeNet")
# [MS-OFFCRYPTO] 2.4.2.3. Excel encrypts a workbook whose structure is protected with it, and opens it without asking: those who
# filed it know of no password.
_EXCELS_OWN = "VelvetSweatshop"
_WEB = ("<!doctype html", "<html", "<head", "<meta", "<body", "<table", "<div", "<style", "<script")


def sniff(content: bytes, limits: Limits, parts: ArchiveParts | None = None) -> str:
    """xlsx, xlsm, xlsb, xls, ods or csv. A WPS .et is xls inside. parts: of a zipped one, where it has been opened.

    Raises EmptyFile, Encrypted, NotAWorkbook (field `found`), and Unreadable for a cut-off archive.
    """
    if not content:
        raise EmptyFile()
    if content.startswith(ZIP):
        return _zipped(parts or ArchiveParts(content, limits))
    if content.startswith(OLE):
        return _ole(content)
    if any(mark in content[:64] for mark in _LOCKED_HEADS):
        raise Encrypted()
    # Text first: a CSV may well begin with the letters BM or MZ.
    text = decoded(content)
    if text is not None:
        return _text(text)
    raise NotAWorkbook(found=next((name for head, name in _HEADS if content.startswith(head)), "unknown"))


def _zipped(parts: ArchiveParts) -> str:
    names = parts.names
    types = parts.read("[Content_Types].xml") if parts.has("[Content_Types].xml") else b""
    if "xl/workbook.bin" in names or b"ms-excel.sheet.binary" in types:
        return "xlsb"
    if "xl/vbaproject.bin" in names or b"ms-excel.sheet.macroEnabled" in types:
        return "xlsm"
    if "xl/workbook.xml" in names or b"spreadsheetml.sheet.main" in types:
        return "xlsx"
    mimetype = parts.read("mimetype") if "mimetype" in names else b""
    if mimetype.startswith(ODS):
        manifest = parts.read("META-INF/manifest.xml") if parts.has("META-INF/manifest.xml") else b""
        if b"encryption-data" in manifest:
            raise Encrypted()
        return "ods"
    if any(name.startswith("word/") for name in names) or b"opendocument.text" in mimetype:
        raise NotAWorkbook(found="document")
    if any(name.startswith("ppt/") for name in names) or b"opendocument.presentation" in mimetype:
        raise NotAWorkbook(found="slides")
    raise NotAWorkbook(found="archive")


def _ole(content: bytes) -> str:
    with open_ole(content) as ole:
        streams = {entry[-1].lower() for entry in ole.listdir()}
    if "encryptedpackage" in streams:
        raise Encrypted()
    if streams & {"workbook", "book"}:
        return "xls"
    if "worddocument" in streams:
        raise NotAWorkbook(found="document")
    if "powerpoint document" in streams:
        raise NotAWorkbook(found="slides")
    raise NotAWorkbook(found="unknown")


def open_ole(content: bytes) -> olefile.OleFileIO:
    """Raises Unreadable. Given bytes, olefile may take them for a file name; hence the BytesIO."""
    try:
        return olefile.OleFileIO(io.BytesIO(content))
    except (OSError, ValueError, IndexError) as problem:
        raise Unreadable(problem=f"OLE: {problem}") from problem


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


def _text(text: str) -> str:
    head = text[:4000].lstrip().lower()
    if head.startswith(_WEB) or "<html" in head or head.startswith("mime-version:"):
        raise NotAWorkbook(found="web_page")
    if head.startswith("<"):
        raise NotAWorkbook(found="xml_spreadsheet" if "office:spreadsheet" in head else "xml")
    if head.startswith("{\\rtf"):
        raise NotAWorkbook(found="document")
    if head.startswith("%pdf-"):
        raise NotAWorkbook(found="pdf")
    if separator(text) is None:
        raise NotAWorkbook(found="text")
    return "csv"
