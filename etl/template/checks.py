"""What a template's cell says while it is filled, and what it takes: validation and input hints."""

from __future__ import annotations

from datetime import date
from typing import Any

from catalogue.model import Element
from catalogue.wording import say
from etl.model import ANSWER_MARKS, EntryState
from etl.reading.answers import LONGEST_TEXT

_TITLE, _MESSAGE = 32, 255  # what a workbook allows
_FIRST_DAY = date(1990, 1, 1)


def validation(element: Element, cell: str, takes: bool = True) -> dict[str, Any]:
    """The options for `data_validation` of the cell; takes=False: only the hint, for locked cells."""
    hint = {"input_title": _cut(element.name, _TITLE), "input_message": _hint(element, takes), "ignore_blank": True}
    if not takes:
        return {"validate": "any", **hint}
    refused = {"error_title": say("template.error_title", "zh"), "error_message": _refusal(element)}
    return {**_criteria(element, cell), **hint, **refused}


def _criteria(element: Element, cell: str) -> dict[str, Any]:
    words = _words(element, cell)
    match element.kind:
        case "choice":
            return {"validate": "list", "source": [label for _, label in element.choices]}
        case "date":
            return {"validate": "date", "criteria": ">=", "value": _FIRST_DAY}
        case "text":
            return {"validate": "length", "criteria": "<=", "value": LONGEST_TEXT}
        case "integer" if words:
            # IF, not OR: every argument of OR is worked out, and INT("/") is an error
            return {
                "validate": "custom",
                "value": f"=IF(ISNUMBER({cell}),AND({cell}>=0,INT({cell})={cell}),{words})",
            }
        case "decimal" if words:
            return {"validate": "custom", "value": f"=IF(ISNUMBER({cell}),{cell}>=0,{words})"}
        case _:
            return {"validate": element.kind, "criteria": ">=", "value": 0}


def _words(element: Element, cell: str) -> str:
    """What else than a number it takes, as a formula; "" for nothing."""
    states = [EntryState.NA] * element.na + [EntryState.SUPPRESSED] * element.suppressible
    told = [f'{cell}="{ANSWER_MARKS[state]}"' for state in states]
    return told[0] if len(told) == 1 else f"OR({','.join(told)})" if told else ""


def _hint(element: Element, takes: bool) -> str:
    """Definition, then how to answer; the definition gives way where both do not fit."""
    advice = ""
    if element.kind in ("integer", "decimal"):
        advice = say(f"template.nature.{element.nature}", "zh")
        if takes and (element.na or element.required):
            advice += say("template.hint.na" if element.na else "template.hint.zero", "zh")
        if takes and element.suppressible:
            advice += say("template.hint.suppressed", "zh")
    elif element.kind in ("choice", "date"):
        advice = say(f"template.hint.{element.kind}", "zh")
    if not takes:
        advice += say("template.hint.computed", "zh")
    return _cut(element.definition, _MESSAGE - len(advice) - 1) + ("\n" + advice if advice else "")


def _refusal(element: Element) -> str:
    key = f"{element.kind}_na" if element.na and element.kind in ("integer", "decimal") else element.kind
    told = say(f"template.error.{key}", "zh", limit=LONGEST_TEXT)
    return told + say("template.error.suppressed", "zh") if element.suppressible else told


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
