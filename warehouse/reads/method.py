"""How the marts judge, for the manual."""

from __future__ import annotations

import duckdb


def verdicts(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Verdict -> the light it gives (green, yellow, red, grey), as the version judges."""
    return dict(con.execute("select verdict, light from verdict order by verdict").fetchall())
