"""A workbook opened by openpyxl, each in a copy of its own. To read one takes ten times as long as to copy it, and the same few
are opened again and again to be changed in one place."""

from __future__ import annotations

import hashlib
import pickle
from collections import OrderedDict
from io import BytesIO

import openpyxl

KEPT = 24
_read: OrderedDict[tuple, bytes] = OrderedDict()


def opened_book(content: bytes, **how: bool) -> openpyxl.Workbook:
    """how: as of `load_workbook`. One that is only read row by row cannot be copied and is opened anew."""
    if how.get("read_only"):
        return openpyxl.load_workbook(BytesIO(content), **how)
    key = hashlib.sha256(content).digest(), *sorted(how.items())
    if key not in _read:
        book = openpyxl.load_workbook(BytesIO(content), **how)
        _read[key] = pickle.dumps(book, pickle.HIGHEST_PROTOCOL)
        while len(_read) > KEPT:
            _read.popitem(last=False)
        return book
    _read.move_to_end(key)
    return _whole(pickle.loads(_read[key]))


def _whole(book: openpyxl.Workbook) -> openpyxl.Workbook:
    """A copy forgets how a sheet makes a row or a column that nobody has spoken of yet."""
    for sheet in book.worksheets:
        sheet.row_dimensions.default_factory = sheet._add_row
        sheet.column_dimensions.default_factory = sheet._add_column
    return book
