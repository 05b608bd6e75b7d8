"""Questions drawn from the description itself: every answer is one that the description lists, and never a 5xx.

hypothesis draws them and jsonschema holds the answers against the schema: both are here already.
"""

# ruff: noqa: F811
from __future__ import annotations

import csv
import io
import json
from typing import Any
from urllib.parse import quote, quote_from_bytes

import pyarrow as pa
import pytest
from api_fixtures import ROLES, Program, house  # noqa: F401  (fixture)
from gate_fixtures import Answer
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pyarrow import parquet

from reports.api.openapi import ROOT

FEW = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]}
ROWS = 12  # of an answer, held against their schema: the first and the last
STAMP = ["data_version", "data_published_at", "data_plan_digest", "data_demo", "data_early"]
ODD = st.one_of(
    st.text(max_size=12),
    st.binary(max_size=6).map(quote_from_bytes),
    st.sampled_from(
        ["", " ", "null", "0", "-1", "1e3", "１", "\x00", "' or 1=1 --", "../..", "%", "9" * 40, "文" * 300]
    ),
)


@pytest.fixture
def programs(house) -> dict[str, Program]:
    return {role: Program(role) for role in ROLES}


@pytest.fixture
def told(programs) -> dict[str, Any]:
    return programs["leader"].json("openapi.json")


@st.composite
def good(draw: st.DrawFn, schema: dict[str, Any]) -> str:
    """A value that the schema of a parameter allows."""
    if "enum" in schema:
        return draw(st.sampled_from(schema["enum"]))
    least, most = schema["minimum"], schema["maximum"]
    return str(draw(st.one_of(st.just(least), st.integers(least, least + 40), st.integers(least, most), st.just(most))))


def allows(schema: dict[str, Any], value: str) -> bool:
    if "enum" in schema:
        return value in schema["enum"]
    plain = value.isascii() and value.isdecimal() and len(value) < 12
    return plain and schema["minimum"] <= int(value) <= schema["maximum"]


@st.composite
def questions(draw: st.DrawFn, told: dict[str, Any], spoilt: bool) -> tuple[str, str, dict[str, str]]:
    """(path, query, parameters of it); spoilt: with one thing wrong in it, and then no parameters are told."""
    path = draw(st.sampled_from([path for path in told["paths"] if path != ROOT]))
    known = {each["name"]: each["schema"] for each in told["paths"][path]["get"]["parameters"]}
    names = draw(st.lists(st.sampled_from(sorted(known)), unique=True))
    pairs = [(name, draw(good(known[name]))) for name in names]
    if not spoilt:
        return path, written(pairs), dict(pairs)
    name = draw(st.sampled_from(sorted(known)))
    kept = [pair for pair in pairs if pair[0] != name]
    wrong = draw(
        st.one_of(
            ODD.filter(lambda value: not allows(known[name], value)).map(lambda value: [(name, value)]),
            good(known[name]).map(lambda value: [(name, value)] * 2),
            ODD.filter(lambda other: other not in known).map(lambda other: [(other, "1")]),
        )
    )
    return path, written(kept + wrong), {}


def written(pairs: list[tuple[str, str]]) -> str:
    return "&".join(f"{escaped(name)}={escaped(value)}" for name, value in pairs)


def escaped(text: str) -> str:
    return quote(text, safe="")


def asked(program: Program, path: str, query: str, method: str = "GET", **headers: str) -> Answer:
    return program.get(f"{path.removeprefix(ROOT)}?{query}", method, **headers)


def fits(told: dict[str, Any], path: str, answer: Answer) -> None:
    """The status is listed, the headers are there, and the content is of a listed kind and fits its schema."""
    responses = told["paths"][path]["get"]["responses"]
    assert str(answer.status) in responses
    kind = answer.header("content-type").partition(";")[0]
    if answer.status != 200:
        check(told, "error", json.loads(answer.content))
        return
    described = responses["200"]
    assert kind in described["content"]
    assert all(answer.header(name.lower()) for name in ("ETag", "X-Data-Version", "X-Data-Published-At", "X-Data-Demo"))
    schema = described["content"][kind]["schema"]
    name = path.removeprefix(ROOT)
    if kind == "application/json":
        whole = json.loads(answer.content)
        assert schema["$ref"].endswith(f"/{name}_answer")
        check(told, f"{name}_answer", {**whole, "rows": whole["rows"][:ROWS] + whole["rows"][-ROWS:]})
    elif kind == "text/csv":
        heads = next(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert heads in tables(told, name)
    elif kind == "application/vnd.apache.parquet":
        assert parquet.read_schema(pa.BufferReader(answer.content)).names in tables(told, name)


def tables(told: dict[str, Any], name: str) -> list[list[str]]:
    """The columns that an answer may have; of the plan those of each of its parts."""
    schemas = told["components"]["schemas"]
    among = [schemas[name]] if name in schemas else [each for key, each in schemas.items() if key.startswith("plan_")]
    return [[*each["properties"], *STAMP] for each in among if "properties" in each]


def check(told: dict[str, Any], schema: str, content: Any) -> None:
    whole = {"$ref": f"#/components/schemas/{schema}", "components": told["components"]}
    assert next(Draft202012Validator(whole).iter_errors(content), None) is None


@settings(max_examples=80, **FEW)
@given(data=st.data())
def test_what_the_description_allows_is_answered(told, programs, data):
    """The version alone can be one that is not kept, and then it is named."""
    path, query, given = data.draw(questions(told, spoilt=False))
    answer = asked(programs["leader"], path, query)
    fits(told, path, answer)
    if answer.status != 200:
        assert answer.status == 400 and json.loads(answer.content)["error"]["parameter"] == "version"
        assert given["version"] not in json.loads(answer.content)["error"]["allowed"]


@settings(max_examples=100, **FEW)
@given(data=st.data())
def test_what_the_description_does_not_allow_is_named(told, programs, data):
    path, query, _ = data.draw(questions(told, spoilt=True))
    answer = asked(programs["leader"], path, query)
    fits(told, path, answer)
    assert answer.status == 400 and json.loads(answer.content)["error"]["message"]


@settings(max_examples=40, **FEW)
@given(data=st.data())
def test_whoever_asks_however_the_answer_is_a_listed_one(told, programs, data):
    path, query, _ = data.draw(questions(told, spoilt=data.draw(st.booleans())))
    program = programs[data.draw(st.sampled_from(["filer", "auditor"]))]
    sent = st.text(st.characters(codec="latin-1", exclude_characters="\r\n"), max_size=20)
    headers = data.draw(st.fixed_dictionaries({}, optional={"if-none-match": sent | st.just("*"), "accept": sent}))
    answer = asked(program, path, query, data.draw(st.sampled_from(["GET", "HEAD"])), **headers)
    assert str(answer.status) in told["paths"][path]["get"]["responses"] and answer.status < 500


@settings(max_examples=40, **FEW)
@given(
    path=ODD.filter(lambda path: "?" not in path),
    query=ODD,
    token=st.text(st.characters(codec="latin-1", exclude_characters="\r\n"), max_size=60),
)
@example(path="a\nb", query="", token="")
def test_any_address_and_any_token_get_an_answer_in_words(told, programs, path, query, token):
    leader = programs["leader"]
    known = {each.removeprefix(ROOT) for each in told["paths"]} | {"openapi.json"}
    found = leader.get(f"{path}?{escaped(query)}")
    if path.removesuffix("\n") not in known:
        assert found.status == 404, path
        check(told, "error", json.loads(found.content))
    stranger = leader.get("values", authorization=token)
    assert stranger.status == 401
    check(told, "error", json.loads(stranger.content))
