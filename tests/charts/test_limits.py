"""A promise of at most so much is worded, drawn and counted as a limit everywhere: never as what should be zero."""

from __future__ import annotations

import re
from datetime import date

import pytest
from limit_plan import limit_plan
from small_plan import small_plan
from warehouse_fixtures import House, whole_quarter

from catalogue.wording import use_language
from charts import contribution, county_bars
from charts.alt import alt
from charts.targets import targets
from charts.trend import trend
from reports.briefing.gaps import lacking
from reports.briefing.numbers import Numbers
from reports.pictures import poster_indicator, poster_overview
from reports.snapshot import Snapshot
from sentences import gaps, standings, titles
from sentences.why import verdict_words, why
from ui.kit import markup
from ui.screens.indicator import words as indicator_words
from ui.screens.overview.standing import PromiseStanding
from warehouse import store
from warehouse.reads.sources import all_gaps

LIMITS = ("absence", "leavers", "crowded", "late", "closures")
OVER, WITHIN = "2021Q1", "2021Q2"
COLUMNS = "kids | absent | leavers | crowded | late"


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """2021Q1: absence 7 %, leavers 110, crowded 80 on their way from 110, one unit of three late, one closure. 2021Q2: within."""
    made = House(tmp_path_factory.mktemp("limits"), limit_plan())
    made.file(whole_quarter(COLUMNS, "2020Q4", "100|8|10|40|2", "200|16|10|40|4", "100|10|10|30|2"))
    made.file(whole_quarter(COLUMNS, OVER, "100|8|30|25|2", "200|16|20|25|20", "100|4|60|30|2"))
    made.file(whole_quarter(COLUMNS, WITHIN, "100|2|30|20|2", "200|4|30|20|2", "100|1|35|2|2"))
    made.file("unit | period | closures\noffice | 2021Q1 | 2\noffice | 2021Q2 | 5")
    return made


def taken(house, period) -> Snapshot:
    return Snapshot(house.plan, store.newest(house.folder), "filed", period, date(2021, 10, 15))


def promise(house, indicator):
    return next(one for one in house.plan.commitments.values() if one.indicator == indicator)


def finding(house, indicator, period):
    plan = house.plan
    return titles.finding(
        taken(house, period).rows, plan.indicators[indicator], promise(house, indicator), plan, period
    )


@pytest.mark.parametrize(
    ("indicator", "period", "chinese", "english"),
    [
        ("absence", OVER, "absence7%，超出5%的上限2个百分点", "absence: 7%, 2 pp above the limit of 5%"),
        ("absence", WITHIN, "absence1.75%，控制在5%以内", "absence: 1.75%, within the limit of 5%"),
        (
            "leavers",
            OVER,
            "leavers110人，超出100人的上限10人",
            "leavers: 110 people, 10 people above the limit of 100 people",
        ),
        ("leavers", WITHIN, "leavers95人，控制在100人以内", "leavers: 95 people, within the limit of 100 people"),
        (
            "crowded",
            OVER,
            "crowded80个班，达到序时进度，距50个班的上限还要降30个班",
            "crowded: 80 classes, on pace, 30 classes still to come down to 50 classes",
        ),
        ("late", OVER, "late：做到的单位2/3", "late: 2/3 units that keep it"),
        ("closures", OVER, "closures2次，控制在4次以内", "closures: 2 times, within the limit of 4 times"),
        ("closures", WITHIN, "closures5次，超出4次的上限1次", "closures: 5 times, 1 time above the limit of 4 times"),
    ],
)
def test_the_title_says_how_it_stands_to_its_limit(house, indicator, period, chinese, english):
    assert finding(house, indicator, period) == chinese
    use_language("en")
    assert finding(house, indicator, period) == english


@pytest.mark.parametrize("period", [OVER, WITHIN])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("indicator", LIMITS)
def test_no_sentence_about_a_limit_speaks_of_zero_or_of_falling_short(house, indicator, lang, period):
    use_language(lang)
    found, plan = taken(house, period), house.plan
    entry, mine, row = plan.indicators[indicator], promise(house, indicator), found.row(indicator)
    gap_rows = house.ask(all_gaps, period)
    parts = gap_rows[gap_rows["indicator"] == indicator]
    said = [
        finding(house, indicator, period),
        why(found.rows, found.yardsticks, plan, indicator, period).text,
        *(why(found.rows, found.yardsticks, plan, indicator, period, unit).text for unit in entry.units),
        verdict_words(row, mine),
        contribution.contribution_alt(found.rows, parts, entry, mine, plan, "gap", period=period),
        *gaps.by_unit(parts, mine).values(),
        Numbers(found).finding(row, mine).text,
        alt("trend", found.rows, plan, entry, mine, period),
    ]
    if row.light in ("yellow", "red"):
        said.append(lacking(Numbers(found), row, mine, gap_rows).text)
    for words in said:
        assert not re.search(
            r"应为0|应为零|为0|差\d|(?<!减)少\d|未达到|低于目标|略低|明显慢|should be zero|short|lacking", words
        ), words


def test_why_tells_the_limit_and_what_would_turn_it_green(house):
    found = taken(house, OVER)
    absence, leavers = (dict(found.why(code).lines) for code in ("absence", "leavers"))
    assert absence["state"] == "7%，上限5%，序时7.63%。"
    assert absence["rule"] == "不高于5%为绿灯，不高于10%为黄灯，再高为红灯。"
    assert absence["to_green"] == "absent再减少8人。" and found.why("absence").title == "L1 absence：略超"
    assert leavers["state"] == "110人，上限100人。"  # a limit on the year is not spread over its quarters
    assert leavers["rule"] == "不高于100人为绿灯，不高于130人为黄灯，再高为红灯。"
    assert leavers["to_green"] == "已发生的无法抵消，本年不能再转绿。"
    late = dict(found.why("late").lines)
    assert (late["to_green"], found.why("late").title) == ("B县超10人。", "L4 late：略超")
    assert dict(found.why("closures").lines)["rule"] == "全年不超过4次为绿灯，超过为红灯。"


def test_the_light_of_a_limit_is_that_of_the_whole_year_and_not_of_a_share_of_it(house):
    assert house.said("closures", OVER) == ("green", "met")  # 2 of at most 4 in the first quarter
    assert house.said("closures", WITHIN) == ("red", "far_behind")
    assert house.said("leavers", OVER) == ("yellow", "behind")
    assert house.said("crowded", OVER) == ("green", "on_pace")


def test_what_is_lacking_is_what_is_over_on_the_screen_too(house, monkeypatch):
    told = {period: _screen(house, monkeypatch, period) for period in (OVER, WITHIN)}
    assert told[OVER]["absence"] == "按目前kids计，超出5%的上限8人（absent）：B县超6人、A县超3人，其余1家控制在5%以内。"
    assert told[WITHIN]["absence"] == "按目前kids计，控制在5%以内，距上限13人（absent）。"
    assert told[OVER]["leavers"] == "超出100人的上限10人。"
    assert told[WITHIN]["leavers"] == "控制在100人以内，距上限5人。"
    assert told[OVER]["late"] == "1家超出5%的上限，共超10人：B县超10人。"
    assert told[WITHIN]["late"] == "有数的3家都控制在5%以内。"


def _screen(house, monkeypatch, period):
    found, plan = taken(house, period), house.plan
    monkeypatch.setattr(indicator_words.reads, "plan", lambda: plan)
    monkeypatch.setattr(indicator_words.reads, "promise_of", lambda code: promise(house, code))
    monkeypatch.setattr(indicator_words.reads, "subject_name", plan.name_of)
    monkeypatch.setattr(
        indicator_words.progress, "gaps", lambda basis, at, code: found.gaps[found.gaps["indicator"] == code]
    )
    return {
        code: indicator_words.lacking("filed", period, plan.indicators[code], found.row(code))
        for code in ("absence", "leavers", "late")
    }


def test_the_year_end_is_held_against_the_limit(house, monkeypatch):
    found, plan = taken(house, WITHIN), house.plan
    monkeypatch.setattr(indicator_words.reads, "promise_of", lambda code: promise(house, code))
    said = {}
    for code in ("leavers", "absence"):
        rows = found.projection[found.projection["indicator"] == code]
        city = next(rows[rows["subject"].isna()].itertuples(index=False, name="Row"))
        said[code] = indicator_words._ending(city, plan.indicators[code])
    assert said["leavers"] == "按此进度，年底为190人，将超出100人的上限90人。"
    assert said["absence"].endswith("可控制在5%以内。")


def test_a_limit_is_a_tick_in_the_middle_of_its_track_and_no_full_bar_praises_it(house):
    found = {one.commitment.id: one for one in standings.standings(taken(house, OVER).rows, house.plan, OVER)}
    assert (found["L1"].figures, found["L1"].share, found["L1"].goal) == ("7% / ≤5%", 0.7, 0.5)
    assert found["L2"].share == pytest.approx(0.55) and found["L2"].share > found["L2"].goal
    assert (found["L4"].figures, found["L4"].goal) == ("2 / 3个县区", 1.0)  # units that keep it: more is better
    chart = targets(taken(house, OVER).rows, house.plan, period=OVER, wide=True)
    ticks = [shape.x0 for shape in chart.layout.shapes if shape.name == "target"]
    assert ticks == [0.5, 0.5, 0.5, 1.0, 0.5]
    assert "上限画在中间" in str(chart.layout) and "left:43.5%" in markup.meter(0.7, goal=0.5)


def test_lines_over_units_and_quarters_are_called_limits(house):
    rows, plan = taken(house, OVER).rows, house.plan
    entry, mine = plan.indicators["absence"], promise(house, "absence")
    assert "上限" in [
        note.text.split("<br>")[0] for note in trend(rows, entry, mine, plan, period=OVER).layout.annotations
    ]
    gap_rows = house.ask(all_gaps, OVER)
    bars = county_bars.county_bars(
        rows, entry, mine, plan, period=OVER, gap=gap_rows[gap_rows["indicator"] == "absence"]
    )
    said = [note.text for note in bars.layout.annotations]
    assert "全市上限 5%" in said and "距上限" in said and "超6人" in said


def test_posters_print_a_limit_as_one(house):
    found = taken(house, OVER)
    assert "≤5%" in str(poster_indicator.indicator(found, "absence").figure)
    assert "上限画在中间" in str(poster_overview.overview(found).figure).replace("<br>", "")


def test_the_table_of_targets_has_the_limit_and_its_tick(house):
    row, mine = taken(house, OVER).row("absence"), promise(house, "absence")
    entry = house.plan.indicators["absence"]
    one = PromiseStanding(mine, entry, row, "yellow", "", "", "7%", "≤5%", "", "", "", 0.7, None, [], False, goal=0.5)
    assert one.of_target == "7 / ≤5%"


@pytest.mark.parametrize(("numeral", "shown"), [(True, 18), (False, 0)])
def test_a_plan_of_numerals_only_or_of_none_breaks_no_figure(tmp_path, numeral, shown):
    house = House(tmp_path, limit_plan(numeral=numeral))
    house.file(whole_quarter(COLUMNS, OVER, "100|8|30|25|2", "200|16|20|25|20", "100|4|60|30|2"))
    found = taken(house, OVER)
    assert len(standings.standings(found.rows, house.plan, OVER)) == shown
    assert targets(found.rows, house.plan, period=OVER, wide=True) is not None
    assert poster_overview.overview(found).figure is not None


def test_zero_is_asked_for_only_by_the_rule_zero_or_a_target_of_nothing():
    plan = limit_plan()
    assert {code for code, one in plan.commitments.items() if one.is_zero} == {"Z1", "Z2", "Z3"}
    assert {code for code, one in plan.commitments.items() if one.is_limit} == {"L1", "L2", "L3", "L4", "L5"}
    assert not any(one.is_limit for one in small_plan().commitments.values())
