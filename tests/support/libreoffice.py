"""Files opened and saved again by LibreOffice, whose profile is made once for a process: to begin one takes seconds."""

from __future__ import annotations

import atexit
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

LO = shutil.which("soffice") or shutil.which("libreoffice")


@cache
def _home() -> str:
    """Kept as long as the process."""
    folder = tempfile.mkdtemp(prefix="office-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def converted(path: Path, ending: str, folder: Path) -> Path:
    """The file that comes out, in `folder`. ending: as `--convert-to` takes it, a filter behind a colon. Raises AssertionError where nothing does."""
    home = f"-env:UserInstallation=file://{_home()}/profile"
    asked = [str(LO), home, "--headless", "--convert-to", ending, "--outdir", str(folder), str(path)]
    subprocess.run(asked, check=True, capture_output=True, timeout=240)
    made = folder / f"{path.stem}.{ending.partition(':')[0]}"
    assert made.exists()
    return made
