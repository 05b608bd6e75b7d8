"""python -m etl: templates out, returns in, and the questions scripts ask."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from catalogue.entries import CatalogueError
from catalogue.free_space import NoStorage
from catalogue.load import current_plan, plan_of
from catalogue.model import Plan
from catalogue.period import Period
from etl import answers_out, batch, report
from etl.executor import ExecutorProblem
from etl.ledger import LedgerBroken
from etl.outgoing import chase_commands
from etl.outgoing.templates import write_templates
from etl.watch import EVERY, InboxProblem, Taken, Watch, overlaps
from warehouse import store

OK, SOME_REFUSED, USAGE = 0, 1, 2


def main(argv: list[str] | None = None) -> int:
    args = _parser().parse_args(argv)
    try:
        run: Callable[[argparse.Namespace], int] = args.run
        return run(args)
    except BrokenPipeError:  # `… --json | head`: nobody listens any more
        sys.stderr.close()
        return OK
    except (CatalogueError, ExecutorProblem, InboxProblem, LedgerBroken, NoStorage, store.StoreError) as problem:
        print(problem, file=sys.stderr)
        return USAGE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m etl", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    template = commands.add_parser("template", help="write templates, last quarter's values filled in")
    who = template.add_mutually_exclusive_group(required=True)
    who.add_argument("--unit", metavar="CODE", help="a unit (210402), a department (planning) or city (backfill)")
    who.add_argument("--all", action="store_true", help="everybody who owes a return")
    template.add_argument(
        "--form", help="only this form, by its code: county, project, department, backfill, or another of forms.toml"
    )
    template.add_argument("--period", required=True, type=_period)
    template.add_argument("--out", required=True, type=Path, metavar="DIR")
    template.set_defaults(run=_template)

    load = commands.add_parser("load", help="check workbooks and publish those without an open finding")
    load.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files or folders")
    load.add_argument("--dry-run", action="store_true", help="check only")
    load.add_argument("--approve", action="store_true", help="approve what is accepted")
    load.add_argument("--sender", default="", metavar="NAME")
    load.add_argument(
        "--notes", action="store_true", help="tell the notes too, not only what must be mended or explained"
    )
    load.add_argument("--quiet", action="store_true", help="only the count, and what was refused")
    load.set_defaults(run=_load)

    watch = commands.add_parser("watch", help="take what arrives in a folder, and move it aside with what became of it")
    watch.add_argument("folder", type=Path, metavar="FOLDER")
    watch.add_argument("--every", type=_seconds, default=EVERY, metavar="SECONDS", help="between two looks (5)")
    watch.add_argument("--once", action="store_true", help="look twice and end, for cron")
    watch.add_argument("--approve", action="store_true", help="approve what is accepted")
    watch.add_argument("--sender", default="", metavar="NAME")
    watch.set_defaults(run=_watch)

    values = commands.add_parser("values", help="indicator values, targets, pace and lights")
    values.add_argument("--period", required=True, type=_period)
    values.add_argument("--unit", metavar="CODE", help="only this unit or department; default: the city and all")
    values.add_argument("--basis", choices=("filed", "approved"), default="filed")
    values.add_argument("--json", action="store_true")
    values.set_defaults(run=_values)

    source = commands.add_parser("source", help="the cells an indicator stands on")
    source.add_argument("indicator", help="code (public-share) or commitment (K02)")
    source.add_argument("--period", required=True, type=_period)
    source.add_argument("--unit", metavar="CODE")
    source.add_argument("--basis", choices=("filed", "approved"), default="filed")
    source.add_argument("--json", action="store_true")
    source.set_defaults(run=_source)

    status = commands.add_parser("status", help="who has filed what")
    status.add_argument("--period", required=True, type=_period)
    status.add_argument("--json", action="store_true")
    status.set_defaults(run=_status)

    chase_commands.add_to(commands, _period)
    return parser


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError as problem:
        raise argparse.ArgumentTypeError(str(problem)) from problem


def _seconds(text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        found = 0
    if not 0.1 <= found <= 3600:
        raise argparse.ArgumentTypeError("0.1–3600")
    return found


def _usage(problem: str) -> int:
    print(problem, file=sys.stderr)
    return USAGE


def _template(args: argparse.Namespace) -> int:
    plan = plan_of(args.period)
    try:
        written = write_templates(plan, args.period, args.out, reporter=args.unit, form=args.form)
    except ValueError as problem:
        return _usage(str(problem))
    for path in written:
        print(path)
    return OK


def _load(args: argparse.Namespace) -> int:
    missing = [path for path in args.paths if not path.exists()]
    if missing:
        return _usage(f"没有这个文件或文件夹 / no such file or folder: {', '.join(map(str, missing))}")
    with report.progress(quiet=args.quiet) as progress:
        if args.dry_run:
            outcomes = batch.check(args.paths, progress=progress)
        else:
            outcomes = batch.load(args.paths, sender=args.sender, approve=args.approve, progress=progress)
    if not outcomes:
        return _usage(f"没有找到报表文件 / no workbooks found: {', '.join(map(str, args.paths))}")
    report.tell(outcomes, current_plan(), quiet=args.quiet, dry_run=args.dry_run, notes=args.notes)
    return OK if all(outcome.taken for outcome in outcomes) else SOME_REFUSED


def _watch(args: argparse.Namespace) -> int:
    if not args.folder.is_dir():
        return _usage(f"没有这个文件夹 / no such folder: {args.folder}")
    if overlaps(args.folder, store.data_folder()):
        return _usage(
            f"{args.folder}: 收件文件夹不能与数据文件夹相套 / an inbox cannot be, hold or lie in the data folder"
        )
    refused = 0

    def tell(taken: Taken) -> None:
        nonlocal refused
        refused += not taken.done
        report.taken(taken)

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with report.progress(quiet=not sys.stderr.isatty()) as progress:
        watched = Watch(args.folder, args.sender, args.approve, tell, progress)
        if args.once:
            watched.look()
            stop.wait(min(args.every, EVERY))
            watched.look()
        else:
            watched.run(stop, args.every, lambda problem: print(problem, file=sys.stderr, flush=True))
    return SOME_REFUSED if args.once and refused else OK


def _values(args: argparse.Namespace) -> int:
    plan = plan_of(args.period)
    if problem := _unknown(plan, args):
        return _usage(problem)
    rows, note = answers_out.values(plan, args.period, args.unit, args.basis), answers_out.note(args.period)
    report.rows(rows, as_json=args.json)
    if note:
        print(note, file=sys.stderr)
    return OK


def _source(args: argparse.Namespace) -> int:
    plan = plan_of(args.period)
    if problem := _unknown(plan, args):
        return _usage(problem)
    code = plan.commitments[args.indicator].indicator if args.indicator in plan.commitments else args.indicator
    if code not in plan.indicators:
        return _usage(f"{args.indicator}: 没有这个指标 / no such indicator")
    report.rows(answers_out.source(code, args.period, args.unit, args.basis), as_json=args.json)
    return OK


def _unknown(plan: Plan, args: argparse.Namespace) -> str:
    """What is wrong with the unit or quarter asked about; "" if nothing."""
    if args.unit and args.unit not in plan.units and args.unit not in plan.departments:
        return f"{args.unit}: 没有这个单位 / no such unit"
    return _outside(plan, args.period)


def _outside(plan: Plan, period: Period) -> str:
    if plan.baseline_period <= period <= plan.last:
        return ""
    return f"{period}: 不在工作要点期间内 / not a quarter of the plan ({plan.baseline_period}–{plan.last})"


def _status(args: argparse.Namespace) -> int:
    if problem := _outside(plan_of(args.period), args.period):
        return _usage(problem)
    report.rows(answers_out.status(args.period), as_json=args.json)
    return OK


if __name__ == "__main__":
    sys.exit(main())
