"""What a file of ours says of itself, and what in it is no longer as it was printed; no warehouse is asked.

Files come back through many hands, so one may be anything: whatever cannot be read is said in words, never an exception of
some library.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from catalogue.display import difference, number
from catalogue.load import current_plan
from catalogue.wording import say
from reports import table_proof
from reports.briefing import proof as briefing_proof
from reports.pictures import png_text
from reports.proof import PLACES, Number, Proof, read_json
from reports.workbook import proof as workbook_proof

LARGEST = 256 * 2**20  # bytes, of the file and of all that is packed in it
_DAMAGED = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)
_JPEG, _OLD_OFFICE = b"\xff\xd8", b"\xd0\xcf\x11\xe0"


class NoProof(Exception):
    """A file that carries nothing to be checked by; the text says what can be done instead."""


@dataclass(frozen=True, slots=True)
class Altered:
    """What was printed at a place of the file, and what stands there now. number: None where it is no value of `judged`."""

    place: str
    was: str
    now: str
    number: Number | None = None


@dataclass(frozen=True, slots=True)
class Carried:
    """proof: None for a picture of a pack that carries none. touched: a picture painted over, a table with other cells."""

    name: str
    proof: Proof | None
    altered: tuple[Altered, ...] = ()
    touched: bool = False


def carried(name: str, content: bytes) -> list[Carried]:
    """One for a file, one a picture for a pack. Raises NoProof."""
    if not content:
        raise NoProof(say("verify.empty"))
    if content.startswith(png_text.SIGNATURE):
        found = _of_picture(name, content)
        if found.proof is None:
            raise NoProof(say("verify.picture_bare"))
        return [found]
    if content.startswith(_JPEG):
        raise NoProof(say("verify.picture_bare"))
    if content.startswith(_OLD_OFFICE):
        raise NoProof(say("verify.old_office"))
    if content.startswith(b"PK"):
        return _of_zip(name, content)
    if found := table_proof.read_csv(content):
        proof, touched = found
        return [Carried(name, proof, touched=touched)]
    raise NoProof(say("verify.none"))


def _of_picture(name: str, content: bytes) -> Carried:
    try:
        return Carried(name, read_json(png_text.get(content)), touched=not png_text.untouched(content))
    except ValueError:
        return Carried(name, None)


def _of_zip(name: str, content: bytes) -> list[Carried]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > LARGEST:
                raise NoProof(say("verify.too_large"))
            names = {part.filename for part in parts}
            if "[Content_Types].xml" not in names:
                pictures = [(one, archive.read(one)) for one in sorted(names) if one.lower().endswith(".png")]
    except _DAMAGED as problem:
        raise NoProof(say("verify.damaged")) from problem
    if "word/document.xml" in names:
        return [_of_briefing(name, content)]
    if "[Content_Types].xml" in names:
        return [_of_workbook(name, content)]
    found = [_of_picture(one, picture) for one, picture in pictures]
    if not any(one.proof for one in found):
        raise NoProof(say("verify.none"))
    return found


def _of_briefing(name: str, content: bytes) -> Carried:
    try:
        proof, printed = briefing_proof.read_proof(content), briefing_proof.was_printed(content)
        now = briefing_proof.altered(content)
    except ValueError as problem:
        raise NoProof(say("verify.none")) from problem
    numbers = {one.place: one for one in proof.numbers}
    return Carried(
        name, proof, tuple(Altered(place, str(printed[place]), text, numbers.get(place)) for place, text in now.items())
    )


def _of_workbook(name: str, content: bytes) -> Carried:
    try:
        proof, now, cells = workbook_proof.read_proof(content)
    except ValueError as problem:
        raise NoProof(say("verify.none")) from problem
    if table_proof.is_of_tables(proof):
        return Carried(name, proof, touched=not table_proof.same(proof, cells()))
    return Carried(name, proof, tuple(_altered(proof, now)))


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
    indicator = current_plan().indicators.get(told.indicator)
    if indicator is None:
        return False
    if told.what == "change":
        shown_in = "point" if indicator.measure == "percent" else indicator.measure
        words = difference(told.value, indicator.measure)[0] + number(abs(told.value), shown_in)
    else:
        words = number(told.value, indicator.measure)
    return re.search(rf"(?<![\d.,]){re.escape(words)}(?![\d]|[.,]\d)", text) is not None
