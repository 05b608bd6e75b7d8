"""The kinds of files there are, by name, each made from a snapshot and what it is about."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from catalogue.model import Plan
from catalogue.wording import say
from reports import layout
from reports.briefing import document
from reports.pictures import pack, picture, poster, poster_county, poster_indicator, poster_overview, poster_project
from reports.pictures.poster import Poster
from reports.snapshot import Snapshot
from reports.workbook import kinds


class NotThere(LookupError):
    """No such quarter in the plan, or nothing of that name to make a file about; the text says what there is."""


@dataclass(frozen=True, slots=True)
class Kind:
    """make: from a snapshot and what it is about. abouts: what it can be about, None for a file about all."""

    ending: str
    make: Callable[[Snapshot, str], bytes]
    abouts: Callable[[Plan], Collection[str]] | None = None


def make(kind: str, snapshot: Snapshot, about: str = "") -> bytes:
    """Raises NotThere; NoRenderer for a picture where there is no browser; LayoutBroken for a layout that is wrong."""
    plan, known = snapshot.plan, KINDS[kind].abouts
    periods = [str(period) for period in (plan.baseline_period, *plan.periods)]
    if snapshot.period not in periods:
        raise NotThere(say("files.no_period", period=snapshot.period, known=say("files.list").join(periods)))
    if known and about not in known(plan):
        listed = say("files.list").join(known(plan)) or say("files.none")
        raise NotThere(say("files.no_such", name=about, known=listed) if about else say("files.no_about", known=listed))
    if about and not known:
        raise NotThere(say("files.about_all", name=about))
    return KINDS[kind].make(snapshot, about)


def _briefing(snapshot: Snapshot, _: str) -> bytes:
    """As it is written, with pictures where this server can draw them."""
    return document.docx(snapshot, document.draft(snapshot), None if picture.available() else picture.png)


def _layouts() -> dict[str, Path]:
    return {path.name: path for path in layout.layouts()}


def _drawn(
    kind: str, drawn: Callable[[Snapshot, str], Poster], abouts: Callable[[Plan], Collection[str]] | None = None
) -> dict[str, Kind]:
    """As a picture and, under the name with _pdf, for paper."""
    return {
        kind: Kind("png", lambda snapshot, about: poster.png(drawn(snapshot, about)), abouts),
        f"{kind}_pdf": Kind("pdf", lambda snapshot, about: poster.pdf(drawn(snapshot, about)), abouts),
    }


KINDS: dict[str, Kind] = {
    "summary": Kind("xlsx", lambda snapshot, _: kinds.summary(snapshot)),
    "county_workbook": Kind("xlsx", kinds.of_unit, lambda plan: plan.units),
    "indicator_workbook": Kind("xlsx", kinds.of_indicator, lambda plan: plan.indicators),
    "briefing": Kind("docx", _briefing),
    **_drawn("poster", lambda snapshot, _: poster_overview.overview(snapshot)),
    **_drawn("county_card", poster_county.county, lambda plan: plan.units),
    **_drawn("indicator_poster", poster_indicator.indicator, lambda plan: plan.indicators),
    **_drawn("project_sheet", poster_project.project, lambda plan: plan.projects),
    "pack": Kind("zip", lambda snapshot, _: pack.pack(snapshot)),
    "layout": Kind("xlsx", lambda snapshot, name: layout.fill(_layouts()[name], snapshot), lambda plan: _layouts()),
}
