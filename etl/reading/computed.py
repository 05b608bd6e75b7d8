"""Formula cells of a return: ours are worked out where the file lacks their result, others are named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from catalogue.model import Layout, Plan, Slot
from etl.model import Cell, CellState, Entry, EntryState, Finding, Severity
from etl.reading.formulas import NA, Formula, Part, Share, Total, bare
from etl.reading.shapes import computed_slots

_UNREAD = (EntryState.BAD, EntryState.ABSENT)
_SAME = Decimal("0.00005")


def compute(
    entries: Mapping[Slot, Entry], held: Mapping[Slot, Cell], plan: Plan, layout: Layout
) -> tuple[dict[Slot, Entry], list[Finding]]:
    """The entries with every formula settled, and what is to be said of it. held: the cell behind each entry.

    A total whose formula is the template's own follows from its parts as they were read, also where
    the stored result is older than they are; of a part that is 保密 so is its total. A ratio is only a cross-check, so it is left blank
    rather than computed. Any other formula without a result is BAD.
    """
    computed = computed_slots(plan, layout)
    settled, findings = dict(entries), []
    own: set[Slot] = set()
    for slot in _parts_first(computed):
        if slot in held and _is_ours(slot, computed[slot], held[slot], entries):
            own.add(slot)
            settled[slot], finding = _settle(settled[slot], computed[slot], held[slot], settled)
            findings += [finding] if finding else []
        elif slot in held and _lost_its_mark(computed[slot], held[slot], settled[slot], settled):
            findings.append(_note("formula_computed", settled[slot], value=NA))
            settled[slot] = replace(settled[slot], state=EntryState.NA, value=None)
        elif slot in held and _adds_the_rest(computed[slot], held[slot], settled[slot], settled):
            settled[slot], finding = _kept_back(settled[slot], computed[slot])
            findings += [finding] if finding else []
    for slot, cell in held.items():
        if cell.state is CellState.UNCACHED and slot not in own:
            findings.append(
                Finding(
                    "formula_without_result",
                    Severity.BLOCKS,
                    at=entries[slot].at,
                    slot=slot,
                    fields={"raw": settled[slot].raw},
                )
            )
    return settled, findings


def _parts_first(computed: Mapping[Slot, Formula]) -> Iterator[Slot]:
    done: dict[Slot, None] = {}

    def visit(slot: Slot) -> None:
        for part in computed[slot].parts:
            if part in computed and part not in done:
                visit(part)
        done.setdefault(slot)

    for slot in computed:
        visit(slot)
    return iter(done)


def _is_ours(slot: Slot, formula: Formula, cell: Cell, entries: Mapping[Slot, Entry]) -> bool:
    """To the letter what the template would write, its parts being where they were found."""
    if cell.formula is None or cell.state is CellState.ERROR:
        return False

    def written(part: Slot) -> str:
        at = entries[part].at
        return at.address if at.sheet == entries[slot].at.sheet else str(at)

    return bare(cell.formula) == bare(formula.written(written))


def _lost_its_mark(formula: Formula, cell: Cell, entry: Entry, entries: Mapping[Slot, Entry]) -> bool:
    """An .xls keeps no text as a formula's result: our total of nothing but / comes back as 0."""
    return (
        isinstance(formula, Total)
        and cell.formula is None
        and entry.value == 0
        and all(entries[part].state is EntryState.NA for part in formula.parts)
    )


def _adds_the_rest(formula: Formula, cell: Cell, entry: Entry, entries: Mapping[Slot, Entry]) -> bool:
    """Where a file keeps results only: our total of parts that are partly 保密 is the sum of the others."""
    parts = [entries[part] for part in formula.parts]
    if not isinstance(formula, Total) or cell.formula is not None or entry.value is None:
        return False
    rest = sum((part.value for part in parts if part.value is not None), Decimal(0))
    return any(part.state is EntryState.SUPPRESSED for part in parts) and entry.value == rest


def _settle(entry: Entry, formula: Formula, cell: Cell, entries: Mapping[Slot, Entry]) -> tuple[Entry, Finding | None]:
    stored = cell.state is not CellState.UNCACHED
    if any(entries[part].state in _UNREAD for part in formula.parts) or (stored and isinstance(formula, Share)):
        return entry, None  # the findings about the parts come first
    if any(entries[part].state is EntryState.SUPPRESSED for part in formula.parts):
        return _kept_back(entry, formula)
    result = formula.result(lambda part: _as_part(entries[part]))
    if isinstance(formula, Share):
        blank = replace(entry, state=EntryState.BLANK)
        return blank, None if result is None else _note("formula_not_computed", entry)
    if stored and _says(entry, result):
        return entry, None
    if result is None:
        return replace(entry, state=EntryState.BLANK, value=None), None
    state = EntryState.NA if result == NA else EntryState.VALUE
    value = result if isinstance(result, Decimal) else None
    return replace(entry, state=state, value=value), _note("formula_computed", entry, value=result)


def _kept_back(entry: Entry, formula: Formula) -> tuple[Entry, Finding | None]:
    """A sum of the other parts is no total, and the total less these would tell what is kept back."""
    if isinstance(formula, Share):
        return replace(entry, state=EntryState.BLANK, value=None), None
    return replace(entry, state=EntryState.SUPPRESSED, value=None), _note("suppressed_total", entry)


def _note(rule: str, entry: Entry, **fields: object) -> Finding:
    return Finding(rule, Severity.NOTE, at=entry.at, slot=entry.slot, fields={"raw": entry.raw, **fields})


def _as_part(entry: Entry) -> Part:
    return NA if entry.state is EntryState.NA else entry.value


def _says(entry: Entry, result: Part) -> bool:
    if isinstance(result, Decimal):
        return entry.value is not None and abs(entry.value - result) < _SAME
    return entry.state is (EntryState.NA if result == NA else EntryState.BLANK)
