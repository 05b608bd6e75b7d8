"""Whatever else is handed in to be checked: other people's files, damaged ones, packs, and proofs made to trip the reader."""

# ruff: noqa: F811
from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import docx
import openpyxl
import pytest
from briefing_fixtures import rewritten
from PIL import Image
from proof_fixtures import blank_picture, here, painted_over, saved, zipped  # noqa: F401  (fixture)

from catalogue.wording import say
from reports import carried, verify
from reports.carried import NoProof
from reports.pictures import png_text
from reports.proof import sealed


def refused(content: bytes, name: str = "来件") -> str:
    with pytest.raises(NoProof) as problem:
        verify.verify(name, content)
    return str(problem.value)


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 40), "#336699").save(out, "JPEG")
    return out.getvalue()


# Not ours


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_office"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "none"),
        (jpeg(), "picture_bare"),
        (blank_picture(), "picture_bare"),
        (saved(openpyxl.Workbook()), "none"),
        (saved(docx.Document()), "none"),
        ("指标,值\n公办占比,46%\n".encode(), "none"),
        (b"\0\1\2\3" * 99, "none"),
        (b"PK\x03\x04 no zip at all", "damaged"),
        (zipped({"说明.txt": b"x"}), "none"),
        (zipped({"a.png": blank_picture()}), "none"),
    ],
    ids=["empty", "xls", "pdf", "jpeg", "png", "xlsx", "docx", "csv", "bytes", "pk", "zip", "pack"],
)
def test_a_file_that_is_not_ours_is_refused_in_words(here, content, key):
    assert refused(content) == say(f"verify.{key}")


@pytest.mark.parametrize("kind", ["layout", "county_workbook", "briefing"])
@pytest.mark.parametrize("part", [0.3, 0.9, 0.999])
def test_a_file_cut_off_on_its_way_is_refused(here, kind, part):
    content = here.made(kind)
    assert refused(content[: int(len(content) * part)]) == say("verify.damaged")


@pytest.mark.parametrize("kind", ["layout", "briefing"])
def test_a_byte_changed_anywhere_never_trips_the_reader(here, kind):
    """It is refused in words, or read as what it is."""
    content, outcomes = here.made(kind), set()
    for place in range(7, len(content), len(content) // 30):
        broken = content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]
        try:
            outcomes.add(verify.verify("x", broken)[0].as_made)
        except NoProof as problem:
            outcomes.add(str(problem))
    assert say("verify.none") in outcomes


def test_a_bomb_is_not_opened(here, monkeypatch):
    monkeypatch.setattr(carried, "LARGEST", 2**20)
    monkeypatch.setattr(carried, "LARGEST_PACK", 2**20)
    bomb = zipped({"[Content_Types].xml": b"", "xl/workbook.xml": b"\0" * (2**20 + 1)})
    assert len(bomb) < 5_000
    assert refused(bomb) == say("verify.too_large")
    assert refused(zipped({"a.png": b"\0" * (2**20 + 1)})) == say("verify.too_large")


def test_the_real_limit_stops_a_bomb_too(here):
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("[Content_Types].xml", "w", force_zip64=True) as part,
    ):
        for _ in range(33):
            part.write(bytes(2**20))
    assert refused(out.getvalue()) == say("verify.too_large")


def test_an_encrypted_zip_is_refused(here):
    locked = bytearray(zipped({"a.png": here.made("poster")}))
    locked[6] |= 1
    locked[locked.rindex(b"PK\1\2") + 8] |= 1
    assert refused(bytes(locked)) == say("verify.damaged")


def test_a_damaged_stream_inside_a_zip_is_refused(here):
    content = bytearray(zipped({"a.png": b"\x89PNG" + bytes(range(256)) * 40}))
    content[40:44] = b"\xff\xff\xff\xff"
    assert refused(bytes(content)) == say("verify.damaged")


def test_a_path_that_cannot_be_read_is_said(tmp_path, monkeypatch):
    with pytest.raises(NoProof, match=say("verify.no_file")):
        verify.read_file(tmp_path / "没有.xlsx")
    with pytest.raises(NoProof, match=say("verify.unreadable")):
        verify.read_file(tmp_path)
    (tmp_path / "大.xlsx").write_bytes(b"12345")
    monkeypatch.setattr(verify, "LARGEST_PACK", 4)
    with pytest.raises(NoProof, match=say("verify.too_large")):
        verify.read_file(tmp_path / "大.xlsx")


# Packs


def test_a_pack_is_checked_picture_by_picture(here):
    content = zipped(
        {
            "总体/001_一.png": here.made("chart"),
            "总体/002_二.png": painted_over(here.made("poster")),
            "003_别处.PNG": blank_picture(),
            "目录.txt": b"",
        }
    )
    found = {one.name: one for one in verify.verify("图表.zip", content)}
    assert list(found) == ["003_别处.PNG", "总体/001_一.png", "总体/002_二.png"]
    assert found["总体/001_一.png"].holds
    assert found["总体/002_二.png"].touched and not found["总体/002_二.png"].holds
    bare = found["003_别处.PNG"]
    assert (
        bare.proof is None
        and not bare.holds
        and list(verify.told(bare)) == [f"003_别处.PNG：{say('verify.picture_bare')}"]
    )


# Made to trip the reader


def short(fields: dict[str, object]) -> str:
    return ascii(fields)[:30]


def forged(proof, **fields: object):
    return replace(proof, numbers=(replace(proof.numbers[0], **fields), *proof.numbers[1:]))


def written(proof) -> str:
    """Half characters as JSON spells them."""
    return proof.as_json().replace("\ud800", "\\ud800")


@pytest.mark.parametrize(
    "fields",
    [
        {"period": "去年"},
        {"period": ""},
        {"value": 10**400},
        {"value": float("nan")},
        {"value": "46"},
        {"value": True},
        {"value": None},
        {"what": "guess"},
        {"indicator": "\ud800"},
        {"indicator": 7},
        {"place": None},
        {"subject": 210402},
    ],
    ids=short,
)
def test_a_number_of_the_wrong_kind_is_no_proof(here, fields):
    text = written(forged(here.proof("poster"), **fields))
    assert refused(png_text.put(blank_picture(), text)) == say("verify.picture_bare")


@pytest.mark.parametrize(
    "fields", [{"indicator": "unheard-of"}, {"subject": "999999"}, {"period": "2031Q1"}, {"value": 1e300}], ids=short
)
def test_a_number_we_never_had_is_told_as_one(here, fields):
    [found] = verify.verify(
        "x.png", png_text.put(blank_picture(), sealed(forged(here.proof("poster"), **fields)).as_json())
    )
    assert not found.holds and len(found.then) == 1
    assert "\n".join(verify.told(found)).count("→") == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"plan": "\ud800"},
        {"version": 0},
        {"version": 10**12},
        {"basis": "all"},
        {"period": "2021"},
        {"demo": "yes"},
        {"as_of": "昨天"},
        {"counted": "23"},
    ],
    ids=short,
)
def test_a_proof_of_the_wrong_kind_is_none(here, fields):
    text = written(replace(here.proof("poster"), **fields))
    assert refused(png_text.put(blank_picture(), text)) == say("verify.picture_bare")


@pytest.mark.parametrize("text", ["{}", "[]", "null", "46", "[" * 100_000, '{"numbers":[]}', '{"numbers":7}', "不是"])
def test_a_text_that_is_no_proof_is_none(here, text):
    assert refused(png_text.put(blank_picture(), text)) == say("verify.picture_bare")


@pytest.mark.parametrize(
    ("old", "new"), [('"value":33.0', '"value":1e300'), ('"value":33.0', f'"value":{10**400}')], ids=["large", "larger"]
)
def test_a_briefing_made_to_hold_no_number_of_ours_is_told_in_words(here, old, new):
    content = rewritten(here.made("briefing"), old, new, "customXml/item1.xml")
    try:
        [found] = verify.verify("x.docx", content)
    except NoProof as problem:
        assert str(problem) == say("verify.none")
    else:
        assert not found.holds and found.altered


def test_a_briefing_with_a_tower_of_brackets_is_refused(here):
    content = rewritten(here.made("briefing"), "<printed>", f"<printed>{'[' * 100_000}", "customXml/item1.xml")
    assert refused(content) == say("verify.none")


def test_a_briefing_that_declares_entities_is_refused(here):
    content = rewritten(here.made("briefing"), "<w:document", '<!DOCTYPE a [<!ENTITY b "c">]><w:document')
    assert refused(content) == say("verify.none")
