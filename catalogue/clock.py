"""What day it is, in the bureau's local time."""

from __future__ import annotations

import os
from datetime import date, datetime

VARIABLE = "DASHBOARD_TODAY"


def now() -> datetime:
    """To the second. DASHBOARD_TODAY=2021-10-13 sets the day aside, so that sample returns of 2021 are not years late.

    Raises ValueError where that variable is no date. Sessions, lockouts and the audit log keep real time.
    """
    real = datetime.now().replace(microsecond=0)
    set_aside = set_day()
    return real if set_aside is None else datetime.combine(set_aside, real.time())


def today() -> date:
    return now().date()


def set_day() -> date | None:
    """The day put in place of the real one; None on an ordinary day."""
    wanted = os.environ.get(VARIABLE, "")
    return date.fromisoformat(wanted) if wanted else None
