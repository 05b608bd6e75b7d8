"""Whether the numbers in a file still hold: in the version it was made from, in the newest, and as they stand in the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from catalogue.display import quarter
from catalogue.load import current_plan
from catalogue.naming import subject_name
from catalogue.wording import pick, say
from reports.carried import LARGEST_PACK, Altered, Carried, carried
from reports.proof import PLACES, NoProof, Number, Proof, gap_number
from reports.snapshot import Snapshot, take
from reports.table_proof import is_of_tables
from warehouse import store

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
YEAR, GAP = "year_change", "gap"
_MOST = 20  # changes beside the numbers that are listed
Taken = Callable[..., Snapshot]  # as `take`

__all__ = ["CheckedFile", "Difference", "NoProof", "against_newest", "read_file", "told", "told_of_code", "verify"]


@dataclass(frozen=True, slots=True)
class Difference:
    """what: the number as the file's proof has it. found: in the version looked at, None where there is none there."""

    what: Number
    found: float | None


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """proof: None for a picture of a pack that carries none. strange, genuine, altered, touched, outside: see `Carried`.
    claims: its own version has that plan, that day and that many returns. then, now: differences to its own version and the
    newest; then is None where that version is not kept."""

    name: str
    proof: Proof | None
    newest: int
    strange: bool = False
    genuine: bool = False
    claims: bool = False
    then: tuple[Difference, ...] | None = None
    now: tuple[Difference, ...] = ()
    altered: tuple[Altered, ...] = ()
    touched: bool = False
    outside: tuple[str, ...] = ()

    @property
    def as_made(self) -> bool:
        """Nothing in the file was changed since it left, as far as it says itself."""
        return self.proof is not None and self.genuine and not (self.altered or self.touched or self.outside)

    @property
    def kept(self) -> bool:
        """Its own version is still there to be asked."""
        return self.then is not None

    @property
    def untold(self) -> bool:
        """Nothing speaks against it, nor for it: its version is gone, or it was signed with no key that is here."""
        if self.strange:
            return not (self.altered or self.touched or self.outside or self.then)
        return self.as_made and not self.kept

    @property
    def holds(self) -> bool:
        """Signed here, as it was made, and its own version says the same. The newest may have moved on."""
        return self.as_made and not self.strange and self.claims and self.then == ()


def verify(name: str, content: bytes) -> list[CheckedFile]:
    """One for a file, one a picture for a pack. Raises NoProof; StoreError where nothing has been published."""
    taken = cache(take)  # a pack stands on one version, which is read once
    return [_checked(one, taken) for one in carried(name, content)]


def against_newest(proof: Proof, taken: Taken = take) -> tuple[Difference, ...]:
    """What the newest version says otherwise than the file that was taken away; () where nothing does."""
    return _differences(proof, taken(proof.period, proof.basis))


def _checked(file: Carried, taken: Taken) -> CheckedFile:
    proof, newest = file.proof, taken("", "filed").version.number
    if proof is None:
        return CheckedFile(file.name, None, newest)
    try:
        own = taken(proof.period, proof.basis, proof.version)
    except store.StoreError:
        claims, then = True, None
    else:
        claims, then = _claims_hold(proof, own), _differences(proof, own)
    return CheckedFile(
        file.name,
        proof,
        newest,
        file.strange,
        file.genuine,
        claims,
        then,
        then if then is not None and proof.version == newest else against_newest(proof, taken),
        file.altered,
        file.touched,
        file.outside,
    )


def _claims_hold(proof: Proof, own: Snapshot) -> bool:
    """Name of the plan and whether it is for show are known only where the plan is still the one of that version."""
    said = proof.as_of, proof.published_at, proof.counted, proof.owed, proof.plan_digest
    version, plan = own.version, own.plan
    digest = store.plan_digest(version, own.period or None)
    if said != (own.as_of.isoformat(), f"{version.published_at:%Y-%m-%d %H:%M}", *own.coverage, digest):
        return False
    return plan.digest != digest or (proof.plan, proof.demo) == (plan.document, plan.demo)


def _differences(proof: Proof, snapshot: Snapshot) -> tuple[Difference, ...]:
    found = _values(snapshot, {number.what for number in proof.numbers} - {YEAR, GAP})
    for period in {number.period for number in proof.numbers if number.what == YEAR}:
        since = snapshot.on_the_year(period).items()
        found |= {(*about, period, YEAR): one.change for about, one in since if one.change is not None}
    if any(number.what == GAP for number in proof.numbers):
        gaps = snapshot.gaps[snapshot.gaps["gap_whole"].notna()].itertuples(index=False, name="Row")
        found |= {one.key: one.value for one in (gap_number(gap, snapshot.period) for gap in gaps)}
    told = ((number, found.get(number.key)) for number in proof.numbers)
    return tuple(
        Difference(number, value) for number, value in told if value is None or abs(value - number.value) >= 10**-PLACES
    )


def _values(snapshot: Snapshot, columns: Iterable[str]) -> dict[tuple[str, str | None, str, str], float]:
    rows = snapshot.rows
    return {
        (row.indicator, row.subject, row.period, what): float(value)
        for what in columns
        for row, value in zip(rows.itertuples(index=False, name="Row"), rows[what], strict=True)
        if value == value
    }


def told(checked: CheckedFile) -> Iterator[str]:
    """What was found, in lines for people. A file may say anything, so no line can break, or command a terminal."""
    return (_CONTROL.sub(" ", line) for line in _told(checked))


def _told(checked: CheckedFile) -> Iterator[str]:
    proof = checked.proof
    if proof is None:
        yield say("verify.of_file", name=checked.name, why=say("verify.picture_bare"))
        return
    yield say("verify.of_file", name=checked.name, why=proof.line())
    if checked.strange:
        yield say("verify.strange_key" if proof.key else "verify.no_key")
    if not checked.genuine and not (checked.strange and proof.key):
        yield say("verify.not_genuine")
    if not checked.claims:
        yield say("verify.claims", version=proof.version)
    if checked.touched:
        yield say("verify.touched_table" if is_of_tables(proof) else "verify.touched_picture")
    if checked.altered:
        yield say("verify.altered", count=len(checked.altered))
        yield from (
            f"  {one.place}  {_what(one.number)}: {one.was} → {one.now or say('verify.nothing')}"
            for one in checked.altered
        )
    if checked.outside:
        yield say("verify.outside")
        yield from (f"  {words}" for words in checked.outside[:_MOST])
        if len(checked.outside) > _MOST:
            yield f"  {say('verify.more', count=len(checked.outside) - _MOST)}"
    yield from _told_of_versions(checked, proof)
    if proof.plan_digest != current_plan().digest:
        yield say("verify.plan_moved", then=proof.plan_digest[:8], now=current_plan().digest[:8])


def _told_of_versions(checked: CheckedFile, proof: Proof) -> Iterator[str]:
    if checked.then is None:
        yield say("verify.not_kept", version=proof.version)
    if not proof.numbers:
        yield say("verify.no_numbers")
        return
    if checked.then:
        yield say("verify.then", version=proof.version, count=len(checked.then), of=len(proof.numbers))
        yield from _listed(checked.then)
    elif checked.kept:
        yield say(
            "verify.then_held" if checked.altered else "verify.then_holds", version=proof.version, of=len(proof.numbers)
        )
    if checked.newest != proof.version:
        yield say(
            "verify.now_holds" if not checked.now else "verify.now",
            version=checked.newest,
            count=len(checked.now),
            of=len(proof.numbers),
        )
        yield from _listed(checked.now)


def told_of_code(name: str, proof: Proof) -> Iterator[str]:
    """Of a file or picture that was found by its code."""
    return (_CONTROL.sub(" ", line) for line in _told_of_code(name, proof))


def _told_of_code(name: str, proof: Proof) -> Iterator[str]:
    moved, newest = against_newest(proof), take("", "filed").version.number
    yield say("verify.code_known", code=proof.code, about=name, quarter=quarter(proof.period), line=proof.line())
    if not proof.numbers:
        yield say("verify.no_numbers")
        return
    yield say("verify.now" if moved else "verify.now_holds", version=newest, count=len(moved), of=len(proof.numbers))
    yield from _listed(moved)


def _listed(differences: Iterable[Difference]) -> Iterator[str]:
    for one in differences:
        value = say("verify.nothing") if one.found is None else f"{one.found:.12g}"
        yield f"  {one.what.place or '·'}  {_what(one.what)}: {one.what.value:.12g} → {value}"


def _what(number: Number | None) -> str:
    """公办幼儿园在园幼儿占比（public-share） 新抚 2021年第三季度 本期."""
    if number is None:
        return say("verify.text")
    plan = current_plan()
    indicator = plan.indicators.get(number.indicator)
    named = say("verify.named", name=pick(indicator), code=number.indicator) if indicator else number.indicator
    known = number.subject in plan.units or number.subject in plan.departments
    subject = (
        say("verify.city")
        if number.subject is None
        else subject_name(plan, number.subject)
        if known
        else number.subject
    )
    return " ".join((named, subject, quarter(number.period), say(f"verify.what.{number.what}")))


def read_file(path: Path) -> bytes:
    """Raises NoProof for one that cannot be read."""
    try:
        if path.stat().st_size > LARGEST_PACK:
            raise NoProof(say("verify.too_large"))
        return path.read_bytes()
    except FileNotFoundError as problem:
        raise NoProof(say("verify.no_file")) from problem
    except OSError as problem:
        raise NoProof(say("verify.unreadable")) from problem
