"""Many people at once, without browsers: how long a click takes for those who look, beside others who upload.

    python -m bench.load                                   50, 100 and 200 viewers; one process and two; 40 s each
    python -m bench.load --viewers 100 --processes 2 --uploaders 10 --seconds 30
    --each-screen …                                        what a click on each screen computes
    --draw                                                 docs/load.svg and its block in docs/figures.md, from this run

A viewer has one tab, asks for another screen or quarter every five seconds and waits for its last piece. The people run on the
same cores as the server, as in the figures they are held against. Beside it, in the same run: a page of Streamlit that is tuned
alike and shows one line, clicked at the same pace.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from access import accounts, db, demo, sessions
from bench import page
from bench.browser import ROOT, free_port, serving, wait_until_healthy
from bench.load_people import LEADER, SCREENS, Cookies, Crowd, People, at_work
from bench.plots import curves
from catalogue.load import current_plan

FLOOR = "bare page"
BARE = "import streamlit as st\nst.text('one line')\n"
EVERYTHING = "all screens"
AIMS = {"aim, one process": (100, 150), "aim, two processes": (200, 300)}  # viewers, p95 in ms


@dataclass(frozen=True, slots=True)
class Asked:
    """seconds: for which clicks count. cold: nobody has looked at anything before."""

    viewers: Sequence[int] = (50, 100, 200)
    processes: Sequence[int] = (1, 2)
    uploaders: int = 0
    seconds: float = 40
    each_screen: bool = False
    cold: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """on: one screen, or all of them."""

    server: str
    people: People
    on: str
    crowd: Crowd

    def __str__(self) -> str:
        beside = f", {self.people.uploaders} uploaders" if self.people.uploaders else ""
        return f"{self.server:<12} {self.people.viewers:>4} viewers on {self.on}{beside}: {self.crowd}"

    @property
    def row(self) -> tuple[str, str, int, int, str, str, str]:
        crowd, people = self.crowd, self.people
        return (
            *(self.server, self.on, people.viewers, people.uploaders),
            *(f"{crowd.p50():.0f}", f"{crowd.p95():.0f}", f"{crowd.cpu_each():.1f}"),
        )


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--viewers", default="50,100,200")
    asked.add_argument("--processes", default="1,2")
    asked.add_argument("--uploaders", type=int, default=0)
    asked.add_argument("--seconds", type=float, default=40)
    asked.add_argument("--each-screen", action="store_true", help="everybody on one screen, one screen after the other")
    asked.add_argument("--cold", action="store_true", help="nobody has looked at anything before")
    asked.add_argument("--draw", action="store_true")
    given = asked.parse_args()
    viewers, processes = ([int(n) for n in told.split(",")] for told in (given.viewers, given.processes))
    load, *_ = os.getloadavg()
    found = list(measure(Asked(viewers, processes, given.uploaders, given.seconds, given.each_screen, given.cold)))
    if given.draw:
        draw(found, load)


def whole() -> None:
    """What docs/figures.md shows: each screen, crowds of three sizes, and one beside ten who upload."""
    load, *_ = os.getloadavg()
    found = [
        *measure(Asked((50,), (1,), seconds=20, each_screen=True)),
        *measure(Asked((100, 200))),
        *measure(Asked((100,), (2,), uploaders=10)),
    ]
    draw(found, load)


def measure(asked: Asked) -> Iterator[Measured]:
    """Printed as they come; the bare page last."""
    with staged(max(asked.viewers)) as (data, cookies):
        for processes in asked.processes:
            of = f"{processes} process" + ("es" if processes > 1 else "")
            for count in asked.viewers:
                first = 0 if asked.cold else 1 if processes == 1 else 6 * processes  # nginx leads each by his cookie
                people = People(count, asked.uploaders, min(first, count))
                with served(data, processes) as server:
                    for screen in SCREENS if asked.each_screen else ():
                        crowd = asyncio.run(at_work(server, cookies, people, asked.seconds, [screen]))
                        yield _told(Measured(of, people, screen, crowd))
                    crowd = asyncio.run(at_work(server, cookies, people, asked.seconds))
                yield _told(Measured(of, people, EVERYTHING, crowd))
        people = People(asked.viewers[0])
        with bare(data) as server:
            yield _told(Measured(FLOOR, people, "one line", asyncio.run(at_work(server, {}, people, asked.seconds))))


def _told(one: Measured) -> Measured:
    print(one, flush=True)
    return one


def draw(found: Sequence[Measured], load: float) -> None:
    """The picture, and the block of docs/figures.md."""
    shown: dict[str, list[tuple[float, float]]] = {}
    for one in found:
        if one.on != EVERYTHING and one.server != FLOOR:
            continue
        name = one.server + (f", {one.people.uploaders} uploading" if one.people.uploaders else "")
        shown.setdefault(name, []).append((one.people.viewers, one.crowd.p95()))
    shown |= {name: [point] for name, point in AIMS.items()}
    curves(
        "load", {name: sorted(points) for name, points in shown.items()}, "viewers, a click every 5 s each", "p95, ms"
    )
    heads = ("served by", "screen", "viewers", "uploaders", "p50 ms", "p95 ms", "CPU ms a click")
    rows = page.table(heads, (one.row for one in found))
    page.write(
        "load", ["![点击的 p95 随人数 / p95 of a click over viewers](load.svg)", "", page.machine(load), "", *rows]
    )


@contextmanager
def staged(viewers: int) -> Iterator[tuple[Path, Cookies]]:
    """The sample returns as `make run` loads them; a session of each office, and of the leader one for each viewer."""
    with tempfile.TemporaryDirectory(prefix="load-") as place:
        os.environ |= {"DASHBOARD_DATA": place, "DASHBOARD_DEMO": "1", "DASHBOARD_TODAY": "2021-10-15"}
        command = [sys.executable, "-m", "actions", "stage", "data/demo", "--quiet"]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        demo.ensure_demo(current_plan())
        people = [one for one in accounts.every() if one.role in ("leader", "filer")]
        many = {one.name: viewers if one.name == LEADER else 1 for one in people}
        cookies = {one.name: [sessions.start(one, "127.0.0.1")[0] for _ in range(many[one.name])] for one in people}
        db.dispose()
        yield Path(place), cookies


@contextmanager
def served(data: Path, processes: int) -> Iterator[tuple[str, int]]:
    """(address, the process whose children are counted)."""
    if processes == 1:
        with serving(data) as address:
            yield address, os.getpid()
        return
    port = free_port()
    command = [sys.executable, "-m", "ui.app.several", "--workers", str(processes), "--port", str(port)]
    program = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}")
        time.sleep(5)  # until the others are there too
        yield f"http://127.0.0.1:{port}", program.pid
    finally:
        program.terminate()
        program.wait(timeout=60)


@contextmanager
def bare(data: Path) -> Iterator[tuple[str, int]]:
    script, port = data / "bare.py", free_port()
    script.write_text(BARE, "utf-8")
    where = ["--server.address", "127.0.0.1", "--server.port", str(port)]
    command = [sys.executable, "-m", "streamlit", "run", str(script), *where]
    program = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}", os.getpid()
    finally:
        program.terminate()
        program.wait(timeout=20)


if __name__ == "__main__":
    main()
