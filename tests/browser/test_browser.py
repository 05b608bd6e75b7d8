"""The screens in a real browser: both languages, both themes, desk and phone; clicks, links, back, pictures."""

from __future__ import annotations

import pytest
from accessible import grave_findings
from browser_fixtures import listen, page_of, settled
from looks_fixtures import PAIRS, SCREENS, opened, screen_is_whole

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", SCREENS)
def test_every_screen_is_whole_in_both_languages_themes_and_widths(browser, address, path):
    screen_is_whole(browser, address, path, PAIRS)


def test_on_paper_a_table_stands_as_text_where_the_screen_has_a_canvas(browser, address):
    with page_of(browser) as (page, _, errors):
        opened(page, address, "returns")
        canvas, twin = page.get_by_test_id("stDataFrame").first, page.locator(".on-paper").first
        canvas.wait_for()
        assert not twin.is_visible()
        page.emulate_media(media="print")
        twin.wait_for()
        assert not canvas.is_visible()
        rows = twin.locator("tbody tr").all_inner_texts()
        assert any("望花" in row for row in rows) and "应报" not in "".join(rows[1:])
        assert errors == []


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1366, 768), (1920, 1080)])
def test_the_state_of_the_plan_stands_on_one_screen(browser, address, width, height):
    with page_of(browser, width=width, height=height) as (page, _, _):
        opened(page, address)
        assert page.locator('table.board a.go[href^="indicator"]').count() == 47
        assert page.locator('table.board a.go[href*="why="]').count() == 47
        assert page.locator('.bullets a.go[href^="indicator"]').count() == 14
        foot = page.evaluate(
            "() => Math.max(...[...document.querySelectorAll('.trio .card, .bullet')].map(e => e.getBoundingClientRect().bottom))"
        )
        assert foot <= height


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_filed_and_not_approved_is_drawn_paler_in_either_language(browser, address, lang):
    with page_of(browser) as (page, _, _):
        opened(page, address, lang=lang)
        for ghost in (".bullets .meter b.ghost", ".bullets .dots-track i.ghost"):
            assert page.locator(ghost).first.is_visible(), ghost


def test_on_a_phone_the_header_is_low_and_the_screens_stand_as_tabs_at_the_foot(browser, address):
    with page_of(browser, width=390, height=844, user_agent="Mozilla/5.0 (Linux; Android 13) Mobile") as (page, _, _):
        opened(page, address)
        head = page.locator(".st-key-masthead").bounding_box()
        assert head["y"] + head["height"] <= 120
        tabs = page.locator("nav.foot-tabs")
        assert tabs.bounding_box()["y"] + tabs.bounding_box()["height"] == 844
        tabs.get_by_text("更多").click()
        tabs.get_by_text("报送情况").click()
        page.locator("nav.foot-tabs details.here").wait_for(state="attached")
        settled(page, "2021年第三季度报送情况")


def test_a_click_goes_down_to_the_indicator_without_a_new_load_and_back_comes_home(browser, address):
    with page_of(browser) as (page, _, _):
        opened(page, address)
        loads = []
        listen(
            page, "request", lambda request: loads.append(request.url) if request.resource_type == "document" else None
        )
        page.locator('ol.attend a.go[href^="indicator"]:not([href*="why="])').first.click()
        settled(page, "数据来源（到单元格）")
        assert "/indicator" in page.url and "indicator=" in page.url and "period=2021Q3" in page.url
        page.go_back()
        settled(page, "2021年第三季度：47项承诺中")
        assert loads == []


def test_a_click_on_a_light_says_why_and_closes_again(browser, address):
    with page_of(browser) as (page, _, errors):
        opened(page, address)
        loads = []
        listen(
            page, "request", lambda request: loads.append(request.url) if request.resource_type == "document" else None
        )
        for _ in range(2):  # once more after it was closed
            page.locator('table.board a.go[href*="why=public-share"]').first.click()
            box = page.get_by_role("dialog")
            box.get_by_text("转绿还差").wait_for()
            assert "公办园在园幼儿" in box.inner_text() and "why=public-share" in page.url
            page.keyboard.press("Escape")
            box.wait_for(state="detached")
            page.wait_for_function("() => !location.search.includes('why=')")
        assert loads == [] and errors == []


def test_a_link_opens_the_same_screen_for_somebody_else(browser, address):
    with page_of(browser) as (page, _, _):
        opened(page, address, "indicator?indicator=trainees&period=2021Q1&basis=approved", text="职业院校社会培训人数")
        page.get_by_text("620人", exact=True).first.wait_for()
        page.get_by_text("仅已审核").first.wait_for()


def test_the_language_is_one_click_away(browser, address):
    with page_of(browser) as (page, _, _):
        opened(page, address)
        page.get_by_role("radio", name="English").or_(page.get_by_text("English", exact=True)).first.click()
        settled(page, "Q3 2021: of 47 promises")
        assert "lang=en" in page.url


def test_the_picture_button_saves_a_png_under_a_chinese_name(browser, address):
    with page_of(browser) as (page, _, _):
        opened(page, address, "indicator?indicator=public-share")
        chart = page.locator(".st-key-trend .js-plotly-plot").first
        chart.wait_for()
        chart.hover()
        with page.expect_download() as download:
            page.locator(".st-key-trend .modebar-btn").first.click()
        assert download.value.suggested_filename == "公办幼儿园在园幼儿占比_2021年第三季度.png"
        content = download.value.path().read_bytes()
        assert content[:8] == b"\x89PNG\r\n\x1a\n"
        assert int.from_bytes(content[16:20]) == 1440


def test_the_workbook_behind_a_number_can_be_taken_away(browser, address):
    with page_of(browser) as (page, _, _):
        opened(page, address, "indicator?indicator=public-share&period=2021Q1", text="数据来源（到单元格）")
        page.get_by_text("原件（8份）").click()
        page.get_by_text("打开时不要启用宏和外部内容").wait_for()
        with page.expect_download() as download:
            page.get_by_role("button", name="抚顺市_新抚区_2021年第一季度").click()
        assert download.value.path().read_bytes()[:2] == b"PK"


def test_the_wall_fills_any_screen_and_can_be_read_by_all(browser, address):
    for width, height in ((1920, 1080), (3840, 2160)):
        with page_of(browser, width=width, height=height, theme="dark") as (page, outside, errors):
            opened(page, address, "overview?kiosk=", text="数据截至")
            wall = page.locator(".wall").bounding_box()
            assert (wall["width"], wall["height"]) == (width, height)
            ends = page.evaluate(
                "() => [...document.querySelectorAll('.wall-column')].map(e => Math.max(...[...e.children].map(c => c.getBoundingClientRect().bottom)))"
            )
            assert len(ends) == 3 and all(0.93 * height < end <= height for end in ends)
            assert page.get_by_text("没有这个页面").count() == 0
            assert (outside, errors, grave_findings(page)) == ([], [], [])


@pytest.mark.parametrize("path", ["indicator?indicator=public-share", "returns"])
def test_a_table_is_one_stop_for_who_walks_with_the_tab_key(browser, address, path):
    """Two where its rows scroll; a canvas took one for each of its columns, and four for tools of its own."""
    with page_of(browser) as (page, _, errors):
        opened(page, address, path, text="数据来源（到单元格）" if "indicator" in path else None)
        page.get_by_test_id("stDataFrame").locator("canvas").first.wait_for()
        page.evaluate(BEFORE_THE_TABLE)
        stops = []
        for _ in range(4):
            page.keyboard.press("Tab")
            stops.append(page.evaluate("() => !!document.activeElement.closest('[data-testid=stDataFrame]')"))
        assert stops[0] and not stops[2], stops
        page.keyboard.press("Shift+Tab")
        assert not page.get_by_test_id("stElementToolbar").first.is_visible() and errors == []


# The last place before the first table that Tab stops at has the focus.
BEFORE_THE_TABLE = """() => {
    const table = document.querySelector('[data-testid=stDataFrame]');
    const places = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')];
    places.filter(one => one.offsetParent && !table.contains(one) && one.compareDocumentPosition(table) & 4).at(-1).focus();
}"""


def test_signing_out_in_one_tab_empties_the_others_that_nobody_looks_at(browser, address):
    with page_of(browser) as (page, _, errors):
        opened(page, address, "tasks")
        other = page.context.new_page()
        other.goto(f"{address}/county?unit=210404")
        settled(other, SCREENS["county?unit=210404"]["zh"])
        page.get_by_role("button", name="演示领导").click()
        page.locator("a.leaving", has_text="退出").click()
        page.get_by_role("button", name="退出登录").click()
        other.wait_for_url("**/sign-in**", timeout=5_000)
        assert "/sign-in" in page.url and errors == []


def test_a_screen_that_is_not_ones_own_is_refused_and_nothing_stands_over_the_refusal(browser, address):
    with page_of(browser) as (page, _, errors):
        opened(page, address, "accounts", text="您没有查看这部分内容的权限")
        assert page.get_by_role("dialog").count() == 0 and errors == []
        page.get_by_text("回到总览").click()
        settled(page, SCREENS[""]["zh"])
        assert "/overview" in page.url
