"""What surrounds every screen: who is looking, which screens they have, language, quarter, where the numbers come from."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext, suppress
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from access import audit
from access.model import Account, Actor
from access.rights import forms_filed, forms_reviewed, may
from catalogue import early
from catalogue.display import quarter
from catalogue.release import release
from catalogue.wording import language, pick, say, use_language
from etl.turns import Turns
from ui import reads
from ui.app import banner, filters, seen, session, version_choice
from ui.app.ending import Ended
from ui.app.navigation import FIRST, SCREENS, Screen
from ui.kit import damage, figures, markup, taking, why_light
from ui.kit.templates import render, show_html
from ui.reads import drawing
from ui.screens.wall import turning

# Python computes in one thread at a time: of screens drawn at once each waits for all the others, one after another they are there
# sooner and the last no later. What takes longer than this mostly waits for a file, a database or another program.
_drawing = Turns(1, slow=1_000, patience=0.25)


def run() -> None:
    """The script of every run."""
    with _drawing.place():
        _draw()


def _draw() -> None:
    drawing.begin()
    reads.work_on_nothing()
    use_language(filters.language_from_url())
    plan = reads.plan()
    st.set_page_config(page_title=say("shell.title", city=pick(plan, "city")), page_icon="📊", layout="wide")
    who = session.actor()
    if not turning.is_asked_for() and not damage.tell():
        return
    version_choice.from_url()
    if turning.is_asked_for():
        _wall()
        return
    mine = screens(who.account)
    pages = {
        screen.name: st.Page(
            screen.path,
            title=say(f"shell.page.{screen.name}"),
            url_path=screen.name,
        )
        for screen in mine
    }
    start = st.Page(
        lambda: None,
        title=say("shell.title", city=pick(plan, "city")),
        url_path="start",
        default=True,
        visibility="hidden",
    )
    # A page of its own, else the web frame says over our refusal that there is no such page.
    foreign = [st.Page(lambda: None, title=start.title, url_path=name) for name in _foreign(mine)]
    page = st.navigation([start, *pages.values(), *foreign], position="hidden")
    if (
        page is start or page in foreign
    ):  # Streamlit serves its default page at / only, every screen of ours has an address
        first = next((screen for screen in mine if screen.name == FIRST[who.account.role]), mine[0])
        if foreign:
            _refuse(who, mine, first)
            return
        st.switch_page(pages[first.name], query_params=st.query_params.to_dict())
    here = next(screen for screen in mine if pages[screen.name] is page)
    slot = _header(who, here, mine)
    st.set_page_config(page_title=_tab(here))
    seen.begin()
    if here.numbers and reads.newest_version() is None:
        st.info(say("shell.nothing_loaded"))
    else:
        if here.quarter:
            _pinned()
            _early()
        lost = st.container(key="unknown")
        with suppress(Ended):
            page.run()
        with lost:
            for told in filters.unknown():
                st.warning(told, icon=":material/link_off:")
        if here.quarter:
            why_light.answer()
    _footer()
    if here.name != "takeaway":
        with slot:
            taking.offer(who, here)


def _wall() -> None:
    """At the address that was asked for, else the web frame says that there is no such page; its default page is / alone."""
    title = say("shell.title", city=pick(reads.plan(), "city"))
    start = st.Page(turning.show, title=title, url_path="start", default=True)
    asked = st.Page(lambda: turning.show(), title=title, url_path=_asked() or "wall")
    with suppress(Ended):
        st.navigation([start, asked], position="hidden").run()


def _tab(here: Screen) -> str:
    """总览 · 2021年第三季度 · 抚顺市教育工作要点监测平台: which of many tabs this one is."""
    told = {"page": say(f"shell.page.{here.name}"), "title": say("shell.title", city=pick(reads.plan(), "city"))}
    if not here.quarter or reads.newest_version() is None:
        return say("shell.tab_plain", **told)
    return say("shell.tab", period=quarter(filters.chosen_period()), **told)


def screens(account: Account) -> list[Screen]:
    """Those an account may open."""
    plan = reads.plan()

    def has(screen: Screen) -> bool:
        match screen.action:
            case "file":
                return bool(forms_filed(account, plan))
            case "review":
                return bool(forms_reviewed(account, plan))
            case "see_unit":
                reporter = account.office if account.role == "filer" else ""
                return may(account, "see_unit", plan, reporter=reporter)
            case action:
                return may(account, action, plan)

    return [screen for screen in SCREENS if has(screen)]


def _asked() -> str:
    """The last part of the path in the address; "" where there is none."""
    url = st.context.url
    return urlsplit(url).path.strip("/").split("/")[-1] if isinstance(url, str) else ""


def _foreign(mine: list[Screen]) -> set[str]:
    """The screen the address names, where there is one that this account does not have; else nothing."""
    return {_asked()} & ({screen.name for screen in SCREENS} - {screen.name for screen in mine})


def _refuse(who: Actor, mine: list[Screen], first: Screen) -> None:
    """Somebody else's screen: said, logged, and a way out."""
    audit.record(who, "refused", f"page:{_asked()}", "refused", "address")
    _header(who, first, mine, refused=True)
    st.error(say("session.not_for_you"))
    show_html(markup.go(first.name, say("shell.back_to", page=say(f"shell.page.{first.name}"))))
    _footer()


def _header(who: Actor, here: Screen, mine: list[Screen], refused: bool = False) -> DeltaGenerator:
    """Gives the place for what the screen, once it is drawn, has to take away. refused: nothing is on show to be chosen."""
    with st.container(horizontal=True, vertical_alignment="center", key="masthead"):
        show_html(banner.brand(), width="content")
        st.space("stretch")
        with _choices(here):
            if here.quarter and not refused and reads.newest_version() is not None:
                version_choice.choose(reads.frozen_versions())
                filters.period()
                if here.basis:
                    filters.basis()
            filters.language()
        slot = st.container(width="content", key="taking")
        with st.popover(":material/account_circle:" if figures.is_phone() else _called(who.account), width="content"):
            st.caption(f"{who.account.name} · {say(f'account.role.{who.account.role}')}")
            if who.account.password_until is not None:  # not single sign-on, not the demonstration
                show_html(_leaving("/password", "session.password"))
            show_html(_leaving("/sign-out", "session.sign_out"))
    show_html(banner.navigation(mine, here))
    return slot


def _called(account: Account) -> str:
    """By name; one of the demonstration has none of its own, and is called by its role in the language on show."""
    return account.person if language() == "zh" or not account.demo else say(f"account.role.{account.role}")


def _leaving(path: str, word: str) -> Markup:
    """A link out of the dashboard that stays in its tab."""
    return _link_out(path, filters.language_from_url(), say(word))


@cache
def _link_out(path: str, lang: str, words: str) -> Markup:
    return render("app/leaving.html", path=path, lang=lang, words=words)


def _choices(here: Screen) -> AbstractContextManager[Any]:
    """Where the choices stand: in the row; on a phone behind one button that says what is chosen."""
    if not figures.is_phone():
        return nullcontext()
    told = [say(f"basis.{filters.chosen_basis()}")] if here.basis else []
    if here.quarter and reads.newest_version() is not None:
        told.insert(0, quarter(filters.chosen_period()))
    return st.popover(" · ".join(told) or say("filter.lang"), width="content", key="choices")


def _pinned() -> None:
    """A frozen version on show says so, and where the newest is."""
    version = reads.pinned()
    if version is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="pinned"):
        title = reads.frozen_title(version.number)
        told = {"number": version.number, "at": f"{version.published_at:%Y-%m-%d %H:%M}"}
        st.info(say("shell.pinned_for", title=title, **told) if title else say("shell.pinned", **told))
        if st.button(say("shell.newest"), key="leave version"):
            version_choice.leave()
            st.rerun()


def _early() -> None:
    """A quarter that is not over says so, once for all that the screen shows of it."""
    if told := early.note(filters.chosen_period(), reads.published()):
        with st.container(key="early"):
            st.warning(told, icon=":material/hourglass_top:")


def _footer() -> None:
    plan, version = reads.plan(), reads.shown_version()
    parts = [say("takeaway.plan", title=pick(plan, "title"), document=plan.document)]
    if version is not None:
        parts.append(say("shell.version", number=version.number, at=f"{version.published_at:%Y-%m-%d %H:%M}"))
    parts.append(say("shell.release", number=release()))
    if plan.demo:
        parts.append(say("shell.demo_note"))
    st.divider()
    st.caption(" · ".join(parts))
