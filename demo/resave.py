"""Files that an office opened and saved again in its own program before sending them.

They are made once, by LibreOffice, and kept: their bytes differ with every program and day.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from catalogue.period import Period
from demo.filings import Key

PROGRAM = "soffice"
Q2, Q3 = Period(2021, 2), Period(2021, 3)

# In the demo folder these stand only in the form in which they were re-saved.
ENDINGS: dict[Key, str] = {
    ("county", "210404", Q2): ".xls",
    ("county", "210411", Q2): ".ods",
    ("county", "210423", Q3): ".xlsx",
    ("project", "planning", Q3): ".ods",
    ("department", "supervision", Q2): ".xls",
}

# Beside their originals, for the tests: name -> whose return, endings.
FIXTURES: dict[str, tuple[Key, tuple[str, ...]]] = {
    "county": (("county", "210404", Q2), (".xls", ".ods", ".xlsx")),
    "project": (("project", "planning", Q3), (".ods",)),
    "department": (("department", "supervision", Q2), (".xls",)),
}


class NoOfficeProgram(Exception):
    """LibreOffice is not installed, or it did not convert a file; the message says which."""


def resaved(content: bytes, ending: str) -> bytes:
    """The workbook as LibreOffice saves it (.xls, .ods, .xlsx). Raises NoOfficeProgram."""
    program = shutil.which(PROGRAM)
    if program is None:
        raise NoOfficeProgram(PROGRAM)
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in", "return.xlsx"), Path(folder, "out", f"return{ending}")
        source.parent.mkdir()
        source.write_bytes(content)
        # a profile of its own: a program that is already open would swallow the order
        subprocess.run(
            [
                program,
                f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
                "--headless",
                "--convert-to",
                ending.lstrip("."),
                "--outdir",
                str(target.parent),
                str(source),
            ],
            check=False,
            capture_output=True,
            timeout=180,
        )
        if not target.exists():
            raise NoOfficeProgram(f"{PROGRAM}: {ending}")
        return target.read_bytes()
