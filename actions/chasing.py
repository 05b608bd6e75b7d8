"""Due days as a calendar file, and how the returns stand as a workbook: for those who chase. Each is a line in the log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from access import audit
from access.model import Actor
from actions import drafts
from actions.errors import NotNow
from actions.files import File
from actions.keys import require
from catalogue import clock
from catalogue.load import current_plan
from catalogue.period import Period
from catalogue.wording import say
from etl.outgoing.calendar import deadlines_ics
from etl.outgoing.chase_status import standings
from etl.outgoing.status_file import status_file
from warehouse import store
from warehouse.reads import chase as read_chase
from warehouse.reads.chase import Return

ABOUT = "page:returns"


def deadlines(actor: Actor, lang: str) -> File:
    """The due days as they stand, those moved among them; before anything is published the plan's own."""
    plan = current_plan()
    require(actor, "chase", plan, about=ABOUT)
    usual: Mapping[Period, date] = plan.deadlines
    moved: Mapping[Return, date] = {}
    version = store.newest(store.data_folder())
    if version is not None:
        with store.open_version(version) as con:
            usual, moved = read_chase.deadlines(con)
    return _logged(actor, say("chasing.calendar_file", lang), deadlines_ics(plan, usual, moved, lang))


def status_table(actor: Actor, lang: str) -> File:
    """Every return owed in the plan's quarters, as it stands today. Raises NotNow before anything is published."""
    plan, today = current_plan(), clock.today()
    require(actor, "chase", plan, about=ABOUT)
    version = store.newest(store.data_folder())
    if version is None:
        raise NotNow("no_receipt")
    with store.open_version(version) as con:
        owed = pd.concat([read_chase.owed(con, str(period), today) for period in plan.periods], ignore_index=True)
    rows = standings(owed, kept_drafts(), plan, today)
    return _logged(actor, say("chasing.status_file", lang, day=f"{today:%Y%m%d}"), status_file(rows, plan, today, lang))


def kept_drafts() -> frozenset[tuple[str, str, str]]:
    """(form, reporter, period) of what lies ready and is not submitted."""
    kept = drafts.keys()
    return frozenset((key.form, key.reporter, str(key.period)) for key in kept)


def _logged(actor: Actor, name: str, content: bytes) -> File:
    audit.record(actor, "download", ABOUT, detail=name)
    return name, content
