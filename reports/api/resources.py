"""What programs can ask for: every resource, its parameters, its rows. Routes and the OpenAPI description come from here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from catalogue.model import Plan
from catalogue.period import Period
from warehouse import compare_periods, read, store
from warehouse.across import periods_of
from warehouse.read import Con
from warehouse.reads import api as read_api

CITY = "city"  # how a parameter names the whole city, whose rows have a blank subject
FORMATS = ("json", "csv", "parquet")
MOST = 999_999_999  # the largest number a parameter takes


@dataclass(frozen=True, slots=True)
class Question:
    """given: parameter -> value, all of them allowed; a missing one asks for everything.

    only: the one unit it may be about, "" for all. plan: the one that speaks for the quarter asked about, as it stood in the
    version; of none: the newest. texts: it could be read whole, so its words hold.
    """

    version: store.Version
    given: Mapping[str, str]
    only: str
    plan: Plan
    today: date

    @property
    def basis(self) -> str:
        return self.given["basis"]

    @property
    def texts(self) -> bool:
        return self.plan.digest == store.plan_digest(self.version, self.of("period"))

    def of(self, parameter: str) -> str | None:
        return self.given.get(parameter)


@dataclass(frozen=True, slots=True)
class Parameter:
    """choices: what it may say, where that is always the same; a key of `read_api.CHOICES` is asked of the version.

    whole: a whole number of at least that, at most MOST. default "": none.
    """

    name: str
    choices: tuple[str, ...] = ()
    whole: int | None = None
    default: str = ""


PARAMETERS: dict[str, Parameter] = {
    parameter.name: parameter
    for parameter in (
        Parameter("version", whole=1),
        Parameter("period"),
        Parameter("basis", ("filed", "approved"), default="filed"),
        Parameter("indicator"),
        Parameter("subject"),
        Parameter("element"),
        Parameter("form"),
        Parameter("reporter"),
        Parameter("part", tuple(read_api.PLAN_PARTS), default="commitments"),
        Parameter("limit", whole=1),
        Parameter("offset", whole=0),
        Parameter("format", FORMATS, default="json"),
        Parameter("lang", ("zh", "en"), default="zh"),
    )
}
_ROWS = ("version", "limit", "offset", "format", "lang")


@dataclass(frozen=True, slots=True)
class Resource:
    """rows: grain as the read it comes from. of_one: also for whoever may see one unit only, who gets that unit's rows.

    by_quarter: every row is about one quarter, so that without a period those of every year come, each under its own plan.
    by_day: part of it is held against today. media: of a file that is no table of ours, else "".
    """

    name: str
    parameters: tuple[str, ...]
    rows: Callable[[Con, Question], pd.DataFrame] = field(default=lambda con, question: pd.DataFrame())
    of_one: bool = True
    by_quarter: bool = False
    by_day: bool = False
    media: str = ""


def _values(con: Con, question: Question) -> pd.DataFrame:
    """Of the mart `judged`. Of one unit: what is judged of it, not what the city adds up to."""
    asked = question.of("subject")
    subject = question.only or (read.ALL if asked is None else None if asked == CITY else asked)
    rows = read.values(con, question.of("period"), subject, question.of("indicator"), question.basis)
    found = [_since_last_year(con, question, period, subject) for period in rows["period"].unique()]
    told = pd.concat([pd.DataFrame(columns=[*_ABOUT, *_YEAR]), *(one for one in found if len(one))])
    return rows.merge(told.astype({"year_change": float}), how="left", on=_ABOUT)


_ABOUT, _YEAR = ["indicator", "period", "subject"], ["year_change", "year_same_units"]


def _since_last_year(con: Con, question: Question, period: str, subject: str | None) -> pd.DataFrame:
    """_YEAR of a quarter, of those that had a number a year before; no rows where the version has no returns of then."""
    before = str(Period.parse(period).year_before)
    if before not in periods_of(question.version):
        return pd.DataFrame()
    given = (question.basis, before, period)
    with store.open_version(question.version, before) as then:
        found = [] if subject is None else [compare_periods.own_since(con, then, *given, subject)]
        if subject in (None, read.ALL):
            found.append(compare_periods.city_since(con, then, *given))
    told = pd.concat(found).rename(columns={"change": "year_change", "same_units": "year_same_units"})
    return told.loc[told["year_change"].notna(), ["indicator", "subject", *_YEAR]].assign(period=period)


def _facts(con: Con, question: Question) -> pd.DataFrame:
    given = {name: question.of(name) for name in ("period", "subject", "element", "form")}
    return read_api.facts(con, **given, basis=question.basis, reporter=question.only or question.of("reporter"))


def _status(con: Con, question: Question) -> pd.DataFrame:
    """Returns owed: a missing one is late once today is past its day."""
    asked = question.of("period")
    quarters = [asked] if asked else read_api.choices(con, "period")
    found = pd.concat([read.status(con, quarter, question.today) for quarter in quarters], ignore_index=True)
    for name, wanted in (("reporter", question.only or question.of("reporter")), ("form", question.of("form"))):
        found = found[found[name] == wanted] if wanted else found
    return found.drop(columns="load_id").rename(columns={"due": "due_day"}).reset_index(drop=True)


def _deadlines(con: Con, question: Question) -> pd.DataFrame:
    return read_api.deadlines(con, question.of("period"), question.only or question.of("reporter"))


def _units(con: Con, question: Question) -> pd.DataFrame:
    """Names of departments, and English ones, are the plan's: blank where the version does not keep its words."""
    rows = read_api.units(con)
    known: dict[str, Any] = {**question.plan.departments, **question.plan.units} if question.texts else {}
    names = [known[code].name if code in known else name for code, name in zip(rows["unit"], rows["name"], strict=True)]
    english = [known[code].name_en or None if code in known else None for code in rows["unit"]]
    return rows.assign(name=_texts(names), name_en=_texts(english))


def _plan(con: Con, question: Question) -> pd.DataFrame:
    """With the plan's own words, blank where the version does not keep them."""
    part = question.given["part"]
    rows = read_api.plan_part(con, part)
    key, entries, words = _WORDS.get(part, ("", "", {}))
    for column, attribute in words.items():
        known = getattr(question.plan, entries) if question.texts else {}
        rows[column] = _texts(
            [getattr(known[code], attribute) or None if code in known else None for code in rows[key]]
        )
    return rows


# part of the plan: its key, where the plan keeps it, and which words the warehouse has not.
_WORDS: dict[str, tuple[str, str, dict[str, str]]] = {
    "commitments": ("commitment", "commitments", {"name_en": "name_en", "quote": "quote"}),
    "tasks": ("task", "tasks", {"task_title_en": "title_en", "label": "label", "task_text": "text"}),
    "indicators": ("indicator", "indicators", {"name_en": "name_en", "definition": "definition"}),
    "milestones": ("milestone", "milestones", {"name_en": "name_en", "quote": "quote"}),
    "elements": ("element", "elements", {"name_en": "name_en", "definition": "definition"}),
}


def _versions(con: Con, question: Question) -> pd.DataFrame:
    """Those kept, oldest first."""
    rows = [
        (kept.number, kept.published_at, kept.plan, kept.plan_digest, ",".join(kept.periods))
        for kept in store.versions(store.data_folder())
    ]
    return pd.DataFrame(rows, columns=["version", "published_at", "plan", "plan_digest", "periods"])


def _texts(found: list[str | None]) -> pd.Series:
    return pd.Series(found, dtype=object)


RESOURCES: tuple[Resource, ...] = (
    Resource("values", ("period", "indicator", "subject", "basis", *_ROWS), _values, by_quarter=True),
    Resource("facts", ("period", "subject", "element", "form", "reporter", "basis", *_ROWS), _facts, by_quarter=True),
    Resource("status", ("period", "form", "reporter", *_ROWS), _status, by_quarter=True, by_day=True),
    Resource("plan", ("part", "period", *_ROWS), _plan),
    Resource("units", ("period", *_ROWS), _units),
    Resource("deadlines", ("period", "reporter", *_ROWS), _deadlines, by_quarter=True),
    Resource("versions", tuple(name for name in _ROWS if name != "version"), _versions, of_one=False),
    Resource("deadlines.ics", ("version", "lang"), media="text/calendar"),
    Resource("parquet.zip", ("version", "basis", "lang"), media="application/zip"),
)
