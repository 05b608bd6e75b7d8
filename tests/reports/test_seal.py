"""The key that files are signed with: made once, for the server alone, in every backup; what is signed with another is none of ours."""

from __future__ import annotations

import os
import shutil
import threading
import zipfile

import pytest

from access import db
from actions import backup, restoring
from reports import issued, seal
from reports.proof import closed, is_closed, is_sealed, prove, sealed
from reports.snapshot import take
from warehouse.store import StoreError


def test_it_is_made_once_and_can_be_read_by_the_server_alone(tmp_path):
    assert seal.known(tmp_path) is None
    key = seal.key(tmp_path)
    assert len(key) == 32 and seal.key(tmp_path) == seal.known(tmp_path) == key
    assert [path.name for path in tmp_path.iterdir()] == [seal.NAME]
    assert (tmp_path / seal.NAME).stat().st_mode & 0o777 == 0o600


def test_many_at_once_get_the_same(tmp_path):
    found = []
    threads = [threading.Thread(target=lambda: found.append(seal.key(tmp_path))) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1 and len(found) == 20


@pytest.mark.parametrize("content", [b"", b"short", b"x" * 33])
def test_a_damaged_one_is_said_and_never_made_anew(tmp_path, content):
    (tmp_path / seal.NAME).write_bytes(content)
    for asked in (seal.known, seal.key):
        with pytest.raises(StoreError, match=r"seal\.key"):
            asked(tmp_path)
    assert (tmp_path / seal.NAME).read_bytes() == content


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    with pytest.raises(StoreError, match=r"seal\.key"):
        seal.key(tmp_path / "nowhere")
    (tmp_path / seal.NAME).mkdir()
    with pytest.raises(StoreError):
        seal.known(tmp_path)


def test_where_one_text_ends_counts():
    assert seal.sign(b"k", "ab", "c") != seal.sign(b"k", "a", "bc")
    assert seal.mark(b"k" * 32) != seal.mark(b"j" * 32)


def test_what_is_signed_fits_one_key_and_one_kind_of_file(demo, tmp_path):
    ours, other = seal.key(), seal.key(tmp_path)
    proof = closed(prove("workbook", take("2021Q3", "filed"), ()), "workbook", (), "told")
    assert sealed(proof) == proof and is_sealed(proof, ours) and not is_sealed(proof, other)
    assert is_closed(proof, "workbook", ours, "told")
    assert not is_closed(proof, "document", ours, "told") and not is_closed(proof, "workbook", ours, "else")
    assert not is_closed(proof, "workbook", other, "told")


def test_key_and_issued_codes_go_into_a_backup_and_come_back(demo, tmp_path, monkeypatch):
    shutil.copytree(demo, tmp_path / "var")
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "var"))
    proof, key = prove("workbook", take("2021Q3", "filed"), ()), seal.key()
    letters = proof.code.replace("-", "")
    backup.make(tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as file:
        assert {seal.NAME, f"issued/{letters[:2]}/{letters}.z"} <= set(file.namelist())
    db.dispose()
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "new"))
    restoring.restore(tmp_path / "b.zip")
    db.dispose()
    assert seal.known() == key and issued.find(tmp_path / "new", letters) == proof.as_json()
    assert os.stat(tmp_path / "new" / seal.NAME).st_mode & 0o777 == 0o600


def test_a_full_disk_is_no_reason_to_refuse_a_file(tmp_path):
    (tmp_path / issued.FOLDER).write_text("in the way")
    issued.enter(tmp_path, "0123-4567-89AB-CDEF", "{}")
    assert issued.find(tmp_path, "0123456789ABCDEF") is None


@pytest.mark.parametrize("letters", ["../../../etc/pass", "0123456789abcdef", "", "０１２３４５６７８９ＡＢＣＤＥＦ"])
def test_what_is_no_code_is_never_looked_for(tmp_path, letters):
    assert issued.find(tmp_path, letters) is None
