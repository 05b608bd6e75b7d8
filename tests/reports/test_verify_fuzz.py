"""Whatever a file may carry as its proof: it is checked, or refused in words, and what is told keeps to its line."""

# ruff: noqa: F811
from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from proof_fixtures import blank_picture, here, zipped  # noqa: F401  (fixture)

from reports import verify
from reports.carried import NoProof
from reports.pictures import png_text
from reports.proof import sealed

ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
NASTY = st.sampled_from(
    [
        "",
        "9999Q4",
        "0000Q1",
        "0001Q1",
        "２０２１Q3",
        "2021Q3\n",
        "0001-01-01",
        "9999-12-31",
        10**400,
        -1,
        1e308,
        "\x1b[2J",
        "!",
        "A!B",
        "x" * 999,
    ]
)
SIGNS = [*map(chr, range(32)), "\x7f", "\x9b", "\u2028", "\u2029", "\u202e"]


def told_of(text: str) -> list[str]:
    """Lines, or what it was refused with."""
    try:
        [found] = verify.verify("x.png", png_text.put(blank_picture(), text))
    except NoProof as problem:
        return [str(problem)]
    return list(verify.told(found))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_proof_with_anything_in_any_field_is_told_or_refused(here, data):
    told = json.loads(here.proof("chart").as_json())
    told["texts"] = [{"place": "总览", "digest": "0", "loose": ["A1"]}]
    places = [told, told["numbers"][0], told["texts"][0]]
    for _ in range(data.draw(st.integers(1, 2))):
        where = places[data.draw(st.integers(0, 2))]
        name = data.draw(st.sampled_from(sorted(where)) | st.text(max_size=5))
        if data.draw(st.booleans()):
            where[name] = data.draw(ANY | NASTY)
        else:
            where.pop(name, None)
    lines = told_of(json.dumps(told))
    assert lines and not any(sign in line for line in lines for sign in SIGNS)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=ANY)
def test_anything_that_is_json_is_refused(here, told):
    assert len(told_of(json.dumps(told))) == 1


@pytest.mark.parametrize("period", ["9999Q4", "0000Q1", "0001Q1", "1900Q4", "3000Q1"])
def test_a_quarter_that_no_calendar_of_ours_has_is_no_proof(here, period):
    proof = here.proof("poster")
    for lie in ({"period": period}, {"numbers": (replace(proof.numbers[0], period=period),)}):
        with pytest.raises(NoProof):
            verify.verify("x.png", png_text.put(blank_picture(), replace(proof, **lie).as_json()))


@pytest.mark.parametrize("sign", SIGNS, ids=ascii)
def test_no_text_of_a_file_breaks_a_line_or_commands_a_terminal(here, sign):
    proof = here.proof("poster")
    number = replace(proof.numbers[0], indicator=f"a{sign}[31mb", place=f"总览{sign}!C4", subject=f"{sign}x")
    proof = sealed(replace(proof, plan=f"一{sign}二", published_at=sign, numbers=(number,)))
    picture = png_text.put(blank_picture(), proof.as_json())
    [found] = verify.verify("图.zip", zipped({f"一{sign if sign != chr(0) else ''}.png": picture}))
    lines = [*verify.told(found), *verify.told_of_code("长图", proof)]
    assert len(lines) > 4 and not any(one in line for line in lines for one in SIGNS)
