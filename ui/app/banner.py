"""The banner and the way to the other screens: named groups with icons, the same as tabs at the foot of a phone. HTML."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from catalogue import clock
from catalogue.display import day
from catalogue.wording import language, pick, say
from ui import reads
from ui.app import filters
from ui.app.navigation import Screen
from ui.kit import markup

TABS = 4  # at the foot of a phone; the rest stand behind 更多


def brand() -> str:
    """The bureau's name; what is invented says so."""
    plan = reads.plan()
    demo = f'<span class="demo">{markup.text(say("app.demo"))}</span>' if plan.demo else ""
    if clock.set_day():
        demo += f'<span class="demo when">{markup.text(say("shell.set_day", day=day(clock.today())))}</span>'
    return f'<div class="brand"><b>{markup.text(say("shell.title", city=pick(plan, "city")))}</b>{demo}</div>'


def navigation(mine: Sequence[Screen], here: Screen) -> str:
    """Links to an account's screens, the one on show marked."""
    return _navigation(tuple(mine), here, tuple(filters.kept().items()), language())


@lru_cache(maxsize=1024)
def _navigation(mine: tuple[Screen, ...], here: Screen, kept: tuple[tuple[str, str], ...], language: str) -> str:
    links = {screen: _link(screen, here, dict(kept)) for screen in mine}
    groups = "".join(
        f'<span class="group" role="group" aria-label="{markup.text(say(f"shell.group.{name}"))}">'
        f"{''.join(links[screen] for screen in screens)}</span>"
        for name, screens in groupby(mine, key=lambda screen: screen.group)
    )
    ordered = sorted(mine, key=lambda screen: screen.group != "board")
    tabs, rest = ordered[:TABS], ordered[TABS:]
    more = (
        f'<details class="{"here" if here in rest else ""}"><summary>{_icon("more_horiz")}{markup.text(say("shell.more"))}</summary>'
        f'<span class="rest">{"".join(links[screen] for screen in rest)}</span></details>'
        if rest
        else ""
    )
    named = markup.text(say("shell.navigation"))
    return (
        f'<nav class="tabs" aria-label="{named}">{groups}</nav>'
        f'<nav class="foot-tabs" aria-label="{named}">{"".join(links[screen] for screen in tabs)}{more}</nav>'
    )


def _link(screen: Screen, here: Screen, kept: dict[str, str]) -> str:
    inside = f"{_icon(screen.icon)}{markup.text(say(f'shell.page.{screen.name}'))}"
    link = markup.link(screen.name, inside, kept)
    return link.replace('class="go"', 'class="go here" aria-current="page"') if screen == here else link


def _icon(name: str) -> str:
    """One of Material Symbols, whose typeface the web frame brings along."""
    return f'<span class="icon" data-icon="{name}" aria-hidden="true"></span>'
