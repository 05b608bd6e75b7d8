"""What a file stands on, and a code over its numbers: enough to ask the warehouse later whether they still hold.

A file carries its `Proof` as JSON where its format keeps such things (`MEMBER`). Each number names the value it is, and
the place in the file where it is printed, so that a number changed by hand is found where it stands. Everything is signed
with the key of this installation (`seal`): the code is the same for the same numbers in either language, and `closed` binds
it to the one file and to all that can be read there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from hmac import compare_digest
from math import isfinite
from pathlib import Path
from typing import Any

from catalogue import early
from catalogue.period import Period
from catalogue.wording import say
from reports import issued, seal
from reports.proof_runs import in_runs, spread
from reports.snapshot import Snapshot, has_value
from warehouse import store

MEMBER = "plan-monitor"  # the name it is kept under
PLACES = 6  # decimals a value is compared to
WHAT = ("value", "target", "pace", "baseline", "change", "year_change", "gap")
CHANGES = ("change", "year_change")  # of these: since the quarter before, since the same quarter of last year
_LONGEST = 300  # signs of any text in a proof
_MOST_RETURNS = 10**6
PICTURES = ("chart:", "poster")  # kinds that are drawn on every screen, and found again by drawing them once more
_NOT_IN_CODE = ("code", "numbers", "texts", "signature")


class NoProof(Exception):
    """A file that carries nothing to be checked by; the text says what can be done instead."""


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
class Text:
    """What can be read at a place of the file. place: name of a sheet, "" for a paragraph. loose: cells that are left out,
    because whoever opens the file computes them."""

    place: str
    digest: str
    loose: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """kind: picture, workbook … as_of: the quarter's last day, 2021-09-30, so that the code is the same in either language.
    counted, owed: returns. code: see `sealed`. key: which key it was signed with, "" for files older than keys. texts,
    signature: see `closed`."""

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
    key: str = ""
    texts: tuple[Text, ...] = ()
    signature: str = ""

    @property
    def last_day(self) -> str:
        """`as_of` for people; of a quarter that was not over, that it was not."""
        return early.as_of(self.period, self.published_at)

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
        told = asdict(replace(self, numbers=(), texts=()))
        told |= in_runs(self.numbers)
        told["texts"] = [_fields(text) for text in self.texts]
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def prove(kind: str, snapshot: Snapshot, numbers: Iterable[Number]) -> Proof:
    """Sealed over its numbers; all but those of pictures are entered among the files issued."""
    proof = proof_of(kind, snapshot, numbers)
    if not kind.startswith(PICTURES):
        issued.enter(snapshot.version.folder, proof.code, proof.as_json())
    return proof


def proof_of(kind: str, snapshot: Snapshot, numbers: Iterable[Number]) -> Proof:
    """As `prove`, of a file that is not finished: whoever finishes it enters it."""
    counted, owed = snapshot.coverage
    return sealed(
        Proof(
            kind,
            snapshot.period,
            snapshot.basis,
            snapshot.as_of.isoformat(),
            snapshot.plan.document,
            store.plan_digest(snapshot.version, snapshot.period or None),
            snapshot.version.number,
            f"{snapshot.version.published_at:%Y-%m-%d %H:%M}",
            counted,
            owed,
            snapshot.plan.demo,
            tuple(numbers),
        ),
        snapshot.version.folder,
    )


def sealed(proof: Proof, folder: Path | None = None) -> Proof:
    """With the key's mark and the code: sixteen hex digits signed over everything else, numbers rounded and in order."""
    key = seal.key(folder)
    marked = replace(proof, key=seal.mark(key))
    return replace(marked, code=_code(marked, key))


def is_sealed(proof: Proof, key: bytes | None) -> bool:
    """Whether the code fits. key: that of the proof's mark; None for a file older than keys."""
    return compare_digest(_code(proof, key).encode(), proof.code.encode())


def closed(proof: Proof, kind: str, texts: Iterable[Text], also: str = "", folder: Path | None = None) -> Proof:
    """Bound to a file of that kind, to all that can be read in it, and to what else is kept beside the proof."""
    told = replace(proof, texts=tuple(texts))
    return replace(told, signature=_signature(told, kind, also, seal.key(folder)))


def is_closed(proof: Proof, kind: str, key: bytes, also: str = "") -> bool:
    return compare_digest(_signature(proof, kind, also, key).encode(), proof.signature.encode())


def _signature(proof: Proof, kind: str, also: str, key: bytes) -> str:
    return seal.sign(key, kind, proof.code, also, json.dumps([_fields(text) for text in proof.texts]))


def _code(proof: Proof, key: bytes | None) -> str:
    told = {name: getattr(proof, name) for name in Proof.__slots__ if name not in _NOT_IN_CODE}
    if key is None:
        del told["key"]
    told["numbers"] = sorted(
        (n.indicator, n.subject or "", n.period, n.what, f"{n.value:.{PLACES}f}", n.place) for n in proof.numbers
    )
    message = json.dumps(told, ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(message.encode()).hexdigest() if key is None else seal.sign(key, "code", message)
    return "-".join(digest[n : n + 4].upper() for n in range(0, 16, 4))


def _fields(told: Number | Text) -> dict[str, Any]:
    """As `asdict`, which takes ten times as long over the thousands a workbook has."""
    return {name: getattr(told, name) for name in told.__slots__}


def read_json(text: str) -> Proof:
    """The one place where a carried proof is read. Raises ValueError for what is not a proof of ours: whatever is asked of
    the warehouse later, or printed, has the kind and the size it should have.
    """
    try:
        told: dict[str, Any] = json.loads(text)
        told |= {"numbers": tuple(Number(**row) for row in spread(told))}
        told |= {"texts": tuple(Text(**{**row, "loose": tuple(row["loose"])}) for row in told.get("texts", ()))}
        proof = Proof(**told)
    except (TypeError, LookupError, AttributeError, RecursionError, json.JSONDecodeError) as problem:
        raise ValueError(f"not a proof: {problem}") from problem
    if not all(map(_as_declared, (proof, *proof.numbers, *proof.texts))):
        raise ValueError("not a proof: a field of the wrong kind or length")
    proof.as_json().encode()  # half characters cannot be written anywhere, nor sealed
    if date.fromisoformat(proof.as_of) != _last_day(proof.period):
        raise ValueError("not a proof: not the quarter's last day")
    for period in {number.period for number in proof.numbers}:
        _last_day(period)
    if proof.basis not in ("filed", "approved") or not 0 < proof.version < 10**9:
        raise ValueError("not a proof: no such basis or version")
    if not (0 <= proof.counted < _MOST_RETURNS and 0 <= proof.owed < _MOST_RETURNS):
        raise ValueError("not a proof: no such count of returns")
    if any(number.what not in WHAT or not _measurable(number.value) for number in proof.numbers):
        raise ValueError("not a proof: no such number")
    return proof


def _last_day(period: str) -> date:
    """Raises ValueError for what is no quarter, or one that no calendar has."""
    quarter = Period.parse(period)
    if not 1900 < quarter.year < 3000:
        raise ValueError(f"not a proof: {period!r} is beyond our calendar")
    return quarter.last_day


def _measurable(value: float) -> bool:
    try:
        return isfinite(value)
    except OverflowError:  # a whole number of hundreds of digits
        return False


def _as_declared(told: Proof | Number | Text) -> bool:
    kinds = {"str": str, "str | None": str | None, "int": int, "bool": bool, "float": float | int}
    values = [(getattr(told, one.name), kinds.get(one.type)) for one in fields(told)]
    if isinstance(told, Text):
        values += [(cell, str) for cell in told.loose]
    return all(
        kind is None
        or (
            isinstance(value, kind)
            and (kind is bool or not isinstance(value, bool))
            and not (isinstance(value, str) and len(value) > _LONGEST)
        )
        for value, kind in values
    )


def year_number(row: Any, change: float, place: str = "") -> Number:
    """By how much a row of `judged` differs from last year's; see `Snapshot.on_the_year`."""
    return Number(row.indicator, row.subject, row.period, "year_change", change, place)


def gap_number(gap: Any, period: str, place: str = "") -> Number:
    """What is lacking of the target, as people say it: of a row of the mart `gap`."""
    return Number(gap.indicator, gap.subject, period, "gap", float(gap.gap_whole), place)


def numbers_of(row: Any, place: str = "", what: str = "value") -> list[Number]:
    """[] for a row without that value. what: a column of `judged`."""
    value = getattr(row, what)
    if (what == "value" and not has_value(row)) or value != value:
        return []
    return [Number(row.indicator, row.subject, row.period, what, float(value), place)]
