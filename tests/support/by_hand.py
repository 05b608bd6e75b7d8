"""Numbers of a county return read by other means than ours: openpyxl, the printed row codes, a pocket sum."""

from __future__ import annotations

import openpyxl


def answers(path) -> dict[str, object]:
    """Row code -> what stands under 本期, over all sheets of a county return."""
    found = {}
    for sheet in openpyxl.load_workbook(path, data_only=True):
        head = next((cell for row in sheet.iter_rows(max_row=12) for cell in row if cell.value == "本期"), None)
        for row in sheet.iter_rows(min_row=head.row + 1) if head else ():
            code = next(
                (c.value for c in row if c.column < head.column and isinstance(c.value, str) and len(c.value) == 3),
                None,
            )
            if code:
                found[code] = row[head.column - 1].value
    return found


def added(books, *codes):
    return sum(book[code] for book in books for code in codes if isinstance(book[code], int | float))
