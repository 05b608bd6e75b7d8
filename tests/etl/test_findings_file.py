"""The findings of a return as a file of their own."""

from __future__ import annotations

import pytest
from annotate_fixtures import (
    PLAN,
    checked,
    filed,
    lines,
    marked,
    opened,
    past,
    wrong,
)

from etl.model import History
from etl.outgoing.findings_file import findings_file
from etl.submission import check_return


@pytest.mark.parametrize(("lang", "first", "kind"), [("zh", "序号", "强制"), ("en", "No.", "must be mended")])
def test_the_findings_as_a_file_have_the_same_lines(lang, first, kind):
    found = checked(wrong())
    sheet = opened(findings_file(found, PLAN, past(), lang)).active
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    assert (rows[0][0], rows[1][1], len(rows) - 1) == (first, kind, len(found.findings))
    assert sheet.auto_filter.ref == f"A3:I{len(rows) + 2}"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    if lang == "zh":
        told = [(line["位置"], line["问题"]) for line in lines(marked(wrong()).content)]
        assert [(row[2], row[6]) for row in rows[1:]] == told


def test_a_return_without_findings_has_a_file_that_says_so_by_having_no_line():
    content = filed("2021Q1")
    found = check_return(content, "x.xlsx", plan=PLAN, remember=lambda *_: History())
    assert list(opened(findings_file(found, PLAN, History())).active.iter_rows(min_row=4)) == []
