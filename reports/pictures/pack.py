"""Charts of a quarter as PNG, one or all in a ZIP: drawn where the browser is, in small lots, so that others' pictures come in between."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from catalogue.load import current_plan
from catalogue.wording import language, pick, say
from reports.pictures import picture, png_text
from reports.pictures.figures import AskedChart, bare, named, of_the_quarter, proof_of
from reports.proof import Proof, read_json
from reports.snapshot import Snapshot
from warehouse import store

LOT = 20  # charts asked for at once: about a second


@dataclass(frozen=True, slots=True)
class ChartJob:
    """A job for the renderer: it reads the warehouse, draws and seals the chart itself, so that the screens wait for nothing of it."""

    asked: AskedChart
    folder: str
    period: str
    basis: str
    version: int
    today: date
    language: str
    scale: float = picture.SCALE
    format: str = "png"

    def figure(self) -> dict[str, Any]:
        spec = bare(self._read(), self.asked, _proof(self)).to_dict()
        spec["layout"]["width"] = picture.WIDTH
        return spec

    def finish(self, drawn: bytes) -> bytes:
        return png_text.put(drawn, _proof(self).as_json(), Path(self.folder))

    def _read(self) -> Snapshot:
        return _snapshot(self.folder, self.period, self.basis, self.version, self.today)


@lru_cache(maxsize=64)
def _proof(chart: ChartJob) -> Proof:
    """Stamped on the figure, and put into the picture once that is drawn."""
    return proof_of(chart._read(), chart.asked)


@lru_cache(maxsize=4)
def _snapshot(folder: str, period: str, basis: str, version: int, today: date) -> Snapshot:
    return Snapshot(current_plan(), store.version(Path(folder), version), basis, period, today)


def pack(snapshot: Snapshot, progress: Callable[[int, int], None] = lambda done, of: None) -> bytes:
    """A PNG a chart in a folder for each theme, each with its proof, and a list that says what they stand on.

    A chart that could not be drawn is named in the list. progress: called with how many are done, of how many. Raises NoRenderer.
    """
    asked = list(of_the_quarter(snapshot))
    out, listed, failed = BytesIO(), [], []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:  # PNG is packed already
        for n, (one, drawn) in enumerate(_drawn(snapshot, asked), start=1):
            name = _path(snapshot, one, n)
            if isinstance(drawn, str):
                failed.append(f"{name}: {drawn}")
            else:
                archive.writestr(name, drawn)
                listed.append(f"{name}\t{read_json(png_text.get(drawn)).line()}")
            progress(n, len(asked))
        archive.writestr(say("pack.list"), "\ufeff" + "\r\n".join(_list(listed, failed)))
    return out.getvalue()


def one(snapshot: Snapshot, asked: AskedChart) -> bytes:
    """PNG of one chart, as it is in the pack. Raises NoRenderer."""
    [(_, drawn)] = _drawn(snapshot, [asked])
    if isinstance(drawn, str):
        raise picture.NoRenderer(say("picture.failed", why=drawn))
    return drawn


def _drawn(snapshot: Snapshot, asked: list[AskedChart]) -> Iterator[tuple[AskedChart, bytes | str]]:
    about = (
        str(store.data_folder()),
        snapshot.period,
        snapshot.basis,
        snapshot.version.number,
        snapshot.today,
        language(),
    )
    for start in range(0, len(asked), LOT):
        lot = asked[start : start + LOT]
        yield from zip(lot, picture.draw([ChartJob(one, *about) for one in lot]), strict=True)


def _path(snapshot: Snapshot, asked: AskedChart, n: int) -> str:
    """学前教育/05_公办幼儿园在园幼儿占比_2021年第三季度_走势.png; the number keeps the plan's order."""
    return f"{_folder(snapshot, asked)}/{n:03}_{named(snapshot, asked)}_{say(f'pack.kind.{asked.kind}')}.png".replace(
        " ", "_"
    )


def _folder(snapshot: Snapshot, asked: AskedChart) -> str:
    plan = snapshot.plan
    if asked.about in plan.indicators:
        return pick(plan.themes[plan.indicators[asked.about].theme], "title").replace("/", "_")
    return say("pack.units" if asked.about in plan.units else "pack.all")


def _list(listed: list[str], failed: list[str]) -> Iterator[str]:
    yield from (say("pack.title", count=len(listed)), "", *listed)
    if failed:
        yield from ("", say("pack.failed", count=len(failed)), *failed)
