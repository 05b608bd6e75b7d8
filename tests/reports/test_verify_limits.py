"""Files made to keep the server busy: each is read at once, given up, or refused in words."""

# ruff: noqa: F811
from __future__ import annotations

import time
from dataclasses import replace

import pytest
from briefing_fixtures import member, rewritten
from proof_fixtures import blank_picture, here, zipped  # noqa: F401  (fixture)

from catalogue.wording import say
from reports import carried, verify
from reports.carried import NoProof
from reports.pictures import png_text
from reports.proof import sealed
from reports.snapshot import take
from reports.workbook import proof as workbook_proof


def refused(content: bytes) -> str:
    with pytest.raises(NoProof) as problem:
        verify.verify("来件", content)
    return str(problem.value)


def test_a_pack_stands_on_one_version_which_is_read_once(here, monkeypatch):
    asked = []

    def taken(*given):
        asked.append(given)
        return take(*given)

    monkeypatch.setattr(verify, "take", taken)
    content = zipped({f"{n}.png": here.made("chart") for n in range(30)})
    assert len(verify.verify("图表.zip", content)) == 30
    assert len(asked) == len(set(asked)) == 2  # which version is the newest, and the one of the pack


def test_more_pictures_than_any_pack_has_are_refused(here, monkeypatch):
    monkeypatch.setattr(carried, "PICTURES", 3)
    assert refused(zipped({f"{n}.png": blank_picture() for n in range(4)})) == say("verify.too_many", most=3)


def test_pictures_of_many_versions_are_refused(here):
    proof = here.proof("chart")
    parts = {
        f"{n}.png": png_text.put(blank_picture(), sealed(replace(proof, version=n + 1)).as_json()) for n in range(9)
    }
    assert refused(zipped(parts)) == say("verify.too_many_quarters", most=8)


def test_more_parts_than_any_document_has_are_refused(here):
    assert refused(zipped({f"{n}.txt": b"" for n in range(2_001)})) == say("verify.too_large")


def test_a_sheet_that_says_it_is_as_large_as_can_be_is_read_at_once(here):
    layout, part = here.made("layout"), "xl/worksheets/sheet1.xml"
    size = member(layout, part).find("{*}dimension").get("ref")
    content = rewritten(layout, f'ref="{size}"', 'ref="A1:XFD1048576"', part)
    begun = time.monotonic()
    assert verify.verify("x.xlsx", content)[0].holds
    assert time.monotonic() - begun < 2


def test_a_workbook_that_takes_too_long_is_given_up(here, monkeypatch):
    content = here.made("summary")
    monkeypatch.setattr(workbook_proof, "SECONDS", 0)
    assert refused(content) == say("verify.too_long")


def test_a_heap_of_bookmarks_is_refused(here):
    heap = "".join(f'<w:bookmarkStart w:id="{n}" w:name="n_{n}"/>' for n in range(1_000, 1_020))
    assert refused(rewritten(here.made("briefing"), "<w:body>", f"<w:body>{heap}")) == say("verify.none")


def test_a_picture_cut_into_crumbs_is_not_followed_to_its_end(here):
    crumbs = here.made("poster") + b"\0\0\0\0abcd\0\0\0\0" * 200_000
    begun = time.monotonic()
    assert not verify.verify("x.png", crumbs)[0].holds
    assert time.monotonic() - begun < 1
