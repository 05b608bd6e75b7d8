"""A workbook that has been opened: what its cells say under a plan, each worked out once, and kept for a while.

On its way a file is asked about again and again: uploaded, shown as a draft, tried for its effect, submitted, reviewed, marked.
Its bytes and the plan settle what is here. What depends on the day, on what is published, or on reasons given meanwhile is not
here: that is checked every time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256 as sha256_of
from threading import Lock

from catalogue.model import Plan
from etl.cells import read_cells
from etl.model import Cells, Finding, Return, SheetCells
from etl.reading.forms import Identity, recognise
from etl.reading.live_formulas import live_formulas
from etl.reading.margins import refuse_personal_data
from etl.reading.marked import Typed, reason_column, set_apart, typed_reasons
from etl.reading.returns import read_return

_MOST_FILES, _MOST_CELLS = 64, 200_000  # some 50 MB; a county's return has a thousand


@dataclass(frozen=True)
class Opened:
    """Under one plan. Everything here may raise ReturnRefused.

    returned: the return as the file gives it, without reasons from elsewhere.
    """

    cells: Cells
    plan: Plan

    @cached_property
    def apart(self) -> tuple[Cells, SheetCells | None]:
        """The workbook without its 核查结果 sheet, and that sheet."""
        return set_apart(self.cells)

    @cached_property
    def identity(self) -> Identity:
        return recognise(self.apart[0], self.plan)

    @cached_property
    def returned(self) -> Return:
        return read_return(self.apart[0], self.identity, self.plan)

    @cached_property
    def typed(self) -> tuple[Sequence[Typed], Sequence[Finding]]:
        """Reasons typed into 核查结果, and what there is to say of that sheet."""
        marked = self.apart[1]
        if marked is None:
            return (), ()
        refuse_personal_data(Cells("", (marked,)), {})
        return typed_reasons(marked, self.identity)

    @cached_property
    def live(self) -> list[Finding]:
        """Formulas where words belong, and such as reach out of the workbook."""
        found, marked = self.apart
        return live_formulas(found, marked, reason_column(marked), self.returned, self.plan)


@dataclass(slots=True)
class _Held:
    cells: Cells
    weight: int
    under: list[Opened] = field(default_factory=list)


class Shelf:
    """The workbooks opened last, by the SHA-256 of their bytes; any number of threads may ask. Large ones are not kept."""

    def __init__(self, most_files: int = _MOST_FILES, most_cells: int = _MOST_CELLS) -> None:
        self._most_files, self._most_cells = most_files, most_cells
        self._held: OrderedDict[str, _Held] = OrderedDict()
        self._lock = Lock()

    def cells(self, content: bytes, sha256: str = "") -> Cells:
        """As `etl.cells.read_cells`. sha256: of `content`, where it is known."""
        return self._of(content, sha256 or sha256_of(content).hexdigest()).cells

    def under(self, plan: Plan, content: bytes, sha256: str = "") -> Opened:
        """The workbook under that very plan, and under no equal one. What cannot be opened is refused anew each time."""
        held = self._of(content, sha256 or sha256_of(content).hexdigest())
        with self._lock:
            found = next((one for one in held.under if one.plan is plan), None)
            if found is None:
                found = Opened(held.cells, plan)
                held.under = [found, *held.under[:1]]
            return found

    def _of(self, content: bytes, sha256: str) -> _Held:
        with self._lock:
            if held := self._held.get(sha256):
                self._held.move_to_end(sha256)
                return held
        cells = read_cells(content)
        held = _Held(cells, sum(len(sheet.cells) for sheet in cells.sheets))
        if held.weight * 4 <= self._most_cells:
            with self._lock:
                self._held[sha256] = held
                while len(self._held) > self._most_files or self._weight() > self._most_cells:
                    self._held.popitem(last=False)
        return held

    def _weight(self) -> int:
        return sum(held.weight for held in self._held.values())


shelf = Shelf()
