"""The review screen: what waits, one return side by side, a decision, the quarter as a whole."""
from __future__ import annotations

from pages_fixtures import demonstration, screen, words  # noqa: F401  (fixtures)

from access import audit
from actions.keys import ReturnKey
from actions.standing import standing
from catalogue.period import Period

Q3 = Period(2021, 3)
PAGE = "pages/review.py"


def test_the_queue_shows_what_waits_for_this_department(demonstration):  # noqa: F811
    app = screen(PAGE, account="demo-planning")
    queue = app.dataframe[0].value
    assert set(queue["填报单位"]) == {"东洲区", "新宾满族自治县", "清原满族自治县", "审批科", "市教师进修学院", "安体卫艺科"}
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
