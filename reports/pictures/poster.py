"""Pictures to hand on: the quarter at one look, one unit, one project. Portrait, as a phone shows them.

Each is a figure, so that where this server cannot draw it the viewer's own browser can.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from catalogue.display import quarter
from catalogue.wording import pick, say
from charts.canvas import SIDE, SMALL, TITLE, Canvas
from reports.pictures import picture, png_text
from reports.proof import Number, Proof, prove
from reports.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Poster:
    figure: go.Figure
    proof: Proof


def png(poster: Poster) -> bytes:
    """With its proof inside. Raises NoRenderer."""
    return png_text.put(picture.png(poster.figure, width=poster.figure.layout.width), poster.proof.as_json())


def pdf(poster: Poster) -> bytes:
    """On an A4 sheet. What it can be checked by is the code printed on it. Raises NoRenderer."""
    return picture.pdf(poster.figure)


def begin(snapshot: Snapshot, title: str) -> Canvas:
    """The coloured head: whose plan, what, which quarter."""
    sheet = Canvas()
    plan, look = snapshot.plan, sheet.look
    sheet.box(0, 0, sheet.width, 96, look.accent)
    sheet.words(
        say("poster.plan", city=pick(plan, "city"), plan=pick(plan, "title")), (SIDE, 28), SMALL + 0.5, "#ffffff"
    )
    sheet.words(title, (SIDE, 60), TITLE, "#ffffff", bold=True)
    if plan.demo:
        sheet.box(sheet.width - 96, 16, sheet.width - SIDE, 40, "#ffffff")
        sheet.words(say("app.demo"), (sheet.width - 60, 28), SMALL, look.accent, "center", bold=True)
    sheet.y = 106
    return sheet


def stands_on(sheet: Canvas, snapshot: Snapshot) -> None:
    """截至…, what counts, how many returns: under the head of every poster."""
    counted, owed = snapshot.coverage
    told = say(
        "poster.stands_on", as_of=snapshot.as_of_words, basis=say(f"basis.{snapshot.basis}"), counted=counted, owed=owed
    )
    sheet.paragraph(told, SMALL, colour=sheet.look.muted)


def end(
    sheet: Canvas,
    snapshot: Snapshot,
    kind: str,
    numbers: Iterable[Number],
    notes: Iterable[str] = (),
    sources: Sequence[str] = (),
) -> Poster:
    """What marks mean, the sources, the plan where none is given, and what the numbers can be checked by."""
    proof = prove(kind, snapshot, numbers)
    sheet.rule(10)
    for note in (*notes, *(sources or [say("charts.source_plan", document=snapshot.plan.document)]), proof.line()):
        sheet.paragraph(note, SMALL, colour=sheet.look.muted)
    return Poster(sheet.figure(), proof)


def titled(period: str, what: str) -> str:
    return say("poster.titled", quarter=quarter(period), what=what)
