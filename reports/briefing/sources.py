"""Where the numbers of a briefing stand: files by their number in a list, sheets, cells; and the formula over them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from catalogue.display import NOTHING
from catalogue.naming import formula
from catalogue.wording import say
from reports.snapshot import Snapshot
from warehouse.reads.sources import sources


@dataclass(frozen=True, slots=True)
class File:
    """A return: its receipt number, its name when it came, its SHA-256."""

    number: str
    name: str
    sha256: str


class Sources:
    """Of one snapshot. Files are numbered from 1 in the order in which they are first asked for."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.plan = snapshot.plan
        self.files: list[File] = []
        cells = snapshot.ask(lambda con: sources(con, snapshot.period, snapshot.basis))
        self._cells: dict[str, list[Any]] = {}
        for cell in cells.itertuples(index=False, name="Cell"):
            self._cells.setdefault(cell.indicator, []).append(cell)

    def of_value(self, indicator: str, subject: str | None) -> str:
        """公办园在园幼儿 ÷ 在园幼儿总数；分子“学前教育”E9，分母“学前教育”E8，文件1—4."""
        told = formula(self.plan, self.plan.indicators[indicator])
        cells = self.of_cells(indicator, subject)
        return say("briefing.source.formula", formula=told, cells=cells) if cells else told

    def of_cells(self, indicator: str, subject: str | None) -> str:
        """Files whose cells stand in the same places are told together. Of the city: only what is in its sums."""
        files: dict[int, list[Any]] = {}
        for cell in self._cells.get(indicator, []):
            if cell.subject == subject or (subject is None and cell.entered):
                files.setdefault(self.file(cell), []).append(cell)
        alike: dict[str, list[int]] = {}
        for number, cells in files.items():
            alike.setdefault(_places(cells, self.plan.indicators[indicator].is_ratio), []).append(number)
        told = [
            say("briefing.source.cells", places=places, files=_listed(numbers)) for places, numbers in alike.items()
        ]
        return say("briefing.semicolon").join(told)

    def of_report(self, row: Any) -> str:
        """A row of `task_report`: what its department wrote stands in one line of its return."""
        where = say("briefing.source.sheet", sheet=row.sheet, cells=row.cell)
        return say("briefing.source.line", where=where, files=_listed([self.file(row)]))

    def file(self, row: Any) -> int:
        """Its number in the list."""
        file = File(row.number, row.file_name, row.sha256)
        if file not in self.files:
            self.files.append(file)
        return self.files.index(file) + 1


def _places(cells: list[Any], is_ratio: bool) -> str:
    """分子“校园安全与保障”E8、E10，分母“校园安全与保障”E7、E9; a sum has no parts to name."""
    places: dict[tuple[str, str], list[str]] = {}
    for cell in cells:
        named = places.setdefault((cell.part, cell.sheet), [])
        if cell.cell not in named:
            named.append(cell.cell)
    told = []
    for (part, sheet), named in places.items():
        where = say("briefing.source.sheet", sheet=sheet, cells=say("briefing.and").join(named))
        told.append(say(f"briefing.source.{part}", where=where) if is_ratio else where)
    return say("briefing.comma").join(told) or NOTHING


def _listed(numbers: list[int]) -> str:
    """1—4、6: neighbours together."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return say("briefing.and").join(
        str(run[0]) if len(run) == 1 else say("briefing.source.run", first=run[0], last=run[-1]) for run in runs
    )
