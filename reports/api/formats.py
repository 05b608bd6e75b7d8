"""A table as JSON, CSV or Parquet. A blank is null, an empty cell, null; never 0."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import orjson
import pyarrow as pa
from pyarrow import parquet

from reports.proof import MEMBER

MEDIA = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "zip": "application/zip",
    "ics": "text/calendar; charset=utf-8",
}
_RUN = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r]")  # a Chinese or Japanese Excel takes the wide signs for the narrow ones
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_TEXTS = {True: "true", False: "false", None: ""}


def json_bytes(table: pa.Table, about: Mapping[str, Any]) -> bytes:
    """{…about, "rows": [{column: value}]}. Days and times are texts, as in ISO 8601."""
    return orjson.dumps({**about, "rows": table.to_pylist()})


def csv_bytes(table: pa.Table) -> bytes:
    """UTF-8 with BOM, as Excel expects of Chinese text; the first line names the columns. Nothing in it is run."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(table.column_names)
    columns = [[_cell(value) for value in column.to_pylist()] for column in table.columns]
    writer.writerows(zip(*columns, strict=True))
    return written.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return inert(value)
    if value is None or isinstance(value, bool):
        return _TEXTS[value]
    return value.isoformat() if isinstance(value, date | datetime) else repr(value)


def inert(text: str) -> str:
    """With ' before it where a spreadsheet would take it for a formula; a number with a sign is none."""
    return f"'{text}" if _RUN.match(text) and not _NUMBER.fullmatch(text) else text


def parquet_bytes(table: pa.Table, about: Mapping[str, Any]) -> bytes:
    """What it stands on is in its key-value metadata too."""
    written = io.BytesIO()
    kept = {**(table.schema.metadata or {}), MEMBER: json.dumps(about, ensure_ascii=False)}
    parquet.write_table(table.replace_schema_metadata(kept), written)
    return written.getvalue()


def zip_bytes(files: Mapping[str, bytes], at: datetime) -> bytes:
    """The same files give the same bytes. at: the moment every member bears."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as file:  # Parquet is packed already
        for name, content in files.items():
            file.writestr(zipfile.ZipInfo(name, at.timetuple()[:6]), content)
    return written.getvalue()
