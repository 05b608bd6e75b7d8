"""导出 at the head of every screen: what this screen has as files, its charts and its tables. Drawn only when it is opened."""

from __future__ import annotations

from functools import partial

import streamlit as st

from access.model import Actor
from actions import takeaways
from actions.takeaways import AskedFile, OnScreen
from catalogue import clock
from catalogue.display import quarter
from catalogue.naming import for_files
from catalogue.wording import say
from reports.pictures.figures import InQuarter
from reports.table_cells import Table
from reports.tables import Origin
from ui import reads
from ui.app import filters, seen, session
from ui.app.navigation import Screen
from ui.kit import downloads, tables
from ui.kit.figures import Picture
from ui.reads.snapshot import snapshot

# screen -> kinds of files about what it shows
FILES = {
    "overview": ("summary", "poster"),
    "county": ("county_workbook", "county_card"),
    "indicator": ("indicator_workbook", "indicator_poster"),
    "works": ("project_sheet",),
    "tasks": ("summary",),
    "compare": ("summary",),
}
ABOUT_ONE = ("county_workbook", "county_card", "indicator_workbook", "indicator_poster", "project_sheet")
NAMED_ALIKE = ("trend", "county_bars", "tile_map")  # charts of one indicator that go by its name alone


def asked(basis: str, period: str, about: str = "") -> AskedFile:
    """For the version on show."""
    return AskedFile(period, basis, reads.number() or None, about)


def offer(who: Actor, screen: Screen) -> None:
    """A button that opens; one rerun more where somebody wants something, nothing where not."""
    opened = st.popover(say("takeaway.here"), key=f"take {screen.name}", on_change="rerun", width="content")
    if opened.open:
        published = reads.newest_version() is not None
        with opened:
            if published:
                _files(who, screen.name)
                _charts(who)
            _tables(who, screen)
            if published and session.can("see_numbers"):
                st.page_link("pages/takeaway.py", label=say("takeaway.all"), query_params=filters.kept())


def _files(who: Actor, screen: str) -> None:
    for kind in FILES.get(screen, ()):
        for about in _abouts(kind):
            what = asked(filters.chosen_basis(), filters.chosen_period(), about)
            if (about or kind not in ABOUT_ONE) and takeaways.may_take(who, kind, what):
                button(who, kind, what, f"here {kind} {about}", named=kind == "project_sheet")


def _abouts(kind: str) -> tuple[str, ...]:
    """What the screen is about now; "" for the whole city, and where a screen was refused before anything was chosen."""
    match kind:
        case "county_workbook" | "county_card":
            return (st.session_state.get("unit", ""),)
        case "indicator_workbook" | "indicator_poster":
            return (st.session_state.get("indicator", ""),)
        case "project_sheet":
            return tuple(reads.plan().projects)
    return ("",)


def button(who: Actor, kind: str, what: AskedFile, key: str, named: bool = False) -> None:
    """Made, checked and logged when it is clicked. named: the label says what it is about."""
    label = say(f"takeaway.get.{kind}")
    if named:
        label = say("takeaway.about_one", label=label, what=takeaways.about_name(what.about))
    downloads.button(
        label,
        takeaways.shown_name(kind, what),
        lambda: takeaways.take_away(who, kind, what)[1],
        key=key,
        help=say(f"takeaway.about.{kind}"),
        width="stretch",
    )


def _charts(who: Actor) -> None:
    """On white also where the screen is dark, with what they can be checked by inside."""
    found = {
        picture.drawn: picture
        for picture in seen.shown(Picture)
        if picture.drawn and takeaways.may_take_chart(who, picture.drawn)
    }
    if not found:
        return
    st.caption(say("takeaway.charts"))
    if lack := takeaways.no_pictures():
        st.caption(say("takeaway.no_pictures", why=lack))
        return
    version = reads.number() or None
    for chart, picture in found.items():
        kind = f"_{say(f'pack.kind.{chart.asked.kind}')}" if chart.asked.kind in NAMED_ALIKE else ""
        name = f"{picture.name}{kind}.png"
        title = f"{picture.name}{kind}".replace("_", " ").replace(
            quarter(chart.period), ""
        )  # the quarter stands beside the button
        label = say("takeaway.chart_png", title=" ".join(title.split()))
        downloads.button(
            label,
            name,
            partial(_chart, who, name, chart, version),
            key=f"chart {name}",
            width="stretch",
        )


def _chart(who: Actor, name: str, chart: InQuarter, version: int | None) -> bytes:
    return takeaways.chart_file(who, name, chart, version)[1]


def _tables(who: Actor, screen: Screen) -> None:
    page = say(f"shell.page.{screen.name}")
    found = [table for table in tables.tables(page, screen.basis) if table.rows]
    if not found:
        return
    st.caption(say("takeaway.tables"))
    of = f"{page}_{filters.chosen_period() if screen.quarter else clock.today()}"
    _table_button(who, screen, say("takeaway.tables_xlsx", count=len(found)), f"{for_files(of)[:80]}.xlsx", found)
    for n, table in enumerate(found):
        name = f"{for_files(f'{of}_{table.title}')[:80]}.csv"
        _table_button(who, screen, say("takeaway.table_csv", title=table.title), name, [table], f" {n}")


def _table_button(who: Actor, screen: Screen, label: str, name: str, found: list[Table], which: str = "") -> None:
    on, origin = _on_screen(who, screen), _origin(screen, found)
    downloads.button(
        label,
        name,
        lambda: takeaways.tables_file(who, on, name, found, origin)[1],
        key=f"table {name.rpartition('.')[2]}{which}",
        width="stretch",
    )


def _on_screen(who: Actor, screen: Screen) -> OnScreen:
    """Whose it is, where the right to it hangs on that."""
    match screen.action:
        case "file":
            reporter = who.account.office
        case "see_unit":
            reporter = st.session_state.get("unit", "")
        case _:
            reporter = ""
    return OnScreen(screen.name, screen.action, reporter)


def _origin(screen: Screen, found: list[Table]) -> Origin:
    counted = any(table.counted for table in found)
    return Origin(
        say(f"shell.page.{screen.name}"),
        clock.now(),
        reads.number() or None,
        reads.plan().demo,
        snapshot(filters.chosen_basis(), filters.chosen_period()) if counted else None,
    )
