"""The dashboard in a headless Chromium: one server and one browser for the whole run."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, TimeoutError

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
def page_of(browser, width: int = 1440, height: int = 900, theme: str = "light", **more):
    """A fresh page; gives (page, requests that left the machine, console errors). more: of a browser context of its own.

    Without more the context is that of the page before, which knows the scripts already; nobody is signed in and nothing
    is kept of what pages before stored.
    """
    context = _of_its_own(browser, **more) if more else _shared(browser)
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=theme)
    outside, errors = [], []
    page.on(
        "request", lambda r: outside.append(r.url) if "://127.0.0.1" not in r.url and r.url.startswith("http") else None
    )
    page.on("pageerror", lambda problem: errors.append(str(problem)))
    try:
        yield page, outside, errors
    finally:
        if more:
            context.close()
        else:
            _left_clean(context)


def _of_its_own(browser, **more) -> BrowserContext:
    return browser.new_context(locale="zh-CN", **more)


def _shared(browser) -> BrowserContext:
    return next(iter(browser.contexts), None) or _of_its_own(browser)


def _left_clean(context: BrowserContext) -> None:
    for page in context.pages:
        if page.url.startswith("http"):
            page.evaluate("() => { localStorage.clear(); sessionStorage.clear() }")
        page.close()
    context.clear_cookies()


LOOKS = (("light", 1440), ("dark", 1440), ("dark", 390), ("light", 390))


def in_every_look(page) -> Iterator[tuple[str, int]]:
    """The screen on show turned dark and narrow and back without loading it again; gives (theme, width) at rest."""
    for theme, width in LOOKS:
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function(_HAS_GROUND, arg=theme, timeout=10_000)
        page.wait_for_function(_AT_REST, timeout=30_000)
        yield theme, width
    page.set_viewport_size({"width": LOOKS[0][1], "height": 900})


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
# What is asked for anew is drawn faint until it is there, and its colour comes back slowly.
_AT_REST = """() => document.querySelector('.stApp')?.getAttribute('data-test-script-state') === 'notRunning'
    && !document.querySelector('[data-stale=true]')
    && document.getAnimations().every(one => one.playState !== 'running' || one.effect.getComputedTiming().endTime === Infinity)"""
_HAS_GROUND = """theme => {
    const ground = getComputedStyle(document.querySelector('.stApp')).backgroundColor.match(/\\d+/g).map(Number);
    const ink = getComputedStyle(document.documentElement).getPropertyValue('--ink').trim();
    const dark = ground[0] + ground[1] + ground[2] < 384;
    return dark === (theme === 'dark') && document.documentElement.dataset.scheme === theme && (parseInt(ink.slice(1, 3), 16) > 128) === dark;
}"""
