"""People without a browser, for a long day: some look from screen to screen, some upload and now and then submit."""

from __future__ import annotations

import random
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from actions_fixtures import saved_again
from demo_fixtures import FOLDER, PLAN
from gate_fixtures import Tab, signed_in_cookie
from returns_fixtures import edited, values_only
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileURLs, UploadedFileInfo
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

SCREENS = ("overview", "indicator", "county", "tasks", "works", "compare")
QUARTERS = ("2021Q1", "2021Q2", "2021Q3")
STAYS = 20  # screens looked at before a tab is closed and another opened
SUBMITS = 4  # every so many uploads end in a submission, where nothing needs a reason


class Done:
    """What everybody did, and what went wrong. Shared."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.waits: list[float] = []  # seconds from asking for a screen to its last piece
        self.problems: list[str] = []
        self._lock = threading.Lock()

    def count(self, what: str, wait: float | None = None) -> None:
        with self._lock:
            self.counts[what] += 1
            if wait is not None:
                self.waits.append(wait)

    def wrong(self, problem: str) -> None:
        with self._lock:
            self.problems.append(problem)


class Person:
    """One account with one tab. In a thread of its own until `stop` is set."""

    def __init__(self, address: str, data: Path, account: str, done: Done, stop: threading.Event, seed: int) -> None:
        self.address, self.account, self.done, self.stop = address, account, done, stop
        self.cookie = signed_in_cookie(data, account)
        self.chance = random.Random(seed)
        self.pages: dict[str, str] = {}
        self.thread = threading.Thread(target=self._live, daemon=True)

    def _live(self) -> None:
        while not self.stop.is_set():
            try:
                with Tab(self.address, self.cookie) as tab:
                    self.sit_down(tab)
            except Exception as problem:  # whatever it is, it is counted and the day goes on
                self.done.wrong(f"{self.account}: {type(problem).__name__}: {problem}"[:300])
                self.stop.wait(1)

    def sit_down(self, tab: Tab) -> None:
        raise NotImplementedError

    def ask(self, tab: Tab, page: str = "", query: str = "", widgets: tuple[WidgetState, ...] = ()) -> list[ForwardMsg]:
        """Everything that comes until the screen is there; what it shows as an error is a problem."""
        message = BackMsg()
        message.rerun_script.page_script_hash = self.pages.get(page, "")
        message.rerun_script.query_string = query
        message.rerun_script.widget_states.widgets.extend(widgets)
        begun = time.monotonic()
        tab.say(message)
        found: list[ForwardMsg] = []
        while not found or found[-1].WhichOneof("type") != "script_finished" or not _whole(found[-1]):
            found += tab.answers(timeout=60)
            if found[-1].WhichOneof("type") == "auth_redirect":
                raise PermissionError("shown out")
        self.done.count("screens", time.monotonic() - begun)
        for message in found:
            self.pages |= {one.url_pathname: one.page_script_hash for one in message.navigation.app_pages}
            if message.delta.new_element.HasField("exception"):
                self.done.wrong(f"{self.account} {page}: {message.delta.new_element.exception.message}"[:300])
        return found

    def pause(self, least: float, most: float) -> None:
        self.stop.wait(self.chance.uniform(least, most))


class Viewer(Person):
    def sit_down(self, tab: Tab) -> None:
        self.ask(tab)
        self.done.count("tabs")
        for _ in range(STAYS):
            self.pause(3, 8)
            if self.stop.is_set():
                return
            of = self.chance.choice
            query = f"period={of(QUARTERS)}&basis={of(('filed', 'approved'))}"
            query += f"&indicator={of(list(PLAN.indicators))}&unit={of(list(PLAN.units))}&task={of(list(PLAN.tasks))}"
            self.ask(tab, of(SCREENS), query)


class Uploader(Person):
    """Its own office's return of the third quarter, saved again each time."""

    def sit_down(self, tab: Tab) -> None:
        name, content = self._return()
        shown = self.ask(tab, "filing", "")
        shown = self.ask(tab, "filing", "")  # now that the page's hash is known
        for turn in range(1, STAYS + 1):
            self.pause(8, 16)
            if self.stop.is_set():
                return
            bytes_ = edited(content, lambda book, turn=turn: setattr(book.properties, "title", f"{time.time()} {turn}"))
            shown = self._upload(tab, shown, name, bytes_)
            self.done.count("uploads")
            if turn % SUBMITS == 0:
                shown = self._submit(tab, shown)

    def _return(self) -> tuple[str, bytes]:
        office = self.account.removeprefix("demo-")
        owner = PLAN.units.get(office) or PLAN.departments[office]
        found = sorted((FOLDER / "2021Q3").glob(f"*_{owner.name}_*.xlsx"))
        content = values_only(found[-1].read_bytes()) if found else saved_again(0)
        return f"{owner.name}三季度.xlsx", content

    def _upload(self, tab: Tab, shown: list[ForwardMsg], name: str, content: bytes) -> list[ForwardMsg]:
        asked = BackMsg()
        asked.file_urls_request.request_id = name
        asked.file_urls_request.file_names.append(name)
        asked.file_urls_request.session_id = tab.session
        tab.say(asked)
        urls = tab.answers()[-1].file_urls_response.file_urls[0]
        self._put(urls, content)
        state = WidgetState(id=_widget(shown, "file_uploader", "upload"))
        state.file_uploader_state_value.uploaded_file_info.append(
            UploadedFileInfo(name=name, size=len(content), file_id=urls.file_id, file_urls=urls)
        )
        return self.ask(tab, "filing", "", (state,))

    def _put(self, urls: FileURLs, content: bytes) -> None:
        with urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=30) as answer:
            form = answer.headers["Set-Cookie"].partition("=")[2].partition(";")[0]
        body = (
            b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.xlsx"\r\n\r\n' + content + b"\r\n--x--\r\n"
        )
        sent = {
            "Content-Type": "multipart/form-data; boundary=x",
            "Cookie": f"plan_session={self.cookie}; _streamlit_xsrf={form}",
            "X-Xsrftoken": form,
        }
        request = urllib.request.Request(self.address + urls.upload_url, body, sent, method="PUT")
        urllib.request.urlopen(request, timeout=60).close()

    def _submit(self, tab: Tab, shown: list[ForwardMsg]) -> list[ForwardMsg]:
        """By its two buttons; a return that is approved would need a reason and is left."""
        button = _widget(shown, "button", "-submit")
        if not button or any("更正" in _label(message) for message in shown if button == _id(message, "button")):
            return shown
        shown = self.ask(tab, "filing", "", (WidgetState(id=button, trigger_value=True),))
        if yes := _widget(shown, "button", "-yes submit"):
            shown = self.ask(tab, "filing", "", (WidgetState(id=yes, trigger_value=True),))
            self.done.count("submissions")
        return shown


def _whole(message: ForwardMsg) -> bool:
    return message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY


def _id(message: ForwardMsg, kind: str) -> str:
    element = message.delta.new_element
    return str(getattr(element, kind).id) if element.HasField(kind) else ""


def _label(message: ForwardMsg) -> str:
    return str(message.delta.new_element.button.label)


def _widget(shown: list[ForwardMsg], kind: str, named: str) -> str:
    """The id of the last one drawn whose key it ends or begins with."""
    ids = [_id(message, kind) for message in shown]
    return next((one for one in reversed(ids) if one and (one.endswith(named) or f"-{named}" in one)), "")


def at_work(people: list[Person], watch: Callable[[], None], seconds: float, stop: threading.Event) -> None:
    """They come within half a minute; `watch` is called every five seconds; all have gone home at the end."""
    for number, one in enumerate(people):
        one.thread.start()
        time.sleep(20 / len(people) if number else 0)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        watch()
        time.sleep(5)
    stop.set()
    for one in people:
        one.thread.join(90)
