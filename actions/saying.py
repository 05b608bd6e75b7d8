"""Codes that log lines and versions are about, in words."""

from __future__ import annotations

import re

from actions.publishing import note_of
from catalogue.display import quarter
from catalogue.model import Plan
from catalogue.wording import knows, pick, say
from warehouse.store import Version


def told(codes: str, plan: Plan) -> str:
    """county/210402/2021Q3 or county 2021Q3 as form, unit and quarter; * is all; what we do not know stays as it is."""
    return " · ".join(dict.fromkeys(_told(code, plan) for code in re.split(r"[/ ]", codes) if code))


def _told(code: str, plan: Plan) -> str:
    if code in plan.forms:
        return pick(plan.forms[code], "title")
    if re.fullmatch(r"\d{4}Q[1-4]", code):
        return quarter(code)
    if code == "*":
        return say("log.object.all")
    owner = plan.units.get(code) or plan.departments.get(code)
    return code if owner is None else pick(owner)


def what(version: Version, plan: Plan) -> str:
    """What was done in a version: the first word of its note says it, the rest to what."""
    note = note_of(version)
    verb, _, rest = note.partition(" ")
    if not knows(f"versions.did.{verb}"):
        return note
    done = say(f"versions.did.{verb}", rest=rest)
    return done if not rest or rest.isdecimal() else f"{done}：{told(rest, plan)}"
