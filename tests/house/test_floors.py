"""Who may lean on whom, read from the imports; and that a file fits in the head."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import sources

PROJECT = Path(__file__).resolve().parents[2]

# room -> the rooms below it that it may import
FLOORS = {
    "catalogue": (),
    "warehouse": ("catalogue",),
    "access": ("catalogue",),
    "etl": ("catalogue", "warehouse"),
    "demo": ("catalogue", "etl"),
    "sentences": ("catalogue",),
    "charts": ("catalogue", "sentences"),
    "reports": ("catalogue", "warehouse", "sentences", "charts"),
    "actions": ("catalogue", "warehouse", "access", "etl", "sentences", "charts", "reports"),
    "ui": ("catalogue", "warehouse", "access", "etl", "actions", "sentences", "charts", "reports"),
    "pages": ("catalogue", "sentences", "charts", "ui"),
    "app": ("catalogue", "warehouse", "access", "etl", "actions", "sentences", "charts", "reports", "ui", "pages"),
}
FOR_THE_WEB = ("app.py", "pages/", "ui/", "access/web/")
NO_ROOMS = ("tests", "bench", "docs", "data")


def python_files(room: str = "") -> list[Path]:
    if room == "app":
        return [PROJECT / "app.py"] if (PROJECT / "app.py").exists() else []
    if room:
        return [path for path in sources.files(".py", PROJECT) if path.is_relative_to(PROJECT / room)]
    return list(sources.files(".py", PROJECT))


def named(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def imports(path: Path) -> set[str]:
    """Dotted names of the modules a file imports, anywhere in it; a relative import counts as its own room."""
    found: set[str] = set()
    for node in sources.nodes(path):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(f"{named(path).split('/')[0]}." if node.level else node.module or "")
    return found


def rooms_of(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imports(path)}


@pytest.mark.parametrize("room", FLOORS)
def test_a_room_imports_only_rooms_below_it(room):
    too_high = {
        named(path): sorted(upward)
        for path in python_files(room)
        if (upward := rooms_of(path) & FLOORS.keys() - {room, *FLOORS[room]})
    }
    assert too_high == {}


def test_the_picture_of_the_house_gives_these_floors():
    rows = re.findall(
        r"^\| `([\w.]+?)/?` \| [^|]+ \| ([^|]+) \|$", (PROJECT / "docs/architecture.md").read_text("utf-8"), re.M
    )
    told = {room.removesuffix(".py"): may for room, may in rows}
    assert {room: set(re.findall(r"`(\w+)`", may)) for room, may in told.items() if room in FLOORS} == {
        room: set(below) for room, below in FLOORS.items()
    }


def test_every_folder_of_code_is_a_room():
    folders = {named(path).split("/")[0] for path in python_files() if "/" in named(path)}
    assert folders - FLOORS.keys() - set(NO_ROOMS) == set()


def test_only_app_pages_ui_and_the_gate_know_the_web_frame():
    knowing = [
        named(path)
        for room in FLOORS
        for path in python_files(room)
        if rooms_of(path) & {"streamlit", "starlette"} and not named(path).startswith(FOR_THE_WEB)
    ]
    assert knowing == []


def test_a_page_is_sixty_lines_at_most():
    assert {named(path): n for path in python_files("pages") if (n := line_count(path)) > 60} == {}


def test_a_file_fits_in_the_head():
    code = [*python_files(), *(path for path in PROJECT.glob("warehouse/**/*.sql"))]
    assert {named(path): n for path in code if (n := line_count(path)) > 300} == {}


def line_count(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


# The check itself


def test_an_import_anywhere_in_a_file_is_seen(tmp_path, monkeypatch):
    monkeypatch.setitem(globals(), "PROJECT", tmp_path)
    (tmp_path / "catalogue").mkdir()
    (tmp_path / "catalogue" / "late.py").write_text(
        "def late():\n    from warehouse.read import rows\n    return rows\n"
    )
    assert [rooms_of(path) for path in python_files("catalogue")] == [{"warehouse"}]
    with pytest.raises(AssertionError):
        test_a_room_imports_only_rooms_below_it("catalogue")
