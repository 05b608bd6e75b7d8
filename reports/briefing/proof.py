"""What a briefing carries to be checked by: its `Proof`, and every number as it was printed, by its bookmark.

Both stand in a custom part of the document, which Word, WPS and LibreOffice keep when the document is changed and saved;
so what was changed by hand can be told from what was not.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from defusedxml import DefusedXmlException, ElementTree
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from reports.proof import MEMBER, Number, Proof, read_json

SPACE = f"urn:{MEMBER}"
WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LARGEST = 64 * 2**20  # bytes of one member
_NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?")
_ID = "{6D1A6F0E-5D0B-4C37-9B52-7A0C3F0B8E21}"


def keep(document: Any, proof: Proof, printed: Mapping[str, str]) -> None:
    """printed: bookmark -> the number or quotation in it."""
    root = etree.Element(f"{{{SPACE}}}{MEMBER}", nsmap={None: SPACE})
    for name, told in (("proof", proof.as_json()), ("printed", json.dumps(dict(printed), ensure_ascii=False))):
        etree.SubElement(root, f"{{{SPACE}}}{name}").text = told
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


def read_proof(content: bytes) -> Proof:
    """Raises ValueError for what is no briefing of ours."""
    return read_json(_kept(content, "proof"))


def altered(content: bytes) -> dict[str, str]:
    """Bookmark -> its text as it stands now, "" where it is gone, for every number that is no longer as it was printed.

    A number is held against its value in the proof too. Raises ValueError for what is no briefing of ours.
    """
    proof = read_proof(content)
    printed = was_printed(content)
    now = places(content)
    values = {number.place: number for number in proof.numbers}
    return {
        place: now.get(place, "")
        for place, text in printed.items()
        if now.get(place) != text or (place in values and not says(text, values[place]))
    }


def was_printed(content: bytes) -> dict[str, str]:
    """Bookmark -> what stood in it when the file was made. Raises ValueError for what is no briefing of ours."""
    try:
        printed = json.loads(_kept(content, "printed"))
    except RecursionError as problem:
        raise ValueError("not a briefing: what was printed is no list of bookmarks") from problem
    if not isinstance(printed, dict):
        raise ValueError("not a briefing: what was printed is no list of bookmarks")
    return printed


def says(text: str, number: Number) -> bool:
    """Whether the numeral printed is the value, rounded to as many decimals as it shows."""
    found = _NUMERAL.search(text)
    if found is None:
        return False
    told = Decimal(found[0].replace(",", ""))
    places = Decimal(1).scaleb(told.as_tuple().exponent)
    try:
        return Decimal(str(abs(number.value))).quantize(places, ROUND_HALF_UP) == told
    except InvalidOperation:  # more digits than any number of ours has
        return False


def places(content: bytes) -> dict[str, str]:
    """Bookmark -> the text inside it, for those that hold a number; what is struck out by tracked changes does not count."""
    body = _parsed(_members(content)["word/document.xml"])
    found: dict[str, str] = {}
    open_: dict[str, str] = {}  # id -> name
    for element in body.iter():
        if element.tag == f"{WORDS}bookmarkStart" and element.get(f"{WORDS}name", "").startswith("n_"):
            open_[element.get(f"{WORDS}id", "")] = element.get(f"{WORDS}name")
            found[element.get(f"{WORDS}name")] = ""
        elif element.tag == f"{WORDS}bookmarkEnd":
            open_.pop(element.get(f"{WORDS}id", ""), None)
        elif element.tag == f"{WORDS}t":
            for name in open_.values():
                found[name] += element.text or ""
    return found


def _kept(content: bytes, name: str) -> str:
    for path, told in _members(content).items():
        if path.startswith("customXml/item") and SPACE.encode() in told:
            kept = _parsed(told).find(f"{{{SPACE}}}{name}")
            if kept is not None and kept.text:
                return kept.text
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
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as problem:
        raise ValueError(f"not a Word document: {problem}") from problem
    if "word/document.xml" not in found:
        raise ValueError("not a Word document")
    return found


def _parsed(told: bytes) -> Any:
    try:
        return ElementTree.fromstring(told)
    except (ElementTree.ParseError, DefusedXmlException) as problem:
        raise ValueError(f"not a Word document: {problem}") from problem
