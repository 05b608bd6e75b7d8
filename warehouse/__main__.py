"""python -m warehouse: versions thinned out, a damaged store repaired, all of it verified; for whoever runs the server."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from catalogue.command_line import choose_language, complain
from catalogue.entries import CatalogueError
from catalogue.free_space import NoStorage
from catalogue.load import current_plan
from catalogue.wording import LANGUAGES, say
from warehouse import store
from warehouse.lake import address
from warehouse.versions.repair import VersionRepair
from warehouse.versions.repair import repair as put_right
from warehouse.versions.verify import VerifiedVersion, verify

OK, DIFFERS, USAGE = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    """0: done, or nothing differs; 1: something is damaged, differs, or could not be put back; 2: it cannot be done."""
    choose_language(arguments)
    args = _parser().parse_args(arguments)
    try:
        run: Callable[[argparse.Namespace], int] = args.run
        return run(args)
    except BrokenPipeError:  # `… | head`: nobody listens any more
        sys.stderr.close()
        return OK
    except (store.StoreError, CatalogueError, NoStorage) as problem:
        return complain(problem, USAGE)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m warehouse", description=say("store.describe"), allow_abbrev=False)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, run in (("tidy", _tidy), ("repair", _repair), ("verify", _verify), ("move-in", _move_in)):
        told = say(f"store.{name.replace('-', '_')}")
        made = commands.add_parser(name, help=told, description=told, allow_abbrev=False)
        made.set_defaults(run=run)
        if name == "tidy":
            made.add_argument("--days", type=int, default=1, metavar="N", help=say("store.tidy_days"))
        made.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0], help=say("store.lang"))
    parser.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0], help=say("store.lang"))
    return parser


def _move_in(args: argparse.Namespace) -> int:
    lake = address.configured()
    if lake is None:
        raise store.StoreError(say("lake.not_configured", variable=address.VARIABLE))
    from warehouse.lake.moving import move_in

    moved = move_in(store.data_folder(), lake)
    numbers = say("store.comma").join(say("store.numbered", number=number) for number in moved)
    print(say("lake.moved_in", versions=numbers) if moved else say("rebuilt.nothing"))
    return OK


def _tidy(args: argparse.Namespace) -> int:
    done = store.thin(store.data_folder(), days=args.days)
    print(say("store.tidied", gone=len(done.gone), freed=f"{done.freed / 2**20:.1f}", left=done.left))
    return OK


def _repair(args: argparse.Namespace) -> int:
    done = put_right(store.data_folder(), current_plan())
    for sentence in repaired(done):
        print(sentence)
    return OK if done.complete else DIFFERS


def repaired(done: VersionRepair) -> list[str]:
    """What was repaired, a sentence each."""
    if done.nothing:
        return [say("repair.nothing")]
    comma, told = say("store.comma"), []
    if done.version:
        lost = comma.join(say("store.numbered", number=number) for number in done.lost)
        counts = {"receipts": len(done.put_back.receipts), "decisions": done.put_back.decisions}
        told.append(say("repair.put_back", lost=lost, version=done.version, **counts))
    told += [say("repair.receipt", number=number) for number in done.put_back.receipts]
    if done.put_back.overtaken:
        told.append(say("repair.overtaken", about=comma.join(dict.fromkeys(done.put_back.overtaken))))
    if done.silent:
        told.append(say("repair.silent", lost=comma.join(say("store.numbered", number=each) for each in done.silent)))
    if done.set_aside:
        told.append(say("repair.set_aside", files=comma.join(done.set_aside)))
    if done.measured:
        told.append(say("repair.measured", count=len(done.measured)))
    if done.bad_lines:
        told.append(say("repair.bad_lines", count=done.bad_lines))
    return told


def _verify(args: argparse.Namespace) -> int:
    found = verify(store.data_folder())
    for sentence in verified(found):
        print(sentence)
    return DIFFERS if found.problems else OK


def verified(found: VerifiedVersion) -> list[str]:
    """What was found, a sentence each; the last says whether anything differs."""
    if not found.newest and not found.problems:
        return [say("rebuilt.nothing")]
    counts = {"newest": found.newest, "versions": found.versions, "receipts": found.receipts, "lines": found.lines}
    last = say("rebuilt.bad", count=len(found.problems)) if found.problems else say("rebuilt.good", **counts)
    return [*found.problems, *found.notes, last]


if __name__ == "__main__":
    sys.exit(main())
