"""Houses in which something has happened, made once for a run; each test gets its own copy."""

from __future__ import annotations

from pathlib import Path

import pytest
from admin_fixtures import live_in
from pages_fixtures import staged


@pytest.fixture(scope="session")
def lived_in_house(demo_house, tmp_path_factory) -> Path:
    return staged(demo_house, tmp_path_factory.mktemp("lived-in") / "var", live_in)
