"""A cell's content as the answer to one data element."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from catalogue.model import Element
from etl.model import ANSWER_MARKS, AS_HELD, EntryState, ShownAs
from etl.reading.answer import BLANK, Answer, bad, brief, note
from etl.reading.numbers import read_number
from etl.reading.plain import as_written, compact, is_backwards, nearest_day, plain, unseen

LONGEST_TEXT = 2000
_NIL = {"无", "不适用", "不涉及", "无此项", "N/A", "NA", "-", "--", "—", "——", "–", "―", "――", "一一", "//"}
_SUPPRESSED = {"保密", "未公布", "不公布", "不予公布", "不公开", "不予公开", "涉密", "■"}
_SUPPRESSED |= {"SUPPRESSED", "CONFIDENTIAL", "WITHHELD", "NOTPUBLISHED", "*", "**", "***"}
_NO_REASON = {"无", "没有", "不适用", "NA"}
_DAY = re.compile(r"(\d{4})(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})日?")
_TIMED = re.compile(r"(?P<day>.*[\d日])(?:\s+|T)(?P<time>\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)", re.S)
_EIGHT_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEARS = range(1990, 2101)
_SERIAL_ORIGIN = date(1899, 12, 30)  # Excel's day 0
_SERIALS = range(32874, 73416)  # 1990-01-01 … 2100-12-31


def read_answer(raw: Any, element: Element, shown: ShownAs = AS_HELD) -> Answer:
    """`raw` as `element` wants it. NA is not judged here: whether / is an answer, a rule says."""
    if shown.struck:
        return _struck(raw, element, shown)
    if raw is None or (isinstance(raw, str) and not plain(raw)):
        return BLANK
    answer = _nil(raw, element) or _of_kind(raw, element, shown)
    if element.kind == "text" or answer.state is EntryState.BAD or not isinstance(raw, str) or not unseen(raw):
        return answer
    return replace(answer, repairs=(*answer.repairs, note("unseen_dropped", raw=raw.strip(), marks=unseen(raw))))


def _struck(raw: Any, element: Element, shown: ShownAs) -> Answer:
    """What is struck through is no answer; in a text it is left out, with a note."""
    if element.kind != "text":
        return bad("struck_out", raw=as_written(raw), struck=brief(shown.struck))
    kept = BLANK if shown.void else read_answer(raw, element)
    return replace(
        kept, repairs=(*kept.repairs, note("struck_left_out", raw=as_written(raw), struck=brief(shown.struck)))
    )


def _of_kind(raw: Any, element: Element, shown: ShownAs) -> Answer:
    if element.kind == "text":
        return _text(raw)
    if isinstance(raw, str) and is_backwards(raw) and len(plain(raw)) > 1:
        return bad("backwards", raw=raw.strip())
    match element.kind:
        case "choice":
            return _choice(raw, element)
        case "date":
            return _date(raw, shown)
        case _:
            return _kept_back(raw, element) or read_number(raw, element.measure, shown)


def read_reason(raw: Any) -> str:
    """变化原因 as written; '' for 无, /, — and for our own 第三季度起填报. What explains, `rules.reasons` says."""
    text = _text(raw).text or "" if raw is not None else ""
    bare = re.sub(r"[\W_]", "", compact(text)).upper()
    says_nothing = not re.search(r"[^\W\d]", bare) or bare in _NO_REASON
    return "" if says_nothing or re.fullmatch("第.季度起填报", bare) else text


def _nil(raw: Any, element: Element) -> Answer | None:
    """'/' is the printed mark. In a text cell 无 and — are words like any other."""
    if not isinstance(raw, str):
        return None
    if raw.strip() == "/":
        return Answer(EntryState.NA)
    written = compact(raw).upper()
    if written == "/" or (element.kind != "text" and written in _NIL):
        return Answer(EntryState.NA, repairs=(note("nil_mark", raw=raw.strip()),))
    return None


def _kept_back(raw: Any, element: Element) -> Answer | None:
    """保密, 未公布, suppressed or *: of a number that is not to be published, where the plan allows that of it."""
    if not isinstance(raw, str) or compact(raw).strip("()[]【】").upper() not in _SUPPRESSED:
        return None
    if not element.suppressible:
        return bad("not_suppressible", raw=raw.strip())
    if raw.strip() == ANSWER_MARKS[EntryState.SUPPRESSED]:
        return Answer(EntryState.SUPPRESSED)
    return Answer(EntryState.SUPPRESSED, repairs=(note("suppressed_mark", raw=raw.strip()),))


def _text(raw: Any) -> Answer:
    text = re.sub("\r\n|[\r\x0b]", "\n", as_written(raw))
    text = "".join(char for char in text if char >= " " or char in "\n\t").strip("\ufeff\u200b \n\t\u3000\xa0")
    if not text:
        return BLANK
    if len(text) > LONGEST_TEXT:
        return Answer.of(text[:LONGEST_TEXT], note("text_cut", raw=text, limit=LONGEST_TEXT, length=len(text)))
    return Answer.of(text)


def _choice(raw: Any, element: Element) -> Answer:
    """By its printed label or its key."""
    written = compact(as_written(raw)).casefold()
    for key, label in element.choices:
        if written in (compact(label).casefold(), key.casefold()):
            return Answer.of(key)
    labels = "、".join(label for _, label in element.choices)
    return bad("not_a_choice", raw=as_written(raw).strip(), choices=labels)


def _date(raw: Any, shown: ShownAs) -> Answer:
    """A day as ISO text. A bare day number of Excel is read too, with a note: its date format was lost."""
    if isinstance(raw, datetime):
        return _moment(raw, raw)
    if isinstance(raw, date):
        return _day(raw, raw)
    if isinstance(raw, bool):
        return bad("not_a_date", raw=as_written(raw))
    written = plain(as_written(raw))
    timed = _TIMED.fullmatch(written)
    parts = _DAY.fullmatch(_joined(timed["day"] if timed else written)) or _EIGHT_DIGITS.fullmatch(written)
    if parts is not None:
        try:
            day = date(*map(int, parts.groups()))
            return _moment(datetime.combine(day, _time(timed["time"])), raw) if timed else _day(day, raw)
        except ValueError:  # the 31st of June
            return bad("not_a_date", raw=as_written(raw).strip())
    return _serial(written, raw, shown)


def _joined(text: str) -> str:
    """Without spaces, but for those between two digits: 2021-9-3 0 is no day."""
    return re.sub(r"(?<!\d)\s+|\s+(?!\d)", "", text)


def _time(text: str) -> time:
    hour, minute, *second = map(int, text.partition(".")[0].split(":"))
    return time(hour, minute, second[0] if second else 0)


def _moment(moment: datetime, raw: Any) -> Answer:
    """Midnight, give or take a minute, is the day it begins; any other time of day is noted."""
    day = nearest_day(moment)
    answer = _day(day or moment.date(), raw)
    if answer.state is EntryState.BAD or day == moment.date():
        return answer
    rule = "date_rounded" if day else "date_with_time"
    return replace(answer, repairs=(note(rule, raw=moment.isoformat(" ", "seconds"), value=answer.text),))


def _serial(written: str, raw: Any, shown: ShownAs) -> Answer:
    """A bare number of days. Where the file counts from 1904, which day is meant nobody can tell."""
    if not re.fullmatch(r"[0-9]{5}(\.[0-9]+)?", written) or int(written[:5]) not in _SERIALS:
        return bad("not_a_date", raw=as_written(raw).strip())
    if shown.since_1904:
        return bad("date_serial_1904", raw=written)
    moment = datetime.combine(_SERIAL_ORIGIN, time()) + timedelta(days=float(written))
    day = nearest_day(moment)
    if day is None:
        return bad("not_a_date", raw=written)
    return Answer.of(day.isoformat(), note("date_serial", raw=written, value=day.isoformat()))


def _day(day: date, raw: Any) -> Answer:
    if day.year not in _YEARS:
        return bad("not_a_date", raw=as_written(raw).strip())
    return Answer.of(day.isoformat())
