"""What people take away, as pictures for docs/gallery: posters as they are, documents by LibreOffice, pages side by side."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.browser import ROOT

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
PAGES = shutil.which("pdftoppm")
HIGH = 1000  # px of a page
GAP = 16  # px between pages


@dataclass(frozen=True, slots=True)
class Paper:
    """One picture. asked: what `python -m reports` is asked for; pages: of a document, from 1, none of what is a picture."""

    name: str
    told: str
    asked: tuple[str, ...]
    ending: str
    pages: tuple[int, ...] = ()
    wide: int = 0  # px, of what is a picture


PAPERS = (
    Paper("poster", "带走：总览长图 / to take away: the poster", ("picture", "overview"), "png", wide=560),
    Paper(
        "county-card",
        "带走：县区卡片 / to take away: a county's card",
        ("picture", "county", "210411"),
        "png",
        wide=640,
    ),
    Paper("briefing", "带走：督查通报（Word）/ to take away: the briefing", ("briefing",), "docx", pages=(1, 2)),
    Paper(
        "summary", "带走：季度汇总表（Excel）/ to take away: the summary workbook", ("workbook",), "xlsx", pages=(1, 2)
    ),
)


def missing() -> str:
    """What pages cannot be drawn without and this machine has not; "" for nothing."""
    lacking = [name for name, found in (("soffice", OFFICE), ("pdftoppm", PAGES)) if found is None]
    return ", ".join(lacking)


def take(paper: Paper, path: Path, environment: dict[str, str]) -> None:
    """environment: names the data folder. Raises CalledProcessError where a program fails."""
    with TemporaryDirectory() as folder:
        made = Path(folder) / f"{paper.name}.{paper.ending}"
        asked = [sys.executable, "-m", "reports", *paper.asked, "--period", "2021Q3", "--basis", "filed"]
        subprocess.run([*asked, "--out", str(made)], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        if paper.pages:
            _beside([_page(made, page) for page in paper.pages], path)
        else:
            _smaller(made, paper.wide, path)


def _page(document: Path, page: int) -> Path:
    """A page of it, as LibreOffice prints it."""
    pdf, at = document.with_suffix(".pdf"), document.with_name(f"page-{page}")
    if not pdf.exists():
        profile = f"-env:UserInstallation=file://{document.parent}/profile"
        convert = [str(OFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(document.parent)]
        subprocess.run([*convert, str(document)], check=True, capture_output=True)
    size = ["-scale-to-y", str(HIGH), "-scale-to-x", "-1", "-singlefile", "-png"]
    subprocess.run([str(PAGES), "-f", str(page), "-l", str(page), *size, str(pdf), str(at)], check=True)
    return at.with_suffix(".png")


def _beside(pages: list[Path], path: Path) -> None:
    from PIL import Image

    images = [Image.open(page).convert("RGB") for page in pages]
    wide = sum(image.width for image in images) + GAP * (len(images) + 1)
    sheet, at = Image.new("RGB", (wide, HIGH + 2 * GAP), "#c9d2de"), GAP
    for image in images:
        sheet.paste(image, (at, GAP))
        at += image.width + GAP
    sheet.save(path)


def _smaller(picture: Path, wide: int, path: Path) -> None:
    from PIL import Image

    image = Image.open(picture).convert("RGB")
    image.resize((wide, round(image.height * wide / image.width)), Image.Resampling.LANCZOS).save(path)
