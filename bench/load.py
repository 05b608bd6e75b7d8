"""Many people at once, without browsers: how long a click takes for those who look, beside others who upload.

    python -m bench.load                                   50, 100 and 200 viewers; one process and two; 60 s each
    python -m bench.load --viewers 100 --processes 2 --uploaders 10 --seconds 30
    --each-screen …                                        what a click on each screen computes
    --draw                                                 docs/load.svg: the 95th percentile over viewers

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
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from access import accounts, db, demo, sessions
from bench.browser import ROOT, free_port, serving, wait_until_healthy
from bench.load_people import LEADER, SCREENS, Cookies, Crowd, People, at_work
from bench.load_plot import draw
from catalogue.load import current_plan

FLOOR = "bare page"
BARE = "import streamlit as st\nst.text('one line')\n"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--viewers", default="50,100,200")
    asked.add_argument("--processes", default="1,2")
    asked.add_argument("--uploaders", type=int, default=0)
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--each-screen", action="store_true", help="everybody on one screen, one screen after the other")
    asked.add_argument("--cold", action="store_true", help="nobody has looked at anything before")
    asked.add_argument("--draw", action="store_true")
    given = asked.parse_args()
    viewers = [int(number) for number in given.viewers.split(",")]
    found: dict[tuple[str, int], Crowd] = {}
    with staged(max(viewers)) as (data, cookies):
        for processes in map(int, given.processes.split(",")):
            of = f"{processes} process" + ("es" if processes > 1 else "")
            for count in viewers:
                first = 0 if given.cold else 1 if processes == 1 else 6 * processes  # nginx leads each by his cookie
                people = People(count, given.uploaders, min(first, count))
                with served(data, processes) as server:
                    for screen in SCREENS if given.each_screen else ():
                        crowd = asyncio.run(at_work(server, cookies, people, given.seconds, [screen]))
                        print(f"{of:<12} {count:>4} viewers on {screen}: {crowd}", flush=True)
                    crowd = asyncio.run(at_work(server, cookies, people, given.seconds))
                found[of, count] = crowd
                print(f"{of:<12} {count:>4} viewers, {given.uploaders} uploaders: {crowd}", flush=True)
        for count in viewers[:1]:
            with bare(data) as server:
                crowd = asyncio.run(at_work(server, {}, People(count), given.seconds))
            found[FLOOR, count] = crowd
            print(f"{FLOOR:<12} {count:>4} viewers: {crowd}", flush=True)
    if given.draw:
        draw({key: crowd.p95() for key, crowd in found.items()})


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
