"""With TEST_LAKE=1 the tests of the marts try them on a lake, each on one of its own (`make test-long`)."""

from __future__ import annotations

import os

import pytest
from lake_fixtures import lake, ready_lake  # noqa: F401  (fixtures)

OWN_FILES = ("test_marts_contract", "test_marts_plans", "test_marts_portable")  # look into files, or into no version


@pytest.fixture(autouse=True)
def _on_a_lake(request) -> None:
    name = request.path.stem
    if os.environ.get("TEST_LAKE") and name.startswith("test_marts_") and name not in OWN_FILES:
        request.getfixturevalue("lake")
