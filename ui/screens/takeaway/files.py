"""What can be taken away about a quarter, a button each. Nothing is made before it is asked for."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from access.model import Actor
from actions import takeaways
from actions.takeaways import AskedFile
from catalogue import clock
from catalogue.display import quarter
from catalogue.wording import say
from reports.pictures import poster_overview
from ui import reads
from ui.app import filters, pickers
from ui.kit import figures, show, taking
from ui.kit.figures import Picture
from ui.kit.taking import asked
from ui.kit.templates import render
from ui.reads.kept import per_version
from ui.reads.snapshot import snapshot
from ui.screens.takeaway import briefing, check, pack


def head(basis: str, period: str) -> Markup:
    title = say("takeaway.title", period=quarter(period))
    told = say("takeaway.stands_on", basis=say(f"basis.{basis}"), number=reads.number())
    return render("takeaway/head.html", title=title, told=told)


def show_files(actor: Actor, period: str, basis: str) -> None:
    lack = takeaways.no_pictures()
    ending = "" if lack else _ending()
    left, middle, right = st.columns(3, gap="medium")
    with left.container(border=True):
        st.markdown(f"**{say('takeaway.whole')}**")
        _button(actor, "summary", asked(basis, period))
        if not lack:
            _button(actor, f"poster{ending}", asked(basis, period))
            pack.offer(actor, asked(basis, period))
    with left.container(border=True):
        st.markdown(f"**{say('takeaway.file.briefing')}**")
        briefing.offer(actor, period, basis)
    with middle.container(border=True):
        st.markdown(f"**{say('takeaway.unit')}**")
        unit = pickers.unit()
        _button(actor, "county_workbook", asked(basis, period, unit.code))
        if not lack:
            _button(actor, f"county_card{ending}", asked(basis, period, unit.code))
    with middle.container(border=True):
        st.markdown(f"**{say('takeaway.check')}**")
        check.offer(actor, period)
    with right.container(border=True):
        st.markdown(f"**{say('takeaway.more')}**")
        indicator = pickers.indicator()
        _button(actor, "indicator_workbook", asked(basis, period, indicator.code))
        if not lack:
            _button(actor, f"indicator_poster{ending}", asked(basis, period, indicator.code))
        if reads.plan().projects and not lack:
            _button(actor, f"project_sheet{ending}", asked(basis, period, filters.project()))
        if names := takeaways.layouts():
            _layout(actor, asked(basis, period, st.selectbox(say("takeaway.layout"), names, key="layout")))
    if lack:
        _by_browser(lack, basis, period)


def _ending() -> str:
    """What the name of a kind of picture ends with: nothing for PNG, _pdf for paper."""
    return st.radio(
        say("takeaway.as"),
        ("", "_pdf"),
        format_func=lambda ending: "PDF" if ending else "PNG",
        key="pictures as",
        horizontal=True,
    )


def _button(actor: Actor, kind: str, what: AskedFile) -> None:
    taking.button(actor, kind, what, f"take {kind}")
    st.caption(say(f"takeaway.about.{kind}"))


def _layout(actor: Actor, what: AskedFile) -> None:
    """Tried before it is offered: what is wrong in it is said here, with its cells."""
    if problem := takeaways.layout_problem(actor, what):
        st.error("  \n".join(map(check.plain, problem.splitlines())))
    else:
        _button(actor, "layout", what)


def _by_browser(lack: str, basis: str, period: str) -> None:
    """Where the server cannot draw, the poster stands here and the viewer's own browser saves it."""
    st.warning(say("takeaway.no_pictures", why=lack))
    with st.expander(say("takeaway.file.poster")):
        show.chart(_poster(basis, period), "poster")


@per_version(16, by=(figures.key, clock.today))
def _poster(basis: str, period: str) -> Picture:
    name = takeaways.shown_name("poster", asked(basis, period)).removesuffix(".png")
    return Picture(poster_overview.overview(snapshot(basis, period)).figure, name, say("takeaway.about.poster"))


def data(basis: str, period: str) -> None:
    """Where programs fetch the same numbers."""
    with st.expander(say("takeaway.data")):
        for ending in ("json", "csv", "parquet"):
            st.markdown(
                f"- [{say(f'takeaway.as_{ending}')}](/api/v1/values?period={period}&basis={basis}&format={ending})"
            )
        st.markdown(f"- [{say('takeaway.as_calendar')}](/api/v1/deadlines.ics)")
        st.markdown(f"- [{say('takeaway.as_archive')}](/api/v1/parquet.zip)")
        st.caption(say("takeaway.data_help"))
