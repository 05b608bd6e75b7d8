"""The check code printed on a file or at the foot of a picture, looked up: all that is left of one that was printed, or went
through a messenger."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from catalogue.wording import pick, say
from reports import issued
from reports.pictures import figures, poster_county, poster_indicator, poster_overview, poster_project
from reports.proof import Proof, read_json
from reports.snapshot import Snapshot, take
from warehouse import store

_LENGTH = 16  # signs of a code, without the strokes
Found = tuple[str, Proof]  # what the file is called, what it stands on


def find(code: str, snapshots: Iterable[Snapshot]) -> Found | None:
    """None where no file was given out with it, and no picture of these carries it: a wrong letter, another quarter, a version
    that is not kept."""
    wanted = _letters(code)
    if len(wanted) != _LENGTH:
        return None
    if (proof := _issued(wanted)) is not None:
        return say(f"verify.kind.{proof.kind.partition(':')[0]}"), proof
    told = (found for snapshot in snapshots for found in pictures(snapshot))
    return next((found for found in told if _letters(found[1].code) == wanted), None)


def _issued(wanted: str) -> Proof | None:
    try:
        told = issued.find(store.data_folder(), wanted)
        return read_json(told) if told else None
    except ValueError:  # an entry the disk has damaged
        return None


def _letters(code: str) -> str:
    """As it may be typed off a picture: without the strokes, in small or full-width letters."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", code).upper() if sign.isalnum())


def pictures(snapshot: Snapshot) -> Iterator[Found]:
    """Posters first, which are what is sent around; then every chart."""
    plan = snapshot.plan
    yield say("poster.overview"), poster_overview.overview(snapshot).proof
    yield from ((pick(unit), poster_county.county(snapshot, code).proof) for code, unit in plan.units.items())
    yield from ((pick(one), poster_project.project(snapshot, code).proof) for code, one in plan.projects.items())
    yield from ((pick(one), poster_indicator.indicator(snapshot, code).proof) for code, one in plan.indicators.items())
    for asked in figures.everything(snapshot):
        yield figures.named(snapshot, asked), figures.proof_of(snapshot, asked)


def of_quarter(period: str, version: int | None = None) -> list[Snapshot]:
    """Snapshots of a quarter, approved before filed. version: its number; None: the newest."""
    return [take(period, basis, version) for basis in ("approved", "filed")]


def everywhere() -> Iterator[Snapshot]:
    """The newest version and quarter first. Takes seconds for each."""
    for version in reversed(store.versions(store.data_folder())):
        plan = take("", "filed", version.number).plan
        for period in reversed((plan.baseline_period, *plan.periods)):
            yield from of_quarter(str(period), version.number)
