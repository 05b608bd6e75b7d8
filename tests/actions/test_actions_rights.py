"""Who may do what, below the screen: each role × each action × own and others'. What is refused leaves one line in the log."""

from __future__ import annotations

import shutil
from datetime import date

import pytest
from actions_fixtures import KEY, actor, demonstration, desk, filed, number, right  # noqa: F401  (fixtures)
from pages_fixtures import on_stage, staged

from access import audit, db
from actions import (
    backup,
    deadlines,
    drafts,
    files,
    log,
    people,
    reviewing,
    story,
    submitting,
    uploading,
    versions,
)
from actions.errors import ActionRefused, NotAllowed
from actions.keys import ReturnKey
from actions.standing import standing
from catalogue.period import Period

ROLES = ("leader", "210421", "210402", "planning", "office", "finance", "preschool", "admin", "auditor")
FILER, REVIEWERS = {"210421"}, {"planning", "office"}
READERS = {"leader", "planning", "office", "finance", "preschool"}
OWN = ReturnKey("department", "planning", Period(2021, 3))
SEEN = (0, "nothing seen", False)

# action -> (what is tried about 抚顺县's county return of 2021Q3, who may try it)
ABOUT_A_RETURN = {
    "template": (lambda who: files.template(who, KEY), FILER),
    "upload": (lambda who: _taken(uploading.upload(who, "x.xlsx", right())), FILER),
    "draft": (lambda who: uploading.draft_of(who, KEY), FILER),
    "explain": (lambda who: uploading.explain(who, KEY, {}), FILER),
    "impact": (lambda who: uploading.impact(who, KEY), FILER),
    "discard": (lambda who: uploading.discard(who, KEY), FILER),
    "marked draft": (lambda who: files.marked_draft(who, KEY), FILER),
    "findings": (lambda who: files.findings_table(who, KEY, "zh"), FILER),
    "submit": (lambda who: submitting.submit(who, KEY, seen=SEEN), FILER),
    "withdraw": (lambda who: submitting.withdraw(who, KEY, seen=SEEN, reason="x"), FILER),
    "original": (lambda who: files.original(who, standing(KEY).load_id), FILER | READERS),
    "receipt": (lambda who: files.receipt(who, standing(KEY).load_id), FILER | READERS),
    "marked return": (lambda who: files.marked_return(who, standing(KEY).load_id), FILER | READERS),
    "story": (lambda who: story.story(who, KEY), FILER | READERS),
    "case": (lambda who: reviewing.case(who, KEY), REVIEWERS),
    "approve": (lambda who: reviewing.approve(who, KEY, seen=SEEN), REVIEWERS),
    "send back": (lambda who: reviewing.send_back(who, KEY, seen=SEEN, reason="x"), REVIEWERS),
    "lock": (lambda who: reviewing.lock(who, "2021Q3", "county"), REVIEWERS),
    "reopen": (lambda who: reviewing.reopen(who, "2021Q3", "county", "210421", "x"), REVIEWERS),
}
ABOUT_THE_HOUSE = {
    "accounts": (lambda who: people.disable(who, "demo-leader"), {"admin"}),
    "deadline": (lambda who: deadlines.move(who, "2021Q3", "", "", date(2021, 10, 20), "国庆假期"), {"admin"}),
    "freeze": (lambda who: versions.freeze(who, 1, "会议", "2021Q3"), {"admin"}),
    "log": (lambda who: log.page(who, log.Search()), {"admin", "auditor"}),
    "backup": (lambda who: backup.make_here(who), {"admin"}),
}


def _taken(found) -> None:
    """Somebody else's workbook is refused as a file, which the log has as a refused upload."""
    if found.refusal is not None:
        raise NotAllowed


def refused_lines() -> int:
    return sum(line.result == "refused" for line in audit.entries(limit=1000))


@pytest.fixture(scope="module")
def waiting_house(demo_house, tmp_path_factory):
    return staged(demo_house, tmp_path_factory.mktemp("waiting") / "var", file_and_draft)


def file_and_draft() -> None:
    filed()
    uploading.upload(actor("210421"), "x.xlsx", right())


@pytest.fixture
def waiting(waiting_house, tmp_path, monkeypatch):
    """抚顺县 has filed, and its next draft lies ready."""
    shutil.copytree(waiting_house, tmp_path / "var")
    on_stage(tmp_path / "var", monkeypatch)
    yield tmp_path / "var"
    db.dispose()


@pytest.mark.parametrize("action", [*ABOUT_A_RETURN, *ABOUT_THE_HOUSE])
def test_only_those_who_may_get_past_the_door(waiting, action):
    act, allowed = {**ABOUT_A_RETURN, **ABOUT_THE_HOUSE}[action]
    for name in [role for role in ROLES if role not in allowed]:
        before = number(), drafts.find(KEY), standing(KEY), refused_lines()
        with pytest.raises(NotAllowed):
            act(actor(name))
        assert (number(), drafts.find(KEY), standing(KEY)) == before[:3], name
        assert refused_lines() == before[3] + 1, name
    for name in sorted(allowed):
        lines = refused_lines()
        try:
            act(actor(name))
        except NotAllowed:
            pytest.fail(f"{name} may {action}")
        except ActionRefused:
            pass  # allowed, but not now: somebody acted before, or what was seen is no longer so
        assert refused_lines() == lines, name


def test_nobody_decides_about_the_return_of_their_own_department(desk):  # noqa: F811
    for name, reporter in (("planning", "planning"), ("office", "office")):
        key = ReturnKey("department", reporter, Period(2021, 3))
        for act in (reviewing.approve, lambda who, key, seen: reviewing.send_back(who, key, seen=seen, reason="x")):
            with pytest.raises(NotAllowed):
                act(actor(name), key, seen=standing(key).seen)
    reviewing.send_back(actor("office"), OWN, seen=standing(OWN).seen, reason="请补充进展")
    assert standing(OWN).state == "returned"


def test_an_account_disabled_meanwhile_can_do_nothing(desk):  # noqa: F811
    who = actor("210421")
    people.disable(actor("admin"), "demo-210421")
    with pytest.raises(NotAllowed):
        files.template(actor("210421"), KEY)
    assert (
        who.account.disabled is False
    )  # the old copy in a tab's memory is never used: screens ask the store each time
