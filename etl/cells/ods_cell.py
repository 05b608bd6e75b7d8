"""One cell of an ods as its tags tell it, and the styles that its parts may bear."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from etl.cells.marks import KNOWN_ERRORS
from etl.cells.runs import PLAIN, Font, Run, is_set_apart
from etl.reading.plain import compact

Attributes = Mapping[str, str]
_ERROR = re.compile("|".join(map(re.escape, KNOWN_ERRORS)) + r"|#[A-Z_/]+[!?]|Err:\d{3}")
_LONGEST_GAP = 1000  # spaces that one tag may stand for
# A formula's texts and quoted names, references in brackets, and the signs that differ from Excel's.
_TOKEN = re.compile(r"""(?P<text>"(?:[^"]|"")*")|\[(?P<ref>(?:'(?:[^']|'')*'|[^\]'])*)\]|(?P<sign>[;])""")
_CORNER = re.compile(r"""\$?(?P<sheet>'(?:[^']|'')*'|[^.':]*)\.(?P<cell>\$?[A-Z]{1,3}\$?[0-9]{1,7})""", re.I)


@dataclass(slots=True)
class OdsStyles:
    """Fonts by (family, name); a style has what it does not say from its parent."""

    parents: dict[tuple[str, str], str] = field(default_factory=dict)
    struck: dict[tuple[str, str], bool] = field(default_factory=dict)
    raised: dict[tuple[str, str], int] = field(default_factory=dict)
    current: tuple[str, str] | None = None

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "style:style":
            self.current = attributes.get("style:family", ""), attributes.get("style:name", "")
            self.parents[self.current] = attributes.get("style:parent-style-name", "")
        elif tag == "style:text-properties" and self.current:
            self._properties(self.current, attributes)

    def end(self, tag: str) -> None:
        if tag == "style:style":
            self.current = None

    def _properties(self, style: tuple[str, str], attributes: Attributes) -> None:
        lines = [attributes.get(f"style:text-line-through-{what}") for what in ("style", "type")]
        if any(lines):
            self.struck[style] = "none" not in lines
        if position := attributes.get("style:text-position", "").split():
            first = position[0]
            self.raised[style] = 1 if first == "super" else -1 if first == "sub" else _sign(first.removesuffix("%"))

    def font(self, family: str, name: str) -> Font | None:
        """None where the style says nothing of it."""
        struck: bool | None = None
        raised: int | None = None
        seen: set[str] = set()
        while name and name not in seen:
            seen.add(name)
            struck = self.struck.get((family, name)) if struck is None else struck
            raised = self.raised.get((family, name)) if raised is None else raised
            name = self.parents.get((family, name), "")
        return None if struck is None and raised is None else Font(bool(struck), raised or 0)


def _sign(number: str) -> int:
    try:
        return (float(number) > 0) - (float(number) < 0)
    except ValueError:
        return 0


class OdsCell:
    """One table:table-cell, standing for `columns` of them. begin: where its tag begins."""

    def __init__(self, attributes: Attributes, column: int, begin: int, styles: OdsStyles, style: str) -> None:
        self.column, self.begin = column, begin
        self.columns = times(attributes, "table:number-columns-repeated")
        self.kind = attributes.get("office:value-type", "")
        self.formula = attributes.get("table:formula")
        self.wrong = attributes.get("calcext:value-type") == "error"
        self.font = styles.font("table-cell", attributes.get("table:style-name", style)) or PLAIN
        self.paragraphs = 0
        self.aside = 0  # within notes and drawings, whose paragraphs are no cell's
        self.drawn = self.spaced = self.pictured = False
        self.runs: list[Run] = []
        self._styles = styles
        self._fonts: list[Font | None] = []
        rows, columns = (times(attributes, f"table:number-{side}-spanned") for side in ("rows", "columns"))
        self.spans = (rows, columns) if rows > 1 or columns > 1 else None

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "office:annotation" or tag.startswith("draw:"):
            self.aside += 1
            self.drawn = True
            self.pictured = self.pictured or tag == "draw:image"
        elif self.aside:
            return
        elif tag in ("text:p", "text:h"):
            self.paragraphs += 1
            if self.paragraphs > 1:
                self._add("\n")
            self._fonts = [self._styles.font("paragraph", attributes.get("text:style-name", ""))]
        elif tag == "text:span":
            font = self._styles.font("text", attributes.get("text:style-name", ""))
            self._fonts.append(font or (self._fonts[-1] if self._fonts else None))
        elif tag == "text:s":
            self._add(" " * min(times(attributes, "text:c"), _LONGEST_GAP))
        elif tag in ("text:tab", "text:line-break"):
            self.spaced = True
            self._add("\t" if tag == "text:tab" else "\n")

    def end(self, tag: str) -> None:
        if tag == "office:annotation" or tag.startswith("draw:"):
            self.aside -= 1
        elif tag == "text:span" and not self.aside and self._fonts:
            self._fonts.pop()

    def add(self, text: str) -> None:
        if self.paragraphs and not self.aside:
            self._add(text)

    def _add(self, text: str) -> None:
        self.runs.append(Run(text, self._fonts[-1] if self._fonts else None))

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def filled(self) -> bool:
        return bool(self.formula is not None or self.kind or self.paragraphs)

    @property
    def is_blank(self) -> bool:
        """It shows nothing, though something stands there."""
        return self.formula is None and self.kind in ("", "string") and not compact(self.text)

    @property
    def is_set_apart(self) -> bool:
        return is_set_apart(self.runs)

    @property
    def own_text(self) -> str | None:
        """Where calamine reads it otherwise: it drops tabs and line breaks, and a number's second paragraph."""
        lines = [line for line in self.text.split("\n") if compact(line)]
        number_in_lines = self.kind not in ("", "string") and len(lines) > 1 and self.formula is None
        return self.text if self.spaced or number_in_lines or (self.drawn and self.kind == "string") else None

    @property
    def error(self) -> str:
        text = self.text.strip()
        return (text or "#N/A") if self.wrong or _ERROR.fullmatch(text) else ""

    @property
    def has_result(self) -> bool:
        return bool(self.kind or self.text)

    @property
    def excel_formula(self) -> str | None:
        return in_excels_words(self.formula) if self.formula and self.columns == 1 else None


def in_excels_words(formula: str) -> str:
    """of:=SUM([.B3:.C3];1) is SUM(B3:C3,1)."""

    def corner(match: re.Match[str]) -> str:
        sheet = match["sheet"].strip()
        return f"{sheet}!{match['cell']}" if sheet else match["cell"]

    def token(match: re.Match[str]) -> str:
        if match["text"]:
            return match["text"]
        return "," if match["sign"] else _CORNER.sub(corner, match["ref"])

    return _TOKEN.sub(token, formula.partition("=")[2])


def times(attributes: Attributes, name: str) -> int:
    """Raises ValueError for what cannot be repeated."""
    count = int(attributes.get(name, 1))
    if count < 0:
        raise ValueError(f"{name} {count}")
    return count
