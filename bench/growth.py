"""How the cost of one act and of one screen grows with units, quarters and versions: ratios within one run, never bare times.

    python -m bench.growth          8, 150 and 1,000 units; 4 and 40 quarters; 10 and 2,000 versions
    python -m bench.growth --full   3,000 units too, and 40 quarters of 1,000
    --draw                          docs/growth.svg and the block of docs/figures.md that shows it, from this run

Made-up returns (演示数据), in data folders that are thrown away. Nothing is held against a limit here: a machine that is busy
slows down every time, so ratios are of what the process computed (CPU), and the time is told beside it.
"""

from __future__ import annotations

import argparse
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from access import demo, sessions
from bench.clock import Times, timed
from bench.growth_city import NOW, a_city, a_return, quarter
from bench.growth_parts import parts
from bench.growth_plot import Measured, draw, ratios
from bench.many import plan_of
from bench.pages import opened, quiet
from catalogue.model import Plan
from catalogue.period import span
from warehouse import read, store
from warehouse.versions import connections, files
from warehouse.write import Writer

UNITS, FULL = (8, 150, 1_000), 3_000
AT_ONCE = 150
SCREENS = {
    "overview": {},
    "indicator": {"indicator": "public-share"},
    "county": {"unit": "220001"},
    "returns": {},
}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--full", action="store_true", help="3,000 units too, and 40 quarters of 1,000")
    asked.add_argument("--draw", action="store_true", help="write docs/growth.svg and its block in docs/figures.md")
    given = asked.parse_args()
    measure(given.full, given.draw)


def measure(full: bool = False, drawn: bool = True) -> None:
    logging.disable(logging.WARNING)
    found: list[Measured] = []
    load, *_ = os.getloadavg()
    for units in (*UNITS, *([FULL] if full else [])):
        found += told(of_units(units))
    for units, quarters in ((150, 4), (150, 40), *(((1_000, 40),) if full else ())):
        found += told(of_quarters(units, quarters))
    for versions in (10, 2_000):
        found += told(of_versions(versions))
    print()
    for line in ratios(found):
        print(line)
    if drawn:
        draw(found, load)


def told(figures: Iterator[Measured]) -> list[Measured]:
    """Printed as they come: the large ones take their time."""
    found = []
    for one in figures:
        print(f"{one.what:<44} {one.of:>16} {one.ms:>9.1f} ms {one.cpu:>9.1f} CPU  {one.more}", flush=True)
        found.append(one)
    return found


def of_units(units: int) -> Iterator[Measured]:
    with a_city(plan_of(units)) as (folder, plan):
        yield from of_acts(folder, plan, f"{units} units")
        yield from of_screens(plan, f"{units} units")


def of_quarters(units: int, quarters: int) -> Iterator[Measured]:
    plan = plan_of(units)
    last = plan.first
    for _ in range(quarters - 1):
        last = last.following
    until = {period: period.last_day + timedelta(days=10) for period in span(plan.first, last)}
    with a_city(replace(plan, last=last, deadlines=until, digest=f"{units} {quarters}")) as (folder, plan):
        yield from (
            replace(one, what=f"{one.what}, {units} units", of=f"{quarters} quarters")
            for one in of_acts(folder, plan, "")
        )


def of_versions(versions: int) -> Iterator[Measured]:
    """Hard links stand for the older ones: nobody opens them, they are only there."""
    with a_city(plan_of(8)) as (folder, plan):
        newest = store.latest(folder)
        last = files.path_of(folder, versions)
        if versions > newest.number:
            part = last.with_suffix(".part")
            shutil.copyfile(newest.path, part)
            with connections.writing(part) as con:
                con.execute(
                    "insert into version_info select v.* replace (n as number) from version_info as v, range(?, ?) as more (n)",
                    [newest.number + 1, versions + 1],
                )
            part.replace(last)
            files.write_manifest(last, files.measured(last))
            for number in range(newest.number + 1, versions):
                os.link(newest.path, files.path_of(folder, number))
                shutil.copyfile(files.manifest_path(newest.path), files.manifest_path(files.path_of(folder, number)))
            files.point_to(folder, versions)
        of = f"{versions} versions"
        yield measured("which version is the newest", of, timed(lambda: store.newest(folder)))
        one = of_act(folder, plan, lambda writer: a_return(writer, plan, 0))
        yield replace(one, what="publish: one return, by versions", of=of)


def of_acts(folder: Path, plan: Plan, of: str) -> Iterator[Measured]:
    one = of_act(folder, plan, lambda writer: a_return(writer, plan, 0))
    yield replace(one, what="publish: one return", of=of)
    with store.open_version(store.latest(folder)) as con:
        asked = (
            "select load_id from current_receipt where basis = 'filed' and form = 'county' and period = ? order by 1"
        )
        filed = [load_id for (load_id,) in con.execute(asked, [str(quarter(plan))]).fetchall()]
    yield of_impact(folder, plan, of)
    state = iter(("approved", "filed") * 20)
    one = of_act(folder, plan, lambda writer: writer.review_all(filed[:1], next(state), NOW, "bench"))
    yield replace(one, what="publish: one approval", of=of)
    several = filed[:AT_ONCE]
    one = of_act(folder, plan, lambda writer: writer.review_all(several, next(state), NOW, "bench"))
    yield replace(one, what="publish: approvals together", of=of, more=f"{len(several)} at once")


def of_act(folder: Path, plan: Plan, act: Callable[[Writer], Any]) -> Measured:
    """The median of some publications, and by how much the folder's newest file is larger than the one before."""
    sizes: list[int] = []

    def publish() -> None:
        sizes.append(store.publish(folder, plan, act, note="bench", by="bench").path.stat().st_size)

    with parts() as told:
        times = timed(publish, runs=6, warm=2)
    growth = median(after - before for before, after in pairwise(sizes))
    return measured("", "", times, f"{told()} CPU; file {sizes[-1] / 1e6:.1f} MB, {growth / 1e3:+.0f} KB an act")


def of_impact(folder: Path, plan: Plan, of: str) -> Measured:
    """What submitting a return would do to the numbers of its own unit; see `actions.uploading.impact`."""
    unit, period = next(iter(plan.units)), str(quarter(plan))

    def rehearse() -> None:
        asked = store.MartQuestion("judged_unit", period)
        store.rehearse(folder, plan, lambda w: a_return(w, plan, 0), lambda con: read.values(con, period, unit), asked)

    with parts() as told:
        times = timed(rehearse, runs=6, warm=2)
    return measured("rehearse: impact of one return", of, times, f"{told()} CPU")


def measured(what: str, of: str, times: Times, more: str = "") -> Measured:
    return Measured(what, of, times.median, times.cpu, more)


def of_screens(plan: Plan, of: str) -> Iterator[Measured]:
    """first: nothing is remembered of this version; again: a rerun, as when somebody clicks."""
    from ui.reads import kept

    os.environ[demo.VARIABLE] = "1"
    accounts = {one.name: one for one in demo.ensure_demo(plan)}
    with quiet():
        for name, query in SCREENS.items():
            who = accounts["demo-planning" if name == "returns" else "demo-leader"]
            _, session = sessions.start(who, "127.0.0.1")
            app = opened("method", session)
            for key, value in {"period": "2021Q3", "basis": "filed", **query}.items():
                app.query_params[key] = value
            kept.forget()

            def first(app: Any = app, name: str = name) -> None:
                app.switch_page(f"pages/{name}.py").run(timeout=600)

            yield measured(f"screen {name}: first", of, timed(first, runs=1, warm=0))
            again = partial(app.run, timeout=600)
            yield measured(f"screen {name}: again", of, timed(again, runs=7))
            assert not app.exception, app.exception


if __name__ == "__main__":
    main()
