"""All charts of a quarter in one file, made and taken in a real browser. `make test-long` takes those of the sample returns."""

from __future__ import annotations

import pytest
from browser_fixtures import page_of, serving
from packs_fixtures import charts_in, pack_taken, small_city

from catalogue.wording import say
from reports.pictures import picture
from reports.pictures.figures import of_the_quarter
from reports.snapshot import take

pytestmark = pytest.mark.browser


def test_the_pack_holds_every_chart(browser, tmp_path, monkeypatch):
    if picture.available():
        pytest.skip(picture.available())
    city = small_city(tmp_path)
    for name, value in city.items():
        monkeypatch.setenv(name, value)
    asked = list(of_the_quarter(take("2022Q3", "filed")))
    with serving(tmp_path / "var") as address, page_of(browser) as (page, outside, errors):
        name, content = pack_taken(page, address)
        assert (outside, errors) == ([], [])
    assert name == "演示市_2022年第三季度_全部图表.zip"
    kinds = [f"_{say(f'pack.kind.{one.kind}')}.png" for one in asked]
    assert len(kinds) > 30 and len(set(kinds)) > 8
    assert [name.endswith(kind) for name, kind in zip(charts_in(content), kinds, strict=True)] == [True] * len(kinds)
