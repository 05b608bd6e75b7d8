"""The code at the foot of a picture, typed off it: which picture it was, and whether its numbers still hold."""

# ruff: noqa: F811
from __future__ import annotations

import shutil

import pytest
from proof_fixtures import here, move_on, own_data, seen_from  # noqa: F401  (fixtures)

from access import db
from access.model import Account, Actor
from actions import takeaways
from actions.errors import NotAllowed
from catalogue.load import current_plan
from catalogue.wording import say, use_language
from reports import codes, issued, verify
from reports.pictures import poster_overview
from reports.snapshot import take
from warehouse import store

LEADER, FILER = (
    Actor(account=Account(name=role, person="张三", role=role, office=office), ip="10.20.3.4")
    for role, office in (("leader", ""), ("filer", "210402"))
)


@pytest.fixture(scope="module", autouse=True)
def read_once():
    """The pictures of a quarter take seconds: listed once for the whole chapter."""
    listed, read = {}, codes.pictures

    def pictures(snapshot):
        key = snapshot.version.number, snapshot.period, snapshot.basis
        if key not in listed:
            listed[key] = list(read(snapshot))
        return iter(listed[key])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(codes, "pictures", pictures)
        yield


@pytest.fixture
def pictures(here):
    """Every picture of the quarter with its proof."""
    return list(codes.pictures(here.snapshot))


@pytest.fixture
def moved(own_data, here, tmp_path):
    shutil.copytree(own_data, tmp_path / "var")
    move_on(tmp_path / "var")
    with seen_from(tmp_path / "var"):
        yield
        db.dispose()


# Found


@pytest.mark.parametrize(
    "typed",
    [
        str,
        str.lower,
        lambda code: code.replace("-", ""),
        lambda code: f"  {code.replace('-', ' ')} ",
        lambda code: code.replace("-", "—"),
        lambda code: "".join(chr(ord(sign) + 0xFEE0) for sign in code),
    ],
    ids=["as printed", "small", "no strokes", "spaces", "long strokes", "full width"],
)
def test_a_posters_code_is_found_as_it_may_be_typed(here, typed):
    proof = here.proof("poster")
    assert codes.find(typed(proof.code), [here.snapshot]) == (say("poster.overview"), proof)


def test_every_kind_of_picture_is_found_by_its_own_name(here, pictures):
    names = [name for name, _ in pictures]
    assert "新抚区" in names and "公办幼儿园在园幼儿占比_2021年第三季度" in names
    assert all(any(name.startswith(project.name) for name in names) for project in current_plan().projects.values())
    chart = here.proof("chart")
    assert codes.find(chart.code, [here.snapshot])[1] == chart


def test_no_two_pictures_of_a_quarter_share_a_code(pictures):
    found = [proof.code for _, proof in pictures]
    assert len(found) > 500 and len(set(found)) == len(found)


@pytest.mark.parametrize(
    "change",
    [
        lambda code: code[:-1] + ("0" if code[-1] != "0" else "1"),
        lambda code: code[:-1],
        lambda code: code + "0",
        lambda code: "",
        lambda code: "----",
    ],
)
def test_another_letter_is_another_code(here, change):
    assert codes.find(change(here.proof("poster").code), [here.snapshot]) is None


def test_it_belongs_to_one_quarter_and_one_way_of_counting(here):
    code = here.proof("poster").code
    assert codes.find(code, [take("2021Q3", "approved")]) is None
    assert codes.find(code, codes.of_quarter("2021Q3")) is not None
    assert here.proof("poster").code != poster_overview.overview(take("2021Q2", "filed")).proof.code


def test_a_picture_has_the_same_code_in_either_language(here):
    assert "2021年9月30日" in here.proof("poster").line()
    for proof in (here.proof("poster"), here.proof("chart")):
        use_language("en")
        assert here.proof(proof.kind.partition(":")[0]).code == proof.code
        assert "30 Sep 2021" in proof.line()
        use_language("zh")


# On the screen


def test_a_code_that_holds_is_told_with_what_it_is_of(here):
    proof = here.proof("poster")
    told = takeaways.check_code(LEADER, f" {proof.code.lower()} ", "2021Q3", None)
    version = here.snapshot.version.number
    assert told.verdict == "holds"
    assert told.lines == (
        f"{proof.code}：{say('poster.overview')}，2021年第三季度。{proof.line()}",
        f"与最新的第{version}版也一致（{len(proof.numbers)}个数）。",
    )


def test_a_code_of_an_older_version_tells_what_has_moved(here, moved):
    proof = here.proof("chart")
    told = takeaways.check_code(LEADER, proof.code, "2021Q3", proof.version)
    assert told.verdict == "moved" and f"与最新的第{proof.version + 1}版相比" in told.lines[1]
    assert any("资助学生数（aided-pupils）" in line and "→" in line for line in told.lines[2:])


def test_a_wrong_code_is_said_with_the_quarter_it_was_looked_for_in(here):
    with pytest.raises(verify.NoProof) as problem:
        takeaways.check_code(LEADER, " 0000-0000-0000-0000 ", "2021Q3", None)
    assert str(problem.value) == say("takeaway.code_unknown", code="0000-0000-0000-0000", period="2021年第三季度")


def test_who_may_not_see_numbers_may_not_ask(moved, here):
    with pytest.raises(NotAllowed):
        takeaways.check_code(FILER, here.proof("poster").code, "2021Q3", None)


# Files


@pytest.mark.parametrize("kind", ["summary", "county_workbook", "layout", "briefing"])
def test_the_code_of_any_file_given_out_is_found(here, kind):
    [found] = verify.verify("x", here.made(kind))
    name, proof = codes.find(f" {found.proof.code.lower()} ", [])
    assert name == say(f"verify.kind.{proof.kind}") and proof.numbers == found.proof.numbers
    assert takeaways.check_code(LEADER, proof.code, "2021Q1", None).verdict == "holds"


def test_a_files_code_in_a_newer_version_tells_what_has_moved(here, moved):
    take_again = here.made("county_workbook")
    [found] = verify.verify("x", take_again)
    issued.enter(store.data_folder(), found.proof.code, found.proof.as_json())
    assert takeaways.check_code(LEADER, found.proof.code, "2021Q3", None).verdict == "moved"


def test_a_damaged_entry_is_not_found(tmp_path, monkeypatch):
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    issued.enter(tmp_path, "0123-4567-89AB-CDEF", "{}")
    assert codes.find("0123456789ABCDEF", []) is None
