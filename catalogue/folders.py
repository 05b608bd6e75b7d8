"""Where the program writes."""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "DASHBOARD_DATA"


def data_folder() -> Path:
    """DASHBOARD_DATA, else data/var: all that the program writes lies below it."""
    wanted = os.environ.get(VARIABLE, "")
    return Path(wanted) if wanted else Path(__file__).resolve().parents[1] / "data" / "var"
