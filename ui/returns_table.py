"""A unit's returns: what came when, and what was decided."""
from __future__ import annotations

import pandas as pd
import streamlit as st

from catalogue.display import quarter
from catalogue.wording import pick, say
from ui import reads


def show(reporter: str) -> None:
    """Grain: receipt, newest first; nothing is left out, superseded and sent-back returns neither."""
    plan, rows = reads.plan(), reads.submissions(reporter)
    if rows.empty:
        st.caption(say("returns.none"))
        return
    told = pd.DataFrame(
        {
            say("returns.period"): [quarter(period) for period in rows["period"]],
            say("returns.form"): [pick(plan.forms[form], "title") for form in rows["form"]],
            say("returns.number"): rows["number"].tolist(),
            say("returns.received"): [f"{at:%Y-%m-%d %H:%M}" for at in rows["received_at"]],
            say("returns.late"): [say("returns.yes") if late else say("returns.no") for late in rows["late"]],
            say("returns.state"): [say(f"state.{state}") for state in rows["state"]],
            say("returns.reason"): [reason if isinstance(reason, str) else "" for reason in rows["reason"]],
            say("returns.file"): rows["file_name"].tolist(),
        }
    )
    st.dataframe(told, hide_index=True, key=f"returns {reporter}")
