"""The child process that draws: Chromium by way of kaleido, until its parent closes the line or nobody asks for long.

A message in is a list of Jobs, a message out a list of answers in the same order: bytes of the picture, or words on what went wrong.
The first message out is READY and the number of the browser's process, once it stands.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol

import kaleido

from catalogue.wording import use_language

READY = "ready"
TABS = 3  # drawings at the same time: on two cores the third takes a seventh off a pack, a fourth gives it back
SECONDS = 15  # for one drawing
IDLE = 600  # seconds after which the browser and its half gigabyte go
RELOAD = 40  # drawings after which a tab begins anew
NICE = 10  # the screens go first


class Job(Protocol):
    """What is to be drawn; made in the parent, opened in the child."""

    language: str
    scale: float
    format: str  # png or pdf

    def figure(self) -> dict[str, Any]:
        """plotly's own, with layout.width and layout.height in px."""
        ...

    def finish(self, drawn: bytes) -> bytes:
        """What is still done to the picture before it leaves."""
        ...


class Browser(kaleido.Kaleido):
    """Kaleido reads its page again after every drawing, which takes three times as long as the drawing; ours does so now and then."""

    drawn = 0

    async def _return_kaleido_tab(self, tab: Any) -> None:
        self.drawn += 1
        if self.drawn % RELOAD == 0:
            await super()._return_kaleido_tab(tab)
        else:
            await self.tabs_ready.put(tab)


async def serve(line: Connection, font: str) -> None:
    making = ThreadPoolExecutor(1)  # one figure after the other, so that the first is drawn while the second is made
    async with Browser(n=TABS, mathjax=False, timeout=SECONDS) as browser:
        give_way(browser.subprocess.pid)
        line.send((READY, browser.subprocess.pid))
        while await asyncio.to_thread(line.poll, IDLE):
            jobs = line.recv()
            line.send(await asyncio.gather(*(answer(browser, making, job, font) for job in jobs)))


async def answer(browser: Browser, making: ThreadPoolExecutor, job: Job, font: str) -> bytes | str:
    try:
        figure = await asyncio.get_running_loop().run_in_executor(making, _figure, job, font)
        size = {side: figure["layout"][side] for side in ("width", "height")}
        drawn = await browser.calc_fig(figure, opts={"format": job.format, "scale": job.scale, **size})
        return await asyncio.get_running_loop().run_in_executor(making, job.finish, drawn)
    except Exception as problem:
        return f"{type(problem).__name__}: {problem}"


def _figure(job: Job, font: str) -> dict[str, Any]:
    use_language(job.language)
    figure = job.figure()
    figure["layout"].setdefault("font", {})["family"] = font
    return figure


def give_way(pid: int) -> None:
    """The screens go first. Chromium sets its own niceness, but not that of the group its session is in, where Linux has such groups."""
    with contextlib.suppress(OSError):
        Path(f"/proc/{pid}/autogroup").write_text(str(NICE))


def main() -> None:
    """Arguments: the descriptor of the line, the font that is there."""
    os.nice(NICE)
    give_way(os.getpid())
    line = Connection(int(sys.argv[1]))
    try:
        asyncio.run(serve(line, sys.argv[2]))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


if __name__ == "__main__":
    main()
