"""A quarter for the archive: every file about it and its data in one folder, with a list of them; all of it or nothing."""

from __future__ import annotations

import csv
import hashlib
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from catalogue.display import quarter
from catalogue.naming import for_files
from catalogue.wording import pick, say
from reports.api import answers
from reports.api.formats import inert
from reports.api.resources import Question
from reports.carried import carried
from reports.files import KINDS, make
from reports.pictures.picture import NoRenderer
from reports.proof import NoProof
from reports.snapshot import Snapshot

DOCUMENTS = ("summary", "briefing", "county_workbook", "layout")
PICTURES = ("poster", "poster_pdf", "county_card", "project_sheet", "indicator_poster", "pack")
DATA = ("values", "facts")


class Occupied(Exception):
    """The folder is there already and not empty, or is no folder; the text says so."""


@dataclass(frozen=True, slots=True)
class Item:
    """path: below the folder, with /. what: in words. code: the check code inside, "" for a file that has none of its own."""

    path: str
    what: str
    content: bytes
    code: str = ""


def archive(snapshot: Snapshot, folder: Path) -> str:
    """Makes the folder; why it holds no pictures, in words, "" where it does. Whatever is raised, nothing is left behind.

    Raises Occupied; NotThere for a quarter that the plan lacks; LayoutBroken; OSError where it cannot be written.
    """
    folder = folder.resolve()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Occupied(say("archive.occupied", folder=folder))
    part = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")  # beside it: a rename does not cross disks
    part.mkdir()
    try:
        lack = _fill(part, snapshot)
        if folder.exists():
            folder.rmdir()
        part.rename(folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return lack


def _fill(folder: Path, snapshot: Snapshot) -> str:
    rows = [_written(folder, item) for item in _documents(snapshot)]
    pictures, lack = _pictures(snapshot)
    rows += [_written(folder, item) for item in (*pictures, *_data(snapshot))]
    _list(folder, snapshot, rows)
    return lack


def _documents(snapshot: Snapshot) -> Iterator[Item]:
    for kind in DOCUMENTS:
        yield from _of_kind(snapshot, kind)


def _pictures(snapshot: Snapshot) -> tuple[list[Item], str]:
    """All of them, or none and why."""
    try:
        return [item for kind in PICTURES for item in _of_kind(snapshot, kind)], ""
    except NoRenderer as problem:
        return [], str(problem)


def _of_kind(snapshot: Snapshot, kind: str) -> Iterator[Item]:
    """One file, or one for each unit, project or layout, in a folder of their own."""
    told, abouts = say(f"takeaway.file.{kind}"), KINDS[kind].abouts
    for about in abouts(snapshot.plan) if abouts else ("",):
        content = make(kind, snapshot, about)
        what = say("archive.of", what=told, name=_named(snapshot, about)) if about else told
        place = f"{for_files(told)}/{for_files(_named(snapshot, about))}" if about else for_files(told)
        path = f"{place}.{KINDS[kind].ending}"
        yield Item(path, what, content, _code(path, content))


def _data(snapshot: Snapshot) -> Iterator[Item]:
    """As the API gives them: every row says which version it is of."""
    for name in DATA:
        given = {"period": snapshot.period, "basis": snapshot.basis}
        asked = Question(snapshot.version, given, "", snapshot.plan, snapshot.today)
        content = answers.written(answers.answer(answers.named(name), asked), "csv")
        yield Item(f"{say('archive.data')}/{name}.csv", say(f"api.resource.{name}"), content)


def _written(folder: Path, item: Item) -> tuple[str, str, str, str]:
    """Its row of the list."""
    path = folder / item.path
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(item.content)
    return item.path, item.what, hashlib.sha256(item.content).hexdigest(), item.code


def _list(folder: Path, snapshot: Snapshot, rows: list[tuple[str, str, str, str]]) -> None:
    """A row a file; each says what the files stand on."""
    counted, owed = snapshot.coverage
    stands_on = (
        quarter(snapshot.period),
        snapshot.as_of_words,
        say(f"basis.{snapshot.basis}"),
        say("archive.coverage", counted=counted, owed=owed),
        str(snapshot.version.number),
        snapshot.plan.digest[:8],
        say("app.demo") if snapshot.plan.demo else "",
    )
    heads = ("file", "what", "sha256", "code", "period", "as_of", "basis", "coverage", "version", "plan", "demo")
    with (folder / say("archive.list")).open("w", encoding="utf-8-sig", newline="") as out:
        table = csv.writer(out)
        table.writerow([say(f"archive.head.{name}") for name in heads])
        table.writerows([inert(text) for text in (*row, *stands_on)] for row in rows)


def _code(path: str, content: bytes) -> str:
    """A pack has one in each of its pictures, none of its own."""
    try:
        codes = [one.proof.code for one in carried(path, content) if one.proof]
    except NoProof:
        return ""
    return codes[0] if len(codes) == 1 else ""


def _named(snapshot: Snapshot, about: str) -> str:
    """Of a unit or project its name, of a layout its file's without the ending."""
    for entries in (snapshot.plan.units, snapshot.plan.projects):
        if about in entries:
            return pick(entries[about])
    return Path(about).stem
