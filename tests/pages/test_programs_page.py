"""数据接口: tokens made and taken back on the screen, and the description that stands below them."""

# ruff: noqa: F811
from __future__ import annotations

import re
import shutil

import pytest
from admin_fixtures import acting, house, lines_of  # noqa: F401  (fixture)
from pages_fixtures import demonstration, screen, words, written  # noqa: F401  (fixtures)

from access import accounts, audit, log_detail, tokens
from access.errors import AccountProblem
from actions import tokens as deeds
from actions.errors import NotAllowed
from catalogue.wording import say
from reports.api.resources import PARAMETERS, RESOURCES

pytestmark = pytest.mark.usefixtures("house")
PAGE = "pages/programs.py"
LEADER, FILER, ADMIN = "demo-leader", "demo-210421", "demo-admin"


def press(app, key: str):
    next(each for each in app.button if each.key == key).click()
    return app.run()


def made(app, label: str, days: int = 30) -> str:
    """The token that the screen then shows."""
    app.text_input(key="token label").set_value(label)
    app.selectbox(key="token days").set_value(days)
    press(app, "make token")
    assert not app.exception and not app.error
    return app.code[0].value


# Tokens


def test_one_is_made_shown_once_and_opens_what_its_account_may_read():
    app = screen(PAGE, LEADER)
    token = made(app, "夜间汇总")
    found = tokens.find(token)
    assert found.account.name == LEADER and say("programs.tokens.made") in words(app)
    [held] = tokens.living(LEADER)
    assert (held.label, (held.expires_at - held.created_at).days) == ("夜间汇总", 30)
    assert lines_of("token_issued") == [
        (
            LEADER,
            f"account/{LEADER}",
            log_detail.told(token=held.id, label="夜间汇总", until=f"{held.expires_at:%Y-%m-%d}"),
        )
    ]
    assert "夜间汇总" in words(app) and app.text_input(key="token label").value == ""
    app.run()
    assert token not in [each.value for each in app.code] and token not in words(app)
    assert token not in repr(audit.entries())


def test_one_takes_back_ones_own():
    app = screen(PAGE, FILER)
    token = made(app, "县区汇总")
    press(app, "end token")
    assert tokens.find(token) is None and tokens.living() == []
    assert [(name, about) for name, about, _ in lines_of("token_revoked")] == [(FILER, f"account/{FILER}")]
    assert say("programs.tokens.none") in words(app)


def test_nobody_but_an_administrator_sees_those_of_others():
    made(screen(PAGE, LEADER), "局领导的")
    assert "局领导的" not in words(screen(PAGE, FILER))
    app = screen(PAGE, ADMIN)
    assert "局领导的" in words(app) and LEADER in words(app)
    press(app, "end token")
    assert tokens.living() == []
    assert [(name, about) for name, about, _ in lines_of("token_revoked")] == [(ADMIN, f"account/{LEADER}")]


def test_a_token_without_a_purpose_is_refused_in_words():
    app = press(screen(PAGE, LEADER), "make token")
    assert say("token.no_label") in words(app) and tokens.living() == []


def test_what_somebody_wrote_stays_text():
    app = screen(PAGE, LEADER)
    made(app, "<b>粗</b>")
    assert "&lt;b&gt;粗" in written(app) and "<b>粗" not in written(app)


# Rights


def test_a_strangers_token_cannot_be_ended_and_the_attempt_is_logged():
    deeds.make(acting("leader"), "局领导的", 30)
    [held] = tokens.living()
    with pytest.raises(NotAllowed):
        deeds.end(acting("210421"), held.id)
    assert [(name, about) for name, about, _ in lines_of("refused", "refused")] == [(FILER, f"token/{held.id}")]
    assert tokens.living() == [held]
    with pytest.raises(AccountProblem):
        deeds.end(acting("leader"), 99)


def test_who_reads_no_numbers_has_no_tokens():
    for deed in (deeds.held, lambda who: deeds.make(who, "x", 30), lambda who: deeds.end(who, 1)):
        with pytest.raises(NotAllowed):
            deed(acting("auditor"))
    with pytest.raises(ValueError, match="programs"):
        screen(PAGE, "demo-auditor")
    assert tokens.living() == [] and {line[1] for line in lines_of("refused", "refused")} == {"tokens"}


def test_times_are_local_and_what_has_not_been_is_none():
    deeds.make(acting("leader"), "x", 365)
    tokens.issue(accounts.get(LEADER), "长期的", None)
    without_end, new = deeds.held(acting("leader"))
    assert (without_end.until, new.used) == (None, None) and (new.until - new.made).days == 365
    told = words(screen(PAGE, LEADER))
    assert say("programs.tokens.never") in told and say("programs.tokens.no_end") in told


# The description


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_resource_parameter_and_column_stands_on_the_page(lang):
    app = screen(PAGE, LEADER, lang=lang)
    shown = written(app)
    for name in (*(each.name for each in RESOURCES), *PARAMETERS, "openapi.json", "numerator_elements"):
        assert f"<code>{name}</code>" in shown, name
    assert say("api.column.verdict", lang) in words(app) and say("api.by_password", lang) in words(app)
    assert "/api/v1/values?format=csv" in app.code[-1].value
    assert lang == "zh" or not re.search("[\u4e00-\u9fff]", shown.replace("努力, 力争", ""))


def test_its_examples_are_addresses_that_answer_and_nothing_comes_from_outside():
    shown = written(screen(PAGE, LEADER))
    links = re.findall(r'<a href="([^"]+)"', shown)
    assert len(links) == len(RESOURCES) + 1 and all(link.startswith("/api/v1/") for link in links)
    assert "http://" not in shown and "https://" not in shown and "<script" not in shown


def test_a_filer_is_told_what_it_may_ask_for():
    shown = written(screen(PAGE, FILER))
    assert "<code>values</code>" in shown and "<code>versions</code>" not in shown


def test_before_anything_is_published_tokens_can_be_made(house):
    shutil.rmtree(house / "warehouse")
    (house / "journal.jsonl").unlink()
    app = screen(PAGE, ADMIN)
    assert say("programs.nothing_yet") in words(app) and made(app, "先备着").startswith("plan_")
