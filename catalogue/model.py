"""What the bureau promised, and the plan that holds everything together.

Every class is one entry of a TOML file in `data/plans/<year>/`; `load.py` reads
them and `check.py` holds them against each other. Names and texts are Chinese
as the plan has them, `*_en` is our English. What is reported, and on which form,
is in `reporting.py`; its names can be imported from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal

from catalogue.display import published
from catalogue.period import Period, span
from catalogue.reporting import Column as Column
from catalogue.reporting import Department as Department
from catalogue.reporting import Element as Element
from catalogue.reporting import Form as Form
from catalogue.reporting import Layout as Layout
from catalogue.reporting import Line as Line
from catalogue.reporting import Sheet as Sheet
from catalogue.reporting import Slot as Slot
from catalogue.reporting import Unit as Unit
from catalogue.zone import TIME_ZONE

Operator = Literal["ge", "le", "eq", "up", "down", "count"]
Nature = Literal["stock", "flow", "ratio", "frequency", "zero", "full"]
Scope = Literal["city", "sum", "each", "project", "bureau"]
LightRule = Literal["pace", "threshold", "frequency", "deadline", "zero", "direction", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    number: int
    title: str
    title_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """节点: something done or not done, no number."""

    id: str
    task: int
    name: str
    name_en: str
    quote: str
    due: date
    department: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """任务: one of the plan's items; text, label and units exactly as written."""

    number: int
    section: int
    title: str
    title_en: str
    label: str
    units_text: str
    departments: tuple[str, ...]
    text: str
    reporter: str = ""  # who files it where the first unit named is a collective label

    @property
    def lead(self) -> str:
        """The first unit named. [assumption] The plan marks no lead; see docs/decisions.md."""
        return self.reporter or self.departments[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A heading under which indicators are shown together."""

    code: str
    title: str
    title_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """指标: computed from elements.

    Value of a unit = scale × Σ numerator / Σ denominator, or Σ numerator where
    there is no denominator. `units`: subjects it is expected from (unit or
    department codes). `due_from`: first quarter in which it is judged. `decimals`: how
    many at most its numbers are published with; its lights are judged exactly.
    """

    code: str
    name: str
    name_en: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...] = ()
    scale: int = 1
    measure: str
    better: Literal["higher", "lower", "neither"]
    scope: Scope
    units: tuple[str, ...]
    definition: str
    definition_en: str = ""
    counts: str = ""
    counts_en: str = ""
    traps: tuple[str, ...] = ()
    traps_en: tuple[str, ...] = ()
    due_from: int = 1
    decimals: int | None = None  # of its numbers where they are published; None: as its measure has them
    theme: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "measure", published(self.measure, self.decimals))

    @property
    def is_ratio(self) -> bool:
        return bool(self.denominator)


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """承诺: a promise about one indicator, with its verbatim clause.

    operator up/down: direction only, judged against the baseline and never red
    for missing a target that was never set; count: counted, not judged.
    value: None for up/down/count. strength soft: 努力/力争/争创/支持.
    numeral: the plan writes the number in figures. light: which rule judges it;
    deadline: done once, met or not yet due.
    """

    id: str
    register: str  # its row in the register of clauses, e.g. 10-2
    task: int
    indicator: str
    name: str
    name_en: str
    quote: str
    operator: Operator
    value: Decimal | None
    measure: str
    due: Period
    nature: Nature
    scope: Scope
    strength: Literal["hard", "soft"]
    light: LightRule
    numeral: bool = False
    assumption: str = ""
    document: str = ""  # where the clause stands, if not in the plan's own: a later one amended it

    @property
    def is_zero(self) -> bool:
        """None of it may be: so its light rule says, or a target of 0 that must not be passed."""
        return self.light == "zero" or (self.operator in ("le", "eq") and self.value == 0)

    @property
    def is_limit(self) -> bool:
        """At most so much, and more than none: less is better, and 0 is not asked for."""
        return self.operator == "le" and not self.is_zero

    @property
    def wants_less(self) -> bool:
        return self.operator in ("le", "down") or self.is_zero


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A work of task 20: planned money in 万元, planned floor area in 平方米."""

    code: str
    row: str
    name: str
    name_en: str
    planned: Decimal
    area: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LightRules:
    """亮灯 thresholds, all editable in lights.toml; points are 百分点."""

    pace_yellow_within: Decimal  # below pace by more than this many points of completion: red
    threshold_yellow_within: Decimal  # below target by more than this many points: red
    milestone_yellow_days: int
    plausible_ratio_points: Decimal  # how far a missing unit's ratio may lie from its last one
    plausible_stock_share: Decimal  # how far its stock may lie from its last one, in percent
    plausible_flow_share: Decimal  # its flow grows in a quarter by at most this share of its last value, percent
    attention_soft: Decimal  # what a 努力, 力争 or the like weighs where a firm promise weighs 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """A baseline written in the plan folder; without one the baseline quarter's returns serve."""

    indicator: str
    value: Decimal
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubTarget:
    """A line of the bureau's own 分解表. None ships with the plan: none is invented."""

    commitment: str
    unit: str
    value: Decimal
    source: str


@dataclass(frozen=True, kw_only=True)
class Plan:
    """工作要点 of one year. Mappings are keyed by code and keep the files' order."""

    code: str
    city: str
    city_en: str
    title: str
    title_en: str
    document: str
    issued: date
    issuer: str
    first: Period
    last: Period
    baseline_period: Period
    project_task: int = 0  # the task whose lead files the project return; 0 where the plan has no such form
    demo: bool
    early_returns: bool = False  # a quarter can be reported from its first day on, not only when it is over
    timezone: str = TIME_ZONE  # by whose midnight a day begins
    sections: Mapping[int, Section]
    departments: Mapping[str, Department]
    units: Mapping[str, Unit]
    tasks: Mapping[int, Task]
    milestones: Mapping[str, Milestone]
    elements: Mapping[str, Element]
    themes: Mapping[str, Theme]
    indicators: Mapping[str, Indicator]
    commitments: Mapping[str, Commitment]
    projects: Mapping[str, Project]
    forms: Mapping[str, Form]
    deadlines: Mapping[Period, date]
    lights: LightRules
    baselines: Mapping[str, Baseline]
    subtargets: tuple[SubTarget, ...]
    digest: str  # sha256 over the folder's files: the plan version
    since: Period | None = None  # the first quarter an amended plan speaks for; None: the plan as it was issued
    until: Period | None = None  # the last quarter it speaks for, where it was amended after that
    files: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)  # of its folder, by name

    @property
    def periods(self) -> tuple[Period, ...]:
        """The quarters of the plan year, the baseline quarter not among them."""
        return span(self.first, self.last)

    def speaks_for(self, period: Period) -> bool:
        """Whether the quarter is judged, and shown, under this plan."""
        return (self.since or self.first) <= period <= self.speaks_until

    @property
    def speaks_until(self) -> Period:
        return self.until or self.last

    def document_of(self, promise: Commitment) -> str:
        """Where its clause stands."""
        return promise.document or self.document

    @cached_property
    def counties(self) -> tuple[Unit, ...]:
        return tuple(unit for unit in self.units.values() if unit.kind == "county")

    def reporters(self, form: str) -> tuple[str, ...]:
        """Codes of those who owe `form` each quarter."""
        match self.forms[form].reporter:
            case "unit":
                return tuple(self.units)
            case "department":
                return tuple(code for code, d in self.departments.items() if d.reports)
            case "project":
                return (self.tasks[self.project_task].lead,)
            case _:
                return ("city",)

    def name_of(self, code: str) -> str:
        """Chinese name of a unit or department code; the city for None or 'city'."""
        if code in self.units:
            return self.units[code].name
        if code in self.departments:
            return self.departments[code].name
        return self.city
