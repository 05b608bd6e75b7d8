"""What one office writes and another opens: words stay words, workbooks come without what acts."""

from __future__ import annotations

from datetime import date

import pytest
from actions_fixtures import (  # noqa: F401  (fixtures)
    KEY,
    actor,
    demonstration,
    desk,
    filed,
    number,
    right,
    uploaded,
)
from annotate_fixtures import opened

from actions import deadlines, drafts, files, reviewing, submitting, uploading
from actions.errors import NotNow
from actions.standing import standing
from etl.errors import Infected
from etl.scan import VARIABLE
from etl.submission import fingerprint
from warehouse import originals
from warehouse.write import RemarkRow

FORMULA = '=HYPERLINK("http://10.0.0.9/","请点击这里查看说明")'
ACTS = {
    "explain": lambda seen: uploading.explain(actor("210421"), KEY, {("210421", "kindergarten.sites"): FORMULA}),
    "correct": lambda seen: submitting.submit(actor("210421"), KEY, seen=seen, correction=FORMULA),
    "withdraw": lambda seen: submitting.withdraw(actor("210421"), KEY, seen=seen, reason=FORMULA),
    "send back": lambda seen: reviewing.send_back(actor("planning"), KEY, seen=seen, reason=FORMULA),
    "remark": lambda seen: reviewing.send_back(
        actor("planning"),
        KEY,
        seen=seen,
        reason="请核对",
        remarks=[
            RemarkRow(subject="210421", element="kindergarten.sites", sheet="学前教育", cell="E7", remark=FORMULA)
        ],
    ),
    "reopen": lambda seen: reviewing.reopen(actor("planning"), "2021Q3", KEY.form, KEY.reporter, FORMULA),
    "deadline": lambda seen: deadlines.move(actor("admin"), "2021Q3", "", "", date(2021, 11, 5), FORMULA),
}


def test_no_word_that_is_given_with_an_act_may_be_a_formula(desk):  # noqa: F811
    filed()
    uploaded()
    before = number()
    for act, do in ACTS.items():
        with pytest.raises(NotNow) as refused:
            do(standing(KEY).seen)
        assert refused.value.key == "formula_in_words" and "HYPERLINK" in str(refused.value), act
    assert number() == before and standing(KEY).state == "filed"


def test_a_reviewer_gets_a_workbook_made_anew_and_the_sender_their_own(desk):  # noqa: F811
    filed()
    load_id = standing(KEY).load_id
    ours = opened(files.marked_return(actor("planning"), load_id)[1])["核查结果"]["A5"].value
    theirs = opened(files.marked_return(actor("210421"), load_id)[1])["核查结果"]["A5"].value
    assert "重新生成" in ours and not theirs
    assert files.original(actor("planning"), load_id)[1] == right()


def test_an_upload_that_the_scanner_refuses_is_neither_read_nor_kept(desk, monkeypatch):  # noqa: F811
    monkeypatch.setenv(VARIABLE, "false")
    monkeypatch.setattr(uploading, "check_return", lambda *_, **__: pytest.fail("was read"))
    found = uploading.upload(actor("210421"), "抚顺县.xlsx", right())
    assert isinstance(found.refusal, Infected) and drafts.keys() == frozenset()
    assert not originals.path_of(fingerprint(right())).exists()
