"""The units in a briefing: their places, their returns, what the departments wrote, who signs."""

# ruff: noqa: F811
from __future__ import annotations

from datetime import date

import pytest
from briefing_fixtures import TODAY, house, of_house, quarter, section  # noqa: F401  (fixtures)
from pages_fixtures import on_stage
from warehouse_fixtures import whole_quarter

from reports.briefing.document import draft
from sentences import unit_standing
from ui.screens.county import standing
from warehouse.reads.county import ranking


@pytest.mark.parametrize("period", ["2021Q1", "2021Q2", "2021Q3"])
def test_places_count_what_the_county_screen_counts(quarter, demo, monkeypatch, period):
    snapshot = quarter(period)
    rows = snapshot.ask(lambda con: ranking(con, period, "filed"))
    on_stage(demo, monkeypatch)
    for row in rows.itertuples():
        standings = standing.of_unit("filed", period, row.unit)
        counts = unit_standing.counts(standings)
        assert (row.comparable, row.top) == (counts.comparable, counts.top)
        judged = [one.row for one in standings if one.promise and one.row.verdict not in ("no_target", "no_subtarget")]
        assert [row.green, row.yellow, row.red] == [
            sum(one.light == light for one in judged) for light in ("green", "yellow", "red")
        ]


def test_places_follow_the_share_on_top_and_equal_shares_are_alike(quarter):
    rows = quarter("2021Q2").ask(lambda con: ranking(con, "2021Q2", "filed"))
    shares = (rows["top"] / rows["comparable"]).tolist()
    assert shares == sorted(shares, reverse=True)
    assert rows["place"].tolist() == [1 + sum(other > share for other in shares) for share in shares]


def test_a_unit_that_did_not_file_has_no_place_and_no_zeros(quarter):
    told = draft(quarter())
    lines = [[cell.text for cell in row] for row in told.ranking.rows]
    assert len(lines) == 8 and len(told.ranking.heads) == 7
    assert lines[-1] == ["—", "抚顺县", "未报", "—", "—", "—", "—"]
    assert "抚顺县没有计入的报表，不参加排列" in section(told, "units")


def test_a_return_that_waits_is_not_called_missing(quarter):
    lines = {row[1].text: row[2].text for row in draft(quarter("2021Q3", "approved")).ranking.rows}
    assert (lines["东洲区"], lines["抚顺县"]) == ("待审核", "未报")
    assert lines["新抚区"].isdigit()


def test_units_that_are_not_approved_wait(house):
    house.file("unit | period | kids | kids.public\nA | 2021Q1 | 100 | 90\nB | 2021Q1 | 100 | 50", approve=True)
    house.file("unit | period | kids | kids.public\nC | 2021Q1 | 100 | 90")
    lines = [[cell.text for cell in row] for row in draft(of_house(house, "2021Q1", "approved")).ranking.rows]
    assert [line[1:3] for line in lines] == [["A县", "1"], ["B县", "1"], ["C县", "待审核"]]


def test_who_owes_is_named_with_days(quarter):
    told = section(draft(quarter()), "returns")
    assert "应报报表25份" in told
    assert "未报：抚顺县《教育工作要点县区季度报表》（应于2021年10月11日前报送，逾期4天）" in told
    assert "迟报：清原满族自治县《教育工作要点县区季度报表》（应于2021年10月11日前报送，迟报3天）" in told


def test_a_return_whose_day_has_not_come_is_not_overdue(house):
    house.publish()
    told = section(draft(of_house(house, "2021Q1", today=date(2021, 4, 3))), "returns")
    assert "未到期" in told and "逾期" not in told


def test_a_return_sent_back_is_neither_missing_nor_counted(house):
    [load_id, _] = house.file("unit | period | kids | kids.public\nA | 2021Q1 | 100 | 90\nB | 2021Q1 | 100 | 90")
    house.review(load_id, "returned", "请核对")
    told = section(draft(of_house(house, "2021Q1")), "returns")
    assert "已报1份" in told and "退回待改1份" in told and "退回待改：A县《县区》。" in told


def test_nothing_owed_is_said_plainly(house):
    house.file(whole_quarter("kids | kids.public", "2021Q1", "100 | 90", "100 | 95", "100 | 40"))
    house.file("unit | period | meetings\noffice | 2021Q1 | 1\nfinance | 2021Q1 |")
    told = section(draft(of_house(house, "2021Q1")), "returns")
    assert told.endswith("报表全部按时报齐。")


def test_next_steps_are_quoted_as_the_departments_wrote_them(quarter):
    snapshot = quarter()
    told = draft(snapshot)
    wrote = {text for row in snapshot.task_reports.itertuples() for text in (row.problem, row.next) if text}
    inner = str.maketrans("“”", "‘’")
    quoted = [claim for one in told.sections["next"] for claim in one.sentence.claims]
    assert len(quoted) > 5
    for claim in quoted:
        assert claim.text in {text.rstrip("。").translate(inner) for text in wrote}
        assert f"“{claim.text}”" in section(told, "next")
        assert "任务进展" in claim.source
    attended = snapshot.tasks.loc[snapshot.tasks["attention"], "task"].tolist()
    assert [f"第{number}项任务" in section(told, "next") for number in attended] == [True] * len(attended)


def test_the_bodies_that_issue_sign_with_the_day(quarter):
    signed = draft(quarter()).sections["sign"]
    assert [one.text for one in signed if one.kind == "sign"] == ["中共抚顺市委教育工作委员会", "抚顺市教育局"]
    assert signed[-1].text == f"{TODAY.year}年{TODAY.month}月{TODAY.day}日"
