"""python -m catalogue check [FOLDER]"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from catalogue.check import serves_a_check, unused_elements
from catalogue.checks.bureau_tables import examine_whole
from catalogue.command_line import choose_language
from catalogue.generated import PREFIXES
from catalogue.load import plan_folder
from catalogue.model import Plan
from catalogue.wording import LANGUAGES, language, say


def main(arguments: list[str] | None = None) -> int:
    """0: no mistakes; 1: mistakes, each on a line of its own; 2 (by argparse): a call we do not understand."""
    choose_language(arguments)
    parser = _parser()
    folder = parser.parse_args(arguments).folder or plan_folder()
    if not folder.is_dir():
        parser.error(say("catalogue.no_folder", folder=folder))
    return _check(folder)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m catalogue", description=say("catalogue.describe"), allow_abbrev=False
    )
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser(
        "check", help=say("catalogue.check"), description=say("catalogue.check"), allow_abbrev=False
    )
    check.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help=say("catalogue.folder"))
    for each in (parser, check):
        each.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0], help=say("catalogue.lang"))
    return parser


def _check(folder: Path) -> int:
    plan, mistakes = examine_whole(folder)
    shown = os.path.relpath(folder) if folder.is_relative_to(Path.cwd()) else folder
    for problem in mistakes:
        print(problem.told(language()))
    if plan is None:
        print(say("catalogue.not_compared"))
    if mistakes or plan is None:
        print(say("catalogue.bad", folder=shown, count=len(mistakes)))
        return 1
    _note_unused(plan)
    counts = {kind: len(getattr(plan, kind)) for kind in ("tasks", "commitments", "indicators", "units")}
    counts["elements"] = sum(not code.startswith(PREFIXES) for code in plan.elements)
    print(say("catalogue.good", folder=shown, **counts))
    return 0


def _note_unused(plan: Plan) -> None:
    unused = unused_elements(plan)
    for key, found in (
        ("for_checks", [e for e in unused if serves_a_check(plan, e)]),
        ("unused", [e for e in unused if not serves_a_check(plan, e)]),
    ):
        if found:
            named = say("catalogue.comma").join(f"{e.row} {e.code}" for e in found)
            print(say(f"catalogue.{key}", count=len(found), elements=named))


if __name__ == "__main__":
    sys.exit(main())
