"""The way back: every value of an indicator to submission, sheet and cell, and the workbook itself."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from catalogue.display import entered
from catalogue.model import Indicator
from catalogue.naming import element_name
from catalogue.wording import say
from sentences import reading
from ui import reads
from ui.kit import figures, show

MIME = "application/octet-stream"


def table(indicator: Indicator, period: str, basis: str) -> None:
    """Grain: cell. Then a button per workbook."""
    rows = reads.source_cells(indicator.code, period, basis)
    if rows.empty:
        st.caption(say("cells.none"))
        return
    show.table(_told(figures.key(), indicator.code, period, basis), key="cells", title=say("indicator.sources"))
    workbooks(rows)


@st.cache_resource(max_entries=128, show_spinner=False)
def _told(key: tuple, indicator: str, period: str, basis: str) -> pd.DataFrame:
    plan, rows = reads.plan(), reads.source_cells(indicator, period, basis)
    return pd.DataFrame(
        {
            say("cells.unit"): [reads.subject_name(subject) for subject in rows["subject"]],
            say("cells.element"): [element_name(plan, code) for code in rows["element"]],
            say("cells.part"): [say(f"cells.{part}") for part in rows["part"]],
            say("cells.value"): [
                entered(value, plan.elements[code].measure) if value == value else reading.entry_word(state)
                for value, code, state in zip(rows["value"], rows["element"], rows["state"], strict=True)
            ],
            say("cells.cell"): [f"{sheet}!{cell}" for sheet, cell in zip(rows["sheet"], rows["cell"], strict=True)],
            say("cells.file"): rows["file_name"].tolist(),
            say("cells.sha256"): [sha256[:12] for sha256 in rows["sha256"]],
        }
    )


def workbooks(rows: pd.DataFrame) -> None:
    """A button per file. rows: sha256, file_name; a file may come often."""
    files = rows.drop_duplicates("sha256")
    with st.popover(say("cells.workbooks", count=len(files))):
        st.caption(say("review.original_warning"))
        for row in files.itertuples():
            st.download_button(
                row.file_name,
                data=partial(reads.original, row.sha256),
                file_name=row.file_name,
                mime=MIME,
                on_click="ignore",
                key=f"workbook {row.sha256}",
            )
