"""A finding in words: where, what, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import copy_context
from datetime import date
from decimal import Decimal
from typing import Any

from catalogue.display import EXACT, NOTHING, day, entered, number, quarter
from catalogue.model import Plan, Slot
from catalogue.period import Period
from catalogue.wording import language, pick, say, use_language
from etl.model import Finding, Severity

# Entries are kept to 4 decimals; a finding shows them all, or a difference would read as 0.
_OF_THESE = "其中："  # how the form indents a name; in a sentence it would dangle
_LABEL = {"task": "title"}  # what an entry of the plan is called, where not `name`


def sentence(finding: Finding, plan: Plan, lang: str | None = None) -> str:
    """Wording `finding.<rule>`, filled. Raises KeyError for a rule or field without wording.

    Filled in are {at}, {name} (also {element}: the data item's name) and the finding's fields:
    Decimal, a quantity in the item's measure or the one in field `<key>_measure`; int, a bare
    count; Period, date; None, —; `element`, `indicator`, `commitment`, `task` (or `…_element`
    and so on), a code of the plan shown by its name.
    """
    return _in(lang, "finding", finding, plan)


def mend(finding: Finding, plan: Plan, lang: str | None = None) -> str:
    """Wording `finding_mend.<rule>`, filled as the sentence is: what to do."""
    return _in(lang, "finding_mend", finding, plan)


def severity_label(about: Finding | Severity, lang: str | None = None) -> str:
    """强制, 核实 or 提示, for a finding or a severity. lang None: the language of now."""
    severity = about.severity if isinstance(about, Finding) else about
    return say(f"severity.{severity}", lang)


def _in(lang: str | None, table: str, finding: Finding, plan: Plan) -> str:
    """Filled within `lang`, the caller's own language left as it was."""

    def told() -> str:
        use_language(lang or language())
        return say(f"{table}.{finding.rule}", **_fields(finding, plan))

    return copy_context().run(told)


def _fields(finding: Finding, plan: Plan) -> Mapping[str, str]:
    element = plan.elements.get(finding.slot.element) if finding.slot else None
    name = item_name(finding.slot, plan)
    shown = {"at": str(finding.at) if finding.at else say("finding_at.workbook"), "name": name, "element": name}
    for key, value in finding.fields.items():
        measure = finding.fields.get(f"{key}_measure", element.measure if element else "")
        if isinstance(value, Finding):
            shown[key] = say(f"finding.{value.rule}", **_fields(value, plan))
            continue
        shown[key] = _coded(key, value, plan) or _shown(value, measure)
    return shown


def item_name(slot: Slot | None, plan: Plan) -> str:
    """The data item; with the county where a form of the bureau has a row for each. Empty for no slot of this plan."""
    if slot is None or slot.element not in plan.elements:
        return ""
    element = plan.elements[slot.element]
    name = pick(element).removeprefix(_OF_THESE)
    unit = plan.units.get(slot.subject)
    if unit is None or plan.forms[element.form].reporter == "unit":
        return name
    return say("finding_at.of_unit", unit=pick(unit), name=name)


def _coded(key: str, value: Any, plan: Plan) -> str:
    """The name behind a code of the plan; empty when the field holds none."""
    kind = key.rpartition("_")[2]
    kinds: dict[str, Mapping[Any, Any]] = {
        "element": plan.elements,
        "indicator": plan.indicators,
        "commitment": plan.commitments,
        "task": plan.tasks,
        "reporter": {**plan.units, **plan.departments},
    }
    entries = kinds.get(kind, {})
    entry = entries.get(value) if isinstance(value, str | int) else None
    return pick(entry, _LABEL.get(kind, "name")).removeprefix(_OF_THESE) if entry is not None else ""


def _shown(value: Any, measure: str) -> str:
    match value:
        case None:
            return NOTHING
        case Decimal():
            return entered(value, measure) if measure else number(value, decimals=EXACT)
        case bool() | str():
            return str(value)
        case int():
            return number(value, decimals=0)
        case Period():
            return quarter(value)
        case date():
            return day(value)
        case _:
            return str(value)
