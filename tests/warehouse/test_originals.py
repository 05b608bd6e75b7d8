"""The workbooks as they came."""

from __future__ import annotations

import hashlib

import pytest

from warehouse import originals


def test_what_is_kept_comes_back_byte_for_byte(tmp_path):
    sha256 = originals.keep(b"PK workbook", tmp_path)
    assert sha256 == hashlib.sha256(b"PK workbook").hexdigest()
    assert originals.path_of(sha256, tmp_path) == tmp_path / "originals" / sha256[:2] / f"{sha256}.bin"
    assert originals.content(sha256, tmp_path) == b"PK workbook"


def test_keeping_it_again_writes_nothing(tmp_path):
    path = originals.path_of(originals.keep(b"PK workbook", tmp_path), tmp_path)
    before = path.stat()
    originals.keep(b"PK workbook", tmp_path)
    assert path.stat() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_it_lies_under_the_data_folder_unless_told(tmp_path, monkeypatch):
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    assert originals.path_of(originals.keep(b"PK workbook")).is_relative_to(tmp_path)


def test_a_file_the_disk_has_changed_is_not_given_out(tmp_path):
    sha256 = originals.keep(b"PK workbook", tmp_path)
    path = originals.path_of(sha256, tmp_path)
    path.chmod(0o644)
    path.write_bytes(b"PK changed")
    with pytest.raises(originals.OriginalDamaged, match=sha256):
        originals.content(sha256, tmp_path)


def test_one_we_never_kept_is_not_found(tmp_path):
    with pytest.raises(FileNotFoundError):
        originals.content("0" * 64, tmp_path)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "0" * 63])
def test_only_a_hash_can_become_a_path(name, tmp_path):
    with pytest.raises(ValueError, match="is not a SHA-256"):
        originals.content(name, tmp_path)
