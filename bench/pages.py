"""Reruns of the leaders' screens, warm, in one process (CPU and wall of the script, without the network)."""
from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from access import accounts, demo, sessions
from bench.clock import timed
from catalogue.load import current_plan

APP = Path(__file__).parents[1] / "app.py"


def figures() -> Iterator[tuple[str, str]]:
    logging.disable(logging.WARNING)
    os.environ[demo.VARIABLE] = "1"
    demo.ensure_demo(current_plan())
    _, session = sessions.start(accounts.get("demo-leader"), "127.0.0.1")
    begin = PagesManager.__init__

    def without_folder(self, *arguments, **more):
        begin(self, *arguments, **more)
        PagesManager.uses_pages_directory = False

    PagesManager.__init__ = without_folder
    try:
        for page in ("overview", "indicator", "county"):
            app = AppTest.from_file(str(APP), default_timeout=60)
            app.user = {"session": session}
            app.run()
            app.switch_page(f"pages/{page}.py").run()
            yield f"{page}: warm rerun (test harness included)", str(timed(app.run, runs=12))
    finally:
        PagesManager.__init__ = begin
        logging.disable(logging.NOTSET)
