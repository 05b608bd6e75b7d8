"""The gate before a real browser: in by one click, out at the next click after the session has ended."""

from __future__ import annotations

import shutil

import pytest
from browser_fixtures import listen, page_of, serving, settled

from access import db, sessions
from bench.browser import DEMONSTRATION

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def demonstration(demo_data, tmp_path_factory):
    """The address of a running demonstration of this chapter's own; sessions can be ended from here."""
    folder = tmp_path_factory.mktemp("gate") / "var"
    shutil.copytree(demo_data, folder)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**DEMONSTRATION, "DASHBOARD_DATA": str(folder)}.items():
            patch.setenv(name, value)
        with serving(folder) as address:
            yield address
        db.dispose()


def test_a_tab_goes_to_the_sign_in_page_at_its_next_click_and_back_again(browser, demonstration):
    with page_of(browser) as (page, outside, errors):
        complaints = []
        listen(
            page,
            "console",
            lambda told: complaints.append(told.text) if "Content Security Policy" in told.text else None,
        )
        page.goto(f"{demonstration}/county?unit=210403")
        assert "/sign-in?next=/county" in page.url
        page.get_by_role("button", name="演示领导").click()
        settled(page, "各项指标")
        assert "/county?" in page.url and "unit=210403" in page.url
        sessions.end_all("demo-leader")
        page.get_by_text("望花区", exact=True).first.click()
        page.get_by_text("登录已结束").wait_for()
        assert "/sign-in?ended=1&next=/county" in page.url
        page.get_by_role("button", name="演示领导").click()
        settled(page, "各项指标")
        assert "/county?" in page.url
        assert (outside, errors, complaints) == ([], [], [])


def test_the_sign_in_page_fits_a_telephone_and_needs_nothing_else(browser, demonstration):
    with page_of(browser, 390, 844) as (page, outside, errors):
        asked = []
        listen(page, "request", lambda request: asked.append(request.url.removeprefix(demonstration)))
        page.goto(f"{demonstration}/sign-in")
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        assert {path for path in asked if "favicon" not in path} == {"/sign-in"}
        assert (outside, errors) == ([], [])
