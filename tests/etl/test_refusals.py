"""A refusal in words, in both languages, and on its way between processes."""

from __future__ import annotations

import pickle

import pytest

from catalogue.period import Period
from catalogue.wording import LANGUAGES, use_language, wordings
from etl import errors

FOUND = (
    "pdf",
    "image",
    "document",
    "slides",
    "archive",
    "web_page",
    "xml_spreadsheet",
    "xml",
    "text",
    "program",
    "old_excel",
    "unknown",
)
UNREAD = ("download", "template", "document", "scan", "archive", "no_file", "no_access", "other")
ARCHIVES = (
    "damaged", "empty", "members", "bytes", "unzipped", "nested", "path", "encrypted", "method", "member_damaged",
    "member_bytes", "ratio",
)  # fmt: skip
SOURCES = ("comment", "text_box", "sheet_name", "file_name", "content")
WHAT = ("bytes", "unzipped", "members", "sheets", "rows", "columns", "cells")
REFUSALS = [
    errors.Unreadable(problem="x"), *(errors.NotAWorkbook(found=found) for found in FOUND),
    errors.EmptyFile(), errors.OneTab(found="学前教育", sheets=6), errors.Encrypted(), errors.ReadTimeout(seconds=20), errors.ReaderDied(),
    *(errors.TooLarge(what=what, found=2, limit=1, where="表!A2") for what in WHAT),
    errors.FormUnknown(found=""), errors.FormUnknown(found="B99"), errors.OldVersion(form="县区季报", version="1", current="2"),
    errors.UnitUnknown(found=""), errors.UnitUnknown(found="沈阳市"), errors.OtherUnit(found="新抚区", expected="东洲区"),
    errors.PeriodUnknown(found=""), errors.PeriodUnknown(found="2021年5月"),
    errors.OtherPeriod(found=Period(2021, 2), expected=Period(2021, 3)), errors.SameFileAsBefore(period=Period(2021, 2)),
    *(errors.NotRead(why=why, suffix=".docx") for why in UNREAD),
    *(errors.BadArchive(why=why, found=2, limit=1) for why in ARCHIVES),
    *(errors.NotOver(when=when, period=Period(2021, 4), last_day="2021年12月31日", due="—") for when in ("over", "begun")),
    *(errors.TwoFiles(by=by, name="甲", others="乙", count=1, where="表!A2") for by in ("load", "drop")),
    *(errors.PersonalData(at="表!B2", heading="身份证号", source=source) for source in SOURCES),
    errors.PersonalData(at="表!B2", heading="身份证号"), errors.NotUnderstood(problem="KeyError"),
    errors.Infected(), errors.NotScanned(),
]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("refused", REFUSALS, ids=lambda refused: f"{refused.key} {refused.fields}")
def test_every_refusal_says_what_is_wrong_and_what_to_do(refused, language):
    use_language(language)
    try:
        assert len(str(refused)) > 5 and len(refused.mend()) > 5
        assert "{" not in str(refused) + refused.mend()
    finally:
        use_language("zh")


def test_every_kind_of_refusal_is_in_the_list_above():
    def kinds(of: type) -> set[type]:
        return {of, *(kind for child in of.__subclasses__() for kind in kinds(child))}

    assert {type(refused) for refused in REFUSALS} == kinds(errors.ReturnRefused) - {errors.ReturnRefused}


def test_both_languages_word_the_same_refusals():
    chinese, english = ({key for key in wordings(lang) if key.startswith("refused")} for lang in LANGUAGES)
    assert chinese == english


def test_the_closest_words_are_taken():
    assert str(errors.NotAWorkbook(found="pdf")) == "这是PDF文件，不是电子表格。"
    assert str(errors.NotAWorkbook(found="unknown")) == "该文件不是电子表格。"
    assert str(errors.FormUnknown(found="")) == "没有找到表式代码，不是本平台的报表。"
    assert str(errors.SameFileAsBefore(period=Period(2021, 2))).startswith("与2021年第二季度已报送的文件完全相同")
    assert str(errors.TooLarge(what="rows", found=1_048_576, limit=20_000, where="表1!A1048576")) == (
        "表1!A1048576有内容：第1048576行，超过上限20000行。"
    )


@pytest.mark.parametrize("refused", REFUSALS, ids=lambda refused: f"{refused.key} {refused.fields}")
def test_a_refusal_travels_between_processes(refused):
    arrived = pickle.loads(pickle.dumps(refused))
    assert (type(arrived), arrived.fields, str(arrived)) == (type(refused), refused.fields, str(refused))
