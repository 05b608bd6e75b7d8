"""What stands first on the overview: the state, themes, units and what needs attention, and the promises as bullets."""

from __future__ import annotations

from markupsafe import Markup

from ui import reads
from ui.kit import cards, figures
from ui.kit.templates import render
from ui.reads import compare
from ui.reads.kept import per_version
from ui.screens.overview import board, bullets, paging, themes
from ui.screens.overview.standings import Chosen

ATTENDED = 3  # lines of what needs attention on a narrow screen; the others are a click away


def html(basis: str, period: str, chosen: Chosen) -> Markup:
    page = paging.asked(len(reads.plan().units))
    told = cards.filing_line(period), compare.newest_meeting()
    return _html(basis, period, chosen, page, told)


@per_version(64, by=(figures.key, reads.today))
def _html(basis: str, period: str, chosen: Chosen, page: int, told: tuple[str, tuple[int, str] | None]) -> Markup:
    """told: who has filed, and the newest meeting that a version is kept for."""
    return render(
        "overview/front.html",
        head=board.head(basis, period, *told),
        bars=themes.bars(basis, period, chosen.theme),
        units=themes.units(basis, period, page, chosen.theme),
        light=chosen.light,
        attend=board.attend(basis, period, ATTENDED),
        bullets=bullets.html(basis, period, chosen),
    )
