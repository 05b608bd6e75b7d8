"""Tasks and milestones: what is declared beside what the numbers say."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from warehouse_fixtures import House, a_fact, a_receipt

from warehouse import read


@pytest.fixture
def house(tmp_path):
    return House(tmp_path)


def tell(house: House, department: str, period: str, cells: dict[str, str]) -> None:
    def change(writer):
        load_id = writer.add_receipt(a_receipt(department, period, datetime(2021, 4, 5), "department"))
        writer.add_facts(
            load_id,
            [
                a_fact(element, subject=department, period=period, text=text, cell=f"D{n}")
                for n, (element, text) in enumerate(cells.items(), start=5)
            ],
        )

    house.publish(change)


def task(house: House, number: int, period: str = "2021Q1"):
    rows = house.ask(read.tasks, period)
    [row] = rows[rows["task"] == number].itertuples()
    return row


def test_the_status_of_a_task_is_what_its_lead_declares(house):
    tell(house, "office", "2021Q1", {"task.1.status": "stuck"})
    assert task(house, 1).status is None
    tell(house, "finance", "2021Q1", {"task.1.status": "under_way", "task.1.done": "已印发", "task.1.problem": ""})
    row = task(house, 1)
    assert (row.lead, row.status, row.silent) == ("finance", "under_way", False)


def test_every_department_named_has_a_row_its_lead_first(house):
    tell(house, "office", "2021Q1", {"task.1.status": "done", "task.1.done": "已印发", "task.1.next": "检查"})
    rows = house.ask(read.task_reports, "2021Q1", task=1)
    assert rows[["department", "status", "done", "problem", "next", "cell"]].values.tolist() == [
        ["finance", None, None, None, None, None],
        ["office", "done", "已印发", None, "检查", "D5"],
    ]
    assert rows["file_name"].tolist() == [None, "office2021Q1.xlsx"]


def test_a_task_about_which_nobody_said_a_word_is_silent(house):
    house.publish()
    assert task(house, 2).silent
    house.file("unit | period | meetings\noffice | 2021Q1 | 1")
    assert not task(house, 2).silent


def test_the_light_of_a_task_is_the_worst_of_its_promises(house):
    house.file("unit | period | meetings | prizes | accidents | works\noffice | 2021Q1 | 1 | 0 | 0 | 60")
    assert (task(house, 2).light, task(house, 2).commitments) == ("yellow", 5)
    house.file(
        "unit | period | meetings | prizes | accidents | works\noffice | 2021Q1 | 1 | 0 | 1 | 60", datetime(2021, 4, 6)
    )
    assert task(house, 2).light == "red"


def test_a_task_is_not_green_while_one_of_its_promises_is_unreported(house):
    house.file("unit | period | meetings | prizes | accidents | works\noffice | 2021Q1 | 1 | 2 | 0 | 400")
    assert task(house, 2).light == "grey"
    house.file("""
        unit | period | myopic | eyes
        A    | 2020Q4 |     50 |  100
        B    | 2020Q4 |     50 |  100
        C    | 2020Q4 |     50 |  100
        A    | 2021Q1 |     40 |  100
        B    | 2021Q1 |     40 |  100
        C    | 2021Q1 |     40 |  100
    """)
    assert task(house, 2).light == "green"


def milestone(house: House, code: str, period: str):
    rows = house.ask(read.milestones, period)
    [row] = rows[rows["milestone"] == code].itertuples()
    return row


def test_a_milestone_is_yellow_as_it_nears_red_when_overdue_and_green_when_done(house):
    """2-1 is due on 30 June, 2-2 on 30 October: 30 days after the end of September."""
    house.publish()
    lights = {
        period: (milestone(house, "2-1", period).light, milestone(house, "2-2", period).light)
        for period in ("2021Q1", "2021Q2", "2021Q3")
    }
    assert lights == {"2021Q1": ("grey", "grey"), "2021Q2": ("red", "grey"), "2021Q3": ("red", "yellow")}
    tell(
        house,
        "office",
        "2021Q2",
        {"milestone.2-1.status": "done", "milestone.2-1.finished_on": "2021-06-18", "milestone.2-1.evidence": "文3号"},
    )
    done = milestone(house, "2-1", "2021Q2")
    assert (done.light, done.finished_on.date(), done.evidence, done.cell) == (
        "green",
        date(2021, 6, 18),
        "文3号",
        "D5",
    )
    counted = task(house, 2, "2021Q2")
    assert (counted.milestones_total, counted.milestones_done, counted.milestones_overdue) == (2, 1, 0)


def test_what_is_done_stays_done_though_the_next_return_is_missing_or_silent(house):
    tell(house, "office", "2021Q1", {"milestone.2-1.status": "done"})
    tell(house, "office", "2021Q2", {"milestone.2-1.status": ""})
    assert [milestone(house, "2-1", period).light for period in ("2021Q1", "2021Q2", "2021Q3")] == ["green"] * 3
    assert milestone(house, "2-1", "2021Q3").said_in == "2021Q1"


def test_what_was_done_too_early_may_be_taken_back(house):
    tell(house, "office", "2021Q1", {"milestone.2-1.status": "done"})
    tell(house, "office", "2021Q3", {"milestone.2-1.status": "under_way"})
    assert milestone(house, "2-1", "2021Q2").light == "green"
    assert milestone(house, "2-1", "2021Q3").light == "red"


def test_a_milestone_is_believed_only_from_its_own_department(house):
    tell(house, "finance", "2021Q1", {"milestone.2-1.status": "done"})
    assert milestone(house, "2-1", "2021Q1").status is None


def test_the_lights_of_the_promises_are_counted_hard_and_soft_apart(house):
    house.file("unit | period | meetings | accidents\noffice | 2021Q1 | 1 | 1")
    rows = house.ask(read.light_counts, "2021Q1")
    assert rows.values.tolist() == [["green", 1, 1, 0], ["yellow", 0, 0, 0], ["red", 1, 1, 0], ["grey", 11, 10, 1]]


def test_what_needs_attention_is_red_before_yellow_and_hard_before_soft(house):
    rows = "\n".join(f"{unit} | 2021Q2 | 45 | 100 | 300 | 0" for unit in "ABC")
    house.file(f"unit | period | kids.public | kids | pupils | paired\n{rows}")
    house.file("unit | period | accidents\noffice | 2021Q2 | 1")
    found = house.ask(read.attention, "2021Q2")
    assert list(zip(found["commitment"], found["light"], strict=True)) == [
        ("Z2", "red"),
        ("F2", "red"),
        ("S1", "yellow"),
    ]
