"""Between the tables of the ledger in a version and the lines of the journal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import duckdb

from warehouse.rows import insert_rows
from warehouse.versions import journal
from warehouse.versions.journal import JournalEntry, TableRows
from warehouse.write import Writer

# In the order in which they are written: a row refers only to tables before its own.
OF_RECEIPTS = ("receipt", "fact", "finding", "review", "remark", "correction")
TABLES = (*OF_RECEIPTS, "quarter_lock", "deadline_change")
AT_ONCE = 500  # receipts in a line, where a whole version is written down
Signed = tuple[int, datetime, str, str]  # number, published at, note, by

_NUMBERS = (
    "select load_id, number from receipt semi join (select unnest(?::bigint[]) as load_id) as named using (load_id)"
)
LOST = """
select version from lost_version group by version having count(put_back_in) = 0 order by version
"""


def line_of(con: duckdb.DuckDBPyConnection, writer: Writer, signed: Signed) -> bytes:
    """What a change wrote, for the journal; b"" for nothing."""
    return _line(con, writer.written, signed)


def lines_of_all(con: duckdb.DuckDBPyConnection) -> Iterator[bytes]:
    """A whole version for a journal that does not tell of it, under the number of that version."""
    row = con.execute("select number, published_at, note, by_whom from version_info order by number desc limit 1")
    found = row.fetchone()
    if found is None:
        return
    ids = [load_id for (load_id,) in con.execute("select load_id from receipt order by load_id").fetchall()]
    for some in journal.chunks(ids, AT_ONCE):
        tables = {name: _rows(con, name, "where load_id between ? and ?", (some[0], some[-1])) for name in OF_RECEIPTS}
        yield _line(con, tables, found)
    rest = {name: _rows(con, name) for name in TABLES[len(OF_RECEIPTS) :]}
    yield _line(con, rest, found)


def _rows(con: duckdb.DuckDBPyConnection, table: str, where: str = "", given: Sequence[Any] = ()) -> TableRows:
    """Sorted, and every value as text."""
    columns = tuple(name for name, *_ in con.execute(f"describe {table}").fetchall())
    told = ", ".join(f"{column}::varchar" for column in columns)
    found = con.execute(f"select {told} from {table} {where} order by all", list(given)).fetchall()
    return TableRows(columns, [list(row) for row in found])


def _line(con: duckdb.DuckDBPyConnection, tables: dict[str, TableRows], signed: Signed) -> bytes:
    if not any(rows.rows for rows in tables.values()):
        return b""
    number, at, note, by = signed
    told = [_column(rows, "load_id") for name, rows in tables.items() if name in OF_RECEIPTS]
    ids = sorted({int(load_id) for column in told for load_id in column if load_id is not None})
    receipts = tables.get("receipt", TableRows((), []))
    given = zip(_column(receipts, "number"), _column(receipts, "sha256"), strict=True)
    return journal.written(
        JournalEntry(
            version=number,
            at=f"{at:%Y-%m-%d %H:%M:%S}",
            note=note,
            by=by,
            receipts=tuple((str(one), str(sha256)) for one, sha256 in given),
            loads=dict(con.execute(_NUMBERS, [ids]).fetchall()) if ids else {},
            packed=journal.pack(tables),
        )
    )


def _column(rows: TableRows, name: str) -> list[str | None]:
    if not rows.rows:
        return []
    at = rows.columns.index(name)
    return [row[at] for row in rows.rows]


def note_losses(con: duckdb.DuckDBPyConnection, lost: Iterable[JournalEntry], at: datetime) -> None:
    """Versions that this one does not stand on though they were published: remembered until they are put back."""
    known = {version for (version,) in con.execute("select distinct version from lost_version").fetchall()}
    fresh = [entry for entry in lost if entry.version not in known]
    rows = [(version, at, None) for version in sorted({entry.version for entry in fresh})]
    insert_rows(con, "lost_version", ("version", "noticed_at", "put_back_in"), rows)
    taken = []
    for entry in fresh:
        receipts = entry.tables().get("receipt", TableRows((), []))
        columns = [_column(receipts, name) for name in ("number", "sha256", "period", "reporter", "form")]
        taken += [(*row, entry.version) for row in zip(*columns, strict=True)]
    insert_rows(con, "taken_number", ("number", "sha256", "period", "reporter", "form", "version"), taken)


def lost_versions(con: duckdb.DuckDBPyConnection) -> tuple[int, ...]:
    """Those whose contents this version lacks; none where it is of a program that kept no journal."""
    try:
        return tuple(version for (version,) in con.execute(LOST).fetchall())
    except duckdb.CatalogException:
        return ()
