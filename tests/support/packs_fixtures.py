"""Small city with a quarter filed (演示数据), for what is made of every chart: 31 of them, where the sample returns have 209."""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

from browser_fixtures import enter, settled
from PIL import Image
from plan_fixtures import FOLDER_SMALL, small_plan
from warehouse_fixtures import a_fact, a_receipt

from warehouse import store
from warehouse.write import Writer

TODAY = "2022-10-15"
# element: in 2022Q2, in 2022Q3; a county more than the one before it
FILED = {
    "children": (100, 110),
    "children.inclusive": (70, 80),
    "sites": (9, 9),
    "sites.model": (1, 2),
    "sites.new": (0, 1),
    "teachers.trained": (5, 9),
    "incidents": (0, 1),
}


def small_city(folder: Path) -> dict[str, str]:
    """Fill `folder` with plans/ and a data folder var/; gives the environment in which they are read."""
    shutil.copytree(FOLDER_SMALL, folder / "plans" / "2022")

    def change(writer: Writer) -> None:
        for more, unit in enumerate(small_plan().units):
            for n, period in enumerate(("2022Q2", "2022Q3")):
                receipt = a_receipt(unit, period, datetime(2022, 7 + 3 * n, 5), form="quarterly")
                facts = [a_fact(element, str(each[n] + more), unit, period) for element, each in FILED.items()]
                writer.add_facts(writer.add_receipt(replace(receipt, plan="2022")), facts)

    store.publish(folder / "var", small_plan(), change)
    return {
        "DASHBOARD_PLANS": str(folder / "plans"),
        "DASHBOARD_DATA": str(folder / "var"),
        "DASHBOARD_TODAY": TODAY,
    }


def pack_taken(page, address: str) -> tuple[str, bytes]:
    """The leader has all charts of the quarter made beside the page, and takes them: name and content of the file."""
    enter(page, address)
    page.goto(f"{address}/takeaway?basis=filed&lang=zh")
    settled(page, "核对收到的文件")
    page.get_by_role("button", name="生成全部图表（ZIP）").click()
    page.get_by_role("button", name="取消生成").wait_for()
    ready = page.get_by_role("button", name="下载全部图表（ZIP）")
    said = ready.or_(page.get_by_test_id("stAlertContentError")).first
    said.wait_for(timeout=600_000)  # at low priority beside another worker's tests
    assert page.get_by_test_id("stAlertContentError").count() == 0, said.inner_text()
    with page.expect_download(timeout=90_000) as download:
        ready.click()
    return download.value.suggested_filename, download.value.path().read_bytes()


def charts_in(content: bytes) -> list[str]:
    """Their names, each whole, as wide as it is promised, and on the list that lies beside them."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        pictures = [name for name in archive.namelist() if name.endswith(".png")]
        listed = archive.read("目录.txt").decode("utf-8-sig")
        assert f"图表{len(pictures)}张。" in listed
        assert all(name in listed for name in pictures)
        for name in pictures:
            with Image.open(BytesIO(archive.read(name))) as image:
                assert image.size[0] == 1440, name
    return pictures
