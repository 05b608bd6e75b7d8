"""What the chapters on figures share: believable rows, and ways to look into a figure."""

from __future__ import annotations

import re
from functools import cache

from charts_fixtures import NAN, judged, unit_row, whole_year
from plan_fixtures import plan_2021

from catalogue.wording import use_language
from charts.county_bars import county_bars
from charts.matrix import matrix
from charts.targets import targets
from charts.tile_map import tile_map
from charts.trend import trend

PLAN = plan_2021()
SHARE, SHARE_PROMISE = PLAN.indicators["public-share"], PLAN.commitments["K02"]
PUPILS, PUPILS_PROMISE = PLAN.indicators["aided-pupils"], PLAN.commitments["K14"]
ALARMS, ALARMS_PROMISE = PLAN.indicators["alarm-coverage"], PLAN.commitments["K16"]
BY_INDICATOR = {"trend": trend, "county_bars": county_bars, "tile_map": tile_map}
OVERALL = {"targets": targets, "matrix": matrix}


def city(period, value=NAN, **more):
    return {
        "indicator": "public-share",
        "commitment": "K02",
        "period": period,
        "value": value,
        "target": 46.0,
        "verdict": "behind",
        "light": "yellow",
    } | more


def share_year():
    """公办占比: the second quarter not reported, the third on 7 of 8, the fourth yet to come."""
    return judged(
        city("2020Q4", 41.9, verdict="not_due"),
        city("2021Q1", 42.6, pace=42.925),
        city("2021Q2", pace=43.95, filed=0, verdict="not_reported"),
        city("2021Q3", 43.8, pace=44.975, filed=7),
        city("2021Q4", pace=46.0, filed=0, verdict="not_reported"),
    )


def units_of(indicator, period, values, **more):
    """Rows of the units; None: did not file."""
    return [
        unit_row(indicator, code, period, NAN if value is None else value, **more) for code, value in values.items()
    ]


SHARES = {
    "210402": 61.2,
    "210403": 44.0,
    "210404": 35.4,
    "210411": 40.0,
    "210421": 46.0,
    "210422": 52.0,
    "210423": None,
    "210400": 0.0,
}


def share_quarter():
    return judged(city("2021Q3", 43.8, filed=7), *units_of("public-share", "2021Q3", SHARES))


def alarm_quarter():
    """一键报警: each must reach 100; the city's row counts those that do."""
    judged_units = {
        "210402": ("green", "met", 100.0),
        "210403": ("yellow", "behind", 97.5),
        "210404": ("red", "far_behind", 60.0),
    }
    rows = [
        unit_row("alarm-coverage", code, "2021Q3", value, light=light, verdict=verdict, target=100.0, commitment="K16")
        for code, (light, verdict, value) in judged_units.items()
    ]
    missing = [unit_row("alarm-coverage", code, "2021Q3") for code in PLAN.units if code not in judged_units]
    count = {
        "indicator": "alarm-coverage",
        "commitment": "K16",
        "period": "2021Q3",
        "value": 1.0,
        "target": 8.0,
        "measure": "unit",
        "light": "red",
        "verdict": "far_behind",
        "filed": 3,
    }
    return judged(count, *rows, *missing)


def trace(chart, name):
    return next(found for found in chart.data if found.name == name)


def cells(chart, name):
    """(indicator, unit) -> text, of a trace of the matrix."""
    found = trace(chart, name)
    return dict(zip(map(tuple, found.customdata), found.text, strict=True))


def words(chart):
    """Everything written in a figure, marks and all, without tags."""
    spec = chart.to_dict()
    said = [note["text"] for note in spec["layout"].get("annotations", ())]
    for drawn in spec["data"]:
        said += list(drawn.get("text", ()))
    for axis in ("xaxis", "yaxis"):
        said += list(spec["layout"][axis].get("ticktext", ()))
    return [re.sub("<br>", "\n", re.sub("<(?!br)[^>]*>", "", text)) for text in said]


# One of each kind: ratio, count in the city, count in each county, project, zero, bureau, yearly, direction, no target.
KINDS = {
    "public-share": "K02",
    "aided-pupils": "K14",
    "education-groups": "K04",
    "building-investment": "K12",
    "serious-incidents": "K21",
    "study-arrangements": "K18",
    "pay-ratio": "K17",
    "myopia": "D03",
    "violations": None,
}


@cache
def every_figure(mode="light", wide=False, language="zh"):
    use_language(language)
    rows = whole_year(PLAN)
    drawn = [
        (f"{kind} {code}", draw(rows, PLAN.indicators[code], PLAN.commitments.get(promise), PLAN, mode=mode, wide=wide))
        for code, promise in KINDS.items()
        for kind, draw in BY_INDICATOR.items()
    ]
    return drawn + [(kind, draw(rows, PLAN, mode, wide=wide)) for kind, draw in OVERALL.items()]
