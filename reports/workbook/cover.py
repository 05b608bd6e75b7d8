"""The cover: what the file is, what it stands on, what is in it, and its check code."""

from __future__ import annotations

import io
from collections.abc import Iterable

from catalogue.display import day, quarter
from catalogue.wording import pick, say
from reports import paper
from reports.proof import Proof
from reports.workbook.book import Book, Page
from reports.workbook.cells import Cell, Lamp, Link, lamp
from reports.workbook.scorecard import AT
from sentences.lights import LIGHTS

WIDTHS = (30.0, 58.0)
RETURNS = ("owed", "filed", "approved", "late", "returned", "missing")


def cover(
    book: Book, page: Page, title: str, subject: str, proof: Proof, scores: tuple[int, int] | None = None
) -> None:
    """Written last, for it prints the code. scores: first and last row of the scorecard, whose lights are counted."""
    plan, snapshot = book.plan, book.snapshot
    page.widths(WIDTHS)
    page.put(0, 0, title, "title")
    page.sheet.set_row(0, 30)
    if plan.demo:
        page.put(1, 0, say("app.demo"), "part")
    row = _facts(
        page,
        2,
        (
            ("about", subject),
            ("plan", pick(plan, "title")),
            ("document", plan.document),
            ("quarter", quarter(snapshot.period)),
            ("as_of", snapshot.as_of_words),
            *([("early", snapshot.early_note)] if snapshot.early_note else []),
            ("basis", say(f"basis.{snapshot.basis}")),
            ("version", say("workbook.version", number=proof.version, at=proof.published_at)),
            ("plan_version", f"{proof.plan} {proof.plan_digest[:8]}"),
            ("code", proof.code),
        ),
    )
    row = _returns(book, page, row + 2)
    if scores:
        row = _lights(book, page, row + 2, scores)
    row = _contents(book, page, row + 2)
    for note in ("percent", "colour", "verify"):
        row += 1
        page.put(row, 0, say(f"workbook.cover.{note}"), "note")
    page.put(row + 2, 0, proof.line(), "note")
    if address := paper.link(proof):
        page.put(row + 3, 0, say("proof.scan", address=address), "note")
        told = {"image_data": io.BytesIO(paper.qr(address)), "description": address, "x_scale": 0.3, "y_scale": 0.3}
        page.sheet.insert_image(row + 4, 0, "qr.png", told)


def _facts(page: Page, row: int, told: Iterable[tuple[str, str]]) -> int:
    for label, words in told:
        page.put(row, 0, say(f"workbook.cover.{label}"), "sum_text")
        page.put(row, 1, words, "text")
        page.heighten(row, (label, words))
        row += 1
    return row


def _returns(book: Book, page: Page, row: int) -> int:
    """How many returns of the quarter, of everybody, stand in which state; and what the words mean."""
    told = book.snapshot.returns
    page.put(row - 1, 0, say("workbook.cover.coverage"), "part")
    for name in RETURNS:
        page.put(row, 0, say(f"workbook.returns.{name}"), "sum_text")
        page.put(row, 1, told[name], number_face="tally")
        row += 1
    page.put(row, 0, say("workbook.cover.returns", today=day(book.snapshot.today), overdue=told["overdue"]), "note")
    return row + 1


def _lights(book: Book, page: Page, row: int, scores: tuple[int, int]) -> int:
    """How many promises have which light: counted over the scorecard."""
    page.put(row - 1, 0, say("workbook.cover.lights"), "part")
    counts = [one.light for _, _, one in book.snapshot.promised()]
    where = book.pages["scorecard"].ref(scores[0], AT["light"], scores[1])
    for light in LIGHTS:
        page.put(row, 0, lamp(light), "lamp")
        look = book.looks.of("tally", "0")
        page.sheet.write_formula(row, 1, f'=COUNTIF({where},"{Lamp(light).words}")', look, counts.count(light))
        row += 1
    page.lights(row - len(LIGHTS), 0, row - 1)
    return row


def _contents(book: Book, page: Page, row: int) -> int:
    page.put(row - 1, 0, say("workbook.cover.contents"), "part")
    for key, one in book.pages.items():
        if one is page or key == "charts":
            continue
        cells: tuple[Cell, ...] = (Link(key, one.name), one.about)
        for column, cell in enumerate(cells):
            page.put(row, column, cell)
        page.heighten(row, cells)
        row += 1
    return row
