"""The address of the lake: read whole, or refused with what is wrong and how it should read."""

from __future__ import annotations

import pytest

from warehouse import kind
from warehouse.lake import address
from warehouse.lake.address import LakeAddress, parsed
from warehouse.lock import StoreError
from warehouse.versions.file_store import FileStore


def test_without_an_address_versions_are_files(tmp_path, monkeypatch):
    monkeypatch.delenv(address.VARIABLE, raising=False)
    assert kind.of(tmp_path) == FileStore(tmp_path)


def test_an_address_says_the_catalogue_the_files_and_the_schema():
    told = "ducklake:postgres:host=db port=5432 user=plan dbname=lake?DATA_PATH '/srv/o''lake', META_SCHEMA 'plan'"
    assert parsed(told) == LakeAddress("host=db port=5432 user=plan dbname=lake", "/srv/o'lake", "plan")


def test_the_schema_may_be_left_out():
    assert parsed("ducklake:postgres:host=db?data_path 's3://plan/lake'").schema == "public"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("/etc/plan/warehouse.toml", "DASHBOARD_KEEPING"),
        ("postgresql://plan:secret@db/lake", "ducklake:postgres:"),
        ("ducklake:postgres:host=db password=secret?DATA_PATH '/srv'", "PGPASSWORD"),
        ("ducklake:postgres:postgresql://plan:secret@db/lake?DATA_PATH '/srv'", "PGPASSWORD"),
        ("ducklake:postgres:host=db", "DATA_PATH"),
        ("ducklake:postgres:host=db?DATA_PATH /srv", "DATA_PATH /srv"),
        ("ducklake:postgres:host=db?DATA_PATH '/srv' OVERRIDE true", "OVERRIDE"),
        ("ducklake:postgres:host=db?DATA_PATH '/srv', META_SCHEMA 'a; drop table x'", "META_SCHEMA"),
    ],
)
def test_what_cannot_be_read_is_named_and_no_password_is_repeated(given, told):
    with pytest.raises(StoreError) as refused:
        parsed(given)
    assert told in str(refused.value)
    assert "secret" not in str(refused.value)
