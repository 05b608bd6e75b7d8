"""The words of a briefing: the same every time, no number that was not read, nothing good said of partial returns."""

# ruff: noqa: F811
from __future__ import annotations

import re

import pytest
from briefing_fixtures import house, of_house, quarter, section  # noqa: F401  (fixtures)
from warehouse_fixtures import whole_quarter

from catalogue.period import Period
from catalogue.wording import say, use_language
from etl import answers_out
from reports.briefing.document import draft
from reports.briefing.proof import says
from reports.briefing.statements import is_refused
from sentences import reading

QUARTERS = ("2021Q1", "2021Q2", "2021Q3")
GOOD = re.compile("已达到.{1,12}的目标|达到序时进度|符合应为零|有所改善|家达标|个县区达标")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("period", QUARTERS)
def test_the_same_data_give_the_same_words(quarter, period, lang):
    use_language(lang)
    assert draft(quarter(period)) == draft(quarter(period))


@pytest.mark.parametrize("basis", ["filed", "approved"])
@pytest.mark.parametrize("period", QUARTERS)
def test_every_value_and_target_is_what_the_command_line_says(quarter, period, basis):
    snapshot = quarter(period, basis)
    told = answers_out.values(snapshot.plan, Period.parse(period), None, basis)
    values = {
        (row["indicator"], row["reporting_unit"], what): row[what] for row in told for what in ("value", "target")
    }
    claims = [claim for claim in draft(snapshot).claims if claim.number is not None]
    assert claims
    for claim in claims:
        number = claim.number
        assert round(number.value, 4) == values[number.indicator, number.subject, number.what], claim
        assert says(claim.text, number), claim


def test_lights_are_counted_as_the_warehouse_counts_them(quarter):
    from warehouse import read

    snapshot = quarter()
    counts = snapshot.ask(lambda con: read.light_counts(con, "2021Q3")).set_index("light")["promises"]
    claims = {claim.means: claim.text for claim in draft(snapshot).sections["overall"][2].sentence.claims}
    for light in ("green", "yellow", "red", "grey"):
        assert claims[say(f"light.{light}")] == str(counts[light])


def test_every_figure_in_the_text_is_a_claim_a_day_or_a_name(quarter):
    """What stands between the claims has no figures but those of quarters, days, documents and names."""
    snapshot = quarter()
    plan = snapshot.plan
    names = [
        entry.name
        for entries in (plan.indicators, plan.milestones, plan.elements, plan.projects)
        for entry in entries.values()
    ]
    names += [task.title for task in plan.tasks.values()] + [plan.title, plan.document]
    known = "|".join(
        [*map(re.escape, sorted(names, key=len, reverse=True)), r"\d+年\d+月\d+日", r"\d+年第", r"第\d+项任务"]
    )
    for paragraph in draft(snapshot).paragraphs:
        if paragraph.kind == "attached":
            continue
        bare = "　".join(part for part in paragraph.sentence.parts if isinstance(part, str))
        assert not re.search(r"\d", re.sub(known, "", bare)), paragraph.text


def test_nothing_good_is_said_of_a_promise_on_partial_returns(quarter):
    snapshot = quarter()
    told = draft(snapshot)
    refused = [indicator.name for _, indicator, row in snapshot.promised() if is_refused(row)]
    assert len(refused) > 10
    undecided = section(told, "undecided")
    for name in refused:
        assert name in undecided
        for one in told.sections["met"] + told.sections["behind"]:
            assert not one.text.startswith(name)
    assert "暂不作评价" in undecided and not GOOD.search(undecided)


def test_what_is_met_has_all_its_returns(quarter):
    snapshot = quarter()
    whole = {
        indicator.name
        for _, indicator, row in snapshot.promised()
        if row.light == "green" and not reading.is_partial(row)
    }
    items = [one.text for one in draft(snapshot).sections["met"] if one.kind == "item"]
    assert len(items) == len(whole)
    assert all(any(item.startswith(name) for name in whole) for item in items)


def test_a_target_reached_by_those_who_filed_is_not_called_met(house):
    house.file("unit | period | kids | kids.public\nA | 2021Q1 | 100 | 90\nB | 2021Q1 | 100 | 95")
    told = draft(of_house(house, "2021Q1"))
    assert "share" in section(told, "undecided") and "2/3家已报" in section(told, "undecided")
    assert "share" not in section(told, "met") and "share" not in section(told, "behind")


def test_the_same_target_is_called_met_when_all_have_filed(house):
    house.file(whole_quarter("kids | kids.public", "2021Q1", "100 | 90", "100 | 95", "100 | 40"))
    told = draft(of_house(house, "2021Q1"))
    assert "share75%，已达到46%的目标。" in section(told, "met")
    assert "share" not in section(told, "undecided")


def test_what_is_behind_says_by_how_much_and_who_lacks_it(house):
    house.file(whole_quarter("kids | kids.public", "2021Q1", "100 | 60", "100 | 20", "100 | 40"))
    told = section(draft(of_house(house, "2021Q1")), "behind")
    assert (
        "share40%，距46%还差6个百分点。按目前kids折算，还差18人（kids.public）；分单位看，B县差26人、C县差6人，其余1家已达到。"
        in told
    )


def test_a_broken_zero_is_red_at_once(house):
    house.file("unit | period | dropouts\nA | 2021Q1 | 2")
    assert "现有2人：A县2人" in section(draft(of_house(house, "2021Q1")), "behind")


def test_a_quarter_nobody_filed_is_not_a_quarter_of_zeros(house):
    house.publish()
    told = draft(of_house(house, "2021Q1"))
    assert "本期没有可以认定为达到目标或序时进度的事项。" in section(told, "met")
    assert "没有报数，不作评价" in section(told, "undecided")
    assert "本期不排列位次" in section(told, "units") and told.ranking.rows == ()
    assert told.numbers == ()


def test_english_speaks_english(quarter):
    use_language("en")
    told = draft(quarter())
    words = "".join(section(told, name) for name in ("overall", "met", "behind", "undecided", "units", "returns"))
    assert not re.search("[\u4e00-\u9fff，。；：]", words)
    assert "  " not in words
