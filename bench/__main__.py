"""Prints a table a section; loads the sample returns into a folder of its own first."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time

from bench import api, files, marts, pages, screens, staff, workbook


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DASHBOARD_DATA"] = folder
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "etl", "load", "data/demo", "--quiet"], check=True, stdout=subprocess.DEVNULL
        )
        took = time.perf_counter() - start
        print(f"Python {platform.python_version()}, {os.cpu_count()} cores\n")
        print(f"78 sample files loaded by the command line: {took:.1f} s\n")
        sections = (
            ("marts", marts),
            ("pages", pages),
            ("screens", screens),
            ("workbook", workbook),
            ("files", files),
            ("api", api),
            ("staff", staff),
        )
        for title, section in sections:
            print(f"[{title}]")
            for what, figure in section.figures():
                print(f"  {what:<52} {figure}")
            os.environ["DASHBOARD_DATA"] = folder
            print()


if __name__ == "__main__":
    main()
