"""Early returns: what a quarter's figures are called while it is not over. Whatever shows a quarter says it in these words.

A quarter is over from the day after its last one, by the bureau's date. What a version of an earlier day tells stays early:
`published` is that day, 2021-11-15 or longer; "" for what is told now.
"""

from __future__ import annotations

from catalogue import clock
from catalogue.display import day, quarter
from catalogue.period import Period
from catalogue.wording import say


def running() -> str:
    """The quarter of today, 2021Q4: it and all later ones are not over."""
    return str(Period.of(clock.today()))


def is_early(period: str, published: str = "") -> bool:
    """Whether the figures of the quarter were returned before it was over. Raises ValueError for what is no quarter."""
    told = str(clock.today()), published[:10]
    return min(filter(None, told)) <= str(Period.parse(period).last_day)


def as_of(period: str, published: str = "") -> str:
    """The quarter's last day for people; of one that is not over with what that means."""
    last_day = day(Period.parse(period).last_day)
    return say("early.as_of", day=last_day) if is_early(period, published) else last_day


def note(period: str, published: str = "") -> str:
    """A sentence for the head of what shows the quarter; "" for one that is over."""
    if not is_early(period, published):
        return ""
    return say("early.note", period=quarter(period), day=day(Period.parse(period).last_day))
