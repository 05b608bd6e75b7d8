"""The banner and the way to the other screens: named groups with icons, the same as tabs at the foot of a phone. HTML."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from urllib.parse import urlencode

from markupsafe import Markup

from catalogue import clock
from catalogue.display import day
from catalogue.wording import language, pick
from ui import reads
from ui.app import filters
from ui.app.navigation import Screen
from ui.kit.templates import render

TABS = 4  # at the foot of a phone; the rest stand behind 更多


def brand() -> Markup:
    """The bureau's name; what is invented says so."""
    plan = reads.plan()
    set_day = day(clock.today()) if clock.set_day() else ""
    return _brand(pick(plan, "city"), plan.demo, set_day, language())


@lru_cache(maxsize=64)
def _brand(city: str, demo: bool, set_day: str, language: str) -> Markup:
    return render("app/brand.html", city=city, demo=demo, set_day=set_day)


def navigation(mine: Sequence[Screen], here: Screen) -> Markup:
    """Links to an account's screens, the one on show marked."""
    return _navigation(tuple(mine), here, tuple(filters.kept().items()), language())


@lru_cache(maxsize=1024)
def _navigation(mine: tuple[Screen, ...], here: Screen, kept: tuple[tuple[str, str], ...], language: str) -> Markup:
    ordered = sorted(mine, key=lambda screen: screen.group != "board")
    return render(
        "app/navigation.html",
        groups=[(name, list(screens)) for name, screens in groupby(mine, key=lambda screen: screen.group)],
        tabs=ordered[:TABS],
        rest=ordered[TABS:],
        here=here,
        query=urlencode(kept),
    )
