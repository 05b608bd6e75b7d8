"""Workbooks changed part by part, where no library writes what a test needs."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

from workbook_fixtures import rewritten

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MINE = "xl/worksheets/sheet1.xml"  # 学前教育, as the templates are written
RELATIONSHIPS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'


def with_parts(content: bytes, added: Mapping[str, bytes], change: Callable[[str, bytes], bytes]) -> bytes:
    made = BytesIO(rewritten(content, change))
    with zipfile.ZipFile(made, "a") as parts:
        for name, data in added.items():
            parts.writestr(name, data)
    return made.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def related(kind: str, target: str, id_: str) -> bytes:
    return f'<Relationship Id="{id_}" Type="{kind}" Target="{target}"/></Relationships>'.encode()
