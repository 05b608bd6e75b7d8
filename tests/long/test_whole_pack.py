"""All 209 charts of the sample returns, drawn and taken in a real browser; `make test` takes those of a small city."""

from __future__ import annotations

import pytest
from browser_fixtures import page_of
from packs_fixtures import charts_in, pack_taken

from reports.pictures import picture
from reports.pictures.figures import of_the_quarter


def test_the_pack_of_the_sample_returns_holds_every_chart(browser, address, snapshots):
    if picture.available():
        pytest.skip(picture.available())
    with page_of(browser) as (page, outside, errors):
        name, content = pack_taken(page, address)
        assert (outside, errors) == ([], [])
    assert name == "抚顺市_2021年第三季度_全部图表.zip"
    assert len(charts_in(content)) == len(list(of_the_quarter(snapshots()))) > 200
