"""The annexes of a briefing: every number with what it means and where it was read, the definitions, the returns."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.naming import formula
from catalogue.wording import pick, say
from reports.briefing.draft import BriefingDraft
from reports.briefing.statements import is_ratio_of_few
from reports.briefing.word import Anchors, Element, paragraph, run, said, table
from reports.snapshot import Snapshot

STYLE = "AnnexCell"
DIGITS = 16  # of a SHA-256 that are printed


def row_of(bookmark: str) -> str:
    """The bookmark of a number's row: as long as the number's own, so that neither is cut."""
    return f"a{bookmark[1:]}"


def annexes(draft: BriefingDraft, snapshot: Snapshot, anchors: Anchors) -> Iterator[Element]:
    yield from _head(1, "numbers", say("briefing.annex.numbers_about", files=3))
    yield _numbers(draft, anchors)
    yield from _head(2, "definitions")
    yield _definitions(draft, snapshot)
    if rows := _reasons(snapshot):
        yield said("AnnexTitle", say("briefing.annex.reasons"))
        yield said("Note", say("briefing.annex.reasons_about"))
        yield _table((40, 22, 94), ("indicator", "light", "reason"), rows)
    yield from _head(3, "files", say("briefing.annex.files_about"))
    rows = [
        [str(n), file.number, file.name, file.sha256[:DIGITS].upper()] for n, file in enumerate(draft.files, start=1)
    ]
    yield _table((6, 34, 80, 36), ("number", "receipt", "file", "digest"), rows)


def _head(number: int, title: str, about: str = "") -> Iterator[Element]:
    yield said("AnnexMark", say("briefing.annex.heading", number=number))
    yield said("AnnexTitle", say(f"briefing.annex.{title}"))
    if about:
        yield said("Note", about)


def _numbers(draft: BriefingDraft, anchors: Anchors) -> Element:
    """Grain: number or quotation that stands in the text as it was read."""
    back = say("briefing.mark.back")
    rows = [
        [
            said(STYLE, str(n)),
            paragraph(STYLE, *anchors.marked(row_of(claim.name), claim.name, claim.text, back)),
            said(STYLE, claim.means),
            said(STYLE, claim.source),
        ]
        for n, claim in enumerate(draft.claims, start=1)
    ]
    return table(
        (9, 35, 48, 64),
        [say(f"briefing.annex.{head}") for head in ("number", "printed", "means", "source")],
        rows,
        STYLE,
    )


def _definitions(draft: BriefingDraft, snapshot: Snapshot) -> Element:
    """Of every indicator that is promised or told of, in the plan's order."""
    plan = snapshot.plan
    told = {promise.indicator for promise, _, _ in snapshot.promised()} | {claim.indicator for claim in draft.claims}
    rows = [
        [pick(indicator), pick(indicator, "definition"), formula(plan, indicator)]
        for code, indicator in plan.indicators.items()
        if code in told
    ]
    return _table((36, 72, 48), ("indicator", "definition", "formula"), rows)


def _reasons(snapshot: Snapshot) -> list[list[str]]:
    """Why each light is what it is, as the screens say it; of the city's ratios on few returns nothing."""
    told = []
    for promise, indicator, row in snapshot.promised():
        why = None if is_ratio_of_few(row) else snapshot.why(indicator.code)
        if why is not None:
            told.append([f"{promise.id} {pick(indicator)}", say(f"light.{row.light}"), why.short])
    return told


def _table(widths: tuple[int, ...], heads: tuple[str, ...], rows: list[list[str]]) -> Element:
    cells = [[paragraph(STYLE, run(text)) for text in row] for row in rows]
    return table(widths, [say(f"briefing.annex.{head}") for head in heads], cells, STYLE)
