"""The screens in a real browser: both languages, both themes, desk and phone; clicks, links, back, pictures."""
from __future__ import annotations

import re

import pytest
from browser_fixtures import enter, page_of, settled

pytestmark = pytest.mark.browser

SCREENS = {
    "": {"zh": "2021年第三季度工作要点完成情况", "en": "The plan in Q3 2021"},
    "indicator?indicator=public-share": {"zh": "公办幼儿园在园幼儿占比达到46%", "en": "Public enrolment share"},
    "county?unit=210404": {"zh": "望花区 2021年第三季度", "en": "Wanghua, Q3 2021"},
}


def opened(page, address, path="", lang="zh", text=None):
    enter(page, address)
    joiner = "&" if "?" in path else "?"
    page.goto(f"{address}/{path}{joiner}lang={lang}")
    settled(page, text or SCREENS[path][lang])


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("path", SCREENS)
def test_a_screen_opens_whole_and_asks_nobody_outside(browser, address, path, lang, theme, width):
    with page_of(browser, width=width, theme=theme) as (page, outside, errors):
        opened(page, address, path, lang)
        assert outside == []
        assert errors == []
        assert page.locator("[data-testid=stException]").count() == 0
        reach = page.evaluate("() => document.documentElement.scrollWidth")
        assert reach <= width, f"{path} is {reach} px wide on a screen of {width}"


def test_no_english_word_of_streamlit_stands_on_the_chinese_screen(browser, address):
    with page_of(browser) as (page, _, _):
        for path in SCREENS:
            opened(page, address, path)
            page.locator("[data-testid=stSkipToContent]").wait_for(state="hidden")
            page.evaluate("() => document.querySelectorAll('[data-testid=stIconMaterial]').forEach(icon => icon.remove())")
            said = page.locator("[data-testid=stApp]").inner_text()
            assert set(re.findall(r"[A-Za-z]{3,}", said)) <= {"English"}, path  # the switch names itself


def test_a_click_on_the_matrix_goes_down_to_the_indicator_and_back_comes_home(browser, address):
    with page_of(browser) as (page, _, _):
        opened(page, address)
        page.get_by_text("市实验小学完成投资").first.wait_for()
        link = page.locator("[data-testid=stPageLink] a").first
        link.click()
        settled(page, "数据来源（到单元格）")
        assert "/indicator" in page.url and "indicator=" in page.url and "period=2021Q3" in page.url
        page.go_back()
        settled(page, "2021年第三季度工作要点完成情况")


def test_a_link_opens_the_same_screen_for_somebody_else(browser, address):
    with page_of(browser) as (page, _, _):
        opened(page, address, "indicator?indicator=trainees&period=2021Q1&basis=approved", text="职业院校社会培训人数")
        page.get_by_text("620人", exact=True).first.wait_for()
        page.get_by_text("仅已审核").first.wait_for()


def test_the_language_is_one_click_away(browser, address):
    with page_of(browser) as (page, _, _):
        opened(page, address)
        page.get_by_role("radio", name="English").or_(page.get_by_text("English", exact=True)).first.click()
        settled(page, "The plan in Q3 2021")
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
        page.get_by_text("下载原始报表（8份）").click()
        with page.expect_download() as download:
            page.get_by_role("button", name="抚顺市_新抚区_2021年第一季度").click()
        assert download.value.path().read_bytes()[:2] == b"PK"
