"""A whole of / with parts of 0, or the reverse, is one answer once it is read: it always counts as answered."""

from __future__ import annotations

import pytest
from returns_fixtures import county, findings, put, read
from rules_fixtures import BLANK, NA, make_return, plan

from etl.model import EntryState
from etl.reading.one_answer import made_one

ESTATE, PUBLIC = "kindergarten.estate", "kindergarten.estate.public"
GRADUATES, EMPLOYED, STUDY = "vocational.graduates", "vocational.employed", "vocational.further_study"
TRAINEES = "vocational.trainees"
PARTS = [f"{TRAINEES}.{part}" for part in ("jobs", "transfer", "veterans", "laid_off")]


def settled(changes: dict[str, object], period: str = "2021Q4") -> tuple[dict[str, str], list[str]]:
    """What the changed entries are then, and the notes: `rule element`."""
    ret = make_return(period=period, changes=changes)
    entries, notes = made_one(ret.entries, plan())
    now = {slot.element: entry for slot, entry in entries.items()}
    told = {code: "/" if now[code].state is EntryState.NA else str(now[code].value) for code in changes}
    return told, [f"{note.rule} {note.slot.element}" for note in notes]


def test_nothing_of_what_does_not_apply_does_not_apply():
    assert settled({ESTATE: NA, PUBLIC: 0}) == ({ESTATE: "/", PUBLIC: "/"}, [f"na_as_whole {PUBLIC}"])


def test_what_does_not_apply_of_nothing_is_nothing():
    assert settled({ESTATE: 0, PUBLIC: NA}) == ({ESTATE: "0", PUBLIC: "0"}, [f"zero_as_whole {PUBLIC}"])


def test_a_part_of_a_part_follows():
    assert settled({GRADUATES: NA, EMPLOYED: 0, STUDY: 0}) == (
        {GRADUATES: "/", EMPLOYED: "/", STUDY: "/"},
        [f"na_as_whole {EMPLOYED}", f"na_as_whole {STUDY}"],
    )
    assert settled({GRADUATES: 0, EMPLOYED: NA, STUDY: NA})[0] == {GRADUATES: "0", EMPLOYED: "0", STUDY: "0"}


def test_the_parts_of_a_total_follow_it_and_a_total_of_nothing_but_not_applicable_follows_them():
    none = dict.fromkeys(PARTS, 0)
    assert settled({TRAINEES: NA, **none})[0] == dict.fromkeys([TRAINEES, *PARTS], "/")
    assert settled({TRAINEES: NA, **none, PARTS[0]: NA})[0] == dict.fromkeys([TRAINEES, *PARTS], "/")
    assert settled({TRAINEES: 0, **dict.fromkeys(PARTS, NA)}) == (
        dict.fromkeys([TRAINEES, *PARTS], "/"),
        [f"na_as_parts {TRAINEES}"],
    )


@pytest.mark.parametrize(
    "changes",
    [
        {ESTATE: NA, PUBLIC: 2},
        {ESTATE: 6, PUBLIC: NA},
        {ESTATE: 6, PUBLIC: 0},
        {ESTATE: NA, PUBLIC: BLANK},
        {TRAINEES: 0, **dict.fromkeys(PARTS, 0), PARTS[0]: NA},
        {TRAINEES: NA, **dict.fromkeys(PARTS, 0), PARTS[0]: 5},
        {"compulsory.pupils": NA, "compulsory.pupils.poor": 0, "compulsory.dropouts": 0, "compulsory.dropouts.poor": 0},
    ],
    ids=["a figure of /", "/ of a figure", "0 of a figure", "blank", "0 with a part of /", "parts with a figure", "/ is no answer"],
)  # fmt: skip
def test_what_is_no_way_of_saying_none_is_left_for_the_rules(changes):
    ret = make_return(period="2021Q4", changes=changes)
    assert made_one(ret.entries, plan()) == (ret.entries, [])


def test_a_workbook_is_read_so_and_says_so():
    ret = read(county(put("学前教育", "E14", "/"), put("学前教育", "E15", 0)))
    part = ret.entry(PUBLIC)
    assert (part.state, part.value, part.raw) == (EntryState.NA, None, "0")
    [note] = findings(ret, "na_as_whole")
    assert str(note.at) == "学前教育!E15"
