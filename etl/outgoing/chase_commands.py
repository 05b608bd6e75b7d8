"""The commands `remind` and `calendar` of python -m etl."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from catalogue.clock import today
from catalogue.load import current_plan, plan_of
from catalogue.model import Plan
from catalogue.period import Period
from catalogue.wording import LANGUAGES, say
from etl.outgoing import remind
from etl.outgoing.calendar import deadlines_ics
from etl.outgoing.chase import chased, text_for, text_for_all
from warehouse import store
from warehouse.reads import chase as read_chase
from warehouse.reads.chase import Return

OK, SOME_FAILED, USAGE = 0, 1, 2


def add_to(commands: Any, period: Callable[[str], Period]) -> None:
    """commands: the subparsers of the command line; period: reads 2021Q3."""
    reminding = commands.add_parser(
        "remind", help="the text that asks for missing returns; --send posts it to the work group"
    )
    reminding.add_argument("--period", type=period, help="default: the quarter that ended last")
    reminding.add_argument("--unit", metavar="CODE", help="a unit or department: the text for it alone")
    reminding.add_argument(
        "--send",
        action="store_true",
        help="post it to the robots in DASHBOARD_WEBHOOK_WECOM and DASHBOARD_WEBHOOK_DINGTALK",
    )
    reminding.add_argument(
        "--today", type=date.fromisoformat, metavar="DATE", help="as of this day, like 2021-10-13; default: today"
    )
    reminding.add_argument("--lang", choices=LANGUAGES, default="zh")
    reminding.set_defaults(run=_remind)

    dates = commands.add_parser("calendar", help="write the due days as an iCalendar file")
    dates.add_argument("--out", required=True, type=Path, metavar="FILE")
    dates.add_argument("--lang", choices=LANGUAGES, default="zh")
    dates.set_defaults(run=_calendar)


def period_to_chase(plan: Plan, day: date) -> Period:
    """The quarter of the plan that ended last: its returns are due now or overdue, the next ones cannot be made yet.

    Before the first quarter has ended, that one; after the plan, its last.
    """
    ended = [period for period in plan.periods if period.last_day < day]
    return ended[-1] if ended else plan.first


def _remind(args: argparse.Namespace) -> int:
    day = args.today or today()
    plan = plan_of(args.period or Period.of(day).previous)
    period = args.period or period_to_chase(plan, day)
    if period not in plan.periods:
        return _usage(say("chase.call.period", period=period, first=plan.first, last=plan.last))
    if args.unit and args.unit not in plan.units and args.unit not in plan.departments:
        return _usage(say("chase.call.unit", unit=args.unit))
    if args.send and not remind.robots():
        return _usage(say("chase.call.no_robot"))
    text = _text(plan, period, args.unit, day, args.lang)
    if text is None:
        print(say("chase.call.nothing_owed"))
        return OK
    if not args.send:
        print(text)
        return OK
    return _send(text)


def _text(plan: Plan, period: Period, unit: str | None, day: date, lang: str) -> str | None:
    """None where nothing is owed. Drafts are kept elsewhere and not known here: they count as missing."""
    with store.open_version(_version(), str(period)) as con:
        rows = read_chase.owed(con, str(period), day)
    owed = [one for one in chased(rows, (), day) if unit in (None, one.reporter)]
    if not owed:
        return None
    return text_for(owed, plan, day, lang) if unit else text_for_all(rows, (), plan, day, lang)


def _send(text: str) -> int:
    """To every robot, whatever became of the one before; its key is not printed."""
    failed = 0
    for robot in remind.robots():
        sent = remind.send(robot.url, robot.kind, text, secret=robot.secret)
        failed += not sent.ok
        told = say("chase.call.told", robot=say(f"chase.robot.{robot.kind}"), where=robot.masked, answer=sent.answer)
        print(told, file=sys.stdout if sent.ok else sys.stderr)
    return SOME_FAILED if failed else OK


def _calendar(args: argparse.Namespace) -> int:
    """With the changes of due days that are published; the plan's own where nothing is."""
    plan, version = current_plan(), store.newest(store.data_folder())
    due: Mapping[Period, date] = plan.deadlines
    moved: Mapping[Return, date] = {}
    if version is not None:
        with store.open_version(version) as con:
            due, moved = read_chase.deadlines(con)
    try:
        args.out.write_bytes(deadlines_ics(plan, due, moved, args.lang))
    except OSError as problem:
        return _usage(say("chase.call.not_written", path=args.out, problem=problem.strerror))
    print(args.out)
    return OK


def _version() -> store.Version:
    """Raises StoreError where nothing has been published yet."""
    version = store.newest(store.data_folder())
    if version is None:
        raise store.StoreError(say("chase.call.nothing_loaded"))
    return version


def _usage(problem: str) -> int:
    print(problem, file=sys.stderr)
    return USAGE
