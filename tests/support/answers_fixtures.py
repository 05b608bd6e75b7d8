"""Elements of every kind to answer, and what is heard of an answer."""

from __future__ import annotations

from catalogue.model import Element
from etl.reading.answers import read_answer


def element(measure: str = "person", kind: str = "integer", **more) -> Element:
    return Element(
        code="x",
        row="A01",
        name="x",
        name_en="x",
        form="f",
        sheet="s",
        measure=measure,
        definition="",
        kind=kind,
        **more,
    )


STATUS = element("text", "choice", choices=(("under_way", "推进中"), ("done", "已完成")))
DAY = element("date", "date")
PROSE = element("text", "text")


def told(raw, of: Element):
    """(value or text, rules): what was understood and what was said about it."""
    answer = read_answer(raw, of)
    heard = answer.value if answer.value is not None else answer.text
    return heard, [repair.rule for repair in answer.repairs]
