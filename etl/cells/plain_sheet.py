"""The table of a sheet as programs mostly write it, read in one sweep. Anything less usual is left to `sheet_xml`.

Plain: between <sheetData> and </sheetData> stand only rows, and in them only cells that hold a shared text that shows something,
a number, or a formula with its result, each written as the pattern has it. What it matches is well-formed, but that a row may
have an attribute twice: the last one counts, where another reader would refuse the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.sax.saxutils import unescape

from etl.cells.addresses import column_number
from etl.cells.hidden_xml import HiddenXml
from etl.cells.limits import Limits
from etl.cells.marks import Marks, Place
from etl.cells.markup import is_sound, reads_as_written
from etl.cells.styles_xml import SharedTexts, Styles

_BEGIN, _END = b"<sheetData>", b"</sheetData>"
_LARGEST = 2**23  # bytes; what is found in a larger one would take much memory
_ROOT = re.compile(rb"(?:<\?xml [^<>]*\?>)?\s*<worksheet[\s>]")
_NUMBER = rb"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
_FORMULA = rb'<f(?: aca="false")?>[^<]+</f>'
_HOLDS = (
    rb' t="s"><v>[0-9]+</v>'
    rb'|(?: t="n")?>(?:%b)?<v>%b</v>'
    rb'| t="str">%b<v>[^<]*</v>' % (_FORMULA, _NUMBER, _FORMULA)
)
_CELL = rb'<c r="[A-Z]{1,3}[1-9][0-9]{0,6}"(?: s="[0-9]+")?(?:/>|(?:%b)</c>)' % _HOLDS
_ROW = rb'<row r="[1-9][0-9]{0,6}"(?: [A-Za-z][A-Za-z0-9:]*+="[^"<>&]*+")*+(?:/>|>(?:%b)*+</row>)' % _CELL
_TABLE = re.compile(rb"(?:%b)*+" % _ROW)
# Drop-down lists and the like, which say nothing about what cells hold; they can be longer than the table.
_ENTITY = rb"&(?:amp|lt|gt|quot|apos|#xA|#10|#xD|#13);"
_ATTRIBUTES = rb'(?: [A-Za-z0-9:]++="[^"<&]*+(?:%b[^"<&]*+)*+")*+' % _ENTITY
_OF_RULE = rb"<formula[12]>[^<&]*+(?:%b[^<&]*+)*+</formula[12]>" % _ENTITY
_RULE = rb"<dataValidation%b(?:/>|>(?:%b)*+</dataValidation>)" % (_ATTRIBUTES, _OF_RULE)
_RULES = re.compile(rb"<dataValidations%b>(?:%b)*+</dataValidations>" % (_ATTRIBUTES, _RULE))
_CELL_TAG = re.compile(rb"<(?:c|v|f|is)[\s/>]")
# In a table that is such: the cells that hold something, the shared texts, the formulas, the rows that may be hidden.
_FILLED = re.compile(rb'<c r="([A-Z]+)([0-9]+)"(?: [^>]*[^>/])?>')
_STYLED = re.compile(rb'<c r="([A-Z]+)([0-9]+)"(?: s="([0-9]+)")?(?: [^>]*[^>/])?>')
_TEXT = re.compile(rb' t="s"><v>([0-9]+)<')
_COMPUTED = re.compile(rb'<c r="([A-Z]+)([0-9]+)"[^>]*><f[^>]*>([^<]+)<')
_SIZED = re.compile(rb'<row r="([0-9]+)"([^>]* (?:hidden="|ht="0(?:\.0)?")[^>]*)>')
_ATTRIBUTE = re.compile(r' ([A-Za-z0-9:]+)="([^"]*)"')
_ENTITIES = {"&quot;": '"', "&apos;": "'"}


@dataclass(slots=True)
class PlainTable:
    """last_row, last_column: of cells that hold something. sizes: attributes of rows that may be hidden.

    styled: cells of a style that means something, with its number. rest: the part without its table.
    """

    rest: bytes
    last_row: int = 0
    last_column: int = 0
    formulas: dict[Place, str] = field(default_factory=dict)
    sizes: dict[int, dict[str, str]] = field(default_factory=dict)
    styled: list[tuple[Place, str]] = field(default_factory=list)

    def within(self, limits: Limits) -> bool:
        return self.last_row <= limits.rows and self.last_column <= limits.columns

    def tell(self, marks: Marks, styles: Styles, hidden: HiddenXml) -> dict[Place, list[str]]:
        """Fills the marks; gives the formulas, each in one piece."""
        marks.last_row, marks.last_column = self.last_row, self.last_column
        for number, attributes in self.sizes.items():
            hidden.row(number, attributes)
        for place, style in self.styled:
            styles.tell(style, place, marks)
        return {place: [text] for place, text in self.formulas.items()}


def plain_table(data: bytes, texts: SharedTexts, styles: Styles) -> PlainTable | None:
    """None where the sheet is not plain."""
    begin, end = data.find(_BEGIN), data.rfind(_END)
    if not 0 < begin < end < begin + _LARGEST or not _ROOT.match(data) or data.count(b"<!") or data.count(b"<?") > 1:
        return None
    body, after = data[begin + len(_BEGIN) : end], data[end + len(_END) :]
    rest = data[:begin] + b"<sheetData/>" + (_RULES.sub(b"", after) if is_sound(after) else after)
    if _CELL_TAG.search(rest) or not reads_as_written(body) or not _TABLE.fullmatch(body):
        return None
    if not {number.decode() for number in set(_TEXT.findall(body))} <= texts.usual:
        return None
    table = PlainTable(rest)
    if filled := _FILLED.findall(body):
        columns, rows = map(set, zip(*filled, strict=True))
        table.last_row, table.last_column = max(map(int, rows)), max(column_number(name.decode()) for name in columns)
    for column, row, formula in _COMPUTED.findall(body):
        table.formulas[int(row), column_number(column.decode())] = _text(formula.decode())
    table.sizes = {int(row): dict(_ATTRIBUTE.findall(said.decode())) for row, said in _SIZED.findall(body)}
    if styled := {style.encode() for style in styles.fonts.keys() | styles.percents}:
        for column, row, style in _STYLED.findall(body):
            if (style or b"0") in styled:
                table.styled.append(((int(row), column_number(column.decode())), style.decode() or "0"))
    return table


def _text(written: str) -> str:
    return unescape(written, _ENTITIES) if "&" in written else written
