"""A file that cannot be made goes out as a text with its reason, and under a name that says so."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from gate_fixtures import run
from starlette.datastructures import Headers
from starlette.responses import Response

from catalogue.wording import use_language
from ui.app.serving import MIDDLEWARE
from ui.kit.refused_files import RefusedAsText, refused

XLSX = "application/octet-stream"


class Answer:
    """What came out: headers, and the bytes."""

    def __init__(self, headers: Headers, content: bytes) -> None:
        self.kind, self.name, self.content = headers["content-type"], unquote(headers["content-disposition"]), content


def answer(
    content: bytes, name: str = "filename*=utf-8''%E6%B1%87%E6%80%BB.xlsx", path: str = "/media/1.xlsx"
) -> Answer:
    told = []

    async def receive() -> dict:
        return {"type": "http.request"}

    async def send(message: dict) -> None:
        told.append(message)

    file = Response(content, media_type=XLSX, headers={"Content-Disposition": f"attachment; {name}"})
    run(RefusedAsText(file)({"type": "http", "path": path, "method": "GET"}, receive, send))
    return Answer(Headers(raw=told[0]["headers"]), b"".join(one.get("body", b"") for one in told))


@pytest.mark.parametrize(("lang", "name"), [("zh", "汇总（没有生成）.txt"), ("en", "汇总 (not made).txt")])
def test_a_reason_is_a_text_in_the_language_of_whoever_asked(lang, name):
    use_language(lang)
    said = answer(refused("表样没有填：快报!B2"))
    assert said.name.endswith(f"filename*=utf-8''{name}") and said.kind.startswith("text/plain")
    assert said.content.decode().lstrip("\ufeff") == "表样没有填：快报!B2"


def test_a_plain_name_is_changed_too():
    assert answer(refused("x"), 'filename="a.png"').name.endswith("a（没有生成）.txt")


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04", b"\xef\xbb\xbf\xe5\x8d\x95\xe4\xbd\x8d,1", b"", "\ufeff".encode() * 9]
)
def test_any_other_file_goes_out_as_it_is(content):
    said = answer(content)
    assert said.name.endswith("汇总.xlsx") and said.kind == XLSX and said.content == content


def test_only_what_is_handed_out_as_a_file_is_looked_at():
    assert answer(refused("x"), path="/api/v1/values").name.endswith("汇总.xlsx")


def test_the_server_does_it():
    assert RefusedAsText in [one.cls for one in MIDDLEWARE]
