"""A small plan of another city (演示数据): three counties, one office, one promise of every kind."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from catalogue.model import (
    Baseline,
    Commitment,
    Department,
    Element,
    Form,
    Indicator,
    LightRules,
    Milestone,
    Plan,
    Section,
    SubTarget,
    Task,
    Theme,
    Unit,
)
from catalogue.period import Period

COUNTIES = ("A", "B", "C")
LAST = Period(2021, 4)
BASELINE = "2020Q4"

# An entry a line.
# fmt: off
# element: nature
ELEMENTS = {
    "kids": "stock", "kids.public": "stock", "groups": "stock", "sites": "stock", "alarms": "stock",
    "dropouts": "stock", "pupils": "flow", "paired": "stock", "grads": "annual", "jobs": "annual", "eyes": "stock",
    "myopic": "stock", "recruits": "flow", "meetings": "flow", "prizes": "stock", "accidents": "flow", "works": "flow", "fires": "flow",
}
# indicator: numerator, denominator, measure, better, scope, subjects, due_from
INDICATORS = {
    "share": ("kids.public", "kids", "percent", "higher", "city", COUNTIES, 1),
    "groups": ("groups", "", "group", "higher", "each", COUNTIES, 1),
    "alarms": ("alarms", "sites", "percent", "higher", "each", COUNTIES, 1),
    "dropouts": ("dropouts", "", "person", "lower", "each", COUNTIES, 1),
    "pupils": ("pupils", "", "person", "higher", "sum", COUNTIES, 1),
    "paired": ("paired", "", "school", "higher", "sum", COUNTIES, 1),
    "jobs": ("jobs", "grads", "percent", "higher", "city", COUNTIES, 3),
    "myopia": ("myopic", "eyes", "percent", "lower", "city", COUNTIES, 1),
    "recruits": ("recruits", "", "person", "neither", "sum", COUNTIES, 1),
    "meetings": ("meetings", "", "time", "higher", "bureau", ("office",), 1),
    "prizes": ("prizes", "", "school", "higher", "bureau", ("office",), 1),
    "accidents": ("accidents", "", "event", "lower", "bureau", ("office",), 1),
    "fires": ("fires", "", "event", "lower", "sum", COUNTIES, 1),
    "works": ("works", "", "10k_yuan", "higher", "sum", ("office",), 1),
}
# commitment: indicator, operator, value, nature, light, task
COMMITMENTS = {
    "S1": ("share", "ge", "46", "ratio", "threshold", 1),
    "E1": ("groups", "ge", "1", "stock", "threshold", 1),
    "E2": ("alarms", "eq", "100", "full", "threshold", 1),
    "Z1": ("dropouts", "eq", "0", "zero", "zero", 1),
    "F1": ("pupils", "ge", "1000", "flow", "pace", 1),
    "F2": ("paired", "ge", "50", "stock", "pace", 1),
    "S2": ("jobs", "ge", "95", "ratio", "threshold", 1),
    "D1": ("myopia", "down", None, "ratio", "direction", 2),
    "Q1": ("meetings", "ge", "4", "frequency", "frequency", 2),
    "P1": ("prizes", "ge", "2", "stock", "deadline", 2),
    "Z2": ("accidents", "eq", "0", "zero", "zero", 2),
    "Z3": ("fires", "eq", "0", "zero", "zero", 1),
    "W1": ("works", "ge", "400", "flow", "pace", 2),
}
# fmt: on
OFFICE = ("meetings", "prizes", "accidents", "works")


def small_plan(
    digest: str = "first",
    baselines: dict[str, str] | None = None,
    subtargets: dict[tuple[str, str], str] | None = None,
    lights: dict[str, str] | None = None,
) -> Plan:
    """Three counties, one office, two tasks, one promise of every kind. `recruits` has none."""
    stated = {
        code: Baseline(indicator=code, value=Decimal(value), source="年报") for code, value in (baselines or {}).items()
    }
    parts = tuple(
        SubTarget(commitment=commitment, unit=unit, value=Decimal(value), source="分解表")
        for (commitment, unit), value in (subtargets or {}).items()
    )
    periods = [Period(2021, quarter) for quarter in (1, 2, 3, 4)]
    return Plan(
        code="2021",
        city="某市",
        city_en="Some City",
        title="工作要点",
        title_en="Plan",
        document="〔2021〕1号",
        issuer="教育局",
        issued=date(2021, 2, 22),
        first=periods[0],
        last=LAST,
        baseline_period=Period.parse(BASELINE),
        demo=True,
        sections={1: Section(number=1, title="一", title_en="One")},
        departments={
            "office": Department(code="office", name="办公室", name_en="Office"),
            "finance": Department(code="finance", name="财务科", name_en="Finance"),
        },
        units={
            code: Unit(code=code, name=f"{code}县", name_en=code, short=code, kind="county", tile=(0, n))
            for n, code in enumerate(COUNTIES)
        },
        tasks={1: _task(1, ("finance", "office")), 2: _task(2, ("office",))},
        milestones={"2-1": _milestone("2-1", date(2021, 6, 30)), "2-2": _milestone("2-2", date(2021, 10, 30))},
        elements={code: _element(code, nature) for code, nature in ELEMENTS.items()},
        themes={"all": Theme(code="all", title="全部", title_en="All")},
        indicators={code: _indicator(code, row) for code, row in INDICATORS.items()},
        commitments={code: _commitment(code, row) for code, row in COMMITMENTS.items()},
        projects={},
        forms={
            "county": Form(
                code="county", version="1", title="县区", title_en="County", reporter="unit", sheets={"main": "表"}
            ),
            "department": Form(
                code="department",
                version="1",
                title="科室",
                title_en="Office",
                reporter="department",
                sheets={"main": "表"},
            ),
        },
        deadlines={period: period.last_day + timedelta(days=10) for period in periods},
        lights=LightRules(
            **{
                "pace_yellow_within": Decimal(30),
                "threshold_yellow_within": Decimal(5),
                "milestone_yellow_days": 30,
                "plausible_ratio_points": Decimal(5),
                "plausible_stock_share": Decimal(20),
                "plausible_flow_share": Decimal(100),
                "attention_soft": Decimal("0.6"),
                **{name: Decimal(value) for name, value in (lights or {}).items()},
            }
        ),
        baselines=stated,
        subtargets=parts,
        digest=digest,
    )


def _task(number: int, departments: tuple[str, ...]) -> Task:
    return Task(
        number=number,
        section=1,
        title=f"任务{number}",
        title_en=f"Task {number}",
        label="责任单位",
        units_text="",
        departments=departments,
        text="",
    )


def _milestone(code: str, due: date) -> Milestone:
    return Milestone(id=code, task=2, name=code, name_en=code, quote="", due=due, department="office")


def _element(code: str, nature: str) -> Element:
    form = "department" if code in OFFICE else "county"
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


def _indicator(code, row) -> Indicator:
    numerator, denominator, measure, better, scope, subjects, due_from = row
    return Indicator(
        code=code,
        name=code,
        name_en=code,
        numerator=(numerator,),
        denominator=(denominator,) if denominator else (),
        scale=100 if measure == "percent" else 1,
        measure=measure,
        better=better,
        scope=scope,
        units=subjects,
        definition="",
        due_from=due_from,
        theme="all",
    )


def _commitment(code, row) -> Commitment:
    indicator, operator, value, nature, light, task = row
    _, _, measure, _, scope, *_ = INDICATORS[indicator]
    return Commitment(
        id=code,
        register=code,
        task=task,
        indicator=indicator,
        name=code,
        name_en=code,
        quote="",
        operator=operator,
        value=None if value is None else Decimal(value),
        measure=measure,
        due=LAST,
        nature=nature,
        scope=scope,
        strength="soft" if code == "F2" else "hard",
        light=light,
    )
