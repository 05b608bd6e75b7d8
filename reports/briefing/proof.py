"""What a briefing carries to be checked by: its `Proof`, bound to its words, and every number as it was printed, by its bookmark.

Both stand in a custom part of the document, which Word, WPS and LibreOffice keep when the document is changed and saved;
so what was changed by hand can be told from what was not.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from defusedxml import DefusedXmlException, ElementTree
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from catalogue.wording import say
from catalogue.zip_damage import DAMAGED
from reports.proof import MEMBER, Number, Proof, Text, closed, read_json

SPACE = f"urn:{MEMBER}"
WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CLOSED_AS = "document"  # the kind of file a proof is bound to
LARGEST = 16 * 2**20  # bytes of one member
SHOWN = 60  # signs of a paragraph that are told
_OPEN = 8  # bookmarks that may be open at once; of ours, one
_NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?")
_ID = "{6D1A6F0E-5D0B-4C37-9B52-7A0C3F0B8E21}"


def keep(document: Any, proof: Proof, printed: Mapping[str, str], folder: Path | None = None) -> None:
    """printed: bookmark -> the number or quotation in it. folder: whose key binds the proof to the words of the document."""
    told = json.dumps(dict(printed), ensure_ascii=False)
    texts = [Text("", digest) for digest, _ in _paragraphs(document.element.body)]
    root = etree.Element(f"{{{SPACE}}}{MEMBER}", nsmap={None: SPACE})
    for name, kept in (("proof", closed(proof, CLOSED_AS, texts, told, folder).as_json()), ("printed", told)):
        etree.SubElement(root, f"{{{SPACE}}}{name}").text = kept
    about = (
        f'<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" ds:itemID="{_ID}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{SPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    package = document.part.package
    item = Part(
        PackURI("/customXml/item1.xml"),
        "application/xml",
        etree.tostring(root, xml_declaration=True, encoding="UTF-8"),
        package,
    )
    props = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    item.relate_to(
        Part(PackURI("/customXml/itemProps1.xml"), props, about.encode(), package), RELATION.CUSTOM_XML_PROPS
    )
    document.part.relate_to(item, RELATION.CUSTOM_XML)


@dataclass(frozen=True, slots=True)
class BriefingFound:
    """told: what was printed, as it is kept. printed: bookmark -> what stood in it when the file was made. now: the same as it
    stands, for those that hold a number. paragraphs: digest and words of each, also of each row of a table."""

    proof: Proof
    told: str
    printed: dict[str, str]
    now: dict[str, str]
    paragraphs: list[tuple[str, str]]

    def altered(self) -> dict[str, str]:
        """Bookmark -> its text as it stands now, "" where it is gone, for every number that is no longer as it was printed.

        A number is held against its value in the proof too.
        """
        values = {number.place: number for number in self.proof.numbers}
        return {
            place: self.now.get(place, "")
            for place, text in self.printed.items()
            if self.now.get(place) != text or (place in values and not says(text, values[place]))
        }

    def changes(self) -> tuple[list[str], int]:
        """Words of paragraphs that were not in the file when it was made, and how many of those that were are gone."""
        was = Counter(text.digest for text in self.proof.texts)
        added = []
        for digest, words in self.paragraphs:
            if was[digest]:
                was[digest] -= 1
            else:
                added.append(words if len(words) <= SHOWN else f"{words[:SHOWN]}…")
        return added, was.total()

    def moved(self) -> bool:
        return [digest for digest, _ in self.paragraphs] != [text.digest for text in self.proof.texts]


def read(content: bytes) -> BriefingFound:
    """Raises ValueError for what is no briefing of ours."""
    members = _members(content)
    kept = _kept(members)
    told = kept.get("printed", "")
    try:
        printed = json.loads(told)
    except RecursionError as problem:
        raise ValueError("not a briefing: what was printed is no list of bookmarks") from problem
    if not isinstance(printed, dict) or not all(isinstance(one, str) for one in printed.values()):
        raise ValueError("not a briefing: what was printed is no list of bookmarks")
    body = _parsed(members["word/document.xml"])
    return BriefingFound(read_json(kept.get("proof", "")), told, printed, _places(body), list(_paragraphs(body)))


def read_proof(content: bytes) -> Proof:
    """Raises ValueError for what is no briefing of ours."""
    return read(content).proof


def altered(content: bytes) -> dict[str, str]:
    """As `BriefingFound.altered`. Raises ValueError for what is no briefing of ours."""
    return read(content).altered()


def says(text: str, number: Number) -> bool:
    """Whether the numeral printed is the value, rounded to as many decimals as it shows."""
    found = _NUMERAL.search(text[:SHOWN])
    if found is None:
        return False
    told = Decimal(found[0].replace(",", ""))
    places = Decimal(1).scaleb(told.as_tuple().exponent)
    value = Decimal(str(abs(number.value)))
    if text[found.end() :].lstrip().startswith(say("measure.million_yuan", "en")):
        value /= 100  # kept in 万元
    try:
        return value.quantize(places, ROUND_HALF_UP) == told
    except InvalidOperation:  # more digits than any number of ours has
        return False


def places(content: bytes) -> dict[str, str]:
    """Bookmark -> the text inside it, for those that hold a number; what is struck out by tracked changes does not count."""
    return _places(_parsed(_members(content)["word/document.xml"]))


def _places(body: Any) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for names, words in _pieces(body):
        for name in names:
            found.setdefault(name, []).append(words)
    return {name: "".join(words) for name, words in found.items()}


def _paragraphs(body: Any) -> Iterator[tuple[str, str]]:
    """(digest, words) of every paragraph outside tables and every row of one, blank ones left out. Numbers with a bookmark are
    held one by one, so the digest leaves them out; gaps do not matter, programs break them anew."""
    waiting = [body]
    while waiting:
        element = waiting.pop()
        if element.tag not in (f"{WORDS}p", f"{WORDS}tr"):
            waiting.extend(reversed(element))
            continue
        pieces = list(_pieces(element))
        words = " ".join("".join(words for _, words in pieces).split())
        bare = "".join("".join("\0" if names else words for names, words in pieces).split())
        if words:
            yield hashlib.sha256(re.sub("\0+", "\0", bare).encode("utf-8", "replace")).hexdigest()[:12], words


def _pieces(element: Any) -> Iterator[tuple[tuple[str, ...], str]]:
    """Words in order of reading, each with the bookmarks of numbers they stand in. Raises ValueError for a heap of bookmarks."""
    open_: dict[str, str] = {}  # id -> name
    for one in element.iter():
        if one.tag == f"{WORDS}bookmarkStart" and (name := one.get(f"{WORDS}name", "")).startswith("n_"):
            open_[one.get(f"{WORDS}id", "")] = name
            if len(open_) > _OPEN:
                raise ValueError("not a briefing: bookmarks inside bookmarks")
            yield (name,), ""
        elif one.tag == f"{WORDS}bookmarkEnd":
            open_.pop(one.get(f"{WORDS}id", ""), None)
        elif one.tag == f"{WORDS}t":
            yield tuple(open_.values()), one.text or ""
        elif one.tag in (f"{WORDS}tc", f"{WORDS}br", f"{WORDS}tab"):
            yield (), " "


def _kept(members: dict[str, bytes]) -> dict[str, str]:
    """What was kept, by its name."""
    for path, told in members.items():
        if path.startswith("customXml/item") and SPACE.encode() in told:
            found = {
                one.tag.rpartition("}")[2]: one.text
                for one in _parsed(told)
                if one.tag.startswith(f"{{{SPACE}}}") and one.text
            }
            if "proof" in found:
                return found
    raise ValueError("no proof in this document")


def _members(content: bytes) -> dict[str, bytes]:
    """The document's text and its custom parts."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            wanted = [
                i
                for i in package.infolist()
                if i.filename == "word/document.xml" or i.filename.startswith("customXml/item")
            ]
            if any(i.file_size > LARGEST for i in wanted):
                raise ValueError("larger than any briefing")
            found = {i.filename: package.read(i) for i in wanted}
    except DAMAGED as problem:
        raise ValueError(f"not a Word document: {problem}") from problem
    if "word/document.xml" not in found:
        raise ValueError("not a Word document")
    return found


def _parsed(told: bytes) -> Any:
    try:
        return ElementTree.fromstring(told)
    except (ElementTree.ParseError, DefusedXmlException) as problem:
        raise ValueError(f"not a Word document: {problem}") from problem
