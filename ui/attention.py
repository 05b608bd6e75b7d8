"""What needs attention in the quarter and the returns on show."""

from __future__ import annotations

from charts import attention
from charts.attention import Line
from ui import reads, reads_tasks


def lines(basis: str, period: str) -> list[Line]:
    return attention.lines(
        attention.Rows(
            reads.plan(),
            period,
            reads.judged(basis),
            reads.attention(basis, period),
            reads.status(period),
            reads_tasks.milestones(basis, period),
            reads_tasks.reports(basis, period),
        )
    )
