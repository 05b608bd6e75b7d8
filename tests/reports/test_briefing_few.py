"""A briefing on few returns: with 3 of 8 counties in, nothing is claimed of the city's ratios, however bad they would be."""

# ruff: noqa: F811
from __future__ import annotations

import shutil

import pytest
from briefing_fixtures import TODAY, house, member, of_house, section  # noqa: F401  (fixtures)
from command_line import ROOT, called_etl
from warehouse_fixtures import whole_quarter

from catalogue.display import quantity
from catalogue.wording import pick, say, use_language
from reports.briefing.charts import charts
from reports.briefing.document import docx, draft
from reports.briefing.statements import is_ratio_of_few
from reports.snapshot import take
from sentences import reading

SETS = {
    "districts": ("新抚区", "东洲区", "望花区"),
    "counties": ("清原满族自治县", "新宾满族自治县", "市直"),
    "mixed": ("顺城区", "望花区", "清原满族自治县"),
}


@pytest.fixture(scope="module", params=SETS.values(), ids=SETS)
def few(request, tmp_path_factory):
    """The sample returns, of the third quarter those of three counties alone; of the quarters before all, so that what the
    others may plausibly report is known."""
    folder, demo = tmp_path_factory.mktemp("few"), ROOT / "data" / "demo"
    for name in ("2020Q4", "2021Q1", "2021Q2", "intake.toml", "meetings.toml"):
        (shutil.copytree if (demo / name).is_dir() else shutil.copy)(demo / name, folder / "in" / name)
    (folder / "in" / "2021Q3").mkdir()
    for path in (demo / "2021Q3").iterdir():
        if "县区季度报表" not in path.name or path.name.split("_")[1] in request.param:
            shutil.copy(path, folder / "in" / "2021Q3")
    called_etl(folder / "var", "load", str(folder / "in"), "--quiet", code=None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_DATA", str(folder / "var"))
        patch.setenv("DASHBOARD_TODAY", TODAY.isoformat())
        yield take("2021Q3", "filed")


def ratios(snapshot):
    """The city's ratios that all counties report, each with its row."""
    return [
        (indicator, row)
        for _, indicator, row in snapshot.promised()
        if indicator.is_ratio and indicator.scope == "city" and len(indicator.units) >= 8
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_of_the_citys_ratios_nothing_is_claimed(few, lang):
    use_language(lang)
    found, told = ratios(few), draft(few)
    assert len(found) > 8 and {reading.stands_on(row) for _, row in found} == {3}
    stated = {claim.number.indicator for claim in told.claims if claim.number and claim.number.subject is None}
    for indicator, _ in found:
        assert indicator.code not in stated
        assert pick(indicator) in section(told, "undecided")
        assert all(pick(indicator) not in section(told, name) for name in ("met", "behind", "next", "units"))
    assert "3/8家" in section(told, "undecided") or "3/8 units" in section(told, "undecided")


def test_no_percentage_stands_in_the_text_but_those_of_who_reports_alone(few):
    alone = {i.code for i in few.plan.indicators.values() if len(i.units) == 1} | {
        indicator.code for _, indicator, row in few.promised() if not reading.is_partial(row)
    }
    for paragraph in draft(few).paragraphs:
        if paragraph.section in ("works", "next"):  # one return of one department; quoted as the departments wrote it
            continue
        for claim in paragraph.sentence.claims:
            if "%" in claim.text or "百分点" in claim.text:
                each = (
                    few.plan.indicators[claim.indicator].scope == "each"
                )  # units are counted, against what each must keep
                assert claim.indicator in alone or each, paragraph.text


def test_lights_that_are_not_told_of_are_not_counted_as_lights(few):
    told = draft(few)
    claims = {claim.means: int(claim.text) for claim in told.sections["overall"][2].sentence.claims}
    grey = sum(row.light == "grey" or is_ratio_of_few(row) for _, _, row in few.promised())
    assert claims[say("light.grey")] == grey
    items = [one for one in told.sections["behind"] if one.kind == "item" and "节点" not in one.text]
    assert claims[say("light.red")] + claims[say("light.yellow")] == len(items)


def test_no_picture_of_the_briefing_shows_them(few):
    """They have their line, with how many returns are in, and no number."""
    for chart in charts(few):
        drawn = str(chart.draw().to_dict())
        for _, row in ratios(few):
            assert f"{quantity(row.value, row.measure)} / " not in chart.alt + drawn


def test_the_document_says_so_too(few):
    words = "".join(member(docx(few, draft(few)), "word/document.xml").itertext())
    for indicator, row in ratios(few):
        assert f"{indicator.name}{quantity(row.value, row.measure)}" not in words


# Made up: so far from its target that no return could mend it


def test_a_ratio_that_could_not_turn_is_told_with_two_of_three_and_not_with_one(house):
    for period in ("2021Q1", "2021Q2"):
        house.file(whole_quarter("kids | kids.public", period, "100 | 2", "100 | 3", "100 | 4"))
    house.file("unit | period | kids | kids.public\nA | 2021Q3 | 100 | 2")
    snapshot = of_house(house, "2021Q3")
    assert (snapshot.row("share").light, snapshot.row("share").firm) == ("red", True)
    told = draft(snapshot)
    assert "share" not in section(told, "behind") and "1/3家已报" in section(told, "undecided")
    house.file("unit | period | kids | kids.public\nB | 2021Q3 | 100 | 3")
    told = draft(of_house(house, "2021Q3"))
    assert "share2.5%" in section(told, "behind") and "2/3家已报" in section(told, "behind")
