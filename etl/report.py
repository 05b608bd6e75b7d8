"""What the command line prints: a bar while it reads, a table of findings, rows as a table or JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Column, Table
from rich.text import Text

from catalogue import clock
from catalogue.display import quarter
from catalogue.model import Plan
from catalogue.wording import say
from etl.answers_out import Row
from etl.batch import Outcome
from etl.inbox import IN_ARCHIVE
from etl.later import RULE as AGAINST
from etl.messages import mend, sentence, severity_label
from etl.model import Finding, Severity
from etl.watch import Taken


def _console(width: int = 160) -> Console:
    """What stands in workbooks and file names is never markup. A pipe or a log has no width of its own."""
    console = Console(markup=False, highlight=False)
    return console if console.is_terminal else Console(markup=False, highlight=False, width=width)


@contextmanager
def progress(quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """Gives the function to call with (files done, files in all), which draws on the terminal; quiet: nothing is
    drawn."""
    if quiet:
        yield lambda done, of: None
        return
    bar = Progress(
        TextColumn(say("load.reading")), BarColumn(), MofNCompleteColumn(), console=Console(stderr=True), transient=True
    )
    with bar:
        task = bar.add_task("")
        yield lambda done, of: bar.update(task, completed=done, total=of)


def tell(outcomes: list[Outcome], plan: Plan, quiet: bool, dry_run: bool, notes: bool) -> None:
    """The findings that stand in the way or were explained, what was refused, and the count."""
    console = _console()
    told = [outcome for outcome in outcomes if not (quiet and outcome.taken)]
    told += [outcome for outcome in outcomes if outcome not in told and _contradictions(outcome)]
    if any(outcome.checked for outcome in told):
        _print_findings(console, told, plan, notes, quiet)
    for outcome in told:
        if outcome.refusal is not None:
            console.print(Text(outcome.name, style="bold"), f" {outcome.refusal} {outcome.refusal.mend()}")
    for outcome in told:
        if IN_ARCHIVE in outcome.name and outcome.refusal is None:
            console.print(say("load.inside", file=outcome.name, state=say(f"load.{outcome.state}", count=1)))
    for outcome in outcomes:
        if outcome.same_as:
            console.print(say("load.same", file=outcome.name, other=outcome.same_as))
    counts = Counter(outcome.state for outcome in outcomes)
    words = [
        say(f"load.{state}", count=counts[state])
        for state in ("accepted", "unchanged", "blocked", "refused", "unread")
        if counts[state]
    ]
    console.print(
        say("load.checked" if dry_run else "load.loaded", files=len(outcomes)) + say("load.comma").join(words)
    )


def taken(found: Taken) -> None:
    """A line for each file out of an inbox: what became of it, and where it lies now."""
    counts = Counter(outcome.state for outcome in found.outcomes)
    became = say("load.comma").join(say(f"load.{state}", count=count) for state, count in counts.items())
    where = (
        say("load.moved", place=f"{found.moved.parent.parent.name}/{found.moved.parent.name}") if found.moved else ""
    )
    print(f"{clock.real_now():%Y-%m-%d %H:%M:%S} {found.path.name} {became} {where}".rstrip(), flush=True)


def _contradictions(outcome: Outcome) -> list[Finding]:
    """What later returns on record say against this one: told however quiet one wants it."""
    return [finding for finding in (outcome.checked.findings if outcome.checked else ()) if finding.rule == AGAINST]


def _print_findings(console: Console, outcomes: list[Outcome], plan: Plan, notes: bool, quiet: bool) -> None:
    """A note is told where asked for, and where its cell has to be mended: it says how the cell was read."""
    headings = ("file", "severity", "finding", "mend")
    table = Table(
        *(Column(say(f"load.column.{heading}"), overflow="fold") for heading in headings), header_style="bold"
    )
    kept = 0
    for outcome in outcomes:
        found = list(outcome.checked.findings if outcome.checked else ())
        if quiet and outcome.taken:
            found = _contradictions(outcome)
        stopped = {finding.at for finding in found if finding.is_open}
        for finding in found:
            hidden = finding.severity is Severity.NOTE and not notes and finding.rule != AGAINST
            if hidden and finding.at not in stopped:
                kept += 1
                continue
            advice = say("load.explained", reason=finding.explained) if finding.explained else mend(finding, plan)
            table.add_row(_who(outcome, plan), severity_label(finding), sentence(finding, plan), advice)
    if table.row_count:
        console.print(table)
    if kept:
        console.print(say("load.notes", count=kept))


def _who(outcome: Outcome, plan: Plan) -> str:
    identity = outcome.identity
    return f"{plan.name_of(identity.reporter)} {quarter(identity.period)}" if identity else outcome.name


def rows(found: list[Row], as_json: bool) -> None:
    """JSON: a list of objects on standard output. Otherwise a table, as wide as it needs to be."""
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return
    console = _console(220)
    table = Table(*(found[0] if found else ()), header_style="bold")
    for row in found:
        table.add_row(*("" if value is None else str(value) for value in row.values()))
    console.print(table)
