"""What time it is where the bureau is, whatever clock the machine keeps. Nobody else asks the machine.

Times without a zone are the bureau's, except where a name says UTC.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, tzinfo

from catalogue.entries import CatalogueError
from catalogue.load import current_plan
from catalogue.zone import TIME_ZONE, zone_of

VARIABLE = "DASHBOARD_TODAY"


def now() -> datetime:
    """To the second. DASHBOARD_TODAY=2021-10-13 sets the day aside, so that sample returns of 2021 are not years late.

    Raises ValueError where that variable is no date. Sessions, lockouts, the audit log and versions keep real time.
    """
    set_aside = set_day()
    return real_now() if set_aside is None else datetime.combine(set_aside, real_now().time())


def today() -> date:
    """The local day as the program sees it: the one that DASHBOARD_TODAY puts in place of the real one, else the
    real one."""
    return now().date()


def set_day() -> date | None:
    """The day put in place of the real one; None on an ordinary day."""
    wanted = os.environ.get(VARIABLE, "")
    return date.fromisoformat(wanted) if wanted else None


def real_now() -> datetime:
    """To the second, whatever day is set aside."""
    return datetime.now(zone()).replace(tzinfo=None, microsecond=0)


def utc_now() -> datetime:
    """Naive UTC of now, whatever day is set."""
    return datetime.now(UTC).replace(tzinfo=None)


def zone() -> tzinfo:
    """The `timezone` of the plan in force; the default where there is no plan to be read."""
    try:
        return zone_of(current_plan().timezone)
    except (CatalogueError, OSError, ValueError):
        return zone_of(TIME_ZONE)


def local(utc: datetime) -> datetime:
    """A naive UTC time as the bureau's, naive, to the second."""
    return utc.replace(tzinfo=UTC).astimezone(zone()).replace(tzinfo=None, microsecond=0)


def aware(moment: datetime) -> datetime:
    """A naive time of the bureau's with its zone."""
    return moment.replace(tzinfo=zone())


def of_file(seconds: float) -> datetime:
    """A file's time stamp as the bureau's time, naive, to the second."""
    return datetime.fromtimestamp(int(seconds), zone()).replace(tzinfo=None)
