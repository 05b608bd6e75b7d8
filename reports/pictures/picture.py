"""PNG or PDF of a figure, drawn on this server by a browser of our own behind one lock.

The browser lives in a child process (`renderer`), so that one that hangs or dies is ended with everything it started and
begun anew, and nobody waits for it for ever. Where there is no Chromium or no Chinese font, `available` says so beforehand.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
from choreographer.browsers.chromium import Chromium

from catalogue.wording import language, say
from charts.theme import FONT
from reports.pictures.renderer import READY, SECONDS, Job

ROOT = Path(__file__).resolve().parents[2]
WIDTH = 720  # px, as the picture button of a chart gives
SCALE = 2.0
A4 = 210 / 25.4 * 96  # px across
UPRIGHT = 297 / 210  # height of a sheet in its widths
PLAIN = "<span style=\"font-feature-settings:'locl' 0\">{}</span>"  # digits of other regions are nameless in a PDF
EDGE = 24  # px round a figure on paper
STARTING = 30  # seconds until the browser has to stand
QUEUE = 60  # seconds anybody waits for others' drawings
REST = 60  # seconds in which a browser that could not be started is not tried again
LOOK_AGAIN = 60  # seconds that what is installed is believed


class NoRenderer(Exception):
    """This server cannot draw now; the text says why, in the language of the person."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A figure that is there already. The dictionary is plotly's own; `font.family` is set where it is drawn."""

    spec: dict[str, Any]
    language: str
    scale: float = SCALE
    format: str = "png"

    def figure(self) -> dict[str, Any]:
        return self.spec

    def finish(self, drawn: bytes) -> bytes:
        return drawn


def png(figure: go.Figure, width: int = WIDTH, scale: float = SCALE) -> bytes:
    """The figure in its own height. Raises NoRenderer."""
    return _one(ready(figure, width, scale))


def pdf(figure: go.Figure) -> bytes:
    """Of a `Canvas`: in the middle of an A4 sheet, as large as it goes; words can be searched and copied. Raises NoRenderer."""
    spec = figure.to_dict()
    long, high = spec["layout"]["width"], spec["layout"]["height"]
    across = max(long + 2 * EDGE, (high + 2 * EDGE) / UPRIGHT)
    side = (across - long) / 2
    margin = {"l": side, "r": side, "t": EDGE, "b": across * UPRIGHT - high - EDGE}
    layout = {**spec["layout"], "width": across, "height": across * UPRIGHT, "margin": margin}
    words = [{**trace, "text": [PLAIN.format(text) for text in trace["text"]]} for trace in spec["data"]]
    return _one(Ready({**spec, "data": words, "layout": layout}, language(), A4 / across, "pdf"))


def _one(job: Job) -> bytes:
    [drawn] = draw([job])
    if isinstance(drawn, str):
        raise NoRenderer(say("picture.failed", why=drawn))
    return drawn


def ready(figure: go.Figure, width: int = WIDTH, scale: float = SCALE) -> Ready:
    spec = figure.to_dict()
    layout = {**spec["layout"], "width": width, "height": spec["layout"].get("height", 450)}
    return Ready({**spec, "layout": layout}, language(), scale)


def draw(jobs: Sequence[Job]) -> list[bytes | str]:
    """A picture each, or words on why there is none. Raises NoRenderer where nothing can be drawn at all.

    The lock is held for these jobs only: whoever has many sends them in small lots, and others come in between.
    """
    if lack := available():
        raise NoRenderer(lack)
    return _renderer.draw(list(jobs))


def available() -> str:
    """Why nothing can be drawn here, in words; "" where it can."""
    now = int(time.monotonic() // LOOK_AGAIN)
    if not _browser(now):
        return say("picture.no_browser")
    if not font():
        return say("picture.no_font")
    return ""


def font() -> str:
    """The first of our fonts that is installed, else any with Chinese signs; "" without one."""
    return _font(int(time.monotonic() // LOOK_AGAIN))


def stop() -> None:
    """End the browser, if there is one."""
    _renderer.stop()


@lru_cache(maxsize=1)
def _browser(minute: int) -> bool:
    try:
        return Chromium.find_browser(skip_local=False) is not None
    except Exception:
        return False


@lru_cache(maxsize=1)
def _font(minute: int) -> str:
    """An unknown name would fall back to Japanese forms, so it is asked for by language."""
    if not shutil.which("fc-list"):
        return FONT if sys.platform in ("win32", "darwin") else ""
    told = subprocess.run(
        ["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, timeout=20, check=False
    ).stdout
    families = {name.strip() for line in told.splitlines() for name in line.split(",")}
    ours = [name.strip() for name in FONT.split(",")]
    return next((name for name in ours if name in families), min(families - {""}, default=""))


class Renderer:
    """The one child process and the line to it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._line: Connection | None = None
        self._browser: tuple[int, str] | None = None  # its process, which leads a group of its own, and when that began
        self._resting_until = 0.0

    def draw(self, jobs: list[Job]) -> list[bytes | str]:
        if not self._lock.acquire(timeout=QUEUE):
            raise NoRenderer(say("picture.busy"))
        try:
            if time.monotonic() < self._resting_until:
                raise NoRenderer(say("picture.resting"))
            for _ in range(2):  # the second time with a browser begun anew
                if (answers := self._ask(jobs)) is not None:
                    return answers
            raise NoRenderer(say("picture.failed", why=say("picture.no_answer")))
        finally:
            self._lock.release()

    def stop(self) -> None:
        with self._lock:
            self._end()

    def _ask(self, jobs: list[Job]) -> list[bytes | str] | None:
        """None where the child died or did not answer in time; it is gone then."""
        self._start()
        try:
            self._line.send(jobs)
            if self._line.poll(SECONDS * (1 + len(jobs) / 4)):
                answers = self._line.recv()
                # An answer for each, and not one drawn: the browser behind the child is gone.
                if any(isinstance(one, bytes) for one in answers) or not all(
                    "Channel" in one or "Timeout" in one for one in answers
                ):
                    return answers
        except (OSError, EOFError):
            pass
        self._end()
        return None

    def _start(self) -> None:
        """Tried twice: on a machine that is busy, one whose predecessor was just killed may not come up at once."""
        if self._child is not None and self._child.poll() is None:
            return
        if not (self._stands() or self._stands()):
            self._resting_until = time.monotonic() + REST
            raise NoRenderer(say("picture.no_start"))

    def _stands(self) -> bool:
        """A new one, in place of what is there."""
        self._end()
        ours, theirs = socket.socketpair()
        with theirs:
            self._child = subprocess.Popen(
                [sys.executable, "-m", "reports.pictures.renderer", str(theirs.fileno()), font()],
                cwd=ROOT,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._line = Connection(ours.detach())
        try:
            stands, pid = self._line.recv() if self._line.poll(STARTING) else ("", 0)
        except (OSError, EOFError):
            stands, pid = "", 0
        self._browser = (pid, _began(pid))
        if stands != READY:
            self._end()
        return bool(stands == READY)

    def _end(self) -> None:
        """With the browser, which stands in a group of its own and, when it hangs, does not see that its parent is gone."""
        child, line, browser = self._child, self._line, self._browser
        self._child = self._line = self._browser = None
        if line is not None:
            line.close()
        if child is not None:
            _kill(child.pid)
            child.wait()
        if (
            browser is not None and browser[1] and _began(browser[0]) == browser[1]
        ):  # its number is not another's by now
            _kill(browser[0])


def _kill(group: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def _began(pid: int) -> str:
    """When the process was started, in ticks; "" where there is none, or the system does not say."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except OSError:
        return ""


_renderer = Renderer()
atexit.register(stop)
