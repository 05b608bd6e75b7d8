"""Answers to programs: a question checked, then one version read. Every answer says what it stands on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import product
from typing import Any

import pyarrow as pa

from catalogue import clock
from catalogue.load import speaking
from catalogue.model import Plan
from catalogue.period import Period
from catalogue.wording import language, say
from reports.api import early
from reports.api.columns import ARROW, KINDS, typed
from reports.api.formats import csv_bytes, json_bytes, parquet_bytes, zip_bytes
from reports.api.resources import CITY, MOST, PARAMETERS, RESOURCES, Parameter, Question, Resource
from warehouse import store
from warehouse.across import each_year
from warehouse.reads import api as read_api

SHAPE = "2"  # raise it when an answer changes though the data does not, so that no program keeps the old one
# What every answer stands on, for programs that read no JSON: header -> what of `stands_on` it tells.
HEADERS = {
    "X-Data-Version": "version",
    "X-Data-Published-At": "published_at",
    "X-Data-Plan-Digest": "plan_digest",
    "X-Data-Period": "period",
    "X-Data-Basis": "basis",
    "X-Data-Early": "early",
    "X-Data-Demo": "demo",
    "X-Total-Count": "total",
}
OWN = ("subject", "reporter")  # what names a unit


class BadParameter(Exception):
    """str() says what is wrong. allowed: what it may be, where that can be listed."""

    def __init__(self, parameter: str, key: str, allowed: Sequence[str] = (), **told: Any) -> None:
        super().__init__(say(f"api.bad.{key}", parameter=parameter, **told))
        self.parameter, self.allowed = parameter, tuple(allowed)


class NotYours(Exception):
    """Asked about a unit that is not the asker's."""


class NothingYet(Exception):
    """No version has been published."""


@dataclass(frozen=True, slots=True)
class ApiAnswer:
    """table: rows from offset on, at most limit. about: what they stand on, the same in every format; total: rows without these two."""

    table: pa.Table
    about: dict[str, Any]
    version: store.Version


def ask(resource: Resource, given: Iterable[tuple[str, str]], only: str = "") -> Question:
    """A question that can be answered, but for values that only the version knows. only: the asker's own unit; "": sees all.

    Raises BadParameter, NotYours, NothingYet.
    """
    told: dict[str, str] = {}
    for name, value in given:
        if name not in resource.parameters:
            raise BadParameter(name, "unknown", resource.parameters)
        if name in told:
            raise BadParameter(name, "twice")
        told[name] = value
    for name in resource.parameters:
        parameter = PARAMETERS[name]
        if name in told:
            told[name] = _checked(parameter, told[name])
        elif parameter.default:
            told[name] = parameter.default
    if only and any(told.get(name, only) != only for name in OWN):
        raise NotYours
    version = _version(told.get("version"))
    return Question(version, told, only, _plan(version, told.get("period")), clock.today())


def _plan(version: store.Version, period: str | None) -> Plan:
    """Of the quarter; the newest where none is named, or what was given is none."""
    known = store.plans_of(version)
    try:
        return speaking(known, Period.parse(period)) if period else known[-1]
    except ValueError:
        return known[-1]


def _checked(parameter: Parameter, value: str) -> str:
    """As we write it: 007 is 7. Raises BadParameter."""
    if parameter.whole is not None:
        digits = value.isascii() and value.isdecimal() and len(value) <= len(str(MOST))
        if not digits or int(value) < parameter.whole:
            raise BadParameter(parameter.name, "whole", least=parameter.whole, most=MOST)
        return str(int(value))
    if parameter.choices and value not in parameter.choices:
        raise BadParameter(parameter.name, "choice", parameter.choices)
    return value


def _version(number: str | None) -> store.Version:
    folder = store.data_folder()
    latest = store.newest(folder)
    if latest is None:
        raise NothingYet
    if number is None:
        return latest
    try:
        return store.version(folder, int(number))
    except store.StoreError as problem:
        raise BadParameter("version", "choice", [str(kept.number) for kept in store.versions(folder)]) from problem


def etag(resource: Resource, question: Question) -> str:
    """Changes whenever the answer does. Nothing is read for it but the version's name and age. Weak: the answer may travel packed."""
    spoken = language() if resource.media == "text/calendar" else ""
    stands_on = [
        SHAPE,
        question.version.number,
        store.identity(question.version),
        resource.name,
        question.only,
        question.plan.digest,
        spoken,
        sorted(pair for pair in question.given.items() if pair[0] != "lang"),
        str(question.today) if resource.by_day else "",
        early.unfinished(question.version.published_at, question.today),
        [kept.number for kept in store.versions(store.data_folder())] if resource.name == "versions" else [],
    ]
    return f'W/"{hashlib.sha256(json.dumps(stands_on).encode()).hexdigest()[:32]}"'


def answer(resource: Resource, question: Question) -> ApiAnswer:
    """early: the first quarter that was not over and of which the rows hold figures; None where there is none.

    Raises BadParameter for a value that the version does not know.
    """
    version, period = question.version, question.of("period")
    for name in resource.parameters:
        if name in read_api.CHOICES and name in question.given:
            allowed = choices(version, resource, name, period if name != "period" else None)
            if question.given[name] not in allowed:
                raise BadParameter(name, "choice", allowed)
    if resource.by_quarter and period is None:
        rows = each_year(version, lambda con: resource.rows(con, question))
    else:
        with store.open_version(version, period) as con:
            rows = resource.rows(con, question)
    start = int(question.given.get("offset", 0))
    end = start + int(question.given["limit"]) if "limit" in question.given else None
    table = typed(rows.iloc[start:end])
    told = early.earliest(table, early.unfinished(question.version.published_at, question.today))
    return ApiAnswer(
        table, {**stands_on(resource, question), "early": told, "total": len(rows), "offset": start}, version
    )


def choices(version: store.Version, resource: Resource, parameter: str, period: str | None = None) -> list[str]:
    """What a parameter may say in this version, where the version knows: under the plan of a quarter, or under any."""
    found = dict.fromkeys([CITY] if (resource.name, parameter) == ("values", "subject") else [])
    every: list[str | None] = [edition.last for edition in store.editions_of(version)]
    for at in [period] if period else every or [None]:
        with store.open_version(version, at) as con:
            found |= dict.fromkeys(read_api.choices(con, parameter))
    return list(found)


def stands_on(resource: Resource, question: Question) -> dict[str, Any]:
    """published_at: the bureau's local time. basis, period, today: None where they do not matter. early: see `answer`."""
    version = question.version
    return {
        "resource": resource.name,
        "version": version.number,
        "published_at": version.published_at.isoformat(),
        "plan": question.plan.code,
        "plan_digest": store.plan_digest(version, question.of("period")),
        "period": question.of("period"),
        "basis": question.of("basis"),
        "today": str(question.today) if resource.by_day else None,
        "early": None,
        "demo": question.plan.demo,
    }


def headers(about: Mapping[str, Any]) -> dict[str, str]:
    """HEADERS, of which what does not matter is left out."""
    told = {header: about.get(name) for header, name in HEADERS.items()}
    return {
        header: str(value).lower() if isinstance(value, bool) else str(value)
        for header, value in told.items()
        if value is not None
    }


def written(found: ApiAnswer, format: str) -> bytes:
    """json: rows inside what they stand on. csv, parquet: with columns that say it, so that no row goes without."""
    if format == "json":
        return json_bytes(found.table, found.about)
    table = with_stamp(found)
    return csv_bytes(table) if format == "csv" else parquet_bytes(table, found.about)


def with_stamp(found: ApiAnswer) -> pa.Table:
    about, table = found.about, found.table
    is_early = early.flags(table, about["early"])
    stamp = {
        "data_version": about["version"],
        "data_published_at": datetime.fromisoformat(about["published_at"]),
        "data_plan_digest": about["plan_digest"],
        "data_demo": about["demo"],
    }
    for name, value in stamp.items():
        kind = ARROW[KINDS[name]]
        column = pa.repeat(pa.scalar(value, kind), table.num_rows)
        if name == "data_plan_digest" and "period" in table.column_names:  # each row stands on the plan of its quarter
            told = table["period"].to_pylist()
            digests = {period: store.plan_digest(found.version, period) for period in set(told)}
            column = pa.array([digests[period] for period in told], kind)
        table = table.append_column(pa.field(name, kind), column)
    return table.append_column(pa.field("data_early", ARROW[KINDS["data_early"]]), is_early)


def everything(question: Question) -> bytes:
    """A ZIP of Parquet files: values, facts, units, deadlines, and each part of the plan, of one version.

    Units and plan are the newest plan's; those of an older plan lie in a folder named by the last quarter it speaks for.
    """
    files: dict[str, bytes] = {}
    older = [edition.last for edition in store.editions_of(question.version)[:-1]]
    for resource in RESOURCES:
        if resource.media or resource.by_day or not (resource.of_one and "version" in resource.parameters):
            continue
        parts: Iterable[str] = read_api.PLAN_PARTS if resource.name == "plan" else ("",)
        for part, at in product(parts, ["", *([] if resource.by_quarter else older)]):
            told = {"basis": question.basis if "basis" in resource.parameters else "", "part": part, "period": at}
            given = {name: value for name, value in told.items() if value}
            asked = replace(question, given=given, plan=_plan(question.version, at))
            files[f"{at and f'{at}/'}{part or resource.name}.parquet"] = written(answer(resource, asked), "parquet")
    return zip_bytes(files, question.version.published_at)


def named(name: str) -> Resource:
    """The table the API gives under this name. Raises KeyError."""
    return {each.name: each for each in RESOURCES}[name]
