"""Every screen in both languages, both themes, at a desk and on a phone: loaded once, turned where it stands, looked at each time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from accessible import grave_findings
from browser_fixtures import enter, fits, latin_words, page_of, settled

from catalogue.wording import LANGUAGES, say
from ui.app.navigation import SCREENS as NAVIGATION

Look = tuple[str, str, int]  # language, theme, width
DESK, PHONE = 1440, 390
ALL: tuple[Look, ...] = tuple(
    (lang, *look)
    for lang in ("zh", "en")
    for look in (("light", DESK), ("dark", DESK), ("dark", PHONE), ("light", PHONE))
)
# Any two of language, theme and width meet in one of these.
PAIRS: tuple[Look, ...] = (("zh", "light", DESK), ("zh", "dark", PHONE), ("en", "dark", DESK), ("en", "light", PHONE))

# A screen, and what stands on it.
SCREENS = {
    "": {"zh": "2021年第三季度：47项承诺中", "en": "Q3 2021: of 47 promises"},
    "overview?matrix=1": {"zh": "县区与指标对照", "en": "Units by indicators"},
    "indicator?indicator=public-share": {"zh": "公办幼儿园在园幼儿占比达到46%", "en": "Public enrolment share"},
    "county?unit=210404": {"zh": "望花区：可比指标", "en": "Wanghua: "},
    "county?unit=210404&card=1": {"zh": "望花区", "en": "Wanghua"},
    "tasks": {"zh": "30项任务中", "en": "30 tasks"},
    "tasks?task=20": {"zh": "改善办学条件", "en": "Better school buildings"},
    "tasks?view=matrix": {"zh": "责任单位与任务对照", "en": "Units and tasks"},
    "works": {"zh": "造价核对", "en": "Cost of a square metre"},
    "returns": {"zh": "2021年第三季度", "en": "Q3 2021"},
    "compare": {"zh": "与2021年第二季度相比", "en": "Q2 2021"},
    "takeaway": {"zh": "2021年第三季度：图片、表格、通报", "en": "Q3 2021: pictures, tables, briefing"},
    "programs": {"zh": "数据接口", "en": "Data for programs"},
    "method": {"zh": "口径与方法", "en": "Method"},
}
# Any other screen that a leader has is known by its name in the navigation.
SCREENS |= {
    one.name: {lang: say(f"shell.page.{one.name}", lang) for lang in LANGUAGES}
    for one in NAVIGATION
    if one.action in ("see_numbers", "see_unit", "chase") and one.name not in {path.split("?")[0] for path in SCREENS}
}
WRONG = "[data-testid=stException], [data-testid=stAlertContentError]"
# No English of Streamlit stands on a Chinese screen. The switch names itself; kinds of files as everybody calls them.
WORDS = {"English", "xlsx", "Excel", "Word", "PNG", "ZIP", "XLSX", "DOCX", "JPG", "JPEG", "PDF", "CSV"}


def opened(page, address, path="", lang="zh", text=None):
    enter(page, address)
    joiner = "&" if "?" in path else "?"
    page.goto(f"{address}/{path}{joiner}lang={lang}")
    settled(page, text or SCREENS[path][lang])


def screen_is_whole(browser, address, path: str, looks: tuple[Look, ...]) -> None:
    """One that a leader has."""
    with page_of(browser) as (page, outside, errors):
        opened(page, address, path)
        if path != "programs":  # codes stay as programs write them
            assert latin_words(page) <= WORDS
        for lang, theme, width in in_each(page, looks, SCREENS[path]["en"]):
            now = f"{path} {lang} {theme} {width}"
            assert (outside, errors) == ([], []), now
            assert page.locator(WRONG).count() == 0, now
            assert page.get_by_text(SCREENS[path][lang]).count(), now
            fits(page, width)
            if width == DESK:
                assert grave_findings(page) == [], now


STAFF = [
    *(("demo-210421", path) for path in ("filing", "county")),
    *(("demo-planning", path) for path in ("review", "review?form=county&reporter=210403", "filing", "returns")),
    *(("demo-admin", path) for path in ("accounts", "settings", "versions", "log")),
]
LABELS = """() => [...document.querySelectorAll('.stApp [aria-label], .stApp [title], .stApp [placeholder]')].flatMap(
    one => ['aria-label', 'title', 'placeholder'].map(name => one.getAttribute(name)).filter(Boolean))"""
# No English of Streamlit stands on a Chinese screen.
STAFFS_WORDS = {
    "English",
    "CSV",
    "ODS",
    "XLS",
    "XLSB",
    "XLSM",
    "XLSX",
    "ZIP",
    "xlsx",
    "SHA",
    "data",  # where the rules of keeping stand: data/warehouse.toml
    "warehouse",
    "toml",
    "county",
    "department",
    "project",
    "planning",
}


def staffs_screen_fits(browser, house, account: str, path: str, looks: tuple[Look, ...]) -> None:
    """One of those who file, review or administer."""
    with page_of(browser) as (page, outside, errors):
        enter(page, house, account)
        page.goto(f"{house}/{path}{'&' if '?' in path else '?'}lang=zh")
        settled(page, "抚顺市教育工作要点监测平台")
        said = latin_words(page) | set(re.findall(r"[A-Za-z]{3,}", "\n".join(page.evaluate(LABELS))))
        assert {word for word in said if not re.fullmatch("[a-f]{3,}", word)} <= STAFFS_WORDS
        for lang, theme, width in in_each(page, looks, "Fushun"):
            page.get_by_test_id("stMainBlockContainer").locator("h3, h2").first.wait_for()
            assert page.locator("[data-testid=stException]").count() == 0, f"{lang} {theme} {width}"
            fits(page, width)
            if width == DESK:
                assert grave_findings(page) == [], (lang, theme)
        assert outside == [] and errors == []


def in_each(page, looks: tuple[Look, ...], english: str) -> Iterator[Look]:
    """The Chinese screen on show in each of `looks`, Chinese ones first, at rest and never loaded again.

    english: what stands on the screen once its button has made it English.
    """
    spoken = "zh"
    for lang, theme, width in looks:
        if lang != spoken:
            page.set_viewport_size({"width": DESK, "height": 900})
            page.get_by_text("English", exact=True).first.click()
            settled(page, english)
            spoken = lang
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function(_HAS_GROUND, arg=theme, timeout=10_000)
        page.wait_for_function(_AT_REST, timeout=30_000)
        yield lang, theme, width


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
