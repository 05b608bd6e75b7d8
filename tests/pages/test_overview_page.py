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
    assert "黄灯" in row(screen(basis="filed"), "K09")


def test_a_grey_light_says_what_it_lacks(looking):  # noqa: F811
    app = screen()
    assert "4家未报或未审" in row(app, "K01") and "4/8" in row(app, "K01")
    assert "1家未报" in row(screen(basis="filed"), "K06")
    reasons = (
        "灰灯32项：有单位未报齐、尚不能判定19项；已报待审核8项；期限未到2项；现有数不落后、待报齐2项；还没有报1项。"
    )
    assert words(app).count(reasons) == 1 and f'title="{reasons}"' in unescape(written(app))
    assert "应报8家中4家未报或未审，报齐后结论可能不同，尚不能判定（报齐后77.9–82.75%）" in hint(app, "K01")


def hint(app, promise: str) -> str:
    """What stands under the pointer on the light of a promise."""
    return unescape(
        re.findall(rf'<span class="lamp" title="([^"]*)">(?:(?!<span class="lamp").)*>{promise}</span>', written(app))[
            0
        ]
    )


def test_a_red_or_yellow_light_says_which_rule_is_not_kept(looking):  # noqa: F811
    app = screen(basis="filed")
    assert "黄灯，略低于序时" in row(app, "K09") and "红灯，明显低于序时" in row(app, "K12")
    assert "每家都要做到，有的没做到" in row(app, "K16") and "略低于目标" in row(app, "K31")
    assert hint(app, "K16") == "黄灯：每家都要做到，有的没做到；都只差一点，全市取最差的一盏"
    assert hint(app, "K12") == "红灯：明显低于序时" and hint(app, "K11") == "绿灯"


def test_attention_names_promises_returns_steps_and_stuck_tasks_with_their_ways(looking):  # noqa: F811
    app = screen()
    (block,) = re.findall(r'<ol class="attend">.*?</ol>', written(app), re.S)
    assert re.findall(r'<li( class="beyond")?>', block) == [""] * 3 + [' class="beyond"'] * 9
    assert "另有9项" in words(app) and "共12项" in words(app)
    said = unescape(re.sub(r"<[^>]+>", "", block))
    assert "意识形态工作季调度2次，比序时进度少1次" in said
    assert "2份报表未报或待改：抚顺县、职教科" in said
    assert "节点“第24届推广普通话宣传周”应于2021年9月30日前完成，已逾期" in said
    assert "任务20“改善办学条件”受阻" in said
    assert {"indicator=ideology-dispatches", "task=27"} <= set(re.findall(r"(indicator=[\w-]+|task=\d+)", block))
    assert "period=2021Q3" in block and "basis=approved" in block


def test_what_is_no_promise_is_counted_apart_from_their_lights(looking):  # noqa: F811
    app = screen()
    (block,) = re.findall(r'<ol class="attend">.*?</ol>', written(app), re.S)
    lines = [unescape(re.sub(r"<[^>]+>", "", line)) for line in re.findall(r"<li.*?</li>", block, re.S)]
    assert sum(line.startswith("■ 红灯") for line in lines) == 1 and "47项承诺中1项明显落后" in words(app)
    (step,) = (line for line in lines if "节点“" in line)
    assert "红灯" not in step and "不计入承诺的灯数" in step
    assert sum(line.startswith("▲ 黄灯") for line in lines) == 7
    assert "承诺红灯1项、黄灯7项。不计入灯数：节点逾期1个、任务受阻2项。" in words(app)


def test_the_count_with_unreviewed_returns_is_written_out_under_every_light(looking):  # noqa: F811
    def under(app) -> list[str]:
        return re.findall(
            r"<small>(.*?)</small>", written(app).partition('<div class="lights">')[2].partition("</section>")[0]
        )

    assert under(screen()) == [f"含未审核{n}" for n in (10, 12, 2, 23)]
    assert under(screen(basis="filed")) == []


def test_on_a_phone_every_value_of_the_tables_stands_beside_its_heading(looking):  # noqa: F811
    tables = re.findall(r'<table class="board ([^"]*)">(.*?)</table>', written(screen()), re.S)
    assert [kind for kind, _ in tables] == ["others cards"] * 3 + ["numerals zh cards"]
    for _, table in tables:
        assert "<td>" not in table and '<td class="n">' not in table


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
