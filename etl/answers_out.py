"""What scripts ask of the published numbers, as plain rows with fixed keys."""

from __future__ import annotations

from typing import Any

from catalogue import clock, early
from catalogue.model import Plan
from catalogue.period import Period
from warehouse import read, store

Row = dict[str, Any]


def values(plan: Plan, period: Period, unit: str | None, basis: str) -> list[Row]:
    """Grain: indicator × reporting unit (None: the city). Percentages as 0–100, four decimals at most."""
    with store.open_version(_version(), str(period)) as con:
        rows = read.values(con, str(period), unit or read.ALL, basis=basis)
    return [
        {
            "indicator": row.indicator,
            "commitment": _text(row.commitment),
            "reporting_unit": _text(row.subject),
            "value": _number(row.value),
            "measure": row.measure,
            "target": _number(row.target),
            "pace": _number(row.pace),
            "light": row.light,
            "filed": int(row.filed),
            "approved": int(row.approved),
            "expected": int(row.expected),
        }
        for row in rows.itertuples()
    ]


def note(period: Period) -> str:
    """That the quarter's values are early returns; "" where it is over."""
    return early.note(str(period), f"{_version().published_at:%Y-%m-%d}")


def source(indicator: str, period: Period, unit: str | None, basis: str) -> list[Row]:
    """Grain: cell. part: numerator or denominator; sums have numerators only."""
    with store.open_version(_version(), str(period)) as con:
        rows = read.source_cells(con, indicator, str(period), unit, basis=basis)
    return [
        {
            "indicator": row.indicator,
            "element": row.element,
            "part": row.part,
            "reporting_unit": row.subject,
            "value": _number(row.value),
            "sha256": row.sha256,
            "file": row.file_name,
            "sheet": row.sheet,
            "cell": row.cell,
        }
        for row in rows.itertuples()
    ]


def status(period: Period) -> list[Row]:
    """Grain: return owed. submitted_at: ISO, None while nothing has come."""
    with store.open_version(_version(), str(period)) as con:
        rows = read.status(con, str(period), clock.today())
    return [
        {
            "reporting_unit": row.reporter,
            "form": row.form,
            "state": row.state,
            "submitted_at": None if _text(row.submitted_at) is None else row.submitted_at.isoformat(),
            "late": bool(row.late),
        }
        for row in rows.itertuples()
    ]


def _version() -> store.Version:
    """Raises StoreError where nothing has been published yet."""
    version = store.newest(store.data_folder())
    if version is None:
        raise store.StoreError("尚无数据，请先运行 python -m etl load / nothing is loaded yet: run python -m etl load")
    return version


def _text(value: Any) -> Any:
    """None for the several ways a data frame says nothing."""
    return None if value is None or value != value else value


def _number(value: Any) -> float | None:
    return None if value is None or value != value else round(float(value), 4)
