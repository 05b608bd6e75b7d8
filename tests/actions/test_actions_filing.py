"""From a file to a receipt, below the screen: drafts, reasons, submitting, replacing, correcting, withdrawing."""

from __future__ import annotations

import pytest
from actions_fixtures import (  # noqa: F401  (fixtures)
    KEY,
    actor,
    demonstration,
    desk,
    filed,
    number,
    right,
    saved_again,
    wrong,
)
from returns_fixtures import put

from access import audit
from actions import drafts, files, reviewing, submitting, uploading
from actions.errors import NotNow, Overtaken
from actions.keys import ReturnKey
from actions.standing import standing
from actions.story import story
from catalogue.period import Period
from etl.errors import NotOver, PersonalData, TwoFiles
from etl.submission import fingerprint
from warehouse import originals, read, store

COUNT = put("学前教育", "E7", 40)  # three times the kindergartens: asks for a reason
OTHER = put("学前教育", "E7", 14)


def column(basis: str, indicator: str = "public-share") -> dict[str, float]:
    with store.open_version(store.newest(store.data_folder())) as con:
        rows = read.values(con, "2021Q3", KEY.reporter, indicator, basis)
    return dict(zip(rows["indicator"], rows["value"], strict=True))


# Drafts


def test_a_wrong_file_is_kept_as_a_draft_and_cannot_be_submitted(desk):  # noqa: F811
    found = uploading.upload(actor("210421"), "错.xlsx", wrong(COUNT))
    assert not found.ready and found.draft.key == KEY
    assert drafts.find(KEY).file_name == "错.xlsx"
    with pytest.raises(NotNow, match="还有必须改正或需要说明的问题"):
        submitting.submit(actor("210421"), KEY, seen=standing(KEY).seen)
    assert (number(), standing(KEY).state) == (1, "missing")


def test_a_file_that_is_no_return_of_mine_leaves_no_draft(desk):  # noqa: F811
    for content in (b"", b"hello", right()):
        who = "210402" if content == right() else "210421"
        found = uploading.upload(actor(who), "x.xlsx", content)
        assert found.refusal is not None and found.draft is None
    assert drafts.keys() == frozenset()
    assert [line.result for line in audit.entries(event="upload")] == ["refused"] * 3


def test_a_file_with_personal_data_is_not_kept_nor_its_name_logged(desk):  # noqa: F811
    content = wrong(put("学前教育", "H9", "210421201503070018"))
    found = uploading.upload(actor("210421"), "210421201503070018.xlsx", content)
    assert isinstance(found.refusal, PersonalData) and drafts.keys() == frozenset()
    with pytest.raises(FileNotFoundError):
        originals.content(fingerprint(content))
    [line] = audit.entries(event="upload")
    assert "210421201503070018" not in line.detail and line.detail.endswith("PersonalData")


def test_a_reason_given_for_a_value_counts_until_the_value_changes(desk):  # noqa: F811
    who = actor("210421")
    found = uploading.upload(who, "错.xlsx", wrong(COUNT))
    asked = {(finding.slot.subject, finding.slot.element) for finding in found.checked.findings if finding.is_open}
    uploading.explain(who, KEY, dict.fromkeys(asked, "两所民办园转为公办园"))
    assert uploading.draft_of(who, KEY).ready
    assert uploading.upload(who, "再传.xlsx", wrong(COUNT)).ready
    assert not uploading.upload(who, "又改.xlsx", wrong(put("学前教育", "E7", 41))).ready


def test_a_filler_is_no_reason(desk):  # noqa: F811
    who = actor("210421")
    found = uploading.upload(who, "错.xlsx", wrong(COUNT))
    slot = next(finding.slot for finding in found.checked.findings if finding.is_open)
    with pytest.raises(NotNow, match="不能算作说明"):
        uploading.explain(who, KEY, {(slot.subject, slot.element): "同上"})
    assert (slot.subject, slot.element) not in drafts.reasons(KEY)


# Submitting


def test_a_receipt_names_the_file_and_the_time_and_the_draft_is_gone(desk):  # noqa: F811
    made = filed()
    now = standing(KEY)
    assert (now.state, now.number, now.sha256) == ("filed", made.number, made.sha256)
    assert made.number == "2021Q3-210421-county-01" and f"{made.at:%Y-%m-%d}" == "2021-10-15"
    assert drafts.find(KEY) is None
    name, page = files.receipt(actor("210421"), now.load_id)
    assert made.number in name and made.sha256 in page.decode() and "演示数据" in page.decode()


def test_the_impact_shown_is_what_the_marts_say_afterwards(desk):  # noqa: F811
    who = actor("210421")
    uploading.upload(who, "抚顺县.xlsx", right())
    told = uploading.impact(who, KEY).set_index("indicator")["then"].to_dict()
    assert number() == 1
    filed()
    assert told["public-share"] == pytest.approx(column("filed")["public-share"])
    assert told["trainees"] == column("filed", "trainees")["trainees"]


def test_the_same_file_again_changes_nothing(desk):  # noqa: F811
    made = filed()
    with pytest.raises(NotNow, match=made.number):
        filed()
    assert number() == made.version


def test_the_same_file_with_a_better_reason_is_filed_again_and_keeps_each_reason_with_its_receipt(desk):  # noqa: F811
    who, content = actor("210421"), wrong(COUNT)
    found = uploading.upload(who, "抚顺县.xlsx", content)
    [slot] = [finding.slot for finding in found.checked.findings if finding.is_open]
    at = (slot.subject, slot.element)
    uploading.explain(who, KEY, {at: "新认定一批民办园"})
    first = submitting.submit(who, KEY, seen=standing(KEY).seen)
    reviewing.send_back(actor("planning"), KEY, seen=standing(KEY).seen, reason="请写明是哪些园")
    uploading.upload(who, "抚顺县.xlsx", content)
    with pytest.raises(NotNow, match=first.number):
        submitting.submit(who, KEY, seen=standing(KEY).seen)
    uploading.explain(who, KEY, {at: "新认定石文镇等二十七所民办园"})
    assert (
        reviewing.case(actor("planning"), KEY).checked.ret.entries[slot].reason == "新认定一批民办园"
    )  # as it was filed
    second = submitting.submit(who, KEY, seen=standing(KEY).seen)
    assert second.number != first.number and second.sha256 == first.sha256
    assert reviewing.case(actor("planning"), KEY).checked.ret.entries[slot].reason == "新认定石文镇等二十七所民办园"


def test_a_return_that_waits_is_replaced_and_the_first_one_withdrawn(desk):  # noqa: F811
    first = filed()
    second = filed(content=wrong(OTHER))
    assert standing(KEY).number == second.number != first.number
    assert [event.what for event in story(actor("210421"), KEY)] == ["submitted", "withdrawn", "submitted"]


def test_what_was_seen_must_still_be_true(desk):  # noqa: F811
    seen = standing(KEY).seen
    made = filed()
    uploading.upload(actor("210421"), "x.xlsx", wrong(OTHER))
    with pytest.raises(Overtaken) as quicker:
        submitting.submit(actor("210421"), KEY, seen=seen)
    assert quicker.value.at == made.at and "demo-210421" in quicker.value.by
    assert drafts.find(KEY) is not None


def test_a_withdrawn_return_counts_no_more_and_can_be_filed_again(desk):  # noqa: F811
    filed()
    submitting.withdraw(actor("210421"), KEY, seen=standing(KEY).seen, reason="填错了")
    assert standing(KEY).state == "missing"
    assert filed().number == "2021Q3-210421-county-02"


def test_an_approved_return_is_corrected_with_a_reason_and_stays_until_then(desk):  # noqa: F811
    filed()
    reviewing.approve(actor("planning"), KEY, seen=standing(KEY).seen)
    before = column("approved", "trainees")
    with pytest.raises(NotNow, match="请写明更正原因"):
        filed(content=wrong(OTHER))
    with pytest.raises(NotNow, match="只有待审核的报表可以撤回"):
        submitting.withdraw(actor("210421"), KEY, seen=standing(KEY).seen, reason="x")
    filed(content=wrong(OTHER), correction="漏报一所新建幼儿园")
    assert standing(KEY).state == "filed"
    assert column("approved", "trainees") == before
    assert next(event.detail for event in story(actor("210421"), KEY)) == "漏报一所新建幼儿园"


def test_a_quarter_takes_no_return_before_it_is_over(desk, monkeypatch):  # noqa: F811
    who = actor("210421")
    assert uploading.upload(who, "抚顺县.xlsx", right()).ready
    monkeypatch.setenv("DASHBOARD_TODAY", "2021-09-30")  # its last day
    with pytest.raises(NotNow, match="到2021年9月30日才结束"):
        submitting.submit(who, KEY, seen=standing(KEY).seen)
    assert isinstance(uploading.upload(who, "又传.xlsx", right()).refusal, NotOver)
    monkeypatch.setenv("DASHBOARD_TODAY", "2021-10-01")
    assert submitting.submit(who, KEY, seen=standing(KEY).seen).number


def test_of_two_files_of_one_drop_for_one_return_neither_is_kept(desk):  # noqa: F811
    who = actor("210421")
    uploading.upload(who, "先前的.xlsx", right())
    both = uploading.upload_all(who, [("甲.xlsx", right()), ("乙.xlsx", wrong(OTHER))])
    assert [type(one.refusal) for one in both] == [TwoFiles, TwoFiles]
    assert "乙.xlsx" in str(both[0].refusal) and "学前教育!E7" in str(both[0].refusal)
    assert drafts.find(KEY).file_name == "先前的.xlsx"


def test_two_files_of_one_drop_that_say_the_same_leave_one_draft(desk):  # noqa: F811
    first, second = uploading.upload_all(actor("210421"), [("甲.xlsx", right()), ("乙.xlsx", saved_again(2))])
    assert first.ready and (second.same_as, second.draft) == ("甲.xlsx", None)
    assert drafts.find(KEY).file_name == "甲.xlsx"


def test_a_locked_quarter_takes_no_return_until_it_is_opened_for_this_unit(desk):  # noqa: F811
    quarter = ReturnKey("county", "210421", Period(2021, 2))
    reviewing.lock(actor("planning"), "2021Q2", "county")
    assert standing(quarter).locked
    with pytest.raises(NotNow, match="请写明原因"):
        reviewing.reopen(actor("planning"), "2021Q2", "county", "210421", "  ")
    reviewing.reopen(actor("planning"), "2021Q2", "county", "210421", "核对学校数")
    assert (standing(quarter).locked, standing(quarter).state) == (False, "approved")
    assert standing(ReturnKey("county", "210402", Period(2021, 2))).locked
