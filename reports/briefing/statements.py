"""What a briefing says about the promises: overall, what is met, what lags and by how much, what cannot be judged yet.

Every sentence is filled from rows that were read; the same snapshot gives the same words. Nothing is said of a
promise on fewer returns than its rule asks for, except that it is not said (see `is_refused`).
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from catalogue.display import day, quarter
from catalogue.model import Commitment, Indicator
from catalogue.naming import responsible
from catalogue.period import Period
from catalogue.wording import pick, say
from reports.briefing.draft import Writing
from reports.briefing.gaps import lacking
from reports.briefing.numbers import Numbers
from reports.briefing.sentence import Sentence, fill, together
from reports.snapshot import Snapshot
from sentences import reading
from sentences.lights import LIGHTS
from warehouse.reads.sources import all_gaps

Promised = tuple[Commitment, Indicator, Any]
# heading: the verdicts told under it
MET = {"met": ("met",), "on_pace": ("on_pace",), "improved": ("improved",)}
STATES = ("done", "under_way", "stuck", "not_started")


def is_refused(row: Any) -> bool:
    """Too few returns for what the rules would have to say: good news that later returns could undo, what is open, and any
    ratio that stands on few units."""
    return (
        row.verdict in ("undecided", "met_but_partial")
        or (reading.is_partial(row) and not row.firm)
        or is_ratio_of_few(row)
    )


def is_ratio_of_few(row: Any) -> bool:
    """A percentage of less than half of the units is not the city's, also where its light could not be another."""
    return row.measure == "percent" and reading.is_partial(row) and 2 * reading.stands_on(row) < row.expected


def head(writing: Writing, snapshot: Snapshot) -> None:
    plan = snapshot.plan
    writing.section("head")
    told = say(f"briefing.quarter.{Period.parse(snapshot.period).quarter}")
    writing.add("title", say("briefing.title", plan=pick(plan, "title"), quarter=told))
    writing.add("address", say("briefing.address"))
    writing.add(
        "text",
        say(
            "briefing.opening",
            document=plan.document,
            plan=pick(plan, "title"),
            quarter=quarter(snapshot.period),
            basis=say(f"briefing.basis.{snapshot.basis}"),
            as_of=snapshot.as_of_words,
        ),
    )
    if snapshot.early_note:
        writing.add("text", snapshot.early_note)


def overall(writing: Writing, numbers: Numbers) -> None:
    snapshot = numbers.snapshot
    promised = snapshot.promised()
    writing.section("overall")
    writing.add("h1", say("briefing.head.overall"))
    writing.add("h2", say("briefing.head.lights"))
    writing.add("text", _lights("lights", promised, numbers), _grey(promised, numbers), between=say("progress.space"))
    numerals = [one for one in promised if one[0].numeral]
    if numerals and len(numerals) < len(promised):
        writing.add("text", _lights("numerals", numerals, numbers))
    writing.add("h2", say("briefing.head.tasks"))
    writing.add("text", _tasks(numbers), _steps(numbers), between=say("progress.space"))
    for said in ("silent", "others"):
        _silent(writing, numbers, said)


def _lights(key: str, promised: list[Promised], numbers: Numbers) -> Sentence:
    counts = Counter(_light(row) for _, _, row in promised)
    told = {light: numbers.count(counts[light], f"{key} {light}", say(f"light.{light}"), "lights") for light in LIGHTS}
    return fill(
        f"briefing.{key}", count=numbers.count(len(promised), key, say("briefing.means.promises"), "lights"), **told
    )


def _grey(promised: list[Promised], numbers: Numbers) -> Sentence:
    """灰灯中，报表未报齐22项、未到评价时间4项."""
    counts = Counter(_why(row) for _, _, row in promised if _light(row) == "grey")
    if not counts:
        return Sentence()
    told = [
        fill(
            "grey.count",
            why=say(f"briefing.grey.{why}"),
            count=numbers.count(count, f"grey {why}", say(f"briefing.grey.{why}"), "lights"),
        )
        for why, count in counts.most_common()
    ]
    return fill("briefing.grey_reasons", reasons=together(told, say("grey.and")))


def _light(row: Any) -> str:
    return "grey" if is_ratio_of_few(row) else row.light


def _why(row: Any) -> str:
    """Why a promise is not judged."""
    if row.verdict == "not_reported":
        return "pending" if reading.state(row) == "pending" else row.verdict
    return "partial" if is_refused(row) else row.verdict


def _tasks(numbers: Numbers) -> Sentence:
    """Of each state only where there is one."""
    tasks = numbers.snapshot.tasks
    if tasks.empty:
        return Sentence()
    counts = tasks["status"].value_counts()
    told = [(say(f"tasks.progress.{state}"), int(counts.get(state, 0)), state) for state in STATES]
    silent = tasks["said"].value_counts()
    told += [
        (say(f"tasks.said_by.{state}"), int(silent.get(state, 0)), state)
        for state in ("others", "silent", "waiting", "not_due")
    ]
    parts = [
        fill(
            "grey.count",
            why=word,
            count=numbers.count(count, f"tasks {state}", say("briefing.means.tasks", state=word), "tasks"),
        )
        for word, count, state in told
        if count
    ]
    attention = int(tasks["attention"].sum())
    return fill(
        "briefing.tasks",
        total=numbers.count(len(tasks), "tasks", say("briefing.means.all_tasks"), "plan"),
        states=together(parts, say("grey.and")),
        attention=numbers.count(attention, "tasks attention", say("briefing.means.attention"), "tasks"),
    )


def _silent(writing: Writing, numbers: Numbers, said: str) -> None:
    """The tasks of which nobody, or not their lead, has said anything though the day is past; by number, name and lead."""
    plan, tasks = numbers.plan, numbers.snapshot.tasks
    mine = [] if tasks.empty else [plan.tasks[number] for number in tasks.loc[tasks["said"] == said, "task"]]
    if not mine:
        return
    named = [
        fill("briefing.silent.task", number=task.number, title=pick(task, "title"), lead=numbers.who(task.lead))
        for task in mine
    ]
    means = say("briefing.means.tasks", state=say(f"tasks.said_by.{said}"))
    count = numbers.count(len(mine), f"silent {said}", means, "tasks")
    writing.add("text", fill(f"briefing.silent.{said}", count=count, tasks=together(named, say("briefing.semicolon"))))


def _steps(numbers: Numbers) -> Sentence:
    steps = numbers.snapshot.milestones
    if steps.empty:
        return Sentence()
    counts = steps["light"].value_counts()

    def count(light: str) -> Any:
        number = len(steps) if light == "all" else int(counts.get(light, 0))
        return numbers.count(number, f"steps {light}", say(f"briefing.means.steps_{light}"), "steps")

    return fill("briefing.steps", total=count("all"), done=count("green"), overdue=count("red"))


def met(writing: Writing, numbers: Numbers) -> None:
    told = [
        (promise, row)
        for promise, _, row in numbers.snapshot.promised()
        if row.light == "green" and not is_refused(row)
    ]
    writing.section("met")
    writing.add("h1", say("briefing.head.met"))
    if not told:
        writing.add("text", say("briefing.none_met"))
    for heading, verdicts in MET.items():
        mine = [(promise, row) for promise, row in told if row.verdict in verdicts]
        if mine:
            writing.add("h2", say(f"briefing.head.met_{heading}"))
        for promise, row in mine:
            writing.add("item", fill("progress.sentence", told=numbers.finding(row, promise)))


def behind(writing: Writing, numbers: Numbers) -> None:
    """Red before yellow, weightiest first; then the steps that are overdue."""
    snapshot = numbers.snapshot
    writing.section("behind")
    writing.add("h1", say("briefing.head.behind"))
    gap_rows = snapshot.ask(lambda con: all_gaps(con, snapshot.period, snapshot.basis))
    shown = [row for row in snapshot.attention.itertuples(index=False, name="Row") if not is_refused(row)]
    for light in ("red", "yellow"):
        mine = [row for row in shown if row.light == light]
        if mine:
            writing.add("h2", say(f"briefing.head.behind_{light}"))
        for row in mine:
            promise = snapshot.plan.commitments[row.commitment]
            writing.add(
                "item",
                fill("progress.sentence", told=numbers.finding(row, promise)),
                lacking(numbers, row, promise, gap_rows),
                say("briefing.responsible", units=responsible(snapshot.plan, snapshot.plan.tasks[promise.task])),
                between=say("progress.space"),
            )
    overdue = snapshot.milestones[snapshot.milestones["light"] == "red"]
    if not shown and overdue.empty:
        writing.add("text", say("overview.nothing_to_attend"))
    if len(overdue):
        writing.add("h2", say("briefing.head.overdue"))
    for row in overdue.itertuples():
        step = snapshot.plan.milestones[row.milestone]
        told = say("attend.step", name=pick(step), due=day(step.due), unit=numbers.who(step.department))
        writing.add("item", say("progress.sentence", told=told))


def undecided(writing: Writing, numbers: Numbers) -> None:
    """What is not judged, by reason; of partial returns only how many are in."""
    groups: dict[tuple[str, str], list[Any]] = {}
    for _, _, row in numbers.snapshot.promised():
        why = _why(row)
        if is_refused(row) or row.light == "grey":
            groups.setdefault((why, reading.coverage(row) if why == "partial" else ""), []).append(row)
    if not groups:
        return
    writing.section("undecided")
    writing.add("h1", say("briefing.head.undecided"))
    for (why, covered), rows in sorted(groups.items(), key=lambda group: group[0][0] != "partial"):
        names = say("briefing.and").join(numbers.name(row) for row in rows)
        count = numbers.count(
            len(rows),
            f"undecided {why} {covered and reading.stands_on(rows[0])}",
            say("briefing.means.undecided"),
            "lights",
        )
        coverage = numbers.coverage(rows[0]) if covered else ""
        writing.add("text", fill(f"briefing.undecided.{why}", names=names, count=count, coverage=coverage))
