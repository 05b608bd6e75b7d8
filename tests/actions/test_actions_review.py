"""Reviewing below the screen: approve, send back with remarks, approve the clean ones, lock, reopen."""

from __future__ import annotations

from io import BytesIO

import pytest
from actions_fixtures import KEY, actor, demonstration, desk, filed, number, rows, wrong  # noqa: F401  (fixtures)
from filing_fixtures import filed_by
from returns_fixtures import opened, put

from access import audit
from actions import files, reviewing, submitting, uploading
from actions.errors import NotAllowed, NotNow, Overtaken
from actions.keys import ReturnKey
from actions.standing import standing
from actions.story import story
from catalogue.period import Period
from warehouse.write import RemarkRow

Q3 = Period(2021, 3)
DONGZHOU, XINFU = (ReturnKey("county", unit, Q3) for unit in ("210403", "210402"))  # waits; approved
REMARK = RemarkRow(
    subject="210403", element="kindergarten.children", sheet="学前教育", cell="E8", remark="与学籍系统相差12人"
)
FEWER = put("学前教育", "E7", 14)  # one kindergarten group fewer than in `right`: nothing to explain


def seen(key: ReturnKey) -> tuple[int, str, bool]:
    return standing(key).seen


def counts(key: ReturnKey, basis: str) -> list[str]:
    """Number of the receipt that speaks for a return, where one does."""
    found = rows(
        "select number from current_receipt join receipt using (load_id, form, reporter, period) "
        "where basis = ? and form = ? and reporter = ? and period = ?",
        [basis, key.form, key.reporter, str(key.period)],
    )
    return [number for [number] in found]


def decide_all(who: str, form: str) -> None:
    """Approve whatever still waits on a form."""
    queue = reviewing.queue(actor(who), "2021Q3")
    for row in queue[(queue["form"] == form) & (queue["state"] == "filed")].itertuples():
        key = ReturnKey(form, row.reporter, Q3)
        reviewing.approve(actor(who), key, seen=seen(key))


# One return


def test_what_is_approved_counts_for_the_leaders_from_then_on(desk):  # noqa: F811
    assert (counts(DONGZHOU, "filed"), counts(DONGZHOU, "approved")) == (["2021Q3-210403-county-01"], [])
    reviewing.approve(actor("planning"), DONGZHOU, seen=seen(DONGZHOU), reason="已核对学籍系统")
    now = standing(DONGZHOU)
    assert (now.state, now.reason, now.by) == ("approved", "已核对学籍系统", actor("planning").signature)
    assert counts(DONGZHOU, "approved") == ["2021Q3-210403-county-01"]


def test_a_case_lies_beside_last_quarter_and_beside_what_was_approved(desk):  # noqa: F811
    filed()
    reviewing.approve(actor("planning"), KEY, seen=seen(KEY))
    filed(wrong(FEWER), correction="重复登记一所")
    case = reviewing.case(actor("office"), KEY)
    changed = [line for line in case.lines if line.changed_since_accepted]
    assert [(line.sheet, line.cell) for line in changed] == [("学前教育", "E7")]
    assert changed[0].accepted[1] != changed[0].now.value == 14
    assert changed[0].last is not None and changed[0].change == 14 - changed[0].last


def test_a_return_is_sent_back_with_words_on_its_cells_that_reach_the_filer(desk):  # noqa: F811
    reviewing.send_back(actor("office"), DONGZHOU, seen=seen(DONGZHOU), reason="请核对后重报", remarks=[REMARK])
    now = standing(DONGZHOU)
    assert (now.state, now.reason) == ("returned", "请核对后重报")
    assert (counts(DONGZHOU, "filed"), counts(DONGZHOU, "approved")) == ([], [])
    name, content = files.marked_return(actor("210403"), now.load_id)
    book = opened(content)
    assert "核查结果" in name and REMARK.remark in book["学前教育"]["E8"].comment.text
    assert any(REMARK.remark in str(cell.value) for row in book["核查结果"].iter_rows() for cell in row)


def test_sending_back_without_a_word_is_refused(desk):  # noqa: F811
    blank = RemarkRow(subject="210403", element="kindergarten.children", sheet="学前教育", cell="E8", remark="  ")
    with pytest.raises(NotNow, match="请写明原因"):
        reviewing.send_back(actor("office"), DONGZHOU, seen=seen(DONGZHOU), reason=" ", remarks=[blank])
    assert (standing(DONGZHOU).state, number()) == ("filed", 1)
    reviewing.send_back(actor("office"), DONGZHOU, seen=seen(DONGZHOU), reason="", remarks=[blank, REMARK])
    assert rows("select remark from remark") == [(REMARK.remark,)]


def test_an_approval_can_be_taken_back_and_the_figures_go_with_it(desk):  # noqa: F811
    reviewing.send_back(actor("planning"), XINFU, seen=seen(XINFU), reason="县区来电更正")
    assert (standing(XINFU).state, counts(XINFU, "approved")) == ("returned", [])


def test_what_is_decided_is_not_decided_again(desk):  # noqa: F811
    with pytest.raises(NotNow, match="没有需要审核的内容"):
        reviewing.approve(actor("planning"), XINFU, seen=seen(XINFU))
    reviewing.send_back(actor("planning"), DONGZHOU, seen=seen(DONGZHOU), reason="请核对")
    with pytest.raises(NotNow, match="没有需要审核的内容"):
        reviewing.approve(actor("planning"), DONGZHOU, seen=seen(DONGZHOU))
    with pytest.raises(NotNow, match="没有需要审核的内容"):
        reviewing.approve(actor("planning"), KEY, seen=seen(KEY))  # nothing was filed


def test_who_decides_about_what_has_been_decided_is_told_by_whom_and_when(desk):  # noqa: F811
    stale = seen(DONGZHOU)
    reviewing.send_back(actor("office"), DONGZHOU, seen=stale, reason="请核对")
    now = standing(DONGZHOU)
    with pytest.raises(Overtaken) as told:
        reviewing.approve(actor("planning"), DONGZHOU, seen=stale)
    assert (told.value.by, told.value.at, told.value.state) == (actor("office").signature, now.decided_at, "returned")
    assert f"{now.decided_at:%Y-%m-%d %H:%M:%S}" in str(told.value) and "退回" in str(told.value)
    [lost] = [event for event in story(actor("leader"), DONGZHOU) if event.overtaken]
    assert (lost.what, lost.who) == ("approved", actor("planning").signature)


def test_a_decision_about_a_return_that_was_replaced_meanwhile_is_not_taken(desk):  # noqa: F811
    filed()
    stale = seen(KEY)
    filed(wrong(FEWER))
    with pytest.raises(Overtaken) as told:
        reviewing.approve(actor("planning"), KEY, seen=stale)
    assert (told.value.by, told.value.state, standing(KEY).state) == (actor("210421").signature, "filed", "filed")
    submitting.withdraw(actor("210421"), KEY, seen=seen(KEY), reason="再核")
    with pytest.raises(Overtaken) as told:
        reviewing.approve(actor("planning"), KEY, seen=stale)
    assert (told.value.by, told.value.state) == (actor("210421").signature, "withdrawn")


# Corrections


def test_a_correction_that_is_sent_back_leaves_the_approved_figures_in_force(desk):  # noqa: F811
    first = filed()
    reviewing.approve(actor("planning"), KEY, seen=seen(KEY))
    filed(wrong(FEWER), correction="重复登记一所")
    reviewing.send_back(actor("planning"), KEY, seen=seen(KEY), reason="请附说明")
    assert standing(KEY).state == "returned"
    assert counts(KEY, "approved") == counts(KEY, "filed") == [first.number]


def test_a_correction_filed_again_before_it_is_approved_is_still_a_correction(desk):  # noqa: F811
    filed()
    reviewing.approve(actor("planning"), KEY, seen=seen(KEY))
    filed(wrong(FEWER), correction="重复登记一所")
    filed(wrong(put("学前教育", "E7", 13)))
    [row] = [row for row in reviewing.queue(actor("planning"), "2021Q3").itertuples() if row.reporter == "210421"]
    assert (row.state, row.correction, row.clean) == ("filed", "重复登记一所", False)
    reviewing.send_back(actor("planning"), KEY, seen=seen(KEY), reason="请附说明")
    filed(wrong(put("学前教育", "E7", 12)), correction="重复登记两所")
    [row] = [row for row in reviewing.queue(actor("planning"), "2021Q3").itertuples() if row.reporter == "210421"]
    assert (row.state, row.correction, row.clean) == ("filed", "重复登记两所", False)


# The queue, and many at once


def test_the_queue_has_every_return_owed_on_the_forms_a_department_reviews(desk):  # noqa: F811
    planning, finance = (reviewing.queue(actor(who), "2021Q3") for who in ("planning", "finance"))
    assert (set(planning["form"]), set(finance["form"])) == ({"county", "department"}, {"project"})
    assert len(planning[planning["form"] == "county"]) == 8  # the one not filed among them
    of = planning.set_index("reporter")
    assert (of.loc["210421", "state"], of.loc["210423", "late"], of.loc["210422", "times_returned"]) == (
        "missing",
        True,
        1,
    )
    assert of.loc["210403", "explained"] > 0
    assert not planning.set_index(["form", "reporter"]).loc[("department", "planning"), "mine"]


def test_only_what_had_nothing_to_explain_or_correct_is_approved_at_once(desk):  # noqa: F811
    before = number()
    done, overtaken = reviewing.approve_clean(actor("planning"), "2021Q3")
    assert {key.reporter for key in done} == {"approval", "college", "safety-arts"} and not overtaken
    assert number() == before + 1, "one act is one publication"
    assert {line.object for line in audit.entries(event="approved", result="ok")} >= {key.object for key in done}
    assert all(standing(key).state == "approved" for key in done)
    assert {ReturnKey("county", unit, Q3) for unit in ("210403", "210422", "210423")} == {
        key
        for key in (
            ReturnKey("county", row.reporter, Q3) for row in reviewing.queue(actor("planning"), "2021Q3").itertuples()
        )
        if standing(key) and standing(key).state == "filed"
    }
    assert reviewing.approve_clean(actor("planning"), "2021Q3") == ([], [])


def test_ones_own_clean_return_is_left_to_others(desk):  # noqa: F811
    own = ReturnKey("department", "office", Q3)
    reviewing.send_back(actor("planning"), own, seen=seen(own), reason="请补充")
    uploading.upload(actor("office"), "办公室.xlsx", _again(own))
    submitting.submit(actor("office"), own, seen=seen(own))
    done, _ = reviewing.approve_clean(actor("office"), "2021Q3")
    assert own not in done and standing(own).state == "filed"
    done, _ = reviewing.approve_clean(actor("planning"), "2021Q3")
    assert own in done


def _again(key: ReturnKey) -> bytes:
    """The file on record, saved once more: the same answers in other bytes."""
    book = opened(files.original(actor("leader"), standing(key).load_id)[1])
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def test_whoever_reviews_nothing_has_no_queue(desk):  # noqa: F811
    for who in ("preschool", "210421", "leader", "admin", "auditor"):
        with pytest.raises(NotAllowed):
            reviewing.queue(actor(who), "2021Q3")
        with pytest.raises(NotAllowed):
            reviewing.approve_clean(actor(who), "2021Q3")
    assert number() == 1


# The quarter


def test_a_quarter_is_not_locked_while_returns_wait_and_they_are_named(desk):  # noqa: F811
    with pytest.raises(NotNow, match="东洲区、新宾满族自治县、清原满族自治县") as told:
        reviewing.lock(actor("planning"), "2021Q3", "county")
    assert "新抚区" not in str(told.value)
    assert not standing(DONGZHOU).locked and number() == 1


def test_a_locked_quarter_is_closed_to_filers_and_reviewers(desk):  # noqa: F811
    uploading.upload(actor("210421"), "抚顺县.xlsx", wrong(FEWER))
    decide_all("planning", "county")
    assert reviewing.lock(actor("planning"), "2021Q3", "county") == 7
    assert (standing(DONGZHOU).state, standing(KEY).state, standing(KEY).locked) == ("locked", "missing", True)
    for act in (
        lambda: submitting.submit(actor("210421"), KEY, seen=seen(KEY)),
        lambda: reviewing.approve(actor("office"), DONGZHOU, seen=seen(DONGZHOU)),
        lambda: reviewing.send_back(actor("office"), DONGZHOU, seen=seen(DONGZHOU), reason="请核对"),
    ):
        with pytest.raises(NotNow, match="已锁定"):
            act()
    assert counts(DONGZHOU, "approved") == ["2021Q3-210403-county-01"]


def test_one_unit_is_let_in_again_corrects_and_the_quarter_is_locked_anew(desk):  # noqa: F811
    filed()
    decide_all("planning", "county")
    reviewing.lock(actor("planning"), "2021Q3", "county")
    reviewing.reopen(actor("office"), "2021Q3", "county", "210421", "补报一所幼儿园")
    assert (standing(KEY).state, standing(KEY).locked, standing(DONGZHOU).locked) == ("approved", False, True)
    with pytest.raises(NotNow, match="没有锁定"):
        reviewing.reopen(actor("office"), "2021Q3", "county", "210421", "再来")
    made = filed(wrong(FEWER), correction="补报一所幼儿园")
    with pytest.raises(NotNow, match="抚顺县"):
        reviewing.lock(actor("planning"), "2021Q3", "county")
    reviewing.approve(actor("planning"), KEY, seen=seen(KEY))
    reviewing.lock(actor("planning"), "2021Q3", "county")
    assert (standing(KEY).state, standing(KEY).number, counts(KEY, "approved")) == (
        "locked",
        made.number,
        [made.number],
    )


def test_a_quarter_the_plan_does_not_have_is_not_locked(desk):  # noqa: F811
    for period in ("2030Q1", "2020Q4", "nonsense"):
        with pytest.raises(NotNow):
            reviewing.lock(actor("planning"), period, "county")
    assert number() == 1


# A corrected earlier quarter


def test_filer_and_reviewer_see_which_later_return_a_correction_contradicts(desk):  # noqa: F811
    filed()
    before = ReturnKey("county", "210421", Period(2021, 2))
    trained = put("学前教育", "E17", 22)  # 2021Q3 says 19
    draft = uploading.upload(actor("210421"), "更正.xlsx", filed_by("抚顺县", "2021Q2", trained))
    assert told_against(draft.checked) == [("kindergarten.teachers.trained", "2021Q3")]
    submitting.submit(actor("210421"), before, seen=standing(before).seen, correction="漏报参训教师")
    assert told_against(reviewing.case(actor("planning"), before).checked) == [
        ("kindergarten.teachers.trained", "2021Q3")
    ]
    queue = reviewing.queue(actor("planning"), "2021Q2").set_index("reporter")
    assert (queue.contradicted["210421"], queue.contradicted["210402"]) == (1, 0)
    assert not queue.clean["210421"]


def told_against(checked) -> list[tuple[str, str]]:
    against = [finding for finding in checked.findings if finding.rule == "later_contradicts"]
    return [(finding.slot.element, str(finding.fields["later_period"])) for finding in against]
