"""The entries of single returns."""
from __future__ import annotations

from decimal import Decimal

import pandas as pd

from warehouse import store
from warehouse.frames import frame


def facts_that_count(
    form: str, reporter: str, period: str, basis: str = "filed"
) -> dict[tuple[str, str], tuple[str, Decimal | None, str | None]] | None:
    """(element, subject) -> (state, value, text) of the return that counts in the newest version; None where none does."""
    version = store.newest(store.data_folder())
    if version is None:
        return None
    with store.open_version(version) as con:
        rows = con.execute(
            """
            select f.element, f.subject, f.state, f.value, f.text
            from current_receipt as c
            join fact as f on f.load_id = c.load_id
            where c.basis = ? and c.form = ? and c.reporter = ? and c.period = ?
            """,
            [basis, form, reporter, period],
        ).fetchall()
    return {(element, subject): (state, value, text) for element, subject, state, value, text in rows} or None


def remarks(con, load_id: int) -> pd.DataFrame:
    """What reviewers said about entries of one return, with the latest decision that has any. Grain: entry."""
    return frame(
        con,
        """
        select * from remark
        where load_id = $load_id and event_id = (select max(event_id) from remark where load_id = $load_id)
        order by sheet, cell
        """,
        {"load_id": load_id},
    )
