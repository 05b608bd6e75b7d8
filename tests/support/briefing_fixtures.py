"""What the chapters about the briefing share: a snapshot of the sample returns, and a look into a Word file."""

from __future__ import annotations

import base64
import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from lxml import etree
from warehouse_fixtures import House, small_plan

from reports.briefing.draft import BriefingDraft
from reports.snapshot import Snapshot
from warehouse import store

TODAY = date(2021, 10, 15)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
def quarter(demo, snapshots, monkeypatch):
    """Asks for a snapshot of the sample returns, as of one day; shared, so nobody writes into it."""
    monkeypatch.setenv("DASHBOARD_TODAY", TODAY.isoformat())
    return snapshots


@pytest.fixture
def house(tmp_path):
    return House(tmp_path, small_plan())


def of_house(house: House, period: str, basis: str = "filed", today: date = TODAY) -> Snapshot:
    return Snapshot(house.plan, store.newest(house.folder), basis, period, today)


def section(draft: BriefingDraft, name: str) -> str:
    return "\n".join(one.text for one in draft.sections.get(name, ()))


def changed(draft: BriefingDraft, old: str, new: str) -> BriefingDraft:
    """As a person would in the one paragraph with `old` in it."""
    [at] = [n for n, one in enumerate(draft.paragraphs) if old in one.text]
    paragraphs = list(draft.paragraphs)
    paragraphs[at] = replace(paragraphs[at], text=paragraphs[at].text.replace(old, new, 1))
    return replace(draft, paragraphs=tuple(paragraphs))


def member(content: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return etree.fromstring(package.read(name))


def rewritten(content: bytes, old: str, new: str, member: str = "word/document.xml") -> bytes:
    """The file with some of its text replaced, as by a word processor."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(made, "w") as copy:
        for info in package.infolist():
            told = package.read(info)
            if info.filename == member:
                assert old.encode() in told
                told = told.replace(old.encode(), new.encode(), 1)
            copy.writestr(info, told)
    return made.getvalue()


def opened(content: bytes):
    return docx.Document(io.BytesIO(content))


def keep(content: bytes, folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def bookmarks(content: bytes) -> dict[str, str]:
    """Name of a bookmark -> where the link inside it leads."""
    body = member(content, "word/document.xml")
    return {start.get(f"{W}name"): start.getnext().get(f"{W}anchor") for start in body.iter(f"{W}bookmarkStart")}
