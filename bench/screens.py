"""The leaders' screens in a browser of this machine: first load, what a change sends, against an empty page of Streamlit's own."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from bench.browser import CHROMIUM, FLAGS, enter, serving, settled

RUNS = 3
OVERVIEW, INDICATOR = "项承诺中", "数据来源（到单元格）"


def figures() -> Iterator[tuple[str, str]]:
    if CHROMIUM is None:
        yield "no Chromium on this machine", "not measured"
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, serving(Path(os.environ["DASHBOARD_DATA"])) as address:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for path, words in (("overview", OVERVIEW), ("indicator?indicator=public-share", INDICATOR)):
            loads = [first_load(chromium, address, path, words) for _ in range(RUNS)]
            seconds, megabytes = (median(column) for column in zip(*loads, strict=True))
            yield f"{path.split('?')[0]}: first load, empty cache", f"{seconds:.1f} s, {megabytes:.2f} MB"
        yield "overview: another quarter", f"{quarter_changed(chromium, address) / 1000:.1f} KB over the socket"
        yield "indicator: a slider of the what-if", f"{slider_moved(chromium, address) / 1000:.1f} KB over the socket"
        chromium.close()


@contextmanager
def opened(chromium, address: str):
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    page = context.new_page()
    enter(page, address)
    try:
        yield page
    finally:
        context.close()


def first_load(chromium, address: str, path: str, words: str) -> tuple[float, float]:
    """(seconds until the script is done and drawn, MB that came over the line)."""
    with opened(chromium, address) as page:
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        received = []
        line.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
        line.on(
            "Network.webSocketFrameReceived",
            lambda event: received.append(len(event["response"]["payloadData"]) * 3 / 4),
        )
        start = time.perf_counter()
        page.goto(f"{address}/{path}")
        settled(page, words)
        return time.perf_counter() - start, sum(received) / 1e6


def received_while(page, act) -> int:
    """Bytes the page's socket received until half a second of silence."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    frames = []
    # payloads of binary frames are told in base64
    line.on(
        "Network.webSocketFrameReceived", lambda event: frames.append(len(event["response"]["payloadData"]) * 3 // 4)
    )
    act()
    seen = -1
    while seen != len(frames):
        seen = len(frames)
        page.wait_for_timeout(500)
    return sum(frames)


def quarter_changed(chromium, address: str) -> int:
    with opened(chromium, address) as page:
        page.goto(f"{address}/overview")
        settled(page, OVERVIEW)

        def act() -> None:
            page.locator(".st-key-masthead [data-testid=stSelectbox]").last.click()
            page.get_by_role("option", name="2021年第二季度").click()

        return received_while(page, act)


def slider_moved(chromium, address: str) -> int:
    with opened(chromium, address) as page:
        page.goto(f"{address}/indicator?indicator=public-share&basis=filed")
        settled(page, INDICATOR)
        page.get_by_text("试算：县区变了，全市会怎样").click()
        page.get_by_role("slider").first.wait_for()
        page.wait_for_timeout(1500)

        def act() -> None:
            page.get_by_role("slider").first.focus()
            page.keyboard.press("ArrowRight")

        return received_while(page, act)
