"""What a line of the log tells is data; what a person said in it stays as it was said."""

from __future__ import annotations

import pytest
from access_fixtures import cheap, store  # noqa: F401  (fixtures)

from access import audit
from access.log_detail import facts, told


def test_facts_come_back_as_they_were_given_and_blank_ones_are_left_out():
    line = told(number="2021Q3-210421-county-01", open=0, correction="", words='role=filer，“{}” ; "引号"')
    assert facts(line) == {"number": "2021Q3-210421-county-01", "open": "0", "words": 'role=filer，“{}” ; "引号"'}


def test_the_longest_is_cut_so_that_the_log_keeps_the_whole(store):  # noqa: F811
    line = told(number="2021Q3-210421-county-01", words='长"\n' * 2000, sha256="a" * 64)
    audit.record(None, "submitted", "return:county/210421/2021Q3", detail=line, name="operator")
    [entry] = audit.entries()
    kept = facts(entry.detail)
    assert (kept["number"], kept["sha256"]) == ("2021Q3-210421-county-01", "a" * 64)
    assert len(entry.detail) <= audit.LONGEST_DETAIL and kept["words"].startswith('长" 长') and len(kept["words"]) > 800


@pytest.mark.parametrize(
    "line", ["", "理由", "role=filer; office=210402", "{不是数据", '{"a": 1}', "[]", '{"words": "半']
)
def test_a_line_that_tells_otherwise_has_none(line):
    assert facts(line) is None
