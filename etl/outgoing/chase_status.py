"""How each return owed stands on a day, drafts among them: for the table on the screen and the one that is taken away."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import pandas as pd

from catalogue.model import Plan
from catalogue.period import Period
from catalogue.wording import say
from etl.outgoing.chase import chased
from warehouse.states import CAME

AHEAD = "not_due"  # of a quarter that has not ended: there is nothing to file yet


def standings(owed: pd.DataFrame, drafts: Collection[tuple[str, str, str]], plan: Plan, today: date) -> pd.DataFrame:
    """Grain: return owed. Units, then departments, in the plan's order; the forms and quarters of one beside each other.

    owed: rows of `read_chase.owed`, of one quarter or of several. drafts: (form, reporter, period).
    state: draft too, where nothing but a draft is there; not_due where nothing is there and the quarter has not ended.
    late: it came after the due day. overdue: it did not come, and the due day has passed. days: from today to the due day.
    """
    waiting = {(one.form, one.reporter, one.period): one.state for one in chased(owed, drafts, today)}
    keys = list(zip(owed["form"], owed["reporter"], owed["period"], strict=True))
    states = [_state(state, waiting.get(key), key[2], today) for state, key in zip(owed["state"], keys, strict=True)]
    came = owed["first_at"].notna()
    made = owed.assign(
        state=pd.Series(states, index=owed.index, dtype=object),
        late=owed["late"] & came,
        overdue=owed["late"] & ~came,
        days=(owed["due"] - pd.Timestamp(today)).dt.days,
    )
    places = {code: n for n, code in enumerate((*plan.units, *plan.departments))}
    forms = {code: n for n, code in enumerate(plan.forms)}
    order = sorted(range(len(keys)), key=lambda n: (places[keys[n][1]], forms[keys[n][0]], keys[n][2]))
    return made.iloc[order].reset_index(drop=True)


def _state(state: str, waiting: str | None, period: str, today: date) -> str:
    now = waiting or state
    return AHEAD if now == "missing" and today <= Period.parse(period).last_day else now


def state_words(row: Any) -> str:
    """How a return stands, for people: 通过; 已报·迟; 未报·逾期. row: of `standings`."""
    word = say("chasing.not_due") if row.state == AHEAD else say(f"state.{row.state}")
    if row.late:
        return say("chasing.late_mark", state=word)
    return say("chasing.over_mark", state=word) if row.overdue else word


def term_words(row: Any) -> str:
    """按时, 迟3天, 还有2天, 今天截止 or 逾期4天; 已过4天 of what was sent back, which is never called overdue."""
    if row.state in CAME:
        late = (row.first_at.normalize() - row.due).days
        return say("chasing.came_late", days=late) if row.late else say("chasing.on_time")
    if row.days < 0:
        return say("chasing.passed" if row.state == "returned" else "chasing.over", days=-row.days)
    return say("chasing.left", days=row.days) if row.days else say("chasing.today")


def counts(rows: pd.DataFrame) -> dict[str, int]:
    """Of one quarter's standings: owed = filed + returned + draft + missing; filed = on_time + late; over: did not come in time, nor since."""
    came, state = rows["state"].isin(CAME), rows["state"]
    return {
        "owed": len(rows),
        "filed": int(came.sum()),
        "on_time": int((came & ~rows["late"]).sum()),
        "late": int((came & rows["late"]).sum()),
        "returned": int((state == "returned").sum()),
        "draft": int((state == "draft").sum()),
        "missing": int(state.isin(["missing", AHEAD]).sum()),
        "over": int(rows["overdue"].sum()),
    }
