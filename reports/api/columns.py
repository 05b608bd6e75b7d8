"""What each column given to programs holds. A name means the same everywhere; what it means in words is api.column.<name>."""

from __future__ import annotations

from typing import Literal

import pandas as pd
import pyarrow as pa

Kind = Literal["text", "number", "whole", "yes_no", "day", "time"]

ARROW: dict[Kind, pa.DataType] = {
    "text": pa.string(),
    "number": pa.float64(),
    "whole": pa.int64(),
    "yes_no": pa.bool_(),
    "day": pa.date32(),
    "time": pa.timestamp("s"),
}
# As OpenAPI and JSON Schema call them.
SCHEMA: dict[Kind, dict[str, str]] = {
    "text": {"type": "string"},
    "number": {"type": "number"},
    "whole": {"type": "integer"},
    "yes_no": {"type": "boolean"},
    "day": {"type": "string", "format": "date"},
    "time": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$"},
}

_NAMES: dict[Kind, str] = {
    "text": """
        basis indicator commitment theme period subject measure light verdict form reporter element element_name state text number
        file_name sha256 sheet cell unit name name_en kind plan plan_digest periods task_title task_title_en lead departments label
        task_text quote indicator_name operator due_period nature scope strength light_rule better numerator_elements
        denominator_elements definition whole_verdict milestone department line source data_plan_digest
    """,
    "number": "value target pace baseline change year_change numerator denominator low high",
    "whole": "rank ranked_of filed approved expected same_units year_same_units times_filed times_returned version task section scale due_from data_version",
    "yes_no": "firm late numeral is_ratio accumulates na required data_demo data_early",
    "day": "due_day planned_day",
    "time": "submitted_at first_at received_at published_at data_published_at",
}
KINDS: dict[str, Kind] = {name: kind for kind, names in _NAMES.items() for name in names.split()}
NEVER_BLANK = ("period", "basis", "data_version", "data_published_at", "data_plan_digest", "data_demo", "data_early")


def typed(rows: pd.DataFrame) -> pa.Table:
    """The rows as a table whose whole numbers are whole and whose every blank is null. Raises KeyError for a column not listed."""
    schema = pa.schema([(name, ARROW[KINDS[name]]) for name in rows.columns])
    return pa.Table.from_pandas(rows, schema, preserve_index=False)
