"""Shared texts and cell styles of an xlsx: what in them changes what a cell says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from etl.cells.marks import Marks, Place
from etl.cells.markup import local, parsed, reads_as_written
from etl.cells.runs import PLAIN, Font, Run, is_set_apart
from etl.reading.plain import compact

BUILT_IN_PERCENTS = {9, 10}
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_PLAIN_PART = re.compile(rb"<\?xml [^<>]*\?>\s*<sst(?: [A-Za-z:]+=\"[^\"<&]*\")*>(.*)</sst>\s*", re.S)
_PLAIN_TEXT = re.compile(r'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>|(.+)', re.S)
_LARGEST, _SMALL = 2**21, 2**16
_RAISED = {"superscript": 1, "subscript": -1}
Attributes = dict[str, str]


@dataclass(slots=True)
class SharedTexts:
    """By their numbers as a cell writes them, "0", "1" …: blank ones show nothing, runs have parts set apart."""

    usual: set[str] = field(default_factory=set)
    blank: set[str] = field(default_factory=set)
    runs: dict[str, list[Run]] = field(default_factory=dict)


@dataclass(slots=True)
class Styles:
    """By the number of a cell's style, as a cell writes it."""

    fonts: dict[str, Font] = field(default_factory=dict)  # struck or raised ones only
    percents: set[str] = field(default_factory=set)
    strikes: set[str] = field(
        default_factory=set
    )  # of the looks that conditions give, those that strike out; by their numbers

    def tell(self, style: str, place: Place, marks: Marks) -> None:
        """What the style of the cell there means for it."""
        if style in self.fonts:
            marks.fonts[place] = self.fonts[style]
        if style in self.percents:
            marks.percents.add(place)


def shared_texts(data: bytes) -> SharedTexts:
    """Raises Unreadable where the part is not well-formed."""
    if plain := _plain_texts(data):
        return plain
    texts = _Texts()
    parsed(data, texts.start, texts.end, texts.text)
    return texts.found


def _plain_texts(data: bytes) -> SharedTexts | None:
    """Of a part that holds nothing but texts in one piece, as programs mostly write it; None for any other."""
    whole = _PLAIN_PART.fullmatch(data)
    if whole is None or len(data) > _LARGEST or not reads_as_written(data):
        return None
    texts = _PLAIN_TEXT.findall(whole[1].decode())
    found = SharedTexts(set(map(str, range(len(texts)))))
    for number, (text, odd) in enumerate(texts):
        if odd or ("_x" in text and not compact(_ESCAPED.sub("", text))):
            return None
        if not compact(text):
            found.usual.discard(str(number))
            found.blank.add(str(number))
    return found


class RunReader:
    """The runs of one si or is element, fed by its tags; phonetic hints (rPh) are none of its text."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.phonetic = False

    def start(self, tag: str, attributes: Attributes) -> bool:
        """Whether text that follows belongs to the last run."""
        match tag:
            case "r":
                self.runs.append(Run("", None))
                self.phonetic = False
            case "rPr":
                self._font(PLAIN)
            case "strike" if _is_on(attributes):
                self._font(Font(True, self._last.raised))
            case "vertAlign":
                self._font(Font(self._last.struck, _RAISED.get(attributes.get("val", ""), 0)))
            case "rPh":
                self.phonetic = True
            case "t":
                if not self.runs:
                    self.runs.append(Run("", None))
                return not self.phonetic
        return False

    def text(self, text: str) -> None:
        self.runs[-1].text += text

    def finished(self) -> list[Run]:
        """With _x000A_ and the like, by which XML tells what it cannot hold, made what they stand for."""
        for run in self.runs:
            if "_x" in run.text:
                run.text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), run.text)
        return self.runs

    @property
    def _last(self) -> Font:
        return (self.runs[-1].font if self.runs else None) or PLAIN

    def _font(self, font: Font) -> None:
        if self.runs:
            self.runs[-1].font = font


class _Texts:
    def __init__(self) -> None:
        self.found = SharedTexts()
        self.count = 0
        self.reader: RunReader | None = None
        self.listening = False

    def start(self, tag: str, attributes: Attributes) -> None:
        name = local(tag)
        if name == "si":
            self.reader = RunReader()
        elif self.reader is not None:
            self.listening = self.reader.start(name, attributes)

    def text(self, text: str) -> None:
        if self.listening and self.reader is not None:
            self.reader.text(text)

    def end(self, tag: str) -> None:
        name = local(tag)
        if name == "t":
            self.listening = False
        elif name == "si" and self.reader is not None:
            number, runs = str(self.count), self.reader.finished()
            self.count += 1
            if not any(compact(run.text) for run in runs):
                self.found.blank.add(number)
            elif is_set_apart(runs):
                self.found.runs[number] = runs
            else:
                self.found.usual.add(number)
            self.reader = None


def styles(data: bytes) -> Styles:
    """Raises Unreadable where the part is not well-formed."""
    return _kept_styles(data) if len(data) <= _SMALL else _styles(data)


def _styles(data: bytes) -> Styles:
    reader = _Styles()
    parsed(data, reader.start, reader.end)
    return reader.found


_kept_styles = lru_cache(8)(_styles)  # those of returns made from one form are the same


class _Styles:
    def __init__(self) -> None:
        self.found = Styles()
        self.within: list[str] = []
        self.fonts: list[Font] = []
        self.percents = {str(number) for number in BUILT_IN_PERCENTS}
        self.count = self.conditional = 0  # styles of cells; looks that conditions give, which come last

    def start(self, tag: str, attributes: Attributes) -> None:
        name, parent = local(tag), self.within[-1] if self.within else ""
        self.within.append(name)
        match parent, name:
            case "numFmts", "numFmt":
                number = attributes.get("numFmtId", "")
                self.percents.discard(number)
                if is_percentage(attributes.get("formatCode", "")):
                    self.percents.add(number)
            case "fonts", "font":
                self.fonts.append(PLAIN)
            case "font", "strike" if self.fonts and not self.conditional and _is_on(attributes):
                self.fonts[-1] = Font(True, self.fonts[-1].raised)
            case "font", "vertAlign" if self.fonts and not self.conditional:
                self.fonts[-1] = Font(self.fonts[-1].struck, _RAISED.get(attributes.get("val", ""), 0))
            case "dxfs", "dxf":
                self.conditional += 1
            case "font", "strike" if self.conditional and _is_on(attributes):
                self.found.strikes.add(str(self.conditional - 1))
            case "cellXfs", "xf":
                self._style(attributes)

    def end(self, tag: str) -> None:
        self.within.pop()

    def _style(self, attributes: Attributes) -> None:
        number, font = str(self.count), attributes.get("fontId", "0")
        self.count += 1
        if font.isdigit() and int(font) < len(self.fonts) and self.fonts[int(font)] != PLAIN:
            self.found.fonts[number] = self.fonts[int(font)]
        if attributes.get("numFmtId", "0") in self.percents:
            self.found.percents.add(number)


def _is_on(attributes: Attributes) -> bool:
    """A tag such as strike holds unless it says that it does not."""
    return attributes.get("val", "1").lower() not in ("0", "false", "off")


def is_percentage(code: str) -> bool:
    """Whether a number format multiplies by 100: 0.0%, not 0.0\\% or 0"%"."""
    return "%" in _LITERAL.sub("", code)
