"""History may be filled in for every form that units file, however many a plan has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from catalogue.load import PLANS, load_plan
from catalogue.period import Period
from etl.backfill import unit_returns
from etl.model import History
from etl.submission import check_return
from etl.template import write_template

PLAN = load_plan(PLANS / "2021")
SAFETY = "safety"


def two_forms():
    """What the county form asks about safety stands on a form of its own."""
    county = PLAN.forms["county"]
    elements = {code: replace(one, form=SAFETY) if one.sheet == SAFETY else one for code, one in PLAN.elements.items()}
    kept = {code: name for code, name in county.sheets.items() if code != SAFETY}
    own = replace(county, code=SAFETY, version="1", title="校园安全季报", sheets={SAFETY: county.sheets[SAFETY]})
    return replace(PLAN, elements=elements, forms={**PLAN.forms, "county": replace(county, sheets=kept), SAFETY: own})


def test_a_backfill_stands_for_the_returns_of_every_form_that_units_file():
    plan = two_forms()
    given = {
        ("kindergarten.children.public", "210402"): Decimal(900),
        ("safety.schools", "210402"): Decimal(12),
        ("safety.schools", "210411"): Decimal(20),
    }
    content = write_template(plan, "backfill", "city", plan.baseline_period, current=given)
    found = check_return(
        content, "补录.xlsx", plan=plan, remember=lambda *_: History(), received_on=date(2021, 2, 1)
    )  # fmt: skip
    parts = unit_returns(found.ret, plan)
    assert [(part.form, part.reporter, part.period, part.version) for part in parts] == [
        ("county", "210402", Period(2020, 4), "2021.1"),
        (SAFETY, "210402", Period(2020, 4), "1"),
        (SAFETY, "210411", Period(2020, 4), "1"),
    ]
    told = {
        (slot.element, slot.subject): entry.value
        for part in parts
        for slot, entry in part.entries.items()
        if entry.value
    }
    assert told == given
