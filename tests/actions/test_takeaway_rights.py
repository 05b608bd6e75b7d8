"""Who takes which file away: each role × each kind, one line in the log for each, and why one cannot be made, in words."""

# ruff: noqa: F811
from __future__ import annotations

import io
import re
from datetime import datetime

import openpyxl
import pytest
from actions_fixtures import actor, demonstration, desk  # noqa: F401  (fixtures)
from layout_fixtures import laid  # noqa: F401  (fixture)
from proof_fixtures import move_on

from access import audit
from actions import takeaways
from actions.errors import NotAllowed, NotNow
from actions.takeaways import AskedFile, OnScreen
from catalogue.load import current_plan
from catalogue.wording import say, use_language
from reports import layout, verify
from reports.files import KINDS
from reports.pictures import picture
from reports.snapshot import take
from reports.table_cells import Table
from reports.tables import Origin
from warehouse import store

pytestmark = pytest.mark.usefixtures("desk")
PERIOD = "2021Q3"
READERS = ("leader", "planning", "office", "finance", "preschool", "admin")
ABOUT = {
    "county_workbook": "210402",
    "county_card": "210402",
    "indicator_workbook": "public-share",
    "county_card_pdf": "210402",
    "indicator_poster": "public-share",
    "indicator_poster_pdf": "public-share",
    "layout": "季度快报.xlsx",
}


def asked(kind: str, about: str | None = None, **how: object) -> AskedFile:
    named = ABOUT.get(kind, "") if about is None else about
    return AskedFile(
        PERIOD,
        "filed",
        about=named or (next(iter(current_plan().projects)) if kind.startswith("project_sheet") else ""),
        **how,
    )


def lines(**of: str) -> list[tuple[str, ...]]:
    """(who, event, object, result, detail) of the log, oldest first."""
    return [
        (one.name, one.event, one.object, one.result, one.detail)
        for one in reversed(audit.entries(**of))
        if one.object.startswith("takeaway:")
    ]


# Who


def test_leaders_reviewers_and_administrators_may_take_every_kind_the_auditor_none():
    people = {who: actor(who) for who in (*READERS, "auditor", "210404")}
    may = {(who, kind) for who in people for kind in KINDS if takeaways.may_take(people[who], kind, asked(kind))}
    assert may == {(who, kind) for who in READERS for kind in KINDS}


def test_those_who_file_may_take_only_what_is_about_their_own_unit():
    filer = actor("210402")
    assert {kind for kind in KINDS if takeaways.may_take(filer, kind, asked(kind))} == {
        "county_workbook",
        "county_card",
        "county_card_pdf",
    }
    assert not [kind for kind in KINDS if takeaways.may_take(filer, kind, asked(kind, "210404"))]


@pytest.mark.parametrize(
    ("kind", "about"),
    [
        ("county_workbook", "210404"),
        ("county_workbook", ""),
        ("county_card", "210404"),
        ("summary", ""),
        ("layout", "季度快报.xlsx"),
        ("pack", ""),
    ],
)
def test_what_is_refused_is_not_made_and_leaves_one_line(kind, about, monkeypatch):
    monkeypatch.setattr(takeaways, "make", None)
    with pytest.raises(NotAllowed):
        takeaways.take_away(actor("210402"), kind, AskedFile(PERIOD, "filed", about=about))
    right = "see_unit" if about == "210404" or kind == "county_workbook" else "see_numbers"
    assert lines() == [("demo-210402", "refused", f"takeaway:{kind}", "refused", right)]


@pytest.mark.parametrize("who", ["210402", "auditor"])
def test_texts_and_checks_are_refused_to_whom_numbers_are(who):
    tried = [
        lambda: takeaways.briefing_draft(actor(who), asked("briefing")),
        lambda: takeaways.briefing_file(actor(who), asked("briefing"), None),
        lambda: takeaways.check_file(actor(who), "x.xlsx", b"x"),
        lambda: takeaways.check_code(actor(who), "0", PERIOD, None),
    ]
    for one in tried:
        with pytest.raises(NotAllowed):
            one()
    told = ["takeaway:briefing"] * 2 + ["takeaway:verify"] * 2
    assert lines() == [(f"demo-{who}", "refused", object, "refused", "see_numbers") for object in told]


# Taken


@pytest.mark.parametrize(
    ("who", "kind", "name"),
    [
        ("leader", "layout", "抚顺市_季度快报_2021年第三季度_自有表样.xlsx"),
        ("planning", "indicator_workbook", "抚顺市_公办幼儿园在园幼儿占比_2021年第三季度_指标表.xlsx"),
        ("admin", "county_workbook", "抚顺市_新抚区_2021年第三季度_数据表.xlsx"),
        ("210402", "county_workbook", "抚顺市_新抚区_2021年第三季度_数据表.xlsx"),
    ],
)
def test_a_file_taken_is_whole_and_a_line_in_the_log(who, kind, name):
    told, content = takeaways.take_away(actor(who), kind, asked(kind))
    assert told == name
    assert lines() == [(f"demo-{who}", "download", f"takeaway:{kind}/{ABOUT[kind]}", "ok", name)]
    assert len(openpyxl.load_workbook(io.BytesIO(content), read_only=True).sheetnames) > 1
    [checked] = verify.verify(told, content)
    assert checked.holds and checked.proof.period == PERIOD


def test_a_briefing_as_it_was_edited_is_taken_and_logged_by_its_quarter(monkeypatch):
    monkeypatch.setattr(picture, "available", lambda: "没有浏览器")
    draft = takeaways.briefing_draft(actor("leader"), asked("briefing"))
    assert lines() == []
    name, content = takeaways.briefing_file(actor("leader"), asked("briefing"), draft)
    assert name == "抚顺市_2021年第三季度_督查通报.docx"
    assert lines() == [("demo-leader", "download", "takeaway:briefing/2021Q3", "ok", name)]
    [told] = takeaways.check_file(actor("leader"), name, content)
    assert told.verdict == "holds"


TABLE = Table("表", ("单位", "人数"), (("新抚区", "420人"),))


def origin() -> Origin:
    return Origin("县区", datetime(2021, 10, 15, 9, 30), 1, True, take(PERIOD, "filed"))


def test_tables_of_a_screen_leave_their_line_too():
    here = OnScreen("county", "see_unit", "210402")
    for name in ("县区_2021Q3.xlsx", "县区_2021Q3_表.csv"):
        told, content = takeaways.tables_file(actor("210402"), here, name, [TABLE], origin())
        assert told == name and verify.verify(name, content)[0].holds
    assert lines() == [
        ("demo-210402", "download", "takeaway:table/county", "ok", name)
        for name in ("县区_2021Q3.xlsx", "县区_2021Q3_表.csv")
    ]


@pytest.mark.parametrize(
    ("who", "screen"),
    [
        ("auditor", OnScreen("overview", "see_numbers")),
        ("auditor", OnScreen("county", "see_unit", "210402")),
        ("auditor", OnScreen("review", "review")),
        ("auditor", OnScreen("accounts", "administer")),
        ("210402", OnScreen("overview", "see_numbers")),
        ("210402", OnScreen("returns", "chase")),
        ("210402", OnScreen("county", "see_unit", "210404")),
        ("210402", OnScreen("filing", "file", "210404")),
        ("210402", OnScreen("review", "review")),
        ("210402", OnScreen("log", "read_log")),
        ("leader", OnScreen("filing", "file", "")),
        ("preschool", OnScreen("review", "review")),
    ],
)
def test_tables_of_a_screen_that_is_not_ones_own_are_refused(who, screen):
    with pytest.raises(NotAllowed):
        takeaways.tables_file(actor(who), screen, "表.csv", [TABLE], origin())
    assert lines() == [(f"demo-{who}", "refused", f"takeaway:table/{screen.name}", "refused", screen.right)]


@pytest.mark.parametrize(
    ("who", "screen"),
    [
        ("auditor", OnScreen("log", "read_log")),
        ("210402", OnScreen("filing", "file", "210402")),
        ("planning", OnScreen("review", "review")),
        ("leader", OnScreen("returns", "chase")),
        ("admin", OnScreen("accounts", "administer")),
    ],
)
def test_tables_of_ones_own_screen_are_given(who, screen):
    assert takeaways.tables_file(actor(who), screen, "表.csv", [TABLE], origin())[0] == "表.csv"


def test_an_older_version_is_taken_when_it_is_asked_for(desk):
    old = store.newest(desk).number
    move_on(desk)
    _, content = takeaways.take_away(actor("leader"), "layout", asked("layout", version=old))
    [checked] = verify.verify("x.xlsx", content)
    assert checked.proof.version == old and checked.newest == old + 1 and checked.holds
    [told] = takeaways.check_file(actor("leader"), "x.xlsx", content)
    assert told.verdict == "moved" and f"与最新的第{old + 1}版相比" in "\n".join(told.lines)


def test_a_changed_file_is_broken_and_one_of_somebody_else_is_refused_in_words():
    with pytest.raises(verify.NoProof, match=re.escape(say("verify.none"))):
        takeaways.check_file(actor("leader"), "别人的.pdf", b"%PDF-1.7")
    _, content = takeaways.take_away(actor("leader"), "layout", asked("layout"))
    book = openpyxl.load_workbook(io.BytesIO(content))
    place = verify.verify("x", content)[0].proof.numbers[0].place
    book[place.rpartition("!")[0]][place.rpartition("!")[2]] = 99.5
    out = io.BytesIO()
    book.save(out)
    [told] = takeaways.check_file(actor("leader"), "x.xlsx", out.getvalue())
    assert told.verdict == "broken" and any(place in line and "99.5" in line for line in told.lines)


# Not made


@pytest.mark.parametrize(
    ("kind", "about", "period", "said"),
    [
        ("county_workbook", "999999", PERIOD, "没有“999999”，可用：210402"),
        ("county_workbook", "", PERIOD, "请写明是关于哪一个的，可用：210402"),
        ("indicator_workbook", "K99", PERIOD, "没有“K99”"),
        ("layout", "没有.xlsx", PERIOD, "没有“没有.xlsx”，可用：季度快报.xlsx。"),
        ("layout", "../plan.toml", PERIOD, "没有“../plan.toml”"),
        ("summary", "210402", PERIOD, "这种文件是关于全市的，不能写“210402”。"),
        ("summary", "", "2031Q1", "工作要点没有2031Q1这个报告期，可用：2020Q4、2021Q1"),
    ],
)
def test_what_there_is_not_is_said_and_not_logged_as_taken(kind, about, period, said):
    with pytest.raises(NotNow) as problem:
        takeaways.take_away(actor("leader"), kind, AskedFile(period, "filed", about=about))
    assert str(problem.value).startswith(said)
    assert lines(event="download") == []


@pytest.mark.parametrize("kind", ["poster", "county_card", "indicator_poster", "project_sheet", "poster_pdf", "pack"])
def test_without_a_browser_pictures_are_refused_in_words(kind, monkeypatch):
    monkeypatch.setattr(picture, "available", lambda: "没有安装Chromium。")
    assert takeaways.no_pictures() == "没有安装Chromium。"
    with pytest.raises(NotNow) as problem:
        takeaways.take_away(actor("leader"), kind, asked(kind))
    assert str(problem.value) == "本机不能生成图片：没有安装Chromium。"
    assert lines(event="download") == []


def test_a_broken_layout_is_refused_with_its_cell(laid, monkeypatch):
    path = laid({"B2": "{{K99.value}}"})
    monkeypatch.setattr(layout, "layouts", lambda: [path])
    with pytest.raises(NotNow) as problem:
        takeaways.take_away(actor("leader"), "layout", asked("layout", path.name))
    assert str(problem.value).startswith("表样没有填：快报!B2：")
    assert takeaways.layouts() == ["快报.xlsx"] and lines(event="download") == []


def test_a_layout_is_tried_before_it_is_offered(laid, monkeypatch):
    assert takeaways.layout_problem(actor("leader"), asked("layout")) == ""
    path = laid({"B2": "{{K99.value}}"})
    monkeypatch.setattr(layout, "layouts", lambda: [path])
    assert "快报!B2：" in takeaways.layout_problem(actor("leader"), asked("layout", path.name))
    with pytest.raises(NotAllowed):
        takeaways.layout_problem(actor("210402"), asked("layout"))


def test_a_version_that_is_not_kept_is_said():
    with pytest.raises(store.StoreError, match="数据第99版已不在本机"):
        takeaways.take_away(actor("leader"), "layout", asked("layout", version=99))


# Names


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_name_can_be_kept_on_any_disk_and_says_what_it_is(lang):
    use_language(lang)
    for kind, how in KINDS.items():
        names = [
            takeaways.shown_name(kind, asked(kind, about))
            for about in (how.abouts(current_plan()) if how.abouts else ("",))
        ]
        assert names and len(set(names)) == len(names)
        for name in names:
            assert name.endswith(f".{how.ending}") and not re.search(r'[\s\\/:*?"<>|\x00-\x1f]', name), name
            assert len(name.encode()) <= 255 and (lang == "en" or re.match(r"抚顺市_.*2021年第三季度_", name))


def test_a_name_holds_no_sign_a_disk_refuses():
    name = takeaways.shown_name("layout", asked("layout", '甲/乙 丙:丁"戊.xlsx'))
    assert not re.search(r'[\s\\/:*?"<>|]', name) and name.endswith("_2021年第三季度_自有表样.xlsx")
