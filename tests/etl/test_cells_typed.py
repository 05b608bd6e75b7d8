"""Whatever a person may type in a number cell, in every kind of file: the right number, or a finding that names the cell."""

from __future__ import annotations

import csv
import io
import re
import struct
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from xml.sax.saxutils import escape

import pytest
from binary_fixtures import PERCENT, PLAIN, STRUCK, label, number, styled_xls, styled_xlsb, xls_text
from cells_fixtures import MAIN, RELATIONS, archive, ods, record, worksheet, xlsb_text, xlsx_parts
from hypothesis import given, settings
from hypothesis import strategies as st
from plan_fixtures import plan_2021
from returns_fixtures import county

from catalogue.model import Slot
from etl.cells import LIMITS, read_cells
from etl.cells.addresses import address, column_number
from etl.cells.parse import as_cells, parse
from etl.model import Cell, Cells, Entry, EntryState, Finding, Severity
from etl.reading.forms import recognise
from etl.reading.formulas import formulas
from etl.reading.returns import read_return

FEW = settings(max_examples=40, deadline=None)
AT_ONCE = 10


@dataclass(frozen=True)
class Typed:
    """content: what the cell holds. number: what it must be read as; None: it must be named. style: of binary_fixtures."""

    content: str | float
    number: Decimal | None
    style: int = PLAIN


UNSEEN = [
    "",
    "\u200b",
    "\u202d",
    "\u202c",
    "\u2060",
    "\u00ad",
    "\ufe0f",
    "\ufeff",
    "\u200e",
    "\u2066",
    "\u2069",
    "\u061c",
]
SPACES = [" ", "\u00a0", "\u2003", "\u2009", "\u202f", "\u3000"]
BREAKS = ["\n", "\t", "\u2028", "\u0085", "  ", " \n", "\n\n"]
WIDE = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
NUMBERS = st.decimals(min_value=-(10**9), max_value=10**9, places=2) | st.integers(0, 10**7).map(Decimal)


@st.composite
def one_number(draw) -> Typed:
    """As people write it: grouped, full-width, with a unit, with spaces around and marks that nobody sees within."""
    value = draw(NUMBERS)
    text = draw(
        st.sampled_from([f"{value:f}", f"{value:,f}", f"{value:,f}".replace(",", draw(st.sampled_from(SPACES)))])
    )
    text = text.translate(WIDE) if draw(st.booleans()) else text
    text += draw(st.sampled_from(["", "人", " 人", "\n人", "名"]))
    at = draw(st.integers(0, len(text)))
    text = text[:at] + draw(st.sampled_from(UNSEEN)) + text[at:]
    around = st.sampled_from(["", *SPACES, "\n"])
    return Typed(draw(around) + text + draw(around), value)


@st.composite
def two_numbers(draw) -> Typed:
    """With anything between them that is no digit; one space before three digits is a thousands separator."""
    first, second = str(draw(st.integers(0, 10**6))), str(draw(st.integers(0, 10**6)))
    gap = draw(st.sampled_from([*SPACES, *BREAKS, "/", "、", ";", "-", "~", "或", "+"]))
    if gap in SPACES and len(second) == 3 and len(first) <= 3 and first != "0":
        gap = "\n"
    return Typed(first + gap + second + draw(st.sampled_from(["", "人"])), None)


ALPHABET = "0123456789０１９,.，．-+() /人万元%个约"
ANYTHING = st.text(
    st.sampled_from([*ALPHABET, *SPACES, *UNSEEN[1:], "\n", "\t"])
    | st.characters(exclude_categories=["Cs", "Cc", "Cn"]),
    max_size=8,
)
STORED = (
    NUMBERS.map(lambda value: Typed(float(value), Decimal(repr(float(value)))))
    | st.integers(0, 100).map(lambda value: Typed(value / 100, None, PERCENT))
    | st.integers(0, 10**6).map(lambda value: Typed(float(value), None, STRUCK))
)
TEXTS = one_number() | two_numbers() | ANYTHING.map(lambda text: Typed(text, Decimal("NaN")))


def in_xlsx(typed: list[Typed]) -> bytes:
    def cell(n: int, one: Typed) -> str:
        if isinstance(one.content, float):
            return f'<c r="{address(1, n)}" s="{one.style}"><v>{one.content!r}</v></c>'
        text = escape(one.content).replace("\x85", "_x0085_")
        return f'<c r="{address(1, n)}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'

    cells = "".join(cell(n, one) for n, one in enumerate(typed, start=1))
    parts = xlsx_parts(worksheet(f'<row r="1">{cells}</row>'))
    rels = "xl/_rels/workbook.xml.rels"
    related = f'<Relationship Id="s" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>'
    parts[rels] = parts[rels].replace("</Relationships>", related)
    parts["xl/styles.xml"] = (
        f'<?xml version="1.0"?><styleSheet xmlns="{MAIN}"><fonts><font/><font><strike/></font></fonts>'
        '<cellXfs><xf/><xf fontId="1"/><xf numFmtId="10"/></cellXfs></styleSheet>'
    )
    return archive(parts)


def in_xls(typed: list[Typed]) -> bytes:
    texts = [xls_text(str(one.content)) for one in typed]
    cells = (
        number(0, n, one.style, one.content) if isinstance(one.content, float) else label(0, n, one.style, n)
        for n, one in enumerate(typed)
    )
    return styled_xls(b"".join(cells), texts=texts)


def in_xlsb(typed: list[Typed]) -> bytes:
    def cell(n: int, one: Typed) -> bytes:
        head = struct.pack("<II", n, one.style)
        if isinstance(one.content, float):
            return record(5, head + struct.pack("<d", one.content))
        units = one.content.encode("utf-16-le")
        return record(6, head + struct.pack("<I", len(units) // 2) + units)

    return styled_xlsb(b"".join(cell(n, one) for n, one in enumerate(typed)), texts=[b"\0" + xlsb_text("x")])


def in_ods(typed: list[Typed]) -> bytes:
    def cell(one: Typed) -> str:
        if isinstance(one.content, float):
            kind, style = "percentage" if one.style == PERCENT else "float", "out" if one.style == STRUCK else ""
            styled = f'table:style-name="{style}" office:value-type="{kind}"'
            return f'<table:table-cell {styled} office:value="{one.content!r}"/>'
        lines = [
            re.sub(" +", lambda s: f'<text:s text:c="{len(s[0])}"/>', escape(line)) for line in one.content.split("\n")
        ]
        text = "".join(f"<text:p>{line.replace(chr(9), '<text:tab/>')}</text:p>" for line in lines)
        return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'

    struck = '<style:text-properties style:text-line-through-style="solid"/>'
    style = f'<style:style style:name="out" style:family="table-cell">{struck}</style:style>'
    return ods(f"{style}<table:table-row>{''.join(map(cell, typed))}</table:table-row>")


def in_csv(typed: list[Typed]) -> bytes:
    file = io.StringIO()
    csv.writer(file).writerows([[one.content for one in typed], ["甲", "乙"]])
    return file.getvalue().encode()


KINDS: dict[str, tuple[Callable, st.SearchStrategy]] = {
    "xlsx": (in_xlsx, TEXTS | STORED),
    "xls": (in_xls, TEXTS | STORED),
    "xlsb": (in_xlsb, TEXTS | STORED),
    "ods": (in_ods, TEXTS | STORED),
    "csv": (in_csv, TEXTS),
}


@cache
def workbook() -> tuple[Cells, list[tuple[Slot, str, tuple[int, int]]]]:
    """A filled return, and the cells of it that count persons: slot, sheet and place."""
    cells = read_cells(county())
    ret = read_return(cells, recognise(cells, plan_2021()), plan_2021())
    computed = formulas(plan_2021(), ret.layout)
    asked = [
        (slot, entry.at.sheet, _place(entry.at.address))
        for slot, entry in ret.entries.items()
        if plan_2021().elements[slot.element].measure == "person" and slot not in computed
    ]
    return cells, asked[:AT_ONCE]


def _place(at: str) -> tuple[int, int]:
    letters = at.rstrip("0123456789")
    return int(at[len(letters) :]), column_number(letters)


def answered(content: bytes, count: int) -> list[tuple[Entry, list[Finding]]]:
    """The first cells of a file, read as if they stood in a return: each entry, and what is said of it."""
    [page] = as_cells(parse(content, LIMITS)).sheets
    cells, asked = workbook()
    sheets = {sheet.name: dict(sheet.cells) for sheet in cells.sheets}
    for n, (_, name, place) in enumerate(asked[:count], start=1):
        sheets[name][place] = page.cells.get((1, n), Cell(""))
    grafted = replace(cells, sheets=tuple(replace(sheet, cells=sheets[sheet.name]) for sheet in cells.sheets))
    ret = read_return(grafted, recognise(grafted, plan_2021()), plan_2021())
    return [
        (
            ret.entries[slot],
            [found for found in ret.repairs if found.slot == slot and found.severity is Severity.BLOCKS],
        )
        for slot, _, _ in asked[:count]
    ]


def says(text: str, value: Decimal) -> bool:
    """Told without our own reading: the digits one after the other, with nothing between but what groups thousands."""
    seen = "".join(char for char in text if unicodedata.category(char) not in ("Cf", "Cc", "Mn") or char in "\n\t\x85")
    seen = unicodedata.normalize("NFKC", seen).replace("\u2212", "-").strip()
    groups = re.match(r"[+-]?\s*([1-9]\d{0,2}(?:([, ])\d{3})(?:\2\d{3})*|\d*)(\.\d*)?(.*)", seen, re.S)
    figures = re.sub("[ ,]", "", groups[1]) + (groups[3] or "")
    typed = Decimal(figures) * (10_000 if "万" in groups[4] else 1)
    return abs(abs(value) - typed) < Decimal("0.00006") and not re.search(r"\d", groups[4])


def nothing_seen(text: str) -> bool:
    return all(char.isspace() or unicodedata.category(char) in ("Cf", "Cc", "Mn") for char in text)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_typed_is_read_right_or_named(kind):
    write, strategy = KINDS[kind]

    @FEW
    @given(st.lists(strategy, min_size=AT_ONCE, max_size=AT_ONCE))
    def check(typed: list[Typed]) -> None:
        for one, (entry, findings) in zip(typed, answered(write(typed), len(typed)), strict=True):
            told = (kind, one, entry.state, entry.value, [found.rule for found in findings])
            if one.number is not None and one.number.is_finite():
                assert entry.value == one.number and not findings, told
            elif one.number is None:
                assert entry.state is EntryState.BAD and [found.at for found in findings] == [entry.at], told
            elif entry.state is EntryState.VALUE:
                assert says(str(one.content), entry.value), told
            elif entry.state is EntryState.BLANK:
                assert nothing_seen(str(one.content)), told
            else:
                assert (entry.state is EntryState.BAD) == bool(findings), told

    check()
