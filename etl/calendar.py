"""The due days as an iCalendar file (RFC 5545), for the calendars of phones and office programs."""
from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from catalogue.display import quarter
from catalogue.model import Plan
from catalogue.period import Period
from catalogue.wording import language, pick, say

LONGEST = 75  # octets of a line, its end not counted
# An all-day event begins at midnight, so this rings at nine in the morning three days before it.
ALARM = "-P2DT15H"


def deadlines_ics(
    plan: Plan, due: Mapping[Period, date], reporter_due: Mapping[tuple[Period, str], date] | None = None,
    lang: str | None = None, stamp: datetime | None = None,
) -> bytes:
    """One all-day event per quarter, and one per reporter whose own due day differs; with a reminder each.

    An event keeps its UID when its day is changed, so that a calendar that takes the file again moves it.
    stamp: when the file was made, with a zone; now by default.
    """
    lang, at = lang or language(), f"{(stamp or datetime.now(UTC)).astimezone(UTC):%Y%m%dT%H%M%SZ}"
    name = _text(say("chase.calendar.name", lang, plan=pick(plan, "title", lang)))
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//education-plan-monitor//deadlines//ZH",
        "CALSCALE:GREGORIAN", f"NAME:{name}", f"X-WR-CALNAME:{name}",
    ]
    for period, day in sorted(due.items()):
        lines += _event(plan, period, "", day, at, lang)
    for (period, reporter), day in sorted((reporter_due or {}).items()):
        lines += _event(plan, period, reporter, day, at, lang)
    return _folded([*lines, "END:VCALENDAR"])


def _event(plan: Plan, period: Period, reporter: str, day: date, at: str, lang: str) -> Iterator[str]:
    """reporter "": of everybody who has no event of its own."""
    who = {"who": pick(plan.units.get(reporter) or plan.departments[reporter], "name", lang)} if reporter else {}
    summary = say("chase.calendar.summary_of" if reporter else "chase.calendar.summary", lang, period=quarter(period, lang), **who)
    owed = [pick(form, "title", lang) for code, form in plan.forms.items() if _owes(plan, code, reporter)]
    platform = say("shell.title", lang, city=pick(plan, "city", lang))
    told = [say("chase.calendar.forms", lang, forms=say("chase.and", lang).join(owed)), say("chase.calendar.where", lang, platform=platform)]
    if plan.demo:
        told.append(say("chase.demo", lang))
    yield from (
        "BEGIN:VEVENT",
        f"UID:{uuid5(NAMESPACE_URL, f'{plan.document}/{period}/{reporter}')}",
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


def _owes(plan: Plan, form: str, reporter: str) -> bool:
    """Whether the form is owed each quarter: by this reporter, or by anybody. A backfill is owed by nobody."""
    return plan.forms[form].reporter != "city" and (not reporter or reporter in plan.reporters(form))


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
