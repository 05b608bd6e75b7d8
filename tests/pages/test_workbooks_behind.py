"""The workbook behind a number: who may see returns gets it made anew, the original behind a warning, each with a line in the log."""

from __future__ import annotations

import ast
import shutil
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from actions_fixtures import actor
from command_line import ROOT
from pages_fixtures import on_stage, screen, words

from access import audit, db
from actions import files
from actions.errors import NotAllowed, NotNow
from ui.kit import cells, downloads
from ui.kit.refused_files import refused
from warehouse import originals

SCREENS = {
    "pages/indicator.py": {"indicator": "public-share", "period": "2021Q2"},
    "pages/tasks.py": {"task": "10", "period": "2021Q2"},
    "pages/works.py": {"period": "2021Q2"},
}


@pytest.fixture(scope="module")
def folder(demo_house, tmp_path_factory):
    return shutil.copytree(demo_house, tmp_path_factory.mktemp("behind") / "var")


@pytest.fixture
def offered(folder, monkeypatch) -> dict[str, dict]:
    """key -> what every download button was given."""
    on_stage(folder, monkeypatch)
    monkeypatch.setattr(cells, "AT_ONCE", 99)
    made: dict[str, dict] = {}
    monkeypatch.setattr(downloads.st, "download_button", lambda label, **given: made.update({given["key"]: given}))
    yield made
    db.dispose()


def split(offered: dict[str, dict]) -> tuple[dict[str, dict], dict[str, dict]]:
    """sha256 -> the button, of those made anew and of originals."""
    return tuple(
        {key.removeprefix(begin): given for key, given in offered.items() if key.startswith(begin)}
        for begin in ("remade ", "workbook ")
    )


@pytest.mark.parametrize("page", SCREENS)
def test_a_screen_hands_out_what_the_review_hands_out_and_the_log_knows(offered, page):
    app = screen(page, **SCREENS[page])
    remade, kept = split(offered)
    assert remade and remade.keys() == kept.keys()
    assert "打开时不要启用宏和外部内容" in words(app)
    sha256, button = next(iter(remade.items()))
    book = openpyxl.load_workbook(BytesIO(button["data"]()))
    assert "重新生成" in book["核查结果"]["A5"].value
    line = audit.entries(limit=1)[0]
    assert (line.name, line.event, line.detail) == ("demo-leader", "download", button["file_name"])
    assert kept[sha256]["data"]() == originals.content(sha256)
    line = audit.entries(limit=1)[0]
    assert line.object.startswith("return:") and line.detail == kept[sha256]["file_name"]


def test_of_many_the_buttons_are_drawn_when_the_list_is_opened(offered, monkeypatch):
    monkeypatch.setattr(cells, "AT_ONCE", 2)
    app = screen("pages/indicator.py", **SCREENS["pages/indicator.py"])
    assert offered == {} and "打开时不要启用宏和外部内容" not in words(app)
    app.session_state["originals"] = True
    app.run()
    remade, kept = split(offered)
    assert not remade and len(kept) > 2 and "打开时不要启用宏和外部内容" in words(app)


@pytest.mark.parametrize("page", SCREENS)
def test_who_may_not_see_returns_is_offered_none(offered, page):
    screen(page, "demo-admin", **SCREENS[page])
    assert split(offered) == ({}, {})


def test_a_button_that_outlived_the_right_hands_out_a_refusal(offered, monkeypatch):
    page = "pages/works.py"
    screen(page, **SCREENS[page])
    _, kept = split(offered)
    monkeypatch.setattr("actions.keys.may", lambda *_, **__: False)
    [button] = kept.values()
    assert button["data"]() == refused(str(NotAllowed()))
    line = audit.entries(limit=1)[0]
    assert (line.event, line.result) == ("refused", "refused") and line.object.startswith("return:")


def test_bytes_that_are_no_receipts_are_not_handed_out(offered, folder):
    strange = originals.keep(b"a draft of somebody", folder)
    with pytest.raises(NotNow):
        files.original(actor("leader"), files.load_of(strange))


def test_no_screen_reads_originals_by_itself():
    """Only actions do, which ask for the right and write the log."""
    asking = {
        path.relative_to(ROOT).as_posix()
        for path in [*(ROOT / "ui").rglob("*.py"), *(ROOT / "pages").glob("*.py")]
        if path != ROOT / "ui/reads/__init__.py" and _reads_originals(path)
    }
    assert asking == set()


def _reads_originals(path: Path) -> bool:
    return any(
        (isinstance(node, ast.ImportFrom) and "originals" in {name.name for name in node.names})
        or (isinstance(node, ast.Attribute) and node.attr == "original" and getattr(node.value, "id", "") == "reads")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
    )
