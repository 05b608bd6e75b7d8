"""A small plan with works, and returns about them written by hand (演示数据)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from decimal import Decimal

from warehouse_fixtures import House, a_fact, a_receipt, small_plan

from catalogue.generated import generated_elements
from catalogue.model import Commitment, Form, Indicator, Plan, Project
from catalogue.period import Period

OFFICE = "office"
STAGES = {"preparing": "前期准备", "building": "施工中", "accepted": "已验收"}
# project: planned money, planned floor area
PROJECTS = {"canteen": ("1300", "7900"), "campus": ("700", None), "fence": ("50", None)}
# indicator: its elements, measure; the promise about it
PROMISES = {
    "canteen-money": (("project.canteen.invested",), "10k_yuan", "1300"),
    "canteen-area": (("project.canteen.area",), "sqm", "7900"),
    "campus-money": (("project.campus.invested",), "10k_yuan", "700"),
    # Adds two projects up: it is no promise about either of them.
    "both-money": (("project.canteen.invested", "project.campus.invested"), "10k_yuan", "9999"),
}


def works_plan(projects: tuple[str, ...] = ("canteen", "campus")) -> Plan:
    """Projects of the office, filed on a form of their own. Nobody promised anything about `fence`."""
    plan = small_plan()
    form = Form(
        code="project", version="1", title="项目", title_en="Works", reporter="project", sheets={"works": "项目进度"}
    )
    found = {
        code: Project(
            code=code,
            row=f"P{n:02}",
            name=f"{code}工程",
            name_en=code,
            planned=Decimal(PROJECTS[code][0]),
            area=Decimal(PROJECTS[code][1]) if PROJECTS[code][1] else None,
        )
        for n, code in enumerate(projects, start=1)
    }
    forms = {**plan.forms, "project": form}
    generated = generated_elements({"project": form}, found, {}, {}, {"stage": STAGES})
    promised = {code: row for code, row in PROMISES.items() if all(part.split(".")[1] in projects for part in row[0])}
    return replace(
        plan,
        project_task=2,
        projects=found,
        forms=forms,
        elements={**plan.elements, **{element.code: element for element in generated}},
        indicators={**plan.indicators, **{code: _indicator(code, *row) for code, row in promised.items()}},
        commitments={**plan.commitments, **{f"W-{code}": _commitment(code, *row) for code, row in promised.items()}},
    )


def _indicator(code: str, numerator: tuple[str, ...], measure: str, _value: str) -> Indicator:
    return Indicator(
        code=code,
        name=code,
        name_en=code,
        numerator=numerator,
        measure=measure,
        better="higher",
        scope="project",
        units=(OFFICE,),
        definition="",
        theme="all",
    )


def _commitment(code: str, _numerator: tuple[str, ...], measure: str, value: str) -> Commitment:
    return Commitment(
        id=f"W-{code}",
        register=code,
        task=2,
        indicator=code,
        name=code,
        name_en=code,
        quote="",
        operator="ge",
        value=Decimal(value),
        measure=measure,
        due=Period(2021, 4),
        nature="flow",
        scope="project",
        strength="hard",
        light="pace",
        numeral=True,
    )


def file_works(house: House, period: str, approve: bool = False, **entries: str) -> int:
    """One project return: canteen_invested="760", canteen_stage="building" …; what is left out is a blank cell. Its load id."""
    made: list[int] = []
    facts = [
        a_fact(
            element.code,
            subject=OFFICE,
            period=period,
            cell=f"D{n}",
            **_answer(element.kind, entries.get(element.code.removeprefix("project.").replace(".", "_"))),
        )
        for n, element in enumerate((e for e in house.plan.elements.values() if e.form == "project"), start=7)
    ]

    def change(writer) -> None:
        at = datetime.combine(Period.parse(period).last_day + timedelta(days=5), time(9))
        made.append(writer.add_receipt(a_receipt(OFFICE, period, at, form="project")))
        writer.add_facts(made[0], facts)
        if approve:
            writer.review(made[0], "approved", at, "reviewer")

    house.publish(change)
    return made[0]


def _answer(kind: str, entry: str | None) -> dict[str, str | None]:
    return {"value": entry} if kind in ("decimal", "integer") else {"text": entry}
