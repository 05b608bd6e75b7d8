"""What a folder or a zip holds is read or named; nothing is passed over in silence."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from etl import archive, inbox
from etl.cells import Limits
from etl.errors import BadArchive, NotRead, TooLarge
from etl.inbox import files_in, unpacked

WORKBOOK = b"PK\3\4 whatever a workbook holds"


class GbkName(zipfile.ZipInfo):
    """A name as older Windows programs write it, without saying so."""

    def _encodeFilenameFlags(self):
        return self.filename.encode("gbk"), self.flag_bits


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED, gbk: bool = False) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as made:
        for name, data in members.items():
            entry = (GbkName if gbk else zipfile.ZipInfo)(name)
            entry.compress_type = method
            made.writestr(entry, data)
    return content.getvalue()


def found(folder: Path) -> dict[str, object]:
    """Name -> the content, or why there is none."""
    return {one.name: _why(one.refusal) if one.refusal else one.content for one in files_in([folder])}


def _why(refusal) -> tuple[str, str]:
    return type(refusal).__name__, refusal.fields.get("why", "")


def held(content: bytes) -> dict[str, object]:
    return {name: what if isinstance(what, bytes) else _why(what) for name, what in unpacked("报表.zip", content)}


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("三季度.docx", "document"),
        ("三季度.xltx", "template"),
        ("三季度.xlsx.download", "download"),
        ("三季度.xlsx.crdownload", "download"),
        ("三季度.xlsx.part", "download"),
        ("三季度.XLSX.TMP", "download"),
        ("三季度.pdf", "scan"),
        ("三季度.rar", "archive"),
        ("三季度.bak", "other"),
        ("三季度", "other"),
        (".三季度.xlsx.Xa3b", "other"),
    ],
)
def test_a_file_that_is_no_workbook_by_its_name_is_named_with_the_reason(tmp_path, name, why):
    (tmp_path / name).write_bytes(WORKBOOK)
    (tmp_path / "新抚区.xlsx").write_bytes(WORKBOOK)
    assert found(tmp_path) == {name: ("NotRead", why), "新抚区.xlsx": WORKBOOK}


def test_a_file_deep_in_a_folder_is_named_too_and_a_hidden_workbook_is_read(tmp_path):
    (tmp_path / "抚顺县" / "旧").mkdir(parents=True)
    (tmp_path / "抚顺县" / "旧" / "说明.doc").write_bytes(b"x")
    (tmp_path / ".抚顺县.xlsx").write_bytes(WORKBOOK)
    assert found(tmp_path) == {"说明.doc": ("NotRead", "document"), ".抚顺县.xlsx": WORKBOOK}


def test_the_ledger_a_readme_and_what_systems_leave_behind_are_no_news(tmp_path):
    (tmp_path / "intake.toml").write_text("file = []")
    for name in ("README.md", "Thumbs.db", ".DS_Store", "~$新抚区.xlsx", ".~lock.新抚区.ods#", "._新抚区.xlsx"):
        (tmp_path / name).write_bytes(b"x")
    assert found(tmp_path) == {}


def test_a_ledger_that_nobody_reads_is_named(tmp_path):
    (tmp_path / "一季度").mkdir()
    (tmp_path / "一季度" / "intake.toml").write_text("file = []")
    assert found(tmp_path) == {"intake.toml": ("NotRead", "other")}


def test_a_link_to_nowhere_is_named(tmp_path):
    (tmp_path / "新抚区.xlsx").symlink_to(tmp_path / "gone.xlsx")
    assert found(tmp_path) == {"新抚区.xlsx": ("NotRead", "no_access")}


def test_a_file_too_large_is_not_read_into_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(inbox, "LIMITS", Limits(bytes=10))
    (tmp_path / "新抚区.xlsx").write_bytes(WORKBOOK)
    [one] = files_in([tmp_path])
    assert isinstance(one.refusal, TooLarge) and one.content == b""


@pytest.mark.parametrize("gbk", [True, False], ids=["GBK", "UTF-8"])
def test_each_file_of_a_zip_is_a_file_of_its_own_by_its_chinese_name(tmp_path, gbk):
    (tmp_path / "报表.zip").write_bytes(packed({"县区/抚顺县三季度.xlsx": WORKBOOK, "说明.docx": b"x"}, gbk=gbk))
    assert found(tmp_path) == {
        "报表.zip!/县区/抚顺县三季度.xlsx": WORKBOOK,
        "报表.zip!/说明.docx": ("NotRead", "document"),
    }
    assert [one.file_name for one in files_in([tmp_path])] == ["抚顺县三季度.xlsx", "说明.docx"]


def test_a_zip_named_by_itself_is_opened_whatever_it_is_called(tmp_path):
    (tmp_path / "报表.dat").write_bytes(packed({"新抚区.xlsx": WORKBOOK}))
    assert [one.name for one in files_in([tmp_path / "报表.dat"])] == ["报表.dat!/新抚区.xlsx"]


def test_what_a_mac_adds_to_a_zip_is_no_news():
    assert held(packed({"新抚区.xlsx": WORKBOOK, "__MACOSX/._新抚区.xlsx": b"x", "Thumbs.db": b"x"})) == {
        "报表.zip!/新抚区.xlsx": WORKBOOK
    }


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"PK\3\4 and no end", "damaged"),
        (packed({}), "empty"),
        (packed({"Thumbs.db": b"x"}), "empty"),
    ],
    ids=["damaged", "empty", "nothing of anybody's"],
)
def test_a_zip_that_holds_nothing_to_read_is_named(content, why):
    assert held(content) == {"报表.zip": ("BadArchive", why)}


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../新抚区.xlsx", "path"),
        ("/etc/新抚区.xlsx", "path"),
        ("C:/新抚区.xlsx", "path"),
        ("..\\..\\新抚区.xlsx", "path"),
        ("里面.zip", "nested"),
    ],
)
def test_a_member_that_leads_out_or_holds_another_zip_is_not_opened(name, why):
    told = held(packed({name: WORKBOOK, "新抚区.xlsx": WORKBOOK}))
    assert told.pop("报表.zip!/新抚区.xlsx") == WORKBOOK
    assert [*told.values()] == [("BadArchive", why)]


def test_a_member_with_a_password_or_an_odd_compression_is_named_alone():
    content = bytearray(packed({"新抚区.xlsx": WORKBOOK}))
    for at in (content.index(b"PK\1\2") + 8, content.index(b"PK\3\4") + 6):
        content[at] |= 1
    assert held(bytes(content)) == {"报表.zip!/新抚区.xlsx": ("BadArchive", "encrypted")}
    assert held(packed({"新抚区.xlsx": WORKBOOK}, zipfile.ZIP_BZIP2)) == {
        "报表.zip!/新抚区.xlsx": ("BadArchive", "method")
    }


def test_a_damaged_member_does_not_spoil_the_others():
    content = bytearray(packed({"坏.xlsx": b"A" * 100, "新抚区.xlsx": WORKBOOK}, zipfile.ZIP_STORED))
    content[content.index(b"A" * 100) + 5] = 0x42
    assert held(bytes(content)) == {
        "报表.zip!/坏.xlsx": ("BadArchive", "member_damaged"),
        "报表.zip!/新抚区.xlsx": WORKBOOK,
    }


def refusal_of(content: bytes, limits: Limits) -> BadArchive:
    try:
        [given] = [take() for _, _, take in archive.members(content, limits)]
    except BadArchive as refusal:
        return refusal
    return given


@pytest.mark.parametrize(
    ("content", "limits", "why"),
    [
        (packed({"a.xlsx": b"x", "b.xlsx": b"x"}), Limits(members=1), "members"),
        (packed({"a.xlsx": b"x" * 3000}), Limits(unzipped=2000), "unzipped"),
        (packed({"a.xlsx": b"x" * 3000}), Limits(bytes=2000), "member_bytes"),
        (packed({"a.xlsx": b"x" * 2 * 2**20}), Limits(), "ratio"),
    ],
    ids=["members", "unzipped", "member", "ratio"],
)
def test_a_zip_keeps_to_the_limits_of_a_workbook(content, limits, why):
    assert refusal_of(content, limits).fields["why"] == why


def test_what_a_member_declares_is_not_believed():
    content = bytearray(packed({"a.xlsx": b"x" * 3000}))
    for mark, field in ((b"PK\1\2", 24), (b"PK\3\4", 22)):
        at = content.index(mark) + field
        content[at : at + 4] = (10).to_bytes(4, "little")
    assert refusal_of(bytes(content), Limits(bytes=2000)).fields["why"] in ("member_bytes", "member_damaged")


def test_a_workbook_dropped_on_the_page_is_itself_and_a_document_is_told_of():
    assert unpacked("新抚区.xlsx", WORKBOOK) == [("新抚区.xlsx", WORKBOOK)]
    [(name, refusal)] = unpacked("说明.docx", b"PK\3\4")
    assert name == "说明.docx" and isinstance(refusal, NotRead)
    assert unpacked("Thumbs.db", b"x") == []
