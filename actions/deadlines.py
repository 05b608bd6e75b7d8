"""Until when returns are due, and moving that day."""

from __future__ import annotations

from datetime import date

import pandas as pd

from access import log_detail
from access.model import Actor
from actions.errors import NotNow
from actions.keys import require, require_words
from actions.publishing import Act, publish
from catalogue import clock
from catalogue.load import plan_of
from catalogue.period import Period
from warehouse import store
from warehouse.reads import review as desk
from warehouse.write import Writer

COLUMNS = ("period", "form", "reporter", "due", "planned", "by_whom", "at", "reason")


def due_days(period: Period | str) -> pd.DataFrame:
    """Of one quarter. Grain: return owed: period × form × reporter. due: as it stands, planned: as the plan has it.

    by_whom, at, reason: of the latest change that covers it; "", NaT and "" where there is none. Dates are timestamps.
    """
    version = store.newest(store.data_folder())
    if version is None:
        return _planned(Period.parse(str(period)))
    with store.open_version(version, str(period)) as con:
        found = desk.due_days(con, str(period))
    return (
        found if len(found) else _planned(Period.parse(str(period)))
    )  # nothing was published yet under the plan of its year


def _planned(period: Period) -> pd.DataFrame:
    plan = plan_of(period)
    due = pd.Timestamp(plan.deadlines[period]) if period in plan.deadlines else None
    rows = [
        (str(period), form.code, reporter, due, due, "", pd.NaT, "")
        for form in plan.forms.values()
        if due is not None and form.reporter != "city"
        for reporter in plan.reporters(form.code)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def move(actor: Actor, period: Period | str, form: str, reporter: str, due: date, reason: str) -> store.Version:
    """Put a day off or bring it forward; form "" is every form, reporter "" everybody.

    Raises NotAllowed; NotNow without a reason, for a day before the quarter's end, or where nobody owes such a return.
    """
    quarter, at = Period.parse(str(period)), clock.now()
    plan = plan_of(quarter)
    about = f"deadline:{form or '*'}/{reporter or '*'}/{quarter}"
    require(actor, "administer", plan, about=about)
    if not reason.strip():
        raise NotNow("reason_wanted")
    require_words(reason)
    if due <= quarter.last_day:
        raise NotNow("due_before_end", day=f"{quarter.last_day:%Y-%m-%d}")
    owed = due_days(quarter)
    mine = owed[(owed["form"].eq(form) | (form == "")) & (owed["reporter"].eq(reporter) | (reporter == ""))]
    if mine.empty:
        raise NotNow("nobody_owes")
    if mine["due"].eq(pd.Timestamp(due)).all():
        raise NotNow("due_already", day=f"{due:%Y-%m-%d}")

    def change(writer: Writer) -> str:
        writer.deadline(str(quarter), (form, reporter), due, at, actor.signature, reason.strip())
        return log_detail.told(due=due.isoformat(), words=reason)

    act = Act(
        actor=actor, event="deadline_changed", object=about, did="deadline", about=str(quarter), period=str(quarter)
    )
    return publish(act, change)
