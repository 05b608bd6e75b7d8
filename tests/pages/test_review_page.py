"""The review screen: what waits, one return side by side, a decision, the quarter as a whole."""

from __future__ import annotations

from actions_fixtures import KEY, actor, desk, filed, rows, wrong  # noqa: F401  (fixtures)
from pages_fixtures import demonstration, screen, words  # noqa: F401  (fixtures)
from returns_fixtures import edited, put

from access import audit
from actions import files, reviewing, submitting, uploading
from actions.keys import ReturnKey
from actions.standing import standing
from catalogue.period import Period

Q3 = Period(2021, 3)
PAGE = "pages/review.py"
DONGZHOU, QINGYUAN = (ReturnKey("county", unit, Q3) for unit in ("210403", "210423"))


def opened(key, account="demo-planning", **query):
    return screen(PAGE, account, form=key.form, reporter=key.reporter, period=str(key.period), **query)


def press(app, *keys):
    for key in keys:
        app.button(key=key).click().run()
        assert not app.exception, app.exception
    return app


def lines(app):
    """The table of the return's entries, to be written into or only read."""
    return next(each.value for each in app.dataframe if "数据项" in each.value.columns)


def write(app, row, text):
    """A remark typed into a row of the table on show."""
    app.session_state[app.data_editor[0].key] = {"edited_rows": {row: {"退回意见": text}}}
    app.run()
    assert not app.exception, app.exception


def test_the_queue_shows_what_waits_for_this_department(demonstration):  # noqa: F811
    app = screen(PAGE, account="demo-planning")
    queue = app.dataframe[0].value
    assert set(queue["填报单位"]) == {
        "东洲区",
        "新宾满族自治县",
        "清原满族自治县",
        "审批科",
        "市教师进修学院",
        "安体卫艺科",
    }
    assert set(queue["状态"]) == {"▷ 已报"}
    assert queue.set_index("填报单位")["按时"]["清原满族自治县"] == "迟报"


def test_a_return_is_opened_by_its_address_and_approved(demonstration):  # noqa: F811
    app = screen(PAGE, account="demo-planning", form="county", reporter="210403", period="2021Q3")
    assert "东洲区 2021年第三季度报表" in words(app)
    app.button(key="approve").click().run()
    app.button(key="yes approve").click().run()
    assert not app.exception
    assert standing(ReturnKey("county", "210403", Q3)).state == "approved"
    assert "东洲区的报表已审核通过。" in words(app)


def test_sending_back_wants_a_reason_and_keeps_it(demonstration):  # noqa: F811
    app = screen(PAGE, account="demo-planning", form="county", reporter="210423", period="2021Q3")
    assert app.button(key="send back").disabled
    key = ReturnKey("county", "210423", Q3)
    app.text_area(key=f"review reason {standing(key).load_id}").set_value("请核对集团成员校。").run()
    app.button(key="send back").click().run()
    app.button(key="yes send back").click().run()
    now = standing(key)
    assert (now.state, now.reason) == ("returned", "请核对集团成员校。")


def test_ones_own_return_can_be_read_and_not_decided(demonstration):  # noqa: F811
    app = screen(PAGE, account="demo-planning", form="department", reporter="planning", period="2021Q3")
    assert "须由其他科室审核" in words(app)
    assert [button.key for button in app.button if button.key in ("approve", "send back")] == []


def test_a_form_of_others_in_the_address_is_refused(demonstration):  # noqa: F811
    app = screen(PAGE, account="demo-finance", form="county", reporter="210403", period="2021Q3")
    assert "您没有查看这部分内容的权限" in words(app)
    lines = audit.entries(event="refused")
    assert {(line.name, line.object) for line in lines} == {("demo-finance", "return:county/210403/2021Q3")}


def test_the_clean_ones_are_approved_together_and_the_others_wait(demonstration):  # noqa: F811
    app = screen(PAGE, account="demo-office")
    app.button(key="approve clean").click().run()
    assert all(name in words(app) for name in ("审批科", "市教师进修学院", "安体卫艺科"))
    app.button(key="yes clean").click().run()
    assert not app.exception
    assert standing(ReturnKey("department", "college", Q3)).state == "approved"
    assert standing(ReturnKey("county", "210403", Q3)).state == "filed"


def test_a_quarter_with_waiting_returns_is_not_locked_and_says_which(demonstration):  # noqa: F811
    app = screen(PAGE, account="demo-planning")
    app.button(key="lock").click().run()
    assert "不能锁定：东洲区、新宾满族自治县、清原满族自治县" in words(app) or "还有报表待审核，不能锁定" in words(app)
    assert not standing(ReturnKey("county", "210402", Q3)).locked


def test_an_earlier_quarter_is_locked_and_one_unit_is_let_in_again(demonstration):  # noqa: F811
    app = screen(PAGE, account="demo-planning", period="2021Q1")
    app.button(key="lock").click().run()
    key, other = (ReturnKey("county", code, Period(2021, 1)) for code in ("210402", "210403"))
    assert standing(key).locked and standing(key).state == "locked"
    app.selectbox(key="reopen whom").set_value("210402").run()
    app.text_input(key="reopen reason").set_value("补报漏填的学校").run()
    app.button(key="reopen").click().run()
    assert not app.exception
    assert (standing(key).locked, standing(key).state) == (False, "approved")
    assert standing(other).locked


def test_the_english_screen_speaks_english(demonstration):  # noqa: F811
    app = screen(PAGE, account="demo-planning", lang="en", form="county", reporter="210403")
    assert "Dongzhou, return for Q3 2021" in words(app)


# One return, side by side


def test_only_what_is_worth_a_look_is_shown_until_all_is_asked_for(demonstration):  # noqa: F811
    app = opened(QINGYUAN)
    table = lines(app).set_index("位置")
    assert table.index.tolist() == ["学前教育!E8", "教师队伍与其他!E15"]
    line = table.loc["教师队伍与其他!E15"]
    assert (line["标记"], line["本期"], line["上期"], line["较上期"]) == ("▼ 下降较多", "18处", "23处", "−5处")
    assert "超过20%" in line["核查"] and "双减" in line["说明"]
    app.toggle(key="review every line").set_value(True).run()
    assert len(lines(app)) == 76


def texts(app):
    return next(each.proto.body for each in app.get("html") if '<table class="review-texts">' in each.proto.body)


def test_what_departments_write_can_be_read_in_full_beside_last_quarter(desk):  # noqa: F811
    html = texts(opened(ReturnKey("department", "approval", Q3)))
    assert "<td>落实“双减”要求压减学科类机构，民办义务教育学校规范整治摸底完成，与公办学校同步招生平稳。</td>" in html
    assert "<td>教师资格认定、民办学校变更等事项实现全程网办，网办率较一季度提高。</td>" in html


def test_what_departments_write_is_never_markup(desk):  # noqa: F811
    key = ReturnKey("department", "vocational", Q3)
    content = files.original(actor("vocational"), standing(key).load_id)[1]
    made = uploading.upload(
        actor("vocational"), "职教科.xlsx", edited(content, put("任务进展", "D6", "<img src=x>已印发方案。"))
    )
    assert made.ready
    submitting.submit(actor("vocational"), key, seen=standing(key).seen)
    html = texts(opened(key))
    assert "<td>&lt;img src=x&gt;已印发方案。</td>" in html and "<img" not in html


def test_a_correction_is_shown_beside_what_was_approved(desk):  # noqa: F811
    filed()
    reviewing.approve(actor("planning"), KEY, seen=standing(KEY).seen)
    filed(wrong(put("学前教育", "E7", 14)), correction="重复登记一所")
    app = opened(KEY)
    queue = app.dataframe[0].value.set_index("填报单位")
    assert queue.loc["抚顺县", "备注"] == "更正：重复登记一所"
    line = lines(app).set_index("位置").loc["学前教育!E7"]
    assert line["本期"] == "14所" and line["已通过"] not in ("", "—", "14所")


def test_a_return_filed_again_shows_why_it_was_sent_back(demonstration):  # noqa: F811
    said = words(opened(ReturnKey("county", "210422", Q3)))
    assert "这份报表曾被退回" in said and "有2所学校同时加入两个联盟" in said


# Remarks, and what follows a decision


def test_remarks_are_kept_from_view_to_view_and_go_with_the_return(demonstration):  # noqa: F811
    app = opened(QINGYUAN)
    write(app, 1, "请附注销名单")
    app.toggle(key="review every line").set_value(True).run()
    write(app, 0, "请核对机构数")
    app.toggle(key="review every line").set_value(False).run()
    assert app.button(key="send back").label == "退回（2处意见）"
    assert lines(app)["退回意见"].tolist() == ["", "请附注销名单"]
    press(app, "send back", "yes send back")
    first = reviewing.case(actor("office"), QINGYUAN).lines[0]
    kept = rows("select sheet || '!' || cell, remark from remark order by remark desc")
    assert kept == [("教师队伍与其他!E15", "请附注销名单"), (f"{first.sheet}!{first.cell}", "请核对机构数")]


def test_after_a_decision_the_next_one_that_waits_is_opened(demonstration):  # noqa: F811
    app = press(opened(DONGZHOU), "approve", "yes approve")
    assert "接着审核：新宾满族自治县。" in words(app)
    assert "新宾满族自治县 2021年第三季度报表" in words(app)
    app = press(app, "approve", "yes approve")
    app = press(app, "approve", "yes approve")
    assert "审批科 2021年第三季度报表" in words(app)


def test_whoever_decides_second_is_told_in_the_question_who_was_quicker(desk):  # noqa: F811
    app = opened(DONGZHOU)
    press(app, "approve")
    reviewing.send_back(actor("office"), DONGZHOU, seen=standing(DONGZHOU).seen, reason="请核对")
    app.button(key="yes approve").click().run()
    assert standing(DONGZHOU).state == "returned"
    assert actor("office").signature in words(app)


def test_the_question_before_approving_together_says_what_is_left_and_why(demonstration):  # noqa: F811
    app = press(screen(PAGE, account="demo-planning"), "approve clean")
    assert "东洲区　教育工作要点县区季度报表：有7个已说明的问题，须看说明是否成立" in words(app)
    app = press(app, "yes clean")
    assert "已通过3份。" in words(app) and "其余3份仍待审核" in words(app)
