"""The register of countable promises: complete, and true to the clauses it quotes."""

from __future__ import annotations

import re

import pytest
from plan_files import COMMITMENTS

COUNTED = [c for c in COMMITMENTS.values() if c["id"].startswith("K")]
DIRECTIONS = [c for c in COMMITMENTS.values() if c["id"].startswith("D")]
NUMERALS = ["K01", "K02", "K03", "K04", "K05", *(f"K{n:02}" for n in range(7, 16))]
SOFT_VERBS = ("努力", "力争", "争创", "支持")


def test_the_register_is_complete():
    assert list(COMMITMENTS) == [*(f"K{n:02}" for n in range(1, 41)), *(f"D{n:02}" for n in range(1, 8))]


def test_no_two_commitments_share_an_indicator_or_a_clause_number():
    assert len({c["indicator"] for c in COMMITMENTS.values()}) == 47
    assert len({c["register"] for c in COMMITMENTS.values()}) == 47


def test_a_clause_number_names_the_commitment_s_own_task():
    assert [c["id"] for c in COMMITMENTS.values() if int(c["register"].split("-")[0]) != c["task"]] == []


def test_fourteen_commitments_carry_figures():
    assert [c["id"] for c in COMMITMENTS.values() if c.get("numeral")] == NUMERALS


def figures(quote: str) -> set[float]:
    """The numbers a clause writes in figures; 1.5万名 is 15000, while 万元 stays the measure."""
    return {
        float(number) * (10_000 if unit == "万名" else 1)
        for number, unit in re.findall(r"(\d+(?:\.\d+)?)(万名)?", quote)
    }


@pytest.mark.parametrize("code", NUMERALS)
def test_a_figure_is_the_one_its_clause_writes(code):
    assert COMMITMENTS[code]["value"] in figures(COMMITMENTS[code]["quote"])


def test_commitments_without_numeral_quote_no_figure():
    assert [c["id"] for c in COMMITMENTS.values() if not c.get("numeral") and figures(c["quote"])] == []


def test_a_number_the_plan_does_not_write_is_marked_as_an_assumption():
    unmarked = [c["id"] for c in COUNTED if not c.get("numeral") and not c.get("assumption")]
    assert unmarked == ["K06", "K28"]  # 清零 and 三项 are written, in words
    assert [c["id"] for c in COMMITMENTS.values() if c.get("assumption", "implied") != "implied"] == ["K22"]


def test_the_seven_directions_have_no_value_and_are_judged_by_direction():
    assert len(DIRECTIONS) == 7
    for commitment in DIRECTIONS:
        assert "value" not in commitment
        assert commitment["light"] == "direction"
        assert commitment["operator"] in ("up", "down")
    assert [c["indicator"] for c in DIRECTIONS if c["operator"] == "down"] == ["large-class-share", "myopia"]


def test_every_counted_commitment_has_a_value_and_an_operator():
    assert [c["id"] for c in COUNTED if "value" not in c or c["operator"] not in ("ge", "le", "eq")] == []
    assert [c["id"] for c in COUNTED if c["light"] == "direction"] == []


def test_soft_commitments_say_so_in_their_clause():
    soft = [c for c in COMMITMENTS.values() if c["strength"] == "soft"]
    assert [c["id"] for c in soft] == ["K03", "K07", "K26", "K27"]
    assert [c["id"] for c in soft if not any(verb in c["quote"] for verb in SOFT_VERBS)] == []


def test_hard_commitments_quote_no_soft_verb():
    hard = [c for c in COMMITMENTS.values() if c["strength"] == "hard"]
    assert [c["id"] for c in hard if any(verb in c["quote"] for verb in SOFT_VERBS)] == []


def test_everything_is_due_with_the_year():
    assert {c["due"] for c in COMMITMENTS.values()} == {"2021Q4"}


def test_percentages_stay_within_0_to_100():
    assert [c["id"] for c in COUNTED if c["measure"] == "percent" and not 0 <= c["value"] <= 100] == []


@pytest.mark.parametrize(
    ("light", "codes"),
    [
        ("zero", "K06 K21 K22"),
        ("frequency", "K18 K19"),
        ("direction", "D01 D02 D03 D04 D05 D06 D07"),
        ("threshold", "K01 K02 K03 K04 K08 K16 K17 K20 K23 K24 K31 K32 K33 K35 K38"),
        ("deadline", "K25 K26 K27 K28 K34 K37 K39"),
        ("pace", "K05 K07 K09 K10 K11 K12 K13 K14 K15 K29 K30 K36 K40"),
    ],
)
def test_which_light_rule_judges_which(light, codes):
    assert [c["id"] for c in COMMITMENTS.values() if c["light"] == light] == codes.split()


@pytest.mark.parametrize(
    ("scope", "codes"),
    [
        ("city", "K01 K02 K03 K08 K24 D01 D03 D04 D05 D06 D07"),
        ("sum", "K05 K07 K12 K13 K14 K15 K25"),
        ("each", "K04 K06 K16 K17 K20 K21 K23 K32 K33 K34 K35 K38"),
        ("project", "K09 K10 K11 K26 K31"),
        ("bureau", "K18 K19 K22 K27 K28 K29 K30 K36 K37 K39 K40 D02"),
    ],
)
def test_whose_commitment_it_is(scope, codes):
    assert [c["id"] for c in COMMITMENTS.values() if c["scope"] == scope] == codes.split()


@pytest.mark.parametrize(
    ("code", "task", "indicator", "operator", "value", "measure", "nature"),
    [
        ("K01", 10, "inclusive-coverage", "ge", 80, "percent", "ratio"),
        ("K02", 10, "public-share", "ge", 46, "percent", "ratio"),
        ("K04", 11, "education-groups", "ge", 1, "group", "stock"),
        ("K05", 11, "paired-rural-schools", "ge", 45, "school", "stock"),
        ("K06", 11, "poor-dropouts", "eq", 0, "person", "zero"),
        ("K08", 13, "vocational-employment", "ge", 95, "percent", "ratio"),
        ("K10", 20, "canteen-area", "ge", 7900, "sqm", "flow"),
        ("K11", 20, "campus-investment", "ge", 1443, "10k_yuan", "flow"),
        ("K13", 20, "toilets", "eq", 13, "toilet", "flow"),
        ("K14", 29, "aided-pupils", "ge", 15000, "person", "flow"),
        ("K15", 29, "aid-amount", "ge", 3000, "10k_yuan", "flow"),
        ("K17", 19, "pay-ratio", "ge", 1, "ratio", "ratio"),
        ("K19", 3, "ideology-dispatches", "ge", 4, "time", "frequency"),
        ("K29", 28, "governments-evaluated", "ge", 8, "government", "full"),
        ("K30", 28, "balance-monitorings", "ge", 14, "item", "full"),
        ("K38", 25, "tb-screening", "eq", 100, "percent", "full"),
        ("K40", 30, "special-goals", "ge", 12, "item", "full"),
    ],
)
def test_some_entries_read_through_by_hand(code, task, indicator, operator, value, measure, nature):
    entry = COMMITMENTS[code]
    found = tuple(entry[key] for key in ("task", "indicator", "operator", "value", "measure", "nature"))
    assert found == (task, indicator, operator, value, measure, nature)


def test_the_three_works_add_up_to_5943_wan_yuan():
    assert sum(COMMITMENTS[code]["value"] for code in ("K09", "K11", "K12")) == 5943


def test_the_twelve_special_goals_are_the_twelve_named():
    named = COMMITMENTS["K40"]["quote"].removeprefix("全面完成").removesuffix("等工作目标")
    assert len(named.split("、")) == 12
