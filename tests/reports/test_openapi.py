"""The description of the API is that of the API: its routes, parameters and columns, held against real answers."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from api_fixtures import Program, house  # noqa: F401  (fixture)
from jsonschema import Draft202012Validator
from starlette.routing import Route

from catalogue.wording import use_language, wordings
from reports.api import openapi
from reports.api.columns import KINDS
from reports.api.resources import PARAMETERS, RESOURCES, Resource
from ui.app import api_routes
from warehouse import store

pytestmark = pytest.mark.usefixtures("house")
TABLES = [each for each in RESOURCES if not each.media]


@pytest.fixture
def told(house) -> dict[str, Any]:  # noqa: F811
    return Program("leader").json("openapi.json")


def test_its_paths_are_the_routes(told):
    paths = {route.path for route in api_routes.routes() if isinstance(route, Route)}
    assert paths - {"/api/{rest:anything}", "/api/v1/openapi.json"} == set(told["paths"])
    assert [set(each) for each in told["paths"].values()] == [{"get"}] * len(told["paths"])


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda each: each.name)
def test_its_parameters_are_those_that_are_taken(told, resource):
    described = told["paths"][openapi.ROOT + resource.name]["get"]["parameters"]
    assert tuple(each["name"] for each in described) == resource.parameters
    leader = Program("leader")
    for parameter in described:
        allowed = parameter["schema"].get("enum", [str(parameter["schema"].get("minimum", ""))])
        if "maximum" in parameter["schema"]:
            assert leader.get(f"{resource.name}?{parameter['name']}={parameter['schema']['maximum'] + 1}").status == 400
            allowed += [] if parameter["name"] == "version" else [parameter["schema"]["maximum"]]
        for value in (allowed[0], allowed[-1]):
            assert leader.get(f"{resource.name}?{parameter['name']}={value}").status == 200, parameter["name"]
        assert leader.get(f"{resource.name}?{parameter['name']}=%E6%97%A0").status == 400


@pytest.mark.parametrize("resource", TABLES, ids=lambda each: each.name)
def test_real_answers_are_as_described(told, resource):
    schema = {"$ref": f"#/components/schemas/{resource.name}_answer", "components": told["components"]}
    check = Draft202012Validator(schema)
    leader = Program("leader")
    for part in PARAMETERS["part"].choices if resource.name == "plan" else ("",):
        answer = leader.json(f"{resource.name}?part={part}" if part else resource.name)
        answer["rows"] = answer["rows"][:40] + answer["rows"][-40:]
        assert next(check.iter_errors(answer), None) is None
        row = told["components"]["schemas"][f"plan_{part}" if part else resource.name]
        assert all(list(row["properties"]) == list(each) for each in answer["rows"])


def test_mistakes_are_as_described(told):
    check = Draft202012Validator({"$ref": "#/components/schemas/error", "components": told["components"]})
    for path in ("values?x=1", "values?limit=0", "nothing"):
        assert next(check.iter_errors(Program("leader").json_of(path)), None) is None


def test_it_is_whole(told):
    """What a checker of OpenAPI looks at: versions, references that lead somewhere, names used once, schemas that are some."""
    assert re.fullmatch(r"3\.1\.\d+", told["openapi"]) and told["info"]["title"] and told["info"]["version"]
    for reference in references(told):
        place: Any = told
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]
    operations = [path["get"] for path in told["paths"].values()]
    assert len({each["operationId"] for each in operations}) == len(operations)
    for operation in operations:
        assert {"200", "400", "401", "403", "405"} <= operation["responses"].keys() and operation["summary"]
        assert all(each["in"] == "query" and each["description"] for each in operation["parameters"])
    for schema in told["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    schemes = told["components"]["securitySchemes"]
    assert {name for each in told["security"] for name in each} == schemes.keys()
    assert schemes["session"]["name"] == "plan_session"


def references(part: Any) -> list[str]:
    if isinstance(part, dict):
        return [each for key, value in part.items() for each in ([value] if key == "$ref" else references(value))]
    return [each for value in part for each in references(value)] if isinstance(part, list) else []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_column_and_parameter_is_put_into_words_and_no_other(lang):
    use_language(lang)
    written = {key.removeprefix("api.column.") for key in wordings(lang) if key.startswith("api.column.")}
    assert written == KINDS.keys()
    asked = {key.removeprefix("api.parameter.") for key in wordings(lang) if key.startswith("api.parameter.")}
    assert asked == PARAMETERS.keys()
    named = {key.removeprefix("api.resource.") for key in wordings(lang) if key.startswith("api.resource.")}
    assert named == {each.name for each in RESOURCES} | {"index"}


def test_every_column_listed_comes_somewhere(told):
    columns = {name for schema in told["components"]["schemas"].values() for name in schema.get("properties", {})}
    assert KINDS.keys() - columns == {
        "data_version",
        "data_published_at",
        "data_plan_digest",
        "data_demo",
        "data_early",
    }


def test_it_is_read_once_a_version_and_named_by_its_content(told, monkeypatch):
    monkeypatch.setattr(openapi, "describe", lambda version, cookie: pytest.fail("read again"))
    leader = Program("leader")
    tag = leader.get("openapi.json").header("etag")
    unchanged = leader.get("openapi.json", **{"if-none-match": tag})
    assert tag.startswith('W/"') and (unchanged.status, unchanged.content, unchanged.header("etag")) == (304, b"", tag)
    monkeypatch.undo()
    assert leader.get("openapi.json?lang=en").header("etag") != tag


def test_of_what_has_quarters_no_row_is_read_for_it(house, monkeypatch):  # noqa: F811
    read: dict[str, int] = {}

    def counting(resource: Resource) -> Resource:
        def rows(con, question):
            found = resource.rows(con, question)
            read[resource.name] = len(found)
            return found

        return replace(resource, rows=rows)

    monkeypatch.setattr(openapi, "RESOURCES", [counting(each) for each in RESOURCES])
    openapi.describe(store.newest(store.data_folder()), "plan_session")
    assert {name: read[name] for name in ("values", "facts", "status", "deadlines")} == dict.fromkeys(
        ("values", "facts", "status", "deadlines"), 0
    )


def test_it_speaks_english_when_asked():
    told = Program("leader").json("openapi.json?lang=en")
    assert told["info"]["title"] == "Data of the education plan monitor of Fushun"
    assert not re.search("[\u4e00-\u9fff]", str(told).replace("努力, 力争", ""))
