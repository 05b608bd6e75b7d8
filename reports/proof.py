"""What a file stands on, and a code over its numbers: enough to ask the warehouse later whether they still hold.

A file carries its `Proof` as JSON where its format keeps such things (`MEMBER`). Each number names the value it is, and
the place in the file where it is printed, so that a number changed by hand is found where it stands.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from math import isfinite
from typing import Any

from catalogue.display import day
from catalogue.period import Period
from catalogue.wording import say
from reports.snapshot import Snapshot, has_value

MEMBER = "plan-monitor"  # the name it is kept under
PLACES = 6  # decimals a value is compared to
WHAT = ("value", "target", "pace", "baseline", "change")


@dataclass(frozen=True, slots=True)
class Number:
    """One value of `judged`. subject None: the city. what: one of WHAT. place: cell or bookmark; "" for none."""

    indicator: str
    subject: str | None
    period: str
    what: str
    value: float
    place: str = ""

    @property
    def key(self) -> tuple[str, str | None, str, str]:
        return self.indicator, self.subject, self.period, self.what


@dataclass(frozen=True, slots=True)
class Proof:
    """kind: picture, workbook … as_of: the quarter's last day, 2021-09-30, so that the code is the same in either language. counted, owed: returns. code: see `sealed`."""

    kind: str
    period: str
    basis: str
    as_of: str
    plan: str
    plan_digest: str
    version: int
    published_at: str
    counted: int
    owed: int
    demo: bool
    numbers: tuple[Number, ...] = ()
    code: str = ""

    @property
    def last_day(self) -> str:
        """`as_of` for people."""
        return day(date.fromisoformat(self.as_of))

    def line(self) -> str:
        """截至2021年9月30日 · 含未审核 · 23/25份报表 · 要点版本 … · 数据第2版 · 校验码 …: printed on every file."""
        return say(
            "proof.line",
            as_of=self.last_day,
            basis=say(f"basis.{self.basis}"),
            counted=self.counted,
            owed=self.owed,
            plan=f"{self.plan} {self.plan_digest[:8]}",
            version=self.version,
            code=self.code,
        ) + (f" · {say('app.demo')}" if self.demo else "")

    def stamp(self) -> str:
        """What a chart carries at its foot, where the quarter and the coverage stand already."""
        return say("proof.stamp", version=self.version, code=self.code)

    def as_json(self) -> str:
        told = asdict(replace(self, numbers=())) | {"numbers": [_fields(number) for number in self.numbers]}
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def prove(kind: str, snapshot: Snapshot, numbers: Iterable[Number]) -> Proof:
    """Sealed over its numbers."""
    counted, owed = snapshot.coverage
    return sealed(
        Proof(
            kind,
            snapshot.period,
            snapshot.basis,
            snapshot.as_of.isoformat(),
            snapshot.plan.document,
            snapshot.plan.digest,
            snapshot.version.number,
            f"{snapshot.version.published_at:%Y-%m-%d %H:%M}",
            counted,
            owed,
            snapshot.plan.demo,
            tuple(numbers),
        )
    )


def sealed(proof: Proof) -> Proof:
    """With the code: sixteen hex digits of SHA-256 over everything else, numbers rounded and in order."""
    told = {name: getattr(proof, name) for name in Proof.__slots__ if name not in ("code", "numbers")}
    told["numbers"] = sorted(
        [n.indicator, n.subject or "", n.period, n.what, f"{n.value:.{PLACES}f}", n.place] for n in proof.numbers
    )
    digest = hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16].upper()
    return replace(proof, code="-".join(digest[n : n + 4] for n in range(0, 16, 4)))


def _fields(number: Number) -> dict[str, Any]:
    """As `asdict`, which takes ten times as long over the thousands a workbook has."""
    return {name: getattr(number, name) for name in Number.__slots__}


def read_json(text: str) -> Proof:
    """Raises ValueError for what is not a proof of ours: whatever is asked of the warehouse later has the kind it should have."""
    try:
        told: dict[str, Any] = json.loads(text)
        proof = Proof(**{**told, "numbers": tuple(Number(**row) for row in told["numbers"])})
    except (TypeError, KeyError, AttributeError, RecursionError, json.JSONDecodeError) as problem:
        raise ValueError(f"not a proof: {problem}") from problem
    if not (_as_declared(proof) and all(map(_as_declared, proof.numbers))):
        raise ValueError("not a proof: a field of the wrong kind")
    proof.as_json().encode()  # half characters cannot be written anywhere, nor sealed
    date.fromisoformat(proof.as_of)
    for period in {proof.period, *(number.period for number in proof.numbers)}:
        Period.parse(period)
    if proof.basis not in ("filed", "approved") or not 0 < proof.version < 10**9:
        raise ValueError("not a proof: no such basis or version")
    if any(number.what not in WHAT or not _measurable(number.value) for number in proof.numbers):
        raise ValueError("not a proof: no such number")
    return proof


def _measurable(value: float) -> bool:
    try:
        return isfinite(value)
    except OverflowError:  # a whole number of hundreds of digits
        return False


def _as_declared(told: Proof | Number) -> bool:
    kinds = {"str": str, "str | None": str | None, "int": int, "bool": bool, "float": float | int}
    values = ((getattr(told, one.name), kinds.get(one.type)) for one in fields(told))
    return all(
        kind is None or (isinstance(value, kind) and (kind is bool or not isinstance(value, bool)))
        for value, kind in values
    )


def numbers_of(row: Any, place: str = "", what: str = "value") -> list[Number]:
    """[] for a row without that value."""
    value = getattr(row, what)
    if (what == "value" and not has_value(row)) or value != value:
        return []
    return [Number(row.indicator, row.subject, row.period, what, float(value), place)]
