"""A cell's content as the answer to one data element."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

from catalogue.model import Element
from etl.answer import BLANK, Answer, bad, note
from etl.model import EntryState
from etl.numbers import read_number
from etl.plain import as_written, compact, plain

LONGEST_TEXT = 2000
_NIL = {"无", "不适用", "不涉及", "无此项", "N/A", "NA", "-", "--", "—", "——", "–", "―", "――", "一一", "//"}
_NO_REASON = {"无", "没有", "不适用", "NA"}
_DAY = re.compile(r"(\d{4})(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})日?(?:T?0{1,2}:00(:00(\.0+)?)?)?")
_EIGHT_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEARS = range(1990, 2101)
_SERIAL_ORIGIN = date(1899, 12, 30)  # Excel's day 0
_SERIALS = range(32874, 73416)  # 1990-01-01 … 2100-12-31


def read_answer(raw: Any, element: Element) -> Answer:
    """`raw` as `element` wants it. NA is not judged here: whether / is an answer, a rule says."""
    if raw is None or (isinstance(raw, str) and not plain(raw)):
        return BLANK
    if nil := _nil(raw, element):
        return nil
    match element.kind:
        case "text":
            return _text(raw)
        case "choice":
            return _choice(raw, element)
        case "date":
            return _date(raw)
        case _:
            return read_number(raw, element.measure)


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


def _text(raw: Any) -> Answer:
    text = as_written(raw).replace("\r\n", "\n").replace("\r", "\n")
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


def _date(raw: Any) -> Answer:
    """A day as ISO text. A bare day number of Excel is read too, with a note: its date format was lost."""
    if isinstance(raw, datetime):
        raw = raw.date()
    if isinstance(raw, date):
        return _day(raw, raw)
    written = compact(as_written(raw))
    parts = _DAY.fullmatch(written) or _EIGHT_DIGITS.fullmatch(written)
    if parts is not None and not isinstance(raw, bool):
        try:
            return _day(date(*map(int, parts.groups()[:3])), raw)
        except ValueError:  # the 31st of June
            return bad("not_a_date", raw=as_written(raw).strip())
    if re.fullmatch(r"[0-9]{5}", written) and int(written) in _SERIALS:
        day = _SERIAL_ORIGIN + timedelta(days=int(written))
        return Answer.of(day.isoformat(), note("date_serial", raw=written, value=day.isoformat()))
    return bad("not_a_date", raw=as_written(raw).strip())


def _day(day: date, raw: Any) -> Answer:
    if day.year not in _YEARS:
        return bad("not_a_date", raw=as_written(raw).strip())
    return Answer.of(day.isoformat())
