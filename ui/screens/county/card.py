"""One unit on one page, to print or to hand on."""

from __future__ import annotations

from markupsafe import Markup

from catalogue import clock, early
from catalogue.display import quarter
from catalogue.wording import say
from ui import reads
from ui.kit import markup
from ui.kit.templates import render
from ui.reads.kept import per_version
from ui.screens.county import board, quality, standing


@per_version(64, by=(board.key, clock.today))
def card(basis: str, period: str, unit: str, linked: bool) -> Markup:
    return render(
        "county/card.html",
        title=say("county.card_title", unit=reads.subject_name(unit), period=quarter(period)),
        demo=reads.plan().demo,
        headline=board.headline(basis, period, unit),
        targets=_targets(basis, period, unit, linked),
        points=board.points(basis, period, unit, linked),
        returns=quality.table(unit, period),
        source=_source(basis, period),
    )


def _targets(basis: str, period: str, unit: str, linked: bool) -> Markup:
    """The promises the plan writes in figures that this unit reports on."""
    mine = [one for one in standing.of_unit(basis, period, unit) if one.promise and one.promise.numeral]
    if not mine:
        return markup.note(say("county.no_targets"))
    return board.table(mine, linked, sparks=False, themes=False)


def _source(basis: str, period: str) -> str:
    return say(
        "county.card_source",
        document=reads.plan().document,
        day=early.as_of(period, reads.published()),
        basis=say(f"basis.{basis}"),
        number=reads.number(),
    )
