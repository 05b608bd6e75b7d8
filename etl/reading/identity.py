"""Whose return a workbook is: the text that templates carry and readers look for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from catalogue.period import Period
from etl.reading.plain import compact

_LONGEST = 120
_TEXT = re.compile(r"([a-z][a-z0-9_-]*)/([0-9]{4}\.[0-9]+)/([A-Za-z0-9_-]+)/([0-9]{4}Q[1-4])")


@dataclass(frozen=True, slots=True)
class Identity:
    """Form, its version, who files it and for which quarter. Printed county/2021.1/210402/2021Q3."""

    form: str
    version: str
    reporter: str
    period: Period

    def __str__(self) -> str:
        return f"{self.form}/{self.version}/{self.reporter}/{self.period}"

    @classmethod
    def parse(cls, text: str) -> Identity | None:
        """None where a cell says something else."""
        if len(text) > _LONGEST or not ("/" in text or "／" in text):
            return None
        found = _TEXT.fullmatch(compact(text))
        return cls(found[1], found[2], found[3], Period.parse(found[4])) if found else None
