"""Sentences that know their numbers, and what is left of them when a person has written over them."""

from __future__ import annotations

import pytest

from catalogue.wording import say
from reports.briefing.sentence import Claim, Sentence, bound, fill, together

NINE = Claim("9座", "改造", "文件1", "toilets")
FOUR = Claim("4座", "差距", "文件1", "gap")
SAID = Sentence(("不卫生厕所改造", NINE, "，还差", FOUR, "。"))


def kept(text: str) -> list[str]:
    return [piece.text for piece in bound(SAID, text) if isinstance(piece, Claim)]


def test_a_sentence_reads_as_its_wording_does():
    told = fill("charts.finding.short", what="改造", value=NINE, target="13座", gap=FOUR)
    assert told.text == say("charts.finding.short", what="改造", value="9座", target="13座", gap="4座")
    assert told.claims == (NINE, FOUR)


def test_sentences_within_sentences_keep_their_claims():
    inner = fill("charts.finding.plain", what="改造", value=NINE)
    assert fill("progress.sentence", told=inner).claims == (NINE,)
    assert together((inner, FOUR), "、").text == "改造9座、4座"


def test_nothing_changed_is_everything_kept():
    assert bound(SAID, SAID.text) == list(SAID.parts)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("全市不卫生厕所改造达到9座，目前还差4座。", ["9座", "4座"]),
        ("不卫生厕所改造已完成9座。", ["9座"]),
        ("不卫生厕所改造10座，还差4座。", ["4座"]),
        ("不卫生厕所改造19座，还差4座。", ["4座"]),
        ("不卫生厕所改造1,9座，还差4座。", ["4座"]),
        ("不卫生厕所改造0.9座，还差4座。", ["4座"]),
        ("不卫生厕所改造第9座，还差4座。", ["4座"]),
        ("不卫生厕所改造−9座，还差4座。", ["4座"]),
        ("不卫生厕所改造9座多，还差4座。", ["4座"]),
        ("不卫生厕所改造三9座，还差4座。", ["4座"]),
        ("还差4座，已改造9座。", ["9座"]),  # what was moved past another is not followed
        ("", []),
    ],
)
def test_what_stands_as_it_was_is_kept_and_what_was_made_another_number_is_not(text, left):
    assert kept(text) == left
    assert "".join(piece if isinstance(piece, str) else piece.text for piece in bound(SAID, text)) == text
