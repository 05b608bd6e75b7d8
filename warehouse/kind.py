"""Which kind of store keeps the versions of a data folder: numbered files, or a lake where DASHBOARD_WAREHOUSE names one."""

from __future__ import annotations

from pathlib import Path

from warehouse.lake import address
from warehouse.versions.file_store import FileStore
from warehouse.versions.model import VersionStore


def of(folder: Path) -> VersionStore:
    """Raises StoreError for an address that cannot be read, saying which part of it."""
    lake = address.configured()
    if lake is None:
        return FileStore(folder)
    from warehouse.lake.lake_store import LakeStore

    return LakeStore(folder, lake)
