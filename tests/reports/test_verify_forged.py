"""Files that came back and are no longer what left: changed beside the listed numbers, or forged and sealed again."""

# ruff: noqa: F811
from __future__ import annotations

import hashlib
import io
import zlib
from dataclasses import replace

import pytest
from briefing_fixtures import W
from docx import Document
from PIL import Image
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
from workbook_fixtures import opened

from catalogue.wording import say
from reports.__main__ import main
from reports.pictures import png_text
from reports.proof import sealed

# Changed beside the numbers


@pytest.mark.parametrize("key", ["tasks", "works", "returns", "data", "cover"])
def test_a_cell_that_is_no_listed_number_is_told_with_its_sheet(here, key):
    content, sheet = here.made("summary"), say(f"workbook.sheet.{key}")
    book = opened(content, values=True)
    next(cell for row in book[sheet].iter_rows(min_row=5) for cell in row if cell.value is not None).value = "999"
    found = checked("summary", saved(book))
    assert found.outside == (say("verify.sheet_changed", sheet=sheet),) and found.altered == ()
    assert found.genuine and not found.holds and say("verify.outside") in told(found)


def test_a_sheet_put_in_or_taken_out_is_named(here):
    book = opened(here.made("summary"), values=True)
    book.create_sheet("说明")["A1"] = "全部完成"
    del book[say("workbook.sheet.tasks")]
    found = checked("summary", saved(book))
    assert set(found.outside) == {
        say("verify.sheet_added", sheet="说明"),
        say("verify.sheet_gone", sheet=say("workbook.sheet.tasks")),
    }


def test_a_listed_number_that_was_changed_is_not_told_twice(here):
    content = here.made("indicator_workbook")
    number = a_number(checked("indicator_workbook", content).proof)
    assert checked("indicator_workbook", with_cells(content, {number.place: 7})).outside == ()


def test_a_word_of_the_bureaus_layout_is_held_too(here):
    content = here.made("layout")
    book = opened(content)
    cell = next(cell for row in book.worksheets[0].iter_rows() for cell in row if isinstance(cell.value, str))
    found = checked("layout", with_cells(content, {f"{book.worksheets[0].title}!{cell.coordinate}": "改了"}))
    assert found.outside == (say("verify.sheet_changed", sheet=book.worksheets[0].title),)


def test_a_number_changed_in_the_annex_table_is_told_with_its_row(here):
    document = Document(io.BytesIO(here.made("briefing")))
    row = next(row for table in document.tables for row in table.rows if row.cells[1].text == "33所")
    next(one for one in row.cells[1]._tc.iter(f"{W}t") if one.text == "33所").text = "45所"
    found = checked("briefing", saved(document))
    assert found.altered == () and not found.holds and found.genuine
    assert "45所" in found.outside[0] and found.outside[1:] == (say("verify.paragraphs_gone", count=1),)


def test_digits_typed_beside_a_number_are_told_with_the_paragraph(here):
    document = Document(io.BytesIO(here.made("briefing")))
    paragraph = next(one for one in document.paragraphs if any(t.text == "33所" for t in one._p.iter(f"{W}t")))
    paragraph.add_run("全市共1000所。")
    found = checked("briefing", saved(document))
    assert found.altered == () and not found.holds
    assert found.outside[0].startswith("现为") and len(found.outside) == 2


def test_paragraphs_in_another_order_are_told(here):
    document = Document(io.BytesIO(here.made("briefing")))
    first = next(one for one in document.paragraphs if one.style.name == "Body Text")
    first._p.getnext().addnext(first._p)
    assert checked("briefing", saved(document)).outside == (say("verify.paragraphs_moved"),)


@pytest.mark.parametrize("kind", ["summary", "county_workbook", "layout", "briefing"])
def test_a_file_that_another_program_saved_again_holds(here, kind, tmp_path):
    """Values are compared, not looks: LibreOffice writes both anew."""
    assert checked(kind, by_libreoffice(here.made(kind), ENDING.get(kind, "xlsx"), tmp_path)).holds


# Forged

FORGERS = {"as it was": replace, "with another key": resealed, "with no key": keyless}


@pytest.mark.parametrize("forger", FORGERS.values(), ids=FORGERS)
def test_a_number_changed_in_the_cell_and_in_the_hidden_proof_is_found_by_the_warehouse(here, forger):
    content = here.made("indicator_workbook")
    number = a_number(checked("indicator_workbook", content).proof)
    forged = with_cells(
        content,
        {one.place: 888 for one in checked("indicator_workbook", content).proof.numbers if one.key == number.key},
    )

    def change(proof):
        numbers = tuple(replace(one, value=888.0) if one.key == number.key else one for one in proof.numbers)
        return forger(proof, numbers=numbers)

    found = checked("indicator_workbook", with_proof(forged, change))
    assert not found.holds and not found.untold and found.altered == ()
    assert {(one.what.key, one.what.value, one.found) for one in found.then} == {(number.key, 888.0, number.value)}
    assert f"888 → {number.value:.12g}" in told(found)


@pytest.mark.parametrize("forger", FORGERS.values(), ids=FORGERS)
def test_a_number_changed_in_the_cell_and_dropped_from_the_proof_never_holds(here, forger):
    content = here.made("indicator_workbook")
    number = a_number(checked("indicator_workbook", content).proof)
    forged = with_cells(content, {number.place: 888})

    def change(proof):
        return forger(proof, numbers=tuple(one for one in proof.numbers if one.place != number.place), texts=())

    found = checked("indicator_workbook", with_proof(forged, change))
    assert not found.holds and (not found.genuine or found.strange)


@pytest.mark.parametrize("forger", FORGERS.values(), ids=FORGERS)
@pytest.mark.parametrize(
    "lie",
    [
        {"demo": False},
        {"plan": "抚教发〔2099〕9号"},
        {"plan_digest": "0123456789abcdef"},
        {"counted": 25},
        {"owed": 24},
        {"published_at": "2021-10-01 08:00"},
    ],
    ids=str,
)
def test_what_a_file_says_of_its_plan_and_its_returns_is_held_against_its_version(here, lie, forger):
    found = checked("layout", with_proof(here.made("layout"), lambda proof: forger(proof, **lie)))
    assert not found.claims and not found.holds and "不符" in told(found)
    assert found.strange or not found.genuine


def test_a_proof_without_its_list_of_sheets_is_not_taken_for_true(here):
    found = checked("summary", with_proof(here.made("summary"), lambda proof: replace(proof, texts=())))
    assert not found.genuine and not found.holds


def test_the_genuine_proof_of_another_file_is_not_taken_for_true(here):
    """A poster's names no cells, so nothing in the sheets would speak against it."""
    found = checked("layout", with_proof(here.made("layout"), lambda proof: here.proof("poster")))
    assert not found.genuine and not found.holds


@pytest.mark.parametrize("digest", ["", "0" * 64, hashlib.sha256(blank_picture()).hexdigest()])
def test_a_blank_picture_with_a_genuine_posters_proof_is_found(here, digest):
    blank = blank_picture()
    body = png_text._OURS + zlib.compress(f"{here.proof('poster').as_json()}\n{digest}".encode())
    chunk = len(body).to_bytes(4, "big") + b"iTXt" + body + zlib.crc32(b"iTXt" + body).to_bytes(4, "big")
    found = checked("poster", blank[: png_text.HEADER] + chunk + blank[png_text.HEADER :])
    assert found.genuine and found.touched and not found.holds


def test_one_picture_with_the_text_of_another_is_found(here):
    picture = Image.new("RGB", (90, 60), "#ff0000")
    other = png_text.put(saved(picture, "PNG"), here.proof("chart").as_json())
    found = checked("poster", other.replace(text_chunk(other), text_chunk(here.made("poster"))))
    assert found.touched and not found.holds


def test_a_picture_with_a_number_it_never_had_is_found(here):
    proof = here.proof("poster")
    forged = sealed(with_number(proof, proof.numbers[0], proof.numbers[0].value + 1))
    found = checked("poster", png_text.put(blank_picture(), forged.as_json()))
    assert found.as_made and not found.holds and len(found.then) == 1


def test_a_file_older_than_keys_is_compared_and_not_vouched_for(here):
    found = checked("layout", with_proof(here.made("layout"), keyless))
    assert found.strange and found.genuine and found.untold and not found.holds and found.then == ()
    assert say("verify.no_key") in told(found)


@pytest.mark.parametrize(("forger", "code"), [("as it was", 1), ("with another key", 1), ("with no key", 2)])
def test_the_command_line_never_ends_well_on_a_forgery(here, tmp_path, capsys, forger, code):
    path = tmp_path / "来件.xlsx"
    path.write_bytes(with_proof(here.made("layout"), lambda proof: FORGERS[forger](proof, numbers=())))
    assert main(["verify", str(path)]) == code
    assert say("verify.not_genuine" if code == 1 else "verify.no_key") in capsys.readouterr().out
