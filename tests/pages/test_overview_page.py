"""The overview, and the wall that shows it: all promises, what a grey light lacks, what needs attention, the ways down."""

from __future__ import annotations

import re
from html import unescape

from pages_fixtures import looking, screen, words, written  # noqa: F401  (fixtures)

from access import sessions
from catalogue.load import PLANS, load_plan

PLAN = load_plan(PLANS / "2021")


def row(app, promise: str) -> str:
    """The words of one promise's row."""
    found = re.search(rf"<tr>(?:(?!</tr>).)*>{promise}</span>.*?</tr>", written(app), re.S)[0]
    return unescape(re.sub(r"<[^>]+>", " ", found))


def test_the_numerals_come_first_and_every_promise_stands_once_in_the_tables(looking):  # noqa: F811
    found = re.findall(r'<span class="id">(\w+)</span>', written(screen()))
    numerals = [promise.id for promise in PLAN.commitments.values() if promise.numeral]
    assert len(numerals) == 14 and found[:14] == numerals
    assert sorted(found[14:]) == sorted(PLAN.commitments)


def test_a_row_has_value_target_pace_change_and_coverage(looking):  # noqa: F811
    told = row(screen(period="2021Q2"), "K02")
    assert all(part in told for part in ("45.32%", "46%", "45%", "8/8", "黄灯")), told


def test_the_lights_at_the_top_count_the_rows(looking):  # noqa: F811
    app = screen(period="2021Q2")
    counts = [int(n) for n in re.findall(r"</span> <b>(\d+)</b>", written(app))]
    assert sum(counts) == len(PLAN.commitments) and counts[0] > 0
    assert len(counts) == 4


def test_what_is_filed_but_not_approved_is_no_zero_and_has_its_provisional_light(looking):  # noqa: F811
    app = screen()
    told = row(app, "K09")
    assert "待审核" in told and "0/1" in told and "黄灯" in told  # the provisional one
    assert "含未审核：绿" in words(app)
    assert "黄灯" in row(screen(basis="filed"), "K09")


def test_a_grey_light_says_what_it_lacks(looking):  # noqa: F811
    app = screen()
    assert "未报齐" in row(app, "K01") and "4/8" in row(app, "K01")
    assert re.search(r"灰灯中未报齐\d+项、", words(app))


def test_attention_names_promises_returns_steps_and_stuck_tasks_with_their_ways(looking):  # noqa: F811
    app = screen()
    first, rest = re.findall(r'<ol class="attend">.*?</ol>', written(app), re.S)
    assert first.count("<li>") == 3 and "另有9项" in words(app) and rest.count("<li>") == 9
    block = first + rest
    said = unescape(re.sub(r"<[^>]+>", "", block))
    assert "意识形态工作季调度2次，比序时进度少1次" in said
    assert "2份报表未报或待改：抚顺县、职教科" in said
    assert "节点“第24届推广普通话宣传周”应于2021年9月30日前完成，已逾期" in said
    assert "任务20“改善办学条件”受阻" in said
    assert {"indicator=ideology-dispatches", "task=27"} <= set(re.findall(r"(indicator=[\w-]+|task=\d+)", block))
    assert "period=2021Q3" in block and "basis=approved" in block


def test_the_matrix_is_drawn_when_asked_for(looking):  # noqa: F811
    assert len(screen().get("plotly_chart")) == 0
    assert len(screen(matrix="1").get("plotly_chart")) == 1


def test_the_wall_shows_all_at_once_without_controls(looking):  # noqa: F811
    app = screen(kiosk="")
    assert 'class="wall"' in written(app)
    for piece in (
        "47项承诺",
        "14项数字目标",
        "需要关注",
        "县区 · ",
        "资金与工程",
        "30项任务",
        "25份已报",
        "数据截至2021年9月30日",
    ):
        assert piece in words(app), piece
    assert len(app.selectbox) == len(app.button) == len(app.segmented_control) == 0


def test_on_the_wall_themes_and_indicators_take_turns(looking, monkeypatch):  # noqa: F811
    seen = []
    for second in range(0, 60, 15):
        monkeypatch.setattr("ui.screens.wall.turning.time.time", lambda second=second: 60_000 + second)
        seen.append(re.findall(r"<h3>(.*?)</h3>", written(screen(kiosk="")))[1:3])
    assert len({theme for theme, _ in seen}) == len({race for _, race in seen}) == 4


def test_on_the_wall_every_unit_has_a_tile_and_who_has_not_filed_says_so(looking):  # noqa: F811
    tiles = re.findall(r'<div class="wall-tile (\w+).*?</div>', written(screen(kiosk="")))
    assert len(tiles) == 8 and tiles.count("missing") == 1


def test_the_wall_keeps_its_session_alive(looking, monkeypatch):  # noqa: F811
    touched = []
    find = sessions.find
    monkeypatch.setattr(sessions, "find", lambda id, *, touch=True: touched.append(touch) or find(id, touch=touch))
    screen(kiosk="")
    assert True in touched
    touched.clear()
    screen()
    assert True not in touched


def test_the_wall_is_for_those_who_may_see_numbers(looking):  # noqa: F811
    app = screen(account="demo-210421", kiosk="")
    assert "您没有查看这部分内容的权限" in words(app) and 'class="wall"' not in written(app)
