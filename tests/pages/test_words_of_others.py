"""What a plan, a return or a person wrote is text on every screen: never markup, and not escaped twice."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from functools import cache
from html.parser import HTMLParser

import pandas as pd
import pytest
from pages_fixtures import demonstration, screen  # noqa: F401  (fixture)

from actions import tokens
from ui.reads import kept, shown
from ui.screens.review import lines
from warehouse import compare_periods, read, store
from warehouse.reads import works

EVIL = "<script>alert(1)</script>\"' onx='&amp;<!--"
NAMES = {
    "name",
    "name_en",
    "title",
    "title_en",
    "short",
    "quote",
    "text",
    "definition",
    "units_text",
    "label",
    "counts",
}
WRITTEN = {"file_name", "sheet", "reason", "done", "problem", "next", "evidence", "sender", "correction", "text", "by"}
SCREENS = [
    ("overview", "demo-leader", {"theme": "preschool"}),
    ("overview", "demo-leader", {}),
    ("indicator", "demo-leader", {"why": "inclusive-coverage/210402"}),
    ("county", "demo-leader", {"unit": "210402"}),
    ("county", "demo-leader", {"unit": "210402", "card": "1"}),
    ("tasks", "demo-leader", {}),
    ("tasks", "demo-leader", {"view": "matrix"}),
    ("tasks", "demo-leader", {"task": "6"}),
    ("works", "demo-leader", {}),
    ("compare", "demo-leader", {"with": "2021Q2"}),
    ("method", "demo-leader", {"part": "indicators"}),
    ("method", "demo-leader", {"part": "elements"}),
    ("method", "demo-leader", {"find": EVIL}),
    ("programs", "demo-admin", {}),
    ("review", "demo-planning", {"form": "department", "reporter": "planning"}),
    ("", "demo-leader", {"kiosk": "1"}),
]


def evil(entry):
    """A plan, or an entry of it, with EVIL at the end of all that is a name or a sentence."""
    changed = {}
    for field in fields(entry):
        value = getattr(entry, field.name)
        if isinstance(value, str) and value and field.name in NAMES:
            changed[field.name] = value + EVIL
        elif field.name != "files" and hasattr(value, "items"):
            changed[field.name] = {key: evil(one) if is_dataclass(one) else one for key, one in value.items()}
    return replace(entry, **changed)


def reported(question):
    """The same question, answered with EVIL at the end of all that a person wrote."""

    def ask(*arguments, **more):
        rows = question(*arguments, **more)
        if not isinstance(rows, pd.DataFrame):
            return rows
        return rows.assign(**{name: [_said(text) for text in rows[name]] for name in WRITTEN & set(rows.columns)})

    return ask


def _said(text):
    return text + EVIL if isinstance(text, str) and text and not re.fullmatch(r"[\w.-]+", text, re.ASCII) else text


@pytest.fixture
def others(demonstration, monkeypatch):  # noqa: F811
    kept.forget()
    known = store.plans_of
    monkeypatch.setattr(store, "plans_of", cache(lambda version: tuple(evil(plan) for plan in known(version))))
    read_plan = shown.plan_of
    monkeypatch.setattr(shown, "plan_of", cache(lambda period: evil(read_plan(period))))
    for room, name in (
        *((read, name) for name in ("submissions", "source_cells", "task_reports", "milestones")),
        (works, "project_cells"),
        (compare_periods, "corrected"),
    ):
        monkeypatch.setattr(room, name, reported(getattr(room, name)))
    monkeypatch.setattr(lines, "_text_row", lambda line, desk: (f"item{EVIL}", f"now{EVIL}", f"last{EVIL}"))
    yield
    kept.forget()


class Read(HTMLParser):
    """The tags and attributes of a piece of HTML, and all its words, read once."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.words: list[str] = []
        self.comments = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.words += [value or "" for _, value in attrs]

    def handle_data(self, data):
        self.words.append(data)

    def handle_comment(self, data):
        self.comments += 1


@pytest.mark.parametrize(("page", "account", "query"), SCREENS, ids=lambda value: str(value)[:40])
def test_words_of_others_are_words(others, monkeypatch, page, account, query):
    held = tokens.Held(1, f"name{EVIL}", f"label{EVIL}", datetime(2021, 10, 1), None, None)
    monkeypatch.setattr(tokens, "held", lambda actor: [held])
    app = screen(page and f"pages/{page}.py", account=account, period="2021Q3", basis="filed", **query)
    told = Read("".join(block.proto.body for block in app.get("html") if ":root" not in block.proto.body))
    assert told.tags & {"script", "iframe", "object"} == set() and told.comments == 0
    assert [name for name in told.attributes if name.startswith("on")] == []
    words = "\n".join(told.words)
    assert words.count(EVIL) > 0, "nothing of it is on this screen"
    assert words.count("onx=") == words.count(EVIL), "cut, changed or escaped twice"
