"""The QR code on paper: it holds the address of the check of the code that is printed beside it."""

# ruff: noqa: F811
from __future__ import annotations

import io

import docx
import pytest
from proof_fixtures import here, own_data  # noqa: F401  (fixtures)
from workbook_fixtures import opened

from catalogue.wording import use_language
from reports import paper, verify
from reports.briefing import document
from reports.workbook import kinds

ADDRESS = "https://plan.example.cn/board/"


def test_without_an_address_nothing_is_printed(here, monkeypatch):
    monkeypatch.delenv(paper.SETTING, raising=False)
    assert paper.link(here.proof("poster")) == ""


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_address_names_quarter_code_and_language(here, monkeypatch, lang):
    monkeypatch.setenv(paper.SETTING, ADDRESS)
    use_language(lang)
    proof = here.proof("poster")
    wanted = f"https://plan.example.cn/board/takeaway?period=2021Q3&code={proof.code}&lang={lang}"
    assert paper.link(proof) == wanted


@pytest.mark.parametrize(
    "told", ["plan.example.cn", "ftp://x", "https://", "https://x?a=1", "https://x:port", "javascript:x"]
)
def test_what_no_telephone_could_open_is_refused_in_words(here, monkeypatch, told):
    monkeypatch.setenv(paper.SETTING, told)
    with pytest.raises(paper.BadAddress, match="DASHBOARD_ADDRESS"):
        paper.link(here.proof("poster"))


def test_a_briefing_and_a_workbook_carry_it_and_are_still_genuine(here, monkeypatch):
    monkeypatch.setenv(paper.SETTING, ADDRESS)
    snapshot = here.snapshot
    word = document.docx(snapshot, document.draft(snapshot))
    document_ = docx.Document(io.BytesIO(word))
    [code] = [one.get("descr") for one in document_.element.body.iter() if one.tag.endswith("}docPr")]
    assert code.startswith("https://plan.example.cn/board/takeaway?period=2021Q3&code=")
    assert any(code in one.text for one in document_.paragraphs)
    book = kinds.summary(snapshot)
    cover = opened(book).worksheets[0]
    assert len(cover._images) == 1
    told = [cell.value for row in cover.iter_rows() for cell in row if "takeaway?" in str(cell.value or "")]
    assert len(told) == 1
    for name, content in (("x.docx", word), ("x.xlsx", book)):
        assert [one.holds for one in verify.verify(name, content)] == [True]


def test_the_code_is_a_picture_of_that_address_and_no_other():
    address = "https://plan.example.cn/takeaway?period=2021Q3&code=0123-4567-89AB-CDEF&lang=zh"
    assert paper.qr(address).startswith(b"\x89PNG")
    assert paper.qr(address) != paper.qr(address.replace("CDEF", "CDEE"))
