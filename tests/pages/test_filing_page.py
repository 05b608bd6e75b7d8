"""A county files its quarter on the screen: template, findings, reasons, confirm, receipt, withdrawal."""

from __future__ import annotations

import pytest
from actions_fixtures import demonstration, desk  # noqa: F401  (fixtures)
from filing_fixtures import (
    ACCOUNT,
    KEY,
    NAME,
    PRESCHOOL,
    actor,
    explain,
    filing,
    press,
    right,
    submitted,
    table,
    told,
    uploaded,
    wrong,
)
from pages_fixtures import signed_in, words
from returns_fixtures import put

from access import audit
from actions import drafts, reviewing
from actions.standing import standing
from catalogue.wording import say
from warehouse.write import RemarkRow

pytestmark = pytest.mark.usefixtures("desk")
TOO_MANY, EMPTY = put(PRESCHOOL, "E7", 99), put(PRESCHOOL, "E10", None)
BECAUSE = "新建小区配套幼儿园86所，9月开园"


def choose_group(app, kind: str):
    next(each for each in app.segmented_control if each.key.startswith("finding group")).set_value(kind).run()
    return app


def test_it_opens_on_the_quarter_that_waits_with_its_state_its_deadline_and_what_to_do():
    said = words(filing())
    assert "抚顺县 2021年第三季度 教育工作要点县区季度报表" in said
    assert "○ 未报" in said
    assert "截止2021年10月11日，已逾期4天" in said
    assert "下载已预填的模板" in said


def test_a_unit_that_has_filed_everything_opens_on_the_last_quarter_due():
    said = words(filing("demo-210402"))
    assert "新抚区 2021年第三季度" in said and "✓ 通过" in said
    assert "截止2021年10月11日，已按时报送" in said


def test_a_late_return_says_so():
    assert "截止2021年10月11日，迟报" in words(filing("demo-210423"))


def test_findings_stand_at_once_in_groups_with_last_quarters_value_and_what_to_do():
    app = uploaded(filing(), (NAME, wrong(TOO_MANY, EMPTY)))
    assert "必须改正1条，待说明1条" in told(app)
    [row] = table(app, "位置", "问题").to_dict("records")
    assert (row["位置"], row["数据项"], row["本期"], row["上期"]) == ("学前教育!E10", "民办园在园幼儿", "未填", "388人")
    assert "不得留空" in row["处理办法"]
    [row] = table(choose_group(app, "explain"), "位置", "问题").to_dict("records")
    assert (row["位置"], row["本期"], row["上期"]) == ("学前教育!E7", "99所", "13所")
    with pytest.raises(KeyError):
        app.button(key="submit")


def test_findings_can_be_looked_at_sheet_by_sheet():
    app = uploaded(filing(), (NAME, wrong(EMPTY, put("义务教育", "E14", None))))
    assert len(table(app, "位置", "问题")) == 2
    next(each for each in app.selectbox if each.key.startswith("finding sheet")).set_value("义务教育").run()
    assert table(app, "位置", "问题")["位置"].tolist() == ["义务教育!E14"]


def test_a_reason_typed_on_the_page_settles_a_finding_and_an_empty_phrase_does_not():
    app = choose_group(uploaded(filing(), (NAME, wrong(TOO_MANY))), "explain")
    explain(app, {0: "同上"})
    assert "“同上”不能算作说明" in told(app)
    assert "待说明1条" in told(app)
    explain(app, {0: BECAUSE})
    assert say("filing.ready") in told(app)
    assert [reason.reason for reason in drafts.reasons(KEY).values() if reason.value == "99"] == [BECAUSE]


def test_from_a_wrong_file_to_the_receipt():
    app = uploaded(filing(), (NAME, wrong(TOO_MANY, EMPTY)))
    uploaded(app, (NAME, right()))
    assert "核查通过，已存为草稿，尚未提交" in told(app)
    lines = table(app, "标记", "较上期")
    row = lines[lines["位置"] == "学前教育!E8"].to_dict("records")[0]
    assert (row["本期"], row["上期"], row["较上期"]) == ("1,163人", "1,176人", "−13人")
    moves = table(app, "提交后亮灯")
    row = moves[moves["指标"] == "德育“一校一案”覆盖率"].to_dict("records")[0]
    assert (row["现在"], row["现在亮灯"], row["提交后"], row["提交后亮灯"]) == ("—", "○ 灰灯", "92%", "■ 红灯")
    submitted(app)
    now = standing(KEY)
    assert now.state == "filed" and drafts.find(KEY) is None
    said = words(app)
    assert f"已提交，回执号{now.number}" in said and "数据版本第2版" in said and now.sha256 in said
    assert "▷ 已报" in said and "✎ 草稿" not in said
    assert table(app, "事项", "回执号")["事项"].tolist() == ["报送"]


def test_nothing_is_submitted_before_the_confirm():
    app = press(uploaded(filing(), (NAME, right())), "submit")
    assert "提交后由审核科室审核" in words(app)
    assert standing(KEY).state == "missing"


def test_a_draft_is_still_there_after_signing_in_again():
    uploaded(filing(), (NAME, wrong(TOO_MANY)))
    app = filing(ACCOUNT, session=signed_in(ACCOUNT))
    assert "✎ 草稿" in words(app) and f"草稿：{NAME}" in words(app)
    assert "待说明1条" in told(app)


def test_a_draft_can_be_thrown_away_after_asking():
    app = press(uploaded(filing(), (NAME, wrong(EMPTY))), "discard")
    assert drafts.find(KEY) is not None
    press(app, "yes discard")
    assert drafts.find(KEY) is None and "草稿已放弃" in told(app) and "○ 未报" in words(app)


def test_a_return_can_be_withdrawn_with_a_reason_while_nobody_has_decided():
    app = press(submitted(uploaded(filing(), (NAME, right()))), "withdraw")
    press(app, "yes withdraw")
    assert "请写明原因" in told(app) and standing(KEY).state == "filed"
    app.text_area(key="withdraw reason").set_value("用错了文件").run()
    press(app, "yes withdraw")
    assert standing(KEY).state == "missing" and "○ 未报" in words(app)
    history = table(app, "事项", "说明")
    assert history[["事项", "说明"]].to_numpy().tolist() == [["撤回", "用错了文件"], ["报送", ""]]


def test_what_came_back_shows_the_reviewers_words_cell_by_cell():
    submitted(uploaded(filing(), (NAME, right())))
    said = RemarkRow(
        subject="210421", element="kindergarten.children", sheet=PRESCHOOL, cell="E8", remark="与学籍系统不符"
    )
    reviewing.send_back(actor("planning"), KEY, seen=standing(KEY).seen, reason="请核对在园幼儿数", remarks=[said])
    app = filing()
    assert "↩ 退回" in words(app) and "请核对在园幼儿数" in told(app)
    [row] = table(app, "审核意见").to_dict("records")
    assert (row["位置"], row["数据项"], row["审核意见"]) == ("学前教育!E8", "在园幼儿总数", "与学籍系统不符")


def test_the_very_same_file_again_is_nothing_to_submit():
    app = submitted(uploaded(filing(), (NAME, right())))
    uploaded(app, (NAME, right()))
    assert "文件和说明完全相同，无须再次提交" in told(app)
    assert not [button for button in app.button if button.key == "submit"]


def test_another_units_return_in_the_address_is_refused_and_logged():
    app = filing(reporter="210402", form="county", quarter="2021Q3")
    assert say("session.not_for_you") in told(app)
    assert "新抚区 2021年" not in words(app)
    assert any("210402" in line.object for line in audit.entries(result="refused"))
