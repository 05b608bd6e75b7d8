"""Where the lake is, read from DASHBOARD_WAREHOUSE.

    ducklake:postgres:host=db port=5432 user=plan dbname=lake?DATA_PATH '/srv/lake', META_SCHEMA 'plan'

Before the question mark stands what libpq takes, but for the password, which comes from PGPASSWORD or ~/.pgpass. DATA_PATH is
a folder that every process reaches under the same name, or s3://bucket/folder. META_SCHEMA, where the catalogue's tables
lie, may be left out: public.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from catalogue.wording import say
from warehouse.lock import StoreError

VARIABLE = "DASHBOARD_WAREHOUSE"
PREFIX = "ducklake:postgres:"
SCHEMA = "public"
_OPTION = re.compile(r"\s*(DATA_PATH|META_SCHEMA)\s+'((?:[^']|'')*)'\s*(?:,|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LakeAddress:
    """conninfo: of the catalogue, as libpq reads it. data: folder or s3://… of the Parquet files. schema: of the catalogue."""

    conninfo: str
    data: str
    schema: str = SCHEMA


def configured() -> LakeAddress | None:
    """None: versions are files. Raises StoreError for an address that cannot be read."""
    given = os.environ.get(VARIABLE, "").strip()
    return parsed(given) if given else None


def parsed(given: str) -> LakeAddress:
    """Raises StoreError: what is wrong with it, and how it should read."""
    if not given.startswith(PREFIX):
        raise StoreError(say("lake.no_address", variable=VARIABLE, given=given.partition(":")[0]))
    conninfo, _, rest = given[len(PREFIX) :].partition("?")
    if re.search(r"\bpassword\s*=|://[^@]*:[^@]*@", conninfo, re.IGNORECASE):
        raise StoreError(say("lake.password_in_address", variable=VARIABLE))
    options: dict[str, str] = {}
    while rest.strip():
        found = _OPTION.match(rest)
        if found is None:
            raise StoreError(say("lake.bad_option", variable=VARIABLE, given=rest.strip()))
        options[found[1].upper()] = found[2].replace("''", "'")
        rest = rest[found.end() :]
    if not options.get("DATA_PATH"):
        raise StoreError(say("lake.no_data_path", variable=VARIABLE))
    schema = options.get("META_SCHEMA", SCHEMA)
    if not re.fullmatch(r"[a-z_][a-z0-9_]*", schema):
        raise StoreError(say("lake.bad_schema", variable=VARIABLE, given=schema))
    return LakeAddress(conninfo.strip(), options["DATA_PATH"], schema)
