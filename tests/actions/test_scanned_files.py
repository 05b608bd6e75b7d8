"""Every file that comes in by a screen is shown to the virus scanner before it is opened: lists of accounts, files to check."""

from __future__ import annotations

import sys

import pytest
from actions_fixtures import actor, demonstration, desk  # noqa: F401  (fixtures)
from pages_fixtures import screen

from access import audit
from access.web.upload_limits import MB
from actions import people, takeaways
from catalogue.wording import say
from etl.errors import Infected, NotScanned
from etl.scan import VARIABLE

REFUSES = f'{sys.executable} -S -c "import sys; sys.exit({{}})"'


def never(*_, **__):
    pytest.fail("was read")


@pytest.mark.parametrize(("code", "refusal"), [(1, Infected), (2, NotScanned)])
def test_a_list_of_accounts_that_the_scanner_refuses_is_not_opened(desk, monkeypatch, code, refusal):  # noqa: F811
    template = people.template(actor("admin"))[1]
    monkeypatch.setenv(VARIABLE, REFUSES.format(code))
    monkeypatch.setattr("access.roster.read_rows", never)
    found = people.import_accounts(actor("admin"), template)
    assert not found.created and [problem.text for problem in found.problems] == [f"{refusal()}{refusal().mend()}"]
    line = audit.entries(limit=1)[0]
    assert (line.event, line.result, line.detail) == ("accounts_imported", "refused", refusal.__name__)


@pytest.mark.parametrize(("code", "refusal"), [(1, Infected), (2, NotScanned)])
def test_a_file_to_check_that_the_scanner_refuses_is_not_opened(desk, monkeypatch, code, refusal):  # noqa: F811
    monkeypatch.setenv(VARIABLE, REFUSES.format(code))
    monkeypatch.setattr("reports.verify.verify", never)
    with pytest.raises(refusal):
        takeaways.check_file(actor("leader"), "一.xlsx", b"PK")
    line = audit.entries(limit=1)[0]
    assert (line.object, line.result, line.detail) == ("takeaway:verify", "refused", f"一.xlsx: {refusal.__name__}")


def test_the_screen_says_it_and_asks_the_scanner_again_when_it_answers(desk, monkeypatch):  # noqa: F811
    monkeypatch.setenv(VARIABLE, REFUSES.format(2))
    app = screen("pages/takeaway.py")
    app.file_uploader(key="check file").upload("一.xlsx", b"not ours").run()
    assert str(NotScanned()) in app.error[0].value
    monkeypatch.setenv(VARIABLE, REFUSES.format(0))
    app.run()
    assert say("verify.none") in app.error[0].value


def test_a_scanner_that_finds_nothing_changes_nothing(desk, monkeypatch):  # noqa: F811
    monkeypatch.setenv(VARIABLE, REFUSES.format(0))
    assert people.import_accounts(actor("admin"), b"x" * MB).problems[0].text == say("account.import.unreadable")
