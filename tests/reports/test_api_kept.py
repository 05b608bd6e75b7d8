"""What a program may keep: ETags that change when the answer does, versions that never change."""

from __future__ import annotations

import json
from dataclasses import replace

import pandas as pd
import pytest
from api_fixtures import UNIT, Program, house  # noqa: F401  (fixture)

from access import accounts
from catalogue.load import current_plan
from reports.api import answers
from warehouse import store

pytestmark = pytest.mark.usefixtures("house")
EVERYTHING = [each.name for each in answers.RESOURCES]
BY_VERSION = [each.name for each in answers.RESOURCES if "version" in each.parameters and not each.by_day]


def publish(day: str = "2021-10-20", number: int = 1) -> store.Version:
    """A new version, in which one unit has until another day."""

    def move(writer):
        writer.deadline(
            "2021Q3",
            ("county", UNIT),
            pd.Timestamp(day).date(),
            pd.Timestamp(f"2021-10-12 0{number}:00"),
            "某人",
            "演示",
        )

    return store.publish(store.data_folder(), current_plan(), move)


@pytest.mark.parametrize("name", EVERYTHING)
def test_what_has_not_changed_is_not_sent_again_nor_read(name, monkeypatch):
    leader = Program("leader")
    first = leader.get(name)
    assert first.status == 200 and first.header("cache-control") == "private, no-cache"

    def nobody_reads(*_):
        raise AssertionError("read")

    for reading in ("answer", "everything"):
        monkeypatch.setattr(answers, reading, nobody_reads)
    monkeypatch.setattr(store, "open_version", nobody_reads)
    strong = first.header("etag").removeprefix("W/")
    for known in (first.header("etag"), strong, f'"other", {first.header("etag")}', "*"):
        again = leader.get(name, **{"if-none-match": known})
        assert (again.status, again.content, again.header("etag")) == (304, b"", first.header("etag"))


def test_another_question_has_another_tag():
    asked = [
        "values",
        "values?basis=approved",
        "values?period=2021Q3",
        "values?period=2021Q2",
        "values?format=csv",
        "values?format=parquet",
        "values?limit=5",
        "values?limit=5&offset=5",
        "facts",
        "plan",
        "plan?part=tasks",
        "deadlines.ics",
        "deadlines.ics?lang=en",
    ]
    leader, filer = Program("leader"), Program("filer")
    tags = [leader.get(each).header("etag") for each in asked] + [filer.get("values").header("etag")]
    assert len(set(tags)) == len(tags)
    spoken = ("values?basis=filed", "values?lang=en", "values?format=json")  # the same question put otherwise
    assert {leader.get(each).header("etag") for each in spoken} == {tags[0]}
    assert Program("reviewer").get("values").header("etag") == tags[0]


def test_a_new_version_changes_the_tag_and_a_named_one_keeps_every_byte():
    leader, number = Program("leader"), store.newest(store.data_folder()).number
    named = {name: f"{name}?version={number}" for name in BY_VERSION}
    before = {name: leader.get(asked) for name, asked in named.items()}
    newest = leader.get("deadlines")
    assert newest.content == before["deadlines"].content
    publish()
    after = leader.get("deadlines", **{"if-none-match": newest.header("etag")})
    assert after.status == 200 and after.content != newest.content
    for name, asked in named.items():
        again = leader.get(asked)
        assert (again.header("etag"), again.content) == (before[name].header("etag"), before[name].content), name
    assert [row["version"] for row in leader.rows("versions")][-1] == number + 1


def test_a_file_that_took_an_older_ones_name_is_another_version():
    leader = Program("leader")
    first = publish()
    before = leader.get("deadlines")
    first.path.unlink()
    publish("2021-10-21", number=2)
    after = leader.get("deadlines", **{"if-none-match": before.header("etag")})
    assert after.status == 200 and "2021-10-21" in after.text


def test_lateness_is_of_a_day(monkeypatch):
    leader = Program("leader")
    before = leader.get("status?period=2021Q4")
    monkeypatch.setenv("DASHBOARD_TODAY", "2022-03-01")
    after = leader.get("status?period=2021Q4", **{"if-none-match": before.header("etag")})
    assert (after.status, '"late":true' in before.text, '"late":true' in after.text) == (200, False, True)


def test_rights_are_asked_before_what_is_kept():
    filer, leader = Program("filer"), Program("leader")
    tag = leader.get("values").header("etag")
    assert filer.get("values", **{"if-none-match": tag}).status == 200
    assert filer.get("versions", **{"if-none-match": leader.get("versions").header("etag")}).status == 403
    assert Program("auditor").get("values", **{"if-none-match": tag}).status == 403
    kept = filer.get("values").header("etag")
    accounts.change("the-filer", by=None, plan=current_plan(), disabled=True)
    assert filer.get("values", **{"if-none-match": kept}).status == 401


def test_words_of_another_plan_are_not_put_into_a_version(monkeypatch):
    leader = Program("leader")
    before = leader.get("plan")
    other = replace(current_plan(), digest="0" * 64)
    monkeypatch.setattr(answers.store, "plans_of", lambda version: (other,))
    after = leader.get("plan", **{"if-none-match": before.header("etag")})
    rows = json.loads(after.content)["rows"]
    assert after.status == 200 and {row["quote"] for row in rows} == {None} and all(row["name"] for row in rows)
    assert leader.rows("units")[-1]["name"] is None


@pytest.mark.parametrize("name", ["", "openapi.json", *EVERYTHING])
def test_head_tells_all_but_the_content(name):
    leader = Program("leader")
    whole, head = leader.get(name), leader.get(name, "HEAD")
    assert (head.status, head.content) == (200, b"")
    assert sorted(head.headers) == sorted(whole.headers) and head.header("content-length") == str(len(whole.content))


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "TRACE"])
@pytest.mark.parametrize("name", ["", "openapi.json", "values", "deadlines.ics", "nothing"])
def test_nothing_is_written(name, method):
    answer = Program("admin").get(name, method)
    assert (answer.status, answer.header("allow")) == (405, "GET, HEAD")
    assert '"status":405' in answer.text
