"""A workbook of ours: its sheets, and the proof that closes the file, sealed over every amount that is a value of `judged`."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from xlsxwriter.workbook import Workbook

from catalogue.wording import say
from reports import issued
from reports.proof import Number, Proof, closed, proof_of
from reports.snapshot import Snapshot
from reports.workbook.looks import FONT, SIZE, BookLooks
from reports.workbook.names import PROOF_SHEET as PROOF_SHEET
from reports.workbook.names import free_name
from reports.workbook.page import HEAD as HEAD
from reports.workbook.page import BookColumn as BookColumn
from reports.workbook.page import Page as Page
from reports.workbook.ready_cells import BareCells
from reports.workbook.ready_rows import filled
from reports.workbook.seen import texts_of

CLOSED_AS = "workbook"  # the kind of file a proof is bound to
CHUNK = 30_000  # signs of the proof in one cell
_FOOTER = 200  # signs: Excel takes 255, its own codes among them
# Of every workbook we write: a text stays a text, and nothing touches the disk.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class Book:
    """kind: what `proof` calls the file. bare: cells of its long lists."""

    def __init__(self, snapshot: Snapshot, kind: str = "workbook") -> None:
        self.snapshot, self.plan, self.kind = snapshot, snapshot.plan, kind
        self._content = BytesIO()
        self.file = Workbook(
            self._content, {**OPTIONS, "default_format_properties": {"font_name": FONT, "font_size": SIZE}}
        )
        self.looks = BookLooks(self.file)
        self.pages: dict[str, Page] = {}
        self.numbers: list[Number] = []
        self.bare = BareCells(self.looks)

    def page(self, key: str, name: str, about: str = "", wide: bool = True) -> Page:
        """A new sheet behind the others, A4. Raises ValueError for a key that has one."""
        if key in self.pages:
            raise ValueError(f"{key!r} has a sheet")
        page = self.pages[key] = Page(
            self, key, free_name(name, {one.name.casefold() for one in self.pages.values()}), about
        )
        page.sheet.set_paper(9)
        page.sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        page.sheet.fit_to_pages(1, 0)
        if wide:
            page.sheet.set_landscape()
        return page

    def prove(self) -> Proof:
        return proof_of(self.kind, self.snapshot, self.numbers)

    def close(self, proof: Proof, title: str) -> bytes:
        """Footers, properties and the hidden proof, bound to all that can be read in the sheets; then the bytes."""
        line = proof.line()
        printed = (
            line
            if len(line) <= _FOOTER
            else say("workbook.footer", as_of=proof.last_day, version=proof.version, code=proof.code)
        )
        for page in self.pages.values():
            page.beside_each_other()
            page.sheet.set_footer(f"&L&8 {printed.replace('&', '&&')}&R&8 {say('template.page_number')}")
        told: dict[str, Any] = {
            "title": title,
            "subject": proof.period,
            "author": self.plan.issuer,
            "company": self.plan.issuer,
            "comments": line,
            "created": self.snapshot.version.published_at,
        }
        self.file.set_properties(told)
        pages = {page.name: page for page in self.pages.values()}
        sheets = self.file.worksheets()
        texts = texts_of(
            self.file,
            {name: page.named for name, page in pages.items()},
            {name: page.tables for name, page in pages.items()},
        )
        folder = self.snapshot.version.folder
        kept = closed(proof, CLOSED_AS, texts, folder=folder).as_json()
        issued.enter(folder, proof.code, kept)
        hide(self.file, kept)
        for page in self.pages.values():
            for table in page.tables:
                table.sample(page.sheet)
        self.file.close()
        tables = {n: pages[sheet.name].tables for n, sheet in enumerate(sheets, start=1) if sheet.name in pages}
        self.pages.clear()  # they know the book: without it all is gone at once, and need not be looked for
        return filled(self._content.getvalue(), tables)


def hide(file: Workbook, proof: str) -> None:
    """In a sheet that Excel does not show. proof: as JSON."""
    sheet = file.add_worksheet(PROOF_SHEET)
    sheet.very_hidden()
    for n, chunk in enumerate(chunks(proof)):
        sheet.write_string(n, 0, chunk)


def chunks(proof: str) -> list[str]:
    """In as many texts as cells hold it."""
    return [proof[n : n + CHUNK] for n in range(0, len(proof), CHUNK)]
