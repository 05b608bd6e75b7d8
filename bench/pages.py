"""Reruns of the leaders' screens, warm, in one process: CPU of the script alone, and the whole run with the test harness."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from access import demo, sessions
from bench.clock import timed
from catalogue.load import current_plan
from ui.app import shell

APP = Path(__file__).parents[1] / "app.py"


def figures() -> Iterator[tuple[str, str]]:
    os.environ[demo.VARIABLE] = "1"
    [leader, *_] = demo.ensure_demo(current_plan())
    _, session = sessions.start(leader, "127.0.0.1")
    spent: list[float] = []
    run = shell.run

    def weighed() -> None:
        start = time.thread_time()
        try:
            run()
        finally:
            spent.append((time.thread_time() - start) * 1000)

    shell.run = weighed
    try:
        with quiet():
            for page in ("overview", "indicator", "county", "tasks", "works", "compare", "method"):
                app = opened(page, session)
                whole = timed(app.run, runs=15)
                script = spent[-15:]
                yield (
                    f"{page}: warm rerun, CPU of the script",
                    f"{median(script):.1f} ms ({min(script):.1f}–{max(script):.1f})",
                )
                yield f"{page}: warm rerun (test harness included)", str(whole)
    finally:
        shell.run = run


@contextmanager
def quiet() -> Iterator[None]:
    """Without Streamlit's warnings, and without its habit of reading the folder pages/ that app.py turns off."""
    begin = PagesManager.__init__

    def without_folder(self, *arguments, **more):
        begin(self, *arguments, **more)
        PagesManager.uses_pages_directory = False

    PagesManager.__init__ = without_folder  # type: ignore[method-assign]  # replaced on purpose, and put back
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        PagesManager.__init__ = begin  # type: ignore[method-assign]
        logging.disable(logging.NOTSET)


def opened(page: str, session: str) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.user = {"session": session}
    app.run()
    app.switch_page(f"pages/{page}.py").run()
    return app
