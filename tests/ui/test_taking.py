"""导出 at the head of every screen, also of one that has nothing to show; and what the tables taken there say of themselves."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from pages_fixtures import demonstration, looking, screen, words, written  # noqa: F401  (fixtures)

from access import audit
from catalogue.wording import say
from reports import verify
from ui.app import seen
from ui.app.navigation import SCREENS
from ui.kit import figures, tables

# Screens and the addresses at which they end early, or have nothing to show
CASES = [
    *((one.name, {}) for one in SCREENS if one.name not in ("filing", "review", "takeaway")),
    ("county", {"card": "1"}),
    ("tasks", {"task": "11"}),
    ("tasks", {"period": "2020Q4"}),
    ("works", {"period": "2020Q4"}),
    ("compare", {"period": "2020Q4"}),
    ("returns", {"period": "2020Q4"}),
    ("review", {}),
    ("review", {"period": "2020Q4"}),
    ("filing", {}),
]
WHO = {"filing": "demo-210421", "review": "demo-planning", "log": "demo-auditor"}
ADMIN = ("accounts", "settings", "versions")


def opened(name: str, **query: str):
    """The screen with its 导出 opened."""
    app = screen(f"pages/{name}.py", account=WHO.get(name, "demo-admin" if name in ADMIN else "demo-leader"), **query)
    app.session_state[f"take {name}"] = True
    return app.run()


def labels(app) -> list[str]:
    return [one.proto.label for one in app.get("download_button")]


def taken(monkeypatch, name: str, **query: str) -> dict[str, bytes]:
    """The files of a screen's tables, by name."""
    made = {}
    keep = lambda label, file, make, key, **how: made.update({key: (file, make)})  # noqa: E731
    monkeypatch.setattr("ui.kit.taking.downloads.button", keep)
    opened(name, **query)
    return {file: make() for key, (file, make) in made.items() if key.startswith("table ")}


@pytest.mark.parametrize(("name", "query"), CASES)
def test_every_screen_has_its_export_and_its_foot(looking, name, query):  # noqa: F811
    app = screen(f"pages/{name}.py", account=WHO.get(name, "demo-admin" if name in ADMIN else "demo-leader"), **query)
    assert say("takeaway.here") in [one.proto.popover.label for one in app.get("popover")]
    assert "抚教发〔2021〕1号" in app.caption[-1].value


@pytest.mark.parametrize("name", ["overview", "indicator"])
def test_a_quarter_without_numbers_has_them_too(demonstration, monkeypatch, name):  # noqa: F811
    for read in ("ui.reads.of_period", "ui.reads.city_of_period"):
        monkeypatch.setattr(read, lambda basis, period: _none())
    monkeypatch.setattr("ui.screens.indicator.head.head", lambda *about: "")
    app = screen(f"pages/{name}.py")
    assert say("shell.no_data") in words(app) and "抚教发〔2021〕1号" in app.caption[-1].value
    assert say("takeaway.here") in [one.proto.popover.label for one in app.get("popover")]


def _none():
    import pandas as pd

    return pd.DataFrame()


def test_a_screen_that_is_refused_keeps_its_foot_and_offers_nothing(looking):  # noqa: F811
    app = screen("pages/county.py", account="demo-210421", unit="210402")
    app.session_state["take county"] = True
    app.run()
    assert "抚教发〔2021〕1号" in app.caption[-1].value and labels(app) == []


# Tables


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("overview", {}),
        ("overview", {"matrix": "1"}),
        ("indicator", {}),
        ("county", {}),
        ("county", {"card": "1"}),
        ("tasks", {}),
        ("tasks", {"view": "matrix"}),
        ("tasks", {"task": "11"}),
        ("works", {}),
        ("returns", {}),
        ("review", {"form": "county", "reporter": "210402", "period": "2021Q3"}),
        ("compare", {}),
        ("method", {}),
        ("filing", {"quarter": "2021Q3"}),
        ("accounts", {}),
        ("settings", {}),
        ("versions", {}),
        ("log", {}),
    ],
)
def test_every_table_on_the_screen_is_offered(looking, name, query):  # noqa: F811
    app = opened(name, basis="filed", **query)
    twin = re.compile(r'<div class="on-paper\b.*?</div>', re.S)
    assert len(twin.findall(written(app))) == len(app.dataframe), "each canvas has a twin for paper"
    drawn = twin.sub("", written(app))
    filled = [one for one in app.dataframe if len(one.value)]
    # the cards of the works are a table too
    shown = drawn.count("<table") - drawn.count("<tbody></tbody>") + len(filled) + (name == "works")
    offered = [label for label in labels(app) if label.endswith("（CSV）")]
    assert len(offered) == shown


def test_titles_are_titles_and_no_findings_or_file_names(looking):  # noqa: F811
    told = [label for name in ("county", "works") for label in labels(opened(name, basis="filed"))]
    assert {"各项指标（CSV）", "报送质量（CSV）", "报送记录（CSV）", "工程项目（CSV）"} <= set(told)
    tables_of = [label for label in told if label.endswith("（CSV）")]
    assert not [label for label in tables_of if re.search(r"按时\d|\.(xlsx|ods|xls)", label)]


def test_only_numbers_read_for_the_chosen_returns_are_stamped_with_them(demonstration, monkeypatch):  # noqa: F811
    files = taken(monkeypatch, "county", period="2021Q3", basis="approved")
    book = openpyxl.load_workbook(io.BytesIO(files["县区_2021Q3.xlsx"]))
    assert "已审核" in book["各项指标"]["A2"].value and "校验码" in book["各项指标"]["A2"].value
    for name in ("报送质量", "报送记录"):
        assert book[name]["A2"].value.startswith("页面表格，不是发布的数据") and "已审核" not in book[name]["A2"].value
    assert verify.verify("县区.xlsx", files["县区_2021Q3.xlsx"])[0].holds


@pytest.mark.parametrize(
    ("name", "query"),
    [("returns", {"period": "2021Q3"}), ("review", {"period": "2021Q3"}), ("accounts", {}), ("log", {})],
)
def test_queues_accounts_and_logs_carry_no_proof(demonstration, monkeypatch, name, query):  # noqa: F811
    files = taken(monkeypatch, name, **query)
    assert files
    for file, content in files.items():
        with pytest.raises(verify.NoProof):
            verify.verify(file, content)
        told = content.decode("utf-8-sig") if file.endswith(".csv") else _second_line(content)
        assert say("tables.of_screen") in told and say(f"shell.page.{name}") in told and "2021-10-15" in told
        assert say("basis.approved") not in told.splitlines()[-1]


def _second_line(content: bytes) -> str:
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]["A2"].value


def test_each_table_taken_is_a_line_in_the_log(demonstration, monkeypatch):  # noqa: F811
    files = taken(monkeypatch, "returns", period="2021Q3")
    lines = [entry.detail for entry in audit.entries(event="download") if entry.object == "takeaway:table/returns"]
    assert sorted(lines) == sorted(files)


# What is read off a screen


def test_an_explicit_title_goes_before_heading_and_caption():
    seen.begin()
    seen.keep(tables.ShownTable("<h3>甲</h3><table><caption>乙</caption><tr><td>1</td></tr></table>", "丙"))
    assert [table.title for table in tables.tables("页", counted=True)] == ["丙"]


@pytest.mark.parametrize(
    ("screen_counts", "of_it", "found"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_a_table_is_counted_where_its_screen_and_itself_are(screen_counts, of_it, found):
    seen.begin()
    seen.keep(tables.ShownTable("<table><tr><td>1</td></tr></table>", counted=of_it))
    assert [table.counted for table in tables.tables("页", screen_counts)] == [found]


def twins(app) -> list[str]:
    return re.findall(r'<div class="on-paper\b.*?</div>', written(app), re.S)


def test_on_a_phone_a_row_of_a_canvas_is_a_card_but_not_of_a_matrix_or_where_rows_are_chosen(looking, monkeypatch):  # noqa: F811
    assert not [one for one in twins(opened("indicator")) if "phone" in one]
    monkeypatch.setattr(figures, "is_phone", lambda: True)
    [cells] = twins(opened("indicator"))
    assert 'class="on-paper phone"' in cells and 'data-label="数值">' in cells and 'table class="board cards"' in cells
    matrix, *_ = twins(opened("returns"))
    queue, *_ = twins(opened("review"))
    assert "phone" not in matrix and "phone" not in queue and "<td>" in matrix
