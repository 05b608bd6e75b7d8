"""Promises by theme: what approved returns give is firm, what only all on file give is not; units by their own lights."""

from __future__ import annotations

import pandas as pd
import pytest

from catalogue.load import PLANS, load_plan
from sentences import by_theme
from sentences.by_theme import Lit, Tally

PLAN = load_plan(PLANS / "2021")
XINFU = "210402"


def rows(lights: dict[str, str], subject: str | None = None, **more) -> pd.DataFrame:
    told = [
        {"commitment": code, "subject": subject, "light": light, "verdict": "", "target": 1.0, **more}
        for code, light in lights.items()
    ]
    return pd.DataFrame(told, columns=["commitment", "subject", "light", "verdict", "target", *more])


@pytest.mark.parametrize(
    ("approved", "filed", "basis", "shown"),
    [
        ("green", "green", "approved", Lit("green", True)),
        ("grey", "yellow", "approved", Lit("yellow", False)),
        ("grey", "grey", "approved", Lit("grey", True)),
        ("yellow", "red", "approved", Lit("yellow", True)),  # the numbers on show are those approved
        ("yellow", "red", "filed", Lit("red", False)),
        ("grey", "green", "filed", Lit("green", False)),
    ],
)
def test_a_light_is_firm_where_approved_returns_alone_give_it(approved, filed, basis, shown):
    assert by_theme.settled(approved, filed, basis) == shown


def test_themes_come_in_the_plans_order_and_every_promise_is_counted_once():
    approved = rows({"K01": "grey", "K02": "green", "K14": "grey"})
    filed = rows({"K01": "yellow", "K02": "green", "K14": "grey"})
    preschool, aid = by_theme.of_city(approved, filed, PLAN, "approved")
    assert preschool == Tally("preschool", {Lit("yellow", False): 1, Lit("green", True): 1})
    assert (aid.theme, aid.counts, aid.total) == ("aid", {Lit("grey", True): 1}, 1)


def test_the_worst_light_of_a_unit_is_told_grey_only_where_there_is_no_other():
    lights = rows({"K33": "green", "K32": "red", "K21": "grey"}, XINFU)
    found = by_theme.of_unit(lights, lights, PLAN, "filed", XINFU, PLAN.themes)
    assert found["compulsory"].worst == Lit("red", True) and found["compulsory"].of("green") == 1
    assert found["safety"].worst == Lit("grey", True) and found["aid"].worst is None


def test_what_the_plan_sets_a_unit_no_target_for_or_it_has_none_of_is_no_light_of_its_own():
    aimless = rows({"K01": "grey"}, XINFU).assign(target=float("nan"))
    none_there = rows({"K32": "grey"}, XINFU).assign(verdict="not_applicable")
    both = pd.concat([aimless, none_there])
    assert by_theme.own_lights(both, PLAN, XINFU) == {}


def test_a_move_is_counted_where_both_quarters_are_judged():
    now = {"K01": "green", "K02": "yellow", "K03": "red", "K04": "green"}
    before = {"K01": "yellow", "K02": "yellow", "K03": "yellow", "K04": "grey"}
    assert by_theme.moved(now, before) == (1, 1)


def test_those_behind_are_told_by_the_worse_light_there_is_most_first_and_by_firm_lights_where_these_count():
    preschool = Tally("preschool", {Lit("yellow", True): 1, Lit("red", False): 2})
    aid = Tally("aid", {Lit("yellow", True): 3, Lit("green", True): 1})
    safety = Tally("safety", {Lit("red", False): 3})
    assert by_theme.behind([preschool, aid, safety], firm=True) == ("yellow", [("aid", 3), ("preschool", 1)])
    assert by_theme.behind([preschool, aid, safety], firm=False) == ("red", [("safety", 3), ("preschool", 2)])
    assert by_theme.behind([safety], firm=True) == ("", [])
    assert by_theme.together("all", [preschool, aid]).counts == {
        Lit("yellow", True): 4,
        Lit("red", False): 2,
        Lit("green", True): 1,
    }
