"""Signs of the tasks' screens: what was declared, the light of a task, milestones, the quarters so far.

What is declared is no light, so it has signs of its own and none of the light colours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from catalogue.display import quarter
from catalogue.wording import knows, language, say
from ui import reads
from ui.kit import markup
from ui.kit.templates import Macros

SIGNS = {
    "done": "✓",
    "under_way": "▸",
    "stuck": "⚑",
    "not_started": "▹",
    "waiting": "…",
    "not_due": "·",
    "others": "–",
    "silent": "–",
}
STEPS = ("green", "red", "yellow", "grey")  # done, overdue, soon, not due
_MARKS = Macros("tasks/marks.html")


@dataclass(frozen=True, slots=True)
class QuarterMark:
    """A quarter of a task: its light, "" for none, over the sign of what was declared; both in words."""

    look: str
    words: str
    light: str
    sign: str


def progress(status: str) -> str:
    """As the catalogue prints the answer; in English as we word it, where we do."""
    key = f"tasks.progress.{status}"
    if language() == "en" and knows(key):
        return say(key)
    return next((label for e in reads.plan().elements.values() for code, label in e.choices if code == status), status)


def state(row: Any) -> str:
    """A key of SIGNS: the status its lead declares, else why there is none. row: of `task_status`."""
    return row.status if row.said == "declared" else row.said


def word(state: str) -> str:
    key = f"tasks.said_by.{state}"
    return say(key) if knows(key) else progress(state)


def why(row: Any) -> str:
    """What a task without a declared status lacks; "" for one that has it."""
    if row.said == "declared":
        return ""
    told = [say(f"tasks.said_help.{row.said}")]
    if row.said in ("silent", "others") and row.return_state in ("returned", "missing"):
        told.append(say(f"tasks.said_help.{row.return_state}"))
    return " ".join(told)


def said(state: str, hint: str = "") -> Markup:
    """Sign and word in a frame of its own."""
    return _MARKS.said(state, SIGNS.get(state, "▸"), word(state), hint)


def light(row: Any) -> Markup:
    """What the numbers say of a task; words where it has none."""
    return markup.lamp(row.light) if row.commitments else markup.muted(say("tasks.no_number"))


def step(light: str) -> Markup:
    """The state of one milestone: mark and word."""
    return _MARKS.step(light)


def steps(row: Any) -> Markup:
    """A mark per milestone, how many are done, how many overdue or due soon."""
    if not row.milestones_total:
        return markup.muted(say("tasks.steps_none"))
    counts = list(zip(STEPS, counted(row), strict=True))
    _, late, soon, _ = counted(row)
    return _MARKS.steps(row.milestones_done, row.milestones_total, late, soon, counts)


def counted(row: Any) -> tuple[int, int, int, int]:
    """Milestones in the order of STEPS."""
    done, late, soon = row.milestones_done, row.milestones_overdue, row.milestones_soon
    return done, late, soon, row.milestones_total - done - late - soon


def quarters(rows: Iterable[Any], until: str) -> Markup:
    """A small column per quarter of the plan: the light over what was declared. rows: one task's."""
    found = {row.period: row for row in rows}
    return _MARKS.quarters([_quarter(str(at), found.get(str(at)), until) for at in reads.plan().periods])


def _quarter(period: str, row: Any | None, until: str) -> QuarterMark:
    if row is None or period > until:
        return QuarterMark("ahead", say("tasks.quarter_ahead", quarter=quarter(period)), "", "·")
    lit = say(f"light.{row.light}") if row.commitments else say("tasks.no_number")
    told = say("tasks.quarter_says", quarter=quarter(period), light=lit, said=word(state(row)))
    look = f"{state(row)}{' here' if period == until else ''}"
    return QuarterMark(look, told, row.light if row.commitments else "", SIGNS.get(state(row), "▸"))
