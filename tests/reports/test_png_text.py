"""A text inside a PNG: it comes back as it was put, the picture is the same, and whatever is damaged is told, not raised."""

from __future__ import annotations

import io
import zlib

import pytest
from PIL import Image, ImageChops, ImageDraw
from proof_fixtures import painted_over, text_chunk

from reports.pictures import png_text

TEXT = '{"plan":"抚教发〔2021〕1号","line":"第一行\\n第二行"}'


@pytest.fixture(scope="module", autouse=True)
def own_key(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_DATA", str(tmp_path_factory.mktemp("signed")))
        yield


@pytest.fixture(scope="module")
def bare() -> bytes:
    picture = Image.new("RGB", (120, 80), "#ffffff")
    ImageDraw.Draw(picture).text((10, 10), "46.25", "#1c2733")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


@pytest.fixture(scope="module")
def kept(bare) -> bytes:
    return png_text.put(bare, TEXT)


def pixels(png: bytes) -> Image.Image:
    Image.open(io.BytesIO(png)).verify()
    return Image.open(io.BytesIO(png)).convert("RGB")


def with_chunk(content: bytes, body: bytes, crc: bytes | None = None) -> bytes:
    """The text's chunk with another body in its place."""
    old = text_chunk(content)
    new = len(body).to_bytes(4, "big") + b"iTXt" + body + (crc or zlib.crc32(b"iTXt" + body).to_bytes(4, "big"))
    return content.replace(old, new)


def body_of(content: bytes) -> bytes:
    return text_chunk(content)[8:-4]


@pytest.mark.parametrize("text", [TEXT, "a", "两行\n文字", "x" * 100_000, "\n"])
def test_a_text_comes_back_as_it_was_put(bare, text):
    content = png_text.put(bare, text)
    assert png_text.get(content) == text and png_text.untouched(content)


def test_the_picture_is_the_same_to_others(bare, kept):
    assert ImageChops.difference(pixels(bare), pixels(kept)).getbbox() is None
    picture = Image.open(io.BytesIO(kept))
    picture.load()
    assert picture.text["plan-monitor"].startswith(TEXT)  # the chunk is one any reader knows
    assert kept.replace(text_chunk(kept), b"") == bare


def test_a_picture_without_a_text_has_none_and_is_not_untouched(bare):
    assert png_text.get(bare) == "" and not png_text.untouched(bare)


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"\x89PNG\r\n\x1a", b"\xff\xd8\xff\xe0" * 9])
def test_what_is_no_png_is_refused_and_read_as_nothing(content):
    with pytest.raises(ValueError, match="not a PNG"):
        png_text.put(content, TEXT)
    assert png_text.get(content) == "" and not png_text.untouched(content)


def test_a_picture_painted_over_is_told(kept):
    changed = painted_over(kept)
    assert ImageChops.difference(pixels(kept), pixels(changed)).getbbox() is not None
    assert png_text.get(changed) == TEXT and not png_text.untouched(changed)


def test_a_picture_saved_again_has_lost_its_text(kept):
    out = io.BytesIO()
    Image.open(io.BytesIO(kept)).save(out, "PNG")
    assert png_text.get(out.getvalue()) == ""


def test_something_behind_the_end_is_told(kept):
    assert not png_text.untouched(kept + b"\0" * 40)


def test_cut_off_anywhere_nothing_is_raised_and_it_is_not_untouched(kept):
    end = png_text.HEADER + len(text_chunk(kept))
    for length in range(len(kept)):
        assert png_text.get(kept[:length]) == (TEXT if length >= end else "")
        assert not png_text.untouched(kept[:length])


def test_a_byte_changed_anywhere_is_told(kept):
    for place in range(len(kept)):
        assert not png_text.untouched(kept[:place] + bytes([kept[place] ^ 0x40]) + kept[place + 1 :])


def test_a_text_whose_checksum_is_wrong_is_none(kept):
    assert png_text.get(with_chunk(kept, body_of(kept))) == TEXT
    assert png_text.get(with_chunk(kept, body_of(kept), b"\0\0\0\0")) == ""


@pytest.mark.parametrize(
    "damage",
    [
        lambda body: body[:-6],
        lambda body: body[:-1],
        lambda body: body[:30] + b"\xff\xff\xff" + body[33:],
        lambda body: body[:20],
    ],
)
def test_a_damaged_stream_is_no_text(kept, damage):
    content = with_chunk(kept, damage(body_of(kept)))
    assert png_text.get(content) == "" and not png_text.untouched(content)


def test_a_text_that_unpacks_beyond_all_measure_is_none(kept, monkeypatch):
    monkeypatch.setattr(png_text, "LARGEST", 10_000)
    ours = body_of(kept)[: len(png_text._OURS)]
    assert png_text.get(with_chunk(kept, ours + zlib.compress(b"x" * 9_000 + b"\n0"))) == "x" * 9_000
    for length in (10_001, 5_000_000):
        assert png_text.get(with_chunk(kept, ours + zlib.compress(b"x" * length))) == ""


def test_bytes_that_are_no_text_are_none(kept):
    ours = body_of(kept)[: len(png_text._OURS)]
    assert png_text.get(with_chunk(kept, ours + zlib.compress(b"\xff\xfe\n0"))) == ""
