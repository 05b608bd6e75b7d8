"""The county screen: what is said of one unit, against the workbooks and against the others' numbers."""

from __future__ import annotations

import re
import shutil
from html import unescape

import openpyxl
import pandas as pd
import pytest
from command_line import ROOT
from pages_fixtures import demonstration, on_stage, screen, signed_in, words  # noqa: F401  (fixtures)

from access import accounts
from access.model import Actor
from actions import reviewing
from actions.keys import ReturnKey
from actions.standing import standing as stands
from catalogue.load import PLANS, load_plan
from catalogue.period import Period
from sentences import reading, unit_standing, unit_words
from ui import reads
from ui.screens.county import quality, standing

PLAN = load_plan(PLANS / "2021")
XINFU, DONGZHOU, FUSHUN_COUNTY, XINBIN, QINGYUAN = "210402", "210403", "210421", "210422", "210423"
NOW = "2021Q3"


@pytest.fixture(scope="module")
def shared_folder(demo_data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("county") / "var"
    shutil.copytree(demo_data, folder)
    return folder


@pytest.fixture
def demo(shared_folder, monkeypatch):
    on_stage(shared_folder, monkeypatch)


def html(app) -> str:
    return "".join(block.proto.body for block in app.get("html") if "<style>" not in block.proto.body)


def told(app) -> str:
    return unescape(re.sub("<[^>]+>", " ", html(app)))


def county(unit: str, account: str = "demo-leader", **query: str):
    return screen("pages/county.py", account=account, **{"unit": unit, "basis": "filed", **query})


def row_of(app, name: str) -> list[str]:
    """What the cells of the board's row about `name` say."""
    for row in re.findall("<tr>(.*?)</tr>", html(app)):
        cells = [
            " ".join(unescape(re.sub("<[^>]+>", " ", cell)).split()) for cell in re.findall("<td[^>]*>(.*?)</td>", row)
        ]
        if cells and cells[0].startswith(name):
            return cells
    raise AssertionError(f"no row {name}")


def reported(unit: str, row: str) -> float:
    """This quarter's number in a unit's own workbook: the second of the row, after last quarter's."""
    [path] = (ROOT / "data" / "demo" / NOW).glob(f"*{PLAN.units[unit].name}*.xlsx")
    for sheet in openpyxl.load_workbook(path, data_only=True):
        for line in sheet.iter_rows(values_only=True):
            if row in line[:3]:
                return [cell for cell in line if isinstance(cell, int | float)][1]
    raise AssertionError(f"{path.name} has no row {row}")


# The headline


def test_the_headline_counts_ranks_movement_and_punctuality(demo):
    said = unit_standing.counts(standing.of_unit("filed", NOW, XINFU))
    line = f"新抚区：可比指标{said.comparable}项，位次居前三的{said.top}项，较上期上升{said.up}项、下降{said.down}项；按期报送3/3"
    assert line in words(county(XINFU))
    assert said.comparable > 15 and 0 < said.top < said.comparable and said.up and said.down


def test_a_unit_that_did_not_file_is_not_ranked_and_says_so(demo):
    app = county(FUSHUN_COUNTY)
    assert "抚顺县：2021年第三季度无可比数据；按期报送2/3" in words(app)
    assert "本期没有可比的位次。" in told(app)
    assert row_of(app, "K02")[1:3] == ["未报", ""]


def test_a_quarter_before_the_plan_owes_no_return(demo):
    assert re.search(r"新抚区：可比指标\d+项，位次居前三的\d+项$", words(county(XINFU, period="2020Q4")), re.MULTILINE)


# The board


def test_a_value_is_what_the_workbook_gives(demo):
    share = 100 * reported(XINFU, "A03") / reported(XINFU, "A02")
    assert row_of(county(XINFU), "K02")[1] == f"{share:.2f}%"


def test_a_target_is_the_units_own_or_the_citys_and_said_to_be(demo):
    app = county(XINFU)
    assert row_of(app, "K02")[3] == "全市≥46%"
    assert row_of(app, "K33")[3] == "100%"
    assert row_of(app, "D01")[3].startswith("低于基期")
    assert row_of(app, "无证幼儿教师培训")[3] == "—"


def test_there_is_a_lamp_only_where_the_unit_is_judged(demo):
    app = county(XINFU)
    assert row_of(app, "K02")[2] == "" and row_of(app, "K33")[2] == "● 绿灯"
    assert row_of(app, "K05")[1:3] == ["不适用", ""]


def test_the_citys_value_says_on_how_many_units_it_stands(demo):
    assert row_of(county(XINFU), "K02")[4].endswith("7/8家已报")
    assert "7/8家已报" not in row_of(county(XINFU, period="2021Q2"), "K02")[4]


@pytest.mark.parametrize("unit", [XINFU, XINBIN, "210400"])
@pytest.mark.parametrize("basis", ["filed", "approved"])
def test_movement_is_among_the_units_with_a_value_in_both_quarters(demo, unit, basis):
    rows = pd.concat([reads.of_period(basis, at) for at in (NOW, "2021Q2")])
    rows = rows[rows["subject"].notna() & rows["value"].notna()]
    for one in standing.of_unit(basis, NOW, unit):
        sign = {"higher": 1, "lower": -1, "neither": 0}[one.indicator.better]
        mine = rows[rows["indicator"] == one.indicator.code]
        now, past = ({r.subject: sign * r.value for r in mine.itertuples() if r.period == p} for p in (NOW, "2021Q2"))
        both = now.keys() & past.keys()
        if sign == 0 or unit not in both or len(both) < 2:
            assert one.moved is None, one.indicator.code
            continue
        place_now, place_past = (1 + sum(values[u] > values[unit] for u in both) for values in (now, past))
        assert one.moved == place_past - place_now, one.indicator.code


def test_movement_has_its_mark_and_its_words(demo):
    moves = {one.moved for one in standing.of_unit("filed", NOW, XINFU)}
    assert max(m for m in moves if m is not None) > 0
    app = county(XINFU)
    assert re.search(r"▲\d 位次上升\d", " ".join(told(app).split())) and "位次下降1" in told(app)


def test_an_indicator_leads_to_its_screen(demo):
    assert "indicator?period=2021Q3&amp;basis=filed&amp;lang=zh&amp;indicator=public-share" in html(county(XINFU))


# High and low


def test_three_rank_high_and_three_low_with_their_numbers(demo):
    standings = standing.of_unit("filed", NOW, QINGYUAN)
    high, low = unit_standing.strongest(standings), unit_standing.weakest(standings)
    assert len(high) == len(low) == 3
    assert all(one.score > 0 for one in high) and all(one.score < 0 and one.row.verdict != "met" for one in low)
    said = told(county(QINGYUAN))
    assert all(unit_words.sentence(one) in said for one in (*high, *low))


def test_a_sentence_says_value_rank_and_distance_to_the_city(demo):
    one = next(one for one in standing.of_unit("filed", NOW, XINFU) if one.indicator.code == "public-share")
    gap = abs(one.row.value - one.city.value)
    assert (
        unit_words.sentence(one)
        == f"公办幼儿园在园幼儿占比{one.row.value:.2f}%，位次{one.rank}/7，比全市高{gap:.2f}个百分点"
    )


def test_sums_follow_size_and_are_not_compared(demo):
    standings = standing.of_unit("filed", NOW, XINFU)
    assert [
        one.indicator.code for one in standings if one.comparable and not reading.is_comparable(one.indicator)
    ] == []
    assert not next(one for one in standings if one.indicator.code == "aided-pupils").comparable


def test_where_all_are_alike_nobody_is_on_top(demo):
    alike = [one for one in standing.of_unit("filed", NOW, XINFU) if one.rank and one.alike == one.of]
    assert alike and not any(one.on_top or one.score for one in alike if one.comparable)


# Returns


def test_the_returns_tell_late_missing_sent_back_and_what_was_found(demo):
    [late, *_] = quality.of_unit(QINGYUAN, NOW)
    assert (late.punctual, late.days, late.received) == ("late", 3, "2021-10-14")
    [missing, *_] = quality.of_unit(FUSHUN_COUNTY, NOW)
    assert (missing.punctual, missing.days, missing.found) == ("over", 4, {})
    [again, *_] = quality.of_unit(XINBIN, NOW)
    assert (again.punctual, again.returned) == ("on_time", 1)
    assert "未报，逾期4天" in told(county(FUSHUN_COUNTY)) and "迟报3天" in told(county(QINGYUAN))
    assert "5（已说明5）" in told(county(XINFU))


def test_a_quarter_whose_day_has_not_come_is_neither_on_time_nor_missing(demo, monkeypatch):
    monkeypatch.setenv("DASHBOARD_TODAY", "2021-10-09")
    [newest, *_] = quality.of_unit(FUSHUN_COUNTY, NOW)
    assert newest.punctual == "pending" and quality.counted([newest]).owed == 0


def test_a_return_sent_back_is_counted(demonstration):  # noqa: F811
    signed_in("demo-planning")
    key = ReturnKey("county", DONGZHOU, Period(2021, 3))
    reviewing.send_back(
        Actor(account=accounts.get("demo-planning")),
        key,
        seen=stands(key).seen,
        reason="在园幼儿总数请核对",
        remarks={},
    )
    assert quality.of_unit(DONGZHOU, NOW)[0].returned == 1


# The card


def test_the_card_stands_alone_and_says_what_it_is(demo):
    app = county(XINFU, card="1")
    assert "新抚区　2021年第三季度" in told(app) and "演示数据" in told(app)
    assert "抚教发〔2021〕1号 · 截至2021年9月30日 · 含未审核 · 数据版本第" in told(app)
    assert len(app.get("plotly_chart")) == len(app.dataframe) == len(app.subheader) == 0
    numerals = {c.id for c in PLAN.commitments.values() if c.numeral and XINFU in PLAN.indicators[c.indicator].units}
    assert set(re.findall(r"\b[KD]\d\d\b", told(app))) == numerals


def test_the_card_can_be_switched_on_and_stands_in_the_address(demo):
    app = county(XINFU)
    app.toggle(key="card widget").set_value(True).run()
    assert not app.exception and "".join(app.query_params["card"]) == "1" and "county-card" in html(app)


# Who sees what


def test_a_filer_sees_its_own_numbers_and_no_links_to_screens_it_has_not(demo):
    app = screen("pages/county.py", account="demo-210422", basis="filed")
    assert "新宾满族自治县：可比指标" in words(app)
    assert set(re.findall(r'href="(\w+)', html(app))) == {"county", "filing", "programs"}  # all it has
    others = [unit.name for unit in PLAN.units.values() if unit.code != XINBIN]
    assert [name for name in others if name in told(app) + words(app)] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("unit", PLAN.units)
def test_every_unit_has_its_screen_and_its_card(demo, unit, lang):
    for query in ({}, {"card": "1"}):
        app = county(unit, lang=lang, **query)
        assert "county-board" in html(app)
        if lang == "zh":  # receipts and files have names of their own
            assert (
                re.findall(
                    r"[A-Za-z]{4,}", re.sub('<table class="board returns[^>]*>.*?</table>|<[^>]+>', " ", html(app))
                )
                == []
            )


def test_where_few_are_ranked_nobody_is_said_to_be_among_the_first_three(demo):
    approved = words(screen("pages/county.py", period="2021Q3", basis="approved", unit=XINFU))
    assert "有数的单位不足6家，不统计位次居前三" in approved and "位次居前三的" not in approved
    assert re.search(r"位次居前三的\d+项", words(screen("pages/county.py", period="2021Q3", basis="filed", unit=XINFU)))
