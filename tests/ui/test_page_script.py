"""Script and style sheet in the page of the web frame: once each, the sheet behind all else, and nothing in our light pages."""

from __future__ import annotations

import re
from pathlib import Path

import streamlit

from ui.app import page_script
from ui.app.page_script import SCRIPT, SHEET, with_script

INDEX = Path(streamlit.__file__).parent / "static" / "index.html"


def test_the_script_comes_before_the_frames_own_and_the_sheet_after_all_of_its_styles():
    page = with_script(INDEX.read_bytes()).decode()
    script, sheet = (re.findall(rf'(?:src|href)="{path}\?[0-9a-f]{{12}}"', page) for path in (SCRIPT, SHEET))
    assert len(script) == len(sheet) == 1
    assert page.index(script[0]) < page.index("</head>") < page.index('id="root"') < page.index(sheet[0])
    assert '<html lang="zh-CN"' in page


def test_another_style_sheet_has_another_address(monkeypatch):
    before = with_script(INDEX.read_bytes())
    monkeypatch.setattr(page_script, "sheet", lambda: ":root {}")
    assert with_script(INDEX.read_bytes()) != before


def test_a_page_of_ours_stays_as_it_is():
    assert with_script(b"<html><head></head><body>sign in</body></html>").count(b"page.") == 0
