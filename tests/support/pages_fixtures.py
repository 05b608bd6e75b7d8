"""Screens run in the test's own process, for an account that is signed in."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from functools import cache
from html import unescape
from pathlib import Path

import pytest
from command_line import ROOT
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from access import accounts, db, demo, sessions
from catalogue.load import current_plan
from catalogue.wording import LANGUAGES, use_language

TODAY = "2021-10-15"

# Each AppTest looks through all installed packages for components, for a fifth of a second; what it finds stays the same.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


@pytest.fixture
def looking(shown_house, monkeypatch) -> Path:
    """The demonstration for those who only look: one folder for all, so that what a screen has read stays read."""
    on_stage(shown_house, monkeypatch)
    yield shown_house
    db.dispose()


def staged(demo_house: Path, folder: Path, acts: Callable[[], object]) -> Path:
    """A copy of the demonstration in which something has happened: what several tests begin with, to be copied by each."""
    shutil.copytree(demo_house, folder)
    with pytest.MonkeyPatch.context() as patch:
        on_stage(folder, patch)
        demo.ensure_demo(current_plan())
        acts()
        db.dispose()
    return folder


@pytest.fixture
def demonstration(demo_house, tmp_path, monkeypatch) -> Path:
    """A data folder of the test's own, with the sample returns and the demo accounts, on the day of the demonstration."""
    folder = tmp_path / "var"
    shutil.copytree(demo_house, folder)
    on_stage(folder, monkeypatch)
    yield folder
    db.dispose()


def on_stage(folder: Path, monkeypatch) -> None:
    """The code under test writes into `folder`, in demo mode, on the day of the demonstration."""
    for name, value in {"DASHBOARD_DATA": str(folder), "DASHBOARD_DEMO": "1", "DASHBOARD_TODAY": TODAY}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("DASHBOARD_ACCOUNTS", raising=False)
    monkeypatch.setattr(PagesManager, "__init__", _without_pages_folder)


_begin = PagesManager.__init__


def _without_pages_folder(self, *arguments, **more):
    """AppTest forgets before each run that app.py turned Streamlit's old pages/ folder habit off."""
    _begin(self, *arguments, **more)
    PagesManager.uses_pages_directory = False


def signed_in(name: str) -> str:
    """The id of a new session of a demo account."""
    demo.ensure_demo(current_plan())
    return sessions.start(accounts.get(name), "127.0.0.1")[1]


def screen(
    page: str | None = None, account: str = "demo-leader", session: str = "", url: str = "", **query: str
) -> AppTest:
    """The dashboard as that account sees it, on `page` (pages/x.py), on its first screen, or opened at `url`."""
    # AppTest reads the widgets' labels in the test's own thread, so that speaks the screen's language too.
    use_language(query["lang"] if query.get("lang") in LANGUAGES else "zh")
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.user = {"session": session or signed_in(account)}
    if url:
        app.context = {"url": url}
    for name, value in query.items():
        app.query_params[name] = value
    if page:
        app.switch_page(page)  # by its file's name, which is its address; nothing is registered yet
    app.run()
    if page:
        app.switch_page(page)  # raises ValueError where this account has no such screen
    assert not app.exception, app.exception
    return app


def words(app: AppTest) -> str:
    kinds = (app.subheader, app.caption, app.markdown, app.info, app.warning, app.error, app.success, app.metric)
    told = [str(getattr(e, "label", "") or "") + str(e.value) for kind in kinds for e in kind]
    return "\n".join([*told, unescape(re.sub(r"<[^>]+>", "", written(app)))])


def written(app: AppTest) -> str:
    """What stands on a screen as HTML of ours."""
    return "".join(block.proto.body for block in app.get("html") if "<style>" not in block.proto.body)
