"""Real time, for sessions, lockouts and the audit log. DASHBOARD_TODAY does not move it."""

from __future__ import annotations

from datetime import UTC, datetime

from catalogue import clock


def utc_now() -> datetime:
    """Naive and UTC, as every time is stored. Called as `times.utc_now()`, so that a test can move the clock."""
    return clock.utc_now()


def local(moment: datetime) -> datetime:
    """A stored time as the bureau's, naive, to the second: what screens show."""
    return clock.local(moment)


def stored(moment: datetime) -> datetime:
    """Naive UTC: an aware time is converted, a naive one taken to be UTC already."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
