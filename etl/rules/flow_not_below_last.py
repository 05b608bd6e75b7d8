from __future__ import annotations

from collections.abc import Iterator

from catalogue.model import Plan
from etl.model import Finding, History, Return, Severity
from etl.rules.looking import earlier_this_year, numbers
from etl.rules.reasons import corrects


def flow_not_below_last(ret: Return, plan: Plan, history: History) -> Iterator[Finding]:
    """What has been added up since 1 January does not fall, unless an earlier figure was wrong.

    Then 变化原因 says 更正 and why, and the finding stays on record as explained.
    Source: domain rules, 强制 (F not below last quarter) and 核实 (F falling needs 更正说明).
    """
    for _, entry, value in numbers(ret, plan, "flow"):
        earlier = earlier_this_year(ret, history, entry.slot)
        if earlier is None or value >= earlier[1]:
            continue
        corrected = corrects(entry.reason)
        yield Finding(
            "flow_not_below_last",
            Severity.EXPLAIN if corrected else Severity.BLOCKS,
            at=entry.at,
            slot=entry.slot,
            fields={"value": value, "last": earlier[1], "last_period": earlier[0]},
            explained=entry.reason.strip() if corrected else "",
        )
