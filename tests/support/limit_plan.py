"""The small plan with promises of at most so much beside its others (演示数据): 不超过5%, 不超过100人."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from small_plan import COUNTIES, small_plan

from catalogue.model import Commitment, Element, Indicator, Plan

# element: nature
ELEMENTS = {"absent": "stock", "leavers": "flow", "crowded": "stock", "late": "stock", "closures": "flow"}
# indicator: numerator, denominator, measure, scope, subjects
INDICATORS = {
    "absence": ("absent", "kids", "percent", "city", COUNTIES),
    "leavers": ("leavers", "", "person", "sum", COUNTIES),
    "crowded": ("crowded", "", "class", "sum", COUNTIES),
    "late": ("late", "kids", "percent", "each", COUNTIES),
    "closures": ("closures", "", "time", "bureau", ("office",)),
}
# commitment: indicator, value, nature, light
PROMISES = {
    "L1": ("absence", "5", "ratio", "threshold"),
    "L2": ("leavers", "100", "flow", "pace"),
    "L3": ("crowded", "50", "stock", "pace"),
    "L4": ("late", "5", "ratio", "threshold"),
    "L5": ("closures", "4", "frequency", "frequency"),
}


def limit_plan(numeral: bool | None = None, decimals: int | None = None) -> Plan:
    """numeral: of every promise; None: of the limits only. decimals: published of absence."""
    plan = small_plan()
    promises = {**plan.commitments, **{code: _promise(code, *row) for code, row in PROMISES.items()}}
    if numeral is not None:
        promises = {code: replace(promise, numeral=numeral) for code, promise in promises.items()}
    indicators = {code: _indicator(code, *row) for code, row in INDICATORS.items()}
    if decimals is not None:
        indicators["absence"] = replace(indicators["absence"], decimals=decimals)
    return replace(
        plan,
        elements={**plan.elements, **{code: _element(code, nature) for code, nature in ELEMENTS.items()}},
        indicators={**plan.indicators, **indicators},
        commitments=promises,
    )


def _element(code: str, nature: str) -> Element:
    form = "department" if code == "closures" else "county"
    return Element(
        code=code,
        row=code,
        name=code,
        name_en=code,
        form=form,
        sheet="main",
        measure="person",
        definition="",
        nature=nature,
    )


def _indicator(code: str, numerator: str, denominator: str, measure: str, scope: str, subjects) -> Indicator:
    return Indicator(
        code=code,
        name=code,
        name_en=code,
        numerator=(numerator,),
        denominator=(denominator,) if denominator else (),
        scale=100 if measure == "percent" else 1,
        measure=measure,
        better="lower",
        scope=scope,
        units=subjects,
        definition="",
        theme="all",
    )


def _promise(code: str, indicator: str, value: str, nature: str, light: str) -> Commitment:
    _, _, measure, scope, _ = INDICATORS[indicator]
    return replace(
        small_plan().commitments["S1"],
        id=code,
        register=code,
        indicator=indicator,
        operator="le",
        value=Decimal(value),
        measure=measure,
        nature=nature,
        scope=scope,
        light=light,
        numeral=True,
    )
