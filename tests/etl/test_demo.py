"""The sample returns: believable figures, a course of events, and words that fit them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from demo_fixtures import PLAN, Q1, Q2, Q3, Q4, QUARTERS

from catalogue.period import Period
from demo.figures import NA
from demo.filings import UNFILED, WORKING_DAYS, filings
from demo.words import reasons, text
from demo.workbooks import answers, final_answers

COUNTY = PLAN.forms["county"]


def county(unit, period):
    return {element: answer for (element, _), answer in final_answers(PLAN, "county", unit, period).items()}


def filed_units(period):
    """The baseline came in one backfill for all."""
    units = {f.reporter for f in filings(PLAN) if f.form == "county" and f.period == period}
    return set(PLAN.units) if period == Q4 else units


# --- the figures keep the rules of the form


@pytest.mark.parametrize("period", QUARTERS, ids=str)
@pytest.mark.parametrize("unit", PLAN.units)
def test_what_is_due_is_answered_in_whole_numbers_from_zero_up(unit, period):
    told = county(unit, period)
    for element in PLAN.elements.values():
        if element.form != "county" or element.ratio_of or (element.units and unit not in element.units):
            continue
        if period == Q4 or period.quarter >= element.due_from:
            assert element.code in told, element.code
        answer = told.get(element.code)
        if isinstance(answer, Decimal):
            assert answer >= 0, element.code
            assert element.kind == "decimal" or answer % 1 == 0, element.code
        elif answer == NA:
            assert element.na, element.code


@pytest.mark.parametrize("period", QUARTERS, ids=str)
@pytest.mark.parametrize("unit", PLAN.units)
def test_totals_equal_their_parts_and_no_part_exceeds_its_whole(unit, period):
    told = county(unit, period)
    for total, parts in COUNTY.totals.items():
        counted = [told[part] for part in parts if told[part] != NA]
        assert told[total] == (sum(counted) if counted else NA), total
    for part, whole in COUNTY.within:
        if isinstance(told.get(part), Decimal) and isinstance(told.get(whole), Decimal):
            assert told[part] <= told[whole], (part, whole)


@pytest.mark.parametrize("unit", PLAN.units)
def test_what_adds_up_since_january_never_falls(unit):
    flows = [e.code for e in PLAN.elements.values() if e.form == "county" and e.nature == "flow"]
    for before, after in ((Q1, Q2), (Q2, Q3)):
        earlier, later = county(unit, before), county(unit, after)
        for code in flows:
            if earlier[code] != NA:
                assert later[code] >= earlier[code], code


@pytest.mark.parametrize("unit", PLAN.units)
def test_a_denominator_that_moves_inside_the_school_year_is_explained(unit):
    for period in (Q1, Q2):
        now, before = county(unit, period), county(unit, period.previous)
        told = reasons("county", unit, period)
        moved = {code for code in COUNTY.school_year if now[code] != before[code]}
        assert moved <= told.keys()


def test_no_unit_sends_last_quarters_figures_again():
    for unit in PLAN.units:
        for period in (Q1, Q2, Q3):
            now, before = county(unit, period), county(unit, period.previous)
            moved = [code for code in now if now[code] != before.get(code)]
            assert len(moved) > 20, (unit, period)


def test_the_project_totals_and_the_toilets_add_up():
    invested = {Q1: 550, Q2: 1870, Q3: 3270}
    toilets = {Q1: 1, Q2: 5, Q3: 9}
    for period in invested:
        told = final_answers(PLAN, "project", "planning", period)
        assert told["project.total.invested", "planning"] == invested[period]
        assert told["toilets.renovated.total", "planning"] == toilets[period]
        assert sum(told["toilets.renovated", unit.code] for unit in PLAN.counties) == toilets[period]


# --- city values, by hand: Σ over the units that filed; 抚顺县 is missing in 2021Q3

BY_HAND = {
    # Q4 2020, then Q1–Q3 2021
    "public-share": ("13114/29806", "13260/29764", "13499/29788", "13397/29259"),  # 44.00 44.55 45.32 45.79 %
    "inclusive-coverage": ("23094/29806", "23305/29764", "23592/29788", "23524/29259"),  # 77.48 78.30 79.20 80.40 %
    "group-school-share": ("180/290", "191/290", "207/290", "203/263"),  # 62.07 65.86 71.38 77.19 %
    "vocational-employment": ("3455/3661", None, None, "3273/3455"),  # 94.37 % of 2020, 94.73 % of 2021
    "paired-rural-schools": ("20", "24", "31", "33"),
    "trainees": ("2760", "620", "1450", "2180"),
    "aided-pupils": ("14300", "3920", "7610", "11400"),
    "aid-amount": ("2846.52", "771.11", "1514.37", "2290.00"),
}


@pytest.mark.parametrize(
    ("indicator", "period", "expected"),
    [(code, period, value) for code, row in BY_HAND.items() for period, value in zip(QUARTERS, row, strict=True)],
    ids=str,
)
def test_the_citys_figures_are_those_added_up_by_hand(indicator, period, expected):
    entry = PLAN.indicators[indicator]

    def added(elements):
        told = [county(unit, period).get(code) for unit in filed_units(period) for code in elements]
        numbers = [value for value in told if isinstance(value, Decimal)]
        return sum(numbers) if numbers else None

    above, below = added(entry.numerator), added(entry.denominator)
    if expected is None:
        assert above is None
    else:
        assert f"{above}/{below}" == expected if entry.is_ratio else above == Decimal(expected)


def test_the_county_without_a_group_gets_its_first_in_the_third_quarter():
    without = {p: [u.code for u in PLAN.counties if county(u.code, p)["compulsory.groups"] == 0] for p in QUARTERS}
    assert without == {Q4: ["210423"], Q1: ["210423"], Q2: ["210423"], Q3: []}


def test_one_pupil_of_a_poor_family_drops_out_and_comes_back():
    pupils = {p: {u: county(u, p)["compulsory.dropouts.poor"] for u in PLAN.units} for p in QUARTERS}
    assert [sum(pupils[p].values()) for p in QUARTERS] == [0, 0, 1, 0]
    assert pupils[Q2]["210423"] == 1


# --- the course of events


def test_the_first_two_quarters_are_complete_and_approved():
    owed = {(form, who) for form in ("county", "project", "department") for who in PLAN.reporters(form)}
    for period in (Q1, Q2):
        of_period = [f for f in filings(PLAN) if f.period == period]
        assert {(f.form, f.reporter) for f in of_period} == owed
        corrected = [f for f in of_period if f.correction]
        assert len(of_period) == len(owed) + len(corrected)
        assert [(f.period, f.reporter) for f in corrected] == ([(Q1, "210411")] if period == Q1 else [])
        assert {f.state for f in of_period} == {"approved"}


def test_the_correction_came_between_the_june_meeting_and_the_next_deadline():
    [corrected] = [f for f in filings(PLAN) if f.correction]
    assert date(2021, 6, 25) < corrected.received_at.date() < date(2021, 7, 12)
    assert "更正" in corrected.correction


def test_the_third_quarter_has_one_missing_one_late_two_sent_back():
    quarter = [f for f in filings(PLAN) if f.period == Q3]
    owed = {(form, who) for form in ("county", "project", "department") for who in PLAN.reporters(form)}
    assert owed - {(f.form, f.reporter) for f in quarter} == {("county", "210421")} == {UNFILED[:2]}
    late = [f.reporter for f in quarter if f.received_at.date() > PLAN.deadlines[Q3]]
    assert late == ["210423"]
    assert [(f.reporter, f.received_at.date()) for f in quarter if f.state == "returned"] == [
        ("210422", date(2021, 10, 8)),
        ("vocational", date(2021, 10, 9)),
    ]
    assert [(f.state, f.received_at.date()) for f in quarter if f.reporter == "210422"] == [
        ("returned", date(2021, 10, 8)),
        ("filed", date(2021, 10, 11)),
    ]


def test_the_return_sent_back_holds_the_figure_that_got_it_sent_back():
    first, second = (f for f in filings(PLAN) if f.key == ("county", "210422", Q3))
    key = ("compulsory.schools.grouped", "210422")
    assert (answers(PLAN, first)[key], answers(PLAN, second)[key]) == (41, 39)


def test_returns_come_in_on_working_days_and_nobody_decides_before_they_came():
    assert {period: days[-1] for period, days in WORKING_DAYS.items()} == {
        period: PLAN.deadlines[period] for period in WORKING_DAYS
    }
    for filing in filings(PLAN):
        assert (filing.state == "filed") == (filing.decided_at is None)
        assert filing.decided_at is None or filing.decided_at > filing.received_at
        assert bool(filing.reason) == (filing.state == "returned")


# --- the words


def test_who_files_a_task_speaks_about_it_every_quarter_and_says_something_new():
    for section in PLAN.sections:
        for number, speakers in text(f"section{section}").items():
            task = PLAN.tasks[int(number)]
            assert set(speakers) <= {*task.departments, task.reporter}
            told = [speakers[task.lead][str(period)]["done"] for period in (Q1, Q2, Q3)]
            assert len(set(told)) == 3, number


def test_every_task_and_milestone_is_spoken_about_by_those_it_belongs_to():
    tasks = {int(number) for section in PLAN.sections for number in text(f"section{section}")}
    assert tasks == set(PLAN.tasks)
    assert text("milestones").keys() == PLAN.milestones.keys()


def test_a_milestone_once_done_stays_done_and_was_done_in_the_quarter_that_says_so():
    for code, told in text("milestones").items():
        if "done" not in told["steps"]:
            assert "on" not in told, code
            continue
        first = told["steps"].index("done")
        assert set(told["steps"][first:]) == {"done"}, code
        assert Period.of(told["on"]) == PLAN.periods[first], code


def test_reasons_name_rows_that_the_return_has():
    for period, returns in text("reasons").items():
        for name, told in returns.items():
            form, _, reporter = name.partition("-")
            known = {element for element, _ in final_answers(PLAN, form, reporter, Period.parse(period))}
            assert told.keys() <= known, (period, name)
