"""The dashboard in a headless Chromium: one server and one browser for the whole run."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bench.browser import CHROMIUM as CHROMIUM
from bench.browser import COOKIE as COOKIE
from bench.browser import FLAGS as FLAGS
from bench.browser import enter as enter
from bench.browser import serving as serving
from bench.browser import settled as settled


@pytest.fixture(scope="session")
def address(demo_data: Path, tmp_path_factory) -> Iterator[str]:
    """For those who only look; the folder is a copy, since signing in writes."""
    folder = tmp_path_factory.mktemp("browser") / "var"
    shutil.copytree(demo_data, folder)
    with serving(folder) as where:
        yield where


@pytest.fixture(scope="session")
def browser():
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: install it to run the browser tests")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@contextmanager
def page_of(browser, width: int = 1440, height: int = 900, theme: str = "light"):
    """A fresh page; gives (page, requests that left the machine, console errors)."""
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme, locale="zh-CN")
    page = context.new_page()
    outside, errors = [], []
    page.on(
        "request", lambda r: outside.append(r.url) if "://127.0.0.1" not in r.url and r.url.startswith("http") else None
    )
    page.on("pageerror", lambda problem: errors.append(str(problem)))
    try:
        yield page, outside, errors
    finally:
        context.close()
