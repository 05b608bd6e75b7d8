"""python -m actions: backup, restore, verify, and the staging of the demonstration, for whoever runs the server."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from access import db
from access.errors import AccessError
from actions import backup, meetings, restoring, versions
from actions.backup_file import BackupProblem
from actions.errors import ActionRefused
from catalogue import folders
from catalogue.command_line import choose_language, complain
from catalogue.free_space import NoStorage
from catalogue.load import current_plan
from catalogue.wording import LANGUAGES, say
from etl import rebuilding, report
from etl.ledger import LedgerBroken
from warehouse import store
from warehouse.__main__ import verified
from warehouse.versions.verify import verify

OK, REFUSED, USAGE = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    """0: done; 1: the backup cannot be made or used, holds damaged originals, or not all was staged; 2: a call or a store that cannot be used."""
    choose_language(arguments)
    args = _parser().parse_args(arguments)
    try:
        run: Callable[[argparse.Namespace], int] = args.run
        return run(args)
    except BackupProblem as problem:
        return complain(problem, REFUSED)
    except (AccessError, ActionRefused, LedgerBroken, NoStorage, store.StoreError) as problem:
        return complain(problem, USAGE)
    except DBAPIError as problem:
        return complain(db.unreachable(problem), USAGE)
    finally:
        db.dispose()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m actions", description=say("backup.describe"), allow_abbrev=False)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, help: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=help, description=help, allow_abbrev=False)
        made.set_defaults(run=run)
        if run is not _verify:
            made.add_argument("file", type=Path, metavar="FILE.zip", help=say("backup.file"))
        made.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0], help=say("backup.lang"))
        return made

    making = command("backup", say("backup.make"), _backup)
    making.add_argument("--all", action="store_true", help=say("backup.all"))
    verifying = command("verify", say("backup.verify"), _verify)
    verifying.add_argument("file", type=Path, nargs="?", metavar="FILE.zip", help=say("backup.verify_file"))
    restore = command("restore", say("backup.restore"), _restore)
    restore.add_argument("--into", type=Path, required=True, metavar="EMPTY_FOLDER", help=say("backup.into"))
    restore.add_argument("--quick", action="store_true", help=say("backup.quick"))
    keeping = commands.add_parser("keep", help=say("backup.keep"), description=say("backup.keep"), allow_abbrev=False)
    keeping.set_defaults(run=_keep)
    keeping.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0], help=say("backup.lang"))
    staging = commands.add_parser(
        "stage", help=say("stage.describe"), description=say("stage.describe"), allow_abbrev=False
    )
    staging.set_defaults(run=_stage)
    staging.add_argument("folder", type=Path, metavar="DIR", help=say("stage.folder"))
    staging.add_argument("--quiet", action="store_true", help=say("stage.quiet"))
    staging.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0], help=say("backup.lang"))
    parser.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0], help=say("backup.lang"))
    return parser


def _backup(args: argparse.Namespace) -> int:
    made = backup.make(args.file, everything=args.all)
    print(say("backup.made", file=args.file, newest=made.newest, members=len(made.members), head=made.log_head))
    return _damage(made.damaged)


def _verify(args: argparse.Namespace) -> int:
    if args.file is None:
        return _verify_data()
    found = backup.verify(args.file)
    print(
        say(
            "backup.good",
            file=args.file,
            at=found.made_at.replace("T", " "),
            newest=found.newest,
            members=len(found.members),
        )
    )
    return _damage(found.damaged)


def _restore(args: argparse.Namespace) -> int:
    os.environ[folders.VARIABLE] = str(args.into)  # what follows takes place there
    proof = restoring.restore(args.file)
    told = {"folder": args.into, "newest": proof.newest, "rows": proof.judged_rows, "count": proof.log_count}
    print(say("backup.restored", **told, head=proof.head))
    return OK if args.quick else _verify_data()


def _verify_data() -> int:
    """The data folder in force: versions, journal and marts, then every workbook against the entries it left."""
    found = verify(store.data_folder())
    for sentence in verified(found):
        print(sentence)
    if not found.newest:
        return REFUSED if found.problems else OK
    again = rebuilding.rebuild()
    for sentence in (*again.problems, *again.notes):
        print(sentence)
    counts = {"workbooks": again.workbooks, "returns": again.returns, "entries": again.entries}
    print(say("rebuilt.read_again", **counts, problems=len(again.problems)))
    return REFUSED if found.problems or again.problems else OK


def _keep(args: argparse.Namespace) -> int:
    print(say("backup.kept", count=len(versions.hand_over())))
    return OK


def _stage(args: argparse.Namespace) -> int:
    if not args.folder.is_dir():
        return complain(say("stage.no_folder", folder=args.folder), USAGE)
    with report.progress(quiet=args.quiet) as progress:
        outcomes = meetings.stage(args.folder, progress)
    report.tell(outcomes, current_plan(), quiet=args.quiet, dry_run=False, notes=False)
    return OK if all(outcome.taken for outcome in outcomes) else REFUSED


def _damage(damaged: list[str]) -> int:
    return complain(say("backup.damaged", count=len(damaged), first=damaged[0][:12]), REFUSED) if damaged else OK


if __name__ == "__main__":
    sys.exit(main())
