"""What the command line prints: a bar while it reads, a table of findings, rows as a table or JSON."""
from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Column, Table

from catalogue.display import quarter
from catalogue.model import Plan
from catalogue.wording import say
from etl.answers_out import Row
from etl.batch import Outcome
from etl.messages import mend, sentence, severity_label
from etl.model import Severity


@contextmanager
def progress(quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """Gives the function to call with (done, of)."""
    if quiet:
        yield lambda done, of: None
        return
    bar = Progress(
        TextColumn(say("load.reading")), BarColumn(), MofNCompleteColumn(), console=Console(stderr=True), transient=True
    )
    with bar:
        task = bar.add_task("")
        yield lambda done, of: bar.update(task, completed=done, total=of)


def tell(outcomes: list[Outcome], plan: Plan, quiet: bool, dry_run: bool) -> None:
    """The findings that stand in the way or were explained, what was refused, and the count."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=160)  # a log or a pipe has no width of its own
    told = [outcome for outcome in outcomes if not (quiet and outcome.taken)]
    if any(outcome.checked for outcome in told):
        _print_findings(console, told, plan)
    for outcome in told:
        if outcome.refusal is not None:
            console.print(f"[bold]{outcome.path.name}[/]  {outcome.refusal} {outcome.refusal.mend()}", highlight=False)
    counts = Counter(outcome.state for outcome in outcomes)
    words = [say(f"load.{state}", count=counts[state]) for state in ("accepted", "unchanged", "blocked", "refused") if counts[state]]
    console.print(say("load.checked" if dry_run else "load.loaded", files=len(outcomes)) + say("load.comma").join(words), highlight=False)


def _print_findings(console: Console, outcomes: list[Outcome], plan: Plan) -> None:
    headings = ("file", "severity", "finding", "mend")
    table = Table(
        *(Column(say(f"load.column.{heading}"), overflow="fold") for heading in headings), header_style="bold"
    )
    notes = 0
    for outcome in outcomes:
        for finding in outcome.checked.findings if outcome.checked else ():
            if finding.severity is Severity.NOTE:
                notes += 1
                continue
            advice = say("load.explained", reason=finding.explained) if finding.explained else mend(finding, plan)
            table.add_row(_who(outcome, plan), severity_label(finding), sentence(finding, plan), advice)
    if table.row_count:
        console.print(table)
    if notes:
        console.print(say("load.notes", count=notes), highlight=False)


def _who(outcome: Outcome, plan: Plan) -> str:
    identity = outcome.identity
    return f"{plan.name_of(identity.reporter)} {quarter(identity.period)}" if identity else outcome.path.name


def rows(found: list[Row], as_json: bool) -> None:
    """JSON: a list of objects on standard output. Otherwise a table, as wide as it needs to be."""
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return
    console = Console(width=None if not found else 220, soft_wrap=True)
    table = Table(*(found[0] if found else ()), header_style="bold")
    for row in found:
        table.add_row(*("" if value is None else str(value) for value in row.values()))
    console.print(table)
