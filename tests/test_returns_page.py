"""报送情况: the chasing screen, counted by hand from the sample returns on 15 October 2021."""
from __future__ import annotations

import pytest
from admin_fixtures import AT, DRAFT, acting, house, lines_of  # noqa: F401  (fixtures)
from pages_fixtures import demonstration, screen, words  # noqa: F401

PAGE = "pages/returns.py"


def test_look(house):
    app = screen(PAGE)
    print(words(app))
    for d in app.dataframe: print(d.value.to_string())
    for c in app.code: print(c.value)
