"""On the wall, in the middle: the targets the plan writes in figures, each on its way."""

from __future__ import annotations

from markupsafe import Markup

from ui.kit import figures
from ui.kit.templates import render
from ui.reads.kept import per_version
from ui.screens.overview import bullets, standing, standings


@per_version(16, by=figures.key)
def html(basis: str, period: str) -> Markup:
    """Of a plan that writes nothing in figures, its first promises."""
    told = standings.of(basis, period)
    shown = standing.of_numerals(told) or told[:14]
    others = {one.promise.id: one for one in standings.of("filed" if basis == "approved" else "approved", period)}
    lines = []
    for one in shown:
        other = others.get(one.promise.id)
        track, filed = bullets.track(one, other, basis), bullets.filed_too(one, other, basis)
        lines.append((one, one.provisional or one.light, track, filed))
    return render("wall/progress.html", lines=lines)
