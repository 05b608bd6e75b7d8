"""Every word is written in both languages, and numbers, quarters and days as each of them writes them."""

from __future__ import annotations

import ast
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
import sources

from catalogue.display import day, difference, number, quantity, quarter
from catalogue.period import Period
from catalogue.wording import FOLDER, knows, language, pick, say, use_language, wordings

PROJECT = Path(__file__).resolve().parents[2]
ROOMS = ("app.py", "pages", "ui", "charts", "reports", "actions", "etl", "warehouse", "access", "catalogue")
FILES = sorted({path.name for lang in ("zh", "en") for path in (FOLDER / lang).glob("*.toml")})
# English dates name the month, Chinese dates number it; 等3家 counts all, "and 2 more" the others.
OWN_FIELDS = {"day", "charts.units.alike"}


@pytest.fixture
def english():
    use_language("en")


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


# Both languages


@pytest.mark.parametrize("file", FILES)
def test_a_file_of_words_exists_in_both_languages(file):
    assert (FOLDER / "zh" / file).exists() and (FOLDER / "en" / file).exists()


def test_a_file_elsewhere_holds_both_languages_and_a_missing_one_is_our_mistake(tmp_path, monkeypatch):
    (tmp_path / "rules").mkdir()
    words = tmp_path / "rules" / "probe.toml"
    monkeypatch.setattr("catalogue.wording.FOLDER", tmp_path)
    words.write_text('[manual]\nwhat = "?"\n[zh]\nfinding.probe = "错"\n[en]\nfinding.probe = "wrong"\n', "utf-8")
    assert [wordings.__wrapped__(lang) for lang in ("zh", "en")] == [
        {"finding.probe": "错"},
        {"finding.probe": "wrong"},
    ]
    words.write_text('[zh]\nfinding.probe = "错"\n', "utf-8")
    with pytest.raises(KeyError, match="en"):
        wordings.__wrapped__("en")


def test_every_key_has_its_twin():
    assert sorted(wordings("zh").keys() ^ wordings("en").keys()) == []


def test_twins_are_filled_from_the_same_fields():
    zh, en = wordings("zh"), wordings("en")
    unlike = {key for key in zh.keys() & en.keys() if fields(zh[key]) != fields(en[key])}
    assert sorted(unlike - OWN_FIELDS) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_wording_is_text_that_can_be_filled(lang):
    for key, text in wordings(lang).items():
        assert isinstance(text, str), key
        # a field is a plain name: no index, no attribute of what is passed in
        assert all(name.isidentifier() for name in fields(text)), key


def test_english_is_no_copy_of_the_chinese():
    # it may quote what is printed on a form: 万元, “变化原因”
    zh, en = wordings("zh"), wordings("en")
    chinese = [key for key, text in zh.items() if any("\u4e00" <= c <= "\u9fff" for c in text)]
    assert [key for key in chinese if en.get(key) == zh[key]] == []


# What the code says is written


@cache
def calls() -> list[tuple[str, int, ast.Call]]:
    found = []
    for room in ROOMS:
        for path in [PROJECT / room] if room.endswith(".py") else sorted((PROJECT / room).rglob("*.py")):
            if path.exists():
                name = str(path.relative_to(PROJECT))
                found += [(name, node.lineno, node) for node in sources.nodes(path) if isinstance(node, ast.Call)]
    return found


def literal(call: ast.Call, called: str, position: int) -> str | None:
    """The text at that position of a call by that name, of an f-string what it begins with; None where it is computed."""
    if getattr(call.func, "id", "") != called or not call.args:
        return None
    given = call.args[position]
    if isinstance(given, ast.JoinedStr):
        given = given.values[0]
    return given.value if isinstance(given, ast.Constant) and isinstance(given.value, str) else None


def is_prefix(key: str) -> bool:
    """say(f"light.{code}"): some wording begins like that."""
    return key.endswith((".", "_")) and any(each.startswith(key) for each in wordings("zh"))


def test_every_key_the_code_says_is_written():
    unwritten = [
        f"{path}:{line} {key}"
        for path, line, call in calls()
        if (key := literal(call, "say", 0)) is not None and not knows(key) and not is_prefix(key)
    ]
    assert unwritten == []


def test_every_mistake_the_catalogue_can_name_is_written_and_no_other():
    named = {
        key
        for path, _, call in calls()
        if path.startswith("catalogue")
        for key in (literal(call, "mistake", -1), literal(call, "Unfit", 0))
        if key is not None
    }
    source = "".join(path.read_text("utf-8") for path in (PROJECT / "catalogue").rglob("*.py"))
    written = {key.removeprefix("mistake.") for key in wordings("zh") if key.startswith("mistake.")}
    assert named - written == set()
    assert [key for key in sorted(written) if f'"{key}"' not in source] == []


# Speaking


def test_chinese_is_spoken_until_english_is_asked_for():
    assert (language(), say("light.green")) == ("zh", "绿灯")
    use_language("en")
    assert (language(), say("light.green"), say("light.green", "zh")) == ("en", "green", "绿灯")


def test_a_key_nobody_wrote_is_our_mistake():
    with pytest.raises(KeyError):
        say("no.such.key")


def test_a_language_nobody_speaks_is_refused():
    with pytest.raises(ValueError, match="'fr' is not one of zh, en"):
        use_language("fr")


def test_the_english_name_is_picked_and_the_chinese_one_where_it_is_empty():
    class Named:
        name, name_en, title, title_en = "新抚区", "Xinfu", "任务", ""

    assert pick(Named) == "新抚区"
    assert pick(Named, lang="en") == "Xinfu"
    assert pick(Named, "title", "en") == "任务"


# Numbers


@pytest.mark.parametrize(
    ("value", "measure", "text"),
    [
        (79.605, "percent", "79.61"),
        (79.604999, "percent", "79.6"),
        (Decimal("0.125"), "percent", "0.13"),
        (Decimal("0.115"), "percent", "0.12"),
        (-79.605, "percent", "-79.61"),
        (80, "percent", "80"),
        (46.0, "percent", "46"),
        (100, "person", "100"),
        (1240, "person", "1,240"),
        (1234567, "person", "1,234,567"),
        (Decimal("3000.50"), "10k_yuan", "3,000.5"),
        (Decimal("1.00049"), "ratio", "1"),
        (Decimal("0.9986"), "ratio", "0.999"),
        (65499.5, "yuan", "65,500"),
        (7899.5, "sqm", "7,900"),
        (0, "person", "0"),
        (-0.001, "percent", "0"),
        (1e7, "person", "10,000,000"),
        (None, "percent", "—"),
        (float("nan"), "percent", "—"),
    ],
)
def test_numbers_are_rounded_half_up_with_thousands_and_no_idle_zeros(value, measure, text):
    assert number(value, measure) == text


def test_a_blank_is_a_dash_and_a_zero_is_a_zero():
    assert (number(None), number(0)) == ("—", "0")
    assert (quantity(None, "person"), quantity(0, "person")) == ("—", "0人")


@pytest.mark.parametrize(
    ("value", "measure", "zh", "en"),
    [
        (79.6, "percent", "79.6%", "79.6%"),
        (1240, "person", "1,240人", "1,240 people"),
        (1300, "10k_yuan", "1,300万元", "13m CNY"),
        (7900, "sqm", "7,900平方米", "7,900 m²"),
        (1.02, "ratio", "1.02", "1.02"),
        (13, "toilet", "13座", "13 toilets"),
    ],
)
def test_a_quantity_has_its_unit(value, measure, zh, en):
    assert quantity(value, measure) == zh
    use_language("en")
    assert quantity(value, measure) == en


@pytest.mark.parametrize(
    ("value", "measure", "zh", "en"),
    [
        (1.2, "percent", "+1.2个百分点", "+1.2 pp"),
        (-0.345, "percent", "−0.35个百分点", "−0.35 pp"),
        (120, "person", "+120人", "+120 people"),
        (-3, "school", "−3所", "−3 schools"),
        (0, "percent", "±0个百分点", "±0 pp"),
        (0.0004, "percent", "±0个百分点", "±0 pp"),
        (None, "percent", "—", "—"),
        (float("nan"), "person", "—", "—"),
    ],
)
def test_a_difference_has_a_sign_and_percentages_differ_in_points(value, measure, zh, en):
    assert difference(value, measure) == zh
    use_language("en")
    assert difference(value, measure) == en


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        ("2021Q1", "2021年第一季度", "Q1 2021"),
        ("2021Q2", "2021年第二季度", "Q2 2021"),
        (Period(2021, 3), "2021年第三季度", "Q3 2021"),
        (Period(2020, 4), "2020年第四季度", "Q4 2020"),
    ],
)
def test_quarters_are_spoken_in_both_languages(period, zh, en):
    assert (quarter(period), quarter(period, "en")) == (zh, en)


def test_days_are_spoken_in_both_languages():
    assert (day(date(2021, 10, 11)), day(date(2021, 10, 11), "en")) == ("2021年10月11日", "11 Oct 2021")
    assert (day(date(2022, 1, 1)), day(date(2022, 1, 1), "en")) == ("2022年1月1日", "1 Jan 2022")
