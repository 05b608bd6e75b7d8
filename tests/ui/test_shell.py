"""What surrounds the screens: who has which, what the address may not open, and versions kept for a meeting."""

from __future__ import annotations

import re

import pytest
from pages_fixtures import demonstration, looking, screen, signed_in, words, written  # noqa: F401  (fixtures)

from access import accounts, audit, sessions
from access.model import Actor
from actions import reviewing, versions
from actions.keys import ReturnKey
from actions.standing import standing
from catalogue.load import current_plan
from catalogue.period import Period
from ui.app.navigation import FIRST
from ui.app.shell import SCREENS, screens
from warehouse import store

LOOKING = {
    *("overview", "indicator", "county", "tasks", "works", "returns", "compare"),
    *("takeaway", "method", "programs"),
}
HAS = {
    "demo-leader": LOOKING,
    "demo-210421": {"filing", "county", "programs"},
    "demo-planning": {"filing", "review", *LOOKING},
    "demo-preschool": {"filing", *LOOKING},
    "demo-admin": {*LOOKING, "accounts", "settings", "versions", "log"},
    "demo-auditor": {"log"},
}


def refusals() -> list[audit.LogEntry]:
    return audit.entries(event="refused")


@pytest.mark.parametrize("name", HAS)
def test_every_role_has_its_screens_and_no_others(looking, name):  # noqa: F811
    signed_in(name)
    assert {one.name for one in screens(accounts.get(name))} == HAS[name]


@pytest.mark.parametrize("name", HAS)
def test_a_screen_that_is_not_ones_own_cannot_be_switched_to(looking, name):  # noqa: F811
    for one in SCREENS:
        if one.name not in HAS[name]:
            with pytest.raises(ValueError, match="page"):
                screen(one.path, account=name)


@pytest.mark.parametrize("name", ["demo-leader", "demo-210421", "demo-admin", "demo-auditor"])
def test_its_address_is_refused_and_logged_once(demonstration, name):  # noqa: F811
    app = screen(account=name, url="http://127.0.0.1:8501/review?period=2021Q3")
    assert "您没有查看这部分内容的权限" in words(app)
    assert len(app.dataframe) == len(app.get("plotly_chart")) == 0
    assert '<nav class="tabs"' in written(app) and "回到" in words(app)  # banner and a way out stay
    [line] = refusals()
    assert (line.name, line.object, line.result) == (name, "page:review", "refused")


@pytest.mark.parametrize("name", HAS)
def test_the_navigation_has_ones_own_screens_in_groups_and_marks_the_one_on_show(looking, name):  # noqa: F811
    nav = re.search(r'<nav class="tabs".*?</nav>', written(screen(account=name)), re.S)[0]
    assert re.findall(r'href="(\w+)', nav) == [one.name for one in SCREENS if one.name in HAS[name]]
    [here] = re.findall(r'class="go here" aria-current="page" href="(\w+)', nav)
    first = FIRST[accounts.get(name).role]
    assert here == (first if first in HAS[name] else "overview")


def test_a_filer_sees_its_own_unit_and_the_address_opens_no_other(demonstration):  # noqa: F811
    app = screen("pages/county.py", account="demo-210421")
    assert "抚顺县" in words(app) and app.get("button_group")
    assert refusals() == []
    app = screen("pages/county.py", account="demo-210421", unit="210402")
    assert "您没有查看这部分内容的权限" in words(app)
    assert "新抚区" not in words(app) and len(app.dataframe) == 0
    [line] = refusals()
    assert (line.name, line.object) == ("demo-210421", "unit:210402")


def test_a_filer_is_offered_no_other_unit_to_choose(looking):  # noqa: F811
    app = screen("pages/county.py", account="demo-210421")
    [choice] = [group for group in app.get("button_group") if group.key == "unit widget"]
    assert list(choice.options) == ["抚顺县"]


def test_a_session_that_was_ended_shows_nothing(demonstration):  # noqa: F811
    session = signed_in("demo-leader")
    app = screen(session=session)
    assert "项承诺中" in words(app)
    sessions.end(session)
    app.run()
    assert "登录已失效，请重新登录。" in words(app)
    assert "项承诺中" not in words(app) and len(app.get("plotly_chart")) == 0


# Versions kept for a meeting


@pytest.fixture
def meeting(demonstration):  # noqa: F811
    """The first version is kept for a meeting; afterwards 东洲区 is approved, which changes approved figures."""
    signed_in("demo-admin")
    versions.freeze(Actor(account=accounts.get("demo-admin")), 1, "三季度调度会", "2021Q3")
    key = ReturnKey("county", "210403", Period(2021, 3))
    reviewing.approve(Actor(account=accounts.get("demo-planning")), key, seen=standing(key).seen)


def value(app) -> str:
    """What the overview says of K01."""
    return re.search(r"K01</span>.*?<b>([\d.]+%)</b>", written(app))[1]


def test_the_meetings_version_can_be_chosen_says_so_and_can_be_left(meeting):
    app = screen()
    newest = value(app)
    app.selectbox(key="version widget").set_value("1").run()
    assert not app.exception
    assert "正在查看“三季度调度会”会议版：第1版" in words(app)
    assert value(app) != newest
    app.selectbox(key="version widget").set_value("").run()
    assert not app.exception
    assert value(app) == newest and "正在查看" not in words(app)


def test_a_link_to_a_version_shows_it_and_the_button_leads_back(meeting):
    app = screen(version="1")
    assert "会议版" in words(app)
    app.button(key="leave version").click().run()
    assert not app.exception
    assert "正在查看" not in words(app)


def test_a_version_that_is_not_kept_is_the_newest(meeting):
    assert "正在查看" not in words(screen(version="99"))
    assert store.newest(store.data_folder()).number == 2


def test_the_plan_names_a_reviewer_for_every_form_that_is_owed():
    plan = current_plan()
    assert all(form.reviewers for form in plan.forms.values() if form.reporter != "city")
