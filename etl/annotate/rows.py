"""核查结果 in words, line by line: for the sheet in a marked workbook and for the findings as a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextvars import copy_context
from dataclasses import dataclass
from typing import Any

from catalogue.display import NOTHING, entered
from catalogue.model import Plan, Slot
from catalogue.wording import say, use_language
from etl.compare import last_value
from etl.messages import item_name, mend, sentence, severity_label
from etl.model import ANSWER_MARKS, CellRef, Checked, Entry, EntryState, Finding, History, Severity
from etl.reading.answer import brief
from etl.rules.reasons import explains

REMARK = "remark"  # 退回: what a reviewer wrote; the other kinds are the severities
KINDS = (REMARK, *(str(severity) for severity in Severity))
FALLS = "flow_not_below_last"  # blocks, yet passes with a 更正

# Column -> width, as printed; the headings are wording `marked.column.<column>`.
COLUMNS: Mapping[str, float] = {
    "number": 6,
    "severity": 10,
    "place": 19,
    "item": 28,
    "value": 15,
    "last": 15,
    "finding": 46,
    "mend": 38,
    "reason": 36,
}


@dataclass(frozen=True, slots=True)
class Remark:
    """A reviewer's words on one cell of a return. sheet, cell: where the entry stood when it was written."""

    subject: str
    element: str
    sheet: str
    cell: str
    text: str


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One line of 核查结果. kind: one of KINDS. at None: about the whole workbook; linked: at is a cell of this file.

    reason: what is in force for the entry, where it explains. takes_reason: a reason typed here can settle it.
    """

    kind: str
    label: str
    at: CellRef | None
    slot: Slot | None
    item: str
    value: str
    last: str
    problem: str
    advice: str
    reason: str
    takes_reason: bool
    explained: bool = False
    linked: bool = True

    @property
    def shade(self) -> str:
        """The kind whose colour it has: what has been explained is only noted."""
        return str(Severity.NOTE) if self.explained else self.kind

    @property
    def place(self) -> str:
        return str(self.at) if self.at else say("finding_at.workbook")


def result_rows(
    checked: Checked, plan: Plan, history: History, remarks: Sequence[Remark] = (), lang: str = "zh"
) -> list[ResultRow]:
    """Remarks first, then the findings in their order; worded in `lang`, the caller's language left as it was."""

    def worded() -> list[ResultRow]:
        use_language(lang)
        said = [_of_remark(remark, checked, plan, history) for remark in remarks]
        return said + [_of_finding(finding, checked, plan, history) for finding in checked.findings]

    return copy_context().run(worded)


def shown(entry: Entry | None, plan: Plan) -> str:
    """An answer as it reads in a table: with its unit, a choice by its label, a long text cut short."""
    if entry is None or entry.state is EntryState.ABSENT:
        return ""
    if entry.state is EntryState.BLANK:
        return say("marked.blank")
    if entry.state in ANSWER_MARKS:
        return ANSWER_MARKS[entry.state]
    element = plan.elements[entry.slot.element]
    if entry.state is EntryState.VALUE and entry.value is not None:
        return entered(entry.value, element.measure)
    return brief(dict(element.choices).get(entry.text, entry.text) if entry.text else entry.raw)


def _of_remark(remark: Remark, checked: Checked, plan: Plan, history: History) -> ResultRow:
    slot = Slot(element=remark.element, subject=remark.subject)
    entry = checked.ret.entries.get(slot)
    written_at = CellRef(remark.sheet, remark.cell) if remark.sheet and remark.cell else None
    about = Finding(REMARK, Severity.NOTE, at=entry.at if entry else written_at, slot=slot if entry else None)
    return _row(
        about,
        checked,
        plan,
        history,
        kind=REMARK,
        label=say("marked.remark"),
        problem=remark.text,
        advice=say("marked.remark_mend"),
        takes_reason=entry is not None,
    )


def _of_finding(finding: Finding, checked: Checked, plan: Plan, history: History) -> ResultRow:
    label, advice = severity_label(finding), mend(finding, plan)
    if finding.explained:
        label, advice = (
            say("marked.explained", severity=label),
            say("marked.explained_mend", reason=finding.explained.rstrip("。．.;；")),
        )
    return _row(
        finding,
        checked,
        plan,
        history,
        kind=str(finding.severity),
        label=label,
        problem=_problem(finding, plan),
        advice=advice,
        explained=bool(finding.explained),
        takes_reason=settled_by_reason(finding) and finding.slot in checked.ret.entries,
    )


def settled_by_reason(finding: Finding) -> bool:
    return finding.slot is not None and (finding.severity is Severity.EXPLAIN or finding.rule == FALLS)


def _row(about: Finding, checked: Checked, plan: Plan, history: History, **told: Any) -> ResultRow:
    entry = checked.ret.entries.get(about.slot) if about.slot else None
    last, element = (
        last_value(about, history, checked.ret),
        plan.elements.get(about.slot.element) if about.slot else None,
    )
    in_force = about.explained or (entry.reason if entry and explains(entry.reason) else "")
    return ResultRow(
        at=about.at,
        slot=about.slot,
        item=item_name(about.slot, plan),
        value=shown(entry, plan),
        last=entered(last, element.measure) if element and last is not None else NOTHING,
        reason=in_force,
        **told,
    )


def _problem(finding: Finding, plan: Plan) -> str:
    """The sentence without the place and the name before it: those have columns of their own."""
    told = sentence(finding, plan)
    if finding.at is None or not told.startswith(str(finding.at)):
        return told
    for colon in ("：", ": "):
        if colon in told[len(str(finding.at)) :]:
            rest = told[len(str(finding.at)) :].partition(colon)[2]
            return rest[:1].upper() + rest[1:]
    return told
