"""The version on show as files and figures are made from it."""

from __future__ import annotations

from catalogue import clock
from reports.snapshot import Snapshot
from ui import reads
from ui.reads.kept import per_version
from warehouse import store


@per_version(32, by=(reads.edition, clock.today))
def snapshot(basis: str, period: str) -> Snapshot:
    """Its frames are read when they are first asked for."""
    version = store.version(store.data_folder(), reads.number())
    return Snapshot(reads.plan(period), version, basis, period, clock.today())
