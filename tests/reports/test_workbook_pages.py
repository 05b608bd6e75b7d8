"""How a wide sheet is laid onto pages beside each other."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from reports.workbook.pages import LEAST, MOST, parts


def test_a_sheet_that_fits_one_page_large_enough_stays_on_one():
    assert parts([100.0] * 11, 1, (), 820) is None  # 74 percent


def test_a_wide_one_takes_as_few_pages_as_can_be_read_and_no_column_is_cut():
    found = parts([100.0] * 20, 1, (), 820)
    assert found is not None and LEAST <= found.scale <= MOST and len(found.begins) == 1
    room = 820 * 100 / found.scale
    first = found.begins[0]
    assert 100 * first <= room and 100 * (1 + 20 - first) <= room


@pytest.mark.parametrize("seed", range(20))
def test_what_belongs_together_stands_on_one_page(seed):
    choice = random.Random(seed)
    widths = [float(choice.randint(40, 140)) for _ in range(choice.randint(18, 60))]
    inner = {n for n in range(2, len(widths)) if n % 3}
    found = parts(widths, 1, inner, 820)
    assert found is not None and not inner & set(found.begins)
    edges = [1, *found.begins, len(widths)]
    room = 820 * 100 / found.scale
    assert all(widths[0] + sum(widths[a:b]) <= room + 1e-6 for a, b in pairwise(edges))


def test_columns_that_stand_on_every_page_leave_room_for_others():
    assert parts([900.0, *[100.0] * 9], 1, (), 820) is not None
    found = parts([400.0, 2000.0, 100.0], 1, (), 820)
    assert found is not None and found.scale < LEAST  # a column as wide as that is printed smaller, never cut
