"""The description of the API in OpenAPI 3.1, written from the resources that answer and the columns they have now."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Any

import orjson

from catalogue import clock
from catalogue.load import current_plan
from catalogue.wording import language, pick, say
from reports.api.answers import HEADERS, choices
from reports.api.columns import KINDS, NEVER_BLANK, SCHEMA
from reports.api.formats import MEDIA
from reports.api.resources import FORMATS, MOST, PARAMETERS, RESOURCES, Question, Resource
from warehouse import store
from warehouse.reads import api as read_api

Schema = dict[str, Any]
ROOT = "/api/v1/"
VERSION = "1.0.0"
REFUSALS = ("304", "400", "401", "403", "404", "405", "429", "503")
BINARY = {"type": "string", "contentEncoding": "binary"}
NO_QUARTER = "none"  # asked for to learn which columns come: no quarter is called so, and no row has to be read


def document(version: store.Version, cookie: str) -> tuple[bytes, str]:
    """(JSON, ETag) in the language of now; read once a version. cookie: the name of the session's."""
    return _document(version, current_plan().digest, language(), cookie)


@lru_cache(maxsize=8)
def _document(version: store.Version, digest: str, lang: str, cookie: str) -> tuple[bytes, str]:
    content = orjson.dumps(describe(version, cookie))
    return content, f'W/"{hashlib.sha256(content).hexdigest()[:32]}"'


def describe(version: store.Version, cookie: str) -> Schema:
    """With the columns and codes of that version, and the words of the plan in force."""
    question = Question(version, {}, "", current_plan(), clock.today())
    paths: Schema = {
        ROOT: {"get": _get("index", (), {"200": _said("index", {"application/json": {"schema": {"type": "object"}}})})}
    }
    schemas: Schema = {
        "error": _error(),
        "plan_parts": {"anyOf": [_ref(f"plan_{part}") for part in read_api.PLAN_PARTS]},
    }
    with store.open_version(question.version) as con:
        for resource in RESOURCES:
            allowed = {
                name: choices(version, resource, name) for name in resource.parameters if name in read_api.CHOICES
            }
            paths[ROOT + resource.name] = {"get": _operation(resource, allowed)}
            if not resource.media:
                schemas |= _row_schemas(con, resource, question)
                schemas[f"{resource.name}_answer"] = _answer(resource)
    description = {
        "title": say("api.title", city=pick(question.plan, "city")),
        "version": VERSION,
        "description": say("api.about"),
    }
    return {
        "openapi": "3.1.0",
        "info": description,
        "servers": [{"url": "/"}],
        "paths": paths,
        "security": [{"token": []}, {"password": []}, {"session": []}],
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": say("api.by_token")},
                "password": {"type": "http", "scheme": "basic", "description": say("api.by_password")},
                "session": {"type": "apiKey", "in": "cookie", "name": cookie, "description": say("api.by_session")},
            },
            "headers": {
                name: {"schema": {"type": "string"}, "description": say(f"api.header.{name}")}
                for name in ("ETag", *HEADERS)
            },
            "responses": {code: _refusal(code) for code in REFUSALS},
        },
    }


def _get(name: str, parameters: tuple[Schema, ...], responses: Schema) -> Schema:
    refused = {code: {"$ref": f"#/components/responses/{code}"} for code in REFUSALS}
    operation = name.replace(".", "_")
    return {
        "operationId": operation,
        "summary": say(f"api.resource.{name}"),
        "parameters": list(parameters),
        "responses": {**responses, **refused},
    }


def _operation(resource: Resource, allowed: dict[str, list[str]]) -> Schema:
    if resource.media:
        content: Schema = {resource.media: {"schema": BINARY if resource.media.endswith("zip") else {"type": "string"}}}
    else:
        content = {MEDIA["json"]: {"schema": _ref(f"{resource.name}_answer")}}
        content |= {
            MEDIA[name].partition(";")[0]: {"schema": {"type": "string"} if name == "csv" else BINARY}
            for name in FORMATS[1:]
        }
    answered = _said("answer", content) | {
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in ("ETag", *HEADERS)}
    }
    return _get(
        resource.name, tuple(_parameter(name, allowed.get(name, [])) for name in resource.parameters), {"200": answered}
    )


def _parameter(name: str, allowed: list[str]) -> Schema:
    told = PARAMETERS[name]
    schema: Schema = {"type": "string"}
    if told.whole is not None:
        schema = {"type": "integer", "minimum": told.whole, "maximum": MOST}
    if allowed or told.choices:
        schema["enum"] = list(told.choices) or allowed
    if told.default:
        schema["default"] = told.default
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": say(f"api.parameter.{name}"),
        "schema": schema,
    }


def _row_schemas(con: read_api.Con, resource: Resource, question: Question) -> Schema:
    """values, or for the plan plan_commitments, plan_tasks and so on: the columns that come, in their order."""
    if "part" not in resource.parameters:
        return {resource.name: _row(con, resource, question, {"basis": "filed", "period": NO_QUARTER})}
    return {f"{resource.name}_{part}": _row(con, resource, question, {"part": part}) for part in read_api.PLAN_PARTS}


def _row(con: read_api.Con, resource: Resource, question: Question, given: dict[str, str]) -> Schema:
    columns = resource.rows(con, Question(question.version, given, "", question.plan, question.today)).columns
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(columns),
        "properties": {name: _column(name) for name in columns},
    }


def _column(name: str) -> Schema:
    kind = SCHEMA[KINDS[name]]
    blank: Schema = {} if name in NEVER_BLANK else {"type": [kind["type"], "null"]}
    return {**kind, **blank, "description": say(f"api.column.{name}")}


def _answer(resource: Resource) -> Schema:
    told: dict[str, Schema] = {
        "resource": {"type": "string", "const": resource.name},
        "version": {"type": "integer"},
        "published_at": {"type": "string"},
        "plan": {"type": "string"},
        "plan_digest": {"type": "string"},
        "period": {"type": ["string", "null"]},
        "basis": {"type": ["string", "null"]},
        "today": {"type": ["string", "null"]},
        "early": {"type": ["string", "null"]},
        "demo": {"type": "boolean"},
        "total": {"type": "integer"},
        "offset": {"type": "integer"},
    }
    described = {name: {**schema, "description": say(f"api.told.{name}")} for name, schema in told.items()}
    row = "plan_parts" if resource.name == "plan" else resource.name
    rows = {"type": "array", "items": _ref(row)}
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [*told, "rows"],
        "properties": {**described, "rows": rows},
    }


def _error() -> Schema:
    told = {
        "status": {"type": "integer"},
        "message": {"type": "string"},
        "parameter": {"type": "string"},
        "allowed": {"type": "array", "items": {"type": "string"}},
    }
    error = {"type": "object", "required": ["status", "message"], "properties": told}
    return {"type": "object", "required": ["error"], "properties": {"error": error}}


def _refusal(code: str) -> Schema:
    body = {} if code == "304" else {"content": {"application/json": {"schema": _ref("error")}}}
    return {"description": say(f"api.refused.{code}"), **body}


def _said(key: str, content: Schema) -> Schema:
    return {"description": say(f"api.answered.{key}"), "content": content}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}
