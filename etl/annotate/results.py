"""Formulas keep the results their file held: openpyxl stores none, and a phone's viewer computes none.

Without them a workbook sent back untouched would read as one whose formulas were never computed.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from openpyxl.utils.datetime import to_excel

from etl.cells.addresses import column_number
from etl.model import Cell, Cells, CellState

_FORMULA = re.compile(r'<c r="([A-Z]+)(\d+)"([^>]*)>(<f[^>]*>[^<]*</f>|<f[^>]*/>)(?:<v\s*/>|<v></v>)</c>')


def with_results(content: bytes, sheets: Mapping[str, str], cells: Cells) -> bytes:
    """The saved workbook, each formula with the result that `cells` has for it. sheets: part -> sheet name."""
    result = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.infolist():
            data = before.read(part)
            held = cells.sheet(sheets.get(part.filename, ""))
            if held is not None and b"<f" in data:
                data = _filled(data.decode("utf-8"), held.cells).encode("utf-8")
            after.writestr(part, data)
    return result.getvalue()


def _filled(sheet: str, held: Mapping[tuple[int, int], Cell]) -> str:
    def one(match: re.Match[str]) -> str:
        letters, row, attributes, formula = match.groups()
        kind, value = _stored(held.get((int(row), column_number(letters))))
        if value is None:
            return match[0]
        typed = f' t="{kind}"' if kind else ""
        return f'<c r="{letters}{row}"{attributes}{typed}>{formula}<v>{escape(value)}</v></c>'

    return _FORMULA.sub(one, sheet)


def _stored(cell: Cell | None) -> tuple[str, str | None]:
    """Type and text of a result as a sheet stores it; text None where there is none to store."""
    if cell is None or cell.state is CellState.UNCACHED:
        return "", None
    raw: Any = cell.raw
    if cell.state is CellState.ERROR:
        return "e", str(raw)
    if raw is None or isinstance(raw, str):
        return "str", raw or ""
    if isinstance(raw, bool):
        return "b", str(int(raw))
    if isinstance(raw, int | float):
        return "", repr(raw)
    if isinstance(raw, date | datetime):
        return "", repr(to_excel(raw))
    return "", None
