"""What a leader asks before a meeting, each answered within two clicks of the overview."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from browser_fixtures import enter, page_of, serving, settled
from command_line import ROOT

from bench.browser import DEMONSTRATION

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """The demonstration as `make run` opens it, with the version of the June meeting."""
    folder = tmp_path_factory.mktemp("leaders") / "var"
    environment = {**os.environ, **DEMONSTRATION, "DASHBOARD_DATA": str(folder), "PYTHONUTF8": "1"}
    subprocess.run(
        [sys.executable, "-m", "actions", "stage", "data/demo", "--quiet"],
        cwd=ROOT,
        env=environment,
        check=True,
        timeout=300,
    )
    with serving(folder) as address:
        yield address


class Leader:
    """Counts the clicks. basis: what the masthead is set to before the question is asked."""

    def __init__(self, page, address: str, basis: str = "approved") -> None:
        self.page, self.clicks = page, 0
        enter(page, address)
        page.goto(f"{address}/overview?basis={basis}")
        settled(page, "项承诺中")

    def click(self, what, until: str) -> str:
        self.clicks += 1
        assert self.clicks <= 2
        what.first.click()
        settled(self.page, until)
        return self.text()

    def text(self) -> str:
        return self.page.locator("[data-testid=stMain]").inner_text()

    def screen(self, name: str):
        """The navigation at the top."""
        return self.page.locator("nav.tabs a").filter(has_text=name)

    def row(self, name: str):
        return self.page.locator("table.board a.go").filter(has_text=name)


@pytest.fixture
def leader(browser, house):
    with page_of(browser) as (page, _, _):
        yield lambda basis="approved": Leader(page, house, basis)


def test_which_targets_are_red_and_why(leader):
    asks = leader("filed")
    attention = asks.page.locator("ol.attend").first.inner_text()
    assert "红灯 校舍长效机制等完成投资1,390万元，比序时进度少1,010万元，距3,200万元还差1,810万元" in attention
    told = asks.click(asks.page.locator("ol.attend a.go").filter(has_text="校舍长效机制"), "数据来源（到单元格）")
    assert "1,390万元" in told and "投资3200万元，落实省校舍长效机制" in told


def test_which_county_holds_back_coverage_and_by_how_many_children(leader):
    asks = leader("filed")
    told = asks.click(asks.row("公办幼儿园在园幼儿占比"), "数据来源（到单元格）")
    assert "距46%还差63人（公办园在园幼儿）：顺城区差935人、望花区差462人" in told


def test_have_all_counties_an_education_group(leader):
    asks = leader("filed")
    row = asks.page.locator("table.board tr").filter(has_text="县区教育集团（联盟）数").inner_text()
    assert "6" in row and "7个县区" in row and "6/7" in row
    told = asks.click(asks.row("县区教育集团（联盟）数"), "数据来源（到单元格）")
    assert "6/7" in told and "7/7" not in told, told[:900]


def test_is_the_canteen_on_time_and_on_money(leader):
    asks = leader("filed")
    told = asks.click(asks.screen("资金与工程"), "造价核对")
    assert "抚顺市第二中学食堂升级改造和扩建" in told
    assert "760万元 / 1,300万元" in told and "资金慢于序时16.5个百分点" in told and "4,300平方米 / 7,900平方米" in told


def test_who_has_not_filed(leader):
    asks = leader()
    assert "2份报表未报或待改：抚顺县、职教科" in asks.page.locator("ol.attend").first.inner_text()
    told = asks.click(asks.page.locator("ol.attend a.go").filter(has_text="未报或待改"), "2021年第三季度报送情况")
    assert "/returns" in asks.page.url and "未报" in told


def test_what_changed_since_the_june_meeting(leader):
    asks = leader("filed")
    told = asks.click(asks.page.locator(".state a.go").filter(has_text="6月局长办公会"), "亮灯转差")
    assert "亮灯转差2项、亮灯转好3项" in told  # not those whose missing unit may be the worst
    assert "公办园在园幼儿由2,764人更正为2,668人" in told  # restated, with its reason
    assert "顺城区33.75% → 32.58%" in told


def test_what_will_training_reach_by_december_at_this_pace(leader):
    asks = leader("filed")
    told = asks.click(asks.row("职业院校社会培训人数"), "数据来源（到单元格）")
    assert "按此进度，年底为" in told and "只作参考，不亮灯" in told


def test_a_county_is_two_clicks_from_its_cell(leader):
    asks = leader("filed")
    told = asks.click(asks.row("公办幼儿园在园幼儿占比"), "数据来源（到单元格）")
    with asks.page.expect_download() as download:
        asks.page.get_by_text("原件（").click()
        asks.page.get_by_role("button", name="抚顺市_顺城区_2021年第三季度").click()
    assert "45.79%" in told and download.value.path().read_bytes()[:2] == b"PK"
