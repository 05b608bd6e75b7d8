"""The lake kept small and quick: versions let go, small files merged, files that nobody needs removed.

`python -m warehouse tidy` does all of it and may run at any time beside readers and writers. A file that no snapshot knows
is only removed when it is a day old: it may belong to a transaction that is still open, whose rows would be lost with it.
"""

from __future__ import annotations

from collections.abc import Sequence

from catalogue.wording import say
from warehouse.lake import catalog, connections
from warehouse.lake.address import LakeAddress
from warehouse.lake.connections import NAME
from warehouse.lock import StoreError

LEAST_DAYS = 1  # of files that are removed: never less, see above
_BYTES = """
select coalesce(sum(bytes), 0)::bigint
from (
    select sum(file_size_bytes) as bytes from {schema}.ducklake_data_file
    union all
    select sum(file_size_bytes) from {schema}.ducklake_delete_file
) as files
"""


def size(lake: LakeAddress) -> int:
    """Bytes of the files of all versions; what is kept in the catalogue itself is not counted."""
    found = catalog.ask(lake, _BYTES)
    return int(found[0][0]) if found else 0


def expire(lake: LakeAddress, snapshots: Sequence[int]) -> int:
    """Forget these snapshots. Bytes of the files that no version needs any more."""
    if not snapshots:
        return 0
    before = size(lake)
    with connections.writing(lake) as con:
        named = ", ".join(map(str, snapshots))
        con.execute(f"call ducklake_expire_snapshots('{NAME}', versions => [{named}])")
    return before - size(lake)


def tidy(lake: LakeAddress, days: int = LEAST_DAYS) -> None:
    """Rows that the catalogue keeps are written out where they are many, small files that lie beside one another become one,
    and what was replaced, or left by a killed writer, goes when it is so many days old. Raises StoreError for less than one."""
    if days < LEAST_DAYS:
        raise StoreError(say("lake.too_young", least=LEAST_DAYS))
    with connections.writing(lake) as con:
        con.execute(f"call ducklake_flush_inlined_data('{NAME}')")
        con.execute(f"call ducklake_merge_adjacent_files('{NAME}')")
        for call in ("ducklake_cleanup_old_files", "ducklake_delete_orphaned_files"):
            con.execute(f"call {call}('{NAME}', older_than => now() - interval {days} day)")
