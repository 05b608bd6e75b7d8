"""The calendar of due days: read back by another program, and its lines counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from plan_fixtures import plan_2021, small_plan

from catalogue.period import Period
from etl.outgoing.calendar import deadlines_ics

PLAN = plan_2021()
STAMP = datetime(2021, 10, 1, 8, 30, tzinfo=UTC)
Q3 = Period(2021, 3)


def made(due=PLAN.deadlines, own=None, lang="zh", plan=PLAN) -> bytes:
    return deadlines_ics(plan, due, own, lang, STAMP)


def events(content: bytes) -> list:
    return icalendar.Calendar.from_ical(content).walk("VEVENT")


def test_every_quarter_has_an_all_day_event_on_its_due_day():
    found = [(str(event["SUMMARY"]), event.decoded("DTSTART"), event.decoded("DTEND")) for event in events(made())]
    assert found == [
        ("2021年第一季度报表报送截止", date(2021, 4, 12), date(2021, 4, 13)),
        ("2021年第二季度报表报送截止", date(2021, 7, 12), date(2021, 7, 13)),
        ("2021年第三季度报表报送截止", date(2021, 10, 11), date(2021, 10, 12)),
        ("2021年第四季度报表报送截止", date(2022, 1, 10), date(2022, 1, 11)),
    ]


def test_another_program_finds_nothing_wrong_and_the_name_of_the_calendar():
    calendar = icalendar.Calendar.from_ical(made())
    assert (calendar.errors, [event.errors for event in calendar.walk("VEVENT")]) == ([], [[]] * 4)
    assert str(calendar["X-WR-CALNAME"]) == "报表报送截止日期：市委教育工委 市教育局2021年工作要点"
    assert {event.decoded("DTSTAMP") for event in calendar.walk("VEVENT")} == {STAMP}


def test_each_event_rings_on_the_morning_three_days_before():
    for event in events(made()):
        [alarm] = event.walk("VALARM")
        assert (str(alarm["ACTION"]), str(alarm["DESCRIPTION"])) == ("DISPLAY", str(event["SUMMARY"]))
        midnight = datetime.combine(event.decoded("DTSTART"), datetime.min.time())
        assert midnight + alarm.decoded("TRIGGER") == midnight - timedelta(days=3) + timedelta(hours=9)


def test_a_reporter_with_its_own_due_day_has_its_own_event_with_its_own_forms():
    own = {
        (Q3, "county", "210421"): date(2021, 10, 15),
        **{(Q3, form, "planning"): date(2021, 10, 18) for form in ("project", "department")},
    }
    county, office = events(made(own=own))[4:]
    assert (str(county["SUMMARY"]), county.decoded("DTSTART")) == (
        "抚顺县2021年第三季度报表报送截止",
        date(2021, 10, 15),
    )
    assert str(county["DESCRIPTION"]).startswith(
        "应报送：教育工作要点县区季度报表\n请登录抚顺市教育工作要点监测平台报送。"
    )
    assert "应报送：改善办学条件项目进度季度报表、教育工作要点责任单位季度报表\n" in str(office["DESCRIPTION"])


def test_a_form_put_off_for_everybody_is_one_event_and_no_longer_among_the_others():
    found = events(made(own={(Q3, "county", unit): date(2021, 10, 20) for unit in PLAN.units}))
    assert len(found) == 5
    assert [str(event["SUMMARY"]) for event in found[2::2]] == [
        "2021年第三季度报表报送截止",
        "2021年第三季度报表报送截止（教育工作要点县区季度报表）",
    ]
    assert found[4].decoded("DTSTART") == date(2021, 10, 20)
    assert "县区季度报表" not in str(found[2]["DESCRIPTION"]) and "县区季度报表" in str(found[1]["DESCRIPTION"])


def test_one_of_several_forms_put_off_for_a_reporter_is_told_by_name():
    [one] = events(made(own={(Q3, "project", "planning"): date(2021, 10, 20)}))[4:]
    assert str(one["SUMMARY"]) == "规划科2021年第三季度报表报送截止（改善办学条件项目进度季度报表）"


def test_days_of_a_version_made_under_another_plan_are_told_by_code():
    [one] = events(made(own={(Q3, "census", "210499"): date(2021, 10, 20)}))[4:]
    assert str(one["SUMMARY"]) == "2104992021年第三季度报表报送截止" and str(one["DESCRIPTION"]).startswith(
        "应报送：census"
    )


def test_whoever_subscribes_is_told_to_look_again_each_day():
    calendar = icalendar.Calendar.from_ical(made())
    assert calendar.decoded("REFRESH-INTERVAL") == timedelta(days=1)


def test_the_backfill_is_owed_by_nobody():
    assert PLAN.forms["backfill"].title not in "".join(str(event["DESCRIPTION"]) for event in events(made()))


def test_an_event_keeps_its_uid_when_its_day_is_changed_and_no_two_share_one():
    before, after = (
        events(made({Q3: day}, {(Q3, "county", "210421"): day})) for day in (date(2021, 10, 11), date(2021, 10, 14))
    )
    assert [event["UID"] for event in before] == [event["UID"] for event in after]
    uids = [
        event["UID"]
        for event in [*events(made()), before[1], *events(made(plan=small_plan(), due=small_plan().deadlines))]
    ]
    assert len(set(uids)) == len(uids) == 9


def test_lines_end_with_crlf_and_none_is_longer_than_75_octets():
    content = made(own={(Q3, "department", "planning"): date(2021, 10, 18)})
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")
    assert b"\n" not in b"".join(lines) and b"\r" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    assert any(line.startswith(b" ") for line in lines)
    for line in lines:
        line.decode()  # no sign is cut in two


def test_no_line_is_longer_than_75_octets_and_no_sign_is_cut_in_two():
    lines = made(plan=_named("甲a" * 140), own={(Q3, "county", "210421"): date(2021, 10, 15)}).split(b"\r\n")
    assert max(map(len, lines)) <= 75 and any(line.startswith(b" ") for line in lines) and lines[-1] == b""
    for line in lines:
        line.decode()


@pytest.mark.parametrize("length", [64, 65, 66, 67, 138, 139, 140])
def test_folded_lines_are_put_together_again_as_they_were(length):
    name = "甲a" * length
    plan = _named(name)
    [event, *_] = events(made(plan=plan, own={(Q3, "county", "210421"): date(2021, 10, 15)}))[4:]
    assert str(event["SUMMARY"]) == f"{name}2021年第三季度报表报送截止"


def test_signs_with_a_meaning_of_their_own_are_escaped():
    content = made(plan=_named('一;二,三\\四\n五:"六"'), own={(Q3, "county", "210421"): date(2021, 10, 15)})
    assert '一\\;二\\,三\\\\四\\n五:"六"' in content.decode().replace("\r\n ", "")
    assert str(events(content)[4]["SUMMARY"]) == '一;二,三\\四\n五:"六"2021年第三季度报表报送截止'


def test_the_same_in_english():
    [event] = events(made({Q3: date(2021, 10, 11)}, lang="en"))
    assert str(event["SUMMARY"]) == "Returns of Q3 2021 due"
    assert "Please file on the Fushun Education Plan Monitor." in str(event["DESCRIPTION"])


def _named(name: str):
    """The plan, 抚顺县 called otherwise."""
    return replace(PLAN, units={**PLAN.units, "210421": replace(PLAN.units["210421"], name=name)})
