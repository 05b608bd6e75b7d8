"""The manual: its chapters, generated from the catalogue, the wording and the rules, and the words one looks for in it."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from catalogue.wording import say
from etl.rules import RULES
from ui import reads
from ui.app import filters
from ui.kit import figures, tables
from ui.kit.templates import render
from ui.reads.kept import per_version
from ui.screens.method import lights, numbers, rules
from ui.screens.method.entry import MethodEntry, listed

CHAPTERS = {
    "lights": lights.lights,
    "sums": lights.sums,
    "indicators": numbers.indicators,
    "elements": numbers.elements,
    "rules": rules.rules,
    "words": lights.words,
}


def headline() -> str:
    plan = reads.plan()
    return say(
        "method.headline",
        tasks=len(plan.tasks),
        promises=len(plan.commitments),
        indicators=len(plan.indicators),
        elements=sum(map(numbers.counted, plan.elements.values())),
        rules=len(RULES),
    )


def chosen() -> tuple[str, str]:
    """The chapter, and the words to look for; both stand in the address."""
    left, right = st.columns([3, 2], vertical_alignment="center")
    with right:
        what = filters.find()
    with left:
        return filters.part(tuple(CHAPTERS), lambda part: say(f"method.part.{part}")), what


def _spoken() -> tuple[tuple, tuple]:
    """Links carry the choices of the other screens along."""
    return figures.key(), tuple(filters.kept().values())


def show(part: str, what: str) -> None:
    """The chapter; where words are looked for, what has them in all chapters."""
    tables.html(_shown(part, what.strip()))


@per_version(64, by=_spoken)
def _shown(part: str, what: str) -> Markup:
    if not what:
        return listed(_chapter(part))
    chapters = sorted(CHAPTERS, key=lambda name: name != part)  # the one that is open first
    found = {name: [entry for entry in _chapter(name) if entry.has(what)] for name in chapters}
    count = sum(map(len, found.values()))
    told = say("method.found" if count else "method.nothing", what=what, count=count)
    parts = [(say(f"method.part.{name}"), listed(entries)) for name, entries in found.items() if entries]
    return render("method/found.html", told=told, chapters=parts)


@per_version(48, by=_spoken)
def _chapter(part: str) -> tuple[MethodEntry, ...]:
    return tuple(CHAPTERS[part]())
