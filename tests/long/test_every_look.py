"""Every screen in all eight looks; `make test` takes four, in which any two of language, theme and width meet."""

from __future__ import annotations

import pytest
from looks_fixtures import ALL, SCREENS, STAFF, screen_is_whole, staffs_screen_fits


@pytest.mark.parametrize("path", SCREENS)
def test_every_screen_is_whole_in_all_eight_looks(browser, address, path):
    screen_is_whole(browser, address, path, ALL)


@pytest.mark.parametrize(("account", "path"), STAFF)
def test_the_staffs_screens_fit_in_all_eight_looks(browser, address, account, path):
    staffs_screen_fits(browser, address, account, path, ALL)
