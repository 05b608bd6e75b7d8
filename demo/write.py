"""The demo folder on disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from catalogue.model import Plan
from demo.filings import Filing, Key, filings, unfiled
from demo.intake import ledger
from demo.resave import ENDINGS, FIXTURES, resaved
from demo.workbooks import path, workbook
from etl.ledger import NAME


@dataclass(slots=True)
class Written:
    """What a run did. kept: re-saved files left as they are; missing: re-saved files that are not there."""

    written: list[Path] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)
    missing: list[Path] = field(default_factory=list)


def write_folder(plan: Plan, folder: Path, *, resave: bool = False) -> Written:
    """Every workbook and the ledger. Re-saved files are made anew only with `resave` (raises NoOfficeProgram)."""
    done, entries = Written(), []
    for filing in filings(plan):
        ending = ending_of(filing)
        file = path(plan, filing, ending or ".xlsx")
        entries.append((file, filing))
        target = folder / file
        if ending and not resave:
            (done.kept if target.exists() else done.missing).append(target)
            continue
        content = workbook(plan, filing)
        _put(target, resaved(content, ending) if ending else content)
        done.written.append(target)
    _put(folder / NAME, ledger(plan, entries).encode())
    done.written.append(folder / NAME)
    return done


def ending_of(filing: Filing) -> str:
    """How a file ends that was saved again; "" for the others. What was sent back or corrected came straight from the template."""
    return "" if filing.suffix else ENDINGS.get(filing.key, "")


def write_unfiled(plan: Plan, folder: Path) -> Path:
    """The return nobody has sent yet, to be filed before an audience."""
    filing = unfiled()
    target = folder / path(plan, filing).name
    _put(target, workbook(plan, filing))
    return target


def write_fixtures(plan: Plan, folder: Path) -> list[Path]:
    """county.xlsx as the template wrote it; county.xls, county.ods and county.resaved.xlsx beside it, and so on."""
    by_key = {filing.key: filing for filing in filings(plan)}
    return [target for name in FIXTURES for target in _fixture(plan, folder, name, by_key)]


def _fixture(plan: Plan, folder: Path, name: str, by_key: Mapping[Key, Filing]) -> Iterator[Path]:
    key, endings = FIXTURES[name]
    original = workbook(plan, by_key[key])
    yield _put(folder / f"{name}.xlsx", original)
    for ending in endings:
        same = ending == ".xlsx"
        yield _put(folder / f"{name}{'.resaved' if same else ''}{ending}", resaved(original, ending))


def _put(target: Path, content: bytes) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return target
