"""python -m demo: the sample returns, written through the real templates."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from catalogue.load import PLANS, load_plan
from catalogue.wording import say
from demo.resave import NoOfficeProgram
from demo.two_years import write_two_years
from demo.write import write_fixtures, write_folder, write_unfiled

OK, FAILED = 0, 1
EXAMPLES = Path(__file__).parents[1] / "examples"
PLAN = "2021"  # the invented figures belong to this plan and to no other


def main(argv: list[str] | None = None) -> int:
    args = _parser().parse_args(argv)
    if args.example:
        made = write_two_years(PLANS / PLAN, EXAMPLES / args.example / "changes.toml", args.out)
        print(say("demo.written", written=len(made), kept=0, folder=args.out))
        return OK
    plan = load_plan(PLANS / PLAN)
    try:
        done = write_folder(plan, args.out, resave=args.resave)
        extra = write_fixtures(plan, args.fixtures) if args.fixtures else []
    except NoOfficeProgram as problem:
        print(say("demo.no_office", program=problem), file=sys.stderr)
        return FAILED
    if args.unfiled:
        extra.append(write_unfiled(plan, args.unfiled))
    print(say("demo.written", written=len(done.written) + len(extra), kept=len(done.kept), folder=args.out))
    for path in done.missing:
        print(say("demo.missing", path=path), file=sys.stderr)
    return FAILED if done.missing else OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="the demo folder, data/demo")
    parser.add_argument(
        "--example", choices=("two-years",), help="plans and returns of that folder of examples/ instead, into DIR"
    )
    parser.add_argument("--resave", action="store_true", help="make the re-saved files anew (needs LibreOffice)")
    parser.add_argument(
        "--fixtures", type=Path, metavar="DIR", help="also write tests/support/fixtures/resaved (needs LibreOffice)"
    )
    parser.add_argument("--unfiled", type=Path, metavar="DIR", help="also write the return that nobody has filed yet")
    return parser


if __name__ == "__main__":
    sys.exit(main())
