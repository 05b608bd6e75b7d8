"""SQL over the versions lives in warehouse/: other rooms ask its named questions."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import sources

PROJECT = Path(__file__).resolve().parents[2]

NOT_HERE = ("warehouse", "access", "bench", "tests", "docs", "data")  # access: the account store's own, by SQLAlchemy
SQL = re.compile(
    r"""
    \bselect\b.+\bfrom(\s+[a-z_"(] | \s*$) | \binsert\s+into\s+\w | \bdelete\s+from\s+\w | \bupdate\s+\w+\s+set\b
    | \b(create|alter|drop)\s+(or\s+replace\s+)?(table|view|schema|macro)\b | ^\s*(left\s+)?join\s+\w+.*\bon\b
    """,
    re.IGNORECASE | re.DOTALL | re.VERBOSE | re.MULTILINE,
)
ASKING = ("execute", "executemany", "sql", "rows")
ROOMS = sorted(
    top
    for top in PROJECT.iterdir()
    if top.name not in NOT_HERE and not top.name.startswith(".") and (top.suffix == ".py" or any(top.glob("*.py")))
)


def sql_in(path: Path) -> list[str]:
    """`line: text` of every text that is SQL, of every call that asks by a text written there, of every import of DuckDB."""
    nodes = sources.nodes(path)
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    told = {id(node.body[0].value) for node in nodes if isinstance(node, holders) and ast.get_docstring(node)}
    found = []
    for node in nodes:
        match node:
            case ast.Import(names=[ast.alias(name="duckdb")]) | ast.ImportFrom(module="duckdb"):
                found.append(f"{node.lineno}: duckdb")
            case ast.Constant(value=str() as text) if id(node) not in told and SQL.search(text):
                found.append(f"{node.lineno}: {text.strip()[:60]}")
            case ast.Call(func=ast.Attribute(attr=name), args=[ast.Constant() | ast.JoinedStr() as asked, *_]):
                if name in ASKING and isinstance(getattr(asked, "value", ""), str):
                    found.append(f"{node.lineno}: .{name}(…)")
    return found


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_no_room_but_the_warehouse_writes_sql_over_the_versions_or_knows_duckdb(room):
    files = [room] if room.is_file() else sorted(room.rglob("*.py"))
    written = {path.relative_to(PROJECT).as_posix(): told for path in files if (told := sql_in(path))}
    assert written == {}


# The check itself


@pytest.mark.parametrize(
    "line",
    [
        '_NOTES = "select note from version_info"',
        'rows = f"select * from {mart} where period = ?"',
        'writer.insert_all("insert into fact values (1)")',
        'con.execute("checkpoint")',
        "import duckdb",
        'writer.rows(f"{_ASKED} limit 1")',
        'asked = """\n    from fact\n    join receipt as r on r.load_id = 1\n"""',
    ],
)
def test_sql_is_seen_wherever_it_stands(tmp_path, line):
    (tmp_path / "asking.py").write_text(f'"""Module."""\n\n{line}\n')
    assert sql_in(tmp_path / "asking.py")


def test_prose_and_named_questions_are_none(tmp_path):
    (tmp_path / "plain.py").write_text(
        '"""Select the newest from those kept."""\n\n'
        "def newest(con, table):\n"
        '    """Select one from many."""\n'
        '    return con.execute(table.select()), questions.rows(ask, 1), "choose from the list".title()\n'
    )
    assert sql_in(tmp_path / "plain.py") == []
