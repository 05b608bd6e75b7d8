"""Choices that stand in the address, by code, so that a screen can be sent as a link.

The address wins when it changes (a link, the browser's back button); otherwise the last
choice of the session holds, also from page to page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from catalogue.display import quarter
from catalogue.model import Task
from catalogue.wording import LANGUAGES, pick, say
from ui import reads

LANGUAGE_NAMES = {"zh": "中文", "en": "English"}
BASES = ("approved", "filed")
ALL = "all"
UNKNOWN = "unknown in address"  # name of a choice -> what the address asked for


def _settle(name: str, options: Sequence[str], default: str) -> str:
    """The value `name` has on this run, before its widget is drawn; kept in session_state[name].

    The address wins where it has moved since we wrote it, then what was clicked, then what the
    session last had (a widget's own state goes with its page), then the default.
    """
    state, asked = st.session_state, st.query_params.get(name)
    if asked in options and asked != state.get(f"{name} in address"):
        state[name] = state[f"{name} widget"] = asked
        state[f"{name} in address"] = asked
        note_known(name)
    elif state.get(f"{name} widget") in options:
        if state[f"{name} widget"] != state.get(name):
            note_known(name)
        state[name] = state[f"{name} widget"]
    elif state.get(name) not in options:
        state[name] = default
    if asked and asked not in options:
        note_unknown(name, asked)
    return state[name]


def note_unknown(name: str, asked: str) -> None:
    """Asked for in the address, and not there: said at the top until something that is there is chosen."""
    st.session_state.setdefault(UNKNOWN, {})[name] = asked


def note_known(name: str) -> None:
    st.session_state.get(UNKNOWN, {}).pop(name, None)


def unknown() -> list[str]:
    """What the address asked for and there is not, in words."""
    return [
        say("shell.unknown", what=say(f"filter.{name}"), asked=asked)
        for name, asked in st.session_state.get(UNKNOWN, {}).items()
    ]


def choose(name: str, widget: Callable[..., Any], options: Sequence[str], default: str, **how: Any) -> str:
    value = _settle(name, options, default)
    if st.session_state.get(f"{name} widget") != value:
        st.session_state[f"{name} widget"] = value
    widget(say(f"filter.{name}"), options, key=f"{name} widget", label_visibility="collapsed", **how)
    if st.query_params.get(name) != value:
        st.query_params[name] = value
    st.session_state[f"{name} in address"] = value
    return value


def language_from_url() -> str:
    return _settle("lang", LANGUAGES, LANGUAGES[0])


def language() -> str:
    return choose("lang", st.segmented_control, LANGUAGES, LANGUAGES[0], format_func=LANGUAGE_NAMES.get, required=True)


def chosen_period() -> str:
    """The quarter on show: the newest with returns unless another is chosen."""
    options = reads.periods() or [str(reads.plan().first)]
    return _settle("period", options, options[-1])


def period() -> str:
    """Where there are plans of several years, the year first and then its quarters."""
    options = reads.periods() or [str(reads.plan().first)]
    if len({plan.first.year for plan in reads.plans()}) < 2:
        return choose("period", st.selectbox, options, options[-1], format_func=quarter, width=158)
    years, chosen = _by_year(options), _settle("period", options, options[-1])
    year = next(year for year, quarters in years.items() if chosen in quarters)
    st.session_state["year widget"] = year
    st.selectbox(
        say("filter.year"),
        list(years),
        key="year widget",
        label_visibility="collapsed",
        format_func=lambda one: say("charts.year", year=one),
        on_change=_into_year,
        args=(years,),
        width=94,
    )
    return choose("period", st.selectbox, years[year], years[year][-1], format_func=_within(year), width=108)


def _by_year(options: Sequence[str]) -> dict[str, list[str]]:
    """Year -> its quarters; what was before the first plan stands with it."""
    years: dict[str, list[str]] = {}
    for one in options:
        years.setdefault(str(reads.plan(one).first.year), []).append(one)
    return years


def _into_year(years: dict[str, list[str]]) -> None:
    """The same quarter of the year chosen; its newest where it has no returns of that one."""
    mine = years[st.session_state["year widget"]]
    same = [one for one in mine if one[-1] == st.session_state["period"][-1]]
    st.session_state["period widget"] = (same or mine)[-1]


def _within(year: str) -> Callable[[str], str]:
    return lambda period: say(f"charts.quarter.{period[-1]}") if period.startswith(year) else quarter(period)


def basis() -> str:
    """approved: approved returns only, as the screens begin. filed: also what nobody has approved yet."""
    return choose(
        "basis",
        st.segmented_control,
        BASES,
        BASES[0],
        format_func=lambda code: say(f"basis.{code}"),
        required=True,
        help=" ".join(say(f"basis_note.{code}") for code in BASES),
    )


def switched(name: str, label: str) -> bool:
    """A part of the screen that is drawn only when asked for; stands in the address as 1."""
    state, asked = st.session_state, st.query_params.get(name) == "1"
    if f"{name} widget" not in state or asked != state.get(f"{name} in address"):
        state[f"{name} widget"] = asked
    on = st.toggle(label, key=f"{name} widget")
    if on:
        st.query_params[name] = "1"
    else:
        st.query_params.pop(name, None)
    state[f"{name} in address"] = on
    return on


def chosen_basis() -> str:
    return _settle("basis", BASES, BASES[0])


def kept() -> dict[str, str]:
    """What a link to another screen carries along."""
    return {"period": chosen_period(), "basis": chosen_basis(), "lang": language_from_url()}


def project() -> str:
    """Code of a work of the plan."""
    projects = reads.plan().projects
    options = list(projects)
    return choose("project", st.selectbox, options, options[0], format_func=lambda code: pick(projects[code]))


def department() -> str:
    """Code of a unit that tasks name; ALL for every one."""
    plan = reads.plan()
    named = {code for task in plan.tasks.values() for code in (*task.departments, task.lead)}
    options = [ALL, *(code for code in plan.departments if code in named)]

    def label(code: str) -> str:
        return say("filter.every_department") if code == ALL else pick(plan.departments[code])

    return choose("department", st.selectbox, options, ALL, format_func=label, width=260)


def task_choice(name: str, options: Sequence[str]) -> str:
    """state: which tasks are listed. view: as a list or against the units."""
    return choose(
        name,
        st.segmented_control,
        options,
        options[0],
        format_func=lambda code: say(f"tasks.{name}_{code}"),
        required=True,
    )


def task() -> Task | None:
    """The task the address opens; None for the list. It goes with the address, no session keeps it."""
    asked = st.query_params.get("task", "")
    return reads.plan().tasks.get(int(asked)) if asked.isdecimal() else None


def compared_with(options: Sequence[str], label: Callable[[str], str]) -> str:
    """A quarter (2021Q1) or a version (v3) that what is on show is compared with."""
    return choose("with", st.selectbox, options, options[0], format_func=label, width=340)


def form(options: Sequence[str], label: Callable[[str], str]) -> str:
    return choose("form", st.pills, options, options[0], format_func=label, required=True)


def part(options: Sequence[str], label: Callable[[str], str]) -> str:
    """A chapter of the manual."""
    return choose("part", st.segmented_control, options, options[0], format_func=label, required=True)


def find() -> str:
    """Words to look for in the manual."""
    return _typed(
        "find",
        say("method.find"),
        type="search",
        max_chars=40,
        placeholder=say("method.find_hint"),
        label_visibility="collapsed",
    )


def code() -> str:
    """A check code, typed off paper or brought by the address printed there."""
    return _typed("code", say("takeaway.check_code"), max_chars=40, placeholder="0000-0000-0000-0000").strip()


def _typed(name: str, label: str, **how: Any) -> str:
    """What is typed into a box stands in the address, and what the address brings stands in the box."""
    state, asked = st.session_state, st.query_params.get(name, "")
    if f"{name} widget" not in state or asked != state.get(f"{name} in address"):
        state[f"{name} widget"] = asked
    what = st.text_input(label, key=f"{name} widget", **how)
    if what:
        st.query_params[name] = what
    else:
        st.query_params.pop(name, None)
    state[f"{name} in address"] = what
    return what


def quarter_filed(options: Sequence[str], default: str) -> str:
    """The quarter somebody files for; apart from the quarter the leaders' screens show."""
    return choose("quarter", st.selectbox, options, default, format_func=quarter, width=180)


def go_to_return(form: str, period: str) -> None:
    """Another of the account's own returns; its widgets follow on the next run."""
    for name, value in {"form": form, "quarter": period}.items():
        st.query_params[name] = value


def open_return(form: str, reporter: str) -> None:
    """Put the return under review into the address."""
    st.query_params["form"], st.query_params["reporter"] = form, reporter


def close_return() -> None:
    for name in ("form", "reporter"):
        st.query_params.pop(name, None)
