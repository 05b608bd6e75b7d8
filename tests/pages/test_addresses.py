"""What an address asks for is shown, resolved, or named as unknown; never something else without a word."""

# ruff: noqa: F811
from __future__ import annotations

import pytest
from pages_fixtures import looking, screen, words  # noqa: F401  (fixtures)

from catalogue.wording import say
from warehouse import store


def warned(app) -> list[str]:
    return [one.value for one in app.warning]


@pytest.mark.parametrize("asked", ["K07", "k07", "trainees"])
def test_a_promise_asked_for_by_its_number_opens_its_indicator(looking, asked):
    app = screen("pages/indicator.py", period="2021Q3", basis="filed", indicator=asked)
    assert "职业院校社会培训人数" in words(app) and not warned(app)
    assert "".join(app.query_params["indicator"]) == "trainees"


@pytest.mark.parametrize(
    ("page", "name", "asked"),
    [
        ("pages/indicator.py", "indicator", "K99"),
        ("pages/county.py", "unit", "000000"),
        ("pages/overview.py", "version", "999"),
        ("pages/overview.py", "period", "2030Q1"),
        ("pages/overview.py", "basis", "all"),
    ],
)
def test_what_is_not_there_is_named_until_something_else_is_chosen(looking, page, name, asked):
    app = screen(page, **{"period": "2021Q3", "basis": "filed", name: asked})
    assert warned(app) == [say("shell.unknown", what=say(f"filter.{name}"), asked=asked)]
    app.run()
    assert warned(app), "a rerun of the same screen still says it"


def test_a_choice_that_is_there_takes_the_warning_away(looking):
    app = screen("pages/county.py", period="2021Q3", basis="filed", unit="000000")
    assert warned(app)
    app.query_params["unit"] = "210403"
    app.run()
    assert not warned(app) and "东洲区" in words(app)


def test_good_addresses_are_not_complained_about(looking):
    for version in store.versions(store.data_folder()):
        asked = str(version.number)
        assert not warned(screen("pages/overview.py", period="2021Q3", basis="filed", version=asked)), asked


def test_of_one_plan_the_quarter_is_one_choice(looking):
    app = screen("pages/overview.py", period="2021Q3", basis="filed")
    assert app.selectbox(key="period widget").options[-1] == "2021年第三季度"
    assert not [one for one in app.selectbox if one.key == "year widget"]
