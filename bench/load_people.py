"""People without browsers for `bench.load`: tabs that speak Streamlit's websocket, clicked at a person's pace."""

from __future__ import annotations

import asyncio
import io
import os
import random
import time
import urllib.request
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import UploadedFileInfo
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from bench.browser import ROOT
from catalogue.load import current_plan

PACE = 5.0  # seconds between two clicks of one person
SCREENS = ("overview", "indicator", "county", "tasks", "works", "returns")
QUARTERS = ("2021Q1", "2021Q2", "2021Q3")
BASES = ("filed", "approved")
LEADER = "demo-leader"
Cookies = dict[str, list[str]]  # account -> sessions
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class People:
    """first: how many of the viewers have looked at everything before the others come."""

    viewers: int
    uploaders: int = 0
    first: int = 1


@dataclass
class Crowd:
    """waits: seconds of each click, after everybody has come. cpu: seconds of the server's processes meanwhile."""

    waits: list[float] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    uploads: int = 0
    cpu: float = 0.0

    def p50(self) -> float:
        """Milliseconds; nan where nothing came back."""
        return median(self.waits) * 1000 if self.waits else float("nan")

    def p95(self) -> float:
        return quantiles(self.waits, n=20)[-1] * 1000 if len(self.waits) > 1 else float("nan")

    def cpu_each(self) -> float:
        """Milliseconds that the server computed for a click."""
        return self.cpu / len(self.waits) * 1000 if self.waits else float("nan")

    def __str__(self) -> str:
        if not self.waits:
            return f"nothing came back; {len(self.problems)} problems"
        told = f"p50 {self.p50():.0f} ms, p95 {self.p95():.0f} ms, {len(self.waits)} clicks, {self.cpu_each():.1f} ms CPU each"
        told += f", {self.uploads} uploads" if self.uploads else ""
        return told + (f", {len(self.problems)} PROBLEMS: {self.problems[0]}" if self.problems else "")


async def at_work(
    served: tuple[str, int], cookies: Cookies, people: People, seconds: float, screens: Sequence[str] = SCREENS
) -> Crowd:
    """One has looked at everything before (warm); everybody comes within ten seconds and looks around; from then on clicks count.

    served: address, and the process whose children are counted.
    """
    address, pid = served
    leaders = cookies.get(LEADER) or [""] * people.viewers
    for leader in leaders[: people.first]:
        await _first(address, leader)
    crowd, begun = Crowd(), time.monotonic()
    counts_from = begun + 10 + 2 * PACE
    until = counts_from + seconds
    come = [
        _viewer(address, leaders[n], 10 * n / people.viewers, screens, (counts_from, until), crowd)
        for n in range(people.viewers)
    ]
    filers = [name for name in sorted(cookies) if name != LEADER and _returns_of(name)][: people.uploaders]
    come += [_uploader(address, name, cookies[name][0], until, crowd) for name in filers]
    counted = asyncio.create_task(_cpu_meanwhile(pid, counts_from, until, crowd))
    await asyncio.gather(*come)
    await counted
    return crowd


async def _first(address: str, cookie: str) -> None:
    """Each screen of each quarter and basis once, in one tab: on a morning the first who looks, and what is drawn for him is kept."""
    async with _tab(address, cookie) as line:
        pages = await _ask(line, "", "")
        if not cookie:
            return
        for period, basis, screen in product(QUARTERS, BASES, SCREENS):
            pages |= await _ask(line, pages.get(screen, ""), urlencode({"period": period, "basis": basis}))


async def _viewer(
    address: str, cookie: str, comes: float, screens: Sequence[str], counts: tuple[float, float], crowd: Crowd
) -> None:
    """comes: seconds from now. counts: from when and until when, on the monotonic clock."""
    chance, (counts_from, until) = random.Random(comes), counts
    await asyncio.sleep(comes)
    try:
        async with _tab(address, cookie) as line:
            pages = await _ask(line, "", "")
            while (now := time.monotonic()) < until:
                await asyncio.sleep(chance.uniform(0.5, 1.5) * PACE)
                query = urlencode({"period": chance.choice(QUARTERS), "basis": chance.choice(BASES)})
                begun = time.monotonic()
                pages |= await _ask(line, pages.get(chance.choice(screens), ""), query if cookie else "")
                if now >= counts_from:
                    crowd.waits.append(time.monotonic() - begun)
    except Exception as problem:
        crowd.problems.append(f"viewer: {type(problem).__name__}: {problem}"[:200])


async def _uploader(address: str, name: str, cookie: str, until: float, crowd: Crowd) -> None:
    """Uploads its office's return of the third quarter again and again, each time with other bytes, and looks at what is found."""
    content = _returns_of(name)[-1].read_bytes()
    try:
        async with _tab(address, cookie) as line:
            pages = await _ask(line, "", "")
            shown: list[ForwardMsg] = []
            await _ask(line, pages["filing"], "", shown=shown)
            while time.monotonic() < until:
                await asyncio.sleep(2 * PACE)
                sent = await _brought(address, cookie, line, _touched(content, crowd.uploads))
                state = WidgetState(id=next(one for one in map(_uploader_id, reversed(shown)) if one))
                state.file_uploader_state_value.uploaded_file_info.append(sent)
                shown.clear()
                await _ask(line, pages["filing"], "", state, shown)
                crowd.uploads += 1
    except Exception as problem:
        crowd.problems.append(f"{name}: {type(problem).__name__}: {problem}"[:200])


async def _brought(address: str, cookie: str, line: ClientConnection, content: bytes) -> UploadedFileInfo:
    """The bytes put where Streamlit says, as a browser does."""
    asked = BackMsg()
    asked.file_urls_request.request_id = asked.file_urls_request.session_id = "a"
    asked.file_urls_request.file_names.append("a.xlsx")
    await line.send(asked.SerializeToString())
    urls = (await _until(line, "file_urls_response"))[-1].file_urls_response.file_urls[0]
    await asyncio.to_thread(_put, address, cookie, urls.upload_url, content)
    return UploadedFileInfo(name="报表.xlsx", size=len(content), file_id=urls.file_id, file_urls=urls)


def _put(address: str, cookie: str, path: str, content: bytes) -> None:
    with urllib.request.urlopen(
        urllib.request.Request(f"{address}/_stcore/health", headers={"Cookie": f"plan_session={cookie}"}), timeout=60
    ) as answer:
        form = answer.headers["Set-Cookie"].partition("=")[2].partition(";")[0]
    body = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.xlsx"\r\n\r\n' + content + b"\r\n--x--\r\n"
    sent = {
        "Content-Type": "multipart/form-data; boundary=x",
        "Cookie": f"plan_session={cookie}; _streamlit_xsrf={form}",
        "X-Xsrftoken": form,
    }
    urllib.request.urlopen(urllib.request.Request(address + path, body, sent, method="PUT"), timeout=60).close()


def _returns_of(name: str) -> list[Path]:
    """Its sample returns of the third quarter; one office has filed none."""
    plan, office = current_plan(), name.removeprefix("demo-")
    owner = plan.units.get(office) or plan.departments[office]
    return sorted((ROOT / "data/demo/2021Q3").glob(f"*_{owner.name}_*.xlsx"))


def _touched(content: bytes, turn: int) -> bytes:
    """Another file of the same workbook."""
    target = io.BytesIO(content)
    with zipfile.ZipFile(target, "a") as file:
        file.comment = f"{time.time()} {turn}".encode()
    return target.getvalue()


def _uploader_id(message: ForwardMsg) -> str:
    element = message.delta.new_element
    return (
        element.file_uploader.id if element.HasField("file_uploader") and "-upload" in element.file_uploader.id else ""
    )


def _tab(address: str, cookie: str) -> connect:
    sent = {"Cookie": f"plan_session={cookie}"} if cookie else {}
    return connect(
        f"{address.replace('http', 'ws')}/_stcore/stream",
        subprotocols=[Subprotocol("streamlit"), Subprotocol("token")],
        additional_headers=sent,
        max_size=None,
        proxy=None,
        open_timeout=120,
        ping_timeout=None,
    )


async def _ask(
    line: ClientConnection,
    page: str,
    query: str,
    state: WidgetState | None = None,
    shown: list[ForwardMsg] | None = None,
) -> dict[str, str]:
    """A click, until its screen is whole. Page -> hash, where the answer tells of pages."""
    asked = BackMsg()
    asked.rerun_script.page_script_hash, asked.rerun_script.query_string = page, query
    if state is not None:
        asked.rerun_script.widget_states.widgets.append(state)
    await line.send(asked.SerializeToString())
    found: list[ForwardMsg] = []
    while not found or found[-1].script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
        found += await _until(line, "script_finished")
    if shown is not None:
        shown += found
    for message in found:
        if message.delta.new_element.HasField("exception"):
            raise RuntimeError(message.delta.new_element.exception.message)
    return {one.url_pathname: one.page_script_hash for message in found for one in message.navigation.app_pages}


async def _until(line: ClientConnection, kind: str) -> list[ForwardMsg]:
    found: list[ForwardMsg] = []
    while not found or found[-1].WhichOneof("type") != kind:
        found.append(ForwardMsg.FromString(await asyncio.wait_for(line.recv(), 120)))
        if found[-1].WhichOneof("type") == "auth_redirect":
            raise PermissionError("shown out")
    return found


async def _cpu_meanwhile(pid: int, begins: float, until: float, crowd: Crowd) -> None:
    await asyncio.sleep(max(0.0, begins - time.monotonic()))
    before = _cpu(pid)
    await asyncio.sleep(max(0.0, until - time.monotonic()))
    crowd.cpu = _cpu(pid) - before


def _cpu(pid: int) -> float:
    """Seconds that the processes begun by `pid` have computed, and those begun by them."""
    total = 0.0
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            told = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
            total += (int(told[11]) + int(told[12])) / TICKS + _cpu(child)
    return total
