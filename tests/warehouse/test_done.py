"""What was done in a version is data; notes of versions published up to 0.6 are understood."""

from __future__ import annotations

import pytest

from warehouse.versions.done import Done


@pytest.mark.parametrize(
    "done", [Done("submit", "county/210421/2021Q3", "0a1b2c3d4e5f6071"), Done("load", "24"), Done("测试")]
)
def test_a_note_comes_back_as_it_was_given(done):
    assert Done.read(str(done)) == done


@pytest.mark.parametrize(
    ("note", "done"),
    [
        ("submit county/210421/2021Q3 #0a1b2c3d4e5f6071", Done("submit", "county/210421/2021Q3", "0a1b2c3d4e5f6071")),
        ("reopen county 210421 2021Q3 #0a1b", Done("reopen", "county 210421 2021Q3", "0a1b")),
        ("load 24", Done("load", "24")),
        ("测试", Done("测试")),
        ("", Done("")),
        ("{一句话}", Done("", "{一句话}")),
        ('{"other": 1}', Done("", '{"other": 1}')),
    ],
)
def test_a_note_in_words_is_read_as_it_was_written_up_to_0_6(note, done):
    assert Done.read(note) == done
