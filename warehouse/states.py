"""How a return may stand, and which of these count: said here once for SQL and for Python."""

from __future__ import annotations

STATES = ("filed", "approved", "returned", "locked", "withdrawn")  # filed: undecided again
CAME = ("filed", "approved", "locked")  # and was not sent back: it has been filed
LOOKED_AT = ("approved", "locked")


def reason_of(review: str) -> str:
    """SQL: what a person said with a decision, "" for nothing. review: name of the rows of `review`, or of `receipt_state`.

    Up to 0.6 the program itself said there by which file a return was replaced.
    """
    return f"case when {was_replaced(review)} then '' else coalesce({review}.reason, '') end"


def was_replaced(review: str) -> str:
    """SQL: whether it was withdrawn because another came in its place, as it was said up to 0.6."""
    return f"{review}.state = 'withdrawn' and regexp_full_match({review}.reason, 'replaced by [0-9a-f]{{12}}')"
