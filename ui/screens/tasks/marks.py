"""Signs of the tasks' screens: what was declared, the light of a task, milestones, the quarters so far.

What is declared is no light, so it has signs of its own and none of the light colours.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from catalogue.display import quarter
from catalogue.wording import knows, language, say
from sentences.lights import MARKS
from ui import reads
from ui.kit import markup

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


def said(state: str, hint: str = "") -> str:
    """Sign and word in a frame of its own."""
    title = f' title="{markup.text(hint)}"' if hint else ""
    return f'<span class="tasks-said {state}"{title}><i>{SIGNS.get(state, "▸")}</i> {markup.text(word(state))}</span>'


def light(row: Any) -> str:
    """What the numbers say of a task; words where it has none."""
    return (
        markup.lamp(row.light)
        if row.commitments
        else f'<span class="muted">{markup.text(say("tasks.no_number"))}</span>'
    )


def step(light: str) -> str:
    """The state of one milestone: mark and word."""
    return f'<span class="lamp"><i class="{light}">{MARKS[light]}</i> {markup.text(say(f"tasks.step_state.{light}"))}</span>'


def steps(row: Any) -> str:
    """A mark per milestone, how many are done, how many overdue or due soon."""
    if not row.milestones_total:
        return f'<span class="muted">{markup.text(say("tasks.steps_none"))}</span>'
    counts = dict(zip(STEPS, counted(row), strict=True))
    marks = "".join(f'<i class="{light}">{MARKS[light] * count}</i>' for light, count in counts.items() if count)
    told = markup.text(say("tasks.done_of", done=row.milestones_done, total=row.milestones_total))
    late = (
        f' <b class="tasks-late">{markup.text(say("tasks.overdue", count=counts["red"]))}</b>' if counts["red"] else ""
    )
    soon = f" <b>{markup.text(say('tasks.soon', count=counts['yellow']))}</b>" if counts["yellow"] else ""
    return f'{told}{late}{soon}<span class="tasks-steps" aria-hidden="true">{marks}</span>'


def counted(row: Any) -> tuple[int, int, int, int]:
    """Milestones in the order of STEPS."""
    done, late, soon = row.milestones_done, row.milestones_overdue, row.milestones_soon
    return done, late, soon, row.milestones_total - done - late - soon


def quarters(rows: Iterable[Any], until: str) -> str:
    """A small column per quarter of the plan: the light over what was declared. rows: one task's."""
    found = {row.period: row for row in rows}
    return f'<span class="tasks-quarters">{"".join(_quarter(str(at), found.get(str(at)), until) for at in reads.plan().periods)}</span>'


def _quarter(period: str, row: Any | None, until: str) -> str:
    if row is None or period > until:
        told = markup.text(say("tasks.quarter_ahead", quarter=quarter(period)))
        return f'<span class="ahead" title="{told}"><i>·</i><i>·</i><span class="unseen">{told}</span></span>'
    lit = say(f"light.{row.light}") if row.commitments else say("tasks.no_number")
    told = markup.text(say("tasks.quarter_says", quarter=quarter(period), light=lit, said=word(state(row))))
    above = f'<i class="{row.light}">{MARKS[row.light]}</i>' if row.commitments else "<i>·</i>"
    here = " here" if period == until else ""
    return f'<span class="{state(row)}{here}" title="{told}">{above}<i>{SIGNS.get(state(row), "▸")}</i><span class="unseen">{told}</span></span>'
