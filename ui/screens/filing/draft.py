"""The draft as it stands, checked once for each state of file, reasons and published past."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from access.model import Actor
from actions import drafts, record, submitting, uploading
from actions.keys import ReturnKey, require_return
from actions.uploading import Upload
from etl import history
from etl.compare import Accepted, ComparedLine
from etl.errors import ReturnRefused
from etl.model import Checked, History
from ui import reads
from ui.reads.kept import per_version
from warehouse import store


def current(actor: Actor, key: ReturnKey) -> Upload | None:
    """Rights are asked each time; the checking itself is remembered. refusal: a kept file that can no longer be read."""
    require_return(actor, "file", reads.plan(), key)
    kept = drafts.find(key)
    if kept is None:
        return None
    try:
        return _checked(stamp(key), actor, key)
    except ReturnRefused as refusal:
        return Upload(kept.file_name, refusal=refusal, draft=kept)


def content(draft: Upload) -> Checked:
    """What was read, of a draft that is no refusal."""
    assert draft.checked is not None, draft.file_name
    return draft.checked


def stamp(key: ReturnKey) -> tuple:
    """Changes whenever the check could come out otherwise: what the functions below hang on, in the place of the version."""
    kept, latest = drafts.find(key), store.newest(store.data_folder())
    given = tuple(sorted((*at, reason.value, reason.reason) for at, reason in drafts.reasons(key).items()))
    file = (kept.sha256, kept.file_name, str(kept.at)) if kept else ()
    return str(store.data_folder()), str(key), file, given, latest.number if latest else 0, reads.plan().digest


@per_version(64)
def _checked(stamp: tuple, _actor: Actor, _key: ReturnKey) -> Upload | None:
    return uploading.draft_of(_actor, _key)


@per_version(64)
def same_as(stamp: tuple, _key: ReturnKey, _draft: Upload) -> str:
    """回执号 under which all this is on record already; "" where there is something to submit."""
    return submitting.same_as(_key, content(_draft))


@per_version(64)
def past(stamp: tuple, _key: ReturnKey) -> History:
    """What was published for earlier quarters."""
    return history.published(_key.form, _key.reporter, _key.period)


@per_version(64)
def last_quarter(stamp: tuple, _key: ReturnKey) -> dict[tuple[str, str], Accepted]:
    """(element, subject) -> what stands for the quarter before, texts and choices too."""
    return record.entries(replace(_key, period=_key.period.previous)) or {}


@per_version(64)
def last_year(stamp: tuple, _key: ReturnKey) -> dict[tuple[str, str], Accepted]:
    """As `last_quarter`, for the same quarter of last year."""
    return record.entries(replace(_key, period=_key.period.year_before)) or {}


@per_version(64)
def lines(stamp: tuple, _key: ReturnKey, _draft: Upload) -> list[ComparedLine]:
    """Every entry beside last quarter's and beside the one on record."""
    return record.comparison(_key, content(_draft), reads.plan())


@per_version(64)
def impact(stamp: tuple, _actor: Actor, _key: ReturnKey) -> pd.DataFrame:
    """What submitting would do to the reporter's indicators. Grain: indicator."""
    return uploading.impact(_actor, _key)
