"""The audit log for those who read it: searched, said in words, verified, taken away as a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from access import audit, db, log_detail, times
from access.audit import LogEntry, VerifiedLog
from access.model import Actor
from access.tables import audit as table
from actions.keys import require
from actions.overtaken import attempt
from actions.saying import told
from catalogue import clock
from catalogue.load import current_plan
from catalogue.model import Plan
from catalogue.wording import knows, say

PAGE = 50
NAMED = ("account", "backup", "version", "versions", "page")  # objects like account/NAME or backup:NAME


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """None or "" asks for everything. object: how it begins, e.g. return:county/210402. first, last: local days, both included."""

    name: str = ""
    event: str = ""
    result: str = ""
    object: str = ""
    first: date | None = None
    last: date | None = None


def page(actor: Actor, search: Search, before_id: int | None = None, limit: int = PAGE) -> list[LogEntry]:
    """Newest first; before_id: the id of the last one shown, for the next page. Raises NotAllowed."""
    _require(actor)
    return _found(search, before_id, limit)


def names(actor: Actor) -> list[str]:
    """Who stands in the log, by account name. Raises NotAllowed."""
    _require(actor)
    with db.reading() as con:
        return sorted(con.scalars(select(table.c.name).distinct()))


def first_day(actor: Actor) -> date:
    """The local day of the oldest line; today where there is none. Raises NotAllowed."""
    _require(actor)
    with db.reading() as con:
        at = con.scalar(select(table.c.at).order_by(table.c.id).limit(1))
    return times.local(datetime.fromisoformat(at) if at else times.utc_now()).date()


def today() -> date:
    """The log keeps real time, whatever day the demonstration has."""
    return times.local(times.utc_now()).date()


def verify(actor: Actor, head: str = "") -> VerifiedLog:
    """Whether the chain is whole; head: one written down earlier, which must still be in it. Raises NotAllowed."""
    _require(actor)
    return audit.verify(head.strip() or None)


def export(actor: Actor, search: Search) -> tuple[str, bytes]:
    """(file name, CSV) of everything found, oldest first; the export itself is a line in the log. Raises NotAllowed."""
    _require(actor)
    rows = _found(search, None, None)[::-1]
    audit.record(actor, "exported", "audit", detail=log_detail.told(rows=len(rows), **asdict(search)))
    return say("log.file", at=f"{clock.real_now():%Y%m%d-%H%M%S}"), audit.export(rows)


def said(entry: LogEntry) -> str:
    """The event in words; its code where the log is of a newer program."""
    return entry.said if knows(f"audit.event.{entry.event}") else entry.event


def object_said(entry: LogEntry, plan: Plan) -> str:
    """What it was done to, in words; as it stands in the log where we have none."""
    kind, _, rest = entry.object.partition("/" if entry.object.startswith("account/") else ":")
    if kind in ("return", "quarter", "deadline", "upload") and rest:
        return told(rest, plan)
    if kind in NAMED and rest:
        return say(f"log.object.{kind}", name=_page_said(rest) if kind == "page" else rest)
    return entry.object


OWN_WORDS = ("correction", "title", "number", "file", "label")  # said as they are given
_FIELD = re.compile(r"\b([a-z_0-9]+)=([^\s;]*)")


def detail_said(entry: LogEntry, plan: Plan) -> str:
    """The remark in words: 角色 县区填报员 for role=filer; what we have no word for stays as it is, and so do a person's."""
    if entry.result == "failed" and (second := attempt(entry.detail)):
        return say("story.by_whom", who=second.by, state=say(f"state.{second.state}"))
    if (facts := log_detail.facts(entry.detail)) is not None:
        return "; ".join(_fact_said(field, value, plan) for field, value in facts.items())
    return _FIELD.sub(_found_said(plan), entry.detail)


def _fact_said(field: str, value: str, plan: Plan) -> str:
    if field == log_detail.WORDS or not knows(f"log.field.{field}"):
        return value
    words = value if field in OWN_WORDS else _value_said(field, value, plan)
    return say("log.told", field=say(f"log.field.{field}"), value=words)


def _found_said(plan: Plan) -> Callable[[re.Match[str]], str]:
    """Of a line that has them among words."""

    def said(found: re.Match[str]) -> str:
        field, value = found.groups()
        if not knows(f"log.field.{field}"):
            return found[0]
        words = say("log.became").join(_value_said(field, one, plan) for one in value.split("→"))
        return say("log.told", field=say(f"log.field.{field}"), value=words)

    return said


def _value_said(field: str, value: str, plan: Plan) -> str:
    if field == "role" and knows(f"account.role.{value}"):
        return say(f"account.role.{value}")
    if field in ("True", "False") or value in ("True", "False"):
        return say(f"log.is.{value}")
    if field == "sha256":
        return value[:12]
    return told(value, plan) or say("log.blank")


def _page_said(name: str) -> str:
    return say(f"shell.page.{name}") if knows(f"shell.page.{name}") else name


def _found(search: Search, before_id: int | None, limit: int | None) -> list[LogEntry]:
    return audit.entries(
        name=search.name or None,
        event=search.event or None,
        result=search.result or None,
        object_prefix=search.object or None,
        before_id=before_id,
        limit=limit,
        since=_midnight(search.first),
        until=_midnight(search.last, days=1),
    )


def _midnight(day: date | None, days: int = 0) -> datetime | None:
    """Aware, so that the log's UTC is asked for the local day."""
    return None if day is None else clock.aware(datetime.combine(day + timedelta(days=days), time()))


def _require(actor: Actor) -> None:
    require(actor, "read_log", current_plan(), about="log")
