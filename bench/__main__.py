"""What docs/figures.md quotes, measured anew and written into it; `make bench`.

    python -m bench                 all of it: half an hour
    python -m bench marts screens   only these blocks
    --only-print                    the page stays as it is

A lake needs a database of its own: `python -m bench.lake`.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable

from bench import api, files, growth, load, marts, page, pages, screens, staff, workbook

SECTIONS = {
    "marts": marts,
    "pages": pages,
    "screens": screens,
    "workbook": workbook,
    "files": files,
    "api": api,
    "staff": staff,
}
DRAWN: dict[str, Callable[[], None]] = {"load": load.whole, "growth": growth.measure}  # these write by themselves


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("block", nargs="*", help=", ".join((*SECTIONS, *DRAWN)))
    asked.add_argument("--only-print", action="store_true")
    given = asked.parse_args()
    wanted = given.block or [*SECTIONS, *DRAWN]
    if unknown := set(wanted) - {*SECTIONS, *DRAWN}:
        asked.error(f"{', '.join(sorted(unknown))}: {asked.format_usage()}")
    for name in wanted:
        if name in SECTIONS:
            measure(name, not given.only_print)
        elif not given.only_print:
            DRAWN[name]()


def measure(name: str, written: bool) -> None:
    """In a folder with the sample returns."""
    machine_load, *_ = os.getloadavg()
    print(f"[{name}]")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DASHBOARD_DATA"] = folder
        load_them = [sys.executable, "-m", "etl", "load", "data/demo", "--quiet"]
        subprocess.run(load_them, check=True, stdout=subprocess.DEVNULL)
        rows = []
        for what, figure in SECTIONS[name].figures():
            print(f"  {what:<52} {figure}", flush=True)
            rows.append((what, figure))
    print()
    if written:
        page.write(name, [page.machine(machine_load), "", *page.table(("what", "figure"), rows)])


if __name__ == "__main__":
    main()
