"""One sheet of somebody else's workbook: its texts read, single cells written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy

from lxml import etree
from openpyxl.utils.cell import column_index_from_string as column_of
from openpyxl.utils.cell import coordinate_from_string, get_column_letter, range_boundaries

from reports.layout_looks import MAIN, LayoutLooks
from reports.workbook.cells import FORMULA_SIGNS, writable

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
Place = tuple[int, int]  # row, column, from 1


class LayoutSheet:
    """shared: the workbook's shared texts."""

    def __init__(self, name: str, root: etree._Element, shared: list[etree._Element], looks: LayoutLooks) -> None:
        self.name, self.root, self._shared, self._looks = name, root, shared, looks
        self._data = root.find(f"{MAIN}sheetData")
        self.renumber()

    def renumber(self) -> None:
        """Where everything stands. A row or cell that does not say so comes behind the one before it."""
        ranges = [range_boundaries(one.get("ref")) for one in self.root.iter(f"{MAIN}mergeCell")]
        self._merged = [(top, left, bottom, right) for left, top, right, bottom in ranges]
        self._rows: dict[int, etree._Element] = {}
        self._cells: dict[Place, etree._Element] = {}
        row = 0
        for line in self._data.findall(f"{MAIN}row"):
            row, column = int(line.get("r", row + 1)), 0
            line.set("r", str(row))
            self._rows[row] = line
            for cell in line.findall(f"{MAIN}c"):
                column = column_of(coordinate_from_string(cell.get("r"))[0]) if cell.get("r") else column + 1
                cell.set("r", at(row, column))
                self._cells[row, column] = cell

    def texts(self) -> Iterator[tuple[Place, str]]:
        """Cells with words in them, row by row; not formulas."""
        for place, cell in sorted(self._cells.items()):
            if self._item(cell) is not None:
                yield place, self.text(*place)

    def text(self, row: int, column: int) -> str:
        item = self._item(self._cells[row, column])
        return "" if item is None else "".join(one.text or "" for one in _said(item))

    def formulas(self) -> Iterator[tuple[Place, str]]:
        for place, cell in sorted(self._cells.items()):
            formula = cell.find(f"{MAIN}f")
            if formula is not None and formula.text:
                yield place, formula.text

    def formula_cells(self) -> Iterator[tuple[etree._Element, etree._Element]]:
        """(cell, its formula), also those that take another's over and have no text."""
        for cell in self._data.iter(f"{MAIN}c"):
            formula = cell.find(f"{MAIN}f")
            if formula is not None:
                yield cell, formula

    def lines(self) -> list[etree._Element]:
        return self._data.findall(f"{MAIN}row")

    def put(self, line: etree._Element, row: int) -> None:
        """A row of cells elsewhere; `renumber` when all are in their places."""
        line.set("r", str(row))
        for cell in line.iter(f"{MAIN}c"):
            cell.set("r", at(row, column_of(coordinate_from_string(cell.get("r"))[0])))

    def other_texts(self) -> Iterator[str]:
        """What stands in no cell: head and foot of the page, rules, lists to choose from, hints."""
        for one in self.root.iter():
            if isinstance(one.tag, str) and one.tag not in (f"{MAIN}c", f"{MAIN}t", f"{MAIN}v", f"{MAIN}f"):
                yield from filter(None, (one.text, *one.attrib.values()))

    def free(self, row: int, column: int) -> bool:
        """Nothing in it, and not under a merged one."""
        cell = self._cells.get((row, column))
        bare = cell is None or not len(cell)
        return bare and not any(
            top <= row <= bottom and left <= column <= right and (row, column) != (top, left)
            for top, left, bottom, right in self._merged
        )

    def look(self, row: int, column: int) -> int:
        """0 for a cell that has none of its own."""
        cell = self._cells.get((row, column))
        return int(cell.get("s", 0)) if cell is not None else 0

    def form_of(self, look: int) -> str:
        """Its number format."""
        return self._looks.form(look)

    def write(self, row: int, column: int, value: float | str, look: int | None = None, form: str = "") -> None:
        """A text is a text whatever it begins with. look, form: others than the cell has."""
        quoted = isinstance(value, str) and value.startswith(FORMULA_SIGNS)
        cell = self._bare(row, column, self.look(row, column) if look is None else look, form, quoted)
        if isinstance(value, str):
            _put(etree.SubElement(etree.SubElement(cell, f"{MAIN}is"), f"{MAIN}t"), value)
            cell.set("t", "inlineStr")
        else:
            etree.SubElement(cell, f"{MAIN}v").text = repr(int(value) if value == int(value) else float(value))

    def rewrite(self, row: int, column: int, of: Place, change: Callable[[str], str], look: int | None = None) -> None:
        """The words of cell `of`, changed, here. Where every part of them with a face of its own can be changed by itself,
        the faces stay; else all have the first one's."""
        words = self._item(self._cells[of])
        assert words is not None, "only words are changed"
        item = deepcopy(words)
        whole = change("".join(one.text or "" for one in _said(item)))
        parts = [change(one.text or "") for one in _said(item)]
        for one, text in zip(
            _said(item), parts if "".join(parts) == whole else [whole, *[""] * (len(parts) - 1)], strict=True
        ):
            _put(one, text)
        cell = self._bare(
            row, column, self.look(row, column) if look is None else look, "", whole.startswith(FORMULA_SIGNS)
        )
        item.tag = f"{MAIN}is"
        cell.append(item)
        cell.set("t", "inlineStr")

    def _bare(self, row: int, column: int, look: int, form: str, quoted: bool) -> etree._Element:
        cell = self._cells.get((row, column))
        if cell is None:
            cell = self._cells[row, column] = self._new(row, column)
        for one in list(cell):
            cell.remove(one)
        cell.attrib.pop("t", None)
        if look := self._looks.like(look, form, quoted):
            cell.set("s", str(look))
        return cell

    def _new(self, row: int, column: int) -> etree._Element:
        line = self._rows.get(row)
        if line is None:
            line = self._rows[row] = etree.Element(f"{MAIN}row", {"r": str(row)})
            before = max((n for n in self._rows if n < row), default=None)
            if before is None:
                self._data.insert(0, line)
            else:
                self._rows[before].addnext(line)
        line.attrib.pop("spans", None)
        cell = etree.Element(f"{MAIN}c", {"r": at(row, column)})
        left = max((c for r, c in self._cells if r == row and c < column), default=None)
        if left is None:
            line.insert(0, cell)
        else:
            self._cells[row, left].addnext(cell)
        return cell

    def _item(self, cell: etree._Element) -> etree._Element | None:
        """Where its words stand; None for a cell that has none, or a formula."""
        if cell.find(f"{MAIN}f") is not None:
            return None
        if cell.get("t") == "s":
            number = cell.findtext(f"{MAIN}v")
            return self._shared[int(number)] if number else None
        return cell.find(f"{MAIN}is") if cell.get("t") == "inlineStr" else None

    def finished(self) -> etree._Element:
        """Results of formulas are forgotten: they were those of the placeholders."""
        for cell in self._cells.values():
            kept = cell.find(f"{MAIN}v")
            if cell.find(f"{MAIN}f") is not None and kept is not None:
                cell.remove(kept)
                cell.attrib.pop("t", None)
        size = self.root.find(f"{MAIN}dimension")
        if size is not None and self._cells:
            rows, columns = [row for row, _ in self._cells], [column for _, column in self._cells]
            size.set("ref", f"{at(min(rows), min(columns))}:{at(max(rows), max(columns))}")
        return self.root


def at(row: int, column: int) -> str:
    return f"{get_column_letter(column)}{row}"


def _said(item: etree._Element) -> list[etree._Element]:
    """Its words, in parts where parts have faces of their own; not how they are spoken."""
    return [one for one in item.iter(f"{MAIN}t") if etree.QName(one.getparent()).localname != "rPh"]


def _put(element: etree._Element, text: str) -> None:
    element.text = writable(text)
    element.set(SPACE, "preserve")
