"""Above the tasks: how many need attention, and the counts by number, by word and by milestone."""

from __future__ import annotations

from collections import Counter

import pandas as pd
from markupsafe import Markup

from catalogue.display import quarter
from catalogue.wording import say
from sentences.lights import LIGHTS
from ui import reads
from ui.kit import figures, markup
from ui.kit.templates import render, show_html
from ui.reads import tasks
from ui.reads.kept import per_version
from ui.screens.tasks import marks

Group = tuple[str, list[tuple[Markup, int]], str]  # title, (sign, how many), what is not among them


def show(basis: str, period: str) -> None:
    show_html(_head(basis, period))


@per_version(64, by=(figures.key, reads.today))
def _head(basis: str, period: str) -> Markup:
    rows = tasks.tasks(basis, period)
    attention = int(rows["attention"].sum())
    title = say(
        "tasks.title" if attention else "tasks.title_calm", period=quarter(period), total=len(rows), attention=attention
    )
    filing = say("tasks.returns", **reads.filing_counts(period, _form()))
    groups = (_by_number(rows), _by_word(rows), _steps(rows))
    return render("tasks/head.html", title=title, groups=groups, filing=filing)


def _form() -> str:
    """Code of the form on which departments report."""
    return next((code for code, form in reads.plan().forms.items() if form.reporter == "department"), "*")


def _by_number(rows: pd.DataFrame) -> Group:
    numbered = rows[rows["commitments"] > 0]
    counts, others = Counter(numbered["light"]), len(rows) - len(numbered)
    told = [(markup.lamp(light), counts[light]) for light in LIGHTS]
    more = say("tasks.without_number", count=others) if others else ""
    return say("tasks.by_number", count=len(numbered)), told, more


def _by_word(rows: pd.DataFrame) -> Group:
    counts = Counter(marks.state(row) for row in rows.itertuples())
    told = [(marks.said(state), counts[state]) for state in marks.SIGNS if counts[state]]
    return say("tasks.by_word", count=int((rows["said"] == "declared").sum())), told, ""


def _steps(rows: pd.DataFrame) -> Group:
    counts = [sum(of_light) for of_light in zip(*(marks.counted(row) for row in rows.itertuples()), strict=True)]
    told = [(marks.step(light), count) for light, count in zip(marks.STEPS, counts, strict=True) if count]
    return say("tasks.steps", count=sum(counts)), told, ""
