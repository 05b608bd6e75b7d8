"""python -m reports: is a file still true; files by name; the bureau's own tables tried."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from catalogue.command_line import choose_language, complain
from catalogue.entries import CatalogueError
from catalogue.load import plan_folder
from catalogue.period import Period
from catalogue.wording import LANGUAGES, say
from reports import codes, verify
from reports.files import KINDS, NotThere, make
from reports.layout import LayoutBroken, files_there, fill, layouts
from reports.pictures.picture import NoRenderer
from reports.snapshot import take
from warehouse import store

HOLDS, DIFFERS, USAGE = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    """0: it holds, or was made; 1: a number differs, or something was changed in the file; 2: it cannot be told, or made."""
    choose_language(arguments)
    args = _parser().parse_args(arguments)
    try:
        return args.run(args)
    except (CatalogueError, store.StoreError, verify.NoProof, NotThere, NoRenderer, LayoutBroken) as problem:
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
    made = commands.add_parser("make", help=say("files.make_help"))
    made.add_argument("kind", choices=list(KINDS))
    made.add_argument("--period", required=True, type=_period)
    made.add_argument("--basis", choices=("filed", "approved"), default="approved")
    made.add_argument("--version", type=int, help=say("files.version_help"))
    made.add_argument("--about", default="", help=say("files.about_help"))
    made.add_argument("--out", required=True, type=Path)
    made.set_defaults(run=_make)
    tried = commands.add_parser("layouts", help=say("layout.help"))
    tried.add_argument("--period", required=True, type=_period)
    tried.set_defaults(run=_layouts)
    return parser


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


def _outcome(checked: verify.Checked, strict: bool) -> int:
    """A file that is as it was made, but of a version that is gone, cannot be told about."""
    if checked.as_made and not checked.kept:
        return USAGE
    return HOLDS if checked.holds and not (strict and checked.now) else DIFFERS


def _by_code(code: str, strict: bool) -> int:
    found = codes.find(code, codes.everywhere())
    if found is None:
        return complain(say("verify.code_unknown", code=code), USAGE)
    print("\n".join(verify.told_of_code(*found)))
    return DIFFERS if strict and verify.against_newest(found[1]) else HOLDS


def _make(args: argparse.Namespace) -> int:
    content = make(args.kind, take(args.period, args.basis, args.version), args.about)
    try:
        args.out.write_bytes(content)
    except OSError:
        return complain(say("files.not_written", path=args.out), USAGE)
    print(args.out)
    return HOLDS


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
