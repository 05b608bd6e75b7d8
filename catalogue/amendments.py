"""A target that a later document changes in mid-year: before it the old one is judged, from its quarter on the new one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from catalogue.checks.commitments import commitments
from catalogue.checks.periods import outside_plan
from catalogue.checks.refer import absent
from catalogue.entries import Mistake, mistake
from catalogue.model import Plan
from catalogue.period import Period

FILE = "amendments.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """since: the first quarter judged by it. quote: the clause of that document."""

    commitment: str
    since: Period
    value: Decimal
    quote: str
    document: str
    issued: date


def editions(plan: Plan, amendments: tuple[Amendment, ...]) -> tuple[Plan, ...]:
    """The plan as it was issued and as it stood after each amendment, oldest first; each speaks until the next begins."""
    found = [plan]
    for since in sorted({one.since for one in amendments}):
        promises = dict(found[-1].commitments)
        for one in amendments:
            if one.since == since and one.commitment in promises:
                promises[one.commitment] = replace(
                    promises[one.commitment], value=one.value, quote=one.quote, document=one.document
                )
        found[-1] = replace(found[-1], until=since.previous)
        found.append(replace(found[-1], commitments=promises, since=since, until=None))
    return tuple(found)


def mistakes(plan: Plan, amendments: tuple[Amendment, ...]) -> Iterator[Mistake]:
    """What is wrong with them, held against the plan."""
    seen = set()
    for one in amendments:
        where = (FILE, one.commitment)
        yield from absent(plan, "commitments", [one.commitment], *where, "commitment")
        yield from outside_plan(plan, one.since, *where, "since")
        if one.since == plan.first:
            yield mistake(*where, "since", "before", what=one.since, other=plan.first.following)
        for field in ("quote", "document"):
            if not getattr(one, field).strip():
                yield mistake(*where, field, "empty")
        if (one.commitment, one.since) in seen:
            yield mistake(*where, "since", "twice")
        seen.add((one.commitment, one.since))
    before = set(commitments(plan))
    for edition in editions(plan, amendments)[1:]:
        amended = {code for code, promise in edition.commitments.items() if promise.document}
        yield from (
            replace(problem, file=FILE)
            for problem in commitments(edition)
            if problem not in before and problem.entry in amended
        )
