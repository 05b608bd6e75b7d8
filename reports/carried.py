"""What a file of ours says of itself, and what in it is no longer as it was printed; no warehouse is asked.

Files come back through many hands, so one may be anything: whatever cannot be read is said in words, never an exception of
some library.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from catalogue.display import bare, bare_difference
from catalogue.load import current_plan
from catalogue.model import Plan
from catalogue.wording import in_each_language, say
from catalogue.zip_damage import DAMAGED
from reports import seal, table_proof
from reports.briefing import proof as briefing_proof
from reports.pictures import png_text
from reports.proof import CHANGES, PLACES, NoProof, Number, Proof, Text, is_closed, is_sealed, read_json
from reports.workbook import proof as workbook_proof
from reports.workbook.book import CLOSED_AS
from sentences import gaps

LARGEST = 32 * 2**20  # bytes, of the file and of all that is packed in a document
LARGEST_PACK = 64 * 2**20  # bytes, of all pictures of a pack; they are read one by one
LARGEST_CSV = 8 * 2**20
PARTS, PICTURES, QUARTERS = 2_000, 300, 8  # most of them in a ZIP; quarters: of different versions too
_JPEG, _OLD_OFFICE = b"\xff\xd8", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Altered:
    """What was printed at a place of the file, and what stands there now. number: None where it is no value of `judged`."""

    place: str
    was: str
    now: str
    number: Number | None = None


@dataclass(frozen=True, slots=True)
class Carried:
    """proof: None for a picture of a pack that carries none. strange: signed with no key, or with none that is here. genuine:
    signed with ours, as it stands. touched: a picture painted over, a table with other cells. outside: what else was changed,
    beside the numbers, each in words."""

    name: str
    proof: Proof | None
    altered: tuple[Altered, ...] = ()
    touched: bool = False
    outside: tuple[str, ...] = ()
    strange: bool = False
    genuine: bool = False


def carried(name: str, content: bytes) -> list[Carried]:
    """One for a file, one a picture for a pack. Raises NoProof."""
    if not content:
        raise NoProof(say("verify.empty"))
    if content.startswith(_JPEG):
        raise NoProof(say("verify.picture_bare"))
    if content.startswith(_OLD_OFFICE):
        raise NoProof(say("verify.old_office"))
    if content.startswith(b"PK"):
        return _of_zip(name, content)
    if len(content) > LARGEST:
        raise NoProof(say("verify.too_large"))
    if content.startswith(png_text.SIGNATURE):
        found = _of_picture(name, content)
        if found.proof is None:
            raise NoProof(say("verify.picture_bare"))
        return [found]
    if len(content) <= LARGEST_CSV and (told := table_proof.read_csv(content)):
        proof, touched = told
        return [_signed(Carried(name, proof, touched=touched))]
    raise NoProof(say("verify.none"))


def _signed(found: Carried, kind: str = "", also: str = "") -> Carried:
    """With what its signatures are worth. kind: what the proof must be bound to; "" for what holds all it says in its code."""
    key, proof = seal.known(), found.proof
    strange = key is None or proof.key != seal.mark(key)
    if strange and proof.key:
        return replace(found, strange=True)  # there is nothing here to hold its code against
    genuine = is_sealed(proof, None if strange else key)
    if not strange and kind:
        genuine = genuine and is_closed(proof, kind, key, also)
    return replace(found, strange=strange, genuine=genuine)


def _of_picture(name: str, content: bytes) -> Carried:
    try:
        proof = read_json(png_text.get(content))
    except ValueError:
        return Carried(name, None)
    found = _signed(Carried(name, proof))
    return replace(found, touched=not found.strange and not png_text.untouched(content))


def _of_zip(name: str, content: bytes) -> list[Carried]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            document = "[Content_Types].xml" in names
            if len(parts) > PARTS or sum(part.file_size for part in parts) > (LARGEST if document else LARGEST_PACK):
                raise NoProof(say("verify.too_large"))
            if not document:
                return _of_pack(archive, sorted(one for one in names if one.lower().endswith(".png")))
    except DAMAGED as problem:
        raise NoProof(say("verify.damaged")) from problem
    return [_of_briefing(name, content) if "word/document.xml" in names else _of_workbook(name, content)]


def _of_pack(archive: zipfile.ZipFile, names: list[str]) -> list[Carried]:
    if len(names) > PICTURES:
        raise NoProof(say("verify.too_many", most=PICTURES))
    found = [_of_picture(one, archive.read(one)) for one in names]
    proofs = [one.proof for one in found if one.proof]
    if not proofs:
        raise NoProof(say("verify.none"))
    if len({(one.period, one.basis, one.version) for one in proofs}) > QUARTERS:
        raise NoProof(say("verify.too_many_quarters", most=QUARTERS))
    return found


def _of_briefing(name: str, content: bytes) -> Carried:
    try:
        found = briefing_proof.read(content)
    except ValueError as problem:
        raise NoProof(say("verify.none")) from problem
    proof = found.proof
    numbers = {one.place: one for one in proof.numbers}
    altered = (
        Altered(place, str(found.printed[place]), text, numbers.get(place)) for place, text in found.altered().items()
    )
    outside = _other_words(found) if proof.texts else ()
    return _signed(Carried(name, proof, tuple(altered), outside=tuple(outside)), briefing_proof.CLOSED_AS, found.told)


def _other_words(found: briefing_proof.BriefingFound) -> Iterator[str]:
    """Paragraphs and rows of tables that were not in the file, how many are gone, and whether any were moved."""
    added, gone = found.changes()
    yield from (say("verify.paragraph_now", text=text) for text in added)
    if gone:
        yield say("verify.paragraphs_gone", count=gone)
    if not (added or gone) and found.moved():
        yield say("verify.paragraphs_moved")


def _of_workbook(name: str, content: bytes) -> Carried:
    try:
        found = workbook_proof.read_proof(content)
        if table_proof.is_of_tables(found.proof):
            return _signed(Carried(name, found.proof, touched=not table_proof.same(found.proof, found.cells())))
    except ValueError as problem:
        raise NoProof(say("verify.none")) from problem
    altered = tuple(_altered(found.proof, found.now))
    outside = tuple(_other_cells(found.proof.texts, found.texts)) if found.proof.texts else ()
    return _signed(Carried(name, found.proof, altered, outside=outside), CLOSED_AS)


def _other_cells(made: Iterable[Text], now: Iterable[Text]) -> Iterator[str]:
    """Sheets with other cells, that are gone, that were not there."""
    was, found = ({text.place: text.digest for text in texts} for texts in (made, now))
    for sheet in dict.fromkeys((*was, *found)):
        if sheet not in found:
            yield say("verify.sheet_gone", sheet=sheet)
        elif sheet not in was:
            yield say("verify.sheet_added", sheet=sheet)
        elif was[sheet] != found[sheet]:
            yield say("verify.sheet_changed", sheet=sheet)


def _altered(proof: Proof, now: dict[str, Any]) -> Iterator[Altered]:
    for one in proof.numbers:
        if one.place and not _same(one, now[one.place]):
            found = now[one.place]
            yield Altered(
                one.place,
                f"{one.value:.12g}",
                f"{found:.12g}" if isinstance(found, float) else str(found if found is not None else ""),
                one,
            )


def _same(told: Number, printed: Any) -> bool:
    """A number, or a text in which it is printed as we print it."""
    if isinstance(printed, str):
        return _printed_in(printed, told)
    if isinstance(printed, bool) or not isinstance(printed, int | float):
        return False
    return abs(printed - told.value) < 10**-PLACES


def _printed_in(text: str, told: Number) -> bool:
    """In the language it was written in, which may not be that of now."""
    plan = current_plan()
    if told.indicator not in plan.indicators:
        return False
    return any(
        re.search(rf"(?<![\d.,]){re.escape(words)}(?![\d]|[.,]\d)", text)
        for words in in_each_language(lambda: _words(told, plan))
    )


def _words(told: Number, plan: Plan) -> str:
    """As it is printed among others: a gap with what it is a gap of, for without its word it says nothing."""
    indicator = plan.indicators[told.indicator]
    if told.what == "gap":
        promise = next((one for one in plan.commitments.values() if one.indicator == told.indicator), None)
        return gaps.worded(told.value, gaps.measure_of(indicator, plan), promise)
    return (bare_difference if told.what in CHANGES else bare)(told.value, indicator.measure)
