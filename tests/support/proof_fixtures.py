"""What the chapters about files that came back share: each kind made once, a version that moved on, files changed by hand."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from libreoffice import LO, converted
from PIL import Image, ImageDraw
from workbook_fixtures import TODAY, opened

from catalogue.load import current_plan
from reports import seal, verify
from reports.briefing import document
from reports.files import make
from reports.pictures import figures, png_text, poster_overview
from reports.proof import Number, Proof, read_json, sealed
from reports.snapshot import Snapshot
from reports.workbook.book import PROOF_SHEET
from warehouse import store
from warehouse.write import FactRow, Receipt, Writer

BOOKS = {"summary": "", "county_workbook": "210402", "indicator_workbook": "aided-pupils", "layout": "季度快报.xlsx"}
UNIT, ELEMENT, ADDED = "210402", "aid.pupils", Decimal(7)


class House:
    """One data folder and its files of the quarter, each made once; nobody writes into them."""

    def __init__(self, folder: Path, snapshot: Snapshot) -> None:
        self.folder, self.snapshot = folder, snapshot
        self.made = cache(self._made)

    def _made(self, kind: str) -> bytes:
        """With the key of its own folder, whichever the code under test sees just now."""
        with _seen_from(self.folder):
            return self._file(kind)

    def _file(self, kind: str) -> bytes:
        if kind == "briefing":  # without charts, which would need a browser
            return document.docx(self.snapshot, document.draft(self.snapshot))
        if kind in ("poster", "chart"):
            return png_text.put(blank_picture(), self.proof(kind).as_json())
        return make(kind, self.snapshot, BOOKS[kind])

    def proof(self, kind: str) -> Proof:
        if kind == "poster":
            return poster_overview.overview(self.snapshot).proof
        return figures.proof_of(self.snapshot, figures.AskedChart("county_bars", "aided-pupils"))


@pytest.fixture(scope="module")
def here(sample_files) -> Iterator[House]:
    """The sample returns as they were loaded."""
    with _seen_from(sample_files.folder):
        yield sample_files


@pytest.fixture(scope="module")
def own_data(demo_data, tmp_path_factory) -> Path:
    """A data folder that a chapter may publish into and take versions from."""
    folder = tmp_path_factory.mktemp("own") / "var"
    seal.key(demo_data)  # both sign with the same
    shutil.copytree(demo_data, folder)
    return folder


@contextmanager
def _seen_from(folder: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_DATA", str(folder))
        patch.setenv("DASHBOARD_TODAY", TODAY)
        yield


seen_from = _seen_from


def move_on(folder: Path, element: str = ELEMENT) -> store.Version:
    """The next version: 新抚区 has filed once more, with one figure of it seven higher."""

    def change(writer: Writer) -> None:
        [(load_id,)] = writer.rows("select max(load_id) from receipt where reporter = ? and period = '2021Q3'", [UNIT])
        names = ", ".join(FactRow.__slots__)
        facts = [
            FactRow(**dict(zip(FactRow.__slots__, row, strict=True)))
            for row in writer.rows(f"select {names} from fact where load_id = ?", [load_id])
        ]
        assert [fact for fact in facts if fact.element == element and fact.state == "value"]
        receipt = Receipt(
            sha256=f"again-{datetime.now().timestamp()}",
            file_name="新抚.xlsx",
            kind="xlsx",
            form="county",
            form_version="1",
            plan="2021",
            reporter=UNIT,
            period="2021Q3",
            sender="张三",
            received_at=datetime(2021, 10, 12, 9),
        )
        again = writer.add_receipt(receipt)
        writer.add_facts(
            again, [replace(fact, value=fact.value + ADDED) if fact.element == element else fact for fact in facts]
        )

    return store.publish(folder, current_plan(), change)


# Files handed in

ENDING = {"briefing": "docx", "poster": "png", "chart": "png"}


def checked(kind: str, content: bytes) -> verify.CheckedFile:
    [found] = verify.verify(f"{kind}.{ENDING.get(kind, 'xlsx')}", content)
    return found


def told(found: verify.CheckedFile) -> str:
    return "\n".join(verify.told(found))


def saved(file, *how: str) -> bytes:
    out = io.BytesIO()
    file.save(out, *how)
    return out.getvalue()


def a_number(proof, what: str = "value", subject: str | None = UNIT, indicator: str = "aided-pupils"):
    """The first of the quarter that stands in a place of the file."""
    return next(
        one
        for one in proof.numbers
        if one.place and (one.indicator, one.subject, one.what, one.period) == (indicator, subject, what, "2021Q3")
    )


def zipped(parts: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


# Files changed by hand


def with_cells(content: bytes, cells: dict[str, object]) -> bytes:
    """Opened, these cells (sheet!B2) written, saved: by openpyxl, which keeps of a formula its result or nothing."""
    book = opened(content, values=True)
    for place, value in cells.items():
        sheet, _, cell = place.rpartition("!")
        book[sheet][cell] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_proof(content: bytes, change: Callable[[Proof], Proof]) -> bytes:
    """The workbook's hidden proof put through `change`."""
    book = opened(content, values=True)
    sheet = book[PROOF_SHEET]
    told = change(read_json("".join(row[0] for row in sheet.iter_rows(values_only=True) if row[0])))
    sheet.delete_rows(1, sheet.max_row)
    text = told.as_json()
    for n in range(0, len(text), 30_000):
        sheet.cell(n // 30_000 + 1, 1, text[n : n + 30_000])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def resealed(proof: Proof, **lies: object) -> Proof:
    """By somebody who knows how we seal, but has another key; the mark of ours is put back."""
    with tempfile.TemporaryDirectory() as place:
        return replace(proof, **lies, code=sealed(replace(proof, **lies), Path(place)).code)


def keyless(proof: Proof, **lies: object) -> Proof:
    """As a file older than keys: the code is a digest that anybody can compute."""
    bare = replace(proof, **(lies | {"key": "", "texts": (), "signature": ""}))
    told = {
        name: value
        for name, value in asdict(bare).items()
        if name not in ("code", "numbers", "key", "texts", "signature")
    }
    told["numbers"] = sorted(
        [n.indicator, n.subject or "", n.period, n.what, f"{n.value:.6f}", n.place] for n in bare.numbers
    )
    digest = hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16].upper()
    return replace(bare, code="-".join(digest[n : n + 4] for n in range(0, 16, 4)))


def by_libreoffice(content: bytes, ending: str, folder: Path) -> bytes:
    """Opened and saved again by another program."""
    if LO is None:
        pytest.skip("no LibreOffice here")
    path = folder / f"gone.{ending}"
    path.write_bytes(content)
    return converted(path, ending, folder / "saved").read_bytes()


def with_number(proof: Proof, number: Number, value: float) -> Proof:
    return replace(proof, numbers=tuple(replace(one, value=value) if one == number else one for one in proof.numbers))


def blank_picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (80, 60), "#ffffff").save(out, "PNG")
    return out.getvalue()


def painted_over(content: bytes) -> bytes:
    """Another number painted on the picture; what it says of itself is put into the new file."""
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    ImageDraw.Draw(picture).rectangle((10, 10, 30, 30), "#c00000")
    out = io.BytesIO()
    picture.save(out, "PNG")
    bare, text = out.getvalue(), text_chunk(content)
    return bare[: png_text.HEADER] + text + bare[png_text.HEADER :]


def text_chunk(content: bytes) -> bytes:
    """Our chunk as it stands in the file, right behind the header."""
    size = int.from_bytes(content[png_text.HEADER : png_text.HEADER + 4], "big")
    return content[png_text.HEADER : png_text.HEADER + 12 + size]


def csv_rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def csv_written(rows: list[list[str]], **how: object) -> bytes:
    """As another program would write it."""
    out = io.StringIO()
    csv.writer(out, **how).writerows(rows)
    return out.getvalue().encode("utf-8-sig")
