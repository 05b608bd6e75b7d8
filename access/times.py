"""Real time, for sessions, lockouts and the audit log. DASHBOARD_TODAY does not move it."""

from __future__ import annotations

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Naive and UTC, as every time is stored. Called as `times.utc_now()`, so that a test can move the clock."""
    return datetime.now(UTC).replace(tzinfo=None)


def local(moment: datetime) -> datetime:
    """A stored time as the server's local one, naive, to the second: what screens show."""
    return moment.replace(tzinfo=UTC).astimezone().replace(tzinfo=None, microsecond=0)


def stored(moment: datetime) -> datetime:
    """Naive UTC: an aware time is converted, a naive one taken to be UTC already."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
