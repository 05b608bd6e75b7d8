"""From a file on somebody's desk to a checked draft, and what it would change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from access import audit, db, log_detail
from access.model import Actor
from actions import drafts, publishing
from actions.drafts import Draft
from actions.errors import NotNow
from actions.keys import ReturnKey, require, require_return, require_words
from actions.standing import received_now, standing
from catalogue import clock, free_space
from catalogue.load import current_plan, plan_of
from catalogue.period import Period
from etl.accept import Arrival, accept
from etl.errors import ReturnRefused
from etl.model import Checked, GivenReason, entry_text
from etl.reading.marked import reasons_in
from etl.reading.personal import masked
from etl.rivals import Candidate, settle
from etl.rules.reasons import explains
from etl.scan import scan
from etl.submission import check_return
from warehouse import originals, read, store
from warehouse.write import Writer


@dataclass(frozen=True, slots=True)
class Upload:
    """What became of one file. refusal: why it is no return of this office; else `checked` and `draft` are there.

    same_as: the file of the same drop that was kept instead, with the same answers; then there is neither.
    """

    file_name: str
    refusal: ReturnRefused | None = None
    checked: Checked | None = None
    draft: Draft | None = None
    same_as: str = ""

    @property
    def ready(self) -> bool:
        """Could be submitted as it is."""
        return self.checked is not None and not self.checked.blocked


def upload(actor: Actor, file_name: str, content: bytes) -> Upload:
    """Check one file of the account's own office and keep it as the draft of its return. Whatever the bytes, no exception.

    Raises NotAllowed for an account that files nothing.
    """
    [one] = upload_all(actor, [(file_name, content)])
    return one


@free_space.told()
def upload_all(
    actor: Actor,
    files: Sequence[tuple[str, bytes | ReturnRefused]],
    progress: Callable[[int, str], None] = lambda done, file_name: None,
) -> list[Upload]:
    """As `upload`, for files that come together: of two for one return neither is kept, unless they say the same.

    What cannot even be opened comes with its refusal in place of its bytes. progress: called with how many are done and the
    name of the next.
    """
    publishing.settle()
    office = actor.account.office
    require(actor, "file", current_plan(), reporter=office, about=f"upload:{office}")
    seen: list[Upload] = []
    for done, (file_name, content) in enumerate(files):
        progress(done, file_name)
        seen.append(_looked_at(actor, file_name, content))
    read = [(n, one.checked) for n, one in enumerate(seen) if one.checked is not None]
    verdicts = settle([Candidate(seen[n].file_name, checked) for n, checked in read], plan_of, by="drop")
    for (n, checked), verdict in zip(read, verdicts, strict=True):
        name, content = files[n]
        assert isinstance(content, bytes), "it was read"
        if verdict.refusal is not None:
            seen[n] = _refused(actor, name, verdict.refusal)
        elif verdict.same_as:
            seen[n] = Upload(name, same_as=verdict.same_as)
        else:
            seen[n] = _kept(actor, name, content, checked)
    return seen


def _looked_at(actor: Actor, file_name: str, content: bytes | ReturnRefused) -> Upload:
    try:
        if isinstance(content, ReturnRefused):
            raise content
        scan(content)
        checked = check_return(content, file_name, reporter=actor.account.office, reasons=_said)
    except ReturnRefused as refusal:
        return _refused(actor, file_name, refusal)
    key = _key(checked)
    require_return(actor, "file", plan_of(key.period), key)
    return Upload(file_name, checked=checked)


def _refused(actor: Actor, file_name: str, refusal: ReturnRefused) -> Upload:
    about = f"upload:{actor.account.office}"
    audit.record(actor, "upload", about, "refused", f"{masked(file_name)}: {type(refusal).__name__}")
    return Upload(file_name, refusal=refusal)


def _key(checked: Checked) -> ReturnKey:
    return ReturnKey(checked.ret.form, checked.ret.reporter, checked.ret.period)


def _kept(actor: Actor, file_name: str, content: bytes, checked: Checked) -> Upload:
    key = _key(checked)
    free_space.require(store.data_folder(), len(content))
    originals.keep(content)
    kept = Draft(key, checked.sha256, file_name, actor.account.name, clock.now())
    with db.writing() as con:
        drafts.keep(kept, con)
        drafts.give(key, reasons_in(checked), kept.name, kept.at, con)
    open_count = sum(finding.is_open for finding in checked.findings)
    audit.record(
        actor, "upload", key.object, detail=log_detail.told(file=file_name, sha256=checked.sha256, open=open_count)
    )
    return Upload(file_name, checked=checked, draft=kept)


def draft_of(actor: Actor, key: ReturnKey) -> Upload | None:
    """The draft, checked against what is published now; None where there is none."""
    require_return(actor, "file", plan_of(key.period), key)
    kept = drafts.find(key)
    if kept is None:
        return None
    return Upload(kept.file_name, checked=checked_draft(kept), draft=kept)


def checked_draft(kept: Draft) -> Checked:
    """The kept file, read and checked again, with every reason that was given for it so far."""
    return check_return(originals.content(kept.sha256), kept.file_name, plan=plan_of(kept.key.period), reasons=_said)


def _said(form: str, reporter: str, period: Period) -> Mapping[tuple[str, str], GivenReason]:
    return drafts.reasons(ReturnKey(form, reporter, period))


def explain(actor: Actor, key: ReturnKey, given: dict[tuple[str, str], str]) -> None:
    """(subject, element) -> reason for the draft's value there; "" takes a reason back. Raises NotNow for a mere filler."""
    found = draft_of(actor, key)
    if found is None or found.checked is None:
        raise NotNow("no_draft")
    entries = {(slot.subject, slot.element): entry for slot, entry in found.checked.ret.entries.items()}
    fillers = [reason for at, reason in given.items() if at not in entries or (reason.strip() and not explains(reason))]
    if fillers:
        raise NotNow("reason_says_nothing", reason=fillers[0])
    require_words(*given.values())
    held = {at: GivenReason(entry_text(entries[at]), reason) for at, reason in given.items()}
    with db.writing() as con:
        drafts.give(key, held, actor.account.name, clock.now(), con)
    audit.record(actor, "explained", key.object, detail=f"{len(held)}")


def discard(actor: Actor, key: ReturnKey) -> None:
    """Drop the draft of a return with the reasons given on the page; a line in the log where there was one. Raises
    NotAllowed."""
    require_return(actor, "file", plan_of(key.period), key)
    with db.writing() as con:
        dropped = drafts.drop(key, con)
    if dropped:
        audit.record(actor, "draft_discarded", key.object)


@free_space.told()
def impact(actor: Actor, key: ReturnKey) -> pd.DataFrame:
    """What submitting the draft would do to the reporter's own indicators.

    Grain: indicator. Columns: indicator, measure, now, light_now, then, light_then; only those that change. Blanks are NaN
    and None. Tried on a copy of the newest version, by the same marts; nothing is published.
    """
    found = draft_of(actor, key)
    if found is None or found.checked is None or not found.ready:
        raise NotNow("no_draft" if found is None else "open_findings")
    checked = found.checked
    plan, period = plan_of(key.period), str(key.period)
    version = store.newest(store.data_folder())
    columns = ["indicator", "measure", "value", "light"]

    def own(con: read.Con) -> pd.DataFrame:
        return read.values(con, period, key.reporter)[columns].drop_duplicates("indicator").set_index("indicator")

    def change(writer: Writer) -> None:
        accept(checked, writer, plan, Arrival(actor.signature, received_now(standing(key))))

    if version is None:
        now = pd.DataFrame(columns=columns).set_index("indicator")
    else:
        with store.open_version(version) as con:
            now = own(con)
    then = store.rehearse(store.data_folder(), plan, change, own, store.MartQuestion("judged_unit", period))
    both = then.join(now, how="outer", suffixes=("_then", "_now"))
    both["measure"] = both["measure_then"].fillna(both["measure_now"])
    moved = ~(both["value_then"].eq(both["value_now"]) | (both["value_then"].isna() & both["value_now"].isna()))
    told = both[moved | both["light_then"].ne(both["light_now"])].reset_index()
    told = told.rename(columns={"value_now": "now", "value_then": "then"})
    return told[["indicator", "measure", "now", "light_now", "then", "light_then"]]
