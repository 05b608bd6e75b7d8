"""Killed at any moment of a load, a publication, a review, a backup: nothing that was acknowledged is lost, nothing is half."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

from long_plug import KINDS, Tally, counted, looked_at, pulled

KILLS = int(os.environ.get("LONG_KILLS", "200"))
SEED = int(os.environ.get("LONG_SEED", "20211015"))  # another one: other moments
FRESH = 24  # kills after which a new folder is begun: versions are never thinned out within a week


def test_whoever_is_killed_loses_nothing_that_was_acknowledged(tmp_path, capsys):
    chance, tally = random.Random(SEED), Tally()
    folders: dict[bool, Path] = {}
    for turn in range(KILLS):
        kind = KINDS[turn % len(KINDS)]
        if turn % FRESH == 0:
            for old in folders.values():
                shutil.rmtree(old, ignore_errors=True)
            folders = {loads: tmp_path / f"{turn} {'loads' if loads else 'acts'}" for loads in (True, False)}
            last = dict.fromkeys(folders, 0)
        data = folders[kind == "load"]
        promises = pulled(data, kind, turn + 1, chance)
        found = looked_at(data, promises)
        counted(tally, turn, kind, promises, found)
        tally.versions += found["versions"] - last[kind == "load"]
        last[kind == "load"] = found["versions"]
    with capsys.disabled():
        print(tally.told("kills"))
    assert tally.problems == []
