"""python -m reports: is a file still true; files by name; a quarter for the archive; the bureau's own tables tried."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from catalogue.command_line import choose_language, complain
from catalogue.entries import CatalogueError
from catalogue.load import plan_folder
from catalogue.period import Period
from catalogue.wording import LANGUAGES, say
from reports import codes, verify
from reports.archive import Occupied, archive
from reports.files import NotThere, make
from reports.layout import LayoutBroken, files_there, fill, layouts
from reports.pictures.picture import NoRenderer
from reports.snapshot import take
from warehouse import store

HOLDS, DIFFERS, USAGE = 0, 1, 2
PICTURES = {  # word -> kind of file
    "overview": "poster",
    "county": "county_card",
    "project": "project_sheet",
    "indicator": "indicator_poster",
}


def main(arguments: list[str] | None = None) -> int:
    """0: it holds, or was made; 1: a number differs, or something was changed in the file; 2: it cannot be told, or made."""
    choose_language(arguments)
    args = _parser().parse_args(arguments)
    try:
        return args.run(args)
    except (CatalogueError, store.StoreError, verify.NoProof, NotThere, NoRenderer, LayoutBroken, Occupied) as problem:
        return complain(problem, USAGE)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m reports", description=say("verify.describe"), allow_abbrev=False)
    parser.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0])
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = commands.add_parser("verify", help=say("verify.help"))
    check.add_argument("files", nargs="*", type=Path, metavar="FILE")
    check.add_argument("--code", help=say("verify.code_help"))
    check.add_argument("--strict", action="store_true", help=say("verify.strict_help"))
    check.set_defaults(run=_verify)
    workbook = _made(commands, "workbook", _workbook)
    about = workbook.add_mutually_exclusive_group()
    about.add_argument("--county", metavar="CODE", help=say("files.county_help"))
    about.add_argument("--indicator", metavar="CODE", help=say("files.indicator_help"))
    drawn = _made(commands, "picture", _picture)
    drawn.add_argument("of", choices=list(PICTURES))
    drawn.add_argument("code", nargs="?", default="", metavar="CODE", help=say("files.code_help"))
    _made(commands, "briefing", lambda args: _write(args, "briefing"))
    _made(commands, "pack", lambda args: _write(args, "pack"))
    filled = _made(commands, "layout", lambda args: _write(args, "layout", args.name))
    filled.add_argument("name", metavar="NAME", help=say("files.layout_help"))
    _made(commands, "quarter", _quarter, "DIR")
    tried = commands.add_parser("layouts", help=say("layout.help"))
    tried.add_argument("--period", required=True, type=_period)
    tried.set_defaults(run=_layouts)
    return parser


def _made(
    commands: Any, name: str, run: Callable[[argparse.Namespace], int], out: str = "FILE"
) -> argparse.ArgumentParser:
    """A command that makes a file, or a folder of them."""
    made = commands.add_parser(name, help=say(f"files.{name}_command"), allow_abbrev=False)
    made.add_argument("--period", required=True, type=_period, metavar="2021Q3")
    made.add_argument("--basis", choices=("approved", "filed"), default="approved", help=say("files.basis_help"))
    made.add_argument("--version", type=int, metavar="N", help=say("files.version_help"))
    made.add_argument("--out", required=True, type=Path, metavar=out)
    made.set_defaults(run=run)
    return made


def _period(text: str) -> str:
    try:
        return str(Period.parse(text))
    except ValueError as problem:
        raise argparse.ArgumentTypeError(say("files.not_a_quarter", text=text)) from problem


def _verify(args: argparse.Namespace) -> int:
    """The worst of all files."""
    if not args.files and not args.code:
        return complain(say("verify.nothing_given"), USAGE)
    worst = _by_code(args.code, args.strict) if args.code else HOLDS
    for path in args.files:
        try:
            for checked in verify.verify(path.name, verify.read_file(path)):
                print("\n".join(verify.told(checked)))
                worst = max(worst, _outcome(checked, args.strict))
        except verify.NoProof as problem:
            worst = complain(say("verify.of_file", name=path, why=problem), USAGE)
    return worst


def _outcome(checked: verify.CheckedFile, strict: bool) -> int:
    """Of a version that is gone, or without a signature of ours, nothing can be told."""
    if checked.untold:
        return USAGE
    return HOLDS if checked.holds and not (strict and checked.now) else DIFFERS


def _by_code(code: str, strict: bool) -> int:
    found = codes.find(code, codes.everywhere())
    if found is None:
        return complain(say("verify.code_unknown", code=code), USAGE)
    print("\n".join(verify.told_of_code(*found)))
    return DIFFERS if strict and verify.against_newest(found[1]) else HOLDS


def _workbook(args: argparse.Namespace) -> int:
    if args.county is not None:
        return _write(args, "county_workbook", args.county)
    return _write(args, "indicator_workbook", args.indicator) if args.indicator is not None else _write(args, "summary")


def _picture(args: argparse.Namespace) -> int:
    """For paper where the file's name ends so."""
    kind = PICTURES[args.of]
    return _write(args, f"{kind}_pdf" if args.out.suffix.lower() == ".pdf" else kind, args.code)


def _write(args: argparse.Namespace, kind: str, about: str = "") -> int:
    content = make(kind, take(args.period, args.basis, args.version), about)
    try:
        args.out.write_bytes(content)
    except OSError:
        return complain(say("files.not_written", path=args.out), USAGE)
    print(args.out)
    return HOLDS


def _quarter(args: argparse.Namespace) -> int:
    """Without pictures where none can be drawn: that is said where errors go, and is none."""
    snapshot = take(args.period, args.basis, args.version)
    try:
        lack = archive(snapshot, args.out)
    except OSError:
        return complain(say("files.not_written", path=args.out), USAGE)
    print(args.out)
    return complain(say("archive.no_pictures", why=lack), HOLDS) if lack else HOLDS


def _layouts(args: argparse.Namespace) -> int:
    """Each is filled and thrown away; what is no .xlsx is named."""
    snapshot, usable, broken = take(args.period, "filed"), layouts(), 0
    there = files_there()
    if not there:
        print(say("layout.none", folder=plan_folder() / "reports"))
    for path in there:
        try:
            if path not in usable:
                raise LayoutBroken(say("layout.other_format"))
            fill(path, snapshot)
            print(say("layout.good", name=path.name))
        except LayoutBroken as problem:
            broken += 1
            print(f"{path.name}\n{problem}")
    return DIFFERS if broken else HOLDS


if __name__ == "__main__":
    sys.exit(main())
