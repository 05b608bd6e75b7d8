"""A cell's content as a number, with a note on every repair and a plain word on what is none."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from catalogue.wording import wordings
from etl.model import AS_HELD, ShownAs
from etl.reading.answer import Answer, bad, note
from etl.reading.plain import as_written, seen

PLACES = Decimal("0.0001")
TOO_LARGE = Decimal(10) ** 14  # facts are DECIMAL(18, 4)
_NOISE = Decimal("1e-9")  # what binary fractions add to 0.1 + 0.2; nobody typed it

# What staff write after a number, by measure, besides the printed word itself.
_UNITS = {
    "person": "人 名 位",
    "person_time": "人次",
    "school": "所 个 家",
    "kindergarten": "所 个 家",
    "group": "个",
    "class": "个班 班 个",
    "site": "个 处 家",
    "toilet": "座 个 处",
    "sqm": "平方米 平米 ㎡ m² m2",
    "10k_yuan": "万元 万",
    "yuan": "元",
    "time": "次",
    "event": "起 件 次",
    "item": "项 个",
    "phase": "个学段 学段 个",
    "county": "个县区 县区 个",
    "unit": "个单位 单位 个 家",
    "government": "个政府 个",
    "subject": "科 个",
    "place": "处 个 家 间",
    "website": "个官网 个",
    "case": "件",
    "percent": "%",
}
_IN_10K_YUAN = {"元": Decimal("0.0001"), "千元": Decimal("0.1"), "亿元": Decimal(10_000), "亿": Decimal(10_000)}
_UNCOUNTED = ("10k_yuan", "percent", "ratio")  # measures in which 万 does not multiply

_SPACE = "[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"  # every space of Unicode that breaks no line
_GROUPED = rf"[1-9][0-9]{{0,2}}(?:(?:,[0-9]{{3}})+|(?P<gap>{_SPACE})[0-9]{{3}}(?:(?P=gap)[0-9]{{3}})*)"
_PARTS = re.compile(
    rf"(?P<sign>[+-]?){_SPACE}*(?P<whole>{_GROUPED}|[0-9]*)(?P<fraction>\.[0-9]*)?(?P<unit>(?![0-9.,+-]).*)?", re.S
)
_SEVERAL = re.compile(r"[0-9][.,]?\s+[.,+-]?[0-9]")
_SPACED_DIGIT = re.compile(r"[^0-9]\s+[0-9]|[0-9]\s+[^\s]")  # within a unit: m 2


def read_number(raw: Any, measure: str, shown: ShownAs = AS_HELD) -> Answer:
    """int, float, Decimal or text → Decimal of at most four places; bool, dates, NaN and prose are BAD.

    A minus sign is read; whether the number may be negative is a rule's business. A raised figure is no
    digit. A percentage is read as it shows, not as the file holds it.
    """
    if isinstance(raw, str):
        return _from_text(raw, measure, shown.raised)
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal):
        return bad("not_a_number", raw=as_written(raw))
    exact = Decimal(repr(raw)) if isinstance(raw, float) else Decimal(raw)
    if shown.percent and measure != "ratio" and exact.is_finite():
        return _percentage(exact, measure)
    return _settled(exact, as_written(raw))


def percentage(exact: Decimal) -> str:
    """0.781 as it shows: 78.1%."""
    return f"{short(exact.scaleb(2).quantize(PLACES, ROUND_HALF_UP))}%" if abs(exact) < TOO_LARGE else f"{exact:.3E}"


def _percentage(exact: Decimal, measure: str) -> Answer:
    written = percentage(exact)
    if measure != "percent":
        printed = wordings("zh").get(f"measure.{measure}", "")
        return bad("other_unit", raw=written, unit="%", measure=printed)
    return _settled(exact.scaleb(2), written)


def _from_text(raw: str, measure: str, raised: bool) -> Answer:
    written, text = raw.strip(), seen(raw).removeprefix("'")
    answer = _from_parts(text, measure, written)
    if raised and not (answer.value is not None and re.search("[²³]$", text)):
        return bad("raised_figure", raw=written)
    return answer


def _from_parts(text: str, measure: str, written: str) -> Answer:
    """Two numbers side by side are never taken for one."""
    parts = _PARTS.fullmatch(text)
    if parts is not None and re.search("[0-9]", parts["whole"] + (parts["fraction"] or "")):
        number = Decimal(parts["sign"] + re.sub(r"[\s,]", "", parts["whole"]) + (parts["fraction"] or ""))
        unit = "".join((parts["unit"] or "").split())
        if not unit:
            return _settled(number, written, "thousands_joined" if parts["gap"] else "text_number")
        if not _SPACED_DIGIT.search(parts["unit"]) and (answer := _with_unit(number, unit, measure, written)):
            return answer
    return bad("several_numbers" if _SEVERAL.search(text) else "not_a_number", raw=written)


def _with_unit(number: Decimal, unit: str, measure: str, raw: str) -> Answer | None:
    """None where `unit` is none that we know."""
    printed = wordings("zh").get(f"measure.{measure}", "")
    if unit in _words(measure):
        return _settled(number, raw, "unit_stripped", unit=unit)
    if unit[0] == "万" and unit[1:] in ("", *_words(measure)) and measure not in _UNCOUNTED:
        return _settled(number * 10_000, raw, "ten_thousands")
    if measure == "10k_yuan" and unit in _IN_10K_YUAN:
        return bad("wrong_unit", raw=raw, unit=unit, measure=printed, would=short(number * _IN_10K_YUAN[unit]))
    if any(unit in _words(other) for other in _UNITS):
        return bad("other_unit", raw=raw, unit=unit, measure=printed)
    return None


def _words(measure: str) -> tuple[str, ...]:
    printed = wordings("zh").get(f"measure.{measure}", "")
    return (*_UNITS.get(measure, "").split(), *([printed] if printed else []))


def _settled(exact: Decimal, raw: str, repair: str = "", **fields: Any) -> Answer:
    if not exact.is_finite():
        return bad("not_a_number", raw=raw)
    if abs(exact) >= TOO_LARGE:
        return bad("number_too_large", raw=raw)
    value = short(exact.quantize(PLACES, ROUND_HALF_UP))
    repairs = [note(repair, raw=raw, value=value, **fields)] if repair else []
    if abs(exact - value) > _NOISE * max(Decimal(1), abs(exact)):
        repairs.append(note("rounded", raw=raw, value=value))
    return Answer.of(value, *repairs)


def short(value: Decimal) -> Decimal:
    """The same number without trailing zeros or an exponent, so that it prints as people write it."""
    return Decimal(f"{value.normalize():f}") + 0
