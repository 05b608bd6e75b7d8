"""A return on record, in the newest version: what it says, what was said about it, and the file checked once more."""

from __future__ import annotations

from actions.keys import ReturnKey
from catalogue.load import plan_of
from catalogue.model import Plan
from etl import history
from etl.annotate import Remark
from etl.compare import Accepted, ComparedLine, compare
from etl.model import Checked, GivenReason, fact_text
from etl.submission import check_return
from warehouse import originals, read, store


def entries(key: ReturnKey, basis: str = "filed") -> dict[tuple[str, str], Accepted] | None:
    """(element, subject) -> what the return says that counts; None where none does."""
    version = store.newest(store.data_folder())
    if version is None:
        return None
    with store.open_version(version) as con:
        return read.entries(con, key.form, key.reporter, str(key.period), basis)


def remarks(load_id: int) -> list[Remark]:
    """What was said about single cells when this return was sent back."""
    with store.open_version(store.latest(store.data_folder())) as con:
        said = read.remarks(con, load_id)
    return [Remark(row.subject, row.element, row.sheet, row.cell, row.remark) for row in said.itertuples()]


def checked(key: ReturnKey, load_id: int, sha256: str, file_name: str) -> Checked:
    """Its file, read and checked again, with the reasons that were recorded with it and no later ones."""
    with store.open_version(store.latest(store.data_folder())) as con:
        rows = read.reasons(con, load_id)
    given = {
        (row.subject, row.element): GivenReason(fact_text(row.state, row.value, row.text), row.reason) for row in rows
    }
    return check_return(
        originals.content(sha256), file_name, plan=plan_of(key.period), reasons=lambda *_: given, on_record=True
    )


def comparison(key: ReturnKey, found: Checked, plan: Plan, basis: str = "filed") -> list[ComparedLine]:
    """Every entry beside last quarter's and beside the one that counts now, reviewed (approved) or not (filed)."""
    before = history.published(key.form, key.reporter, key.period)
    return compare(found.ret, before.values.get(key.period.previous, {}), entries(key, basis), found.findings, plan)
