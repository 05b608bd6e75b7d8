"""The power goes: what was written and not yet on the disk is gone. On a file system of its own that is shut down at once."""

from __future__ import annotations

import fcntl
import os
import random
import shutil
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from long_plug import KINDS, Tally, counted, looked_at, pulled

CUTS = int(os.environ.get("LONG_CUTS", "40"))
FRESH = 12  # cuts after which a new disk is made
SIZE = 768 * 2**20
SHUTDOWN = 0x8004587D  # EXT4_IOC_SHUTDOWN: from now on nothing reaches the disk
NO_LOG_FLUSH = 2  # not even the journal of the file system
NEEDED = ("losetup", "mkfs.ext4", "mount", "umount")
PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"


def run(*command: str | Path) -> str:
    return subprocess.run(
        command, check=True, capture_output=True, text=True, env={**os.environ, "PATH": PATH}
    ).stdout.strip()


@contextmanager
def disk(folder: Path) -> Iterator[tuple[str, Path]]:
    """(device, mount point) of a disk with an empty ext4; skips where this machine does not permit it."""
    if os.geteuid() != 0:
        pytest.skip("a disk of its own needs root: no power cut was tried")
    if lacking := [name for name in NEEDED if shutil.which(name, path=PATH) is None]:
        pytest.skip(f"no {', '.join(lacking)} on this machine: no power cut was tried")
    image, place = folder / "disk.img", folder / "disk"
    place.mkdir()
    with image.open("wb") as file:
        file.truncate(SIZE)
    run("mkfs.ext4", "-q", image)
    try:
        device = run("losetup", "--show", "-f", image)
        run("mount", device, place)
    except subprocess.CalledProcessError as problem:
        pytest.skip(f"this machine gives no loop device: no power cut was tried ({problem.stderr.strip()})")
    try:
        yield device, place
    finally:
        subprocess.run(["umount", "-q", place], check=False, capture_output=True)
        run("losetup", "-d", device)
        image.unlink()
        place.rmdir()


def power_off(place: Path) -> None:
    handle = os.open(place, os.O_RDONLY)
    try:
        fcntl.ioctl(handle, SHUTDOWN, struct.pack("I", NO_LOG_FLUSH))
    finally:
        os.close(handle)


def power_on(device: str, place: Path) -> None:
    """The file system takes up its own journal, as after any cut."""
    run("umount", place)
    run("mount", device, place)


def test_such_a_cut_really_loses_what_was_not_on_the_disk(tmp_path):
    with disk(tmp_path) as (device, place):
        kept, lost = place / "kept", place / "lost"
        kept.write_text("x")
        handle = os.open(kept, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)
        lost.write_text("x" * 100_000)
        power_off(place)
        power_on(device, place)
        assert kept.read_text() == "x" and (not lost.exists() or lost.stat().st_size == 0)


def test_the_power_goes_and_nothing_that_was_acknowledged_is_lost(tmp_path, capsys):
    chance, tally = random.Random(20211016), Tally()
    for begin in range(0, CUTS, FRESH):
        with disk(tmp_path) as (device, place):
            last = {"acts": 0, "loads": 0}
            for turn in range(begin, min(begin + FRESH, CUTS)):
                kind = KINDS[turn % len(KINDS)]
                where = "loads" if kind == "load" else "acts"
                promises = pulled(place / where, kind, turn + 1, chance, lambda: power_off(place))
                power_on(device, place)
                found = looked_at(place / where, promises)
                counted(tally, turn, kind, promises, found)
                tally.versions += found["versions"] - last[where]
                last[where] = found["versions"]
    with capsys.disabled():
        print(tally.told("power cuts"))
    assert tally.problems == []
