"""A table of a screen, and what its cells are: figures as we print them, or words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time

Value = str | float | date | None
# Thousands are always set off on our screens, so 2021 or 210402 is a name and no figure. The unit: what stands behind a
# figure, not another one, nor what a spreadsheet would compute with.
_FIGURE = re.compile(
    r"([+−-]?)((?:0|[1-9]\d{0,2})(?:,\d{3})*)(\.\d+)?( ?[^\d\s/、，：.—\"\\+*^&=<>|!'@#-][^\d/、，：\"\\+*^&=<>|!'@#-]{0,11})?"
)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}( \d{2}:\d{2}(:\d{2})?)?")
_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Table:
    """rows: as long as heads; None or "" for blank.

    counted: its numbers are those of the returns that count, as chosen at the top; False for a draft, a queue, a log.
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    counted: bool = True


def figure(text: str) -> tuple[float, str] | None:
    """(number, its number format) of a figure as we print it: 1,240人, 79.6%, +1.2个百分点; None for any other text."""
    found = _FIGURE.fullmatch(text.strip())
    if not found:
        return None
    sign, whole, part, unit = found.groups()
    value = float(whole.replace(",", "") + (part or "")) * (-1 if sign in ("−", "-") else 1)
    places = "." + "0" * (len(part) - 1) if part else ""
    shown = f"#,##0{places}" + (f'"{unit}"' if unit else "")
    return value, f"+{shown};−{shown};{shown}" if sign else shown


def day_and_time(value: date) -> str:
    """2021-09-30, or 2021-09-30 14:05:00 where there is a time."""
    if isinstance(value, datetime) and value.time() != time():
        return f"{value:%Y-%m-%d %H:%M:%S}"
    return f"{value:%Y-%m-%d}"


def moment(text: str) -> datetime | None:
    """A day of ours, with or without the time, as `day_and_time` writes it; None for any other text."""
    try:
        return datetime.fromisoformat(text) if _MOMENT.fullmatch(text) else None
    except ValueError:
        return None


def harmless(value: Value) -> Value:
    """As a .csv has it: a text that a spreadsheet would compute with an apostrophe before it, whole numbers without a point."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, date):
        return day_and_time(value)
    if isinstance(value, str) and value.startswith(_SIGNS) and figure(value) is None:
        return f"'{value}"
    return value
