"""python -m access: accounts and the audit log, for whoever runs the server."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from access import accounts, audit, db, passwords, times, tokens
from access.errors import AccessError, AccountProblem
from access.model import Account
from access.tables import account as account_table
from catalogue.command_line import choose_language, complain
from catalogue.entries import CatalogueError
from catalogue.free_space import NoStorage
from catalogue.load import current_plan
from catalogue.wording import LANGUAGES, say

OK, REFUSED, USAGE = 0, 1, 2
BY = {"name": "operator"}  # how the audit log signs what is done here


def main(arguments: list[str] | None = None) -> int:
    """0: done; 1: it cannot be done, or the log is broken; 2: a call, settings or a store that cannot be used."""
    choose_language(arguments)
    args = _parser().parse_args(arguments)
    try:
        run: Callable[[argparse.Namespace], int] = args.run
        return run(args)
    except AccountProblem as problem:
        return complain(problem, REFUSED)
    except (AccessError, CatalogueError, NoStorage) as problem:
        return complain(problem, USAGE)
    except DBAPIError as problem:
        return complain(db.unreachable(problem), USAGE)
    finally:
        db.dispose()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m access", description=say("access.describe"), allow_abbrev=False)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, help: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=help, description=help, allow_abbrev=False)
        made.set_defaults(run=run)
        return made

    create = command("create-admin", say("access.create_admin"), _create_admin)
    create.add_argument("--person", default="", help=say("access.person"))
    create.add_argument("--password-stdin", action="store_true", help=say("access.password_stdin"))
    named = [
        create,
        command("unlock", say("access.unlock"), _unlock),
        command("disable", say("access.disable"), _disable),
        command("reset-password", say("access.reset_password"), _reset_password),
    ]
    for each in named:
        each.add_argument("name", metavar="NAME", help=say("access.name"))
    issue = command("token", say("access.token"), _token)
    issue.add_argument("--label", required=True, metavar="L", help=say("access.label"))
    issue.add_argument("--days", type=int, default=tokens.DAYS, metavar="N", help=say("access.days", days=tokens.DAYS))
    issue.add_argument("name", metavar="NAME", help=say("access.name"))
    held = command("tokens", say("access.tokens"), _tokens)
    held.add_argument("name", nargs="?", metavar="NAME", help=say("access.name"))
    revoke = command("revoke-token", say("access.revoke_token"), _revoke_token)
    revoke.add_argument("id", type=int, metavar="ID", help=say("access.token_id"))
    listing = command("accounts", say("access.accounts"), _accounts)
    verify = command("verify-log", say("access.verify_log"), _verify_log)
    verify.add_argument("--head", metavar="H", help=say("access.head"))
    export = command("export-log", say("access.export_log"), _export_log)
    export.add_argument("file", type=Path, metavar="FILE", help=say("access.file"))
    for each in (parser, listing, verify, export, issue, held, revoke, *named):
        each.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0], help=say("access.lang"))
    return parser


def _create_admin(args: argparse.Namespace) -> int:
    password = sys.stdin.readline().rstrip("\r\n") if args.password_stdin else _asked()
    made = accounts.create(
        name=args.name,
        person=args.person or args.name,
        role="admin",
        password=password,
        plan=current_plan(),
        by=None,
        must_change=False,  # whoever will use it has just chosen it
    )
    print(say("access.admin_created", name=made.name))
    return OK


def _asked() -> str:
    """Typed twice and not shown. Never from the command line's arguments: every user of the machine sees those."""
    if not sys.stdin.isatty():
        raise AccountProblem(say("access.no_terminal"), "password")
    first = getpass.getpass(say("access.password"))
    if getpass.getpass(say("access.password_again")) != first:
        raise AccountProblem(say("access.passwords_differ"), "password")
    return first


def _accounts(args: argparse.Namespace) -> int:
    """Tab-separated: name, person, role, office, state."""
    with db.reading() as con:
        with_password = set(
            con.scalars(
                account_table.select().with_only_columns(account_table.c.name).where(account_table.c.password != "")
            )
        )
    for each in accounts.every():
        print(each.name, each.person, each.role, each.office, _state(each, each.name in with_password), sep="\t")
    return OK


def _state(of: Account, has_password: bool) -> str:
    if of.disabled:
        return say("access.state.disabled")
    if of.demo:
        return say("access.state.demo")
    if (until := accounts.is_locked(of.name)) is not None:
        return say("access.state.locked", until=times.local(until))
    return say("access.state.active") if has_password else say("access.state.no_password")


def _unlock(args: argparse.Namespace) -> int:
    of = _existing(args.name)
    accounts.unlock(of.name, None)
    print(say("access.unlocked", name=of.name))
    return OK


def _disable(args: argparse.Namespace) -> int:
    accounts.change(args.name, by=None, disabled=True, plan=current_plan())
    print(say("access.disabled", name=args.name))
    return OK


def _reset_password(args: argparse.Namespace) -> int:
    of, new = _existing(args.name), passwords.new_password()
    accounts.set_password(of.name, new, by=None, must_change=True)
    accounts.unlock(of.name, None)  # who forgot it has usually tried too often
    print(say("access.new_password", name=of.name, password=new))
    return OK


def _token(args: argparse.Namespace) -> int:
    """--days 0: without an end."""
    made = tokens.issue(_existing(args.name), args.label, args.days or None)
    print(say("access.new_token", name=args.name, token=made))
    return OK


def _tokens(args: argparse.Namespace) -> int:
    """Tab-separated: id, account, label, made, last used, holds until. Only those that hold."""
    for each in tokens.living(_existing(args.name).name if args.name else None):
        used = times.local(each.last_used_at) if each.last_used_at else say("access.never_used")
        until = times.local(each.expires_at) if each.expires_at else say("access.no_end")
        print(each.id, each.name, each.label, times.local(each.created_at), used, until, sep="\t")
    return OK


def _revoke_token(args: argparse.Namespace) -> int:
    name = tokens.revoke(args.id)
    print(say("access.token_revoked", id=args.id, name=name))
    return OK


def _existing(name: str) -> Account:
    if (found := accounts.get(name)) is None:
        raise AccountProblem(say("account.unknown", name=audit.clean(name, 64)), "name")
    return found


def _verify_log(args: argparse.Namespace) -> int:
    found = audit.verify(args.head)
    if not found.ok:
        return complain(say("access.log_broken", broken_at=found.broken_at, count=found.count), REFUSED)
    print(say("access.log_good", count=found.count, head=found.head))
    return OK


def _export_log(args: argparse.Namespace) -> int:
    rows = audit.entries(limit=None)[::-1]
    try:
        with args.file.open("xb") as file:
            file.write(audit.export(rows))
    except OSError as problem:
        return complain(say("access.not_written", file=args.file, problem=problem.strerror), USAGE)
    audit.record(None, "exported", "audit", detail=f"rows={len(rows)}", **BY)
    print(say("access.log_exported", count=len(rows), file=args.file, head=rows[-1].hash if rows else audit.BEGINNING))
    return OK


if __name__ == "__main__":
    sys.exit(main())
