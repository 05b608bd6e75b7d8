"""Last year's returns while this year's plan is in force: filed, reviewed, locked, moved and undone under the plan of their year."""

from __future__ import annotations

from datetime import date

from actions_fixtures import actor, rows
from returns_fixtures import edited, opened, values_only
from two_year_fixtures import two_years  # noqa: F401  (fixture)

from actions import deadlines, files, going_back, reviewing, versions
from actions.keys import ReturnKey
from actions.standing import standing
from actions.submitting import submit
from actions.uploading import upload
from catalogue.load import plan_of
from catalogue.period import Period
from warehouse import read, store

LAST, NEXT = Period(2021, 4), Period(2022, 1)


def city(indicator, period):
    with store.open_version(store.latest(store.data_folder()), period) as con:
        [row] = read.values(con, period, None, indicator).to_dict("records")
    return row


def entry(reporter, element):
    """(value, sheet, cell) of last year's fourth quarter."""
    asked = "select value, sheet, cell from fact as f join receipt as r using (load_id) where r.reporter = ? and r.period = '2021Q4' and element = ?"
    [row] = rows(asked, [reporter, element])
    return row


def test_a_correction_of_last_year_is_filed_under_last_years_plan_and_moves_this_years_baseline(two_years):  # noqa: F811
    key, before = ReturnKey("county", "210421", LAST), city("paired-rural-schools", "2022Q1")
    [file] = (two_years / "returns" / "2021Q4").glob("*抚顺县*")

    _, sheet, cell = entry("210421", "compulsory.rural_paired")

    def fewer(book):
        assert book[sheet][cell].value > 1
        book[sheet][cell] = 1

    made = upload(actor("210421"), "更正.xlsx", edited(values_only(file.read_bytes()), fewer))
    assert made.draft is not None and made.draft.key == key, made
    told = submit(actor("210421"), key, seen=standing(key).seen, correction="重复计入一所，现予更正。")
    assert told.number.startswith("2021Q4-210421-county-")
    assert rows("select plan from receipt where number = ?", [told.number]) == [("2021",)]
    after = city("paired-rural-schools", "2022Q1")
    assert after["baseline"] < before["baseline"] and after["value"] == before["value"]
    assert city("paired-rural-schools", "2021Q4")["value"] == after["baseline"]


def test_the_first_quarters_template_carries_last_years_figures(two_years):  # noqa: F811
    plan = plan_of(NEXT)
    _, content = files.template(actor("210411"), ReturnKey("county", "210411", NEXT))
    value, sheet, cell = entry("210411", "kindergarten.children.public")
    book = opened(content)
    assert float(value) in [one.value for one in book[sheet][cell[1:]]]
    assert plan.title in str([one.value for page in book for line in page.iter_rows() for one in line])


def test_either_years_quarter_is_reviewed_locked_and_opened_again(two_years):  # noqa: F811
    planning = actor("planning")
    done, overtaken = reviewing.approve_clean(planning, "2022Q1")
    assert done and not overtaken and all(standing(key).state == "approved" for key in done)
    assert reviewing.lock(planning, "2021Q4", "county") == 8
    reviewing.reopen(planning, "2021Q4", "county", "210404", "更正")
    assert (
        standing(ReturnKey("county", "210404", LAST)).locked,
        standing(ReturnKey("county", "210411", LAST)).locked,
    ) == (False, True)
    deadlines.move(actor("admin"), "2022Q2", "county", "", date(2022, 7, 20), "顺延")
    assert set(deadlines.due_days("2022Q2").query("form == 'county'")["due"].dt.date) == {date(2022, 7, 20)}
    assert set(deadlines.due_days("2021Q4")["due"].dt.date) == {date(2022, 1, 10)}


def test_that_a_second_year_came_changes_no_number_of_the_first_and_can_be_undone(two_years):  # noqa: F811
    before, after = store.versions(store.data_folder())[-2:]
    assert [one.plan for one in store.editions_of(before)] == ["2021"]
    told = versions.compare(actor("admin"), before.number, after.number)
    settled = told.values[told.values["period"] <= "2021Q3"]
    assert settled.empty and len(told.values) and not told.plan_changed
    deadlines.move(actor("admin"), "2022Q2", "county", "", date(2022, 7, 20), "顺延")
    going_back.go_back(actor("admin"), after.number, "误操作")
    assert set(deadlines.due_days("2022Q2").query("form == 'county'")["due"].dt.date) == {
        plan_of("2022Q2").deadlines[Period(2022, 2)]
    }


def test_words_come_from_the_version_until_something_is_published_under_the_changed_plan(two_years):  # noqa: F811
    file = two_years / "plans" / "2022" / "plan.toml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("2022年工作要点", "2022年工作要点（修订）"), "utf-8")
    newest = store.latest(store.data_folder())
    assert [plan.title for plan in store.plans_of(newest)][-1] == "市委教育工委 市教育局2022年工作要点"
    deadlines.move(actor("admin"), "2022Q2", "county", "", date(2022, 7, 20), "顺延")
    later = store.latest(store.data_folder())
    assert [plan.title for plan in store.plans_of(later)][-1] == "市委教育工委 市教育局2022年工作要点（修订）"
    assert [plan.title for plan in store.plans_of(newest)][-1] == "市委教育工委 市教育局2022年工作要点"
    assert store.plans_of(later)[0] == store.plans_of(newest)[0]
