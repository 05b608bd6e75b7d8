"""What a return is asked before it is accepted: one file per rule, all of them in RULES."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from catalogue.model import Plan
from etl.model import Finding, History, Return, Severity
from etl.rules.column_total_equals_rows import column_total_equals_rows
from etl.rules.copied_from_last import copied_from_last
from etl.rules.denominator_moved import denominator_moved
from etl.rules.figure_gone import figure_gone
from etl.rules.finished_before_started import finished_before_started
from etl.rules.flow_flat import flow_flat
from etl.rules.flow_gone import flow_gone
from etl.rules.flow_not_below_last import flow_not_below_last
from etl.rules.lead_silent import lead_silent
from etl.rules.looking import is_history
from etl.rules.mean_out_of_range import mean_out_of_range
from etl.rules.milestone_undated import milestone_undated
from etl.rules.na_beside_figure import na_beside_figure
from etl.rules.not_applicable_allowed import not_applicable_allowed
from etl.rules.not_due_yet import not_due_yet
from etl.rules.not_negative import not_negative
from etl.rules.nothing_filled import nothing_filled
from etl.rules.over_plan import over_plan
from etl.rules.part_within_whole import part_within_whole
from etl.rules.previous_overwritten import previous_overwritten
from etl.rules.ratio_all_or_same import ratio_all_or_same
from etl.rules.ratio_by_denominator import ratio_by_denominator
from etl.rules.reasons import explains
from etl.rules.required_entry import required_entry
from etl.rules.stage_against_money import stage_against_money
from etl.rules.stock_jump import stock_jump
from etl.rules.suppressed_derivable import suppressed_derivable
from etl.rules.task_without_progress import task_without_progress
from etl.rules.total_equals_parts import total_equals_parts
from etl.rules.typed_ratio import typed_ratio
from etl.rules.unit_slip import unit_slip
from etl.rules.whole_number import whole_number
from etl.rules.zero_commitment import zero_commitment

Rule = Callable[[Return, Plan, History], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    # 强制: must be mended
    nothing_filled,
    required_entry,
    not_applicable_allowed,
    whole_number,
    not_negative,
    total_equals_parts,
    column_total_equals_rows,
    part_within_whole,
    na_beside_figure,
    suppressed_derivable,
    flow_not_below_last,
    flow_gone,
    finished_before_started,
    # 核实: passes when 变化原因 is filled
    stock_jump,
    figure_gone,
    flow_flat,
    ratio_all_or_same,
    denominator_moved,
    mean_out_of_range,
    over_plan,
    unit_slip,
    copied_from_last,
    typed_ratio,
    zero_commitment,
    milestone_undated,
    # 提示: for those who read on
    not_due_yet,
    previous_overwritten,
    ratio_by_denominator,
    task_without_progress,
    lead_silent,
    stage_against_money,
)

_ORDER = tuple(Severity)


def check(ret: Return, plan: Plan, history: History) -> tuple[Finding, ...]:
    """Everything there is to say about a return: what reading found, then every rule.

    One finding per rule and slot; BLOCKS, EXPLAIN, NOTE, then in the order of the form, findings
    about the whole workbook first. EXPLAIN findings carry the reason given, if it is one.
    """
    spoken = [*ret.repairs, *_once(finding for rule in RULES for finding in rule(ret, plan, history))]
    settled = [_with_reason(finding, ret, plan) for finding in spoken]
    sheets = {sheet.name: n for n, sheet in enumerate(ret.layout.sheets)}
    places = {slot: n for n, slot in enumerate(ret.entries)}

    def position(finding: Finding) -> tuple[int, int, int]:
        sheet = sheets.get(finding.at.sheet, len(sheets)) if finding.at else -1
        return _ORDER.index(finding.severity), sheet, places.get(finding.slot, -1) if finding.slot else -1

    return tuple(sorted(settled, key=position))


def _once(findings: Iterable[Finding]) -> Iterator[Finding]:
    seen = set()
    for finding in findings:
        if (finding.rule, finding.slot) not in seen:
            seen.add((finding.rule, finding.slot))
            yield finding


def _with_reason(finding: Finding, ret: Return, plan: Plan) -> Finding:
    if finding.severity is not Severity.EXPLAIN or finding.explained:
        return finding
    if is_history(ret, plan):
        # nobody can answer any more, and a backfill has no column for reasons
        return replace(finding, severity=Severity.NOTE)
    entry = ret.entries.get(finding.slot) if finding.slot else None
    if entry is not None and explains(entry.reason):
        return replace(finding, explained=entry.reason.strip())
    return finding
