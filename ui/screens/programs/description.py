"""The description of the API as a page: from the OpenAPI description itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode, urlsplit

import streamlit as st
from markupsafe import Markup

from access.model import Actor
from access.rights import may
from access.web import cookies
from catalogue.load import current_plan
from catalogue.wording import language, say
from reports.api import answers, openapi
from ui import reads
from ui.kit.templates import Macros, show_html
from ui.reads.kept import per_version
from ui.screens.method.entry import ENTRY, MethodEntry, listed
from warehouse import store

SHOWN = 6  # of the values a parameter may have
Described = dict[str, Any]
_ENTRY = Macros("programs/entry.html")


def show(actor: Actor, version: store.Version) -> None:
    """What this account can ask for; nothing here is a number of a unit."""
    everything = may(actor.account, "see_numbers", current_plan())
    show_html(_written(version, everything))


def example() -> str:
    """For a terminal, with the address at which this page stands."""
    told = urlsplit(st.context.url or "")
    host = f"{told.scheme}://{told.netloc}" if told.netloc else "http://127.0.0.1:8501"
    return f'curl -fsS -H "Authorization: Bearer $TOKEN" "{host}{openapi.ROOT}values?format=csv"'


@per_version(8, by=reads.spoken)
def _written(version: store.Version, everything: bool) -> Markup:
    told = openapi.describe(version, cookies.SESSION)
    return listed([*_ways(told), *_resources(told, everything)])


def _ways(told: Described) -> Iterator[MethodEntry]:
    group = say("programs.ways")
    yield MethodEntry(group, _ENTRY.code(openapi.ROOT), ENTRY.sentence(told["info"]["description"]))
    for one in told["components"]["securitySchemes"].values():
        yield MethodEntry(group, _ENTRY.code(one.get("scheme", one["type"])), ENTRY.sentence(one["description"]))
    machine = _ENTRY.link(f"{openapi.ROOT}openapi.json?lang={language()}", say("programs.machine"))
    yield MethodEntry(group, _ENTRY.code("openapi.json"), machine)


def _resources(told: Described, everything: bool) -> Iterator[MethodEntry]:
    for path, operations in told["paths"].items():
        name, operation = path.removeprefix(openapi.ROOT), operations["get"]
        if name and (everything or answers.named(name).of_one):
            known = operation["parameters"]
            body = _ENTRY.resource(
                operation["summary"], _parameters(known), _columns(told, name), _example(path, known)
            )
            yield MethodEntry(say("programs.resources"), _ENTRY.code(name), body)


def _parameters(told: Iterable[Described]) -> list[tuple[str, str]]:
    return [(one["name"], f"{one['description']}{_allowed(one['schema'])}") for one in told]


def _allowed(schema: Described) -> str:
    """What it may be, and what it is where nothing is said; behind a bracket."""
    parts = []
    if values := schema.get("enum"):
        more = [say("programs.more", count=len(values))] if len(values) > SHOWN else []
        parts.append(say("programs.one_of", values=" ".join([*values[:SHOWN], *more])))
    if "maximum" in schema:
        parts.append(say("programs.range", least=schema["minimum"], most=schema["maximum"]))
    if "default" in schema:
        parts.append(say("programs.default", value=schema["default"]))
    return say("programs.allowed", parts=say("programs.and").join(parts)) if parts else ""


def _columns(told: Described, name: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """A table has up to thirty. Of the plan those of each part; of a file that is no table of ours nothing."""
    schemas = told["components"]["schemas"]
    if name == "plan":
        parts = [one["$ref"].rpartition("/")[2] for one in schemas["plan_parts"]["anyOf"]]
    else:
        parts = [name] if name in schemas else []
    return [_folded(part, schemas[part]["properties"]) for part in parts]


def _folded(name: str, columns: dict[str, Described]) -> tuple[str, list[tuple[str, str]]]:
    head = say("programs.columns", name=name, count=len(columns))
    return head, [(column, one["description"]) for column, one in columns.items()]


def _example(path: str, parameters: list[Described]) -> str:
    """An address the browser follows with its session: one quarter, as a table."""
    schemas = {one["name"]: one["schema"] for one in parameters}
    query = {"period": schemas["period"]["enum"][-1]} if "period" in schemas else {}
    query |= {"format": "csv"} if "format" in schemas else {}
    return f"{path}?{urlencode(query)}" if query else path
