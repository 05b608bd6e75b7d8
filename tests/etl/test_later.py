"""A corrected quarter is held against the later ones on record: whoever files, reviews or loads is told which disagree."""

from __future__ import annotations

import shutil

import pytest
from demo_fixtures import FOLDER, PLAN, Q1, Q2
from returns_fixtures import edited, put, values_only
from rules_fixtures import NA, make_return, past, plan

from etl import batch, report
from etl.later import LaterReturn, contradictions, published
from etl.messages import sentence
from etl.submission import check_return

AID, PUPILS = "aid.pupils", {"aid.pupils": 1200, "aid.pupils.compulsory": 700}
FILED = {quarter: next((FOLDER / str(quarter)).glob("*新抚区*县区季度报表.xlsx")) for quarter in (Q1, Q2)}


def against(changes, other, before=None, **of_other) -> list[str]:
    """What the return of 2021Q3 says against that of 2021Q2, as `rule element quarter`.

    But for `copied_from_last`: the two are alike here where nothing is changed.
    """
    later = make_return(period="2021Q3", changes=other, **of_other)
    known = LaterReturn(later, past(before or {}), plan())
    found = contradictions(make_return(period="2021Q2", changes=changes), plan(), lambda *_: [known])
    told = [f"{f.fields['later'].rule} {f.slot.element} {f.fields['later_period']}" for f in found]
    return [one for one in told if not one.startswith("copied_from_last")]


def test_a_later_total_below_the_corrected_one_is_named():
    assert against(PUPILS, {}) == [
        "flow_not_below_last aid.pupils 2021Q3",
        "flow_not_below_last aid.pupils.compulsory 2021Q3",
    ]


def test_the_sentence_names_unit_quarter_and_both_cells():
    known = LaterReturn(make_return(period="2021Q3"), past({}), plan())
    found = next(contradictions(make_return(period="2021Q2", changes=PUPILS), plan(), lambda *_: [known]))
    assert sentence(found, plan()) == (
        "学生资助!D7：新抚区2021年第三季度已报的报表与本表不符——"
        "学生资助!D7 资助学生数（累计，去重）：本期累计1,000人，小于2021年第二季度累计1,200人。"
    )
    assert "Xinfu on record for Q3 2021" in sentence(found, plan(), "en")


def test_what_agrees_was_explained_or_is_wrong_anyhow_is_not_named():
    assert against({}, {}) == []
    reasons = {"aid.pupils": "更正：二季度重复计算", "aid.pupils.compulsory": "更正：二季度重复计算"}
    assert against(PUPILS, {}, reasons=reasons) == []
    assert against({}, {"compulsory.pupils": -1}) == []
    assert against(PUPILS, {}, before={"2021Q1": PUPILS}) == []  # below the first quarter as well


def test_a_figure_that_comes_in_before_a_not_applicable_is_named():
    meals = "nutrition.pupils"
    assert against({meals: 800}, {meals: NA}, before={"2021Q2": {"teachers.total": 5}}) == [
        f"figure_gone {meals} 2021Q3"
    ]


# On record


@pytest.fixture(scope="module")
def two_quarters(tmp_path_factory):
    """A data folder with the first two quarters of 新抚区, to be copied."""
    folder = tmp_path_factory.mktemp("two-quarters") / "var"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_DATA", str(folder))
        assert all(outcome.taken for outcome in batch.load([*FILED.values()], approve=True))
    return folder


@pytest.fixture
def record(two_quarters, tmp_path, monkeypatch):
    """The first two quarters of 新抚区 loaded, and a folder for what comes next."""
    shutil.copytree(two_quarters, tmp_path / "var")
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "var"))
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def trained(number: int) -> bytes:
    """新抚区's first quarter with so many teachers trained to date."""
    return edited(values_only(FILED[Q1].read_bytes()), put("学前教育", "E17", number))


def test_a_file_is_told_of_the_later_return_when_it_is_checked(record):
    found = [f for f in check_return(trained(40), "更正.xlsx").findings if f.rule == "later_contradicts"]
    assert {str(f.fields["later_period"]) for f in found} == {"2021Q2"}
    assert [f.slot.element for f in found] == ["kindergarten.teachers.trained"]
    as_filed = check_return(FILED[Q1].read_bytes(), "原件.xlsx")
    assert [f for f in as_filed.findings if f.rule == "later_contradicts"] == []


@pytest.mark.parametrize("quiet", [False, True])
def test_a_load_prints_which_later_return_disagrees_however_quiet(record, capsys, quiet):
    (record / "更正.xlsx").write_bytes(trained(40))
    report.tell(batch.load([record]), PLAN, quiet=quiet, dry_run=False, notes=False)
    said = capsys.readouterr().out.replace("\n", "")
    assert "新抚区2021年第二季度已报的报表" in "".join(sign for sign in said if sign not in " │")


def test_a_later_return_that_comes_in_the_same_load_is_not_named(record):
    (record / "更正.xlsx").write_bytes(trained(31))
    second = edited(values_only(FILED[Q2].read_bytes()), put("学前教育", "E17", 50))
    (record / "二季度.xlsx").write_bytes(second)
    outcomes = batch.load([record])
    assert [
        f for o in outcomes for f in (o.checked.findings if o.checked else ()) if f.rule == "later_contradicts"
    ] == []


def test_the_same_files_again_are_not_examined_again(record):
    shutil.copy(FILED[Q1], record)
    [outcome] = batch.load([record])
    assert outcome.state == "unchanged"
    assert [f for f in outcome.checked.findings if f.rule == "later_contradicts"] == []


def test_what_stands_is_read_back_as_it_was_accepted(record):
    [other] = published(PLAN)("county", "210402", Q1)
    whole = check_return(FILED[Q2].read_bytes(), "二季度.xlsx").ret
    assert {slot: (e.state, e.value, e.text, e.reason) for slot, e in other.ret.entries.items()} == {
        slot: (e.state, e.value, e.text, e.reason) for slot, e in whole.entries.items()
    }
    assert other.before.values[Q1]
