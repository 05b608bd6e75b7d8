"""A unit's returns: what came when, and what was decided."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from catalogue.display import NOTHING, quarter
from catalogue.wording import pick, say
from ui import reads
from ui.kit import figures, markup
from ui.reads.kept import per_version

HEADS = ("period", "form", "number", "received", "late", "state", "reason", "file")


@per_version(64, by=figures.key)
def table(reporter: str) -> Markup:
    """Grain: receipt, newest first; nothing is left out, superseded and sent-back returns neither."""
    rows = reads.submissions(reporter)
    if rows.empty:
        return markup.note(say("returns.none"))
    heads = [say(f"returns.{name}") for name in HEADS]
    return markup.table(heads, [_cells(row) for row in rows.itertuples(index=False, name="Row")], "returns")


def _cells(row: Any) -> list[str]:
    return [
        quarter(row.period),
        pick(reads.plan().forms[row.form], "title"),
        row.number,
        f"{row.received_at:%Y-%m-%d %H:%M}",
        say("returns.yes" if row.late else "returns.no"),
        say(f"state.{row.state}"),
        row.reason or NOTHING,
        row.file_name,
    ]
