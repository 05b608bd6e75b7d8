"""Time zones by name."""

from __future__ import annotations

from datetime import timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

TIME_ZONE = "Asia/Shanghai"  # of a plan that names none
_WITHOUT_A_LIST = timezone(timedelta(hours=8), TIME_ZONE)  # there has been no summer time since 1991


def zone_of(name: str) -> tzinfo:
    """Raises ValueError for a name that is no time zone. The default is known on machines without a list of zones too."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as problem:
        if name == TIME_ZONE:
            return _WITHOUT_A_LIST
        raise ValueError(name) from problem
