"""What a browser never sends: a county's filer with a websocket of their own, asking for what is not theirs."""

from __future__ import annotations

import shutil

import pytest
from browser_fixtures import serving
from gate_fixtures import Tab, signed_in_cookie
from pages_fixtures import on_stage
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from access import db, demo
from catalogue.load import current_plan

OTHERS = ("新抚区", "东洲区", "望花区", "顺城区", "新宾", "清原")


@pytest.fixture(scope="module")
def house(demo_data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("forged") / "var"
    shutil.copytree(demo_data, folder)
    with pytest.MonkeyPatch.context() as patch:
        on_stage(folder, patch)
        demo.ensure_demo(current_plan())
        cookies = {name: signed_in_cookie(folder, name) for name in ("demo-210421", "demo-planning")}
        db.dispose()
    with serving(folder) as address:
        yield address, cookies


def asked(tab: Tab, page: str = "", query: str = "", widgets: tuple[WidgetState, ...] = ()) -> list[ForwardMsg]:
    """Everything that comes until a run is finished to its end."""
    message = BackMsg()
    message.rerun_script.page_script_hash, message.rerun_script.query_string = page, query
    message.rerun_script.widget_states.widgets.extend(widgets)
    tab.say(message)
    found: list[ForwardMsg] = []
    while not found or found[-1].script_finished != ForwardMsg.FINISHED_SUCCESSFULLY or not ended(found[-1]):
        found += tab.answers()
    return found


def ended(message: ForwardMsg) -> bool:
    return message.WhichOneof("type") == "script_finished"


def pages(messages: list[ForwardMsg]) -> dict[str, str]:
    """Address -> hash of every page this browser is told of."""
    return {page.url_pathname: page.page_script_hash for m in messages for page in m.navigation.app_pages}


def said(messages: list[ForwardMsg]) -> str:
    return b"\n".join(message.SerializeToString() for message in messages).decode("utf-8", "ignore")


def test_a_filer_is_told_of_no_page_but_its_own_and_another_pages_name_opens_none(house):
    address, cookies = house
    with Tab(address, cookies["demo-planning"]) as tab:
        review = pages(asked(tab))["review"]
    with Tab(address, cookies["demo-210421"]) as tab:
        mine = pages(asked(tab))
        assert set(mine) - {"", "start"} == {"filing", "county", "programs"} and review not in mine.values()
        told = said(asked(tab, page=review))
        assert "抚顺县" in told and "报表审核" not in told
        assert not [name for name in OTHERS if name in told]


def forged(widget: str) -> list[WidgetState]:
    """Every form in which a choice of 新抚区 could be sent."""
    texts = [WidgetState(id=widget, string_value=text) for text in ("210402", "新抚区")]
    lists = [WidgetState(id=widget) for _ in range(4)]
    lists[0].string_array_value.data.extend(["新抚区"])
    lists[1].string_array_value.data.extend(["210402"])
    lists[2].int_array_value.data.extend([0])
    lists[3].int_array_value.data.extend([1])
    return [*texts, *lists]


def unit_choice(messages: list[ForwardMsg]) -> str:
    """The id of the widget that chooses the unit."""
    groups = (message.delta.new_element.button_group.id for message in messages)
    return next(name for name in groups if "unit widget" in name)


def test_a_forged_choice_of_another_unit_shows_nothing_of_it(house):
    address, cookies = house
    switched = {}
    for name in ("demo-planning", "demo-210421"):
        with Tab(address, cookies[name]) as tab:
            county = pages(asked(tab))["county"]
            choice = unit_choice(asked(tab, page=county, query="unit=210421&lang=zh"))
            told = [said(asked(tab, page=county, widgets=(widget,))) for widget in forged(choice)]
            switched[name] = sum("新抚区：可比指标" in each for each in told)
    assert switched["demo-planning"] > 0  # so a forged choice does choose, for somebody who may
    assert switched["demo-210421"] == 0
    assert not [other for other in OTHERS for each in told if other in each]


def test_another_unit_in_the_address_is_refused(house):
    address, cookies = house
    with Tab(address, cookies["demo-210421"]) as tab:
        county = pages(asked(tab))["county"]
        told = said(asked(tab, page=county, query="unit=210402&lang=zh"))
        assert "您没有查看这部分内容的权限" in told
        assert not [name for name in OTHERS if name in told]
