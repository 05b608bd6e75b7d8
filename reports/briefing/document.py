"""督查通报: a quarter in words, as an official document in Word.

`draft` reads and writes; a person may change the text of its paragraphs; `docx` prints it with a bookmark on every number
that stands as it was read, its row in the annex, and a proof (see `proof.py`).
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import plotly.graph_objects as go
from docx.shared import Mm

from catalogue.display import quarter
from catalogue.wording import language, say
from reports import paper
from reports.briefing import statements, units, word_look, works
from reports.briefing.annex import annexes, row_of
from reports.briefing.charts import BriefingChart, charts
from reports.briefing.draft import BriefingDraft, Paragraph, Ranking, Writing, named
from reports.briefing.numbers import Numbers
from reports.briefing.proof import WORDS, keep
from reports.briefing.sentence import Claim, Sentence
from reports.briefing.word import Anchors, Element, paragraph, run, said, table, w
from reports.pictures.picture import NoRenderer
from reports.proof import Proof, prove
from reports.snapshot import Snapshot

Picture = Callable[[go.Figure], bytes]  # a PNG
STYLES = {
    "title": "Title",
    "address": "Salutation",
    "h1": "Heading1",
    "h2": "Heading2",
    "item": "Item",
    "text": "BodyText",
    "attached": "Attached",
    "sign": "Signature",
    "date": "Date",
}
WIDE, HIGH = 156, 190  # mm a picture may take
QR = 26  # mm
EDITED = "※"


def draft(snapshot: Snapshot) -> BriefingDraft:
    """The words of the Word briefing about the quarter of the snapshot, in the language of now, before anybody edits
    them."""
    numbers, writing = Numbers(snapshot), Writing()
    statements.head(writing, snapshot)
    for part in (statements.overall, statements.met, statements.behind, statements.undecided):
        part(writing, numbers)
    works.works(writing, numbers)
    table = units.units(writing, numbers)
    for part in (units.returns, units.next_steps, units.sign):
        part(writing, numbers)
    paragraphs, ranking = named(writing.paragraphs, table)
    return BriefingDraft(_stands_on(snapshot), paragraphs, ranking, tuple(numbers.sources.files))


def docx(snapshot: Snapshot, text: BriefingDraft, picture: Picture | None = None) -> bytes:
    """picture: draws a figure; None where this server cannot. Where it fails, or is busy for too long, the file has no pictures and
    says so. Raises ValueError for a draft of something else."""
    if text.stands_on != _stands_on(snapshot):
        raise ValueError(f"a draft of {text.stands_on}, not of {_stands_on(snapshot)}")
    sections = text.sections
    document = word_look.new(next((one.text for one in text.paragraphs if one.kind == "title"), ""))
    word_look.edges(document.sections[0], say("app.demo") if snapshot.plan.demo else "")
    proof = prove("briefing", snapshot, text.numbers)
    drawn = [] if "charts" in text.left_out else _pictures(snapshot, picture)
    end = document.element.body.find(f"{WORDS}sectPr")
    for element in _body(document, snapshot, text, sections, drawn, proof):
        end.addprevious(element)
    printed = {claim.name: claim.text for claim in text.claims}
    keep(document, proof, printed, snapshot.version.folder)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _pictures(snapshot: Snapshot, picture: Picture | None) -> list[tuple[BriefingChart, bytes | None]]:
    """All, or none: a document with one figure of four would be read as if that were the one that matters."""
    figures = charts(snapshot)
    try:
        return [(chart, picture(chart.draw()) if picture else None) for chart in figures]
    except NoRenderer:
        return [(chart, None) for chart in figures]


def _stands_on(snapshot: Snapshot) -> tuple[str, str, int, str]:
    return snapshot.period, snapshot.basis, snapshot.version.number, language()


def _body(
    document: Any,
    snapshot: Snapshot,
    text: BriefingDraft,
    sections: dict,
    pictures: list[tuple[BriefingChart, bytes | None]],
    proof: Proof,
) -> Iterator[Element]:
    anchors = Anchors()
    rows = {claim.name: n for n, claim in enumerate(text.claims, start=1)}
    drawn = 0
    for name, paragraphs in sections.items():
        if name == "sign" and any(png is None for _, png in pictures):
            yield said("BodyText", say("briefing.picture.none"))
        for before, one in zip((None, *paragraphs), paragraphs, strict=False):
            yield from _printed(one, anchors, rows, again=before is not None and before.kind == one.kind)
            if one.kind == "title" and snapshot.plan.demo:
                yield said("Demo", say("briefing.mark.demo"))
        if name == "units" and text.ranking.rows:
            yield from _ranking(text.ranking, snapshot, anchors, rows)
        for chart, png in pictures:
            if chart.section == name and png is not None:
                drawn += 1
                yield from _drawn(document, chart, drawn, png)
    if text.left_out:
        parts = say("briefing.part.comma").join(say(f"briefing.part.{part}") for part in text.left_out)
        yield said("Note", say("briefing.left_out", parts=parts))
    yield said("Note", _end(text, proof))
    if address := paper.link(proof):
        inline = document.part.new_pic_inline(io.BytesIO(paper.qr(address)), width=Mm(QR))
        inline.docPr.set("descr", address)
        yield paragraph("Note", w("r", w("drawing", inline)))
        yield said("Note", say("proof.scan", address=address))
    yield from annexes(text, snapshot, anchors)


def _printed(one: Paragraph, anchors: Anchors, rows: dict[str, int], again: bool) -> Iterator[Element]:
    """Nothing of a paragraph that was taken out. Of an item with more to say, the first sentence stands out.

    again: one of its kind stands before it.
    """
    if not one.text.strip():
        return
    style = STYLES[one.kind] + ("More" if again and one.kind in ("attached", "sign") else "")
    first = one.text.find("。") + 1 if one.kind == "item" and one.text.count("。") > 1 else 0
    mark = [run(EDITED, w("vertAlign", val="superscript"))] if one.edited else []
    yield paragraph(style, *_pieces(one.pieces, anchors, rows, bold=first), *mark)


def _pieces(pieces: list[str | Claim], anchors: Anchors, rows: dict[str, int], bold: int = 0) -> Iterator[Element]:
    """bold: so many characters from the beginning."""
    at = 0
    for piece in pieces:
        words = piece if isinstance(piece, str) else piece.text
        strong = [w("b")] if at < bold else []
        if isinstance(piece, Claim):
            yield from anchors.marked(
                piece.name, row_of(piece.name), words, say("briefing.mark.tip", number=rows[piece.name]), *strong
            )
        elif at < bold < at + len(words):
            yield from (run(words[: bold - at], *strong), run(words[bold - at :]))
        else:
            yield run(words, *strong)
        at += len(words)


def _ranking(ranking: Ranking, snapshot: Snapshot, anchors: Anchors, rows: dict[str, int]) -> Iterator[Element]:
    yield said("TableCaption", say("briefing.ranking.caption", quarter=quarter(snapshot.period)))

    def cell(told: Sentence) -> Element:
        return paragraph("Cell", *_pieces(list(told.parts), anchors, rows))

    yield table(
        (14, 44, *(20 for _ in ranking.heads[2:])),
        ranking.heads,
        [[cell(told) for told in row] for row in ranking.rows],
        "Cell",
    )
    yield said("Caption", "")


def _drawn(document: Any, chart: BriefingChart, number: int, png: bytes) -> Iterator[Element]:
    inline = document.part.new_pic_inline(io.BytesIO(png), width=Mm(WIDE))
    if inline.extent.cy > Mm(HIGH):
        inline.extent.cx, inline.extent.cy = int(inline.extent.cx * Mm(HIGH) / inline.extent.cy), Mm(HIGH)
        size = inline.graphic.graphicData.pic.spPr
        size.cx, size.cy = inline.extent.cx, inline.extent.cy
    inline.docPr.set("descr", chart.alt)
    inline.docPr.set("title", chart.title)
    yield paragraph("Picture", w("r", w("drawing", inline)))
    yield said("Caption", say("briefing.picture.caption", number=number, title=chart.title))


def _end(text: BriefingDraft, proof: Proof) -> str:
    """What the file stands on, and what a person changed."""
    removed = sum(not one.text.strip() for one in text.paragraphs)
    told = [proof.line()]
    if any(one.edited and one.text.strip() for one in text.paragraphs):
        told.append(say("briefing.mark.edited"))
    if removed:
        told.append(say("briefing.mark.removed", count=removed))
    return "\n".join(told)
