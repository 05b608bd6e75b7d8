"""A backup of files comes back in a lake, and one of a lake as files: the same house."""

from __future__ import annotations

import os

import pytest
from admin_fixtures import AT, house, lived_in, move_to, newest, publish  # noqa: F401  (fixtures among them)
from lake_fixtures import lake  # noqa: F401  (a fixture)
from pages_fixtures import demonstration  # noqa: F401
from warehouse_fixtures import a_receipt

from access import audit
from actions import backup, restoring, versions
from warehouse import originals, store
from warehouse.lake import address


def test_a_backup_moves_from_files_into_a_lake_and_back(lived_in, lake, tmp_path, monkeypatch):  # noqa: F811
    told = os.environ.pop(address.VARIABLE)
    says, numbers = backup.judged(newest()), backup.make(tmp_path / "files.zip").versions
    monkeypatch.setenv(address.VARIABLE, told)
    move_to(tmp_path / "there", monkeypatch)
    assert restoring.restore(tmp_path / "files.zip").judged_rows == says[0]
    assert newest().snapshot and backup.judged(newest()) == says
    assert [each.number for each in store.versions(tmp_path / "there")] == numbers
    publish(lambda writer: writer.add_receipt(a_receipt("210402", "2021Q3", AT, sha256=kept())))
    after = newest().number
    assert backup.make(tmp_path / "lake.zip").versions == [1, after]
    says = backup.judged(newest())
    move_to(tmp_path / "elsewhere", monkeypatch)
    with pytest.raises(store.StoreError, match="已有版本"):
        restoring.restore(tmp_path / "lake.zip")
    monkeypatch.delenv(address.VARIABLE)
    move_to(tmp_path / "again", monkeypatch)
    assert restoring.restore(tmp_path / "lake.zip").newest == after
    assert not newest().snapshot and backup.judged(newest()) == says
    assert [kept.version for kept in versions.frozen()] == [1] and audit.verify().ok


def kept() -> str:

    return originals.keep(b"one more workbook")
