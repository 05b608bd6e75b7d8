"""Days are counted from where the file says, in every kind."""

from __future__ import annotations

import struct
from datetime import date, datetime

import openpyxl
import pytest
from binary_fixtures import DATE, number, styled_xls, styled_xlsb
from cells_fixtures import cells_of, ods, record, saved
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

DAY = {False: 44270, True: 44270 - 1462}  # 2021-03-15, counted from 1900 and from 1904
SHORT = 43 / 86400


def of_xlsx(since_1904: bool) -> bytes:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904 if since_1904 else CALENDAR_WINDOWS_1900
    book.active.append([DAY[since_1904], DAY[since_1904] - SHORT, DAY[since_1904]])
    for at in ("A1", "B1"):
        book.active[at].number_format = "yyyy-mm-dd"
    return saved(book)


def of_xls(since_1904: bool) -> bytes:
    day = DAY[since_1904]
    cells = number(0, 0, DATE, day) + number(0, 1, DATE, day - SHORT) + number(0, 2, 0, day)
    return styled_xls(cells, since_1904=since_1904)


def of_xlsb(since_1904: bool) -> bytes:
    day = DAY[since_1904]
    cells = b"".join(
        record(5, struct.pack("<IId", column, style, value))
        for column, (style, value) in enumerate(((DATE, day), (DATE, day - SHORT), (0, day)))
    )
    return styled_xlsb(cells, since_1904=since_1904)


def of_ods(since_1904: bool) -> bytes:
    start = f'<table:null-date table:date-value="{"1904-01-01" if since_1904 else "1899-12-30"}"/>'
    cells = "".join(
        f'<table:table-cell office:value-type="date" office:date-value="{day}"/>'
        for day in ("2021-03-15", "2021-03-14T23:59:17")
    )
    bare = f'<table:table-cell office:value-type="float" office:value="{DAY[since_1904]}"/>'
    settings = f"<table:calculation-settings>{start}</table:calculation-settings>"
    return ods(f"<table:table-row>{cells}{bare}</table:table-row>", before=settings)


@pytest.mark.parametrize("made", [of_xlsx, of_xls, of_xlsb, of_ods], ids=["xlsx", "xls", "xlsb", "ods"])
@pytest.mark.parametrize("since_1904", [False, True])
def test_a_day_is_the_day_that_the_file_means_and_a_bare_number_says_from_where_it_counts(made, since_1904):
    cells = cells_of(made(since_1904))
    assert cells["A1"].raw in (date(2021, 3, 15), datetime(2021, 3, 15))
    assert cells["B1"].raw == datetime(2021, 3, 14, 23, 59, 17)
    assert (cells["C1"].raw, cells["C1"].shown.since_1904) == (DAY[since_1904], since_1904)
