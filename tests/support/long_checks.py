"""The next start after the plug was pulled, and what must be true then: `python long_checks.py PROMISES…` in DASHBOARD_DATA.

Prints JSON: problems, a sentence each; healed, how many lines of the log were missing; versions. A promise is a line of
long_acts.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator

from actions_fixtures import KEY
from sqlalchemy import select

from access import audit, db, log_detail
from access.tables import intent
from actions import backup, drafts, publishing
from actions.backup_file import BackupProblem
from ui.app import starting
from warehouse import originals, store
from warehouse.versions.verify import verify


def problems(promises: list[str]) -> Iterator[str]:
    """Of the data folder in force, healed."""
    folder = store.data_folder()
    if damage := store.damage(folder):
        yield f"a version is damaged: {damage}"
    yield from verify(folder).problems
    with sqlite3.connect(folder / "accounts.db") as con:
        [(state,)] = con.execute("pragma integrity_check").fetchall()
    if state != "ok":
        yield f"the store of accounts: {state}"
    if not audit.verify().ok:
        yield "the chain of the log is broken"
    facts = _facts()
    with db.reading() as con:  # one whose version never came is dead, and goes with the next act
        if left := [token for token in con.scalars(select(intent.c.token)) if token in facts.notes]:
            yield f"{len(left)} acts are published and not logged"
    yield from _log_and_record(facts)
    yield from _kept(promises, facts)


class Facts:
    """What the newest version says."""

    def __init__(self) -> None:
        self.receipts: dict[str, str] = {}  # number -> sender
        self.hashes: Counter[str] = Counter()
        self.decisions: Counter[str] = Counter()
        self.notes = ""  # of all versions


def _facts() -> Facts:
    found, version = Facts(), store.newest(store.data_folder())
    if version is not None:
        with store.open_version(version) as con:
            rows = con.execute("select number, sender, sha256 from receipt").fetchall()
            decided = con.execute(
                "select load_id, state from review where state in ('approved', 'returned')"
            ).fetchall()
            found.notes = "\n".join(note for (note,) in con.execute("select note from version_info").fetchall())
        found.receipts = {number: sender for number, sender, _ in rows}
        found.hashes.update(sha256 for *_, sha256 in rows)
        found.decisions.update(f"{load_id} {state}" for load_id, state in decided)
    return found


def _log_and_record(facts: Facts) -> Iterator[str]:
    """Every return that somebody submitted has its one line, and every line its return; so have decisions."""
    logged = Counter(
        log_detail.facts(line.detail)["number"] for line in audit.entries(event="submitted", result="ok", limit=None)
    )
    submitted = Counter(number for number, sender in facts.receipts.items() if "demo-" in sender)
    if logged != submitted:
        yield f"log and record differ: {(logged - submitted) + (submitted - logged)}"
    if logged:  # elsewhere returns are loaded and approved at once, which is no act of a person
        lines = sum(len(audit.entries(event=state, result="ok", limit=None)) for state in ("approved", "returned"))
        if lines != facts.decisions.total():
            yield f"{facts.decisions.total()} decisions and {lines} lines in the log"
    if (draft := drafts.find(KEY)) is not None and facts.hashes[draft.sha256]:
        yield "a draft that is filed is still a draft"


def _kept(promises: list[str], facts: Facts) -> Iterator[str]:
    folder = store.data_folder() / "backups"
    for promise in promises:
        what, *of = promise.split()
        lost = {
            "receipt": lambda of: of[0] not in facts.receipts,
            "decision": lambda of: not facts.decisions[" ".join(of)],
            "backup": lambda of: not (folder / of[0]).exists(),
            "loaded": lambda of: not all(facts.hashes[sha256] for sha256 in of),
            "begun": lambda of: len({facts.hashes[sha256] > 0 for sha256 in of}) > 1,
            "nothing": lambda of: False,
        }[what](of)
        if lost:
            yield f"{'taken in part' if what == 'begun' else 'lost'}: {promise[:80]}"
    for sha256 in facts.hashes:
        originals.content(sha256)
    for path in sorted(folder.glob("*.zip")):
        try:
            backup.verify(path)
        except BackupProblem as problem:
            yield f"backup {path.name}: {problem}"
        path.unlink()


def main(promises: list[str]) -> None:
    """settle by itself first: `heal` would hide what it raises."""
    healed = publishing.settle()
    starting.heal()
    newest = store.newest(store.data_folder())
    told = {"problems": list(problems(promises)), "healed": healed, "versions": newest.number if newest else 0}
    print(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1:])
