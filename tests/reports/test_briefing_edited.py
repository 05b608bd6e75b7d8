"""A briefing changed by a person: before it is taken away, and afterwards in Word."""

# ruff: noqa: F811
from __future__ import annotations

from dataclasses import replace

import pytest
from briefing_fixtures import bookmarks, changed, opened, quarter, rewritten  # noqa: F401  (fixtures)

from catalogue.wording import say
from reports.briefing.document import docx, draft
from reports.briefing.proof import altered, places, read_proof
from reports.proof import Number, sealed

SCHOOLS = "拉手共建乡村学校33所，比序时进度少6所，距45所还差12所"


@pytest.fixture
def snapshot(quarter):
    return quarter()


def last_words(content: bytes) -> str:
    return "\n".join(one.text for one in opened(content).paragraphs if one.style.name == "Note")


# Before


def test_a_rewritten_sentence_keeps_the_numbers_that_were_left(snapshot):
    told = changed(draft(snapshot), "拉手共建乡村学校33所", "截至季末，全市拉手共建乡村学校达到33所")
    found = bookmarks(docx(snapshot, told))
    assert {"n_paired_rural_schools_value", "n_paired_rural_schools_target"} <= found.keys()


def test_a_changed_number_is_only_text(snapshot):
    told = changed(draft(snapshot), "拉手共建乡村学校33所", "拉手共建乡村学校35所")
    content = docx(snapshot, told)
    found = bookmarks(content)
    assert "n_paired_rural_schools_value" not in found and "a_paired_rural_schools_value" not in found
    assert "n_paired_rural_schools_target" in found
    assert not any(number.place == "n_paired_rural_schools_value" for number in read_proof(content).numbers)
    assert altered(content) == {}  # what the file vouches for, it still says


@pytest.mark.parametrize("new", ["133所", "33.5所", "33万所", "3300所"])
def test_a_number_made_another_by_what_is_put_against_it_is_only_text(snapshot, new):
    told = changed(draft(snapshot), "拉手共建乡村学校33所", f"拉手共建乡村学校{new}")
    assert "n_paired_rural_schools_value" not in bookmarks(docx(snapshot, told))


def test_paragraphs_changed_by_hand_are_marked_and_the_file_says_so(snapshot):
    content = docx(snapshot, changed(draft(snapshot), SCHOOLS, f"经核实，{SCHOOLS}"))
    marked = [one.text for one in opened(content).paragraphs if one.text.endswith("※")]
    assert len(marked) == 1 and marked[0].startswith("经核实")
    assert say("briefing.mark.edited") in last_words(content)


def test_a_paragraph_taken_out_is_gone_with_its_numbers_and_counted(snapshot):
    told = draft(snapshot)
    paragraphs = tuple(replace(one, text="") if SCHOOLS in one.text else one for one in told.paragraphs)
    content = docx(snapshot, replace(told, paragraphs=paragraphs))
    assert not any("paired_rural_schools" in name for name in bookmarks(content) if name.startswith("n_"))
    assert "由人工删去的段落有1段" in last_words(content) and "※" not in last_words(content)


def test_an_untouched_file_has_no_marks(briefing):
    assert "※" not in "".join(one.text for one in opened(briefing).paragraphs)
    assert "人工" not in last_words(briefing)


def test_what_a_person_pastes_in_cannot_break_the_file(snapshot):
    told = changed(
        draft(snapshot), SCHOOLS, f"第一行\n第二行\x0b\x00\ud83d<w:t>&amp; {SCHOOLS}".encode("utf-8", "ignore").decode()
    )
    [line] = [one.text for one in opened(docx(snapshot, told)).paragraphs if "第二行" in one.text]
    assert line.startswith("第一行\n第二行<w:t>&amp;")


# The proof, and afterwards


def test_the_file_carries_what_it_stands_on(snapshot, briefing):
    told = draft(snapshot)
    proof = read_proof(briefing)
    assert (proof.kind, proof.period, proof.version, proof.demo) == (
        "briefing",
        "2021Q3",
        snapshot.version.number,
        True,
    )
    assert proof.numbers == told.numbers and sealed(proof) == proof
    assert proof.line() in last_words(briefing)


def test_each_bookmark_holds_its_number(snapshot, briefing):
    told = draft(snapshot)
    assert places(briefing) == {claim.name: claim.text for claim in told.claims}


def test_a_number_changed_in_word_is_found_where_it_stands(briefing):
    assert altered(briefing) == {}
    assert altered(rewritten(briefing, ">33所<", ">39所<")) == {"n_paired_rural_schools_value": "39所"}


def test_a_number_whose_bookmark_is_gone_is_found(briefing):
    assert altered(rewritten(briefing, 'w:name="n_paired_rural_schools_value"', 'w:name="other"')) == {
        "n_paired_rural_schools_value": ""
    }


def test_a_change_covered_up_in_the_list_of_what_was_printed_is_found(briefing):
    content = rewritten(briefing, ">33所<", ">39所<")
    forged = rewritten(
        content,
        '"n_paired_rural_schools_value": "33所"',
        '"n_paired_rural_schools_value": "39所"',
        "customXml/item1.xml",
    )
    assert altered(forged) == {"n_paired_rural_schools_value": "39所"}


def test_a_number_struck_out_with_tracked_changes_does_not_count(briefing):
    struck = rewritten(
        briefing, '<w:t xml:space="preserve">33所</w:t>', '<w:delText xml:space="preserve">33所</w:delText>'
    )
    assert altered(struck) == {"n_paired_rural_schools_value": ""}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no zip at all"])
def test_what_is_no_word_file_is_refused(content):
    with pytest.raises(ValueError):
        read_proof(content)


def test_a_word_file_of_somebody_else_is_refused(tmp_path):
    import docx as python_docx

    python_docx.Document().save(tmp_path / "other.docx")
    with pytest.raises(ValueError, match="no proof"):
        read_proof((tmp_path / "other.docx").read_bytes())


@pytest.mark.parametrize(
    ("text", "value", "holds"),
    [
        ("79.61%", 79.605, True),
        ("1,120万元", 1120.0, True),
        ("0起", 0.0, True),
        ("33所", 39.0, False),
        ("79.7%", 79.605, False),
        ("没有", 1.0, False),
    ],
)
def test_a_printed_numeral_is_held_against_the_value(text, value, holds):
    from reports.briefing.proof import says

    assert says(text, Number("a", None, "2021Q3", "value", value)) is holds
