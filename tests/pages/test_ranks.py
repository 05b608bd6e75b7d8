"""Where a rank is shown: ties and how many are ranked are said, and nothing is both best and worst."""

from __future__ import annotations

import pytest

from sentences import unit_standing, unit_words


@pytest.mark.parametrize("basis", ["filed", "approved"])
@pytest.mark.parametrize("period", ["2021Q1", "2021Q2", "2021Q3"])
def test_nothing_a_unit_is_best_in_is_something_it_is_worst_in(snapshots, period, basis):
    snapshot = snapshots(period, basis)
    seen = 0
    for unit in snapshot.plan.units:
        standings = snapshot.unit(unit)
        best = {one.indicator.code for one in unit_standing.strongest(standings)}
        worst = {one.indicator.code for one in unit_standing.weakest(standings)}
        assert not best & worst, unit
        seen += len(best) + len(worst)
    assert seen


def test_a_rank_says_of_how_many_and_who_shares_it(snapshots):
    snapshot = snapshots("2021Q3", "filed")
    ranked = [one for unit in snapshot.plan.units for one in snapshot.unit(unit) if one.rank is not None]
    assert len(ranked) > 100 and any(one.alike > 1 for one in ranked)
    for one in ranked:
        said = unit_words.sentence(one)
        assert f"位次{one.rank}/{one.of}" in said
        assert (f"{one.alike}家并列" in said) is (one.alike > 1)


def test_among_the_first_three_is_said_of_six_ranked_at_least(snapshots):
    for basis in ("filed", "approved"):
        snapshot = snapshots("2021Q3", basis)
        on_top = [one for unit in snapshot.plan.units for one in snapshot.unit(unit) if one.on_top]
        assert all(one.of >= 6 for one in on_top)
    assert not on_top  # four are approved
