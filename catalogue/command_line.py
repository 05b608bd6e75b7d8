"""What the command lines share: the language first, and one way to complain."""

from __future__ import annotations

import argparse
import sys

from catalogue.wording import LANGUAGES, use_language


def choose_language(arguments: list[str] | None) -> None:
    """First of all, so that --help too speaks it. The full parser complains about a language we do not have."""
    early = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    early.add_argument("--lang", default=LANGUAGES[0])
    try:
        wanted = early.parse_known_args(arguments)[0].lang
    except argparse.ArgumentError:
        wanted = LANGUAGES[0]
    use_language(wanted if wanted in LANGUAGES else LANGUAGES[0])


def complain(problem: object, code: int) -> int:
    """Says what is wrong where errors go; gives `code`."""
    print(problem, file=sys.stderr)
    return code
