"""Files of the sample returns, made once for a run and read by many chapters.

Here and not in tests/support, since a fixture that is imported into several files is made anew in each.
"""

from __future__ import annotations

import pytest
from proof_fixtures import House
from workbook_fixtures import Books


@pytest.fixture(scope="session")
def books(snapshots) -> Books:
    return Books(snapshots)


@pytest.fixture(scope="session")
def sample_files(demo_data, snapshots) -> House:
    return House(demo_data, snapshots())


@pytest.fixture(scope="session")
def briefing(sample_files) -> bytes:
    """As it is written where no charts are drawn."""
    return sample_files.made("briefing")
