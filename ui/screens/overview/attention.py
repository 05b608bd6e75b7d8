"""What needs attention in the quarter and the returns on show."""

from __future__ import annotations

from sentences import attention
from sentences.attention import AttentionLine
from ui import reads
from ui.reads import tasks
from ui.reads.snapshot import snapshot


def lines(basis: str, period: str) -> list[AttentionLine]:
    return attention.lines(
        attention.AttentionRows(
            reads.plan(),
            period,
            snapshot(basis, period).told,
            reads.attention(basis, period),
            reads.status(period),
            tasks.milestones(basis, period),
            tasks.reports(basis, period),
        )
    )
