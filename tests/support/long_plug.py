"""Pulling the plug: a worker of long_acts, ended at a moment chosen by chance, and what long_checks finds then."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from command_line import ROOT

KINDS = ("load", "publish", "review", "backup")
SOON = {
    "load": 2.5,
    "publish": 0.8,
    "review": 0.8,
    "backup": 0.6,
}  # seconds after the first act within which it is pulled
SUPPORT = ROOT / "tests/support"


@dataclass
class Tally:
    """What is told at the end. cuts, promises: by kind of act. problems: with the turn they came in."""

    cuts: Counter[str] = field(default_factory=Counter)
    promises: Counter[str] = field(default_factory=Counter)
    healed: int = 0
    versions: int = 0
    problems: list[str] = field(default_factory=list)

    def told(self, what: str) -> str:
        cuts = ", ".join(f"{kind} {count}" for kind, count in sorted(self.cuts.items()))
        kept = ", ".join(f"{kind} {count}" for kind, count in sorted(self.promises.items()))
        return (
            f"\n{self.cuts.total()} {what} ({cuts}); acts acknowledged before (all looked for afterwards): {kept}; "
            f"lines of the log healed: {self.healed}; versions published: {self.versions}; problems: {len(self.problems)}"
        )


def environment(data: Path) -> dict[str, str]:
    search = os.pathsep.join((str(ROOT), str(SUPPORT)))
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DASHBOARD_")}
    ours = {"DASHBOARD_DATA": str(data), "DASHBOARD_DEMO": "1", "DASHBOARD_TODAY": "2021-10-15"}
    return kept | ours | {"PYTHONPATH": search, "PYTHONUTF8": "1"}


def pulled(
    data: Path, kind: str, turn: int, chance: random.Random, pull: Callable[[], None] = lambda: None
) -> list[str]:
    """The promises of a worker that is killed a moment after its first act. pull: done just before, instead of a mere kill.

    A worker that ends by itself before is an error of ours.
    """
    worker = subprocess.Popen(
        [sys.executable, str(SUPPORT / "long_acts.py"), kind, str(turn * 1000)],
        cwd=ROOT,
        env=environment(data),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    said, alive = [], False
    while (line := worker.stdout.readline()).startswith("begun"):
        said.append(line)
    said.append(line)
    if line:
        time.sleep(chance.uniform(0, SOON[kind]))
        alive = worker.poll() is None
        pull()
    worker.kill()
    rest, errors = worker.communicate()
    assert alive, errors[-2000:]
    return [line.strip() for line in [*said, *rest.splitlines(keepends=True)] if line.endswith("\n")]


def looked_at(data: Path, promises: list[str]) -> dict:
    done = subprocess.run(
        [sys.executable, str(SUPPORT / "long_checks.py"), *promises],
        cwd=ROOT,
        env=environment(data),
        capture_output=True,
        text=True,
    )
    if done.returncode:
        return {"problems": [f"the next start fails: {done.stderr[-600:]}"], "healed": 0, "versions": 0}
    return json.loads(done.stdout)


def counted(tally: Tally, turn: int, kind: str, promises: list[str], found: dict) -> None:
    tally.cuts[kind] += 1
    tally.promises.update(line.split()[0] for line in promises if not line.startswith(("begun", "nothing")))
    tally.healed += found["healed"]
    tally.problems += [f"turn {turn}, {kind}: {problem}" for problem in found["problems"]]
