"""A backup that is damaged, cut, forged or somebody else's does not come back at all."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

import pytest
from admin_fixtures import house, lived_in, move_to  # noqa: F401  (fixtures)
from pages_fixtures import demonstration  # noqa: F401

from actions import backup, restoring
from actions.backup_file import MANIFEST, BackupProblem


def rewritten(path: Path, change) -> Path:
    """The same backup with {name: bytes} put through `change`."""
    with zipfile.ZipFile(path) as file:
        members = {name: file.read(name) for name in file.namelist()}
    change(members)
    made = path.with_name("rewritten.zip")
    with zipfile.ZipFile(made, "w") as file:
        for name, content in members.items():
            file.writestr(name, content)
    return made


def test_a_damaged_byte_is_found_and_nothing_is_restored(lived_in, tmp_path, monkeypatch):  # noqa: F811
    path = tmp_path / "b.zip"
    backup.make(path)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    move_to(tmp_path / "new", monkeypatch)
    for tried in (backup.verify, restoring.restore):
        with pytest.raises(BackupProblem, match=r"已损坏|不符"):
            tried(path)
    assert list((tmp_path / "new").iterdir()) == []


def test_a_cut_off_backup_and_a_file_that_is_none_are_refused(lived_in, tmp_path):  # noqa: F811
    path = tmp_path / "b.zip"
    backup.make(path)
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(BackupProblem, match="已损坏"):
        backup.verify(path)
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as file:
        file.writestr("readme.txt", "hello")
    with pytest.raises(BackupProblem, match="清单"):
        backup.verify(tmp_path / "other.zip")
    with pytest.raises(BackupProblem, match=r"没有备份文件 none\.zip"):
        backup.verify(tmp_path / "none.zip")


@pytest.mark.parametrize(
    "name", ["../evil.txt", "/etc/evil", "originals/../../evil", "warehouse/x.duckdb", "tables\\a.jsonl"]
)
def test_a_member_that_leads_elsewhere_is_refused(lived_in, tmp_path, monkeypatch, name):  # noqa: F811
    backup.make(tmp_path / "b.zip")

    def smuggle(members) -> None:
        manifest = json.loads(members[MANIFEST])
        manifest["members"][name] = {"sha256": "0" * 64, "size": 1}
        members |= {MANIFEST: json.dumps(manifest).encode(), name: b"x"}

    path = rewritten(tmp_path / "b.zip", smuggle)
    move_to(tmp_path / "new", monkeypatch)
    with pytest.raises(BackupProblem, match="不该有的文件"):
        restoring.restore(path)
    assert list((tmp_path / "new").iterdir()) == []


CHANGES = {
    "a workbook swapped": (lambda m: m.update({next(n for n in m if n.startswith("originals")): b"x"}), "不符"),
    "a member left out": (lambda m: m.pop(next(n for n in m if n.startswith("originals"))), "不一致"),
    "a member more": (lambda m: m.update({"tables/strangers.jsonl": b""}), "不一致"),
    "more bytes than told": (lambda m: m.update({"tables/audit.jsonl": m["tables/audit.jsonl"] + b" "}), "不符"),
    "another format": (lambda m: m.update({MANIFEST: m[MANIFEST].replace(b'"format": 2', b'"format": 9')}), "格式为9"),
    "no manifest": (lambda m: m.pop(MANIFEST), "清单"),
    "half a manifest": (lambda m: m.update({MANIFEST: m[MANIFEST][:50]}), "清单"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_is_not_as_the_manifest_says_is_refused(lived_in, tmp_path, what):  # noqa: F811
    backup.make(tmp_path / "b.zip")
    change, told = CHANGES[what]
    with pytest.raises(BackupProblem, match=told):
        backup.verify(rewritten(tmp_path / "b.zip", change))


def forged(members, name: str, content: bytes) -> None:
    """Another content, its hash in the manifest set right: what somebody would do who knows the format."""
    manifest = json.loads(members[MANIFEST])
    manifest["members"][name] = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
    members |= {MANIFEST: json.dumps(manifest).encode(), name: content}


def test_a_forged_log_or_version_does_not_prove_itself_and_is_taken_away_again(lived_in, tmp_path, monkeypatch):  # noqa: F811
    backup.make(tmp_path / "b.zip")

    def log(members) -> None:
        forged(
            members,
            "tables/audit.jsonl",
            members["tables/audit.jsonl"].replace("三季度调度会".encode(), "四季度调度会".encode()),
        )

    def version(members) -> None:
        forged(members, "warehouse/000002.duckdb", members["warehouse/000001.duckdb"])

    for change, told in ((log, "审计日志"), (version, "数值")):
        path = rewritten(tmp_path / "b.zip", change)
        move_to(tmp_path / "new", monkeypatch)
        with pytest.raises(BackupProblem, match=told):
            restoring.restore(path)
        assert list((tmp_path / "new").iterdir()) == []


def test_a_workbook_the_disk_has_damaged_is_backed_up_as_it_is_and_said(lived_in, tmp_path):  # noqa: F811
    victim = next((lived_in / "originals").glob("??/*.bin"))
    victim.chmod(0o644)
    victim.write_bytes(b"rot")
    assert backup.make(tmp_path / "b.zip").damaged == [victim.stem]
    assert backup.verify(tmp_path / "b.zip").damaged == [victim.stem]
