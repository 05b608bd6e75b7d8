"""报送情况: the chasing screen, counted by hand from the sample returns on 15 October 2021."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import icalendar
import openpyxl
import pytest
from admin_fixtures import AT, DRAFT, acting, house, lines_of, load_id, newest, publish  # noqa: F401  (fixtures)
from pages_fixtures import demonstration, screen, words  # noqa: F401

from access import db
from actions import chasing, deadlines, drafts, versions
from actions.drafts import Draft
from actions.errors import NotAllowed
from actions.keys import ReturnKey
from catalogue.load import current_plan
from catalogue.period import Period
from catalogue.wording import say, use_language
from ui.kit import downloads
from ui.reads import kept
from ui.screens.returns import matrix as screen_of_returns
from ui.screens.returns.matrix import COLOURS
from warehouse import read, store

PAGE = "pages/returns.py"
MISSING = ReturnKey("county", "210421", Period(2021, 3))  # 抚顺县


def keep_draft(key: ReturnKey) -> None:
    with db.writing() as con:
        drafts.keep(Draft(key, "0" * 64, "草稿.xlsx", "demo-210421", AT), con)


def matrix(app):
    """Office -> its line of the matrix; of an office with several forms the last."""
    table = app.dataframe[0].value
    return {line[table.columns[0]]: line for line in table.to_dict("records")}


def shown(app) -> int:
    return len(app.dataframe[0].value)


# What it says


def test_the_sentence_and_the_shares_are_what_a_clerk_would_count(house):  # noqa: F811
    with store.open_version(newest()) as con:
        rows = read.status(con, "2021Q3", date(2021, 10, 15))
    came = rows[rows["state"].isin(["filed", "approved", "locked"])]
    late = came[came["late"]]
    assert (len(rows), len(came), list(late["reporter"])) == (25, 23, ["210423"])
    assert list(rows[rows["state"] == "returned"]["reporter"]) == ["vocational"]
    assert list(rows[rows["state"] == "missing"]["reporter"]) == ["210421"]
    app = screen(PAGE)
    said = words(app)
    assert "应报25份，已报23份（按时22份，迟报1份），退回待改1份，草稿未提交0份，未报1份；逾期未报1份。" in said
    assert "截止日期2021年10月11日。" in said
    # 23 and 22 of 25; all 25 came in time the quarter before
    assert [(each.value, each.delta) for each in app.metric] == [("92%", "−8个百分点"), ("88%", "−12个百分点")]


def test_the_first_quarter_has_none_to_be_compared_with(house):  # noqa: F811
    app = screen(PAGE, period="2021Q1")
    assert [(each.value, each.delta) for each in app.metric] == [("100%", ""), ("100%", "")]
    assert "本期报表已全部报齐。" in app.code[0].value
    assert "本期没有需要催报的单位。" in words(app)


def test_the_matrix_has_the_colours_that_pandas_gives_it(house, monkeypatch):  # noqa: F811
    shown = screen(PAGE).dataframe[0]
    kept.forget()
    plainly = screen_of_returns._styler
    monkeypatch.setattr(screen_of_returns, "_coloured", lambda *given: plainly(*given).set_uuid("matrix"))
    plain = screen(PAGE).dataframe[0]
    one, other = (each.proto.arrow_data.styler for each in (shown, plain))
    assert one.styles == other.styles and "background-color: #f8e1df" in one.styles
    assert one.display_values == other.display_values
    assert shown.value.equals(plain.value)


def test_every_cell_of_the_matrix_is_a_shape_and_a_word(house):  # noqa: F811
    app = screen(PAGE)
    lines = matrix(app)
    assert shown(app) == len(lines) == 25
    assert {name for name in lines if name.startswith("规划科")} == {  # it owes two forms, and is named with each
        "规划科（改善办学条件项目进度季度报表）",
        "规划科（教育工作要点责任单位季度报表）",
    }
    assert [*lines][:3] == ["新抚区", "东洲区", "望花区"] and [*lines][8:10] == ["组织部", "纪检组"]
    told = {who: (line["三季度"], line["三季度期限"]) for who, line in lines.items()}
    assert told["抚顺县"] == ("○ 未报·逾期", "逾期4天")
    assert told["清原满族自治县"] == ("▷ 已报·迟", "迟3天")
    assert told["新宾满族自治县"] == ("▷ 已报", "按时")  # sent back once, but it first came in time
    assert told["职教科"] == ("↩ 退回", "已过4天")
    assert told["新抚区"] == ("✓ 通过", "按时")
    assert {line["四季度"] for line in lines.values()} == {"· 未到期"}
    assert lines["职教科"]["退回原因"].startswith("可计数事项G12填3项")
    assert lines["清原满族自治县"]["回执号"] == "2021Q3-210423-county-01"


def test_before_the_due_day_nothing_is_overdue(house, monkeypatch):  # noqa: F811
    monkeypatch.setenv("DASHBOARD_TODAY", "2021-10-09")
    app = screen(PAGE)
    assert matrix(app)["抚顺县"]["三季度"] == "○ 未报" and matrix(app)["抚顺县"]["三季度期限"] == "还有2天"
    assert "逾期未报0份" in words(app)
    assert "报送提醒" in app.code[0].value


def test_a_draft_is_told_from_nothing_and_does_not_hide_what_was_sent_back(house):  # noqa: F811
    keep_draft(MISSING)
    keep_draft(ReturnKey("department", "vocational", Period(2021, 3)))
    keep_draft(DRAFT)  # beside a return on record
    app = screen(PAGE)
    lines = matrix(app)
    assert lines["抚顺县"]["三季度"] == "✎ 草稿·逾期"
    assert (lines["职教科"]["三季度"], lines["东洲区"]["三季度"]) == ("↩ 退回", "▷ 已报")
    assert "草稿未提交1份，未报0份；逾期未报1份。" in words(app)
    assert "草稿未提交：" in app.code[0].value


def test_a_locked_return_is_shown_as_locked(house):  # noqa: F811
    publish(lambda writer: writer.review(load_id("210402"), "locked", AT, "张三"))
    assert matrix(screen(PAGE))["新抚区"]["三季度"] == "■ 锁定"


def test_the_matrix_is_narrowed_by_form_and_by_state(house):  # noqa: F811
    app = screen(PAGE)
    states = next(each for each in app.pills if each.key == "chase state")
    assert [option.removeprefix("↩ ") for option in states.options] == ["○ 未报 1", "退回 1", "▷ 已报 7", "✓ 通过 16"]
    states.set_value(["missing", "returned"]).run()
    assert set(matrix(app)) == {"抚顺县", "职教科"}
    app.selectbox(key="chase form").set_value("county").run()
    assert set(matrix(app)) == {"抚顺县"}
    app.selectbox(key="chase form").set_value("project").run()
    assert shown(app) == 1 and not app.exception


def test_the_least_punctual_come_first(house):  # noqa: F811
    table = screen(PAGE).dataframe[1].value
    first = table.head(4).set_index("填报单位")
    assert first.loc["抚顺县"].tolist() == [3, 2, 0, 0, 1, 0]
    assert first.loc["清原满族自治县"].tolist() == [3, 2, 1, 0, 0, 0]
    assert first.loc["职教科"].tolist() == [3, 2, 0, 1, 0, 1]
    assert first.loc["新宾满族自治县"].tolist() == [3, 3, 0, 0, 0, 1]
    assert table["应报"].sum() == 75  # 25 in each of three quarters; the fourth is not due


def test_the_figure_of_the_shares_is_drawn_with_its_words(house):  # noqa: F811
    [figure] = screen(PAGE).get("plotly_chart")
    assert "2021年第三季度报送率92%，按时率88%" in figure.proto.spec


# What is copied


def test_there_is_a_text_for_everybody_and_one_for_each_that_owes(house):  # noqa: F811
    app = screen(PAGE)
    everybody, one = (each.value for each in app.code)
    assert "应报25份，已报23份（按时22份，迟报1份），未报1份，退回待改1份。" in everybody
    assert "感谢新抚、东洲、望花、顺城、新宾、市直、组织部" in everybody and "请勿据此办理" in everybody
    assert "G12" not in everybody  # reasons are for their reporter alone
    assert one.startswith("【再次催报】抚顺县：")
    whom = app.selectbox(key="chase whom")
    assert whom.options == ["抚顺县：○ 未报", "职教科：↩ 退回"]
    whom.set_value("vocational").run()
    assert "2021Q3-vocational-department-01已退回" in app.code[1].value and "G12填3项" in app.code[1].value


def test_what_is_owed_in_other_quarters_is_mentioned(house):  # noqa: F811
    assert "其他报告期另有2份逾期或退回待改" in words(screen(PAGE, period="2021Q2"))
    assert "其他报告期" not in words(screen(PAGE))


def test_on_a_version_from_the_past_nobody_is_chased(house):  # noqa: F811
    first = newest().number
    versions.freeze(acting(), first, "三季度调度会", "2021Q3")
    publish(lambda writer: writer.review(load_id("210402"), "returned", AT, "张三", "数值有误"))
    keep_draft(MISSING)
    app = screen(PAGE, version=str(first))
    assert say("chasing.pinned") in words(app) and not app.code
    assert matrix(app)["抚顺县"]["三季度"] == "○ 未报·逾期"
    assert matrix(app)["新抚区"]["三季度"] == "✓ 通过"
    assert not app.get("download_button")


# Who, and in which language


@pytest.mark.parametrize("account", ["demo-leader", "demo-planning", "demo-admin"])
def test_those_who_chase_have_the_screen(house, account):  # noqa: F811
    assert "2021年第三季度报送情况" in words(screen(PAGE, account))


@pytest.mark.parametrize("account", ["demo-210421", "demo-auditor"])
def test_nobody_else_has_it_nor_its_files(house, account):  # noqa: F811
    with pytest.raises(ValueError, match="returns"):
        screen(PAGE, account)
    for make in (chasing.deadlines, chasing.status_table):
        with pytest.raises(NotAllowed):
            make(acting(account.removeprefix("demo-")), "zh")
    assert lines_of("refused", "refused") == [(account, "page:returns", "chase")] * 2
    assert lines_of("download") == []


def test_the_english_screen_speaks_english(house):  # noqa: F811
    app = screen(PAGE, lang="en")
    said = words(app)
    assert (
        "25 returns owed, 23 filed (22 on time, 1 late), 1 sent back, 0 kept as drafts, 1 not filed; 1 overdue." in said
    )
    assert matrix(app)["Fushun County"]["Q3"] == "○ not filed, overdue"
    texts = "\n".join(each.value for each in app.code)
    assert "Still overdue" in texts and not re.search("[\u4e00-\u9fff]", texts)
    assert not re.search(
        "[\u4e00-\u9fff]", "".join(map(str, [*app.dataframe[0].value.columns, *app.dataframe[1].value.columns]))
    )


def test_a_quarter_before_the_plan_owes_nothing(house):  # noqa: F811
    assert "2020年第四季度不在工作要点的报告期内，没有应报的报表。" in words(screen(PAGE, period="2020Q4"))


@pytest.mark.parametrize("mode", COLOURS)
def test_the_words_of_every_cell_can_be_read_on_their_ground(mode):
    def light(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for ground, ink in COLOURS[mode].values():
        darker, lighter = sorted((light(ground), light(ink)))
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5


# What is taken away


def test_the_calendar_has_the_day_as_it_was_moved(house):  # noqa: F811
    deadlines.move(acting(), "2021Q4", "", "", date(2022, 1, 14), "元旦假期")
    deadlines.move(acting(), "2021Q4", "county", "210421", date(2022, 1, 20), "暴雪停课")
    name, content = chasing.deadlines(acting("leader"), "zh")
    events = icalendar.Calendar.from_ical(content).walk("VEVENT")
    days = {str(event["SUMMARY"]): event.decoded("DTSTART") for event in events}
    assert days["2021年第四季度报表报送截止"] == date(2022, 1, 14)
    assert days["抚顺县2021年第四季度报表报送截止"] == date(2022, 1, 20)
    assert days["2021年第三季度报表报送截止"] == date(2021, 10, 11)
    assert lines_of("download") == [("demo-leader", "page:returns", name)] and name.endswith(".ics")


def test_a_day_put_off_makes_the_missing_return_punctual_again(house):  # noqa: F811
    deadlines.move(acting(), "2021Q3", "county", "210421", date(2021, 10, 18), "暴雨停课")
    app = screen(PAGE)
    assert matrix(app)["抚顺县"]["三季度期限"] == "还有3天" and matrix(app)["抚顺县"]["截止日期"] == "2021-10-18"
    assert "截止日期2021年10月11日，其中1份另有规定。" in words(app)


def test_the_table_holds_every_return_of_every_quarter(house):  # noqa: F811
    keep_draft(MISSING)
    name, content = chasing.status_table(acting("planning"), "zh")
    title, day, head, *lines = openpyxl.load_workbook(BytesIO(content)).active.iter_rows(values_only=True)
    assert name == "报送状态表_20211015.xlsx" and "2021年工作要点" in title[0] and "演示数据" in day[0]
    assert len(lines) == 100 and lines_of("download") == [("demo-planning", "page:returns", name)]
    table = {(line[0], line[1], line[2]): dict(zip(head, line, strict=True)) for line in lines}
    county = current_plan().forms["county"].title
    assert table["2021年第三季度", "抚顺县", county]["状态"] == "草稿·逾期"
    late = table["2021年第三季度", "清原满族自治县", county]
    assert (late["状态"], late["期限"], late["首次报送"], late["报送次数"]) == (
        "已报·迟",
        "迟3天",
        "2021-10-14 14:20",
        1,
    )


def test_a_click_on_the_screen_gives_the_files_in_its_language(house, monkeypatch):  # noqa: F811
    offered = {}
    monkeypatch.setattr(downloads.st, "download_button", lambda label, **given: offered.update({given["key"]: given}))
    screen(PAGE, "demo-admin", lang="en")
    use_language("zh")  # the thread that makes a file knows nothing of the screen
    book = openpyxl.load_workbook(BytesIO(offered["status table"]["data"]()))
    assert (book.sheetnames, offered["status table"]["file_name"]) == (["State of returns"], "returns-20211015.xlsx")
    assert b"SUMMARY:Returns of Q3 2021 due" in offered["calendar"]["data"]()
    assert [who for who, _, _ in lines_of("download")] == ["demo-admin", "demo-admin"]
