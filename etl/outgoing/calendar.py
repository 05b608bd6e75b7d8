"""The due days as an iCalendar file (RFC 5545), for the calendars of phones and office programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from catalogue import clock
from catalogue.display import quarter
from catalogue.model import Plan
from catalogue.period import Period
from catalogue.wording import language, pick, say

if TYPE_CHECKING:
    from icalendar import Event

Return = tuple[Period, str, str]  # (period, form, reporter)
# An all-day event begins at midnight, so this rings at nine in the morning three days before it.
ALARM = timedelta(days=-3, hours=9)


def deadlines_ics(
    plan: Plan,
    due: Mapping[Period, date],
    moved: Mapping[Return, date] | None = None,
    lang: str | None = None,
    stamp: datetime | None = None,
) -> bytes:
    """One all-day event per quarter, one per day of returns that are due on another, with a reminder each.

    A form that moved for everybody is one event, else they are told reporter by reporter. An event keeps its UID when
    its day is changed, so that a calendar that takes the file again moves it. moved: (period, form, reporter) -> day.
    stamp: when the file was made, with a zone; now by default.
    """
    from icalendar import Calendar  # a third of a second, for who asks for a calendar alone

    lang, at = lang or language(), (stamp or clock.aware(clock.real_now())).astimezone(UTC)
    name, calendar = say("chase.calendar.name", lang, plan=pick(plan, "title", lang)), Calendar()
    told = {
        "version": "2.0",
        "prodid": "-//education-plan-monitor//deadlines//ZH",
        "calscale": "GREGORIAN",
        "name": name,
        "x-wr-calname": name,
        "x-published-ttl": "P1D",  # to whoever subscribes: look again every day
    }
    for key, words in told.items():
        calendar.add(key, words)
    calendar.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    apart = _together(plan, moved or {})
    for period, day in sorted(due.items()):
        gone = {
            form for (quarter_of, who, _), forms in apart.items() if (quarter_of, who) == (period, "") for form in forms
        }
        owed = [form for form in _owed(plan) if form not in gone]
        calendar.add_component(_event(plan, _DueDay(period, "", owed, day), at, lang))
    for (period, reporter, day), forms in sorted(apart.items()):
        some = not reporter or set(forms) < set(_owed(plan, reporter))
        calendar.add_component(_event(plan, _DueDay(period, reporter, forms, day, some), at, lang))
    made: bytes = calendar.to_ical(sorted=False)
    return made


def _together(plan: Plan, moved: Mapping[Return, date]) -> dict[tuple[Period, str, date], list[str]]:
    """(period, reporter, day) -> forms in the plan's order; reporter "" for a form that moved to that day for all who owe it."""
    place = {form: number for number, form in enumerate(plan.forms)}
    apart: dict[tuple[Period, str, date], list[str]] = {}
    for (period, form, reporter), day in sorted(
        moved.items(), key=lambda each: (place.get(each[0][1], len(place)), each[0])
    ):
        others = plan.reporters(form) if form in plan.forms else ()
        everybody = len(others) > 1 and all(moved.get((period, form, other)) == day for other in others)
        forms = apart.setdefault((period, "" if everybody else reporter, day), [])
        if form not in forms:
            forms.append(form)
    return apart


@dataclass(frozen=True, slots=True)
class _DueDay:
    """The day on which returns of a quarter are due. reporter "": of everybody who has no day of its own. some: of these forms
    only, and the title says so."""

    period: Period
    reporter: str
    forms: Sequence[str]
    day: date
    some: bool = False


def _event(plan: Plan, due: _DueDay, at: datetime, lang: str) -> Event:
    """What is not in the plan is called by its code: the days may be of a version made under another."""
    period, reporter, forms, some = due.period, due.reporter, due.forms, due.some
    known = {**plan.departments, **plan.units}
    who = {"who": pick(known[reporter], "name", lang) if reporter in known else reporter} if reporter else {}
    titles = say("chase.and", lang).join(
        pick(plan.forms[code], "title", lang) if code in plan.forms else code for code in forms
    )
    summary = say(
        "chase.calendar.summary_of" if reporter else "chase.calendar.summary", lang, period=quarter(period, lang), **who
    )
    if some:
        summary = say("chase.calendar.summary_some", lang, summary=summary, forms=titles)
    platform = say("shell.title", lang, city=pick(plan, "city", lang))
    told = [say("chase.calendar.forms", lang, forms=titles), say("chase.calendar.where", lang, platform=platform)]
    if plan.demo:
        told.append(say("chase.demo", lang))
    part = f"/{','.join(forms)}" if some else ""
    from icalendar import Alarm, Event

    event, alarm = Event(), Alarm()
    event.add("uid", str(uuid5(NAMESPACE_URL, f"{plan.document}/{period}/{reporter}{part}")))
    event.add("dtstamp", at)
    event.add("dtstart", due.day)
    event.add("dtend", due.day + timedelta(days=1))
    event.add("summary", summary)
    event.add("description", "\n".join(told))
    event.add("transp", "TRANSPARENT")
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", ALARM)
    event.add_component(alarm)
    return event


def _owed(plan: Plan, reporter: str = "") -> list[str]:
    """Forms owed each quarter: by this reporter, or by anybody. A backfill is owed by nobody."""
    forms = (code for code, form in plan.forms.items() if form.reporter != "city")
    return [code for code in forms if not reporter or reporter in plan.reporters(code)]
