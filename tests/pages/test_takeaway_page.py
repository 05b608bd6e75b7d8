"""The screen of files: words of a briefing kept as typed, a server without Chromium, files that came back."""

from __future__ import annotations

from itertools import islice
from threading import Event
from time import sleep

import pytest
from layout_fixtures import laid  # noqa: F401  (fixture)
from pages_fixtures import demonstration, screen, words  # noqa: F401  (fixture)
from pictures_fixtures import renderer  # noqa: F401  (fixture)

from access import accounts, audit
from access.model import Actor
from actions import takeaways
from actions.errors import NotAllowed, NotNow
from catalogue.wording import say
from reports import codes, layout
from reports.briefing import document
from reports.pictures import figures, pack, picture
from reports.pictures.figures import InQuarter
from reports.snapshot import take
from reports.verify import verify
from ui.app import seen
from ui.kit import tables
from ui.reads import kept
from ui.screens.takeaway import briefing, check

pytestmark = pytest.mark.usefixtures("demonstration")
BARS = InQuarter(figures.AskedChart("county_bars", "public-share"), "2021Q3", "filed")
DRAWN = ("poster", "county_card", "project_sheet")
PICTURES = (*DRAWN, "pack")


def buttons(app) -> list[str]:
    return [one.proto.label for one in app.get("download_button")]


def opened(**query: str):
    return screen("pages/takeaway.py", basis="filed", **query)


def test_every_kind_of_file_has_its_button(monkeypatch):
    monkeypatch.setattr(picture, "available", lambda: "")
    assert {
        say(f"takeaway.get.{kind}")
        for kind in (*DRAWN, "summary", "county_workbook", "indicator_workbook", "layout", "briefing")
    } <= set(buttons(app := opened()))
    assert say("takeaway.pack_begin") in [one.label for one in app.button]


def test_a_pack_is_begun_watched_and_taken(monkeypatch):
    """The page tells how far it is; made, it is a file; given up, it can be begun again."""
    monkeypatch.setattr(picture, "available", lambda: "")
    let, made = Event(), Event()

    def drawing(snapshot, progress):
        progress(7, 105)
        made.set()
        assert let.wait(20)
        progress(105, 105)
        return b"PK"

    monkeypatch.setattr(pack, "pack", drawing)
    app = opened()
    app.button(key="begin pack").click().run()
    assert made.wait(20)
    assert say("takeaway.pack_making", done=7, of=105) in str(app.run().get("progress")[0].proto.text)
    app.button(key="give up pack").click().run()
    assert say("takeaway.get.pack") not in buttons(app)
    let.set()
    app.button(key="begin pack").click().run()
    for _ in range(100):
        if say("takeaway.get.pack") in buttons(app.run()):
            return
        sleep(0.05)
    raise AssertionError(buttons(app))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_without_chromium_it_says_so_and_the_browser_draws(monkeypatch, lang):
    monkeypatch.setattr(picture, "_browser", lambda minute: False)
    app = opened(lang=lang)
    assert picture.available() in "\n".join(one.value for one in app.warning)
    assert not {say(f"takeaway.get.{kind}") for kind in PICTURES} & set(buttons(app))
    assert say("takeaway.get.summary") in buttons(app) and say("takeaway.get.briefing") in buttons(app)
    assert app.get("plotly_chart")


def test_a_layout_that_cannot_be_filled_is_said_on_the_page_and_not_offered(laid, monkeypatch):  # noqa: F811
    path = laid({"B2": "{{K99.value}}"})
    monkeypatch.setattr(layout, "layouts", lambda: [path])
    app = opened()
    assert "快报\\!B2" in app.error[0].value and say("takeaway.get.layout") not in buttons(app)


def test_changed_words_stay_until_they_are_taken_back():
    app = opened()
    assert not app.text_area
    app.toggle(key="edit briefing").set_value(True).run()
    assert len(app.text_area) > 20
    first = app.text_area[3]
    as_written = first.value
    first.set_value("局长已阅。").run()
    assert say("takeaway.edited", count=1) in words(app)
    app.toggle(key="edit briefing").set_value(False).run()
    assert say("takeaway.edited", count=1) in words(app)
    app.toggle(key="edit briefing").set_value(True).run()
    assert app.text_area[3].value == "局长已阅。"
    app.button(key="as written").click().run()
    assert app.text_area[3].value == as_written
    assert say("takeaway.edited", count=1) not in words(app)


def test_the_changed_words_are_what_is_printed():
    draft = document.draft(take("2021Q3", "filed"))
    changed, count = briefing.with_edits(draft, {draft.paragraphs[2].id: "局长已阅。"})
    assert count == 1 and changed.paragraphs[2].text == "局长已阅。"
    assert [one.text for one in changed.paragraphs if one.text != "局长已阅。"] == [
        one.text for n, one in enumerate(draft.paragraphs) if n != 2
    ]


@pytest.fixture
def a_few_pictures(monkeypatch):
    """Those that are sent around; tests/reports/test_codes.py looks through all of a quarter, which takes seconds."""
    every = codes.pictures
    monkeypatch.setattr(codes, "pictures", lambda snapshot: islice(every(snapshot), 12))


def test_a_code_is_looked_up_in_the_quarter_on_show(a_few_pictures):
    name, proof = next(iter(codes.pictures(take("2021Q3", "filed"))))
    app = opened(period="2021Q3")
    app.text_input(key="code widget").set_value(proof.code.lower()).run()
    assert name in app.success[0].value and proof.code in app.success[0].value
    app.text_input(key="code widget").set_value("0000-0000-0000-0000").run()
    assert "没有找到校验码" in app.error[0].value


def test_the_address_on_paper_looks_its_code_up_at_once(a_few_pictures):
    name, proof = next(iter(codes.pictures(take("2021Q3", "filed"))))
    app = opened(period="2021Q3", code=proof.code)
    assert app.text_input(key="code widget").value == proof.code
    assert name in app.success[0].value


@pytest.mark.parametrize(("content", "why"), [(b"PK\x03\x04 not a workbook", "damaged"), ("别人的表".encode(), "none")])
def test_a_file_of_somebody_else_is_refused_in_words(content, why):
    app = opened()
    app.file_uploader(key="check file").upload("别人的.xlsx", content).run()
    assert say(f"verify.{why}") in app.error[0].value


def test_a_file_is_read_once_and_again_when_it_is_another(monkeypatch):
    asked = []
    monkeypatch.setattr(takeaways, "check_file", lambda who, name, content: asked.append(content) or [])
    kept.forget()
    app = opened()
    app.file_uploader(key="check file").upload("一.xlsx", b"one").run()
    app.run()
    app.text_input(key="code widget").set_value("x").run()
    assert asked == [b"one"]
    app.file_uploader(key="check file").upload("一.xlsx", b"two").run()
    assert asked == [b"one", b"two"]


def test_the_words_of_a_briefing_are_those_of_the_day(monkeypatch):
    """Days late are counted from today, so a text of yesterday is stale."""
    written = []
    monkeypatch.setattr(
        takeaways, "briefing_draft", lambda who, asked: written.append(asked) or document.draft(take("2021Q3", "filed"))
    )
    kept.forget()
    for day in ("2021-10-15", "2021-10-15", "2021-10-16"):
        monkeypatch.setenv("DASHBOARD_TODAY", day)
        opened()
    assert len(written) == 2


# Charts of a screen


def leader() -> Actor:
    return Actor(account=accounts.get("demo-leader"), ip="127.0.0.1")


@pytest.mark.browser
def test_a_chart_is_drawn_with_its_proof_and_written_in_the_log(renderer):  # noqa: F811
    opened()
    name, content = takeaways.chart_file(leader(), "公办.png", BARS, None)
    [checked] = verify(name, content)
    assert checked.holds and {number.indicator for number in checked.proof.numbers} == {"public-share"}
    assert audit.entries(limit=1)[0].object == "takeaway:chart/public-share"


@pytest.mark.parametrize(
    ("account", "unit", "may"),
    [("demo-210402", "210402", True), ("demo-210402", "210411", False), ("demo-leader", "210411", True)],
)
def test_a_chart_of_a_unit_is_for_whoever_may_see_the_unit(account, unit, may):
    opened()
    chart = InQuarter(figures.AskedChart("multiples", unit), "2021Q3", "filed")
    assert takeaways.may_take_chart(Actor(account=accounts.get(account), ip="127.0.0.1"), chart) is may


def test_a_filer_gets_no_chart_that_sets_units_side_by_side(monkeypatch):
    opened()
    monkeypatch.setattr(picture, "available", lambda: "")
    with pytest.raises(NotAllowed):
        takeaways.chart_file(Actor(account=accounts.get("demo-210402"), ip="127.0.0.1"), "公办.png", BARS, None)


def test_without_chromium_a_chart_is_refused_in_words(monkeypatch):
    opened()
    monkeypatch.setattr(picture, "_browser", lambda minute: False)
    with pytest.raises(NotNow, match="Chromium"):
        takeaways.chart_file(leader(), "公办.png", BARS, None)


def test_changed_words_in_english_stay_in_english():
    """A callback runs before the screen has a language, so it is told where the words belong."""
    app = opened(lang="en")
    app.toggle(key="edit briefing").set_value(True).run()
    app.text_area[3].set_value("Seen by the director.").run()
    assert say("takeaway.edited", count=1) in words(app)
    kept = app.session_state[briefing.EDITS]
    assert {where[-1] for where in kept} == {"en"}


def test_tables_of_one_name_are_told_apart():
    seen.begin()
    for rows in ("<tr><td>甲</td></tr>", "<tr><td>乙</td></tr>"):
        seen.keep(tables.ShownTable(f"<h3>县区</h3><table>{rows}</table>"))
    seen.keep(tables.ShownTable("<table><caption>位次</caption><tr><td>丙</td></tr></table>"))
    assert [table.title for table in tables.tables("县区", counted=True)] == ["县区 1", "县区 2", "位次"]


def test_what_a_file_says_is_no_markup():
    assert check.plain("![x](http://a/b.png) 12.5%") == r"\!\[x\]\(http\://a/b.png\) 12.5%"
