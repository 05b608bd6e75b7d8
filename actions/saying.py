"""Codes that log lines and versions are about, in words."""

from __future__ import annotations

import re

from catalogue.display import quarter
from catalogue.model import Plan
from catalogue.wording import knows, pick, say
from warehouse.store import Version
from warehouse.versions.done import Done


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
    """What was done in a version, and to what; where we have no words for it, as its note has it."""
    done = Done.read(version.note)
    if not knows(f"versions.did.{done.did}"):
        return " ".join(filter(None, (done.did, done.about)))
    said = say(f"versions.did.{done.did}", rest=done.about)
    return said if not done.about or done.about.isdecimal() else f"{said}：{told(done.about, plan)}"
