"""What is lacking, who moved it, where the year would end: as drawn."""

from __future__ import annotations

import pandas as pd
import pytest
from charts_fixtures import NAN, judged, unit_row
from charts_looking import (
    ALARMS,
    ALARMS_PROMISE,
    PLAN,
    SHARE,
    SHARE_PROMISE,
    SHARES,
    city,
    share_quarter,
    share_year,
    trace,
    units_of,
    words,
)

from charts import theme
from charts.alt import alt
from charts.contribution import contribution, contribution_alt, moves
from charts.county_bars import county_bars
from charts.trend import trend
from sentences import reading
from sentences.titles import by_unit, finding

AT = "2021Q3"


def gap_rows(**by_unit: float) -> pd.DataFrame:
    return pd.DataFrame(
        [{"subject": code[1:] or None, "gap_whole": gap, "gap_measure": "person"} for code, gap in by_unit.items()]
    )


GAPS = gap_rows(_=63.0, _210402=-88.0, _210404=462.0, _210411=935.0, _210421=0.0, _210423=NAN)
PARTS = pd.DataFrame(
    [
        {"subject": "210402", "contribution": 0.5},
        {"subject": "210403", "contribution": -0.2},
        {"subject": "210423", "contribution": NAN},
    ]
)


def quarter(**more):
    return judged(city(AT, 43.8, filed=7, change=0.3, same_units=2) | more, *units_of("public-share", AT, SHARES))


def test_the_year_end_is_dashed_and_hollow_in_the_accent_and_never_green():
    chart = trend(share_year(), SHARE, SHARE_PROMISE, PLAN, projected=47.48)
    ahead, mark = trace(chart, "ahead"), trace(chart, "year_end")
    look = theme.palette("light")
    assert (ahead.x, ahead.y, ahead.line.color) == ((3, 4), (43.8, 47.48), look.accent) and ahead.line.dash != "solid"
    assert (mark.marker.color, mark.marker.line.color, mark.y) == (look.ground, look.accent, (47.48,))
    assert "按此进度年底\n47.48%" in words(chart)
    assert chart.layout.yaxis.range[1] > 47.48


def test_a_sum_that_lacks_units_is_no_place_to_go_on_from():
    rows = judged(city(AT, 1640.0, indicator="trainees", measure="person", target=3000.0, filed=4))
    chart = trend(rows, PLAN.indicators["trainees"], PLAN.commitments["K07"], PLAN, projected=2967)
    names = [drawn.name for drawn in chart.data]
    assert "year_end" in names and "ahead" not in names


def test_without_a_projection_or_after_the_year_nothing_is_drawn_ahead():
    assert "year_end" not in [drawn.name for drawn in trend(share_year(), SHARE, SHARE_PROMISE, PLAN).data]
    last = judged(city("2021Q4", 47.0))
    assert "year_end" not in [drawn.name for drawn in trend(last, SHARE, SHARE_PROMISE, PLAN, projected=47.0).data]


def test_the_description_tells_the_year_end():
    assert alt("trend", share_year(), PLAN, SHARE, SHARE_PROMISE, projected=47.48).endswith("按此进度年底 47.48%。")


def test_bars_say_how_many_children_each_unit_lacks():
    said = words(county_bars(share_quarter(), SHARE, SHARE_PROMISE, PLAN, gap=GAPS))
    assert {"距目标", "差935人", "差462人", "多88人", "达到"} <= set(said)
    assert "距目标" not in words(county_bars(share_quarter(), SHARE, SHARE_PROMISE, PLAN))


def test_too_many_where_less_is_wanted_is_over_not_short():
    zero = PLAN.commitments["K21"]
    rows = judged(*(unit_row("serious-incidents", code, AT, 1.0, measure="event") for code in PLAN.units))
    said = words(
        contribution(
            rows, gap_rows(_210402=2.0, _210403=0.0), PLAN.indicators["serious-incidents"], zero, PLAN, "gap", period=AT
        )
    )
    assert {"超2人", "达到"} <= set(said)


def test_who_moved_the_city_most_stands_in_the_title_and_who_cannot_be_compared_in_words():
    chart = contribution(quarter(), PARTS, SHARE, SHARE_PROMISE, PLAN, "change", period=AT)
    said = words(chart)
    assert "公办幼儿园在园幼儿占比较上期+0.3个百分点，新抚影响最大（+0.5个百分点）" in "".join(said).replace("\n", "")
    assert any("2/8家两期都有数" in text for text in said)
    assert {"+0.5个百分点", "−0.2个百分点", "未报", "缺一期"} <= set(said)
    bar = trace(chart, "part")
    assert bar.x[:2] == (0.5, -0.2) and set(bar.x[2:]) == {None}
    assert bar.marker.color[:2] == (theme.palette("light").accent, theme.palette("light").past)
    assert trace(chart, "catcher").customdata[0] == "210402"


def test_who_pulled_it_down_most_where_the_city_fell():
    chart = contribution(quarter(change=-0.1), PARTS, SHARE, SHARE_PROMISE, PLAN, "change", period=AT)
    assert any("东洲影响最大" in text for text in words(chart))


def test_equals_share_the_first_place():
    equal = pd.DataFrame([{"subject": code, "contribution": 1.0} for code in ("210402", "210403")])
    rows = judged(
        {
            "indicator": "alarm-coverage",
            "commitment": "K16",
            "period": AT,
            "value": 3.0,
            "target": 8.0,
            "measure": "unit",
            "change": 2.0,
            "same_units": 7,
            "filed": 7,
        },
        *(unit_row("alarm-coverage", code, AT, 90.0) for code in PLAN.units),
    )
    assert any(
        "新抚等2家影响最大" in text
        for text in words(contribution(rows, equal, ALARMS, ALARMS_PROMISE, PLAN, "change", period=AT))
    )


def test_the_parts_of_the_gap_name_those_who_lack_most_and_judge_nobody():
    told = (quarter(), GAPS, SHARE, SHARE_PROMISE, PLAN, "gap")
    said = words(contribution(*told, period=AT))
    assert "公办幼儿园在园幼儿占比：顺城差935人、望花差462人" in "".join(said).replace("\n", "")
    assert any("不作评价" in text for text in said)
    assert not {theme.palette("light").lights[light] for light in theme.LIGHTS} & set(
        trace(contribution(*told, period=AT), "part").marker.color
    )
    assert "顺城区 差935人" in contribution_alt(*told, period=AT)


def test_nothing_moves_where_every_part_is_zero_or_blank():
    still = pd.DataFrame([{"subject": "210402", "contribution": 0.0}, {"subject": "210403", "contribution": NAN}])
    assert moves(PARTS, "change") and moves(GAPS, "gap") and not moves(still, "change")


@pytest.mark.parametrize(("basis", "told"), [("filed", "7/8家已报"), ("approved", "4/8家已审核")])
def test_a_number_says_the_units_it_stands_on_whatever_counts(basis, told):
    rows = judged(city(AT, 43.8, filed=7, approved=4, basis=basis, verdict="undecided", light="grey"))
    assert reading.coverage(next(rows.itertuples())) == told
    assert told in finding(rows, SHARE, SHARE_PROMISE, PLAN)


def test_a_number_on_fewer_approved_returns_is_hollow_though_all_have_filed():
    row = next(judged(city(AT, 43.8, filed=8, approved=4, basis="approved")).itertuples())
    assert reading.is_partial(row) and reading.stands_on(row) == 4


def test_what_is_filed_and_waits_for_approval_is_not_called_missing():
    rows = judged(
        city(AT, 43.8, filed=2, approved=1, basis="approved"),
        unit_row("public-share", "210402", AT, 50.0, basis="approved"),
        unit_row("public-share", "210403", AT, filed=1, approved=0, basis="approved"),
    )
    said = words(county_bars(rows, SHARE, SHARE_PROMISE, PLAN))
    assert said.count("待审核") == 1 and said.count("未报") == 6
    assert by_unit(rows, SHARE, SHARE_PROMISE, PLAN).endswith("6家未报，1家待审核")
