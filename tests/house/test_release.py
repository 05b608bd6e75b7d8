"""One number of the release, everywhere."""

from __future__ import annotations

import re

from command_line import ROOT
from pages_fixtures import demonstration, screen, words  # noqa: F401  (fixtures)

from catalogue.release import release


def test_the_changelog_begins_with_it():
    assert re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)[0] == release()


def test_the_foot_of_a_screen_says_it(demonstration):  # noqa: F811
    assert release() in words(screen("pages/method.py"))
