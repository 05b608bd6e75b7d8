"""The due days as an iCalendar file (RFC 5545), for the calendars of phones and office programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from catalogue import clock
from catalogue.display import quarter
from catalogue.model import Plan
from catalogue.period import Period
from catalogue.wording import language, pick, say

Return = tuple[Period, str, str]  # (period, form, reporter)
LONGEST = 75  # octets of a line, its end not counted
# An all-day event begins at midnight, so this rings at nine in the morning three days before it.
ALARM = "-P2DT15H"


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
    lang, at = lang or language(), f"{(stamp or clock.aware(clock.real_now())).astimezone(UTC):%Y%m%dT%H%M%SZ}"
    name = _text(say("chase.calendar.name", lang, plan=pick(plan, "title", lang)))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//education-plan-monitor//deadlines//ZH",
        "CALSCALE:GREGORIAN",
        f"NAME:{name}",
        f"X-WR-CALNAME:{name}",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        "X-PUBLISHED-TTL:P1D",  # to whoever subscribes: look again every day
    ]
    apart = _together(plan, moved or {})
    for period, day in sorted(due.items()):
        gone = {
            form for (quarter_of, who, _), forms in apart.items() if (quarter_of, who) == (period, "") for form in forms
        }
        lines += _event(plan, period, "", [form for form in _owed(plan) if form not in gone], day, at, lang)
    for (period, reporter, day), forms in sorted(apart.items()):
        lines += _event(
            plan, period, reporter, forms, day, at, lang, not reporter or set(forms) < set(_owed(plan, reporter))
        )
    return _folded([*lines, "END:VCALENDAR"])


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


def _event(
    plan: Plan, period: Period, reporter: str, forms: Sequence[str], day: date, at: str, lang: str, some: bool = False
) -> Iterator[str]:
    """reporter "": of everybody who has no event of its own. some: of these forms only, and its title says so.

    What is not in the plan is called by its code: the days may be of a version made under another.
    """
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
    yield from (
        "BEGIN:VEVENT",
        f"UID:{uuid5(NAMESPACE_URL, f'{plan.document}/{period}/{reporter}{part}')}",
        f"DTSTAMP:{at}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(summary)}",
        "DESCRIPTION:" + _text("\n".join(told)),
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_text(summary)}",
        f"TRIGGER:{ALARM}",
        "END:VALARM",
        "END:VEVENT",
    )


def _owed(plan: Plan, reporter: str = "") -> list[str]:
    """Forms owed each quarter: by this reporter, or by anybody. A backfill is owed by nobody."""
    forms = (code for code, form in plan.forms.items() if form.reporter != "city")
    return [code for code in forms if not reporter or reporter in plan.reporters(code)]


def _text(words: str) -> str:
    """A TEXT value: its own signs escaped, line breaks written \\n."""
    for sign in ("\\", ";", ","):
        words = words.replace(sign, f"\\{sign}")
    return words.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folded(lines: Iterable[str]) -> bytes:
    """The lines ended by CRLF; a longer one goes on behind a blank. No sign is cut in two."""
    made = bytearray()
    for line in lines:
        used = 0
        for sign in line:
            octets = sign.encode()
            if used + len(octets) > LONGEST:
                made += b"\r\n "
                used = 1
            made += octets
            used += len(octets)
        made += b"\r\n"
    return bytes(made)
