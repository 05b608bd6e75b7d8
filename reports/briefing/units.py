"""What a briefing says about the units: their places, their returns; what the departments will do next; who signs.

Nothing is graded here that the marts do not grade: places are counted in `warehouse.reads.county.ranking`, states and
days late come from the register of returns, problems and next steps are quoted as the departments wrote them.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from catalogue.display import NOTHING, day, quarter
from catalogue.model import Task
from catalogue.wording import pick, say
from reports.briefing.draft import Ranking, Writing
from reports.briefing.numbers import Numbers
from reports.briefing.sentence import Claim, Sentence, fill, together
from warehouse.reads.county import ranking
from warehouse.states import CAME

COUNTS = ("comparable", "top", "green", "yellow", "red")
ANNEXES = ("numbers", "definitions", "files")


def units(writing: Writing, numbers: Numbers) -> Ranking:
    """The words over the table, and the table."""
    snapshot = numbers.snapshot
    rows = list(
        snapshot.ask(lambda con: ranking(con, snapshot.period, snapshot.basis)).itertuples(index=False, name="Row")
    )
    placed = [row for row in rows if row.comparable]
    writing.section("units")
    writing.add("h1", say("briefing.head.units"))
    writing.add("h2", say("briefing.head.ranking"))
    if len(placed) < 2:
        writing.add("text", say("briefing.ranking.none"))
        return Ranking()
    count = numbers.count(len(placed), "placed", say("briefing.means.placed"), "ranking")
    out = say("briefing.and").join(numbers.who(row.unit) for row in rows if not row.comparable)
    writing.add(
        "text",
        fill("briefing.ranking.about", count=count),
        say("briefing.ranking.out", units=out) if out else "",
        say("briefing.ranking.how"),
        between=say("progress.space"),
    )
    heads = ("place", "unit", *COUNTS)
    return Ranking(tuple(say(f"briefing.ranking.{head}") for head in heads), tuple(_line(numbers, row) for row in rows))


def _line(numbers: Numbers, row: Any) -> tuple[Sentence, ...]:
    unit = Sentence((numbers.who(row.unit),))
    if not row.comparable:
        state = Sentence((_why(numbers, row.unit),))
        return Sentence((NOTHING,)), unit, state, *(Sentence((NOTHING,)) for _ in COUNTS[1:])

    def cell(what: str) -> Sentence:
        means = say("briefing.means.of_unit", unit=numbers.who(row.unit), means=say(f"briefing.ranking.{what}"))
        return Sentence((numbers.count(getattr(row, what), f"{row.unit} {what}", means, "ranking"),))

    return cell("place"), unit, *(cell(what) for what in COUNTS)


def _why(numbers: Numbers, unit: str) -> str:
    """Why a unit has nothing to compare: its return is missing, or does not count yet."""
    status = numbers.snapshot.status
    states = status.loc[status["reporter"] == unit, "state"]
    return say("charts.missing" if states.isin(["missing", "returned"]).all() else "charts.pending")


def returns(writing: Writing, numbers: Numbers) -> None:
    """What is owed, came, came late, is missing, was sent back; each by name."""
    snapshot = numbers.snapshot
    status = snapshot.status
    came = status[status["state"].isin(CAME)]
    groups = {
        "missing": status[status["state"] == "missing"],
        "returned": status[status["state"] == "returned"],
        "late": came[came["late"].astype(bool)],
    }

    def count(rows: pd.DataFrame, what: str) -> Claim:
        return numbers.count(len(rows), f"returns {what}", say(f"briefing.means.returns_{what}"), "returns")

    writing.section("returns")
    writing.add("h2", say("briefing.head.returns"))
    told = [
        fill(
            "briefing.returns.all",
            day=day(snapshot.today),
            quarter=quarter(snapshot.period),
            owed=count(status, "owed"),
            came=count(came, "came"),
            approved=count(came[came["state"] != "filed"], "approved"),
            pending=count(came[came["state"] == "filed"], "pending"),
        )
    ]
    told += [
        fill(f"briefing.returns.count_{what}", count=count(rows, what)) for what, rows in groups.items() if len(rows)
    ]
    writing.add(
        "text",
        fill("progress.sentence", told=together(told, say("briefing.comma"))),
        "" if any(map(len, groups.values())) else say("briefing.returns.all_on_time"),
        between=say("progress.space"),
    )
    for what, rows in groups.items():
        lines = [_owed(numbers, row, what) for row in rows.itertuples(index=False, name="Row")]
        if lines:
            writing.add("text", fill(f"briefing.returns.{what}", names=together(lines, say("briefing.semicolon"))))


def _owed(numbers: Numbers, row: Any, what: str) -> Sentence:
    """顺城区《县区季度报表》（应于2021年10月11日前报送，逾期4天）."""
    named = {
        "who": numbers.who(row.reporter),
        "form": pick(numbers.plan.forms[row.form], "title"),
        "due": numbers.due(row.due),
    }
    if what == "returned":
        return fill("briefing.returns.one_returned", **named)
    until = row.first_at.date() if what == "late" else numbers.snapshot.today
    days = (until - row.due.date()).days
    if days <= 0:
        return fill("briefing.returns.one_ahead", **named)
    means = say(f"briefing.means.days_{what}", who=named["who"], form=named["form"])
    source = say("briefing.source.register", due=named["due"], until=day(until))
    claim = Claim(
        say("chase.day_one" if days == 1 else "chase.day_many", count=days),
        means,
        source,
        f"returns_{row.reporter}_{row.form}_{what}",
    )
    return fill(f"briefing.returns.one_{what}", days=claim, **named)


def next_steps(writing: Writing, numbers: Numbers) -> None:
    """Of the tasks that need attention: what their departments wrote. Then what is asked of everybody."""
    snapshot = numbers.snapshot
    writing.section("next")
    writing.add("h1", say("briefing.head.next"))
    tasks = [snapshot.plan.tasks[number] for number in snapshot.tasks.loc[snapshot.tasks["attention"], "task"]]
    if tasks:
        writing.add("h2", say("briefing.head.declared"))
        writing.add("text", say("briefing.next.about"))
    for task in tasks:
        writing.add("item", _declared(numbers, task))
    writing.add("h2", say("briefing.head.asked"))
    states = set(snapshot.status["state"])
    asked = (("mend", states & {"missing", "returned"}), ("push", tasks), ("check", True))
    for what, holds in asked:
        if holds:
            writing.add("item", say(f"briefing.next.{what}"))


def _declared(numbers: Numbers, task: Task) -> Sentence:
    reports = numbers.snapshot.task_reports
    told = []
    for row in reports[reports["task"] == task.number].itertuples(index=False, name="Row"):
        said = {entry: getattr(row, entry) for entry in ("problem", "next") if getattr(row, entry)}
        if said:
            key = "both" if len(said) == 2 else next(iter(said))
            quotes = {entry: numbers.quote(words, row, entry) for entry, words in said.items()}
            told.append(
                fill(f"briefing.next.{key}", who=numbers.who(row.department), **{"problem": "", "next": "", **quotes})
            )
    words = (
        together(told, say("briefing.semicolon")) if told else say("briefing.next.silent", units=numbers.who(task.lead))
    )
    return fill("briefing.next.task", number=task.number, title=pick(task, "title"), told=words)


def sign(writing: Writing, numbers: Numbers) -> None:
    """The annexes' names, the bodies that issue, each on its line, and the day."""
    snapshot = numbers.snapshot
    writing.section("sign")
    for n, annex in enumerate(ANNEXES):
        writing.add(
            "attached",
            say(
                "briefing.annex.first" if n == 0 else "briefing.annex.other",
                number=n + 1,
                title=say(f"briefing.annex.{annex}"),
            ),
        )
    for body in snapshot.plan.issuer.split("、"):
        writing.add("sign", body)
    writing.add("date", day(snapshot.today))
