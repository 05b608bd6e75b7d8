"""The dashboard in a headless Chromium: one server and one browser for the whole run."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, TimeoutError

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


_kept: list[Page] = []  # the page that tests have one after the other
_listening: list[tuple[str, Callable]] = []  # at that page, for the test of now


@contextmanager
def page_of(browser, width: int = 1440, height: int = 900, theme: str = "light", **more):
    """An empty page; gives (page, requests that left the machine, console errors). more: of a browser context of its own.

    Without more it is the page of the test before, whose process has read the scripts already, which is half of the work
    of a load; nobody is signed in and nothing is kept of what pages before stored.
    """
    page = browser.new_context(locale="zh-CN", **more).new_page() if more else _kept_page(browser)
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=theme, media="null")
    outside, errors = [], []
    listen(page, "request", lambda r: outside.append(r.url) if _goes_out(r.url) else None)
    listen(page, "pageerror", lambda problem: errors.append(str(problem)))
    try:
        yield page, outside, errors
    finally:
        if more:
            _listening.clear()
            page.context.close()
        else:
            _left_clean(page)


def listen(page, event: str, hear: Callable) -> None:
    """As `page.on`, until the test ends."""
    page.on(event, hear)
    _listening.append((event, hear))


def _goes_out(url: str) -> bool:
    return "://127.0.0.1" not in url and url.startswith("http")


def _kept_page(browser) -> Page:
    if not _kept:
        _kept.append(browser.new_context(locale="zh-CN").new_page())
    return _kept[0]


def _left_clean(page: Page) -> None:
    """A page that does not come to rest is not kept."""
    while _listening:
        page.remove_listener(*_listening.pop())
    try:
        for one in page.context.pages:
            if one.url.startswith("http"):
                one.evaluate("() => { localStorage.clear(); sessionStorage.clear() }")
            if one is not page:
                one.close()
        page.goto("about:blank")
        page.mouse.move(0, 0)
        page.context.clear_cookies()
    except Error:
        _kept.clear()
        page.context.close()


def fits(page, width: int) -> None:
    """Nothing reaches beyond the window, once charts have taken their new size."""
    try:
        page.wait_for_function(f"width => {_REACH} <= width", arg=width, timeout=3_000)
    except TimeoutError as too_wide:
        raise AssertionError(f"{page.url} is {page.evaluate(_REACH)} px wide on a screen of {width}") from too_wide


def latin_words(page) -> set[str]:
    """What stands on the screen in Latin letters; names of icons are drawn, not read."""
    return set(re.findall(r"[A-Za-z]{3,}", page.evaluate(_READ)))


_READ = """() => {
    const style = document.head.appendChild(document.createElement('style'));
    style.textContent = '[data-testid=stIconMaterial], [data-testid=stSkipToContent] { display: none !important }';
    const said = document.querySelector('[data-testid=stApp]').innerText;
    style.remove();
    return said.replace(/[0-9A-F]{4}(-[0-9A-F]{4}){3}|demo-[\\w-]+|\\S+\\.(xlsx|xls|ods)\\b/g, '');
}"""
_REACH = (
    "Math.max(document.documentElement.scrollWidth, document.querySelector('[data-testid=stMain]')?.scrollWidth ?? 0)"
)
