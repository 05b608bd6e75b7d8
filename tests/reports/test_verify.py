"""Files that came back: true to their version and the newest, changed by hand, forged, of a version that is gone."""

# ruff: noqa: F811
from __future__ import annotations

import shutil
from functools import cached_property

import pytest
from briefing_fixtures import W, changed, rewritten
from docx import Document
from proof_fixtures import (  # noqa: F401  (fixtures)
    BOOKS,
    ENDING,
    UNIT,
    a_number,
    blank_picture,
    by_libreoffice,
    checked,
    here,
    keyless,
    move_on,
    own_data,
    painted_over,
    resealed,
    saved,
    seen_from,
    text_chunk,
    told,
    with_cells,
    with_number,
    with_proof,
)

from catalogue.wording import say
from reports.briefing import document
from reports.files import make
from reports.pictures import picture, poster, poster_overview
from reports.proof import read_json
from reports.snapshot import Snapshot, take

ALL = (*BOOKS, "briefing", "poster", "chart")


@pytest.fixture(scope="module")
def moved(own_data, here):
    """新抚区 has filed once more: version 2, with seven more pupils aided."""
    folder = own_data.parent / "moved"
    shutil.copytree(own_data, folder)
    move_on(folder)
    return folder


@pytest.fixture
def later(moved):
    with seen_from(moved):
        yield moved


@pytest.fixture
def forgotten(moved, tmp_path):
    """Version 1 is no longer kept."""
    shutil.copytree(moved, tmp_path / "var")
    (tmp_path / "var" / "warehouse" / "000001.duckdb").unlink()
    with seen_from(tmp_path / "var"):
        yield


# Untouched


@pytest.mark.parametrize("kind", ALL)
def test_an_untouched_file_holds(here, kind):
    found = checked(kind, here.made(kind))
    assert found.holds and found.as_made and found.kept
    assert (found.then, found.now, found.altered, found.touched) == ((), (), (), False)
    assert len(found.proof.numbers) >= 5 and found.proof.version == found.newest == here.snapshot.version.number
    said = told(found)
    assert f"与数据第{found.newest}版一致（{len(found.proof.numbers)}个数）" in said and found.proof.code in said
    assert len(said.splitlines()) == 2


@pytest.mark.parametrize("kind", ["county_workbook", "indicator_workbook", "layout"])
def test_a_workbook_that_was_only_opened_and_saved_holds(here, kind):
    assert checked(kind, with_cells(here.made(kind), {})).holds


def test_of_a_file_of_the_newest_version_the_numbers_are_read_once(here, monkeypatch):
    read, rows = [], Snapshot.rows.func
    again = cached_property(lambda snapshot: read.append(snapshot.version.number) or rows(snapshot))
    again.__set_name__(Snapshot, "rows")
    monkeypatch.setattr(Snapshot, "rows", again)
    found = checked("summary", here.made("summary"))
    assert found.holds and found.then == found.now == () and read == [here.snapshot.version.number]


def test_a_briefing_whose_words_were_changed_before_it_was_taken_holds(here):
    draft = document.draft(here.snapshot)
    content = document.docx(here.snapshot, changed(draft, "拉手共建乡村学校33所", "全市拉手共建乡村学校35所"))
    found = checked("briefing", content)
    assert found.holds and 0 < len(found.proof.numbers) < len(draft.numbers)


# Changed by hand


@pytest.mark.parametrize("kind", BOOKS)
def test_a_cell_changed_in_a_workbook_is_named_with_what_it_was_and_is(here, kind):
    content = here.made(kind)
    proof = checked(kind, content).proof
    subject = None if kind == "layout" else UNIT
    number = a_number(proof, subject=subject)
    found = checked(kind, with_cells(content, {number.place: 999_999}))
    assert [(one.place, one.was, one.now, one.number) for one in found.altered] == [
        (number.place, f"{number.value:.12g}", "999999", number)
    ]
    assert not found.holds and not found.as_made and found.genuine and found.then == ()
    assert f"{number.place}  资助学生数（aided-pupils） {'新抚' if subject else '全市'}" in told(found).replace(
        "新抚区", "新抚"
    )
    assert f"{number.value:.12g} → 999999" in told(found)


@pytest.mark.parametrize(("value", "now"), [(None, "无此数"), ("未报", "未报"), (True, "True")])
def test_a_number_taken_out_or_made_a_word_is_named_too(here, value, now):
    content = here.made("indicator_workbook")
    number = a_number(checked("indicator_workbook", content).proof)
    found = checked("indicator_workbook", with_cells(content, {number.place: value}))
    assert [one.place for one in found.altered] == [number.place] and f"→ {now}" in told(found)


def test_a_sheet_given_another_name_has_lost_its_numbers(here):
    content = here.made("layout")
    assert not checked("layout", content).altered
    found = checked("layout", rewritten(content, 'name="季度快报"', 'name="快报"', "xl/workbook.xml"))
    assert len(found.altered) == len(found.proof.numbers)


def test_a_number_changed_in_the_briefing_is_named(here, tmp_path):
    path = tmp_path / "通报.docx"
    path.write_bytes(here.made("briefing"))
    opened = Document(str(path))
    runs = [run for paragraph in opened.paragraphs for run in paragraph._p.iter(f"{W}t") if run.text == "33所"]
    runs[0].text = "45所"
    opened.save(path)
    found = checked("briefing", path.read_bytes())
    [one] = found.altered
    assert (one.place, one.was, one.now, one.number.indicator) == (
        "n_paired_rural_schools_value",
        "33所",
        "45所",
        "paired-rural-schools",
    )
    assert not found.holds and "33所 → 45所" in told(found)


@pytest.mark.parametrize("kind", ["poster", "chart"])
def test_a_picture_painted_over_that_kept_its_text_is_found(here, kind):
    found = checked(kind, painted_over(here.made(kind)))
    assert found.genuine and found.touched and not found.holds
    assert "图片在导出后被改动过" in told(found)


# The newest has moved on


@pytest.mark.parametrize("kind", ["county_workbook", "indicator_workbook", "poster", "chart"])
def test_a_file_of_an_older_version_holds_and_what_has_moved_is_named(here, later, kind):
    found = checked(kind, here.made(kind))
    assert found.holds and found.newest == found.proof.version + 1
    assert found.now and {one.what.indicator for one in found.now} <= {"aided-pupils", "aid-amount"}
    assert {one.found - one.what.value for one in found.now if one.what.what == "value"} == {7}
    said = told(found)
    assert f"与数据第{found.proof.version}版一致" in said and f"与最新的第{found.newest}版相比" in said
    one = found.now[0]
    assert f"{one.what.value:.12g} → {one.found:.12g}" in said


def test_what_did_not_move_is_said_to_hold_in_the_newest_too(here, later):
    found = checked("indicator_workbook", make("indicator_workbook", here.snapshot, "public-share"))
    assert found.holds and found.now == () and f"与最新的第{found.newest}版也一致" in told(found)


@pytest.mark.parametrize("kind", ["county_workbook", "briefing", "chart"])
def test_a_version_that_is_gone_is_said_and_is_not_taken_for_true(here, forgotten, kind):
    found = checked(kind, here.made(kind))
    assert found.as_made and not found.kept and not found.holds
    assert "已不在本机" in told(found) and "版一致" not in told(found)


def test_a_version_there_never_was_is_not_taken_for_true(here):
    found = checked("layout", with_proof(here.made("layout"), lambda proof: resealed(proof, version=99)))
    assert not found.holds and "数据第99版已不在本机" in told(found)


def test_a_plan_that_was_changed_since_is_said(here):
    assert "要点目录在导出后有改动" not in told(checked("layout", here.made("layout")))
    lie = {"plan_digest": "0123456789abcdef"}
    found = checked("layout", with_proof(here.made("layout"), lambda proof: resealed(proof, **lie)))
    assert "要点目录在导出后有改动（01234567→" in told(found)


def test_a_file_of_a_key_that_was_lost_is_compared_and_not_vouched_for(here, later, tmp_path):
    shutil.copytree(later, tmp_path / "var")
    (tmp_path / "var" / "seal.key").unlink()
    with seen_from(tmp_path / "var"):
        before = checked("layout", here.made("layout"))
        again = checked("layout", make("layout", take("2021Q3", "filed"), BOOKS["layout"]))
        found = checked("layout", here.made("layout"))
    assert before == found and found.strange and found.untold and again.holds
    assert say("verify.strange_key") in told(found) and say("verify.not_genuine") not in told(found)


# With a browser


def test_a_poster_as_it_is_drawn_holds(here):
    if lack := picture.available():
        pytest.skip(lack)
    try:
        content = poster.png(poster_overview.overview(here.snapshot))
    finally:
        picture.stop()
    found = checked("poster", content)
    assert found.holds and found.proof == read_json(here.proof("poster").as_json())
