"""Real time, UTC and naive: lockouts and sessions never follow a day set aside for a demonstration."""
from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
